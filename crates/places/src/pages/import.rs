//! Bringing in registers: a file is tried first, its report shown row by row, and imported by the next press.

use super::shared::{self, Options as Choices};
use crate::import::{self, Options, Register, stash};
use crate::model::SourceCrs;
use crate::units::Units;
use crate::{kept, policy, queries};
use axum::http::StatusCode;
use kernel::problem::{FieldError, Problem, Result};
use kernel::workflow::Named;
use sheets::{Remark, Report};
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "places/import.html")]
struct ImportPage {
    ui: Ui,
    form: Filled,
    registers: Choices,
    systems: Choices,
    types: Choices,
    outcome: Option<Outcome>,
}

/// What a dry run found.
struct Outcome {
    report: Report,
    /// Heading and lines: what was refused, what was repaired.
    lists: [(&'static str, Vec<[String; 3]>); 2],
    more: usize,
    /// Gets the file back for the import itself.
    token: String,
    file: String,
}

/// Most remarks of one kind that the page shows.
const SHOWN: usize = 200;

pub(crate) async fn page(req: Req) -> Answer {
    let form = Filled::new().set("register", "sections").set("place_crs", "cgcs2000");
    show(&req, StatusCode::OK, form, None).await
}

async fn show(req: &Req, status: StatusCode, form: Filled, outcome: Option<Outcome>) -> Answer {
    if !policy::may_edit(&req.ctx) {
        return Err(Fail::of(req, Problem::forbidden()));
    }
    let types = req.read(|_, tx| queries::site_types(tx)).await.or_fail(req)?;
    let ui = req.ui();
    let registers =
        Register::ALL.iter().map(|r| (r.code().to_owned(), ui.named("register", r.code()))).collect();
    let (systems, types) = (shared::systems(&ui), shared::types(&ui, &types));
    page_with(req, status, &ImportPage { ui, form, registers, systems, types, outcome })
}

/// What a form asks for.
struct Asked {
    register: Register,
    crs: SourceCrs,
    default_type: Option<String>,
    bytes: Vec<u8>,
    name: String,
    token: String,
}

fn asked(req: &Req, form: &Form) -> Result<Asked> {
    let mut findings = kernel::problem::Findings::default();
    let needed = |field: &'static str| FieldError::new(field, "required");
    let register = findings.take(form.choice("register").and_then(|r| r.ok_or_else(|| needed("register"))));
    let crs = findings.take(form.choice("place_crs").and_then(|c| c.ok_or_else(|| needed("place_crs"))));
    let upload = form.files.iter().find(|f| f.field == "import_file");
    let token = form.text("token").to_owned();
    let file = match upload {
        Some(upload) => Some((upload.bytes.to_vec(), upload.name.clone())),
        None => stash::get(req.db(), &token).map(|bytes| (bytes, form.text("file_name").to_owned())),
    };
    let file = findings.take(file.ok_or_else(|| needed("import_file")));
    findings.done()?;
    let (Some(register), Some(crs), Some((bytes, name))) = (register, crs, file) else {
        return Err(Problem::internal("a form without faults lacks a field"));
    };
    let default_type = Some(form.text("default_type").to_owned()).filter(|t| !t.is_empty());
    Ok(Asked { register, crs, default_type, bytes, name, token })
}

pub(crate) async fn run(req: Req, form: Form) -> Answer {
    match try_run(&req, &form).await {
        Ok(answer) => Ok(answer),
        Err(problem) => {
            let filled = shared::refused(&form, problem).map_err(|p| Fail::of(&req, p))?;
            show(&req, StatusCode::UNPROCESSABLE_ENTITY, filled, None).await
        }
    }
}

async fn try_run(req: &Req, form: &Form) -> Result<axum::response::Response> {
    if !policy::may_edit(&req.ctx) {
        return Err(Problem::forbidden());
    }
    let asked = asked(req, form)?;
    let city = req.city.clone();
    let units = req.read(move |_, tx| Units::load(&city, tx)).await?;
    let options = Options { crs: asked.crs, default_type: asked.default_type, units: units.by_name() };
    let dry = form.text("act") != "import";
    let report =
        import::run(req.db(), &req.ctx, asked.register, asked.bytes.as_slice().into(), options, dry).await?;
    if !dry {
        stash::remove(req.db(), &asked.token);
        kept::refresh(&req.city).await?;
        let to = match asked.register {
            Register::Sections => "/sections",
            Register::Sites => "/sites",
            Register::Divisions | Register::Grids => "/divisions",
        };
        return Ok(redirect(req, to, "places-imported", &report.accepted.to_string()));
    }
    let token = stash::put(req.db(), &asked.bytes)?;
    let ui = req.ui();
    let outcome = Outcome {
        lists: [
            ("places-import-refused", remarks(&ui, &report.refused)),
            ("places-import-repaired", remarks(&ui, &report.repaired)),
        ],
        more: report.refused.len().saturating_sub(SHOWN) + report.repaired.len().saturating_sub(SHOWN),
        report,
        token,
        file: asked.name,
    };
    let filled = Filled::new()
        .set("register", asked.register.code())
        .set("place_crs", asked.crs.code())
        .set("default_type", form.text("default_type"));
    match show(req, StatusCode::OK, filled, Some(outcome)).await {
        Ok(answer) => Ok(answer),
        Err(fail) => Err(fail.problem),
    }
}

/// Row, column and reason in words.
fn remarks(ui: &Ui, remarks: &[Remark]) -> Vec<[String; 3]> {
    let words = |remark: &Remark| {
        let reason = ui.maybe(format!("reason-{}", remark.reason.replace('_', "-")));
        // what a command refused has the words of a form's field, or of a problem; both may want arguments we do not have
        let reason = reason.or_else(|| ui.maybe(format!("field-{}.short", remark.reason)));
        let reason = reason.or_else(|| ui.maybe(format!("field-{}", remark.reason)));
        reason
            .or_else(|| ui.maybe(format!("problem-{}", remark.reason)))
            .unwrap_or_else(|| remark.reason.clone())
    };
    let field = |remark: &Remark| match remark.field.as_str() {
        sheets::WHOLE_ROW => ui.t("places-whole-row"),
        name => ui.maybe(format!("label-{name}")).unwrap_or_else(|| name.to_owned()),
    };
    remarks.iter().take(SHOWN).map(|r| [r.row.to_string(), field(r), words(r)]).collect()
}
