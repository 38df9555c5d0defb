//! 减负台账: by month for every unit, by week for streets and communities; and how often a unit may be asked.

use crate::commands;
use crate::policy::{self, Act};
use crate::queries::{self, LedgerFilter, LedgerLine};
use crate::settings::QUOTA;
use crate::show;
use crate::window::monday;
use axum::http::StatusCode;
use kernel::problem::Problem;
use kernel::time::DAY;
use sheets::{Cell, Column, Kind as Type};
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Fail, Form, Req, Ui, export};

/// Weeks that the page shows.
const WEEKS: i64 = 8;

#[derive(askama::Template)]
#[template(path = "evidence/ledger.html")]
struct LedgerPage {
    ui: Ui,
    params: Params,
    form: Filled,
    sections: [Section; 2],
    units: Vec<(String, String)>,
    quota: i64,
    may_plan: bool,
}

/// A table of the page.
struct Section {
    title: &'static str,
    rows: Vec<LedgerLine>,
    by_week: bool,
}

impl LedgerPage {
    fn week(&self, row: &LedgerLine) -> String {
        kernel::time::parse_date(&row.when).map_or_else(|| row.when.clone(), |day| self.ui.date(&day))
    }
}

pub(super) async fn page_of(req: Req) -> Answer {
    show_with(&req, None, StatusCode::OK).await
}

async fn show_with(req: &Req, form: Option<Filled>, status: StatusCode) -> Answer {
    policy::require(&req.ctx, Act::Ledger).or_fail(req)?;
    let params = Params::parse(&req.query);
    let filter = LedgerFilter::read(&params);
    let since = monday(req.ctx.now.plus(-7 * (WEEKS - 1) * DAY).date());
    let read = req.read(move |ctx, tx| {
        let units = if policy::everywhere(ctx, Act::Ledger) { show::unit_options(tx)? } else { Vec::new() };
        let rows = queries::ledger(ctx, tx, &filter)?;
        Ok((rows, queries::weeks(ctx, tx, &filter, since)?, units, QUOTA.get(tx)?))
    });
    let (rows, weeks, units, quota) = read.await.or_fail(req)?;
    let ui = req.ui();
    if let Some(kind) = export::kind(params.get("format")) {
        let (rows, name) =
            if params.has("by", "week") { (weeks, "evidence-weeks") } else { (rows, "menu-burden") };
        return exported(req, &ui, kind, &rows, name);
    }
    let view = LedgerPage {
        form: form.unwrap_or_else(|| Filled::new().set("quota", quota)),
        params,
        sections: [
            Section { title: "evidence-months", rows, by_week: false },
            Section { title: "evidence-weeks", rows: weeks, by_week: true },
        ],
        units,
        quota,
        may_plan: policy::everywhere(&req.ctx, Act::Plan),
        ui,
    };
    page_with(req, status, &view)
}

fn exported(req: &Req, ui: &Ui, kind: sheets::FileKind, rows: &[LedgerLine], name: &str) -> Answer {
    let column = |key: &str, of: Type| Column::new(ui.named("evidence-column", key), of);
    let heads = [
        column("when", Type::Text),
        column("unit", Type::Text).width(28.0),
        column("requests", Type::Int),
        column("standard-count", Type::Int),
        column("stopped", Type::Int),
        column("items", Type::Int),
        column("files", Type::Int),
        column("returns", Type::Int),
        column("answers", Type::Int),
        column("days", Type::Text),
    ];
    let cells = rows.iter().map(|row| {
        vec![
            Cell::from(row.when.as_str()),
            Cell::from(row.unit.as_str()),
            Cell::Int(row.requests),
            Cell::Int(row.standards),
            Cell::Int(row.stopped),
            Cell::Int(row.items),
            Cell::Int(row.files),
            Cell::Int(row.returns),
            Cell::Int(row.answers),
            Cell::Text(row.mean_text().into()),
        ]
    });
    export::answer(req, kind, &ui.t(name), &heads, cells)
}

pub(super) async fn quota(req: Req, form: Form) -> Answer {
    let wanted = form.needed_number::<i64>("quota").map_err(|e| Problem::invalid(vec![e]));
    let done = match wanted {
        Ok(quota) => req.write(move |ctx, tx| commands::set_quota(ctx, tx, quota)).await,
        Err(problem) => Err(problem),
    };
    match done {
        Ok(()) => Ok(redirect(&req, "/evidence/ledger", "evidence-quota-set", form.text("quota"))),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show_with(&req, Some(filled), StatusCode::UNPROCESSABLE_ENTITY).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}
