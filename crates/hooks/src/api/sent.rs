//! Deliveries for programs.

use super::answers::{DeliveryBody, DeliveryPage, DeliveryRecord, SpanBody};
use crate::policy::{self, Act};
use crate::queries::{self, Filter};
use crate::{commands, model::DeliveryState};
use axum::body::Body;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use kernel::problem::Problem;
use kernel::time::Instant;
use kernel::workflow::Named;
use web::api::{body, json};
use web::error::OrFail;
use web::list::{Cursor, PAGE_SIZE, Params};
use web::{Answer, Path, Req};

/// Deliveries of an endpoint, the latest event first, fifty at a time.
#[utoipa::path(get, path = "/api/v1/webhooks/{number}/deliveries", tag = "webhooks", operation_id = "listDeliveries",
    params(
        ("number" = String, Path, description = "number of the endpoint, `WH-0001`"),
        ("state" = Option<String>, Query, description = "`waiting`, `sent`, `dead` or `skipped`"),
        ("event_type" = Option<String>, Query, description = "such as `case.dispatched`"),
        ("record" = Option<String>, Query, description = "number of a record"),
        ("after" = Option<String>, Query, description = "`next` of the answer before"),
    ),
    responses((status = 200, body = DeliveryPage, description = "a page of the list"),
        (status = 404, description = "there is none")))]
pub(crate) async fn list(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let state = match params.get("state") {
        "" => None,
        given => {
            let known = DeliveryState::parse(given).ok_or_else(|| Problem::field("state", "not-a-choice"));
            Some(known.or_fail(&req)?)
        }
    };
    let filter =
        Filter { state, kind: params.get("event_type").to_owned(), number: params.get("record").to_owned() };
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let read = req.read(move |_, tx| {
        let endpoint = queries::endpoint(tx, &number)?.endpoint;
        queries::deliveries(tx, endpoint.id, &filter, after, PAGE_SIZE)
    });
    let found = read.await.or_fail(&req)?;
    let items = found.rows.into_iter().map(DeliveryBody::of).collect();
    json(&req, &DeliveryPage { items, next: found.next.map(|c| c.to_string()) })
}

/// One delivery with its tries.
#[utoipa::path(get, path = "/api/v1/webhooks/{number}/deliveries/{message}", tag = "webhooks", operation_id = "getDelivery",
    params(("number" = String, Path, description = "number of the endpoint, `WH-0001`"),
        ("message" = String, Path, description = "`webhook-id` of the message")),
    responses((status = 200, body = DeliveryRecord, description = "what was sent, and what came back each time"),
        (status = 404, description = "there is none")))]
pub(crate) async fn one(req: Req, Path((number, message)): Path<(String, String)>) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let read = req.read(move |_, tx| {
        let endpoint = queries::endpoint(tx, &number)?.endpoint;
        queries::delivery(tx, endpoint.id, &message)
    });
    let (delivery, tries) = read.await.or_fail(&req)?;
    json(&req, &DeliveryRecord::of(delivery, tries, policy::may(&req.ctx, Act::Read)))
}

/// Sends a delivery once more, with the same id.
#[utoipa::path(post, path = "/api/v1/webhooks/{number}/deliveries/{message}/replay", tag = "webhooks", operation_id = "replayDelivery",
    params(("number" = String, Path, description = "number of the endpoint, `WH-0001`"),
        ("message" = String, Path, description = "`webhook-id` of the message")),
    responses((status = 202, description = "it will be sent"),
        (status = 409, description = "it is on its way already")))]
pub(crate) async fn replay(req: Req, Path((number, message)): Path<(String, String)>) -> Answer {
    req.write(move |ctx, tx| commands::replay(ctx, tx, &number, &message)).await.or_fail(&req)?;
    Ok(StatusCode::ACCEPTED.into_response())
}

/// Sends everything of a span of time once more, in the order of the log and with the same ids.
#[utoipa::path(post, path = "/api/v1/webhooks/{number}/replays", tag = "webhooks", operation_id = "replaySpan",
    params(("number" = String, Path, description = "number of the endpoint, `WH-0001`")),
    request_body = SpanBody,
    responses((status = 202, description = "it will be sent"),
        (status = 422, description = "the span is empty, or longer than 31 days")))]
pub(crate) async fn replay_span(req: Req, Path(number): Path<String>, sent: Body) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let span: SpanBody = body(&req, sent).await?;
    let moment =
        |name, text: &str| Instant::parse_rfc3339(text).ok_or_else(|| Problem::field(name, "not-a-time"));
    let from = moment("hook_from", &span.from).or_fail(&req)?;
    let until = moment("hook_until", &span.until).or_fail(&req)?;
    let work = req.write(move |ctx, tx| commands::replay_span(ctx, tx, &number, from, until));
    work.await.or_fail(&req)?;
    Ok(StatusCode::ACCEPTED.into_response())
}
