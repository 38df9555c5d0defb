//! The description of the map interface, in the version (OpenAPI 3.0) that its standard and map programs know.

use super::answer::{Format, begin, data};
use crate::collection::{ALL, Collection};
use crate::shape::{CRS84, EPSG4490};
use crate::wanted::{MOST, USUAL};
use axum::response::{IntoResponse, Redirect};
use serde_json::{Value, json};
use web::error::OrFail;
use web::{Answer, Req};

fn parameter(name: &str, schema: &Value) -> Value {
    json!({ "name": name, "in": "query", "required": false, "schema": schema, "style": "form", "explode": false })
}

fn items(of: &Collection) -> Value {
    let numbers = json!({ "type": "array", "minItems": 4, "maxItems": 6, "items": { "type": "number" } });
    let crs = json!({ "type": "string", "format": "uri", "enum": [CRS84, EPSG4490], "default": CRS84 });
    let limit = json!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL });
    let text = json!({ "type": "string" });
    let mut parameters = vec![
        parameter("bbox", &numbers),
        parameter("bbox-crs", &crs),
        parameter("crs", &crs),
        parameter("datetime", &text),
        parameter("limit", &limit),
        parameter("after", &text),
        format_parameter(),
    ];
    parameters.extend(of.filters.iter().map(|name| parameter(name, &text)));
    operation(&format!("items-{}", of.id), parameters, "application/geo+json")
}

fn format_parameter() -> Value {
    parameter("f", &json!({ "type": "string", "enum": ["json", "html"] }))
}

fn operation(id: &str, parameters: Vec<Value>, kind: &str) -> Value {
    let object = json!({ "schema": { "type": "object" } });
    json!({ "get": {
        "operationId": id,
        "parameters": parameters,
        "responses": {
            "200": { "description": "OK", "content": { kind: object, "text/html": { "schema": { "type": "string" } } } },
            "default": { "description": "a problem", "content": { "application/problem+json": object } },
        },
    } })
}

pub(super) async fn api(req: Req) -> Answer {
    let (_, format) = begin(&req, &[]).or_fail(&req)?;
    if format == Format::Html {
        return Ok(Redirect::to("/developers").into_response());
    }
    let ui = req.ui();
    let mut paths = json!({
        "/": operation("landing", vec![format_parameter()], "application/json"),
        "/conformance": operation("conformance", vec![format_parameter()], "application/json"),
        "/collections": operation("collections", vec![format_parameter()], "application/json"),
    });
    for of in ALL {
        let own = format!("/collections/{}", of.id);
        paths[&own] =
            operation(&format!("collection-{}", of.id), vec![format_parameter()], "application/json");
        paths[format!("{own}/items")] = items(of);
        let id = json!({ "name": "item", "in": "path", "required": true, "schema": { "type": "string" } });
        paths[format!("{own}/items/{{item}}")] =
            operation(&format!("item-{}", of.id), vec![id, format_parameter()], "application/geo+json");
    }
    let body = json!({
        "openapi": "3.0.3",
        "info": { "title": super::landing::title(&ui), "version": env!("CARGO_PKG_VERSION") },
        "servers": [{ "url": format!("{}/ogc", ui.base_url()) }],
        "paths": paths,
    });
    Ok(data("application/vnd.oai.openapi+json;version=3.0", body.to_string()))
}
