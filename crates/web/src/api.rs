//! JSON answers: what every API handler returns, and the envelope of the OpenAPI description.

use crate::error::{Answer, OrFail};
use crate::request::Req;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::problem::{FieldError, Problem};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Largest JSON body, in bytes.
pub const BODY_LIMIT: usize = 1 << 20;

/// 200 with a JSON body.
pub fn json<T: Serialize>(req: &Req, body: &T) -> Answer {
    json_with(req, StatusCode::OK, body)
}

pub fn json_with<T: Serialize>(req: &Req, status: StatusCode, body: &T) -> Answer {
    let text = serde_json::to_string(body).map_err(Problem::internal).or_fail(req)?;
    Ok((status, [(header::CONTENT_TYPE, "application/json; charset=utf-8")], text).into_response())
}

/// Reads a JSON body. What is wrong with it is said as a 422 (or 400 when it is no JSON), never as axum's plain text.
pub async fn body<T: DeserializeOwned>(req: &Req, body: axum::body::Body) -> Answer<T> {
    let bytes = axum::body::to_bytes(body, BODY_LIMIT)
        .await
        .map_err(|_| Problem::new(413, "too-large").arg("limit", "1 MB"))
        .or_fail(req)?;
    serde_json::from_slice(&bytes)
        .map_err(|e| match e.classify() {
            serde_json::error::Category::Data => {
                Problem::invalid(vec![FieldError::new("body", "not-as-described").arg("what", e.to_string())])
            }
            _ => Problem::new(400, "not-json").arg("what", e.to_string()),
        })
        .or_fail(req)
}

/// Answers `/api/v1/openapi.json`: the parts of all features put together.
pub async fn description(axum::extract::State(app): axum::extract::State<crate::App>) -> Response {
    match whole(&app).to_json() {
        Ok(text) => ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], text).into_response(),
        Err(e) => (StatusCode::INTERNAL_SERVER_ERROR, e.to_string()).into_response(),
    }
}

/// The description of the whole program.
pub fn whole(app: &crate::App) -> utoipa::openapi::OpenApi {
    let mut whole = utoipa::openapi::OpenApi::new(
        utoipa::openapi::Info::new("Chuangcheng 创城", env!("CARGO_PKG_VERSION")),
        utoipa::openapi::Paths::new(),
    );
    for part in app.features().iter().filter_map(|f| f.openapi) {
        whole.merge(part());
    }
    whole
}
