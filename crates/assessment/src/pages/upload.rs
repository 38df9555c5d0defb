//! Bringing a workbook in: it is tried first, its report shown row by row, and imported by the next press.

use crate::policy::{self, Act};
use crate::rounds::import::{File, Tables, import};
use crate::rounds::model::NameKind;
use crate::rounds::reading;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use sheets::Report;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::import::{Tried, Upload};
use web::{Answer, Fail, Form, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "assessment/upload.html")]
struct UploadPage {
    ui: Ui,
    form: Filled,
    tried: Option<Tried>,
    /// The tables that were read, for the next press.
    tables: String,
}

/// Fields with the tables that come beside a workbook.
const TABLES: [(NameKind, &str); 3] =
    [(NameKind::Item, "table_items"), (NameKind::Street, "table_streets"), (NameKind::Unit, "table_units")];

fn show(req: &Req, status: StatusCode, form: Filled, tried: Option<Tried>, tables: String) -> Answer {
    page_with(req, status, &UploadPage { ui: req.ui(), form, tried, tables })
}

pub(super) async fn page_of(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Import).or_fail(&req)?;
    let form = Filled::new().set("held_on", req.ctx.now.date());
    show(&req, StatusCode::OK, form, None, String::new())
}

/// The names of the tables: files chosen now, or those that came with the trial.
fn tables(form: &Form) -> Result<Option<Tables>> {
    let mut all = Tables::new();
    for (kind, field) in TABLES {
        if let Some(file) = form.files.iter().find(|f| f.field == field) {
            let names = reading::names(file.bytes.to_vec()).map_err(|mut problem| {
                for fault in &mut problem.fields {
                    fault.field = field.into();
                }
                problem
            })?;
            all.extend(names.into_iter().map(|(code, name)| (kind, code, name)));
        }
    }
    if all.is_empty() {
        let kept: Vec<(String, String, String)> =
            serde_json::from_str(form.text("tables")).unwrap_or_default();
        for (kind, code, name) in kept {
            let kind = NameKind::parse(&kind).ok_or_else(|| Problem::field("table_items", "not-a-choice"))?;
            all.push((kind, code, name));
        }
    }
    Ok((!all.is_empty()).then_some(all))
}

fn written(tables: Option<&Tables>) -> String {
    let plain: Vec<_> =
        tables.into_iter().flatten().map(|(kind, code, name)| (kind.code(), code, name)).collect();
    if plain.is_empty() { String::new() } else { serde_json::to_string(&plain).unwrap_or_default() }
}

struct Ran {
    upload: Upload,
    report: Report,
    tables: Option<Tables>,
    /// Of the round that was kept.
    number: String,
}

/// Reads the form and imports, or tries to.
async fn ran(req: &Req, form: &Form, dry: bool) -> Result<Ran> {
    policy::require(&req.ctx, Act::Import)?;
    let upload = Upload::read(req.db(), form).map_err(|e| Problem::invalid(vec![e]))?;
    let held_on = form.date("held_on").map_err(|e| Problem::invalid(vec![e]))?;
    let tables = tables(form)?;
    let stem = upload.name.rsplit_once('.').map_or(upload.name.as_str(), |(stem, _)| stem).to_owned();
    let name = match form.text("round_name") {
        "" => stem,
        name => name.to_owned(),
    };
    let file = File {
        name,
        file_name: upload.name.clone(),
        tables: tables.clone(),
        held_on,
        again: form.ticked("round_again"),
    };
    let (ctx, bytes) = (req.ctx.clone(), upload.bytes.to_vec());
    let kept = std::sync::Arc::new(std::sync::OnceLock::new());
    let told = std::sync::Arc::clone(&kept);
    let report = web::import::run(req.db(), &req.ctx, dry, move |tx| {
        let (round, report) = import(&ctx, tx, bytes, file)?;
        // told only once
        let _ = told.set(round.number);
        Ok(report)
    })
    .await?;
    Ok(Ran { upload, report, tables, number: kept.get().cloned().unwrap_or_default() })
}

pub(super) async fn run(req: Req, form: Form) -> Answer {
    let dry = form.text("act") != "import";
    let ran = match ran(&req, &form, dry).await {
        Ok(ran) => ran,
        Err(problem) => {
            let filled = match (Filled::refused(&form, &problem), problem.code) {
                (Some(filled), _) => filled,
                // the form has a box for it
                (None, "round-known") => {
                    let known = kernel::problem::FieldError {
                        field: "import_file".into(),
                        code: "round-known",
                        args: problem.args.clone(),
                    };
                    Filled::refused(&form, &Problem::invalid(vec![known])).unwrap_or_default()
                }
                (None, _) => return Err(Fail::of(&req, problem)),
            };
            return show(
                &req,
                StatusCode::UNPROCESSABLE_ENTITY,
                filled,
                None,
                form.text("tables").to_owned(),
            );
        }
    };
    if dry {
        let tables = written(ran.tables.as_ref());
        let tried = ran.upload.tried(&req.ui(), req.db(), labelled(ran.report)).or_fail(&req)?;
        let mut filled = Filled::new();
        for field in ["round_name", "held_on", "round_again"] {
            filled = filled.set(field, form.text(field));
        }
        return show(&req, StatusCode::OK, filled, Some(tried), tables);
    }
    ran.upload.forget(req.db());
    Ok(redirect(&req, &format!("/assessment/rounds/{}", ran.number), "round-kept", &ran.number))
}

/// The report with its columns named as labels of this area.
fn labelled(mut report: Report) -> Report {
    for remark in &mut report.noted {
        remark.field = format!("round_{}", remark.field);
    }
    report
}

/// The report of a file that was tried, as a file.
pub(super) async fn report(req: Req, form: Form) -> Answer {
    let ran = ran(&req, &form, true).await.or_fail(&req)?;
    told(&req, form.text("format"), &ran.report)
}

/// A report as JSON, XLSX or CSV.
pub(super) fn told(req: &Req, format: &str, report: &Report) -> Answer {
    let ui = req.ui();
    if let Some(kind) = export::kind(format) {
        let columns = super::report::columns(&ui);
        return export::answer(req, kind, &ui.t("round-report"), &columns, super::report::cells(&ui, report));
    }
    let body = serde_json::to_vec_pretty(report).map_err(|e| Fail::of(req, Problem::internal(e)))?;
    let heads = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"report.json\""),
    ];
    Ok((heads, body).into_response())
}
