//! Cycles and what their years come to.

use crate::policy::{self, Act};
use crate::scheme::commands::{self, CycleDraft};
use crate::scheme::model::{Cycle, Year};
use crate::scheme::queries;
use crate::scheme::years::{CycleScore, YearScore};
use axum::body::Body;
use axum::http::StatusCode;
use kernel::problem::{Problem, Result};
use scoring::Exact;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::{Answer, Path, Req};

/// A cycle of years that are judged together.
#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentCycle {
    /// `CY-01`.
    number: String,
    name: String,
    first_year: i64,
    last_year: i64,
    version: i64,
    /// Weighted mean of the years that have a score, exact.
    mean: Option<String>,
    years: Vec<AssessmentYear>,
}

#[derive(Serialize, ToSchema)]
struct AssessmentYear {
    year: i64,
    weight: String,
    /// The one that counts.
    score: Option<String>,
    /// Weighted mean of the year's published rounds.
    own: Option<String>,
    /// From outside; it holds instead of `own`.
    given: Option<String>,
    /// Numbers of the rounds.
    rounds: Vec<String>,
}

impl AssessmentCycle {
    fn of(cycle: &Cycle, score: Option<&CycleScore>) -> Self {
        let text = |x: Option<&Exact>| x.map(ToString::to_string);
        let year = |of: &YearScore| AssessmentYear {
            year: of.year,
            weight: of.weight.to_string(),
            score: text(of.score()),
            own: text(of.own.as_ref()),
            given: text(of.given.as_ref()),
            rounds: of.rounds.iter().map(|(round, _)| round.number.clone()).collect(),
        };
        Self {
            number: cycle.number.clone(),
            name: cycle.name.clone(),
            first_year: cycle.first_year,
            last_year: cycle.last_year,
            version: cycle.version,
            mean: score.and_then(|s| s.mean.as_ref()).map(ToString::to_string),
            years: score.map(|s| s.years.iter().map(year).collect()).unwrap_or_default(),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentCycles {
    items: Vec<AssessmentCycle>,
}

/// All cycles; their years stand with each alone.
#[utoipa::path(get, path = "/api/v1/assessment-cycles", tag = "assessment", operation_id = "listAssessmentCycles",
    responses((status = 200, body = AssessmentCycles, description = "all cycles")))]
pub(super) async fn list(req: Req) -> Answer {
    let found = req.read(queries::cycles).await.or_fail(&req)?;
    json(&req, &AssessmentCycles { items: found.iter().map(|c| AssessmentCycle::of(c, None)).collect() })
}

/// A cycle, its years, and what they come to.
#[utoipa::path(get, path = "/api/v1/assessment-cycles/{number}", tag = "assessment", operation_id = "getAssessmentCycle",
    params(("number" = String, Path, description = "`CY-01`")),
    responses((status = 200, body = AssessmentCycle, description = "the cycle"),
        (status = 404, description = "none that the key may see")))]
pub(super) async fn one(req: Req, Path(number): Path<String>) -> Answer {
    let (cycle, score) = req.read(move |ctx, tx| queries::cycle(ctx, tx, &number)).await.or_fail(&req)?;
    json(&req, &AssessmentCycle::of(&cycle, Some(&score)))
}

#[derive(Deserialize, ToSchema)]
pub(super) struct AssessmentYearDraft {
    year: i64,
    /// 1 without one.
    weight: Option<String>,
    /// A score from outside, `0.925` or `92.5%`.
    given: Option<String>,
}

#[derive(Deserialize, ToSchema)]
pub(super) struct AssessmentCycleDraft {
    name: String,
    first_year: i64,
    last_year: i64,
    /// Years that weigh something else than 1, or have a score from outside.
    #[serde(default)]
    years: Vec<AssessmentYearDraft>,
    version: Option<i64>,
}

impl AssessmentCycleDraft {
    fn draft(self) -> Result<CycleDraft> {
        let number = |text: &str, field: &'static str| {
            Exact::parse(text).ok_or_else(|| Problem::field(field, "not-a-number"))
        };
        let mut years = Vec::new();
        for year in self.years {
            years.push(Year {
                year: year.year,
                weight: year.weight.map_or(Ok(Exact::one()), |w| number(&w, "weight"))?,
                given: year.given.map(|g| number(&g, "given")).transpose()?,
            });
        }
        Ok(CycleDraft { name: self.name, first_year: self.first_year, last_year: self.last_year, years })
    }
}

/// Makes a cycle.
#[utoipa::path(post, path = "/api/v1/assessment-cycles", tag = "assessment", operation_id = "makeAssessmentCycle",
    request_body = AssessmentCycleDraft,
    responses((status = 201, body = AssessmentCycle, description = "the cycle")))]
pub(super) async fn make(req: Req, given: Body) -> Answer {
    policy::require(&req.ctx, Act::EditScheme).or_fail(&req)?;
    let given: AssessmentCycleDraft = body(&req, given).await?;
    let draft = given.draft().or_fail(&req)?;
    let cycle = req.write(move |ctx, tx| commands::make_cycle(ctx, tx, draft)).await.or_fail(&req)?;
    json_with(&req, StatusCode::CREATED, &AssessmentCycle::of(&cycle, None))
}

/// Changes a cycle, as a whole.
#[utoipa::path(put, path = "/api/v1/assessment-cycles/{number}", tag = "assessment", operation_id = "editAssessmentCycle",
    params(("number" = String, Path, description = "`CY-01`")),
    request_body = AssessmentCycleDraft,
    responses((status = 200, body = AssessmentCycle, description = "the cycle as it is now"),
        (status = 409, description = "somebody else changed it meanwhile")))]
pub(super) async fn edit(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::EditScheme).or_fail(&req)?;
    let given: AssessmentCycleDraft = body(&req, given).await?;
    let version = given.version;
    let draft = given.draft().or_fail(&req)?;
    let cycle = req.write(move |ctx, tx| commands::edit_cycle(ctx, tx, &number, draft, version));
    json(&req, &AssessmentCycle::of(&cycle.await.or_fail(&req)?, None))
}
