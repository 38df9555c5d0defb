//! 回头看: the verifiers' list of closed cases to be looked at again, and what came of those that were.

use crate::model::LookState;
use crate::pages::shared;
use crate::policy::{Act, POLICY, city};
use crate::queries::{self, LookLine};
use crate::rules::RULES;
use crate::units::Names;
use kernel::problem::Problem;
use kernel::time::Instant;
use kernel::workflow::Named;
use sheets::{Cell, Column, FileKind, Kind};
use web::error::{OrFail, page};
use web::list::{Cursor, Params};
use web::{Answer, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "cases/looks.html")]
struct LooksPage {
    ui: Ui,
    params: Params,
    /// Code, name, how many, whether it is the one shown.
    states: Vec<(&'static str, String, i64, bool)>,
    open: bool,
    rows: Vec<Row>,
    next: Option<Cursor>,
    /// How they are drawn, in words.
    rule: String,
}

struct Row {
    number: String,
    title: String,
    address: String,
    unit: String,
    closed_at: Instant,
    drawn_at: Instant,
    done_at: Option<Instant>,
    note: String,
}

fn row(names: &Names, line: LookLine) -> Row {
    Row {
        unit: names.get(line.unit).to_owned(),
        number: line.number,
        title: line.title,
        address: line.address,
        closed_at: line.closed_at,
        drawn_at: line.drawn_at,
        done_at: line.done_at,
        note: line.note.into_string(),
    }
}

pub(crate) async fn page_of(req: Req) -> Answer {
    if !POLICY.somewhere(&req.ctx, Act::Verify) {
        POLICY.require(&req.ctx, Act::Verify, &city(), true).or_fail(&req)?;
    }
    let params = Params::parse(&req.query);
    let state = match params.get("state") {
        "" => Ok(LookState::Open),
        code => LookState::parse(code).ok_or_else(|| Problem::field("state", "not-a-choice")),
    };
    let state = state.or_fail(&req)?;
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(&req, kind, state).await;
    }
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let read = req.read(move |ctx, tx| {
        let found = queries::looks(ctx, tx, state, after)?;
        let names = Names::of(tx, found.rows.iter().map(|l| l.unit))?;
        Ok((found, names, queries::look_counts(tx)?, RULES.get(tx)?))
    });
    let (found, names, counts, rules) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let states = counts
        .into_iter()
        .map(|(s, n)| (s.code(), ui.named("look-state", s.code()), n, s == state))
        .collect();
    let rule = match rules.look_percent {
        0 => ui.t("looks-off"),
        percent => {
            ui.ta("looks-rule", [("percent", percent.to_string()), ("days", rules.look_days.to_string())])
        }
    };
    let rows = found.rows.into_iter().map(|line| row(&names, line)).collect();
    let open = state == LookState::Open;
    page(&req, &LooksPage { states, open, rows, next: found.next, rule, params, ui })
}

async fn exported(req: &Req, kind: FileKind, state: LookState) -> Answer {
    let read = req.read(move |ctx, tx| {
        let found = queries::all_looks(ctx, tx, state, export::ROWS)?;
        let names = Names::of(tx, found.iter().map(|l| l.unit))?;
        Ok((found, names))
    });
    let (found, names) = read.await.or_fail(req)?;
    let desk = shared::desk(req).await?;
    let ui = req.ui();
    let head = |key: &str, kind| Column::new(ui.t(key), kind);
    let heads = [
        head("case-column-number", Kind::Text),
        head("case-column-title", Kind::Text).width(40.0),
        head("case-column-kind", Kind::Text),
        head("case-column-unit", Kind::Text),
        head("case-column-closed", Kind::DateTime),
        head("look-drawn", Kind::DateTime),
        head("case-column-state", Kind::Text),
        head("look-done", Kind::DateTime),
        head("label-note", Kind::Text),
    ];
    let word = ui.named("look-state", state.code());
    let cells = found.iter().map(|l| {
        vec![
            Cell::from(l.number.as_str()),
            Cell::from(l.title.as_str()),
            Cell::from(desk.catalogue.name(l.item)),
            Cell::from(names.get(l.unit)),
            Cell::DateTime(l.closed_at.to_civil()),
            Cell::DateTime(l.drawn_at.to_civil()),
            Cell::from(word.as_str()),
            l.done_at.map_or(Cell::Empty, |at| Cell::DateTime(at.to_civil())),
            Cell::from(l.note.as_str()),
        ]
    });
    export::answer(req, kind, &ui.t("looks-title"), &heads, cells)
}
