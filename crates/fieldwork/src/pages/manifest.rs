//! What a telephone needs to put the page that works without a network on its home screen.

use axum::http::header;
use axum::response::IntoResponse;
use serde_json::json;
use web::{Answer, Req};

/// The web app manifest, in the language of whoever asks.
pub(super) async fn file(req: Req) -> Answer {
    let ui = req.ui();
    let name = ui.t("fieldapp-install");
    let body = json!({
        "id": "/fieldwork/app",
        "name": format!("{name} · {}", ui.city),
        "short_name": name,
        "lang": ui.lang(),
        "start_url": "/fieldwork/app",
        "scope": "/",
        "display": "standalone",
        "theme_color": "#07394a",
        "background_color": "#f5f8f8",
        "icons": [{ "src": "/icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any" }],
        "shortcuts": [
            { "name": ui.t("fieldapp-title"), "url": "/fieldwork/app" },
            { "name": ui.t("outbox-title"), "url": "/outbox" },
        ],
    });
    let fixed = [(header::CONTENT_TYPE, "application/manifest+json"), (header::CACHE_CONTROL, "no-cache")];
    Ok((fixed, body.to_string()).into_response())
}
