//! Doors, for an interviewer's own program.

use super::sample_bodies::{SurveyTaken, SurveyVisit, SurveyWalk};
use crate::commands::{self, Noted, Taken};
use crate::forms::Answered;
use crate::model::Outcome;
use crate::queries;
use axum::body::Body;
use kernel::problem::Problem;
use kernel::workflow::Named as _;
use web::api::{body, json};
use web::error::OrFail;
use web::{Answer, Path, Req};

/// Households of one's own segment in the order of the draw, with what became of them.
#[utoipa::path(get, path = "/api/v1/surveys/{number}/segments/{place}", tag = "surveys", operation_id = "getSurveyDoors",
    params(("number" = String, Path, description = "number of the survey"), ("place" = i64, Path, description = "place of the segment, from 1")),
    responses((status = 200, body = SurveyWalk, description = "the list as it is now"),
        (status = 404, description = "no such segment, or somebody else's")))]
pub(super) async fn one(req: Req, Path((number, place)): Path<(String, i64)>) -> Answer {
    let of = req.read(move |ctx, tx| queries::walk(ctx, tx, &number, place)).await.or_fail(&req)?;
    json(&req, &SurveyWalk::of(&of))
}

/// Notes what became of a household. An answer is kept apart from the visit and cannot be read again.
#[utoipa::path(post, path = "/api/v1/surveys/{number}/segments/{place}/visits", tag = "surveys", operation_id = "noteSurveyVisit",
    params(("number" = String, Path, description = "number of the survey"), ("place" = i64, Path, description = "place of the segment, from 1")),
    request_body = SurveyVisit,
    responses((status = 200, body = SurveyTaken, description = "it is noted"),
        (status = 404, description = "no such segment, or somebody else's"),
        (status = 409, description = "the survey is over, or the household is not on the list"),
        (status = 422, description = "an answer is missing or wrong")))]
pub(super) async fn note(req: Req, Path((number, place)): Path<(String, i64)>, given: Body) -> Answer {
    let given: SurveyVisit = body(&req, given).await?;
    let outcome =
        Outcome::parse(&given.outcome).ok_or_else(|| Problem::field("survey_outcome", "not-a-choice"));
    let outcome = outcome.or_fail(&req)?;
    let of = number.clone();
    let walk = req.read(move |ctx, tx| queries::walk(ctx, tx, &of, place)).await.or_fail(&req)?;
    let mut fields = Vec::new();
    for (question, texts) in given.answers {
        let at = question.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        let Some(question) = at.and_then(|at| walk.survey.questions.0.get(at)) else { continue };
        fields.extend(texts.into_iter().map(|text| (question.key.clone(), text)));
    }
    let (answered, household) = (Answered::from_pairs(given.traits, fields), given.household);
    let write = req.write(move |ctx, tx| {
        let answers = |key: &str| answered.texts(key);
        let noted = Noted { outcome, traits: &answered.traits, answers: &answers };
        commands::visit(ctx, tx, (&number, place, household), &noted)
    });
    let taken = match write.await.or_fail(&req)? {
        Taken::Full => "quota-full",
        Taken::Counted | Taken::Again => "noted",
    };
    json(&req, &SurveyTaken { taken })
}
