//! An inspector's own points, each with what there is of it.

use super::Known;
use crate::model::Record;
use crate::policy::{self, Act};
use crate::queries;
use kernel::workflow::Named;
use web::error::{OrFail, page};
use web::{Answer, Req, Ui};

#[derive(askama::Template)]
#[template(path = "fieldwork/mine.html")]
struct MinePage {
    ui: Ui,
    days: Vec<Day>,
}

struct Day {
    title: String,
    today: bool,
    rows: Vec<Row>,
}

struct Row {
    id: String,
    number: String,
    name: String,
    kind: String,
    address: String,
    geo: String,
    state: (&'static str, String),
    /// The record, where it was handed in.
    record: String,
    open: bool,
    has_list: bool,
    reason: String,
}

pub(super) async fn page_of(req: Req) -> Answer {
    policy::somewhere(&req.ctx, Act::Fill).or_fail(&req)?;
    let all = req.read(queries::visits).await.or_fail(&req)?;
    let known = Known::of(&req).await?;
    let ui = req.ui();
    let today = req.ctx.now.date();
    let mut days: Vec<Day> = Vec::new();
    for one in all {
        let (visit, point) = (&one.stop.visit, &one.stop.point);
        let state = one.record.as_ref().map(|r| r.state);
        let row = Row {
            id: visit.id.to_string(),
            number: point.number.clone(),
            name: point.name.clone(),
            kind: known.kind(&ui, &point.kind),
            address: one.address.clone(),
            geo: format!("geo:{:.6},{:.6}", point.lat, point.lng),
            state: match state {
                Some(state) => (state.mood(), ui.named("field-record-state", state.code())),
                None => ("", ui.t("field-not-begun")),
            },
            record: one.record.as_ref().filter(|r| !r.state.open()).map(Record::href).unwrap_or_default(),
            open: one.is_open(),
            has_list: one.edition.is_some(),
            reason: one.record.as_ref().map(|r| r.reason.clone()).unwrap_or_default(),
        };
        let title = ui.date(&visit.day);
        match days.last_mut().filter(|d| d.title == title) {
            Some(day) => day.rows.push(row),
            None => days.push(Day { title, today: visit.day == today, rows: vec![row] }),
        }
    }
    page(&req, &MinePage { ui, days })
}
