//! What units bring about on their streets. In order of name: this is no ranking, and there is no switch that makes it one.

use super::shared::{self, Day};
use crate::kept;
use crate::queries::{Outcome, Outcomes};
use crate::show;
use kernel::id::Id;
use web::error::{OrFail, page as render};
use web::list::Params;
use web::{Answer, Req, Ui};

#[derive(askama::Template)]
#[template(path = "streets/outcomes.html")]
struct OutcomesPage {
    ui: Ui,
    params: Params,
    day: Day,
    from: kernel::time::Date,
    rows: Vec<Row>,
}

/// A unit's numbers in words, each with the cases behind it.
pub(super) struct Row {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) stretches: usize,
    pub(super) length: String,
    /// Name, value and where the facts are listed.
    pub(super) numbers: Vec<(&'static str, String, String)>,
}

impl Row {
    pub(super) fn of(ui: &Ui, table: &Outcomes, outcome: &Outcome) -> Self {
        let (r, unit) = (&outcome.rates, outcome.unit.map_or(0, Id::raw));
        let period =
            format!("/cases?unit={unit}&due_from={}&due_until={}&only=counted", table.from, table.until);
        let cases = |only: &str| if only.is_empty() { period.clone() } else { format!("{period},{only}") };
        let open = |only: &str| format!("/cases?unit={unit}&state=open{only}");
        Self {
            code: outcome.code.clone(),
            name: outcome.name.clone(),
            stretches: outcome.stretches,
            length: show::metres(ui, outcome.adopted_m),
            numbers: vec![
                ("outcome-due", ui.number(r.due), cases("")),
                ("outcome-closed", ui.percent(r.closed, r.due), cases("closed")),
                ("outcome-on-time", ui.percent(r.on_time, r.due), cases("closed,on-time")),
                ("outcome-rework", ui.percent(r.rework, r.handled), cases("rework")),
                ("outcome-satisfied", ui.percent(r.satisfied, r.rated), cases("rated")),
                ("outcome-open", ui.number(outcome.open), open("")),
                ("outcome-overdue", ui.number(outcome.overdue), open("&only=overdue")),
            ],
        }
    }
}

pub(super) async fn page(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let day = Day::of(&req, &params)?;
    shared::index(&req).await?;
    let table = kept::outcomes(&req.city, &req.ctx, day.date).await.or_fail(&req)?;
    if let Some(kind) = web::export::kind(params.get("format")) {
        return export(&req, &table, kind);
    }
    let ui = req.ui();
    let rows = table.units.iter().map(|o| Row::of(&ui, &table, o)).collect();
    render(&req, &OutcomesPage { from: table.from, rows, params, day, ui })
}

fn export(req: &Req, table: &Outcomes, kind: sheets::FileKind) -> Answer {
    use sheets::{Column, Kind};
    let ui = req.ui();
    let column = |key: &str, kind| Column::new(ui.t(key), kind);
    let mut titles = vec![
        column("label-adoption_unit_code", Kind::Text),
        column("label-adoption_unit", Kind::Text),
        column("streets-stretches", Kind::Int),
        column("streets-length", Kind::Int),
    ];
    // counts, from which every rate on the page can be worked out again
    let counts = [
        "due",
        "closed-count",
        "on-time-count",
        "handled",
        "rework-count",
        "rated",
        "satisfied-count",
        "open",
        "overdue",
    ];
    titles.extend(counts.map(|name| column(&format!("outcome-{name}"), Kind::Int)));
    let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let rows = table.units.iter().map(|o| {
        let r = &o.rates;
        let mut row = vec![o.code.as_str().into(), o.name.as_str().into()];
        let numbers =
            [whole(o.stretches), show::whole(o.adopted_m), r.due, r.closed, r.on_time, r.handled, r.rework];
        row.extend(
            numbers.into_iter().chain([r.rated, r.satisfied, o.open, o.overdue]).map(sheets::Cell::from),
        );
        row
    });
    web::export::answer(req, kind, &ui.t("streets-outcomes"), &titles, rows)
}
