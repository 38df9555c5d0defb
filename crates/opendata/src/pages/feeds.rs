//! Feeds of cases: what is new, and what has been put right, with both pictures.

use crate::feeds::{Entry, Feed, escape, http_date};
use crate::layers::{Words, words};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use cases::queries::{OpenCase, OpenFilter, OpenOrder, open_cases};
use kernel::problem::{Problem, Result};
use kernel::time::{Instant, MINUTE};
use kernel::workflow::Named;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use store::Tx;
use web::error::OrFail;
use web::list::Params;
use web::{Answer, Path, Req, Ui};

/// Entries of a feed.
const ENTRIES: i64 = 50;

/// Narrowed to one of these; the name of what it is narrowed to.
fn narrowed(tx: &mut Tx<'_>, words: &Words, params: &Params, filter: &mut OpenFilter) -> Result<String> {
    let (division, unit, stretch) = (params.get("division"), params.get("unit"), params.get("stretch"));
    if !stretch.is_empty() {
        let adoption = streets::queries::by_number(tx, stretch)?;
        filter.stretch = Some((adoption.section_id, adoption.from_m, adoption.to_m));
        let section = places::queries::section(tx, adoption.section_id)?;
        return Ok(format!("{} {}", adoption.number, section.name()));
    }
    if !unit.is_empty() {
        let unit = people::queries::unit_by_code(tx, unit)?.ok_or_else(Problem::not_found)?;
        filter.unit = Some(unit.id);
        return Ok(unit.name);
    }
    if !division.is_empty() {
        let node = words.index.by_code(division).ok_or_else(Problem::not_found)?;
        let below = words.index.divisions().iter().filter(|d| d.path.contains(&node.id));
        filter.divisions = below.map(|d| d.id).collect();
        return Ok(node.name.to_string());
    }
    Ok(String::new())
}

/// Text and pictures. What the case says is escaped; the rest is ours.
fn html(ui: &Ui, case: &OpenCase, base: &str) -> String {
    let mut out = format!("<p>{}</p>", escape(&case.description));
    let state = ui.named("case-state", case.state.code());
    let line = [state, case.unit.clone(), case.address.clone()];
    let line: Vec<String> = line.iter().filter(|t| !t.is_empty()).map(|t| escape(t)).collect();
    let _ = write!(out, "<p>{}</p>", line.join(" · "));
    for (photo, key) in [(case.before, "photo-kind-before"), (case.after, "photo-kind-after")] {
        if let Some(id) = photo {
            let alt = escape(&ui.t(key));
            let _ = write!(out, "<p><img src=\"{base}/photos/{id}/full\" alt=\"{alt}\"/></p>");
        }
    }
    out
}

fn entry(ui: &Ui, words: &Words, case: &OpenCase, closed: bool) -> Entry {
    Entry {
        title: case.title.clone(),
        link: format!("{}/public/cases/{}", words.base, case.number),
        html: html(ui, case, &words.base),
        category: words.desk.catalogue.name(case.item).to_owned(),
        published: if closed { case.closed_at.unwrap_or(case.updated_at) } else { case.reported_at },
        updated: case.updated_at,
        place: case.lng.zip(case.lat),
    }
}

/// `cases` or `closed`, as `.rss` or `.atom`; `?division=620201001`, `?unit=U-0012` or `?stretch=BJ-0001` narrow it.
#[utoipa::path(get, path = "/feeds/{file}", tag = "open-data", operation_id = "readFeed",
    params(("file" = String, Path, description = "cases.rss, cases.atom, closed.rss or closed.atom"),
        ("division" = Option<String>, Query, description = "code of a division"),
        ("unit" = Option<String>, Query, description = "code of a unit"),
        ("stretch" = Option<String>, Query, description = "number of a stretch")),
    responses((status = 200, description = "the newest fifty", content((String = "application/rss+xml"), (String = "application/atom+xml"))),
        (status = 304, description = "nothing new"),
        (status = 404, description = "no such feed", content((String = "text/html"), (serde_json::Value = "application/problem+json")))))]
pub(super) async fn feed(req: Req, Path(file): Path<String>, headers: HeaderMap) -> Answer {
    let (order, atom) = match file.as_str() {
        "cases.atom" => (OpenOrder::Reported, true),
        "cases.rss" => (OpenOrder::Reported, false),
        "closed.atom" => (OpenOrder::Closed, true),
        "closed.rss" => (OpenOrder::Closed, false),
        _ => return Err(Problem::not_found()).or_fail(&req),
    };
    let words = words(&req).await.or_fail(&req)?;
    let (params, used) = (Params::parse(&req.query), words.clone());
    let read = req.read(move |_, tx| {
        let mut filter = OpenFilter::default();
        let name = narrowed(tx, &used, &params, &mut filter)?;
        Ok((name, open_cases(tx, &filter, order, None, 0, ENTRIES)?))
    });
    let (name, found) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let closed = order == OpenOrder::Closed;
    let key = if closed { "feed-closed" } else { "feed-cases" };
    let title = ui.ta(key, [("city", ui.city.clone())]);
    let updated = found.iter().map(|c| c.updated_at).max();
    let query = Params::parse(&req.query).filters();
    let own = format!("{}{}{}{query}", words.base, req.path, if query.is_empty() { "" } else { "?" });
    let feed = Feed {
        title: if name.is_empty() { title } else { format!("{title} · {name}") },
        lead: ui.t(format!("{key}.lead")),
        language: ui.lang(),
        link: format!("{}/public/cases{}", words.base, if closed { "?state=solved" } else { "" }),
        own,
        updated: updated.unwrap_or_else(|| Instant::start_of(req.ctx.now.date())),
        entries: found.iter().map(|c| entry(&ui, &words, c, closed)).collect(),
    };
    let (kind, body) = if atom {
        ("application/atom+xml; charset=utf-8", feed.atom())
    } else {
        ("application/rss+xml; charset=utf-8", feed.rss())
    };
    let tag = format!("\"{}\"", &hex::encode(Sha256::digest(&body))[..32]);
    let fixed = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::ETAG, tag.clone()),
        (header::CACHE_CONTROL, "public, max-age=60".to_owned()),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
        (header::VARY, "Accept-Language".to_owned()),
    ];
    let settled = req.ctx.now.0 - feed.updated.0 > SETTLING;
    let mut response = if unchanged(&headers, &tag, feed.updated, settled) {
        (StatusCode::NOT_MODIFIED, fixed).into_response()
    } else {
        (fixed, body).into_response()
    };
    if let Ok(date) = HeaderValue::from_str(&http_date(feed.updated))
        && settled
    {
        response.headers_mut().insert(header::LAST_MODIFIED, date);
    }
    Ok(response)
}

/// How long after its time a step may still be saved, at the most. The date of a feed names its state only when so much time
/// has passed since: before, an entry that is saved late would not change it.
const SETTLING: i64 = 2 * MINUTE;

/// Whether the reader has this state already; the tag counts more than the date, which knows nothing of what left the feed.
fn unchanged(headers: &HeaderMap, tag: &str, updated: Instant, settled: bool) -> bool {
    let text = |name: header::HeaderName| headers.get(name).and_then(|h| h.to_str().ok());
    if let Some(known) = text(header::IF_NONE_MATCH) {
        return known.split(',').any(|k| k.trim().trim_start_matches("W/") == tag || k.trim() == "*");
    }
    settled && text(header::IF_MODIFIED_SINCE).is_some_and(|since| since == http_date(updated))
}
