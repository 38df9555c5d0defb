//! 反弹: what came back after it was closed, by unit, kind and street.

use crate::desk::Desk;
use crate::pages::shared;
use crate::pages::shown::state_text;
use crate::policy::{Act, POLICY, city};
use crate::queries::{self, Pair, PairFilter};
use crate::units::{self, Names};
use kernel::id::Id;
use kernel::time::{DAY, Instant};
use places::model::Section;
use places::queries::SectionLabel;
use sheets::{Cell, Column, FileKind, Kind};
use std::collections::HashMap;
use web::error::{OrFail, page};
use web::list::{Cursor, Params};
use web::{Answer, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "cases/recurrences.html")]
struct RecurrencesPage {
    ui: Ui,
    params: Params,
    rows: Vec<Row>,
    units: Vec<(String, String)>,
    next: Option<Cursor>,
}

/// A pair with its words.
struct Row {
    number: String,
    title: String,
    state: String,
    mood: &'static str,
    reported_at: Instant,
    earlier: String,
    closed_at: Option<Instant>,
    /// Whole days between closing and the new report.
    days: Option<i64>,
    metres: Option<i64>,
    unit: String,
    kind: String,
    section: String,
}

struct Known {
    units: Names,
    sections: HashMap<Id<Section>, SectionLabel>,
}

fn known(tx: &mut ::store::Tx<'_>, pairs: &[Pair]) -> kernel::problem::Result<Known> {
    let sections: Vec<Id<Section>> = pairs.iter().filter_map(|p| p.section).collect();
    Ok(Known {
        units: Names::of(tx, pairs.iter().map(|p| p.unit))?,
        sections: places::queries::section_names(tx, &sections)?,
    })
}

fn row(ui: &Ui, desk: &Desk, known: &Known, pair: Pair) -> Row {
    Row {
        state: state_text(ui, pair.state),
        mood: pair.state.mood(),
        days: pair.closed_at.map(|at| (pair.reported_at.0 - at.0) / DAY),
        metres: pair.metres.map(shared::metres),
        unit: known.units.get(pair.unit).to_owned(),
        kind: desk.catalogue.name(pair.item).to_owned(),
        section: pair
            .section
            .and_then(|s| known.sections.get(&s))
            .map(SectionLabel::name)
            .unwrap_or_default(),
        number: pair.number,
        title: pair.title,
        reported_at: pair.reported_at,
        earlier: pair.earlier,
        closed_at: pair.closed_at,
    }
}

pub(crate) async fn page_of(req: Req) -> Answer {
    if !POLICY.somewhere(&req.ctx, Act::Statistics) {
        POLICY.require(&req.ctx, Act::Statistics, &city(), true).or_fail(&req)?;
    }
    let params = Params::parse(&req.query);
    let filter = PairFilter::read(&params).or_fail(&req)?;
    let desk = shared::desk(&req).await?;
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(&req, &desk, kind, filter).await;
    }
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let read = req.read(move |ctx, tx| {
        let found = queries::pairs(ctx, tx, &filter, after)?;
        Ok((known(tx, &found.rows)?, found, units::options(tx)?))
    });
    let (known, found, units) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let rows = found.rows.into_iter().map(|pair| row(&ui, &desk, &known, pair)).collect();
    page(&req, &RecurrencesPage { rows, units, next: found.next, params, ui })
}

async fn exported(req: &Req, desk: &Desk, kind: FileKind, filter: PairFilter) -> Answer {
    let read = req.read(move |ctx, tx| {
        let found = queries::all_pairs(ctx, tx, &filter, export::ROWS)?;
        Ok((known(tx, &found)?, found))
    });
    let (known, found) = read.await.or_fail(req)?;
    let ui = req.ui();
    let head = |key: &str, kind| Column::new(ui.t(key), kind);
    let heads = [
        head("case-column-number", Kind::Text),
        head("case-column-title", Kind::Text).width(40.0),
        head("case-column-state", Kind::Text),
        head("case-column-reported", Kind::DateTime),
        head("recurrence-earlier", Kind::Text),
        head("case-column-closed", Kind::DateTime),
        head("recurrence-days", Kind::Int),
        head("recurrence-metres", Kind::Int),
        head("case-column-unit", Kind::Text),
        head("case-column-kind", Kind::Text),
        head("case-fact-section", Kind::Text),
    ];
    let rows: Vec<Row> = found.into_iter().map(|pair| row(&ui, desk, &known, pair)).collect();
    let cells = rows.iter().map(|r| {
        let int = |n: Option<i64>| n.map_or(Cell::Empty, Cell::Int);
        vec![
            Cell::from(r.number.as_str()),
            Cell::from(r.title.as_str()),
            Cell::from(r.state.as_str()),
            Cell::DateTime(r.reported_at.to_civil()),
            Cell::from(r.earlier.as_str()),
            r.closed_at.map_or(Cell::Empty, |at| Cell::DateTime(at.to_civil())),
            int(r.days),
            int(r.metres),
            Cell::from(r.unit.as_str()),
            Cell::from(r.kind.as_str()),
            Cell::from(r.section.as_str()),
        ]
    });
    export::answer(req, kind, &ui.t("recurrences-title"), &heads, cells)
}
