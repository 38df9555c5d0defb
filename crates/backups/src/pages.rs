//! One page: how the city stands with its backups, when they are made, and how each went.

use crate::model::{Kind, Run};
use crate::policy::{Act, POLICY, require};
use crate::queries::{self, State};
use crate::settings::PLAN;
use crate::{Setup, commands, forms};
use axum::http::StatusCode;
use kernel::policy::Standing;
use kernel::problem::Problem;
use kernel::time::Instant;
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind as Type};
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::list::{Cursor, Params};
use web::{Access, Answer, Fail, Form, Req, Routes, Ui, export};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/admin/backups", Access::Action("backups-see"), list)
        .post("/admin/backups", Access::Action("backups-run"), ask)
        .post("/admin/backups/plan", Access::Action("backups-edit"), save)
}

#[derive(askama::Template)]
#[template(path = "backups/list.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    form: Filled,
    on: bool,
    now: Instant,
    /// Where backups go; empty where this program was told of no folder.
    folder: String,
    state: State,
    rows: Vec<Run>,
    next: Option<Cursor>,
    may_run: bool,
    may_edit: bool,
}

impl ListPage {
    fn kind(&self, run: &Run) -> String {
        self.ui.named("backup-kind", run.kind.code())
    }

    fn outcome(&self, run: &Run) -> String {
        self.ui.named("backup-outcome", run.outcome.code())
    }

    fn by(&self, run: &Run) -> String {
        by(&self.ui, run)
    }

    fn late(&self) -> bool {
        self.state.late(self.now)
    }

    fn runs(&self, kind: &str) -> bool {
        Kind::parse(kind).is_some_and(|kind| self.state.running(kind))
    }
}

/// The program itself, or the name of whoever asked.
fn by(ui: &Ui, run: &Run) -> String {
    if run.asked_by.is_empty() { ui.t("backup-by-itself") } else { run.asked_by.clone() }
}

/// Where backups of this city go.
pub(crate) fn folder(req: &Req) -> Option<std::path::PathBuf> {
    req.city.kept::<Setup>().and_then(|setup| setup.folder.clone())
}

async fn show(req: &Req, filled: Option<Filled>) -> Answer {
    let params = Params::parse(&req.query);
    let after = Cursor::parse(params.get("after")).or_fail(req)?;
    let read = req.read(move |ctx, tx| {
        let found = queries::list(ctx, tx, after)?;
        Ok((found, queries::state(tx)?, PLAN.get(tx)?))
    });
    let (found, state, plan) = read.await.or_fail(req)?;
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let may = |act| POLICY.may(&req.ctx, act, &Standing::city());
    let view = ListPage {
        form: filled.unwrap_or_else(|| forms::filled(&plan)),
        on: plan.on,
        now: req.ctx.now,
        folder: folder(req).map(|f| f.display().to_string()).unwrap_or_default(),
        state,
        rows: found.rows,
        next: found.next,
        may_run: may(Act::Run),
        may_edit: may(Act::Edit),
        params,
        ui: req.ui(),
    };
    page_with(req, status, &view)
}

async fn list(req: Req) -> Answer {
    require(&req.ctx, Act::See).or_fail(&req)?;
    match export::kind(Params::parse(&req.query).get("format")) {
        Some(kind) => exported(&req, kind).await,
        None => show(&req, None).await,
    }
}

async fn exported(req: &Req, kind: sheets::FileKind) -> Answer {
    let found = req.read(|ctx, tx| queries::each(ctx, tx, export::ROWS)).await.or_fail(req)?;
    let ui = req.ui();
    let column = |key: &str, of: Type| Column::new(ui.named("backup-column", key), of);
    let heads = [
        column("started-at", Type::DateTime),
        column("kind", Type::Text),
        column("outcome", Type::Text),
        column("by", Type::Text),
        column("seconds", Type::Int),
        column("megabytes", Type::Int),
        column("records", Type::Int),
        column("uploads", Type::Int),
        column("file", Type::Text).width(40.0),
        column("data-keys", Type::Text),
        column("audit-ends", Type::Text).width(60.0),
        column("why", Type::Text).width(40.0),
    ];
    let cells = found.iter().map(|run| {
        vec![
            Cell::DateTime(run.started_at.to_civil()),
            Cell::Text(ui.named("backup-kind", run.kind.code()).into()),
            Cell::Text(ui.named("backup-outcome", run.outcome.code()).into()),
            Cell::Text(by(&ui, run).into()),
            run.seconds().map_or(Cell::Empty, Cell::Int),
            Cell::Int(run.megabytes()),
            Cell::Int(run.records),
            Cell::Int(run.uploads),
            Cell::from(run.file.as_str()),
            Cell::from(run.data_keys.as_str()),
            Cell::from(run.audit_ends.as_str()),
            Cell::from(run.why.as_str()),
        ]
    });
    export::answer(req, kind, &ui.t("menu-backups"), &heads, cells)
}

async fn ask(req: Req, form: Form) -> Answer {
    require(&req.ctx, Act::Run).or_fail(&req)?;
    let kind =
        Kind::parse(form.text("kind")).ok_or_else(|| Problem::field("kind", "not-a-choice")).or_fail(&req)?;
    let has_folder = folder(&req).is_some();
    req.write(move |ctx, tx| commands::ask(ctx, tx, kind, has_folder)).await.or_fail(&req)?;
    Ok(redirect(&req, "/admin/backups", "backup-asked", ""))
}

async fn save(req: Req, form: Form) -> Answer {
    require(&req.ctx, Act::Edit).or_fail(&req)?;
    let sent = form.clone();
    match req.write(move |ctx, tx| commands::set_plan(ctx, tx, &forms::plan(&sent)?)).await {
        Ok(()) => Ok(redirect(&req, "/admin/backups", "backup-saved", "")),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show(&req, Some(filled)).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}
