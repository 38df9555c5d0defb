//! Surveys and their questions.

use super::bodies::{
    SurveyBrief, SurveyBriefs, SurveyDraft, SurveyEdit, SurveyMove, SurveyQuestions, SurveyWhole, questions,
};
use crate::commands::{self, Draft};
use crate::queries;
use axum::body::Body;
use axum::http::StatusCode;
use kernel::problem::{Problem, Result};
use kernel::time::parse_date;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::{Answer, Path, Req};

fn draft(given: SurveyDraft) -> Result<Draft> {
    let closes = match given.closes.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(day) => Some(parse_date(day).ok_or_else(|| Problem::field("survey_closes", "not-a-date"))?),
    };
    Ok(Draft {
        name: given.name,
        audience: given.audience,
        lead: given.lead,
        scheme: given.scheme,
        closes,
        codes: given.codes,
    })
}

/// All surveys, the newest first.
#[utoipa::path(get, path = "/api/v1/surveys", tag = "surveys", operation_id = "listSurveys",
    responses((status = 200, body = SurveyBriefs, description = "all of them")))]
pub(super) async fn list(req: Req) -> Answer {
    let rows = req.read(queries::surveys).await.or_fail(&req)?;
    json(&req, &SurveyBriefs { items: rows.iter().map(SurveyBrief::of).collect() })
}

/// Makes a draft.
#[utoipa::path(post, path = "/api/v1/surveys", tag = "surveys", operation_id = "makeSurvey", request_body = SurveyDraft,
    responses((status = 201, body = SurveyWhole, description = "a draft without questions"),
        (status = 422, description = "a value is missing or wrong")))]
pub(super) async fn create(req: Req, given: Body) -> Answer {
    let draft = draft(body(&req, given).await?).or_fail(&req)?;
    let made = req.write(move |ctx, tx| commands::make(ctx, tx, &draft)).await.or_fail(&req)?;
    json_with(&req, StatusCode::CREATED, &SurveyWhole::of(&made))
}

/// One survey with its questions and what a person should look at.
#[utoipa::path(get, path = "/api/v1/surveys/{number}", tag = "surveys", operation_id = "getSurvey",
    params(("number" = String, Path, description = "number of the survey, `SV-0001`")),
    responses((status = 200, body = SurveyWhole, description = "as it is"), (status = 404, description = "no such survey")))]
pub(super) async fn one(req: Req, Path(number): Path<String>) -> Answer {
    let of = req.read(move |ctx, tx| queries::survey(ctx, tx, &number)).await.or_fail(&req)?;
    json(&req, &SurveyWhole::of(&of))
}

/// Changes name, group, scheme and days; of a published survey only the last day.
#[utoipa::path(put, path = "/api/v1/surveys/{number}", tag = "surveys", operation_id = "changeSurvey",
    params(("number" = String, Path, description = "number of the survey")), request_body = SurveyEdit,
    responses((status = 200, body = SurveyWhole, description = "as it is now"), (status = 404, description = "no such survey"),
        (status = 409, description = "somebody was faster, or it is closed"),
        (status = 422, description = "a value is missing or wrong")))]
pub(super) async fn change(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let edit: SurveyEdit = body(&req, given).await?;
    let draft = draft(edit.draft).or_fail(&req)?;
    let write = req.write(move |ctx, tx| commands::edit(ctx, tx, (&number, edit.version), &draft));
    json(&req, &SurveyWhole::of(&write.await.or_fail(&req)?))
}

/// Puts a whole questionnaire in place of the one that is there.
#[utoipa::path(put, path = "/api/v1/surveys/{number}/questions", tag = "surveys", operation_id = "fillSurvey",
    params(("number" = String, Path, description = "number of the survey")), request_body = SurveyQuestions,
    responses((status = 200, body = SurveyWhole, description = "as it is now"), (status = 404, description = "no such survey"),
        (status = 409, description = "somebody was faster, or it is published"),
        (status = 422, description = "a question is wrong")))]
pub(super) async fn fill(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let given: SurveyQuestions = body(&req, given).await?;
    let (version, all) = (given.version, questions(given.questions).or_fail(&req)?);
    let write = req.write(move |ctx, tx| commands::fill(ctx, tx, (&number, version), all));
    json(&req, &SurveyWhole::of(&write.await.or_fail(&req)?))
}

/// Publishes a draft: questions and sample stand from now on.
#[utoipa::path(post, path = "/api/v1/surveys/{number}/publication", tag = "surveys", operation_id = "publishSurvey",
    params(("number" = String, Path, description = "number of the survey")), request_body = SurveyMove,
    responses((status = 200, body = SurveyWhole, description = "it takes answers"), (status = 404, description = "no such survey"),
        (status = 409, description = "it is no draft, has no segments, or somebody was faster"),
        (status = 422, description = "a question is wrong, or nobody has looked at the doubts")))]
pub(super) async fn publish(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let of: SurveyMove = body(&req, given).await?;
    let write = req.write(move |ctx, tx| commands::publish(ctx, tx, (&number, of.version), of.seen));
    json(&req, &SurveyWhole::of(&write.await.or_fail(&req)?))
}

/// Closes a survey: no answer is taken any more, and its results can be read.
#[utoipa::path(post, path = "/api/v1/surveys/{number}/closure", tag = "surveys", operation_id = "closeSurvey",
    params(("number" = String, Path, description = "number of the survey")), request_body = SurveyMove,
    responses((status = 200, body = SurveyWhole, description = "it is closed"), (status = 404, description = "no such survey"),
        (status = 409, description = "it is not published, or somebody was faster")))]
pub(super) async fn close(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let of: SurveyMove = body(&req, given).await?;
    let write = req.write(move |ctx, tx| commands::close(ctx, tx, (&number, of.version)));
    json(&req, &SurveyWhole::of(&write.await.or_fail(&req)?))
}

/// Makes the next edition: the same questions and plan, with a new draw and without segments.
#[utoipa::path(post, path = "/api/v1/surveys/{number}/copies", tag = "surveys", operation_id = "copySurvey",
    params(("number" = String, Path, description = "number of the survey")),
    responses((status = 201, body = SurveyWhole, description = "a draft"), (status = 404, description = "no such survey")))]
pub(super) async fn copy(req: Req, Path(number): Path<String>) -> Answer {
    let made = req.write(move |ctx, tx| commands::copy(ctx, tx, &number)).await.or_fail(&req)?;
    json_with(&req, StatusCode::CREATED, &SurveyWhole::of(&made))
}
