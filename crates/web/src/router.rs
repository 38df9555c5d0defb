//! All features' routes as one service, behind what every request passes.

use crate::app::App;
use crate::error::Fail;
use crate::limit::Limiter;
use crate::request::Req;
use crate::routes::Route;
use crate::{kept_pages, limit, security, traffic};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use kernel::problem::Problem;
use std::sync::Arc;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

/// The whole program as an axum service. Outermost first: log and timeout, compression, protective headers, pages kept for
/// strangers, limits.
pub fn router(app: &App) -> Router {
    let mut router = Router::new();
    for feature in app.features() {
        router = router.merge((feature.routes)().into_router());
    }
    let limiter = Arc::new(Limiter::new(app.settings().requests_per_minute));
    // files are compressed already, or are read by programs that would rather have them at once
    let worth_it = SizeAbove::new(256)
        .and(NotForContentType::new("image/jpeg"))
        .and(NotForContentType::new("image/png"))
        .and(NotForContentType::new("video/"))
        .and(NotForContentType::new("application/zip"))
        .and(NotForContentType::new("application/pdf"))
        .and(NotForContentType::new("application/octet-stream"))
        .and(NotForContentType::new("application/vnd.openxmlformats"));
    router
        .fallback(not_found)
        .method_not_allowed_fallback(not_allowed)
        // forms and API bodies have limits of their own, see `form` and `api`; `traffic` holds the outermost one
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state((app.clone(), limiter), limit::limit))
        .layer(from_fn_with_state(app.clone(), kept_pages::serve))
        .layer(from_fn_with_state(app.clone(), security::headers))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(worth_it))
        .layer(from_fn(traffic::traffic))
        .with_state(app.clone())
}

/// Every address of the program, with the feature it belongs to: for the list in the docs and for tests of access.
pub fn all_routes(app: &App) -> Vec<(&'static str, Route)> {
    let of = |f: &crate::Feature| (f.routes)().list().iter().map(|r| (f.name, r.clone())).collect::<Vec<_>>();
    app.features().iter().flat_map(of).collect()
}

async fn not_found(req: Req) -> Fail {
    Fail::of(&req, Problem::not_found())
}

async fn not_allowed(req: Req) -> Fail {
    Fail::of(&req, Problem::new(405, "method-not-allowed"))
}
