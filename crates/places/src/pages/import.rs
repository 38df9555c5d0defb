//! Bringing in registers: a file is tried first, its report shown row by row, and imported by the next press.

use super::shared::{self, Options as Choices};
use crate::import::{self, Options, Register};
use crate::model::SourceCrs;
use crate::units::Units;
use crate::{kept, policy, queries};
use axum::http::StatusCode;
use kernel::problem::{FieldError, Problem, Result};
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::import::{Tried, Upload};
use web::{Answer, Fail, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "places/import.html")]
struct ImportPage {
    ui: Ui,
    form: Filled,
    registers: Choices,
    systems: Choices,
    types: Choices,
    tried: Option<Tried>,
}

pub(crate) async fn page(req: Req) -> Answer {
    let form = Filled::new().set("register", "sections").set("place_crs", "cgcs2000");
    show(&req, StatusCode::OK, form, None).await
}

async fn show(req: &Req, status: StatusCode, form: Filled, tried: Option<Tried>) -> Answer {
    if !policy::may_edit(&req.ctx) {
        return Err(Fail::of(req, Problem::forbidden()));
    }
    let types = req.read(|_, tx| queries::site_types(tx)).await.or_fail(req)?;
    let ui = req.ui();
    let registers =
        Register::ALL.iter().map(|r| (r.code().to_owned(), ui.named("register", r.code()))).collect();
    let (systems, types) = (shared::systems(&ui), shared::types(&ui, &types));
    page_with(req, status, &ImportPage { ui, form, registers, systems, types, tried })
}

/// What a form asks for.
struct Asked {
    register: Register,
    crs: SourceCrs,
    default_type: Option<String>,
    upload: Upload,
}

fn asked(req: &Req, form: &Form) -> Result<Asked> {
    let mut findings = kernel::problem::Findings::default();
    let needed = |field: &'static str| FieldError::new(field, "required");
    let register = findings.take(form.choice("register").and_then(|r| r.ok_or_else(|| needed("register"))));
    let crs = findings.take(form.choice("place_crs").and_then(|c| c.ok_or_else(|| needed("place_crs"))));
    let upload = findings.take(Upload::read(req.db(), form));
    findings.done()?;
    let (Some(register), Some(crs), Some(upload)) = (register, crs, upload) else {
        return Err(Problem::internal("a form without faults lacks a field"));
    };
    let default_type = Some(form.text("default_type").to_owned()).filter(|t| !t.is_empty());
    Ok(Asked { register, crs, default_type, upload })
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
    let (register, upload) = (asked.register, asked.upload);
    let report = import::run(req.db(), &req.ctx, register, upload.bytes.clone(), options, upload.dry).await?;
    if !upload.dry {
        upload.forget(req.db());
        kept::refresh(&req.city).await?;
        let to = match register {
            Register::Sections => "/sections",
            Register::Sites => "/sites",
            Register::Divisions | Register::Grids => "/divisions",
        };
        return Ok(redirect(req, to, "places-imported", &report.accepted.to_string()));
    }
    let filled = Filled::new()
        .set("register", register.code())
        .set("place_crs", asked.crs.code())
        .set("default_type", form.text("default_type"));
    let tried = upload.tried(&req.ui(), req.db(), report)?;
    show(req, StatusCode::OK, filled, Some(tried)).await.map_err(|fail| fail.problem)
}
