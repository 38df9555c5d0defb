//! Items of a collection, and one of them.

use super::answer::{Browse, Format, begin, data, formatted, link, own_links};
use super::landing::{browse, empty};
use crate::collection::{Collection, named};
use crate::described::{OgcFeature, OgcItems};
use crate::item::Item;
use crate::jsonld;
use crate::layers::{self, Part};
use crate::shape::Axes;
use crate::wanted::{Wanted, axes};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;
use kernel::problem::{Problem, Result};
use serde_json::{Value, json};
use web::error::OrFail;
use web::list::Params;
use web::{Answer, Form, Path, Req, Ui};

/// GeoJSON, with the coordinate reference system that its numbers are in.
fn geojson(body: &Value, axes: Axes) -> Response {
    let mut response = data("application/geo+json", body.to_string());
    if let Ok(value) = HeaderValue::from_str(&format!("<{}>", axes.uri())) {
        response.headers_mut().insert(HeaderName::from_static("content-crs"), value);
    }
    response
}

/// Items, each with its geometry. Read on by the link `next`.
#[utoipa::path(get, path = "/ogc/collections/{id}/items", tag = "open-data", operation_id = "listItems",
    params(
        ("id" = String, Path, description = "cases, sections, sites, stretches or divisions"),
        ("bbox" = Option<String>, Query, description = "west,south,east,north"),
        ("bbox-crs" = Option<String>, Query, description = "URI of CRS84 or EPSG:4490"),
        ("datetime" = Option<String>, Query, description = "a moment or day, or from/until, where either may be .."),
        ("limit" = Option<i64>, Query, description = "100 unless said; at most 1000"),
        ("crs" = Option<String>, Query, description = "URI of CRS84 (longitude first) or EPSG:4490 (latitude first)"),
        ("after" = Option<String>, Query, description = "from the link next"),
        ("state" = Option<String>, Query, description = "of cases; each collection has filters of its own"),
        ("service_code" = Option<String>, Query, description = "of cases"),
        ("division" = Option<String>, Query, description = "code of a division, of cases those below it too"),
        ("f" = Option<String>, Query, description = "json or html"),
    ),
    responses((status = 200, description = "a FeatureCollection", content((OgcItems = "application/geo+json"), (String = "text/html"))),
        (status = 400, description = "what is wrong"), (status = 404, description = "no such collection")))]
pub(super) async fn list(req: Req, Path(id): Path<String>) -> Answer {
    let of = named(&id).ok_or_else(Problem::not_found).or_fail(&req)?;
    let query = Form::from_query(&req.query).or_fail(&req)?;
    let (wanted, format) =
        Wanted::read(&query, of).and_then(|w| Ok((w, Format::of(&req, &query)?))).or_fail(&req)?;
    let axes = wanted.axes;
    let part = layers::part(&req, of, wanted).await.or_fail(&req)?;
    if format == Format::Html {
        return table(&req, of, &part);
    }
    let ui = req.ui();
    let mut links = own_links(&req, &ui, "application/geo+json");
    let next = part.next.as_ref().map(|after| next_page(&req, after, "json"));
    links.extend(next.clone().map(|href| link("next", "application/geo+json", href, &ui.t("ogc-next"))));
    let features: Vec<Value> = part.items.iter().map(|i| i.geojson(axes)).collect();
    let body = json!({
        "type": "FeatureCollection",
        "timeStamp": req.ctx.now.rfc3339(),
        "numberMatched": part.matched,
        "numberReturned": features.len(),
        "links": links,
        "features": features,
    });
    let mut response = geojson(&body, axes);
    if let Some(Ok(value)) = next.map(|href| HeaderValue::from_str(&format!("<{href}>; rel=\"next\""))) {
        response.headers_mut().insert(header::LINK, value);
    }
    Ok(response)
}

