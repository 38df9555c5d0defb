//! The table of rules.

use super::keeps;
use crate::jobs::next_run;
use crate::model::{Hold, Run};
use crate::policy::{Act, POLICY};
use crate::queries;
use crate::store as rows;
use crate::words::Row;
use kernel::policy::Standing;
use kernel::time::Instant;
use sheets::{Cell, Column, Kind};
use std::collections::BTreeMap;
use web::error::{OrFail, page};
use web::keep::Keeps;
use web::list::Params;
use web::{Answer, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "keeping/rules.html")]
struct RulesPage {
    ui: Ui,
    params: Params,
    rows: Vec<Row>,
    stays: Vec<(String, String)>,
    holds: usize,
    next: Instant,
    last: Option<Run>,
    open: bool,
    may_set: bool,
    may_run: bool,
}

/// Tables that stay, by their reason, which is what people want to know.
fn stays(ui: &Ui, keeps: &Keeps) -> Vec<(String, String)> {
    let mut by_reason: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for stays in &keeps.stays {
        by_reason.entry(stays.why).or_default().push(stays.table);
    }
    by_reason.into_iter().map(|(why, tables)| (ui.named("keep-stays", why), tables.join(", "))).collect()
}

pub(super) async fn page_of(req: Req) -> Answer {
    let (params, keeps) = (Params::parse(&req.query), keeps(&req)?);
    let known = keeps.clone();
    let read = req.read(move |ctx, tx| {
        let found = queries::rules(ctx, tx, &known)?;
        let holds: Vec<Hold> = rows::holds(tx)?;
        let last = queries::runs(ctx, tx, i64::MAX, 1)?.pop();
        Ok((found, holds, last, next_run(tx, ctx.now)?, rows::open_run(tx)?.is_some()))
    });
    let (found, holds, last, next, open) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let rows: Vec<Row> = found.iter().map(|rule| Row::of(&ui, rule, None)).collect();
    if let Some(kind) = export::kind(params.get("format")) {
        return export(&req, &ui, kind, &rows);
    }
    let may = |act| POLICY.may(&req.ctx, act, &Standing::city());
    page(
        &req,
        &RulesPage {
            stays: stays(&ui, &keeps),
            holds: holds.len(),
            next,
            may_set: may(Act::Set),
            may_run: may(Act::Run),
            ui,
            params,
            rows,
            last,
            open,
        },
    )
}

fn export(req: &Req, ui: &Ui, kind: sheets::FileKind, rows: &[Row]) -> Answer {
    let text = |key: &str, width: f64| Column::new(ui.t(key), Kind::Text).width(width);
    let heads = [
        text("keeping-column-what", 30.0),
        text("keeping-column-starts", 30.0),
        Column::new(ui.t("keeping-column-days"), Kind::Int),
        Column::new(ui.t("keeping-column-usual"), Kind::Int),
        text("keeping-column-bounds", 24.0),
        text("keeping-column-goes", 24.0),
        text("keeping-column-law", 40.0),
        text("keeping-column-set", 40.0),
    ];
    let cells = rows.iter().map(|row| {
        vec![
            Cell::from(row.name.as_str()),
            Cell::from(row.starts.as_str()),
            Cell::Int(row.days),
            Cell::Int(row.usual),
            Cell::from(row.bounds.as_str()),
            Cell::from(row.goes.as_str()),
            Cell::from(row.laws.as_str()),
            Cell::from(row.set.as_str()),
        ]
    });
    export::answer(req, kind, &ui.t("keeping-title"), &heads, cells)
}
