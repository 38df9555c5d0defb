//! Small files that browsers and search engines ask for by name.

use crate::app::App;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

pub(crate) async fn icon() -> Response {
    let fixed = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=86400")];
    (fixed, include_str!("../../../../ui/src/favicon.svg")).into_response()
}

/// What is for staff is not for search engines; neither are personal links.
pub(crate) async fn robots(State(app): State<App>) -> Response {
    const SHUT: [&str; 8] =
        ["/admin", "/api", "/inbox", "/language", "/me", "/search", "/sign-in", "/track/"];
    let shut: Vec<String> = SHUT.iter().map(|path| format!("Disallow: {path}\n")).collect();
    let text = format!("User-agent: *\n{}Sitemap: {}/sitemap.xml\n", shut.concat(), app.settings().base_url);
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}
