//! Bringing in a register of units: a file is tried first, its report shown row by row, and imported by the next press.

use crate::import;
use crate::policy::{Act, POLICY};
use axum::http::StatusCode;
use kernel::problem::{Problem, Result};
use web::error::{page_with, redirect};
use web::form::Filled;
use web::import::{Tried, Upload};
use web::{Answer, Fail, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "units_import.html")]
struct ImportPage {
    ui: Ui,
    form: Filled,
    tried: Option<Tried>,
}

fn allowed(req: &Req) -> Result<()> {
    POLICY.somewhere(&req.ctx, Act::EditUnits).then_some(()).ok_or_else(Problem::forbidden)
}

pub(super) async fn page(req: Req) -> Answer {
    show(&req, StatusCode::OK, Filled::new(), None)
}

fn show(req: &Req, status: StatusCode, form: Filled, tried: Option<Tried>) -> Answer {
    allowed(req).map_err(|problem| Fail::of(req, problem))?;
    page_with(req, status, &ImportPage { ui: req.ui(), form, tried })
}

pub(super) async fn run(req: Req, form: Form) -> Answer {
    match try_run(&req, &form).await {
        Ok((accepted, None)) => Ok(redirect(&req, "/units", "units-imported", &accepted.to_string())),
        Ok((_, tried)) => show(&req, StatusCode::OK, Filled::new(), tried),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show(&req, StatusCode::UNPROCESSABLE_ENTITY, filled, None),
            None => Err(Fail::of(&req, problem)),
        },
    }
}

/// How many rows went in, or would; and after a dry run what it told.
async fn try_run(req: &Req, form: &Form) -> Result<(u64, Option<Tried>)> {
    allowed(req)?;
    let upload = Upload::read(req.db(), form).map_err(|e| Problem::invalid(vec![e]))?;
    let report = import::run(req.db(), &req.ctx, upload.bytes.clone(), upload.dry).await?;
    let accepted = report.accepted;
    if upload.dry {
        return Ok((accepted, Some(upload.tried(&req.ui(), req.db(), report)?)));
    }
    upload.forget(req.db());
    Ok((accepted, None))
}
