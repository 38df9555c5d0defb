//! What can be done with an endpoint, each as a resource of its own.

use super::act::{ActPage, SecretPage};
use crate::commands;
use crate::forms;
use crate::model::Endpoint;
use crate::policy::{self, Act};
use crate::{queries, sign};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use web::error::{OrFail, page, redirect};
use web::{Answer, Form, Path, Req};

fn at(number: &str) -> String {
    format!("/admin/webhooks/{number}")
}

/// Loads what a form is about, for those who may send it.
async fn subject(req: &Req, act: Act, number: String) -> Answer<Endpoint> {
    policy::require(&req.ctx, act).or_fail(req)?;
    Ok(req.read(move |_, tx| queries::endpoint(tx, &number)).await.or_fail(req)?.endpoint)
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

fn about(req: &Req, key: &'static str, to: &'static str, endpoint: &Endpoint) -> ActPage {
    ActPage::new(req, key, to, (&endpoint.number, &endpoint.name)).version(endpoint.version)
}

pub(super) async fn secret_form(req: Req, Path(number): Path<String>) -> Answer {
    let endpoint = subject(&req, Act::Keep, number).await?;
    about(&req, "hook-renew", "secret", &endpoint).show(&req)
}

/// Answers with the secret instead of a redirect: it is shown this once.
pub(super) async fn secret(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let done = command(&req, &form, &number, commands::renew_secret).await.or_fail(&req)?;
    show_secret(&req, &done, "hook-secret-renewed")
}

/// The secret that holds now, once.
pub(super) fn show_secret(req: &Req, endpoint: &Endpoint, key: &str) -> Answer {
    let ui = req.ui();
    let secret = sign::secret(req.db().secrets(), endpoint.id, &endpoint.nonce);
    let (title, lead) = (ui.t(key), ui.t(format!("{key}.lead")));
    page(req, &SecretPage { ui, title, lead, secret, number: endpoint.number.clone() })
}

pub(super) async fn ping(req: Req, Path(number): Path<String>, _form: Form) -> Answer {
    let (of, city) = (number.clone(), req.city.clone());
    let message = req.write(move |ctx, tx| commands::ping(ctx, tx, &city, &of)).await.or_fail(&req)?;
    Ok(redirect(&req, &format!("{}/deliveries/{message}", at(&number)), "hook-pinged", ""))
}

pub(super) async fn pause(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    command(&req, &form, &number, commands::pause).await.or_fail(&req)?;
    Ok(redirect(&req, &at(&number), "hook-paused", ""))
}

pub(super) async fn resume_form(req: Req, Path(number): Path<String>) -> Answer {
    let endpoint = subject(&req, Act::Keep, number).await?;
    about(&req, "hook-resume", "resumption", &endpoint).field("hook_from_now", "tick").show(&req)
}

pub(super) async fn resume(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let from_now = form.ticked("hook_from_now");
    let work = move |ctx: &Ctx, tx: &mut Tx<'_>, seen: (&str, i64)| commands::resume(ctx, tx, seen, from_now);
    command(&req, &form, &number, work).await.or_fail(&req)?;
    Ok(redirect(&req, &at(&number), "hook-resumed", ""))
}

pub(super) async fn remove_form(req: Req, Path(number): Path<String>) -> Answer {
    let endpoint = subject(&req, Act::Stop, number).await?;
    about(&req, "hook-remove", "removal", &endpoint).danger().show(&req)
}

pub(super) async fn remove(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    command(&req, &form, &number, commands::remove).await.or_fail(&req)?;
    Ok(redirect(&req, "/admin/webhooks", "hook-removed", &number))
}

fn span_page(req: &Req, endpoint: &Endpoint) -> ActPage {
    about(req, "hook-span", "replays", endpoint)
        .field("hook_from", "datetime-local")
        .field("hook_until", "datetime-local")
}

pub(super) async fn span_form(req: Req, Path(number): Path<String>) -> Answer {
    let endpoint = subject(&req, Act::Keep, number).await?;
    span_page(&req, &endpoint).show(&req)
}

pub(super) async fn span(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let endpoint = subject(&req, Act::Keep, number.clone()).await?;
    let moment = |name: &'static str| {
        let typed = form.moment(name).map_err(|e| Problem::invalid(vec![e]))?;
        typed.ok_or_else(|| Problem::field(name, "required"))
    };
    let work = async {
        let (from, until, of) = (moment("hook_from")?, moment("hook_until")?, number.clone());
        req.write(move |ctx, tx| commands::replay_span(ctx, tx, &of, from, until)).await
    };
    match work.await {
        Ok(()) => Ok(redirect(&req, &at(&number), "hook-span-replayed", "")),
        Err(problem) => span_page(&req, &endpoint).again(&req, &form, problem),
    }
}
