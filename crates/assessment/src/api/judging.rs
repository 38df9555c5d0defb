//! What people say of texts and rows.

use super::bodies::AssessmentChange;
use crate::pages;
use crate::policy::{self, Act};
use crate::rounds::commands;
use crate::rounds::model::NameKind;
use crate::rounds::queries;
use axum::body::Body;
use axum::http::StatusCode;
use kernel::problem::Problem;
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::{Answer, Path, Req};

/// A text that means nothing certain.
#[derive(Serialize, ToSchema)]
struct AssessmentOpenText {
    /// `item`, `street`, `unit`.
    kind: &'static str,
    text: String,
    /// How many rows have it.
    rows: i64,
    /// Names that it may mean, likest first.
    nearest: Vec<String>,
}

/// What somebody said of a text.
#[derive(Serialize, ToSchema)]
struct AssessmentSaidText {
    kind: &'static str,
    text: String,
    /// None: it stands for itself.
    name: Option<String>,
    decided_at: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentMatches {
    open: Vec<AssessmentOpenText>,
    said: Vec<AssessmentSaidText>,
}

/// Texts of a round that nobody has said anything of, and what was said of others.
#[utoipa::path(get, path = "/api/v1/assessment-rounds/{number}/matches", tag = "assessment", operation_id = "listAssessmentMatches",
    params(("number" = String, Path, description = "`AR-000003`")),
    responses((status = 200, body = AssessmentMatches, description = "open texts and decisions"),
        (status = 404, description = "no such round that the key may see")))]
pub(super) async fn open(req: Req, Path(number): Path<String>) -> Answer {
    let city = req.city.clone();
    let read = req.read(move |ctx, tx| {
        queries::see_whole(ctx, tx, &number)?;
        queries::full(ctx, tx, &city, &number)
    });
    let worked = read.await.or_fail(&req)?.worked;
    let open = worked.found.open.iter().map(|o| AssessmentOpenText {
        kind: o.kind.code(),
        text: o.text.clone(),
        rows: o.rows,
        nearest: o.nearest.clone(),
    });
    let said = worked.said.iter().map(|s| AssessmentSaidText {
        kind: s.kind.code(),
        text: s.text.clone(),
        name: worked.names.iter().find(|n| !s.own && n.id == s.name_id).map(|n| n.name.clone()),
        decided_at: s.decided_at.rfc3339(),
    });
    json(&req, &AssessmentMatches { open: open.collect(), said: said.collect() })
}

/// What a text means.
#[derive(Deserialize, ToSchema)]
pub(super) struct AssessmentMatch {
    /// `item`, `street`, `unit`.
    kind: String,
    text: String,
    /// A name of the round; without one the text stands for itself.
    name: Option<String>,
    /// Take back what was said of it.
    #[serde(default)]
    undo: bool,
}

/// Says what a text of a round means, or takes that back. Tells what it changed.
#[utoipa::path(post, path = "/api/v1/assessment-rounds/{number}/matches", tag = "assessment", operation_id = "matchAssessmentText",
    params(("number" = String, Path, description = "`AR-000003`")),
    request_body = AssessmentMatch,
    responses((status = 200, body = AssessmentChange, description = "what moved"),
        (status = 409, description = "the round is no draft any more")))]
pub(super) async fn say(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Match).or_fail(&req)?;
    let given: AssessmentMatch = body(&req, given).await?;
    let done = req.write(move |ctx, tx| {
        let kind = NameKind::parse(&given.kind).ok_or_else(|| Problem::field("kind", "not-a-choice"))?;
        match given.name {
            _ if given.undo => commands::take_back(ctx, tx, &number, kind, &given.text),
            Some(name) => commands::say(ctx, tx, &number, kind, &given.text, &name),
            None => commands::leave(ctx, tx, &number, kind, &given.text),
        }
    });
    json(&req, &AssessmentChange::of(&done.await.or_fail(&req)?))
}

/// Whether a row counts.
#[derive(Deserialize, ToSchema)]
pub(super) struct AssessmentVerdict {
    /// None: take back what was said of it.
    counts: Option<bool>,
    /// Wanted where it is set aside.
    #[serde(default)]
    reason: String,
}

/// Says that a row counts or is set aside, or takes that back. Tells what it changed.
#[utoipa::path(post, path = "/api/v1/assessment-rounds/{number}/rows/{row}/verdict", tag = "assessment",
    operation_id = "judgeAssessmentRow",
    params(("number" = String, Path, description = "`AR-000003`"), ("row" = i64, Path, description = "number of the row in the file")),
    request_body = AssessmentVerdict,
    responses((status = 200, body = AssessmentChange, description = "what moved"),
        (status = 409, description = "the round is no draft any more")))]
pub(super) async fn judge(req: Req, Path((number, row)): Path<(String, i64)>, given: Body) -> Answer {
    policy::require(&req.ctx, Act::Match).or_fail(&req)?;
    let given: AssessmentVerdict = body(&req, given).await?;
    let done = req.write(move |ctx, tx| match given.counts {
        Some(counts) => commands::judge(ctx, tx, &number, row, counts, &given.reason),
        None => commands::unjudge(ctx, tx, &number, row),
    });
    json(&req, &AssessmentChange::of(&done.await.or_fail(&req)?))
}

/// The case that was made.
#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentCase {
    case: String,
}

/// Makes a case of a row with something taken off.
#[utoipa::path(post, path = "/api/v1/assessment-rounds/{number}/rows/{row}/case", tag = "assessment",
    operation_id = "raiseAssessmentRow",
    params(("number" = String, Path, description = "`AR-000003`"), ("row" = i64, Path, description = "number of the row in the file")),
    responses((status = 201, body = AssessmentCase, description = "the case was made"),
        (status = 409, description = "nothing was taken off, or there is a case already")))]
pub(super) async fn raise(req: Req, Path((number, row)): Path<(String, i64)>) -> Answer {
    policy::require(&req.ctx, Act::Raise).or_fail(&req)?;
    let case = pages::made(&req, &number, row).await.or_fail(&req)?;
    json_with(&req, StatusCode::CREATED, &AssessmentCase { case })
}
