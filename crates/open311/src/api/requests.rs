//! What has been reported and may be seen by everybody.

use super::answer::{Onward, answer, bare, begin, link};
use crate::ask::{Ask, PER_PAGE};
use crate::described::{GeoReportError, GeoReportRequest, GeoReportToken};
use crate::shapes::{self, Names};
use crate::tree::Node;
use axum::http::StatusCode;
use cases::desk::Desk;
use cases::open;
use cases::queries::{OpenCase, OpenFilter, OpenOrder, open_cases};
use kernel::problem::{Problem, Result};
use std::sync::Arc;
use web::error::OrFail;
use web::{Answer, Path, Req};

/// Rows that are looked through for a circle: those of the box around it.
const IN_BOX: i64 = 2000;

async fn written(req: &Req, desk: &Arc<Desk>, rows: Vec<OpenCase>, extended: bool) -> Answer<Node> {
    let index = places::kept::index(&req.city).await.or_fail(req)?;
    let ids: Vec<_> = rows.iter().filter_map(|c| c.section).collect();
    let read = req.read(move |_, tx| places::queries::section_names(tx, &ids));
    let sections = read.await.or_fail(req)?;
    let names = Names { catalogue: &desk.catalogue, index: &index, sections: &sections };
    let ui = req.ui();
    Ok(Node::List("request", rows.iter().map(|c| shapes::request(&ui, &names, c, extended)).collect()))
}

/// Public requests, newest first: those of the last 90 days unless dates are given, at most 1,000 an answer.
#[utoipa::path(get, path = "/open311/v2/requests.json", tag = "open311", operation_id = "georeportRequests",
    params(
        ("service_request_id" = Option<String>, Query, description = "numbers separated by commas; overrides the rest"),
        ("service_code" = Option<String>, Query, description = "codes separated by commas"),
        ("start_date" = Option<String>, Query, description = "W3C; at most 90 days before end_date"),
        ("end_date" = Option<String>, Query, description = "W3C"),
        ("status" = Option<String>, Query, description = "open, closed"),
        ("bbox" = Option<String>, Query, description = "west,south,east,north"),
        ("lat" = Option<f64>, Query, description = "with long and radius (metres): a circle"),
        ("long" = Option<f64>, Query, description = "WGS 84 degrees"),
        ("radius" = Option<f64>, Query, description = "metres, at most 10,000"),
        ("page" = Option<i64>, Query, description = "from 1"),
        ("per_page" = Option<i64>, Query, description = "1 to 1000"),
        ("extensions" = Option<bool>, Query, description = "true: with extended_attributes"),
    ),
    responses((status = 200, description = "requests", body = Vec<GeoReportRequest>),
        (status = 400, description = "what is wrong, one error each", body = Vec<GeoReportError>),
        (status = 404, description = "a service or a jurisdiction that is not known", body = Vec<GeoReportError>)))]
pub(super) async fn list(req: Req) -> Answer {
    let (format, query) = begin(&req)?;
    let desk = Desk::of(&req.city).await.or_fail(&req)?;
    let ask = Ask::read(&query, &desk, req.ctx.now).or_fail(&req)?;
    let (extended, wanted) = (ask.extended, ask.clone());
    let rows = req.read(move |_, tx| found(tx, &wanted)).await.or_fail(&req)?;
    let full = i64::try_from(rows.len()).is_ok_and(|n| n == ask.per_page);
    let node = written(&req, &desk, rows, extended).await?;
    let mut response = answer(format, StatusCode::OK, "service_requests", &node);
    if full {
        let with = ("page", (ask.page + 1).to_string());
        let onward = Onward { rel: "next", resource: "requests", without: &[], with };
        link(&req, format, &onward, &mut response);
    }
    Ok(response)
}

fn found(tx: &mut store::Tx<'_>, ask: &Ask) -> Result<Vec<OpenCase>> {
    if ask.around.is_none() {
        return open_cases(tx, &ask.filter, OpenOrder::Reported, None, ask.skip, ask.per_page);
    }
    let near = open_cases(tx, &ask.filter, OpenOrder::Reported, None, 0, IN_BOX)?;
    let inside = near.into_iter().filter(|c| ask.reaches(c.lng, c.lat));
    let (skip, take) = (usize::try_from(ask.skip), usize::try_from(ask.per_page.min(PER_PAGE)));
    Ok(inside.skip(skip.unwrap_or(usize::MAX)).take(take.unwrap_or(0)).collect())
}

/// One public request.
#[utoipa::path(get, path = "/open311/v2/requests/{file}", tag = "open311", operation_id = "georeportRequest",
    params(("file" = String, Path, description = "a number with the ending: CASE-2026-000412.json")),
    responses((status = 200, description = "a list of one", content((Vec<GeoReportRequest> = "application/json"), (String = "text/xml"))),
        (status = 404, description = "none that is public", content((Vec<GeoReportError> = "application/json"), (String = "text/xml"))),
        (status = 406, description = "another ending", body = Vec<GeoReportError>)))]
pub(super) async fn one(req: Req, Path(file): Path<String>) -> Answer {
    let (format, query) = begin(&req)?;
    let desk = Desk::of(&req.city).await.or_fail(&req)?;
    let filter = OpenFilter { numbers: vec![bare(&file).to_owned()], ..OpenFilter::default() };
    let read = req.read(move |_, tx| open_cases(tx, &filter, OpenOrder::Reported, None, 0, 1));
    let rows = read.await.or_fail(&req)?;
    if rows.is_empty() {
        return Err(Problem::not_found()).or_fail(&req);
    }
    let node = written(&req, &desk, rows, query.ticked("extensions")).await?;
    Ok(answer(format, StatusCode::OK, "service_requests", &node))
}

/// The number of the request that a token was given for.
#[utoipa::path(get, path = "/open311/v2/tokens/{file}", tag = "open311", operation_id = "georeportToken",
    params(("file" = String, Path, description = "the end of the link in service_notice, with the ending: ….json")),
    responses((status = 200, description = "its number", content((Vec<GeoReportToken> = "application/json"), (String = "text/xml"))),
        (status = 404, description = "no such token", content((Vec<GeoReportError> = "application/json"), (String = "text/xml"))),
        (status = 406, description = "another ending", body = Vec<GeoReportError>)))]
pub(super) async fn of_token(req: Req, Path(file): Path<String>) -> Answer {
    let (format, _) = begin(&req)?;
    let token = bare(&file).to_owned();
    let id = open::opened(req.db().secrets(), &token).ok_or_else(Problem::not_found).or_fail(&req)?;
    let case = req.read(move |_, tx| cases::queries::related(tx, id)).await.or_fail(&req)?;
    let case = case.ok_or_else(Problem::not_found).or_fail(&req)?;
    let row = Node::Map(vec![("service_request_id", Node::Text(case.number)), ("token", Node::Text(token))]);
    Ok(answer(format, StatusCode::OK, "service_requests", &Node::List("request", vec![row])))
}
