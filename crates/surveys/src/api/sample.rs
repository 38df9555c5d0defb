//! The sample.

use super::sample_bodies::{
    SurveyAssignment, SurveyPlanEdit, SurveyQuotas, SurveySample, SurveySegments, SurveyTrait, SurveyTraits,
};
use crate::commands::{self, SegmentDraft};
use crate::queries;
use axum::body::Body;
use kernel::ctx::Person;
use kernel::id::Id;
use kernel::problem::{FieldError, Problem};
use web::api::{body, json};
use web::error::OrFail;
use web::{Answer, Fail, Path, Req};

async fn shown(req: &Req, number: String) -> Answer {
    let of = req.read(move |ctx, tx| queries::sample(ctx, tx, &number)).await.or_fail(req)?;
    json(req, &SurveySample::of(&of))
}

/// Segments, traits, quotas, and how far they are.
#[utoipa::path(get, path = "/api/v1/surveys/{number}/sample", tag = "surveys", operation_id = "getSurveySample",
    params(("number" = String, Path, description = "number of the survey")),
    responses((status = 200, body = SurveySample, description = "as it is"), (status = 404, description = "no such survey")))]
pub(super) async fn one(req: Req, Path(number): Path<String>) -> Answer {
    shown(&req, number).await
}

/// Sets the figures of the plan.
#[utoipa::path(put, path = "/api/v1/surveys/{number}/plan", tag = "surveys", operation_id = "planSurvey",
    params(("number" = String, Path, description = "number of the survey")), request_body = SurveyPlanEdit,
    responses((status = 200, body = SurveySample, description = "as it is now"), (status = 404, description = "no such survey"),
        (status = 409, description = "it is published, or somebody was faster"), (status = 422, description = "a figure is out of bounds")))]
pub(super) async fn plan(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let edit: SurveyPlanEdit = body(&req, given).await?;
    let (of, plan) = (number.clone(), edit.plan.plan());
    req.write(move |ctx, tx| commands::set_plan(ctx, tx, (&of, edit.version), plan)).await.or_fail(&req)?;
    shown(&req, number).await
}

/// Puts segments in place of those that are there.
#[utoipa::path(put, path = "/api/v1/surveys/{number}/segments", tag = "surveys", operation_id = "setSurveySegments",
    params(("number" = String, Path, description = "number of the survey")), request_body = SurveySegments,
    responses((status = 200, body = SurveySample, description = "as it is now"), (status = 404, description = "no such survey"),
        (status = 409, description = "it is published, or somebody was faster"), (status = 422, description = "a segment is wrong")))]
pub(super) async fn segments(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let given: SurveySegments = body(&req, given).await?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let mut drafts = Vec::new();
    for (one, line) in given.segments.into_iter().zip(1..) {
        let Some(node) = index.by_code(&one.division) else {
            let error = FieldError::new("segments", "survey-no-division").arg("line", line);
            return Err(Fail::of(&req, Problem::invalid(vec![error])));
        };
        drafts.push(SegmentDraft {
            name: one.name,
            division: node.code.to_string(),
            division_name: node.name.to_string(),
            households: one.households,
        });
    }
    let (of, version) = (number.clone(), given.version);
    req.write(move |ctx, tx| commands::set_segments(ctx, tx, (&of, version), &drafts)).await.or_fail(&req)?;
    shown(&req, number).await
}

/// Sets traits, their categories and the population's numbers.
#[utoipa::path(put, path = "/api/v1/surveys/{number}/traits", tag = "surveys", operation_id = "setSurveyTraits",
    params(("number" = String, Path, description = "number of the survey")), request_body = SurveyTraits,
    responses((status = 200, body = SurveySample, description = "as it is now"), (status = 404, description = "no such survey"),
        (status = 409, description = "it is published, or somebody was faster"), (status = 422, description = "a trait is wrong")))]
pub(super) async fn traits(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let given: SurveyTraits = body(&req, given).await?;
    let (of, version, source) = (number.clone(), given.version, given.source);
    let traits = given.traits.into_iter().map(SurveyTrait::given).collect();
    let write = req.write(move |ctx, tx| commands::set_traits(ctx, tx, (&of, version), traits, &source));
    write.await.or_fail(&req)?;
    shown(&req, number).await
}

/// Sets quotas.
#[utoipa::path(put, path = "/api/v1/surveys/{number}/quotas", tag = "surveys", operation_id = "setSurveyQuotas",
    params(("number" = String, Path, description = "number of the survey")), request_body = SurveyQuotas,
    responses((status = 200, body = SurveySample, description = "as it is now"), (status = 404, description = "no such survey"),
        (status = 409, description = "it is published, or somebody was faster"), (status = 422, description = "a quota is wrong")))]
pub(super) async fn quotas(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let given: SurveyQuotas = body(&req, given).await?;
    let (of, version, quotas) = (number.clone(), given.version, given.quotas);
    req.write(move |ctx, tx| commands::set_quotas(ctx, tx, (&of, version), quotas)).await.or_fail(&req)?;
    shown(&req, number).await
}

/// Gives segments to an inspector.
#[utoipa::path(put, path = "/api/v1/surveys/{number}/assignments", tag = "surveys", operation_id = "assignSurveySegments",
    params(("number" = String, Path, description = "number of the survey")), request_body = SurveyAssignment,
    responses((status = 200, body = SurveySample, description = "as it is now"), (status = 404, description = "no such survey"),
        (status = 409, description = "it is closed, or somebody was faster"), (status = 422, description = "no such segment or inspector")))]
pub(super) async fn assign(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let given: SurveyAssignment = body(&req, given).await?;
    let person: Option<Id<Person>> = match given.interviewer.as_deref() {
        None | Some("") => None,
        Some(text) => {
            Some(text.parse().map_err(|_| Problem::field("interviewer", "not-a-choice")).or_fail(&req)?)
        }
    };
    let (of, version, places) = (number.clone(), given.version, given.segments);
    let write = req.write(move |ctx, tx| commands::assign(ctx, tx, (&of, version), &places, person));
    write.await.or_fail(&req)?;
    shown(&req, number).await
}
