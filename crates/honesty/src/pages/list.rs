//! Warnings, newest first, with filters and export.

use crate::model::{Kind, State, Warning};
use crate::policy::{Act, POLICY, city};
use crate::queries::{self, Filter};
use crate::words;
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::time::Instant;
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind as Type};
use std::collections::HashMap;
use web::error::{OrFail, page};
use web::list::{Cursor, Params};
use web::saved::{self, Views};
use web::{Answer, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "honesty/list.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    rows: Vec<Line>,
    count: i64,
    next: Option<Cursor>,
    saved: Views,
    states: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    units: Vec<(String, String)>,
    may_count: bool,
    may_edit: bool,
}

struct Line {
    number: String,
    kind: String,
    sentence: String,
    case: String,
    unit: String,
    state: String,
    mood: &'static str,
    at: Instant,
}

type Names = HashMap<Id<Unit>, String>;

fn name(names: &Names, unit: Option<Id<Unit>>) -> String {
    unit.and_then(|unit| names.get(&unit)).cloned().unwrap_or_default()
}

fn line(ui: &Ui, names: &Names, w: &Warning) -> Line {
    Line {
        number: w.number.clone(),
        kind: words::kind(ui, w.kind),
        sentence: words::sentence(ui, w.kind, &w.figures.0),
        case: w.case_number.clone(),
        unit: name(names, w.unit_id),
        state: words::state(ui, w),
        mood: w.state.mood(),
        at: w.created_at,
    }
}

fn options<T: Named>(ui: &Ui, prefix: &str) -> Vec<(String, String)> {
    T::ALL.iter().map(|c| (c.code().to_owned(), ui.named(prefix, c.code()))).collect()
}

pub(super) async fn page_of(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    if !POLICY.somewhere(&req.ctx, Act::See) {
        return Err(web::Fail::of(&req, kernel::problem::Problem::forbidden().arg("action", "honesty-see")));
    }
    let filter = Filter::read(&params).or_fail(&req)?;
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(&req, kind, filter).await;
    }
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let kept = params.clone();
    let read = req.read(move |ctx, tx| {
        let found = queries::list(ctx, tx, &filter, after)?;
        let ids: Vec<Id<Unit>> = found.rows.iter().filter_map(|w| w.unit_id).collect();
        let names = people::queries::unit_names(tx, &ids)?;
        let views = saved::views(tx, ctx, "/photo-checks", &kept)?;
        let units = people::queries::all_units_options(tx)?;
        Ok((found, queries::count(ctx, tx, &filter)?, names, views, units))
    });
    let (found, count, names, saved, units) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let view = ListPage {
        rows: found.rows.iter().map(|w| line(&ui, &names, w)).collect(),
        count,
        next: found.next,
        saved,
        states: options::<State>(&ui, "honesty-state"),
        kinds: options::<Kind>(&ui, "honesty-kind"),
        units: units.iter().map(|u| (u.id.to_string(), u.choice().1)).collect(),
        may_count: POLICY.somewhere(&req.ctx, Act::Figures),
        may_edit: POLICY.may(&req.ctx, Act::Edit, &city()),
        params,
        ui,
    };
    page(&req, &view)
}

async fn exported(req: &Req, kind: sheets::FileKind, filter: Filter) -> Answer {
    let read = req.read(move |ctx, tx| {
        let found = queries::each(ctx, tx, &filter, export::ROWS)?;
        let ids: Vec<Id<Unit>> = found.iter().filter_map(|w| w.unit_id).collect();
        let names = people::queries::unit_names(tx, &ids)?;
        Ok((found, names))
    });
    let (found, names) = read.await.or_fail(req)?;
    let ui = req.ui();
    let column = |key: &str, of: Type| Column::new(ui.named("honesty-column", key), of);
    let heads = [
        column("number", Type::Text),
        column("kind", Type::Text),
        column("case", Type::Text),
        column("unit", Type::Text),
        column("seen", Type::Text).width(60.0),
        column("state", Type::Text),
        column("reason", Type::Text).width(40.0),
        column("at", Type::DateTime),
        column("decided-at", Type::DateTime),
    ];
    let cells = found.iter().map(|w| {
        vec![
            Cell::from(w.number.as_str()),
            Cell::Text(words::kind(&ui, w.kind).into()),
            Cell::from(w.case_number.as_str()),
            Cell::Text(name(&names, w.unit_id).into()),
            Cell::Text(words::sentence(&ui, w.kind, &w.figures.0).into()),
            Cell::Text(words::state(&ui, w).into()),
            Cell::from(w.reason.as_str()),
            Cell::DateTime(w.created_at.to_civil()),
            w.decided_at.map_or(Cell::Empty, |at| Cell::DateTime(at.to_civil())),
        ]
    });
    export::answer(req, kind, &ui.t("honesty-title"), &heads, cells)
}
