//! A table becomes the tree of a draft: tried first, then brought in.

use crate::policy::{self, Act};
use crate::scheme::queries;
use crate::scheme::{commands, forms, sheet};
use axum::http::StatusCode;
use kernel::problem::{FieldError, Problem, Result};
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::import::{Tried, Upload};
use web::{Answer, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "assessment/scheme/import.html")]
struct ImportPage {
    ui: Ui,
    form: Filled,
    base: String,
    action: String,
    number: String,
    name: String,
    tried: Option<Tried>,
}

async fn show(req: &Req, number: String, status: StatusCode, form: Filled, tried: Option<Tried>) -> Answer {
    policy::require(&req.ctx, Act::EditScheme).or_fail(req)?;
    let full = req.read(move |ctx, tx| queries::full(ctx, tx, &number)).await.or_fail(req)?;
    let base = format!("/assessment/schemes/{}", full.scheme.number);
    let view = ImportPage {
        ui: req.ui(),
        form,
        action: format!("{base}/import"),
        base,
        number: full.scheme.number,
        name: full.scheme.name,
        tried,
    };
    page_with(req, status, &view)
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    show(&req, number, StatusCode::OK, Filled::new(), None).await
}

/// What a trial told; nothing after the import itself.
async fn ran(req: &Req, number: &str, form: &Form) -> Result<Option<Tried>> {
    policy::require(&req.ctx, Act::EditScheme)?;
    let upload = Upload::read(req.db(), form).map_err(|e| Problem::invalid(vec![e]))?;
    let (bytes, of, ctx, dry) = (upload.bytes.to_vec(), number.to_owned(), req.ctx.clone(), upload.dry);
    let report = web::import::run(req.db(), &req.ctx, dry, move |tx| {
        let (lines, report) = sheet::read(bytes)?;
        let refused = report.refused_rows();
        if refused == 0 {
            commands::fill(&ctx, tx, &of, lines)?;
        } else if !dry {
            // half a tree is none
            let fault = FieldError::new("import_file", "rows-refused").arg("count", refused);
            return Err(Problem::invalid(vec![fault]));
        }
        Ok(report)
    })
    .await?;
    if dry {
        return upload.tried(&req.ui(), req.db(), report).map(Some);
    }
    upload.forget(req.db());
    Ok(None)
}

pub(super) async fn run(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    match ran(&req, &number, &form).await {
        Ok(None) => Ok(redirect(&req, &format!("/assessment/schemes/{number}"), "scheme-filled", &number)),
        Ok(Some(tried)) => show(&req, number, StatusCode::OK, Filled::new(), Some(tried)).await,
        Err(problem) => {
            let filled = forms::refused(&req, &form, problem)?;
            show(&req, number, StatusCode::UNPROCESSABLE_ENTITY, filled, None).await
        }
    }
}
