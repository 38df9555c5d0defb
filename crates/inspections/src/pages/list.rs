//! Inspections, newest first.

use crate::policy::{self, Act};
use crate::queries::{self, Filter, Line};
use crate::show;
use crate::workflow::State;
use kernel::workflow::Named;
use sheets::{Cell, Column, FileKind, Kind};
use web::error::{OrFail, page};
use web::list::{Cursor, PAGE_SIZE, Params};
use web::{Answer, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "inspections/list.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    rows: Vec<Row>,
    next: Option<Cursor>,
    count: i64,
    states: Vec<(String, String)>,
    may_plan: bool,
}

struct Row {
    number: String,
    name: String,
    state: (&'static str, String),
    days: String,
    points: i64,
    replaced: i64,
    by: String,
}

fn row(ui: &Ui, line: Line) -> Row {
    let days = [("from", ui.day(&line.from_date)), ("until", ui.day(&line.until_date))];
    Row {
        state: (line.state.mood(), show::state(ui, line.state)),
        days: ui.ta("inspection-from-until", days),
        number: line.number,
        name: line.name,
        points: line.points,
        replaced: line.replaced,
        by: line.created_by,
    }
}

pub(super) async fn page_of(req: Req) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let filter = Filter::read(&params).or_fail(&req)?;
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(&req, filter, kind).await;
    }
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let read = req.read(move |ctx, tx| {
        Ok((queries::inspections(ctx, tx, filter, after, PAGE_SIZE)?, queries::count(tx, filter)?))
    });
    let (found, count) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let view = ListPage {
        rows: found.rows.into_iter().map(|line| row(&ui, line)).collect(),
        next: found.next,
        count,
        states: State::ALL.iter().map(|s| (s.code().to_owned(), show::state(&ui, *s))).collect(),
        may_plan: policy::may(&req.ctx, Act::Plan),
        params,
        ui,
    };
    page(&req, &view)
}

async fn exported(req: &Req, filter: Filter, kind: FileKind) -> Answer {
    let read = req.read(move |ctx, tx| queries::inspections(ctx, tx, filter, None, export::ROWS));
    let found = read.await.or_fail(req)?.rows;
    let ui = req.ui();
    let column = |key: &str, of: Kind| Column::new(ui.t(key), of);
    let heads = [
        column("inspection-number", Kind::Text),
        column("label-inspection_name", Kind::Text),
        column("inspection-column-state", Kind::Text),
        column("label-inspection_from", Kind::Date),
        column("label-inspection_until", Kind::Date),
        column("inspection-points", Kind::Int),
        column("inspection-replaced", Kind::Int),
        column("inspection-planned-by", Kind::Text),
        column("inspection-planned-at", Kind::DateTime),
    ];
    let cells = found.iter().map(|line| {
        vec![
            Cell::from(line.number.as_str()),
            Cell::from(line.name.as_str()),
            Cell::from(show::state(&ui, line.state)),
            Cell::from(line.from_date),
            Cell::from(line.until_date),
            Cell::Int(line.points),
            Cell::Int(line.replaced),
            Cell::from(line.created_by.as_str()),
            Cell::DateTime(line.created_at.to_civil()),
        ]
    });
    export::answer(req, kind, &ui.t("menu-inspections"), &heads, cells)
}
