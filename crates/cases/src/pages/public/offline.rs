//! What works without a signal: the page that stands in for others, the list of what waits to be sent, and what a browser
//! asks before it sends or keeps anything.

use crate::pages::staff::todo::own_units;
use crate::policy::{Act, POLICY};
use crate::queries::unit_todo;
use crate::rules::RULES;
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::json;
use web::error::{OrFail, page};
use web::{Answer, Req, Ui};

/// Cases of a unit whose pages a device may keep.
const CASES: usize = 30;

#[derive(askama::Template)]
#[template(path = "cases/offline.html")]
struct OfflinePage {
    ui: Ui,
}

#[derive(askama::Template)]
#[template(path = "cases/outbox.html")]
struct OutboxPage {
    ui: Ui,
}

pub(crate) async fn page_of(req: Req) -> Answer {
    page(&req, &OfflinePage { ui: req.ui() })
}

pub(crate) async fn outbox(req: Req) -> Answer {
    page(&req, &OutboxPage { ui: req.ui() })
}

/// Who is signed in here, a token to send with, how long pages may be kept, and which are worth keeping for this person.
pub(crate) async fn state(req: Req) -> Answer {
    let (hours, pages) = req
        .read(|ctx, tx| {
            let hours = RULES.get(tx)?.offline_hours;
            let mut pages: Vec<String> = Vec::new();
            if POLICY.somewhere(ctx, Act::Enter) {
                pages.push("/cases/new".to_owned());
            }
            if ctx.person().is_some() && POLICY.somewhere(ctx, Act::Handle) {
                pages.push("/todo".to_owned());
                for line in unit_todo(ctx, tx, &own_units(ctx))?.at_unit.iter().take(CASES) {
                    pages.push(format!("/cases/{}", line.number));
                    pages.push(format!("/cases/{}/answer", line.number));
                }
            }
            Ok((hours, pages))
        })
        .await
        .or_fail(&req)?;
    let ui = req.ui();
    let body = json!({ "person": ui.person_mark(), "csrf": ui.csrf, "hours": hours, "pages": pages });
    let fixed = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    Ok((fixed, body.to_string()).into_response())
}
