//! Bringing in a register: a file is tried first, its report shown row by row, and imported by the next press.

use super::shared;
use crate::{import, policy};
use axum::http::StatusCode;
use kernel::problem::{Problem, Result};
use places::import::stash;
use sheets::{Remark, Report};
use web::error::{page_with, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "streets/import.html")]
struct ImportPage {
    ui: Ui,
    form: Filled,
    outcome: Option<Outcome>,
}

/// What a dry run found.
struct Outcome {
    report: Report,
    /// Heading and lines: what was refused, what was adjusted.
    remarks: [(&'static str, Vec<[String; 3]>); 2],
    more: usize,
    /// Gets the file back for the import itself.
    token: String,
    file: String,
}

/// Most remarks of one kind that the page shows.
const SHOWN: usize = 200;

pub(super) async fn page(req: Req) -> Answer {
    show(&req, StatusCode::OK, Filled::new(), None)
}

fn show(req: &Req, status: StatusCode, form: Filled, outcome: Option<Outcome>) -> Answer {
    if !policy::may_edit(&req.ctx) {
        return Err(Fail::of(req, Problem::forbidden()));
    }
    page_with(req, status, &ImportPage { ui: req.ui(), form, outcome })
}

pub(super) async fn run(req: Req, form: Form) -> Answer {
    match try_run(&req, &form).await {
        Ok(None) => {
            let token = form.text("token");
            stash::remove(req.db(), token);
            Ok(redirect(&req, "/streets", "streets-imported", ""))
        }
        Ok(Some(outcome)) => show(&req, StatusCode::OK, Filled::new(), Some(outcome)),
        Err(problem) => {
            let filled = shared::refused(&req, &form, problem)?;
            show(&req, StatusCode::UNPROCESSABLE_ENTITY, filled, None)
        }
    }
}

/// The report of a dry run; none after the import itself.
async fn try_run(req: &Req, form: &Form) -> Result<Option<Outcome>> {
    if !policy::may_edit(&req.ctx) {
        return Err(Problem::forbidden());
    }
    let upload = form.files.iter().find(|f| f.field == "import_file");
    let (bytes, file) = match upload {
        Some(upload) => (upload.bytes.to_vec(), upload.name.clone()),
        None => {
            let kept = stash::get(req.db(), form.text("token"));
            (
                kept.ok_or_else(|| Problem::field("import_file", "required"))?,
                form.text("file_name").to_owned(),
            )
        }
    };
    let dry = form.text("act") != "import";
    let report = import::run(req.db(), &req.ctx, bytes.as_slice().into(), dry).await?;
    if !dry {
        return Ok(None);
    }
    let (ui, token) = (req.ui(), stash::put(req.db(), &bytes)?);
    Ok(Some(Outcome {
        remarks: [
            ("places-import-refused", remarks(&ui, &report.refused)),
            ("places-import-repaired", remarks(&ui, &report.repaired)),
        ],
        more: report.refused.len().saturating_sub(SHOWN) + report.repaired.len().saturating_sub(SHOWN),
        report,
        token,
        file,
    }))
}

/// Row, column and reason in words.
fn remarks(ui: &Ui, remarks: &[Remark]) -> Vec<[String; 3]> {
    let reason = |code: &str| {
        let keys = [
            format!("reason-{}", code.replace('_', "-")),
            format!("field-{code}.short"),
            format!("field-{code}"),
        ];
        let found = keys.iter().find_map(|key| ui.maybe(key)).or_else(|| ui.maybe(format!("problem-{code}")));
        found.unwrap_or_else(|| code.to_owned())
    };
    let field = |name: &str| match name {
        sheets::WHOLE_ROW => ui.t("places-whole-row"),
        name => ui.maybe(format!("label-{name}")).unwrap_or_else(|| name.to_owned()),
    };
    remarks.iter().take(SHOWN).map(|r| [r.row.to_string(), field(&r.field), reason(&r.reason)]).collect()
}
