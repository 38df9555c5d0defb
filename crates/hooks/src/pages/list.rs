//! All endpoints and how they do.

use super::shown;
use crate::guard;
use crate::policy::{self, Act};
use crate::queries;
use web::error::{OrFail, page};
use web::parts::Mood;
use web::{Answer, Req, Ui};

struct Row {
    number: String,
    name: String,
    host: String,
    standing: (Mood, String),
    success: String,
    waiting: String,
    dead: String,
    dead_mood: Mood,
}

#[derive(askama::Template)]
#[template(path = "hooks/list.html")]
struct ListPage {
    ui: Ui,
    rows: Vec<Row>,
    may_keep: bool,
}

pub(super) async fn page_of(req: Req) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let lines = req.read(|_, tx| queries::endpoints(tx)).await.or_fail(&req)?;
    let ui = req.ui();
    let rows = lines
        .iter()
        .map(|line| Row {
            number: line.endpoint.number.clone(),
            name: line.endpoint.name.clone(),
            host: guard::host(&line.endpoint.url),
            standing: shown::standing(&ui, line),
            success: shown::ago(&ui, line.health.last_success),
            waiting: shown::counted(&ui, line.waiting),
            dead: shown::counted(&ui, line.dead),
            dead_mood: if line.dead > 0 { "late" } else { "" },
        })
        .collect();
    page(&req, &ListPage { rows, may_keep: policy::may(&req.ctx, Act::Keep), ui })
}
