//! What maps draw, as GeoJSON: public facts, coordinates to a decimetre (6 digits), kept by browsers for a minute and
//! asked again with `If-None-Match`, which costs nothing while nothing has changed.
//!
//! `?lang=en` chooses the language of texts (Chinese otherwise); `?links=1` adds links to the staff pages.

use super::shared;
use crate::index::PlaceIndex;
use crate::kept;
use crate::model::{Section, Site, SiteType};
use crate::{queries, store as rows};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::ctx::Locale;
use kernel::geometry::{Area, Line};
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use store::Tx;
use web::error::OrFail;
use web::list::Params;
use web::{Answer, Path, Req};

/// Layers as they were last written, by name and query; all of one version.
#[derive(Default)]
struct Written {
    version: String,
    bodies: Mutex<HashMap<String, Arc<str>>>,
}

/// Most layers kept: a few names times languages and links.
const KEPT: usize = 32;

type Write = fn(&mut Tx<'_>, &PlaceIndex, Locale, bool) -> Result<String>;

pub(crate) async fn outline(req: Req, headers: HeaderMap) -> Answer {
    layer(req, headers, "outline", |tx, index, _, _| {
        let all = rows::all_divisions(tx)?;
        let top = all.iter().filter(|d| index.division(d.id).is_some_and(|n| n.depth() == 0));
        Ok(collection(
            top.filter_map(|d| Some(feature(area(&d.area.as_ref()?.0), &json!({ "name": d.name })))),
        ))
    })
    .await
}

pub(crate) async fn divisions(req: Req, headers: HeaderMap) -> Answer {
    layer(req, headers, "divisions", |tx, index, _, links| {
        let all = rows::all_divisions(tx)?;
        let below = all.iter().filter(|d| index.division(d.id).is_some_and(|n| n.depth() > 0));
        Ok(collection(below.filter_map(|d| {
            let mut facts = json!({ "name": d.name, "title": d.name, "code": d.code, "level": d.level });
            link(&mut facts, links, || format!("/divisions/{}", d.code));
            Some(feature(area(&d.area.as_ref()?.0), &facts))
        })))
    })
    .await
}

/// `?on=2026-03-05`: the sections that were there on a day that is over.
pub(crate) async fn sections(req: Req, headers: HeaderMap) -> Answer {
    let params = Params::parse(&req.query);
    if !params.get("on").is_empty() {
        let day = kernel::time::parse_date(params.get("on"));
        let day = day.ok_or_else(|| Problem::field("on", "not-a-date")).or_fail(&req)?;
        let links = params.has("links", "1");
        let all = req.db().read(move |tx| rows::sections_in_force(tx, day)).await.or_fail(&req)?;
        let body = collection(all.iter().map(|s| feature(line(&s.line.0), &section_facts(s, links))));
        let headers =
            [(header::CONTENT_TYPE, "application/geo+json"), (header::CACHE_CONTROL, "public, max-age=60")];
        return Ok((headers, body).into_response());
    }
    layer(req, headers, "sections", |tx, _, _, links| {
        let today = tx.now().date();
        let all = rows::sections_in_force(tx, today)?;
        Ok(collection(all.iter().map(|s| feature(line(&s.line.0), &section_facts(s, links)))))
    })
    .await
}

pub(crate) async fn sites(req: Req, headers: HeaderMap) -> Answer {
    layer(req, headers, "sites", |tx, _, locale, links| {
        let (sites, types) = (rows::active_sites(tx)?, rows::site_types(tx)?);
        Ok(site_features(&sites, &types, locale, links))
    })
    .await
}

pub(crate) async fn grid(req: Req, headers: HeaderMap) -> Answer {
    layer(req, headers, "grid", |tx, _, _, _| {
        let cells = rows::all_cells(tx)?;
        Ok(collection(cells.iter().map(|c| feature(area(&c.area.0), &json!({ "title": c.code })))))
    })
    .await
}

/// One section, in use or not, for the map on its page: `/geo/sections/S-0001.json`.
pub(crate) async fn section(req: Req, Path(file): Path<String>) -> Answer {
    let number = file.strip_suffix(".json").unwrap_or(&file).to_owned();
    let section = req.read(move |_, tx| queries::section_by_number(tx, &number)).await.or_fail(&req)?;
    let body = collection([feature(line(&section.line.0), &section_facts(&section, false))]);
    Ok(([(header::CONTENT_TYPE, "application/geo+json"), (header::CACHE_CONTROL, "no-cache")], body)
        .into_response())
}

async fn layer(req: Req, headers: HeaderMap, name: &'static str, write: Write) -> Answer {
    let index = shared::index(&req).await?;
    let params = Params::parse(&req.query);
    let locale = Locale::parse(params.get("lang")).unwrap_or_default();
    let links = params.has("links", "1");
    let version = kept::version(&req.city);
    let key = format!("{name}-{}-{}", locale.code(), u8::from(links));
    let tag = format!("\"{version}-{key}\"");
    let known = headers.get(header::IF_NONE_MATCH).and_then(|h| h.to_str().ok());
    // behind a compressing proxy the tag comes back marked as weak
    if known.is_some_and(|known| known.split(',').any(|k| k.trim().trim_start_matches("W/") == tag)) {
        return Ok((StatusCode::NOT_MODIFIED, caching(&tag)).into_response());
    }
    let store = req.city.kept::<Written>().filter(|w| w.version == version);
    let store = store.unwrap_or_else(|| req.city.keep(Written { version, ..Written::default() }));
    let found = store.bodies.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    if let Some(body) = found {
        return Ok(answer(&tag, body.to_string()));
    }
    let made = req.db().read(move |tx| write(tx, &index, locale, links)).await.or_fail(&req)?;
    let mut bodies = store.bodies.lock().unwrap_or_else(PoisonError::into_inner);
    if bodies.len() < KEPT {
        bodies.insert(key, made.as_str().into());
    }
    Ok(answer(&tag, made))
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

fn section_facts(s: &Section, links: bool) -> Value {
    let mut facts = json!({
        "name": s.street, "title": s.name(), "text": s.number, "number": s.number,
        "class": s.class.rank(), "class_code": s.class.code(),
    });
    link(&mut facts, links, || format!("/sections/{}", s.number));
    facts
}

/// Sites as a collection.
pub(crate) fn site_features(sites: &[Site], types: &[SiteType], locale: Locale, links: bool) -> String {
    let names: HashMap<&str, &str> = types.iter().map(|t| (t.code.as_str(), t.name(locale))).collect();
    collection(sites.iter().map(|s| {
        let kind = names.get(s.type_code.as_str()).copied().unwrap_or(&s.type_code);
        let mut facts = json!({
            "title": s.name, "text": format!("{kind} {}", s.number), "number": s.number, "type": s.type_code,
            "name": s.name, "address": s.address, "code": s.code,
        });
        link(&mut facts, links, || format!("/sites/{}", s.number));
        feature(json!({ "type": "Point", "coordinates": [round(s.lng), round(s.lat)] }), &facts)
    }))
}

fn link(facts: &mut Value, links: bool, href: impl FnOnce() -> String) {
    if links {
        facts["href"] = href().into();
    }
}

fn feature(geometry: Value, facts: &Value) -> String {
    json!({ "type": "Feature", "properties": facts, "geometry": geometry }).to_string()
}

fn collection(features: impl IntoIterator<Item = String>) -> String {
    let features: Vec<String> = features.into_iter().collect();
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","))
}

fn round(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

fn line(line: &Line) -> Value {
    let points: Vec<[f64; 2]> = line.points().iter().map(|p| [round(p.lng), round(p.lat)]).collect();
    json!({ "type": "LineString", "coordinates": points })
}

fn area(area: &Area) -> Value {
    let polygons: Vec<Vec<Vec<[f64; 2]>>> = area
        .polygons()
        .map(|rings| rings.iter().map(|r| r.iter().map(|p| [round(p.lng), round(p.lat)]).collect()).collect())
        .collect();
    json!({ "type": "MultiPolygon", "coordinates": polygons })
}
