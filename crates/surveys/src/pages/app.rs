//! An interviewer's telephone: the page that works without a network, and what puts it on a home screen. What it shows is drawn by
//! `ui/src/survey.ts`.

use crate::policy::{self, Act};
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::json;
use web::error::{OrFail, page};
use web::{Answer, Req, Ui};

#[derive(askama::Template)]
#[template(path = "surveys/app.html")]
struct AppPage {
    ui: Ui,
}

pub(super) async fn page_of(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Visit).or_fail(&req)?;
    page(&req, &AppPage { ui: req.ui() })
}

/// The web app manifest, in the language of whoever asks.
pub(super) async fn manifest(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Visit).or_fail(&req)?;
    let ui = req.ui();
    let name = ui.t("surveyapp-install");
    let body = json!({
        "id": "/surveys/app",
        "name": format!("{name} · {}", ui.city),
        "short_name": name,
        "lang": ui.lang(),
        "start_url": "/surveys/app",
        "scope": "/",
        "display": "standalone",
        "theme_color": "#07394a",
        "background_color": "#f5f8f8",
        "icons": [{ "src": "/icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any" }],
        "shortcuts": [
            { "name": ui.t("surveyapp-title"), "url": "/surveys/app" },
            { "name": ui.t("outbox-title"), "url": "/outbox" },
        ],
    });
    let fixed = [(header::CONTENT_TYPE, "application/manifest+json"), (header::CACHE_CONTROL, "no-cache")];
    Ok((fixed, body.to_string()).into_response())
}
