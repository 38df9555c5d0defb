//! Entering a program, and changing it.

use super::act;
use crate::commands;
use crate::forms::{self, Typed};
use crate::model::Scope;
use crate::policy::{self, Act};
use crate::queries;
use axum::http::StatusCode;
use kernel::problem::Problem;
use kernel::workflow::Named;
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "signon/form.html")]
struct FormPage {
    ui: Ui,
    form: Filled,
    /// Number and version of what is changed; none for a new one.
    of: Option<(String, String)>,
    scopes: Vec<(String, String)>,
}

fn form_page(req: &Req, form: Filled, of: Option<(String, String)>) -> FormPage {
    let ui = req.ui();
    let scopes =
        <Scope as Named>::ALL.iter().map(|s| (s.code().to_owned(), ui.named("signon-learns", s.code())));
    FormPage { scopes: scopes.collect(), ui, form, of }
}

pub(super) async fn new_form(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    page(&req, &form_page(&req, Filled::new().set("signon_scopes", "profile"), None))
}

/// Answers with the secret instead of a redirect: it is shown this once.
pub(super) async fn create(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let typed = Typed::of(&form);
    match req.write(move |ctx, tx| commands::add(ctx, tx, typed.read()?)).await {
        Ok((program, Some(secret))) => act::show_secret(&req, &program, secret, "signon-added"),
        Ok((program, None)) => Ok(redirect(&req, &act::at(&program.number), "signon-saved", "")),
        Err(problem) => again(&req, &form, problem, None),
    }
}

fn again(req: &Req, form: &Form, problem: Problem, of: Option<(String, String)>) -> Answer {
    match Filled::refused(form, &problem) {
        Some(filled) => page_with(req, StatusCode::UNPROCESSABLE_ENTITY, &form_page(req, filled, of)),
        None => Err(Fail::of(req, problem)),
    }
}

pub(super) async fn edit_form(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let program = req.read(move |_, tx| queries::program(tx, &number)).await.or_fail(&req)?;
    let form = forms::filled(&program);
    let of = (program.number, program.version.to_string());
    page(&req, &form_page(&req, form, Some(of)))
}

pub(super) async fn change(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let version = forms::version(form.text("version")).or_fail(&req)?;
    let (typed, of) = (Typed::of(&form), number.clone());
    match req.write(move |ctx, tx| commands::change(ctx, tx, (&of, version), typed.read()?)).await {
        Ok(_) => Ok(redirect(&req, &act::at(&number), "signon-saved", "")),
        Err(problem) => again(&req, &form, problem, Some((number, version.to_string()))),
    }
}
