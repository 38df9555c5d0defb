//! Items, newest first.

use super::{kinds, requests::periods};
use crate::policy::{self, Act};
use crate::queries::{self, Filter, ItemLine};
use crate::show;
use crate::workflow::State;
use sheets::{Cell, Column, Kind as Type};
use web::error::{OrFail, page};
use web::list::{Cursor, PAGE_SIZE, Params};
use web::saved::{self, Views};
use web::{Answer, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "evidence/items.html")]
struct ItemsPage {
    ui: Ui,
    params: Params,
    saved: Views,
    rows: Vec<ItemLine>,
    next: Option<Cursor>,
    states: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    periods: Vec<(String, String)>,
    units: Vec<(String, String)>,
    may_hand_in: bool,
}

impl ItemsPage {
    fn state(&self, row: &ItemLine) -> String {
        show::state(&self.ui, row.item.state)
    }

    fn kind(&self, row: &ItemLine) -> String {
        show::kind(&self.ui, row.item.kind)
    }
}

pub(super) async fn list(req: Req) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let filter = Filter::read(&params).or_fail(&req)?;
    let ui = req.ui();
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(&req, &ui, kind, filter).await;
    }
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let of = params.clone();
    let read = req.read(move |ctx, tx| {
        let found = queries::items(ctx, tx, &filter, after, PAGE_SIZE)?;
        let units = if policy::everywhere(ctx, Act::See) { show::unit_options(tx)? } else { Vec::new() };
        Ok((found, periods(tx)?, units, saved::views(tx, ctx, "/evidence/items", &of)?))
    });
    let (found, periods, units, saved) = read.await.or_fail(&req)?;
    let view = ItemsPage {
        params,
        saved,
        rows: found.rows,
        next: found.next,
        states: show::options::<State>(&ui, "evidence-state"),
        kinds: kinds(&ui),
        periods,
        units,
        may_hand_in: policy::somewhere(&req.ctx, Act::HandIn),
        ui,
    };
    page(&req, &view)
}

async fn exported(req: &Req, ui: &Ui, kind: sheets::FileKind, filter: Filter) -> Answer {
    let read = req.read(move |ctx, tx| queries::items(ctx, tx, &filter, None, export::ROWS));
    let found = read.await.or_fail(req)?.rows;
    let column = |key: &str, of: Type| Column::new(ui.named("evidence-column", key), of);
    let heads = [
        column("number", Type::Text),
        column("title", Type::Text).width(40.0),
        column("unit", Type::Text).width(24.0),
        column("kind", Type::Text),
        column("standards", Type::Text).width(24.0),
        column("dated", Type::Text),
        column("state", Type::Text),
        column("submitted-at", Type::DateTime),
        column("first-by", Type::Text),
        column("second-by", Type::Text),
        column("filed-at", Type::DateTime),
    ];
    let time = |at: Option<kernel::time::Instant>| at.map_or(Cell::Empty, |at| Cell::DateTime(at.to_civil()));
    let cells = found.iter().map(|row| {
        let item = &row.item;
        vec![
            Cell::from(item.number.as_str()),
            Cell::from(item.title.as_str()),
            Cell::from(row.unit.as_str()),
            Cell::Text(show::kind(ui, item.kind).into()),
            Cell::Text(row.codes.join(" ").into()),
            item.dated.map_or(Cell::Empty, |day| Cell::Text(day.to_string().into())),
            Cell::Text(show::state(ui, item.state).into()),
            time(item.submitted_at),
            Cell::from(item.first_by.as_str()),
            Cell::from(item.second_by.as_str()),
            time(item.filed_at),
        ]
    });
    export::answer(req, kind, &ui.t("menu-evidence"), &heads, cells)
}
