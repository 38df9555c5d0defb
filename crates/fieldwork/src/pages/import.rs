//! A workbook is tried first, with every fault by its cell and what is different from the version before, and taken by the next press.

use crate::policy::{self, Act};
use crate::queries::Strangers;
use crate::sheet_view::said;
use crate::{commands, diff, queries};
use axum::http::StatusCode;
use checklist::xlsform::{Import, SheetFault};
use checklist::{Checklist, words};
use kernel::problem::Problem;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::import::Upload;
use web::{Answer, Fail, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "fieldwork/import.html")]
struct ImportPage {
    ui: Ui,
    form: Filled,
    tried: Option<Tried>,
}

struct Tried {
    file: String,
    token: String,
    faults: usize,
    /// Heading and lines: sheet, row, column, what is wrong.
    lists: [(&'static str, Vec<[String; 4]>); 2],
    /// What would be taken: name, code, version.
    taken: Option<(String, String, String)>,
    /// The version before, with what is different.
    before: Option<(String, Vec<String>)>,
    /// Standards that the scheme does not have; empty for none.
    strangers: String,
}

/// A fault with its cell, in the reader's language.
fn line(ui: &Ui, fault: &SheetFault) -> [String; 4] {
    let row = if fault.row == 0 { String::new() } else { fault.row.to_string() };
    let text = said(ui.locale(), &words::sentence(&fault.code, &fault.what, fault.at));
    [fault.sheet.clone(), row, fault.column.clone(), text]
}

pub(super) async fn page_of(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Edit).or_fail(&req)?;
    page_with(&req, StatusCode::OK, &ImportPage { ui: req.ui(), form: Filled::new(), tried: None })
}

fn refused(req: &Req, form: &Form, problem: Problem) -> Answer {
    match Filled::refused(form, &problem) {
        Some(form) => {
            let view = ImportPage { ui: req.ui(), form, tried: None };
            page_with(req, StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        None => Err(Fail::of(req, problem)),
    }
}

/// Reads a workbook off the async threads.
pub(crate) async fn read(req: &Req, bytes: std::sync::Arc<[u8]>) -> Answer<Import> {
    let work = tokio::task::spawn_blocking(move || checklist::xlsform::read(&bytes));
    work.await.map_err(Problem::internal).or_fail(req)
}

pub(super) async fn run(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Edit).or_fail(&req)?;
    let upload = match Upload::read(req.db(), &form) {
        Ok(upload) => upload,
        Err(error) => return refused(&req, &form, Problem::invalid(vec![error])),
    };
    let found = read(&req, upload.bytes.clone()).await?;
    if let (Some(model), false) = (&found.checklist, upload.dry) {
        let model = model.clone();
        let to = format!("/fieldwork/checklists/{}/{}", model.code, model.version);
        let label = model.version.clone();
        return match req.write(move |ctx, tx| commands::import(ctx, tx, model)).await {
            Ok(_) => {
                upload.forget(req.db());
                Ok(redirect(&req, &to, "checklist-imported", &label))
            }
            Err(problem) => refused(&req, &form, problem),
        };
    }
    let (before, strangers) = match &found.checklist {
        Some(model) => (difference(&req, model.clone()).await?, strangers(&req, model.clone()).await?),
        None => (None, None),
    };
    let ui = req.ui();
    let kept = upload.tried(&ui, req.db(), sheets::Report::default()).or_fail(&req)?;
    let status = if found.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let tried = Tried {
        file: kept.file,
        token: kept.token,
        faults: found.faults.len(),
        lists: [("checklist-faults-title", &found.faults), ("checklist-notes-title", &found.notes)]
            .map(|(heading, all)| (heading, all.iter().map(|f| line(&ui, f)).collect())),
        taken: found.checklist.map(|c| (said(ui.locale(), &c.title), c.code, c.version)),
        before,
        strangers: strangers.map(|of| super::edition::strangers_told(&ui, &of)).unwrap_or_default(),
    };
    page_with(&req, status, &ImportPage { form: Filled::new(), tried: Some(tried), ui })
}

/// Standards that it names and the scheme does not have.
pub(crate) async fn strangers(req: &Req, model: Checklist) -> Answer<Option<Strangers>> {
    req.read(move |_, tx| queries::strangers(tx, &model)).await.or_fail(req)
}

/// What is different from the latest version that the city has; none where it has none.
async fn difference(req: &Req, model: Checklist) -> Answer<Option<(String, Vec<String>)>> {
    let code = model.code.clone();
    let found = match req.read(move |ctx, tx| queries::editions(ctx, tx, &code)).await {
        Ok((_, editions)) => editions,
        Err(problem) if problem.status == 404 => Vec::new(),
        Err(problem) => return Err(Fail::of(req, problem)),
    };
    let latest = found.into_iter().find(|(edition, _)| edition.label != model.version);
    let ui = req.ui();
    Ok(latest.map(|(edition, _)| {
        let changes = diff::between(&edition.model.0, &model);
        (edition.label, changes.iter().map(|c| super::edition::change(&ui, c)).collect())
    }))
}
