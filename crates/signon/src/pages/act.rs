//! What can be done with a program, each as a resource of its own, and the page that shows a secret once.

use crate::commands;
use crate::forms;
use crate::model::Program;
use crate::policy::{self, Act};
use crate::queries;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use web::error::{OrFail, page, redirect};
use web::{Answer, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "signon/act.html")]
struct ActPage {
    ui: Ui,
    /// The title is the text `key`, what it does its `.lead`, the button its `.button`.
    key: &'static str,
    /// Last part of the address that the form goes to.
    to: &'static str,
    danger: bool,
    program: Program,
}

#[derive(askama::Template)]
#[template(path = "signon/secret.html")]
struct SecretPage {
    ui: Ui,
    title: String,
    lead: String,
    secret: String,
    number: String,
    issuer: String,
}

pub(super) fn at(number: &str) -> String {
    format!("/admin/programs/{number}")
}

async fn ask(
    req: &Req,
    act: Act,
    number: String,
    (key, to, danger): (&'static str, &'static str, bool),
) -> Answer {
    policy::require(&req.ctx, act).or_fail(req)?;
    let program = req.read(move |_, tx| queries::program(tx, &number)).await.or_fail(req)?;
    page(req, &ActPage { ui: req.ui(), key, to, danger, program })
}

/// Runs a command on the version that the form has seen.
async fn command<T: Send + 'static>(
    req: &Req,
    form: &Form,
    number: &str,
    work: impl FnOnce(&Ctx, &mut Tx<'_>, (&str, i64)) -> Result<T> + Send + 'static,
) -> Result<T> {
    let (number, version) = (number.to_owned(), forms::version(form.text("version"))?);
    req.write(move |ctx, tx| work(ctx, tx, (&number, version))).await
}

pub(super) async fn secret_form(req: Req, Path(number): Path<String>) -> Answer {
    ask(&req, Act::Keep, number, ("signon-renew", "secret", false)).await
}

/// Answers with the secret instead of a redirect: it is shown this once.
pub(super) async fn secret(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (program, secret) = command(&req, &form, &number, commands::renew_secret).await.or_fail(&req)?;
    show_secret(&req, &program, secret, "signon-secret-renewed")
}

pub(super) fn show_secret(req: &Req, program: &Program, secret: String, key: &str) -> Answer {
    let ui = req.ui();
    let (title, lead) = (ui.t(key), ui.t(format!("{key}.lead")));
    let issuer = crate::api::issuer(&req.app).to_owned();
    page(req, &SecretPage { ui, title, lead, secret, number: program.number.clone(), issuer })
}

pub(super) async fn stop_form(req: Req, Path(number): Path<String>) -> Answer {
    ask(&req, Act::Stop, number, ("signon-stop", "stop", true)).await
}

pub(super) async fn stop(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    command(&req, &form, &number, commands::stop).await.or_fail(&req)?;
    Ok(redirect(&req, &at(&number), "signon-stopped", ""))
}

pub(super) async fn resume(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    command(&req, &form, &number, commands::resume).await.or_fail(&req)?;
    Ok(redirect(&req, &at(&number), "signon-resumed", ""))
}

pub(super) async fn remove_form(req: Req, Path(number): Path<String>) -> Answer {
    ask(&req, Act::Stop, number, ("signon-remove", "removal", true)).await
}

pub(super) async fn remove(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    command(&req, &form, &number, commands::remove).await.or_fail(&req)?;
    Ok(redirect(&req, "/admin/programs", "signon-removed", &number))
}
