//! Requests: asked once, answered with what is there.

use super::bodies::{
    EvidenceAsked, EvidenceAsking, EvidenceReason, EvidenceRequest, EvidenceRequests, EvidenceReuse,
};
use super::periods::day;
use crate::commands::{self, Asking};
use crate::model::{Kind, Request};
use crate::policy::{self, Act};
use crate::queries::{self, RequestFilter, RequestLine};
use ::store::Tx;
use axum::body::Body;
use axum::http::StatusCode;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use web::api::{body, json, json_with};
use web::error::OrFail;
use web::list::{Cursor, PAGE_SIZE, Params};
use web::{Answer, Path, Req};

fn line(tx: &mut Tx<'_>, request: Request) -> Result<RequestLine> {
    Ok(RequestLine { unit: people::queries::unit_name(tx, request.unit_id)?, request })
}

/// Requests, newest first, fifty at a time: all, or those to the units of the key's owner.
#[utoipa::path(get, path = "/api/v1/evidence/requests", tag = "evidence", operation_id = "listEvidenceRequests",
    params(
        ("state" = Option<String>, Query, description = "`open`, `answered`, `stopped`, `withdrawn`"),
        ("evidence_kind" = Option<String>, Query, description = "`rule`, `statement`, `picture`, `table`"),
        ("period" = Option<String>, Query, description = "number of a period"),
        ("unit" = Option<String>, Query, description = "code of a unit"),
        ("after" = Option<String>, Query, description = "`next` of the answer before"),
    ),
    responses((status = 200, body = EvidenceRequests, description = "a page of the list")))]
pub(super) async fn list(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let filter = RequestFilter::read(&params).or_fail(&req)?;
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let read = req.read(move |ctx, tx| queries::requests(ctx, tx, &filter, after, PAGE_SIZE));
    let found = read.await.or_fail(&req)?;
    let items = found.rows.iter().map(EvidenceRequest::of).collect();
    json(&req, &EvidenceRequests { items, next: found.next.map(|c| c.to_string()) })
}

/// Asks units for evidence. What a unit was asked for within twelve months, or has handed in, is not asked again: that request is
/// kept as `stopped`, with pointers to what is there. Nobody can go past it.
#[utoipa::path(post, path = "/api/v1/evidence/requests", tag = "evidence", operation_id = "askForEvidence", request_body = EvidenceAsking,
    responses((status = 201, body = EvidenceAsked, description = "one request a unit, made or stopped"),
        (status = 422, description = "a value is missing or wrong")))]
pub(super) async fn create(req: Req, given: Body) -> Answer {
    let draft: EvidenceAsking = body(&req, given).await?;
    policy::require_city(&req.ctx, Act::Ask).or_fail(&req)?;
    let kind = Kind::parse(&draft.kind).ok_or_else(|| Problem::field("evidence_kind", "not-a-choice"));
    let asking = Asking {
        period: draft.period,
        units: draft.units,
        kind: Some(kind.or_fail(&req)?),
        codes: draft.standards,
        what: draft.what,
        guidance: draft.guidance,
        due_on: Some(day("due_on", &draft.due_on).or_fail(&req)?),
    };
    let write = req.write(move |ctx, tx| {
        let made = commands::ask(ctx, tx, &asking)?;
        made.into_iter().map(|request| line(tx, request)).collect::<Result<Vec<_>>>()
    });
    let made = write.await.or_fail(&req)?;
    let items = made.iter().map(EvidenceRequest::of).collect();
    json_with(&req, StatusCode::CREATED, &EvidenceAsked { items })
}

/// One request.
#[utoipa::path(get, path = "/api/v1/evidence/requests/{number}", tag = "evidence", operation_id = "getEvidenceRequest",
    params(("number" = String, Path, description = "number of the request, `ER-2026-0001`")),
    responses((status = 200, body = EvidenceRequest, description = "what is asked, and how far it is"),
        (status = 404, description = "no such request")))]
pub(super) async fn one(req: Req, Path(number): Path<String>) -> Answer {
    let of = req.read(move |ctx, tx| queries::request(ctx, tx, &number)).await.or_fail(&req)?;
    json(&req, &EvidenceRequest::of(&RequestLine { request: of.request, unit: of.unit }))
}

/// Takes back what was asked.
#[utoipa::path(post, path = "/api/v1/evidence/requests/{number}/withdrawal", tag = "evidence",
    operation_id = "withdrawEvidenceRequest", request_body = EvidenceReason,
    params(("number" = String, Path, description = "number of the request")),
    responses((status = 200, body = EvidenceRequest, description = "withdrawn"),
        (status = 404, description = "no such request"),
        (status = 409, description = "it is over, or somebody was faster"),
        (status = 422, description = "there is no reason, or it is too long")))]
pub(super) async fn withdraw(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let draft: EvidenceReason = body(&req, given).await?;
    let write = req.write(move |ctx, tx| {
        let done = commands::withdraw_request(ctx, tx, (&number, draft.version), &draft.reason)?;
        line(tx, done)
    });
    json(&req, &EvidenceRequest::of(&write.await.or_fail(&req)?))
}

/// Answers a request with an item that was handed in before; uses one for what was stopped.
#[utoipa::path(post, path = "/api/v1/evidence/requests/{number}/answer", tag = "evidence",
    operation_id = "answerEvidenceRequest", request_body = EvidenceReuse,
    params(("number" = String, Path, description = "number of the request")),
    responses((status = 200, body = EvidenceRequest, description = "the item is used for its standards"),
        (status = 404, description = "no such request"),
        (status = 409, description = "it is over, or somebody was faster"),
        (status = 422, description = "an item of another unit or kind, not handed in, or of a day outside of the window")))]
pub(super) async fn answer(req: Req, Path(number): Path<String>, given: Body) -> Answer {
    let draft: EvidenceReuse = body(&req, given).await?;
    let write = req.write(move |ctx, tx| {
        let done = commands::reuse(ctx, tx, (&number, draft.version), &draft.item)?;
        line(tx, done)
    });
    json(&req, &EvidenceRequest::of(&write.await.or_fail(&req)?))
}