fn next_page(req: &Req, after: &str, format: &str) -> String {
    let query = Params::parse(&req.query).with("f", format);
    format!("{}{}?{query}&after={}", req.app.settings().base_url, req.path, web::ui::encode(after))
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn crumbs(ui: &Ui, of: &Collection, mut page: Browse) -> Browse {
    page.crumbs.push(("/ogc/collections?f=html".to_owned(), ui.t("ogc-collections")));
    page.crumbs.push((format!("/ogc/collections/{}?f=html", of.id), ui.t(format!("collection-{}", of.id))));
    page
}

/// The first facts of each item; all of them stand on its own page.
const COLUMNS: usize = 6;

fn table(req: &Req, of: &'static Collection, part: &Part) -> Answer {
    let ui = req.ui();
    let row = |item: &Item| {
        let cells = item.facts.iter().take(COLUMNS).enumerate().map(|(at, (_, value))| {
            let href = format!("/ogc/collections/{}/items/{}?f=html", of.id, web::ui::encode(&item.id));
            (shown(value), if at == 0 { href } else { String::new() })
        });
        cells.collect()
    };
    let head = of.facts.iter().take(COLUMNS).map(|(name, _)| ui.t(format!("open-fact-{name}"))).collect();
    let page = Browse {
        title: ui.t("open-items"),
        lead: ui.t(format!("collection-{}.lead", of.id)),
        links: vec![(formatted(req, "json"), "GeoJSON".to_owned())],
        head,
        rows: part.items.iter().map(row).collect(),
        count: ui.n("open-count", part.matched),
        next: part.next.as_ref().map(|after| next_page(req, after, "html")).unwrap_or_default(),
        ..empty(req)
    };
    browse(req, crumbs(&ui, of, page))
}

/// One item by its number.
#[utoipa::path(get, path = "/ogc/collections/{id}/items/{item}", tag = "open-data", operation_id = "getItem",
    params(("id" = String, Path, description = "a collection"), ("item" = String, Path, description = "a number or code"),
        ("crs" = Option<String>, Query, description = "URI of CRS84 or EPSG:4490"), ("f" = Option<String>, Query, description = "json, html or jsonld")),
    responses((status = 200, description = "a Feature",
            content((OgcFeature = "application/geo+json"), (serde_json::Value = "application/ld+json"), (String = "text/html"))),
        (status = 400, description = "what is wrong"), (status = 404, description = "no such item")))]
pub(super) async fn one(req: Req, Path((id, item)): Path<(String, String)>) -> Answer {
    let of = named(&id).ok_or_else(Problem::not_found).or_fail(&req)?;
    let (query, format) = begin(&req, &["crs"]).or_fail(&req)?;
    let axes: Result<Axes> = axes(&query, "crs").map_err(|e| Problem::invalid(vec![e]));
    let axes = axes.or_fail(&req)?;
    let item = layers::one(&req, of, item).await.or_fail(&req)?;
    let ui = req.ui();
    match format {
        Format::JsonLd => Ok(data("application/ld+json", jsonld::item(&ui, of, &item).to_string())),
        Format::Html => {
            let row = |(name, value): &(&str, Value)| {
                let text = shown(value);
                let href = if text.starts_with("http") { text.clone() } else { String::new() };
                vec![(ui.t(format!("open-fact-{name}")), String::new()), (text, href)]
            };
            let page = Browse {
                title: item.id.clone(),
                links: vec![
                    (formatted(&req, "json"), "GeoJSON".to_owned()),
                    (formatted(&req, "jsonld"), "JSON-LD".to_owned()),
                ],
                head: vec![ui.t("open-fact"), ui.t("open-value")],
                rows: item.facts.iter().map(row).collect(),
                block: jsonld::block(&jsonld::item(&ui, of, &item)),
                ..empty(&req)
            };
            browse(&req, crumbs(&ui, of, page))
        }
        Format::Json => {
            let mut body = item.geojson(axes);
            let mut links = own_links(&req, &ui, "application/geo+json");
            let of_base = format!("{}/ogc/collections/{}?f=json", ui.base_url(), of.id);
            links.push(link(
                "collection",
                "application/json",
                of_base,
                &ui.t(format!("collection-{}", of.id)),
            ));
            body["links"] = links.into();
            Ok(geojson(&body, axes))
        }
    }
}
