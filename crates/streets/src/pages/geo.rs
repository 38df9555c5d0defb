//! Adopted stretches as maps draw them: green where somebody answers, violet where nobody does, red where two do.
//!
//! `?on=2026-03-05` a day that is over, `?date=2026-03-05` any day; `?lang=en` the language of texts; `?links=1` links to the staff pages, else to the public ones.

use super::shared;
use crate::kept;
use crate::model::{Adoption, OverlapKind, Section};
use crate::queries::{self, Names, Report, SectionState};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::ctx::Locale;
use kernel::problem::Problem;
use kernel::time::Date;
use serde_json::{Value, json};
use web::error::OrFail;
use web::list::Params;
use web::{Answer, Path, Req};

pub(super) async fn stretches(req: Req, headers: HeaderMap) -> Answer {
    let params = Params::parse(&req.query);
    let day = shared::day(&req, &params).or_fail(&req)?;
    let locale = Locale::parse(params.get("lang")).unwrap_or_default();
    let links = params.has("links", "1");
    let version = kept::version(&req.city, day).await.or_fail(&req)?;
    let over = day < req.ctx.now.date();
    let tag = format!("\"{version}-{}-{}{}\"", locale.code(), u8::from(links), u8::from(over));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|h| h.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|k| k.trim().trim_start_matches("W/") == tag)) {
        return Ok((StatusCode::NOT_MODIFIED, caching(&tag)).into_response());
    }
    let report = kept::coverage(&req.city, day).await.or_fail(&req)?;
    let all = report.clone();
    let names = req
        .read(move |_, tx| queries::names(tx, all.sections.iter().flat_map(|s| &s.adoptions)))
        .await
        .or_fail(&req)?;
    let text = |key: &str| req.app.texts().get(locale, key, &[]);
    let over = over.then_some(day);
    Ok(answer(&tag, collection(&features(&report, &names, &Links { staff: links, over }, &text))))
}

/// One stretch, whatever became of it, for the map on its page: `/geo/stretches/BJ-0001.json`.
pub(super) async fn stretch(req: Req, Path(file): Path<String>) -> Answer {
    let number = file.strip_suffix(".json").unwrap_or(&file).to_owned();
    let read = req.read(move |_, tx| {
        let adoption = queries::by_number(tx, &number)?;
        let section = places::queries::section(tx, adoption.section_id)?;
        Ok((adoption, section))
    });
    let (a, section) = read.await.or_fail(&req)?;
    let facts = json!({ "title": section.name(), "text": a.number, "state": "brand" });
    let feature =
        feature(&section, (a.from_m, a.to_m), &facts).ok_or_else(Problem::not_found).or_fail(&req)?;
    let headers = [(header::CONTENT_TYPE, "application/geo+json"), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, collection(&[feature])).into_response())
}

/// Where features lead: to the staff's pages or everybody's, and to which day, where it is over.
struct Links {
    staff: bool,
    over: Option<Date>,
}

fn features(report: &Report, names: &Names, links: &Links, text: &dyn Fn(&str) -> String) -> Vec<String> {
    let mut features = Vec::new();
    for state in &report.sections {
        features.extend(state.adoptions.iter().filter_map(|a| adopted(state, a, names, links)));
        features.extend(state.check.gaps.iter().filter_map(|span| gap(state, *span, links, text)));
        let overlaps = state.check.overlaps.iter().filter(|o| o.kind == OverlapKind::Different);
        features.extend(overlaps.filter_map(|o| {
            let facts = json!({
                "title": state.section.name(), "text": o.numbers.join(", "), "state": "late",
                "state_text": text("streets-overlap-different"), "numbers": o.numbers,
            });
            feature(&state.section, (o.from_m, o.to_m), &facts)
        }));
    }
    features
}

fn adopted(state: &SectionState, a: &Adoption, names: &Names, links: &Links) -> Option<String> {
    let door = if links.staff { "/streets" } else { "/public/streets" };
    // the public page is about the present
    let on = links.over.filter(|_| links.staff).map(|day| format!("?on={day}")).unwrap_or_default();
    let unit = names.unit(a.unit_id);
    let facts = json!({
        "title": unit, "text": format!("{} {}", a.number, state.section.name()), "state": "ok", "number": a.number,
        "unit": unit, "section": state.section.number, "href": format!("{door}/{}{on}", a.number),
    });
    feature(&state.section, (a.from_m, a.to_m), &facts)
}

fn gap(
    state: &SectionState,
    span: (f64, f64),
    links: &Links,
    text: &dyn Fn(&str) -> String,
) -> Option<String> {
    let number = &state.section.number;
    let mut facts = json!({
        "title": state.section.name(), "text": number, "state": "gap", "state_text": text("streets-gap"), "section": number,
    });
    // a gap of a day that is over cannot be filled
    if links.staff && links.over.is_none() {
        let (from, to) = (crate::show::whole(span.0), crate::show::whole(span.1));
        facts["href"] = format!("/streets/new?section={number}&from={from}&to={to}").into();
    }
    feature(&state.section, span, &facts)
}

fn feature(section: &Section, (from_m, to_m): (f64, f64), facts: &Value) -> Option<String> {
    let line = section.line.slice(from_m, to_m)?;
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    let points: Vec<[f64; 2]> = line.points().iter().map(|p| [round(p.lng), round(p.lat)]).collect();
    let geometry = json!({ "type": "LineString", "coordinates": points });
    Some(json!({ "type": "Feature", "properties": facts, "geometry": geometry }).to_string())
}

fn collection(features: &[String]) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","))
}

fn caching(tag: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, tag);
    }
    headers
}

fn answer(tag: &str, body: String) -> Response {
    let mut headers = caching(tag);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/geo+json"));
    (headers, body).into_response()
}
