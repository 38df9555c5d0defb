//! Checklists, and which type of point each is for; the versions of one.

use crate::model::Sheet;
use crate::policy::{self, Act};
use crate::sheet_view::said;
use crate::{commands, queries};
use axum::http::StatusCode;
use kernel::problem::Problem;
use kernel::workflow::Named;
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "fieldwork/sheets.html")]
struct SheetsPage {
    ui: Ui,
    form: Filled,
    rows: Vec<Row>,
    /// Types of point, each with what its checklist is called.
    types: Vec<(String, String)>,
    sheets: Vec<(String, String)>,
    without: Vec<String>,
    may_edit: bool,
}

struct Row {
    code: String,
    name: String,
    in_use: String,
    since: String,
    types: Vec<String>,
    versions: usize,
}

pub(super) async fn page_of(req: Req) -> Answer {
    show(&req, StatusCode::OK, Filled::new()).await
}

async fn show(req: &Req, status: StatusCode, form: Filled) -> Answer {
    policy::somewhere(&req.ctx, Act::See).or_fail(req)?;
    let read = req.read(|ctx, tx| Ok((queries::sheets(ctx, tx)?, queries::types(ctx, tx)?)));
    let (found, kinds) = read.await.or_fail(req)?;
    let ui = req.ui();
    let locale = ui.locale();
    let rows = found.iter().map(|l| Row {
        code: l.sheet.code.clone(),
        name: l.sheet.name(locale).to_owned(),
        in_use: l.in_use.as_ref().map(|e| e.label.clone()).unwrap_or_default(),
        since: l.in_use.as_ref().and_then(|e| e.published_at).map(|at| ui.short(&at)).unwrap_or_default(),
        types: l.types.iter().map(|t| t.name(locale).to_owned()).collect(),
        versions: l.versions,
    });
    let rows: Vec<Row> = rows.collect();
    let named = |code: &str| rows.iter().find(|r| r.code == code).map(|r| r.name.clone()).unwrap_or_default();
    let types = kinds.iter().map(|(t, code)| {
        let of = code.as_deref().map(|code| format!(" · {}", named(code))).unwrap_or_default();
        (t.code.clone(), format!("{}{of}", t.name(locale)))
    });
    let view = SheetsPage {
        types: types.collect(),
        without: kinds.iter().filter(|(_, c)| c.is_none()).map(|(t, _)| t.name(locale).to_owned()).collect(),
        sheets: found.iter().map(|l| (l.sheet.code.clone(), l.sheet.name(locale).to_owned())).collect(),
        may_edit: policy::may(&req.ctx, Act::Edit),
        rows,
        form,
        ui,
    };
    page_with(req, status, &view)
}

pub(super) async fn assign(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Edit).or_fail(&req)?;
    let (kind, code) = (form.text("field_type").to_owned(), form.text("field_sheet").to_owned());
    let write = req.write(move |ctx, tx| {
        commands::assign(ctx, tx, &kind, Some(code.as_str()).filter(|code| !code.is_empty()))
    });
    match write.await {
        Ok(()) => Ok(redirect(&req, "/fieldwork/checklists", "checklist-assigned", "")),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show(&req, StatusCode::UNPROCESSABLE_ENTITY, filled).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}

#[derive(askama::Template)]
#[template(path = "fieldwork/sheet.html")]
struct SheetPage {
    ui: Ui,
    sheet: Sheet,
    name: String,
    rows: Vec<VersionRow>,
    may_edit: bool,
}

struct VersionRow {
    label: String,
    title: String,
    state: (&'static str, String),
    by: String,
    at: String,
    answers: i64,
}

pub(super) async fn one(req: Req, Path(code): Path<String>) -> Answer {
    policy::somewhere(&req.ctx, Act::See).or_fail(&req)?;
    let read = req.read(move |ctx, tx| queries::editions(ctx, tx, &code));
    let (sheet, found) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let rows = found.iter().map(|(e, answers)| VersionRow {
        label: e.label.clone(),
        title: said(ui.locale(), &e.model.0.title),
        state: (super::edition::mood(e.state), ui.named("checklist-state", e.state.code())),
        by: if e.published_by.is_empty() { e.created_by.clone() } else { e.published_by.clone() },
        at: ui.short(&e.published_at.unwrap_or(e.created_at)),
        answers: *answers,
    });
    let view = SheetPage {
        rows: rows.collect(),
        name: sheet.name(ui.locale()).to_owned(),
        may_edit: policy::may(&req.ctx, Act::Edit),
        sheet,
        ui,
    };
    page(&req, &view)
}

pub(super) async fn automatic(req: Req, Path(code): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Edit).or_fail(&req)?;
    let version: i64 = form.text("version").parse().map_err(|_| Problem::stale()).or_fail(&req)?;
    let (of, on) = (code.clone(), form.ticked("field_automatic"));
    let write = req.write(move |ctx, tx| commands::set_automatic(ctx, tx, (&of, version), on));
    write.await.or_fail(&req)?;
    Ok(redirect(&req, &format!("/fieldwork/checklists/{code}"), "checklist-saved", &code))
}
