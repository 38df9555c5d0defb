//! Setting a partner up, and changing how it is reached.

use super::partner::show_key;
use super::{act, shown};
use crate::commands;
use crate::forms::{self, Typed};
use crate::guard;
use crate::model::{Carrier, PartnerKind};
use crate::policy::{self, Act};
use crate::queries;
use axum::http::StatusCode;
use kernel::coords::Crs;
use kernel::problem::Problem;
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::{Answer, Form, Path, Req, Ui};

type Options = Vec<(String, String)>;

#[derive(askama::Template)]
#[template(path = "exchange/form.html")]
struct FormPage {
    ui: Ui,
    form: Filled,
    /// Number and version of what is changed; none for a new one.
    of: Option<(String, String)>,
    /// Whether a credential is kept already.
    kept: bool,
    kinds: Options,
    carriers: Options,
    systems: Options,
}

fn form_page(req: &Req, form: Filled, of: Option<(String, String)>, kept: bool) -> FormPage {
    let ui = req.ui();
    FormPage {
        kinds: shown::options::<PartnerKind>(&ui, "exchange-kind"),
        carriers: shown::options::<Carrier>(&ui, "exchange-carrier"),
        systems: Crs::ALL
            .iter()
            .map(|c| (c.as_str().to_owned(), ui.named("exchange-crs", c.as_str())))
            .collect(),
        form,
        of,
        kept,
        ui,
    }
}

fn typed(form: &Form) -> Typed {
    let text = |name| form.text(name).trim().to_owned();
    Typed {
        name: text("xp_name"),
        kind: text("xp_kind"),
        carrier: text("xp_carrier"),
        url: text("xp_url"),
        token: text("xp_token"),
        pulls: form.ticked("xp_pulls"),
        takes: form.ticked("xp_takes"),
        sends: form.ticked("xp_sends"),
        every: text("xp_every"),
        crs: text("xp_crs"),
    }
}

pub(super) async fn new_form(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Configure).or_fail(&req)?;
    let form = Filled::new()
        .set("xp_kind", "hotline")
        .set("xp_carrier", "http")
        .set("xp_pulls", "1")
        .set("xp_sends", "1")
        .set("xp_every", "5")
        .set("xp_crs", "gcj02");
    page(&req, &form_page(&req, form, None, false))
}

/// Answers with the key instead of a redirect: it is shown this once.
pub(super) async fn create(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Configure).or_fail(&req)?;
    let (typed, open) = (typed(&form), guard::networks(&req.city));
    let work = req.write(move |ctx, tx| {
        let draft = typed.read(&open)?;
        commands::add(ctx, tx, draft)
    });
    match work.await {
        Ok(partner) if partner.takes => show_key(&req, &partner, "exchange-added"),
        Ok(partner) => {
            Ok(redirect(&req, &format!("/exchange/partners/{}", partner.number), "exchange-saved", ""))
        }
        Err(problem) => again(&req, &form, problem, None, false),
    }
}

/// The same page again with what was typed, without the credential, and what was wrong.
fn again(req: &Req, form: &Form, problem: Problem, of: Option<(String, String)>, kept: bool) -> Answer {
    match Filled::refused(form, &problem) {
        Some(filled) => page_with(req, StatusCode::UNPROCESSABLE_ENTITY, &form_page(req, filled, of, kept)),
        None => Err(act::fail(req, problem)),
    }
}

pub(super) async fn edit_form(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::Configure).or_fail(&req)?;
    let read = req.read(move |_, tx| queries::partner(tx, &number));
    let partner = read.await.or_fail(&req)?.partner;
    let tick = |on: bool| if on { "1" } else { "" };
    let form = Filled::new()
        .set("xp_name", &partner.name)
        .set("xp_kind", kernel::workflow::Named::code(partner.kind))
        .set("xp_carrier", kernel::workflow::Named::code(partner.carrier))
        .set("xp_url", &partner.url)
        .set("xp_pulls", tick(partner.pulls))
        .set("xp_takes", tick(partner.takes))
        .set("xp_sends", tick(partner.sends))
        .set("xp_every", partner.every_minutes)
        .set("xp_crs", &partner.crs);
    let kept = !partner.token.is_empty();
    page(&req, &form_page(&req, form, Some((partner.number, partner.version.to_string())), kept))
}

pub(super) async fn change(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Configure).or_fail(&req)?;
    let version = forms::version(form.text("version")).or_fail(&req)?;
    let (typed, open) = (typed(&form), guard::networks(&req.city));
    let of = number.clone();
    let work = req.write(move |ctx, tx| {
        let draft = typed.read(&open)?;
        commands::change(ctx, tx, (&of, version), draft)
    });
    match work.await {
        Ok(_) => Ok(redirect(&req, &format!("/exchange/partners/{number}"), "exchange-saved", "")),
        Err(problem) => again(&req, &form, problem, Some((number, version.to_string())), true),
    }
}
