//! What is done for every request: a number to find it again, a line in the log, a measure, a limit in time and size.
//! A panic in a handler becomes a 500, not a broken connection.

use axum::body::Body;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The number of a request, in its log line, its events and on every page of problems.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(pub(crate) Arc<str>);

/// Longest time for an answer; uploads over a weak network get more.
const PATIENCE: Duration = Duration::from_mins(1);
const PATIENCE_UPLOAD: Duration = Duration::from_mins(15);

/// Largest body of all; what a form or an API call takes is decided there.
const BODY: u64 = 190 << 20;

pub(crate) async fn traffic(mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id: Arc<str> = store::secrets::random_word()[..12].into();
    let method = request.method().clone();
    // the pattern, not the address: addresses can hold links that only their owner may know
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| Arc::from("unmatched"), |path| Arc::<str>::from(path.as_str()));
    request.extensions_mut().insert(RequestId(Arc::clone(&id)));
    let mut response = if too_long(&request) {
        StatusCode::PAYLOAD_TOO_LARGE.into_response()
    } else {
        let patience = if is_upload(&request) { PATIENCE_UPLOAD } else { PATIENCE };
        let run = AssertUnwindSafe(next.run(request)).catch_unwind();
        match tokio::time::timeout(patience, run).await {
            Ok(Ok(response)) => response,
            Ok(Err(_)) => {
                tracing::error!(%method, route = &*route, request_id = &*id, "a handler panicked");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
            Err(_) => StatusCode::GATEWAY_TIMEOUT.into_response(),
        }
    };
    note(&method, &route, &id, &response, began.elapsed());
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    if method == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    response
}

fn too_long(request: &Request) -> bool {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|h| h.to_str().ok());
    length.and_then(|text| text.parse::<u64>().ok()).is_some_and(|n| n > BODY)
}

fn is_upload(request: &Request) -> bool {
    request.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"))
}

fn note(method: &Method, route: &Arc<str>, id: &str, response: &Response, took: Duration) {
    let status = response.status().as_u16();
    // what is asked for all the time would bury the rest
    if route.starts_with("/assets/") || &**route == "/healthz" || &**route == "/metrics" {
        tracing::debug!(%method, route = &**route, status, request_id = id, "request");
    } else {
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        tracing::info!(%method, route = &**route, status, ms, request_id = id, "request");
    }
    let labels = [
        ("method", metrics::SharedString::from(method.as_str().to_owned())),
        ("route", Arc::clone(route).into()),
        ("status", metrics::SharedString::from(status.to_string())),
    ];
    metrics::histogram!("http_request_seconds", &labels).record(took.as_secs_f64());
}
