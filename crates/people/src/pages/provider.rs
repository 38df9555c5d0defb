//! The identity provider: the system administrator sets it and tries it out, the other two see it.

use super::authenticators::address;
use crate::forms;
use crate::model::Passwords;
use crate::policy::{Act, POLICY};
use crate::provider::{self, Client, Step};
use crate::{ProviderRow, commands, queries};
use axum::http::StatusCode;
use kernel::problem::Problem;
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::outgoing::Outgoing;
use web::parts::Fact;
use web::{Answer, Fail, Form, Req, Ui};

/// Where the provider sends browsers back to.
pub(super) const RETURN: &str = "/sign-in/provider/return";

#[derive(askama::Template)]
#[template(path = "provider.html")]
struct ProviderPage {
    ui: Ui,
    form: Filled,
    version: i64,
    /// Whether a secret is kept, which is never shown.
    has_secret: bool,
    set: bool,
    on: bool,
    linked: i64,
    redirect: String,
    may_edit: bool,
    passwords: Vec<(String, String)>,
    facts: Vec<Fact>,
    /// What trying it out told, step by step.
    steps: Vec<Step>,
}

fn filled(row: &ProviderRow) -> Filled {
    Filled::new()
        .set("provider_issuer", &row.issuer)
        .set("provider_client", &row.client_id)
        .set("provider_label_zh", &row.label_zh)
        .set("provider_label_en", &row.label_en)
        .set("provider_claim", &row.claim)
        .set("provider_factor", &row.factor_values)
        .set("provider_passwords", row.passwords.code())
        .set("provider_on", if row.switched_on { "1" } else { "" })
}

/// The program as the provider knows it.
pub(super) fn client(req: &Req, row: &ProviderRow) -> Client {
    Client {
        id: row.client_id.clone(),
        secret: row.client_secret.as_str().to_owned(),
        redirect: format!("{}{RETURN}", address(req)),
    }
}

fn facts(ui: &Ui, row: &ProviderRow) -> Vec<Fact> {
    let factor = if row.factor_values.is_empty() { "–".to_owned() } else { row.factor_values.clone() };
    vec![
        Fact::new(ui.t("label-provider_issuer"), &row.issuer),
        Fact::new(ui.t("label-provider_client"), &row.client_id),
        Fact::new(ui.t("label-provider_claim"), &row.claim),
        Fact::new(ui.t("label-provider_factor"), factor),
        Fact::new(ui.t("label-provider_passwords"), ui.named("passwords", row.passwords.code())),
    ]
}

async fn show(req: &Req, status: StatusCode, form: Option<Filled>, steps: Vec<Step>) -> Answer {
    let (row, linked) = req
        .read(|_, tx| {
            let row = queries::provider(tx)?;
            let linked = match &row {
                Some(row) => queries::linked_count(tx, row)?,
                None => 0,
            };
            Ok((row, linked))
        })
        .await
        .or_fail(req)?;
    let ui = req.ui();
    let passwords =
        Passwords::ALL.iter().map(|p| (p.code().to_owned(), ui.named("passwords", p.code()))).collect();
    let fresh = || Filled::new().set("provider_claim", "sub").set("provider_passwords", "everybody");
    let page = ProviderPage {
        form: form.unwrap_or_else(|| row.as_ref().map_or_else(fresh, filled)),
        version: row.as_ref().map_or(0, |r| r.version),
        has_secret: row.as_ref().is_some_and(|r| !r.client_secret.is_empty()),
        set: row.is_some(),
        on: row.as_ref().is_some_and(|r| r.switched_on),
        linked,
        redirect: format!("{}{RETURN}", address(req)),
        may_edit: POLICY.somewhere(&req.ctx, Act::ConfigureSignIn),
        passwords,
        facts: row.as_ref().map(|r| facts(&ui, r)).unwrap_or_default(),
        steps,
        ui,
    };
    page_with(req, status, &page)
}

pub(super) async fn page_of(req: Req) -> Answer {
    require(&req, Act::SeeSignIn)?;
    show(&req, StatusCode::OK, None, Vec::new()).await
}

fn require(req: &Req, act: Act) -> Answer<()> {
    POLICY.somewhere(&req.ctx, act).then_some(()).ok_or_else(Problem::forbidden).or_fail(req)
}

fn outgoing(req: &Req) -> Outgoing {
    req.city.kept::<Outgoing>().map(|o| (*o).clone()).unwrap_or_default()
}

pub(super) async fn save(req: Req, form: Form) -> Answer {
    let work = async {
        let facts = forms::provider_facts(&form, &outgoing(&req))?;
        let version = forms::version(&form)?;
        req.write(move |ctx, tx| commands::configure_provider(tx, ctx, facts, version)).await
    };
    match work.await {
        Ok(_) => {
            provider::discovery::forget(&req.city);
            Ok(redirect(&req, "/admin/sign-in", "provider-saved", ""))
        }
        Err(problem) => match Filled::refused(&without_secret(&form), &problem) {
            Some(filled) => show(&req, StatusCode::UNPROCESSABLE_ENTITY, Some(filled), Vec::new()).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}

/// What was typed as a secret does not come back.
fn without_secret(form: &Form) -> Form {
    let names = [
        "provider_issuer",
        "provider_client",
        "provider_label_zh",
        "provider_label_en",
        "provider_claim",
        "provider_factor",
        "provider_passwords",
        "provider_on",
    ];
    Form::from_pairs(&names.map(|name| (name, form.text(name))))
}

/// Tries out what is saved: reads only, but from another machine.
pub(super) async fn try_it(req: Req, _form: Form) -> Answer {
    require(&req, Act::ConfigureSignIn)?;
    let row = req.read(|_, tx| queries::provider(tx)).await.or_fail(&req)?;
    let row = row.ok_or_else(|| Problem::conflict("no-provider")).or_fail(&req)?;
    let (client, outgoing) = (client(&req, &row), outgoing(&req));
    let work = super::slowly(move || provider::check(&outgoing, &row.issuer, &client));
    let steps = work.await.or_fail(&req)?;
    show(&req, StatusCode::OK, None, steps).await
}
