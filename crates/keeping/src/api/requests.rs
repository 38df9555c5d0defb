//! Requests of people. What is held of somebody is looked at in the page, by a person who has made sure who asks.

use super::{PAGE, before, page_of};
use crate::policy::{Act, POLICY};
use crate::requests::commands::{self, NewRequest};
use crate::requests::model::{Kind, Request};
use crate::requests::queries;
use crate::requests::workflow::{REQUEST, Step};
use crate::run::keeps_of;
use axum::body::Body;
use axum::http::StatusCode;
use kernel::policy::Standing;
use kernel::problem::{Problem, Result};
use kernel::time::parse_date;
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::list::Params;
use web::{Answer, Path, Req};

/// A request to see, to correct or to erase what is held of somebody.
#[derive(Serialize, ToSchema)]
pub(super) struct PersonalRequest {
    number: String,
    /// `access`, `correction`, `erasure`.
    kind: &'static str,
    /// `open`, `proposed`, `answered`, `erased`, `refused`, `withdrawn`.
    state: &'static str,
    name: String,
    phone: String,
    identity: String,
    wish: String,
    asked_on: String,
    /// The last day on which an answer is in time.
    due_on: String,
    answer: String,
    /// How many things were erased.
    erased: Option<i64>,
    ended_at: Option<String>,
    /// Steps that the state allows: `answer`, `refuse`, `withdraw`, `propose`, `erase`, `return`.
    allowed_steps: Vec<&'static str>,
    version: i64,
}

impl From<Request> for PersonalRequest {
    fn from(request: Request) -> Self {
        Self {
            kind: request.kind.code(),
            state: request.state.code(),
            name: request.name.into_string(),
            phone: request.phone.into_string(),
            identity: request.identity.into_string(),
            wish: request.wish.into_string(),
            asked_on: request.asked_on.to_string(),
            due_on: request.due_on.to_string(),
            answer: request.answer.into_string(),
            erased: request.erased,
            ended_at: request.ended_at.map(kernel::time::Instant::rfc3339),
            allowed_steps: REQUEST.from(request.state).map(|row| row.name.code()).collect(),
            version: request.version,
            number: request.number,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct PersonalRequestPage {
    items: Vec<PersonalRequest>,
    /// For `after` of the next page.
    next: Option<String>,
}

/// Requests, newest first, fifty at a time.
#[utoipa::path(get, path = "/api/v1/personal-requests", tag = "keeping", operation_id = "listPersonalRequests",
    params(
        ("state" = Option<String>, Query, description = "`ended` for those that have ended, else those that are open"),
        ("after" = Option<String>, Query, description = "`next` of the answer before"),
    ),
    responses((status = 200, body = PersonalRequestPage, description = "a page of the register")))]
pub(super) async fn list(req: Req) -> Answer {
    let (before, open) = (before(&req)?, Params::parse(&req.query).get("state") != "ended");
    let found =
        req.read(move |ctx, tx| queries::list(ctx, tx, open, before, PAGE + 1)).await.or_fail(&req)?;
    let (rows, next) = page_of(found, |request| request.id.raw());
    json(&req, &PersonalRequestPage { items: rows.into_iter().map(PersonalRequest::from).collect(), next })
}

/// A request as it came.
#[derive(Deserialize, ToSchema)]
pub(super) struct NewPersonalRequest {
    /// `access`, `correction`, `erasure`.
    kind: String,
    name: String,
    phone: String,
    /// How it was made sure who asks.
    identity: String,
    wish: String,
    /// The day on which it came, `2026-03-05`.
    asked_on: String,
}

impl NewPersonalRequest {
    fn read(self) -> Result<NewRequest> {
        Ok(NewRequest {
            kind: Kind::parse(&self.kind).ok_or_else(|| Problem::field("kind", "not-a-choice"))?,
            asked_on: parse_date(&self.asked_on).ok_or_else(|| Problem::field("asked_on", "not-a-date"))?,
            name: self.name,
            phone: self.phone,
            identity: self.identity,
            wish: self.wish,
        })
    }
}

/// Writes a request down.
#[utoipa::path(post, path = "/api/v1/personal-requests", tag = "keeping", operation_id = "createPersonalRequest",
    request_body = NewPersonalRequest,
    responses((status = 201, body = PersonalRequest, description = "it is written down")))]
pub(super) async fn create(req: Req, given: Body) -> Answer {
    let given: NewPersonalRequest = body(&req, given).await?;
    let calendar = req.city.calendar();
    let done = req.write(move |ctx, tx| {
        POLICY.require(ctx, Act::RecordRequests, &Standing::city(), true)?;
        commands::record(ctx, tx, &calendar, &given.read()?)
    });
    json_with(&req, StatusCode::CREATED, &PersonalRequest::from(done.await.or_fail(&req)?))
}

/// A step of a request.
#[derive(Deserialize, ToSchema)]
pub(super) struct PersonalRequestStep {
    /// `answer`, `refuse`, `withdraw`, `propose`, `erase`, `return`.
    step: String,
    /// The answer, or the reason.
    words: String,
    /// Of the request as it was seen; without it the last step wins.
    version: Option<i64>,
}

/// Takes a step. `erase` erases at once what may be erased, and cannot be taken back.
#[utoipa::path(post, path = "/api/v1/personal-requests/{number}/steps", tag = "keeping", operation_id = "stepPersonalRequest",
    params(("number" = String, Path, description = "`REQ-2026-0004`")),
    request_body = PersonalRequestStep,
    responses((status = 200, body = PersonalRequest, description = "the request as it is now"),
        (status = 404, description = "no such request"),
        (status = 409, description = "its state does not allow the step, or somebody else was faster")))]
pub(super) async fn step(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let given: PersonalRequestStep = body(&req, given).await?;
    let keeps = keeps_of(&req.city).or_fail(&req)?;
    let done = req.write(move |ctx, tx| {
        queries::load_for(ctx, tx, Act::SeeRequests, &number)?;
        let step = Step::parse(&given.step).ok_or_else(|| Problem::field("step", "not-a-choice"))?;
        commands::step(ctx, tx, &keeps, &number, step, &given.words, given.version)
    });
    json(&req, &PersonalRequest::from(done.await.or_fail(&req)?))
}
