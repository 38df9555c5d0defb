//! How answers and refusals of the map interface are written.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::problem::{FieldError, Problem, Result};
use serde_json::{Value, json};
use web::dialect::Told;
use web::{Form, Req, Ui};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Html,
    JsonLd,
}

impl Format {
    /// By `f`, else by what the reader accepts: browsers get pages, programs get JSON.
    pub(super) fn of(req: &Req, query: &Form) -> Result<Self> {
        match query.text("f") {
            "html" => Ok(Format::Html),
            "jsonld" => Ok(Format::JsonLd),
            "" if req.accept.contains("text/html") => Ok(Format::Html),
            "" if req.accept.contains("ld+json") => Ok(Format::JsonLd),
            "" | "json" | "geojson" => Ok(Format::Json),
            _ => Err(Problem::invalid(vec![FieldError::new("f", "not-a-choice")])),
        }
    }
}

/// The query and the format; parameters other than these are refused, as the standard has it.
pub(super) fn begin(req: &Req, known: &[&str]) -> Result<(Form, Format)> {
    let query = Form::from_query(&req.query)?;
    let stray = query.fields().map(|(n, _)| n.to_owned()).find(|n| n != "f" && !known.contains(&n.as_str()));
    if let Some(name) = stray {
        return Err(Problem::invalid(vec![FieldError::new(name, "not-a-parameter")]));
    }
    let format = Format::of(req, &query)?;
    Ok((query, format))
}

/// JSON that any page of the web may read.
pub(super) fn data(kind: &'static str, body: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, "Content-Crs, Link, ETag"),
        (header::VARY, "Accept, Accept-Language"),
    ];
    (headers, body).into_response()
}

pub(super) fn json_answer(body: &Value) -> Response {
    data("application/json", body.to_string())
}

pub(super) fn link(rel: &str, kind: &str, href: String, title: &str) -> Value {
    json!({ "rel": rel, "type": kind, "href": href, "title": title })
}

/// The same address in one format, whatever was asked for.
pub(super) fn formatted(req: &Req, format: &str) -> String {
    let query = web::list::Params::parse(&req.query).with("f", format);
    format!("{}{}?{query}", req.app.settings().base_url, req.path)
}

/// Links of an answer to itself and to its page.
pub(super) fn own_links(req: &Req, ui: &Ui, kind: &str) -> Vec<Value> {
    let titles = (ui.t("ogc-this"), ui.t("ogc-page"));
    vec![
        link("self", kind, formatted(req, "json"), &titles.0),
        link("alternate", "text/html", formatted(req, "html"), &titles.1),
    ]
}

/// Problems as JSON with the members of the standard (`code`, `description`) and our own. What was asked wrongly is 400.
pub(crate) fn tell(told: &Told<'_>) -> Response {
    let status = if told.problem.status == 422 { 400 } else { told.problem.status };
    let ui = told.req.map(Req::ui);
    let mut body = web::error::body(told.problem, ui.as_ref());
    let faults = ui.as_ref().map(|ui| {
        let one = |f: &FieldError| format!("{}: {}", f.field, web::error::field_text(ui, f));
        told.problem.fields.iter().map(one).collect::<Vec<_>>().join("; ")
    });
    let description = faults
        .filter(|f| !f.is_empty())
        .unwrap_or_else(|| body["title"].as_str().unwrap_or_default().to_owned());
    body["status"] = status.into();
    body["description"] = description.into();
    let code = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = (code, data("application/problem+json", body.to_string())).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A page that shows what a program gets.
#[derive(askama::Template)]
#[template(path = "opendata/browse.html")]
pub(super) struct Browse {
    pub ui: Ui,
    pub title: String,
    pub lead: String,
    /// Address and text of the pages above.
    pub crumbs: Vec<(String, String)>,
    pub links: Vec<(String, String)>,
    pub head: Vec<String>,
    /// Text and, where it leads on, address of each cell.
    pub rows: Vec<Vec<(String, String)>>,
    pub count: String,
    pub next: String,
    /// schema.org, as a data block; see [`crate::jsonld::block`].
    pub block: String,
}
