//! JSON twins: what would be offered for a case, and how good it is.

use crate::advise::{Advised, Advisor};
use crate::model::{Target, Version};
use crate::queries;
use cases::policy::Act as CaseAct;
use kernel::problem::Problem;
use kernel::workflow::Named;
use serde::Serialize;
use std::sync::Arc;
use utoipa::{OpenApi, ToSchema};
use web::api::json;
use web::error::OrFail;
use web::{Access, Answer, Path, Req, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new().get("/api/v1/dispatch-advice", Access::Action("suggest-see"), versions).get(
        "/api/v1/cases/{number}/advice",
        Access::Action("cases-view"),
        advice,
    )
}

/// How often it was right on cases newer than all it learnt from.
#[derive(Serialize, ToSchema)]
struct AdviceFigures {
    /// Cases it learnt from while it was measured, and cases it was tried on.
    learnt: usize,
    tried: usize,
    /// Of a thousand: the first choice was right; one of the first three was; the commonest label would have been.
    first: usize,
    third: usize,
    baseline: usize,
    /// Mean F1 over labels, of a thousand.
    macro_f1: usize,
    /// Labels it learnt.
    labels: usize,
}

impl AdviceFigures {
    fn of(figures: &classifier::Figures) -> Self {
        Self {
            learnt: figures.learnt,
            tried: figures.tried,
            first: figures.first_share(),
            third: figures.third_share(),
            baseline: figures.baseline_share(),
            macro_f1: figures.macro_f1,
            labels: figures.labels,
        }
    }
}

/// A version of what was learnt.
#[derive(Serialize, ToSchema)]
struct AdviceVersion {
    /// `item` or `unit`.
    target: &'static str,
    number: i64,
    /// `in-force`, `retired`, `weak`.
    state: &'static str,
    /// RFC 3339.
    trained_at: String,
    /// Cases it learnt from in the end.
    cases: i64,
    figures: AdviceFigures,
}

impl AdviceVersion {
    fn of(v: &Version) -> Self {
        Self {
            target: v.target.code(),
            number: v.number,
            state: v.state.code(),
            trained_at: v.trained_at.rfc3339(),
            cases: v.examples,
            figures: AdviceFigures::of(&v.figures.0),
        }
    }
}

/// What people chose where something was offered, in the last 90 days.
#[derive(Serialize, ToSchema)]
struct AdviceTaken {
    target: &'static str,
    offers: i64,
    /// They chose what stood first; one of the three.
    first: i64,
    third: i64,
}

#[derive(Serialize, ToSchema)]
struct AdviceVersions {
    items: Vec<AdviceVersion>,
    taken: Vec<AdviceTaken>,
}

/// Versions, newest first, with their figures, and how often people took what was offered.
#[utoipa::path(get, path = "/api/v1/dispatch-advice", tag = "suggest", operation_id = "listDispatchAdvice",
    responses((status = 200, body = AdviceVersions, description = "versions and live rates")))]
async fn versions(req: Req) -> Answer {
    let read = req.read(|ctx, tx| {
        let versions = queries::versions(ctx, tx, 100)?;
        let mut taken = Vec::new();
        for target in Target::ALL {
            let of = queries::taken(ctx, tx, *target)?;
            taken.push(AdviceTaken {
                target: target.code(),
                offers: of.offers,
                first: of.first,
                third: of.third,
            });
        }
        Ok((versions, taken))
    });
    let (versions, taken) = read.await.or_fail(&req)?;
    json(&req, &AdviceVersions { items: versions.iter().map(AdviceVersion::of).collect(), taken })
}

/// A value that is offered.
#[derive(Serialize, ToSchema)]
struct AdviceChoice {
    /// Code of an item, or id of a unit.
    value: String,
    name: String,
    /// In hundredths.
    share: i64,
    /// Words that spoke for it; `section=…`, `division=…`, `item=…` for what is known beside the text.
    words: Vec<String>,
}

/// What is offered for one target.
#[derive(Serialize, ToSchema)]
struct CaseAdvice {
    target: &'static str,
    /// Version that says so.
    number: i64,
    choices: Vec<AdviceChoice>,
    figures: AdviceFigures,
}

#[derive(Serialize, ToSchema)]
struct CaseAdvicePage {
    /// Empty where too little was learnt, or nothing is likely.
    items: Vec<CaseAdvice>,
}

fn offered(advised: &Advised) -> CaseAdvice {
    CaseAdvice {
        target: advised.target.code(),
        number: advised.by.number,
        figures: AdviceFigures::of(&advised.by.figures),
        choices: advised
            .choices
            .iter()
            .map(|c| AdviceChoice {
                value: c.value.clone(),
                name: c.name.clone(),
                share: c.share,
                words: c.words.clone(),
            })
            .collect(),
    }
}

/// What is offered for a case: kind and unit, up to three choices each. Advice, never a decision.
#[utoipa::path(get, path = "/api/v1/cases/{number}/advice", tag = "suggest", operation_id = "getCaseAdvice",
    params(("number" = String, Path, description = "`CASE-2026-000412`")),
    responses((status = 200, body = CaseAdvicePage, description = "what is offered"),
        (status = 404, description = "no case that the key may see"),
        (status = 403, description = "the key may see the case and not dispatch it")))]
async fn advice(req: Req, Path(number): Path<String>) -> Answer {
    let advisor: Arc<Advisor> =
        req.city.kept().ok_or_else(|| Problem::internal("nobody advises here")).or_fail(&req)?;
    let read = req.read(move |ctx, tx| {
        let case = cases::commands::find_for(ctx, tx, CaseAct::Dispatch, &number)?;
        advisor.advise(tx, &case, Target::ALL)
    });
    let all = read.await.or_fail(&req)?;
    json(&req, &CaseAdvicePage { items: all.iter().map(offered).collect() })
}

#[derive(OpenApi)]
#[openapi(
    paths(versions, advice),
    components(schemas(
        AdviceFigures,
        AdviceVersion,
        AdviceTaken,
        AdviceVersions,
        AdviceChoice,
        CaseAdvice,
        CaseAdvicePage
    )),
    tags((name = "suggest", description = "Advice learnt from closed cases: which kind, which unit. People decide."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}
