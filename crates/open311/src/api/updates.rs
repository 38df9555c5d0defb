//! What became of requests, and what other systems say of them: the extension that FixMyStreet speaks.

use super::answer::{answer, bare, begin, link_next};
use super::report::{Sender, form, once};
use crate::described::{GeoReportError, GeoReportUpdate, GeoReportUpdateReceipt, GeoReportUpdateSent};
use crate::tree::Node;
use crate::{ask, sent, shapes};
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode};
use cases::commands::remark;
use cases::queries::{UpdateSpan, open_updates, updates_of};
use kernel::ctx::Ctx;
use kernel::problem::{Findings, Problem, Result};
use store::Tx;
use store::idempotency::{self, Answer as Kept};
use web::error::OrFail;
use web::{Answer, Req};

/// Most updates of one answer.
const UPDATES: usize = 1000;

/// Steps of public requests, oldest first: of one request, or of all in a time (the last 90 days unless dates are given).
#[utoipa::path(get, path = "/open311/v2/servicerequestupdates.json", tag = "open311", operation_id = "georeportUpdates",
    params(
        ("start_date" = Option<String>, Query, description = "W3C"),
        ("end_date" = Option<String>, Query, description = "W3C"),
        ("service_request_id" = Option<String>, Query, description = "all steps of this request"),
        ("after" = Option<i64>, Query, description = "from the header Link of the answer before"),
    ),
    responses((status = 200, description = "updates", body = Vec<GeoReportUpdate>),
        (status = 400, description = "what is wrong", body = Vec<GeoReportError>),
        (status = 404, description = "a request or a jurisdiction that is not known", body = Vec<GeoReportError>)))]
pub(super) async fn list(req: Req) -> Answer {
    let (format, query) = begin(&req)?;
    let number = bare(query.text("service_request_id")).to_owned();
    let found = if number.is_empty() {
        let mut findings = Findings::default();
        let (from, until) = ask::span(&query, req.ctx.now, &mut findings);
        let after = findings.take(query.number::<i64>("after")).flatten();
        findings.done().or_fail(&req)?;
        let wanted = UpdateSpan { from, until, after };
        let found = req.read(move |_, tx| open_updates(tx, wanted, UPDATES)).await.or_fail(&req)?;
        (found.steps, found.go_on)
    } else {
        let read = req.read(move |_, tx| updates_of(tx, &number)).await.or_fail(&req)?;
        (read.ok_or_else(Problem::not_found).or_fail(&req)?, None)
    };
    let (steps, go_on) = found;
    let ui = req.ui();
    let rows = steps.iter().filter_map(|u| shapes::update(&ui, u)).collect();
    let mut response =
        answer(format, StatusCode::OK, "service_request_updates", &Node::List("request_update", rows));
    if let Some(last) = go_on {
        link_next(&req, format, "servicerequestupdates", &[("after", last.to_string())], &mut response);
    }
    Ok(response)
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
