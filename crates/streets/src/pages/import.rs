//! Bringing in a register: a file is tried first, its report shown row by row, and imported by the next press.

use super::shared;
use crate::{import, policy};
use axum::http::StatusCode;
use kernel::problem::{Problem, Result};
use web::error::{page_with, redirect};
use web::form::Filled;
use web::import::{Tried, Upload};
use web::{Answer, Fail, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "streets/import.html")]
struct ImportPage {
    ui: Ui,
    form: Filled,
    tried: Option<Tried>,
}

pub(super) async fn page(req: Req) -> Answer {
    show(&req, StatusCode::OK, Filled::new(), None)
}

fn show(req: &Req, status: StatusCode, form: Filled, tried: Option<Tried>) -> Answer {
    if !policy::may_edit(&req.ctx) {
        return Err(Fail::of(req, Problem::forbidden()));
    }
    page_with(req, status, &ImportPage { ui: req.ui(), form, tried })
}

pub(super) async fn run(req: Req, form: Form) -> Answer {
    match try_run(&req, &form).await {
        Ok(None) => Ok(redirect(&req, "/streets", "streets-imported", "")),
        Ok(Some(tried)) => show(&req, StatusCode::OK, Filled::new(), Some(tried)),
        Err(problem) => {
            let filled = shared::refused(&req, &form, problem)?;
            show(&req, StatusCode::UNPROCESSABLE_ENTITY, filled, None)
        }
    }
}

/// What a dry run told; nothing after the import itself.
async fn try_run(req: &Req, form: &Form) -> Result<Option<Tried>> {
    if !policy::may_edit(&req.ctx) {
        return Err(Problem::forbidden());
    }
    let upload = Upload::read(req.db(), form).map_err(|e| Problem::invalid(vec![e]))?;
    let report = import::run(req.db(), &req.ctx, upload.bytes.clone(), upload.dry).await?;
    if upload.dry {
        return upload.tried(&req.ui(), req.db(), report).map(Some);
    }
    upload.forget(req.db());
    Ok(None)
}
