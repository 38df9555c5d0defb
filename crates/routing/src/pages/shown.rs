//! What the pages have in common: what is read around the rules, and their lines.

use crate::model::{DryRun, Edition};
use crate::queries::Line;
use crate::told::Codes;
use cases::desk::Desk;
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use kernel::workflow::Named;
use places::PlaceIndex;
use std::collections::HashMap;
use std::sync::Arc;
use web::error::{Answer, OrFail};
use web::{Req, Ui};

pub(super) const HOME: &str = "/admin/routing-rules";

/// What rules name: kinds and places.
pub(super) async fn around(req: &Req) -> Answer<(Arc<Desk>, Arc<PlaceIndex>)> {
    let desk = Desk::of(&req.city).await.or_fail(req)?;
    Ok((desk, places::kept::index(&req.city).await.or_fail(req)?))
}

/// A number of an address.
pub(super) fn number(text: &str) -> Result<i64> {
    text.parse().map_err(|_| Problem::not_found())
}

/// A rule as the list shows it.
pub(super) struct RuleLine {
    pub line: Line,
    pub state: String,
    pub mood: &'static str,
    pub condition: String,
    pub unit: String,
    pub mode: String,
    /// "from … until …"; empty for always.
    pub span: String,
}

pub(super) fn span(ui: &Ui, edition: &Edition) -> String {
    match (edition.from_day, edition.until_day) {
        (None, None) => String::new(),
        (Some(from), None) => ui.ta("routing-from", [("from", ui.date(&from))]),
        (None, Some(until)) => ui.ta("routing-until", [("until", ui.date(&until))]),
        (Some(from), Some(until)) => {
            ui.ta("routing-from-until", [("from", ui.date(&from)), ("until", ui.date(&until))])
        }
    }
}

pub(super) fn rule_line(
    ui: &Ui,
    codes: &Codes<'_>,
    units: &HashMap<Id<Unit>, String>,
    today: Date,
    line: Line,
) -> RuleLine {
    let edition = &line.edition;
    let standing = edition.standing(today);
    RuleLine {
        state: ui.named("routing-state", standing.code()),
        mood: standing.mood(),
        condition: codes.line(ui, &edition.conditions.0, &edition.extra),
        unit: units.get(&edition.lead_unit).cloned().unwrap_or_default(),
        mode: ui.named("routing-mode", edition.mode.code()),
        span: span(ui, edition),
        line,
    }
}

/// A dry run in the list.
pub(super) struct RunLine {
    pub number: i64,
    pub span: String,
    pub at: String,
    pub by: String,
    pub finished: bool,
    pub cases: i64,
    pub agree: i64,
    pub differ: i64,
    /// Of those that persons had dispatched and a rule fits.
    pub share: String,
}

pub(super) fn run_line(ui: &Ui, run: &DryRun) -> RunLine {
    let report = &run.report.0;
    let (agree, differ) = (report.sum(|r| r.agree), report.sum(|r| r.differ));
    RunLine {
        number: run.number,
        span: ui
            .ta("routing-from-until", [("from", ui.date(&run.from_day)), ("until", ui.date(&run.until_day))]),
        at: ui.time(&run.started_at),
        by: run.started_by.clone(),
        finished: run.finished_at.is_some(),
        cases: report.cases,
        agree,
        differ,
        share: ui.percent(agree, agree + differ),
    }
}
