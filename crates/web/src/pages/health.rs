//! For whoever watches over the machine: is it well, and how busy is it.

use crate::app::App;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::ctx::Ctx;
use std::net::SocketAddr;

/// 200 when every city can be read and written, else 503 with the codes of those that cannot. The write is a counter of
/// its own, so that a full disk or a stuck writer shows.
pub(crate) async fn health(State(app): State<App>) -> Response {
    let mut ill = Vec::new();
    for city in app.cities() {
        let ctx = Ctx::system(city.code().clone(), "health", city.db().now());
        let written = city.db().write(&ctx, |tx| tx.next_number("health")).await;
        let read = city.db().read(::store::jobs::backlog).await;
        for problem in [written.err(), read.err()].into_iter().flatten() {
            tracing::error!(city = %city.code(), %problem, "the health check failed");
            ill.push(city.code().to_string());
        }
    }
    ill.dedup();
    let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    if ill.is_empty() {
        (plain, "ok\n").into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, plain, format!("failing: {}\n", ill.join(" "))).into_response()
    }
}

/// Prometheus' text format: for the machine itself, or for whoever has the token. To others there is no such page.
pub(crate) async fn metrics(
    State(app): State<App>,
    peer: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Response {
    let settings = app.settings();
    let given = headers.get(header::AUTHORIZATION).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let token = settings.metrics_token.as_deref().unwrap_or_default();
    let known = !token.is_empty()
        && given
            .strip_prefix("Bearer ")
            .is_some_and(|t| ::store::secrets::same(t.as_bytes(), token.as_bytes()));
    // a proxy on the same machine passes strangers on, and says so
    let at_home = peer.is_some_and(|p| p.0.0.ip().is_loopback()) && !headers.contains_key("x-forwarded-for");
    match &settings.metrics {
        Some(metrics) if known || at_home => {
            ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], metrics.text()).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}
