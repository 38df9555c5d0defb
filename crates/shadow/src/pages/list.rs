//! Published schemes with what they came to last.

use super::percent;
use crate::model::{Plan, ShadowDay};
use crate::policy::{self, Act};
use crate::queries;
use assessment::scheme::model::Scheme;
use web::error::{OrFail, page};
use web::{Answer, Req, Ui};

#[derive(askama::Template)]
#[template(path = "shadow/list.html")]
struct ListPage {
    ui: Ui,
    rows: Vec<Row>,
    may_plan: bool,
}

struct Row {
    number: String,
    name: String,
    edition: String,
    sample: bool,
    rate: String,
    interval: String,
    target: String,
    day: String,
}

fn row(ui: &Ui, (scheme, plan, last): (Scheme, Option<Plan>, Option<ShadowDay>)) -> Row {
    let share = |text: &str| scoring::Exact::parse(text).as_ref().map(percent).unwrap_or_default();
    let interval = last.as_ref().filter(|day| !day.low.is_empty());
    Row {
        edition: ui.ta("scheme-edition", [("edition", scheme.edition.to_string())]),
        sample: scheme.sample,
        rate: last.as_ref().map(|day| share(&day.rate)).unwrap_or_default(),
        interval: interval
            .map(|day| format!("{} – {}", share(&day.low), share(&day.high)))
            .unwrap_or_default(),
        target: plan.as_ref().and_then(Plan::target).as_ref().map(percent).unwrap_or_default(),
        day: last.as_ref().map(|day| ui.date(&day.day)).unwrap_or_default(),
        number: scheme.number,
        name: scheme.name,
    }
}

pub(super) async fn page_of(req: Req) -> Answer {
    let found = req.read(queries::list).await.or_fail(&req)?;
    let ui = req.ui();
    let rows = found.into_iter().map(|of| row(&ui, of)).collect();
    let may_plan = policy::may(&req.ctx, Act::Plan);
    page(&req, &ListPage { ui, rows, may_plan })
}
