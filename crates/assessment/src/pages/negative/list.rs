//! What counts on a day, and everything that is known.

use super::{effect, statuses};
use crate::negative::model::Status;
use crate::negative::queries;
use crate::negative::standing::{Counts, Line, Standing};
use crate::policy::{self, Act};
use kernel::problem::{Problem, Result};
use kernel::time::{Date, parse_date};
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page};
use web::list::Params;
use web::parts::Tile;
use web::{Answer, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "assessment/negative/list.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    status: String,
    day: String,
    tiles: Vec<Tile>,
    rows: Vec<Row>,
    statuses: Vec<(String, String)>,
    may_edit: bool,
}

struct Row {
    number: String,
    title: String,
    entry: String,
    day: String,
    mood: &'static str,
    state: String,
    effect: String,
    counts: String,
    counts_mood: &'static str,
    until: String,
}

fn mood(counts: Counts) -> &'static str {
    match counts {
        Counts::Now => "late",
        Counts::Pending => "soon",
        Counts::Later | Counts::Over | Counts::Void | Counts::Nothing => "",
    }
}

fn row(ui: &Ui, line: &Line) -> Row {
    Row {
        number: line.event.number.clone(),
        title: line.event.title.clone(),
        entry: format!("{} {}", line.entry.code, line.entry.name),
        day: ui.date(&line.event.happened_on),
        mood: line.event.state.mood(),
        state: ui.named("negative-state", line.event.state.code()),
        effect: effect(ui, line.effect.as_ref()),
        counts: ui.named("negative-counts", line.counts.code()),
        counts_mood: mood(line.counts),
        until: line.until.map(|day| ui.date(&day)).unwrap_or_default(),
    }
}

fn tiles(ui: &Ui, of: &Standing) -> Vec<Tile> {
    let tile = |key: &str, value: String, note: String, bad: bool| Tile {
        label: ui.named("negative-tile", key),
        value,
        unit: String::new(),
        note,
        href: "#events".to_owned(),
        mood: if bad { "late" } else { "ok" },
    };
    let until = |day: Option<Date>| day.map_or_else(|| ui.t("negative-no"), |day| ui.date(&day));
    let pending = ui.ta("negative-pending", &[("points", of.pending.to_string())]);
    vec![
        tile("deducted", of.deducted.to_string(), pending, of.deducted != scoring::Exact::zero()),
        tile("barred", until(of.barred_until), String::new(), of.barred_until.is_some()),
        tile("suspended", until(of.suspended_until), String::new(), of.suspended_until.is_some()),
        tile(
            "revoked",
            ui.t(if of.revoked { "negative-yes" } else { "negative-no" }),
            String::new(),
            of.revoked,
        ),
    ]
}

/// The day and the status that the query asks for.
pub(crate) fn asked(params: &Params) -> Result<(Option<Date>, Option<Status>)> {
    let day = match params.get("day") {
        "" => None,
        text => Some(parse_date(text).ok_or_else(|| Problem::field("day", "not-a-date"))?),
    };
    let status = match params.get("status") {
        "" => None,
        code => Some(Status::parse(code).ok_or_else(|| Problem::field("status", "not-a-choice"))?),
    };
    Ok((day, status))
}

pub(super) async fn page_of(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let (day, status) = asked(&params).or_fail(&req)?;
    let of = req.read(move |ctx, tx| queries::on(ctx, tx, day, status)).await.or_fail(&req)?;
    let ui = req.ui();
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(&req, kind, &of);
    }
    let view = ListPage {
        status: ui.named("city-status", of.status.code()),
        day: ui.date(&of.day),
        tiles: tiles(&ui, &of),
        rows: of.lines.iter().map(|line| row(&ui, line)).collect(),
        statuses: statuses(&ui),
        may_edit: policy::may(&req.ctx, Act::EditNegative),
        params,
        ui,
    };
    page(&req, &view)
}

fn exported(req: &Req, kind: sheets::FileKind, of: &Standing) -> Answer {
    let ui = req.ui();
    let column = |key: &str, of: Kind| Column::new(ui.named("negative-column", key), of);
    let heads = [
        column("number", Kind::Text),
        column("title", Kind::Text).width(30.0),
        column("entry", Kind::Text).width(30.0),
        column("day", Kind::Date),
        column("subject", Kind::Text),
        column("source", Kind::Text),
        column("state", Kind::Text),
        column("effect", Kind::Text),
        column("counts", Kind::Text),
        column("until", Kind::Date),
    ];
    let cells = of.lines.iter().map(|line| {
        let shown = row(&ui, line);
        vec![
            Cell::from(shown.number),
            Cell::from(shown.title),
            Cell::from(shown.entry),
            Cell::Date(line.event.happened_on),
            Cell::from(line.event.subject.as_str()),
            Cell::from(line.event.source.as_str()),
            Cell::from(shown.state),
            Cell::from(shown.effect),
            Cell::from(shown.counts),
            line.until.map_or(Cell::Empty, Cell::Date),
        ]
    });
    export::answer(req, kind, &ui.t("negative-title"), &heads, cells)
}
