//! 文书登记: the register of letters, and its export.

use super::shared;
use crate::model::Rung;
use crate::queries::{self, Filter, LetterLine, Show};
use crate::show;
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::time::Instant;
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind};
use std::collections::HashMap;
use web::error::{OrFail, page};
use web::list::{Cursor, Params};
use web::parts::Deadline;
use web::saved::{self, Views};
use web::{Answer, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "ladder/list.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    rows: Vec<Line>,
    count: i64,
    next: Option<Cursor>,
    saved: Views,
    shows: Vec<(String, String)>,
    rungs: Vec<(String, String)>,
    units: Vec<(String, String)>,
}

struct Line {
    code: String,
    name: String,
    rung: String,
    title: String,
    subject: String,
    unit: String,
    state: String,
    mood: &'static str,
    issued_at: Option<Instant>,
    due: Option<Deadline>,
}

fn line(ui: &Ui, names: &HashMap<Id<Unit>, String>, l: &LetterLine) -> Line {
    Line {
        code: l.code.clone(),
        name: l.name().to_owned(),
        rung: shared::rung(ui, l.rung),
        title: l.subject_title.clone(),
        subject: l.subject_number.clone(),
        unit: names.get(&l.unit_id).cloned().unwrap_or_default(),
        state: shared::state(ui, l.state),
        mood: if l.is_late(ui.now()) { "late" } else { l.state.mood() },
        issued_at: l.issued_at,
        due: show::owed(ui, l.state, l.answer_by),
    }
}

fn options<T: Named>(ui: &Ui, prefix: &str) -> Vec<(String, String)> {
    T::ALL.iter().map(|c| (c.code().to_owned(), ui.named(prefix, c.code()))).collect()
}

pub(super) async fn page_of(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let filter = Filter::read(&params).or_fail(&req)?;
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(&req, kind, filter).await;
    }
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let kept = params.clone();
    let read = req.read(move |ctx, tx| {
        let found = queries::list(ctx, tx, &filter, after)?;
        let names = shared::names(tx, found.rows.iter().map(|l| l.unit_id))?;
        let units = people::queries::all_units_options(tx)?;
        Ok((
            found,
            queries::count(ctx, tx, &filter)?,
            names,
            saved::views(tx, ctx, "/letters", &kept)?,
            units,
        ))
    });
    let (found, count, names, saved, units) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let view = ListPage {
        rows: found.rows.iter().map(|l| line(&ui, &names, l)).collect(),
        count,
        next: found.next,
        saved,
        shows: options::<Show>(&ui, "ladder-tile"),
        rungs: options::<Rung>(&ui, "rung"),
        units: units.iter().map(|u| (u.id.to_string(), u.choice().1)).collect(),
        params,
        ui,
    };
    page(&req, &view)
}

fn moment(at: Option<Instant>) -> Cell<'static> {
    at.map_or(Cell::Empty, |at| Cell::DateTime(at.to_civil()))
}

async fn exported(req: &Req, kind: sheets::FileKind, filter: Filter) -> Answer {
    let read = req.read(move |ctx, tx| {
        let lines = queries::each(ctx, tx, &filter, export::ROWS)?;
        let names = shared::names(tx, lines.iter().map(|l| l.unit_id))?;
        Ok((lines, names))
    });
    let (lines, names) = read.await.or_fail(req)?;
    let ui = req.ui();
    let text = |key: &str| Column::new(ui.named("letter-column", key), Kind::Text);
    let date = |key: &str| Column::new(ui.named("letter-column", key), Kind::DateTime);
    let heads = [
        text("number"),
        text("code"),
        text("rung"),
        text("subject"),
        text("title").width(40.0),
        text("unit"),
        text("state"),
        date("proposed"),
        date("issued"),
        date("acknowledged"),
        date("answer-by"),
        date("answered"),
        date("ended"),
    ];
    let cells = lines.iter().map(|l| {
        vec![
            Cell::from(l.number.as_deref().unwrap_or_default()),
            Cell::from(l.code.as_str()),
            Cell::Text(shared::rung(&ui, l.rung).into()),
            Cell::from(l.subject_number.as_str()),
            Cell::from(l.subject_title.as_str()),
            Cell::from(names.get(&l.unit_id).map_or("", String::as_str)),
            Cell::Text(shared::state(&ui, l.state).into()),
            moment(Some(l.proposed_at)),
            moment(l.issued_at),
            moment(l.acknowledged_at),
            moment(l.answer_by),
            moment(l.answered_at),
            moment(l.ended_at),
        ]
    });
    export::answer(req, kind, &ui.t("letters-title"), &heads, cells)
}
