//! Records, newest first.

use super::Known;
use crate::model::Record;
use crate::policy::{self, Act};
use crate::queries::{self, Filter};
use crate::workflow::State;
use kernel::workflow::Named;
use sheets::{Cell, Column, FileKind, Kind};
use web::error::{OrFail, page};
use web::list::{Cursor, PAGE_SIZE, Params};
use web::{Answer, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "fieldwork/records.html")]
struct RecordsPage {
    ui: Ui,
    params: Params,
    rows: Vec<Row>,
    next: Option<Cursor>,
    count: i64,
    states: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    inspections: Vec<(String, String)>,
    /// For those who decide.
    inspectors: Vec<(String, String)>,
    /// Number of the inspection whose second visits can be compared.
    compare: String,
}

struct Row {
    number: String,
    name: String,
    point: String,
    kind: String,
    inspection: String,
    state: (&'static str, String),
    second: bool,
    by: String,
    at: String,
}

fn row(ui: &Ui, known: &Known, record: Record) -> Row {
    Row {
        state: (record.state.mood(), ui.named("field-record-state", record.state.code())),
        kind: known.kind(ui, &record.kind),
        at: ui.short(&record.handed_at.unwrap_or(record.created_at)),
        second: record.second,
        number: record.number,
        name: record.point_name,
        point: record.point_number,
        inspection: record.inspection,
        by: record.person_name,
    }
}

/// Inspections for a filter: number and name, the latest first.
pub(super) async fn inspections(req: &Req) -> Answer<Vec<(String, String)>> {
    if !inspections::policy::may(&req.ctx, inspections::policy::Act::See) {
        return Ok(Vec::new());
    }
    let read = req.read(|ctx, tx| {
        inspections::queries::inspections(ctx, tx, inspections::queries::Filter::default(), None, PAGE_SIZE)
    });
    let found = read.await.or_fail(req)?.rows;
    Ok(found.into_iter().map(|i| (i.number.clone(), format!("{} {}", i.number, i.name))).collect())
}

pub(super) async fn page_of(req: Req) -> Answer {
    policy::somewhere(&req.ctx, Act::Read).or_fail(&req)?;
    let params = Params::parse(&req.query);
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(&req, params, kind).await;
    }
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let asked = params.clone();
    let read = req.read(move |ctx, tx| {
        let filter = Filter::read(ctx, tx, &asked)?;
        let found = queries::listed(ctx, tx, &filter, after, PAGE_SIZE)?;
        let people = if policy::may(ctx, Act::Review) { queries::inspectors(tx)? } else { Vec::new() };
        Ok((found, queries::listed_count(ctx, tx, &filter)?, people))
    });
    let (found, count, people) = read.await.or_fail(&req)?;
    let known = Known::of(&req).await?;
    let inspections = inspections(&req).await?;
    let ui = req.ui();
    let view = RecordsPage {
        rows: found.rows.into_iter().map(|r| row(&ui, &known, r)).collect(),
        next: found.next,
        count,
        states: State::ALL
            .iter()
            .map(|s| (s.code().to_owned(), ui.named("field-record-state", s.code())))
            .collect(),
        kinds: known.kinds(&ui),
        inspections,
        inspectors: people.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        compare: if policy::may(&req.ctx, Act::Compare) {
            params.get("inspection").to_owned()
        } else {
            String::new()
        },
        params,
        ui,
    };
    page(&req, &view)
}

async fn exported(req: &Req, params: Params, kind: FileKind) -> Answer {
    let read = req.read(move |ctx, tx| {
        let filter = Filter::read(ctx, tx, &params)?;
        queries::listed(ctx, tx, &filter, None, export::ROWS)
    });
    let found = read.await.or_fail(req)?.rows;
    let known = Known::of(req).await?;
    let ui = req.ui();
    let column = |key: &str, of: Kind| Column::new(ui.t(key), of);
    let heads = [
        column("field-number", Kind::Text),
        column("field-inspection", Kind::Text),
        column("field-point-number", Kind::Text),
        column("field-point", Kind::Text),
        column("field-type", Kind::Text),
        column("field-division", Kind::Text),
        column("field-second", Kind::Text),
        column("field-state", Kind::Text),
        column("field-inspector", Kind::Text),
        column("field-begun-at", Kind::DateTime),
        column("field-handed-at", Kind::DateTime),
    ];
    let time = |at: Option<kernel::time::Instant>| at.map_or(Cell::Empty, |at| Cell::DateTime(at.to_civil()));
    let cells = found.iter().map(|r| {
        vec![
            Cell::from(r.number.as_str()),
            Cell::from(r.inspection.as_str()),
            Cell::from(r.point_number.as_str()),
            Cell::from(r.point_name.as_str()),
            Cell::from(known.kind(&ui, &r.kind)),
            Cell::from(known.division(&r.division)),
            Cell::from(if r.second { ui.t("field-yes") } else { String::new() }),
            Cell::from(ui.named("field-record-state", r.state.code())),
            Cell::from(r.person_name.as_str()),
            time(Some(r.started_at)),
            time(r.handed_at),
        ]
    });
    export::answer(req, kind, &ui.t("menu-field-records"), &heads, cells)
}
