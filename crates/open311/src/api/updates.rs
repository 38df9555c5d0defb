//! What became of requests, and what other systems say of them: the extension that FixMyStreet speaks.

use super::answer::{Format, Onward, answer, bare, begin, link};
use super::report::{Sender, form, once};
use crate::described::{GeoReportError, GeoReportUpdate, GeoReportUpdateReceipt, GeoReportUpdateSent};
use crate::tree::Node;
use crate::{ask, sent, shapes};
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use cases::commands::remark;
use cases::queries::{OpenUpdate, UpdateSpan, open_updates, updates_of};
use kernel::ctx::Ctx;
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::time::Instant;
use store::Tx;
use store::follow;
use store::idempotency::{self, Answer as Kept};
use web::error::OrFail;
use web::{Answer, Form, Req};

/// Most updates of one answer.
const UPDATES: usize = 1000;
/// The end of a question that reaches the present. Not the present itself: the clock of whoever wrote the latest step may be
/// a little ahead of this one.
const OPEN_END: Instant = Instant(i64::MAX);

/// Steps of public requests, oldest first: of one request, or of all in a time (the last 90 days unless dates are given).
///
/// Where there is more of that time the header `Link` leads to it (`rel="next"`); an answer that reaches the present leads to
/// what there will be (`rel="monitor"`): whoever follows these links misses no step and gets none twice.
#[utoipa::path(get, path = "/open311/v2/servicerequestupdates.json", tag = "open311", operation_id = "georeportUpdates",
    params(
        ("start_date" = Option<String>, Query, description = "W3C"),
        ("end_date" = Option<String>, Query, description = "W3C"),
        ("service_request_id" = Option<String>, Query, description = "all steps of this request"),
        ("after" = Option<String>, Query, description = "from the header Link of the answer before"),
    ),
    responses((status = 200, description = "updates", body = Vec<GeoReportUpdate>),
        (status = 400, description = "what is wrong", body = Vec<GeoReportError>),
        (status = 404, description = "a request or a jurisdiction that is not known", body = Vec<GeoReportError>)))]
pub(super) async fn list(req: Req) -> Answer {
    let (format, query) = begin(&req)?;
    let number = bare(query.text("service_request_id")).to_owned();
    if !number.is_empty() {
        let read = req.read(move |_, tx| updates_of(tx, &number)).await.or_fail(&req)?;
        return Ok(written(&req, format, &read.ok_or_else(Problem::not_found).or_fail(&req)?));
    }
    let wanted = span(&query, req.ctx.now).or_fail(&req)?;
    let until = wanted.until;
    let found = req.read(move |_, tx| open_updates(tx, wanted, UPDATES)).await.or_fail(&req)?;
    let mut response = written(&req, format, &found.steps);
    let with = ("after", follow::word(&found.reached));
    let onward = Onward { rel: "next", resource: "servicerequestupdates", without: &[], with };
    if found.more {
        link(&req, format, &onward, &mut response);
    } else if until == OPEN_END {
        let onward = Onward { rel: "monitor", without: &["start_date"], ..onward };
        link(&req, format, &onward, &mut response);
    }
    Ok(response)
}

fn written(req: &Req, format: Format, steps: &[OpenUpdate]) -> Response {
    let ui = req.ui();
    let rows = steps.iter().filter_map(|u| shapes::update(&ui, u)).collect();
    answer(format, StatusCode::OK, "service_request_updates", &Node::List("request_update", rows))
}

/// Whoever goes on from a place is held to the dates that were given, and to no others.
fn span(query: &Form, now: Instant) -> Result<UpdateSpan> {
    let mut findings = Findings::default();
    let given = |name: &str| !query.text(name).is_empty();
    let (mut from, mut until) = ask::span(query, now, &mut findings);
    let mut after = None;
    if given("after") {
        after = follow::place(query.text("after"));
        if after.is_none() {
            findings.add(FieldError::new("after", "not-from-a-link"));
        }
        from = if given("start_date") { from } else { Instant::ZERO };
    }
    if !given("end_date") && (after.is_some() || until >= now) {
        until = OPEN_END;
    }
    findings.done()?;
    Ok(UpdateSpan { from, until, after })
}

/// Adds words to a request: staff read them in its history. Sent twice with the same `update_id` they stand there once.
#[utoipa::path(post, path = "/open311/v2/servicerequestupdates.json", tag = "open311", operation_id = "georeportUpdate",
    params(("Idempotency-Key" = Option<String>, Header, description = "at most 200 characters; remembered for a day")),
    request_body(content = GeoReportUpdateSent, content_type = "application/x-www-form-urlencoded"),
    responses((status = 201, description = "update_id", body = Vec<GeoReportUpdateReceipt>),
        (status = 400, description = "what is wrong", body = Vec<GeoReportError>),
        (status = 403, description = "no key, or one that may not", body = Vec<GeoReportError>),
        (status = 404, description = "no such request", body = Vec<GeoReportError>),
        (status = 409, description = "the same key with something else", body = Vec<GeoReportError>),
        (status = 413, description = "too large", body = Vec<GeoReportError>),
        (status = 415, description = "no form", body = Vec<GeoReportError>),
        (status = 429, description = "too often", body = Vec<GeoReportError>)))]
pub(super) async fn create(req: Req, headers: HeaderMap, body: Body) -> Answer {
    let (format, query) = begin(&req)?;
    let form = form(&req, &headers, body).await?;
    let sender = Sender::of(&req, &query, &form).or_fail(&req)?;
    let said = sent::remark(&form).or_fail(&req)?;
    let given = once(&headers, b"POST /open311/v2/servicerequestupdates", &form).or_fail(&req)?;
    // without a key of its own the update's number is the key
    let (key, hash) = given.unwrap_or_else(|| {
        let parts = [said.number.as_bytes(), said.words.as_bytes()];
        (format!("update:{}", said.update_id), idempotency::request_hash(&parts))
    });
    let (update_id, who) = (said.update_id.clone(), sender.clone());
    let work = move |ctx: &Ctx, tx: &mut Tx<'_>| -> Result<()> {
        let ctx = who.ctx(ctx, tx)?;
        let make = |tx: &mut Tx<'_>| {
            remark(&ctx, tx, &said.number, &said.update_id, &said.words)?;
            Ok(Kept { status: 201, body: String::new() })
        };
        idempotency::once(tx, &ctx, &key, &hash, make).map(drop)
    };
    req.write(work).await.or_fail(&req)?;
    sender.note().await;
    let row = Node::Map(vec![("update_id", Node::Text(update_id))]);
    let node = Node::List("request_update", vec![row]);
    Ok(answer(format, StatusCode::CREATED, "service_request_updates", &node))
}
