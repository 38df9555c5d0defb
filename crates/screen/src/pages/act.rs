//! Renewing a display's address and revoking it: short forms; and the page that shows an address once.

use crate::commands;
use crate::forms;
use crate::model::Display;
use crate::policy::{self, Act};
use crate::queries;
use web::error::{OrFail, page, redirect};
use web::{Answer, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "screen/act.html")]
struct ActPage {
    ui: Ui,
    /// The title is the text `key`, what it does its `.lead`, the button its `.button`.
    key: &'static str,
    number: String,
    name: String,
    version: i64,
    /// Last part of the address that the form goes to.
    to: &'static str,
    danger: bool,
}

#[derive(askama::Template)]
#[template(path = "screen/address.html")]
struct AddressPage {
    ui: Ui,
    title: String,
    lead: String,
    address: String,
    number: String,
}

async fn form(req: Req, number: String, key: &'static str, to: &'static str, danger: bool) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let display = req.read(move |_, tx| queries::display(tx, &number)).await.or_fail(&req)?;
    let Display { number, name, version, .. } = display;
    page(&req, &ActPage { ui: req.ui(), key, number, name, version, to, danger })
}

/// The address with its word, once.
pub(super) fn show_address(req: &Req, display: &Display, word: &str, key: &str) -> Answer {
    let ui = req.ui();
    let address = format!("{}/screen/d/{word}", ui.base_url());
    let (title, lead) = (ui.t(key), ui.t(format!("{key}.lead")));
    page(req, &AddressPage { ui, title, lead, address, number: display.number.clone() })
}

pub(super) async fn renew_form(req: Req, Path(number): Path<String>) -> Answer {
    form(req, number, "display-renew", "address", false).await
}

/// Answers with the address instead of a redirect: it is shown this once.
pub(super) async fn renew(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let version = forms::version(form.text("version")).or_fail(&req)?;
    let work = req.write(move |ctx, tx| commands::renew(ctx, tx, (&number, version)));
    let (display, word) = work.await.or_fail(&req)?;
    show_address(&req, &display, &word, "display-renewed")
}

pub(super) async fn revoke_form(req: Req, Path(number): Path<String>) -> Answer {
    form(req, number, "display-revoke", "revocation", true).await
}

pub(super) async fn revoke(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let version = forms::version(form.text("version")).or_fail(&req)?;
    let work = req.write(move |ctx, tx| commands::revoke(ctx, tx, (&number, version)));
    let display = work.await.or_fail(&req)?;
    Ok(redirect(&req, &format!("/admin/screens/{}", display.number), "display-revoked-now", &display.number))
}
