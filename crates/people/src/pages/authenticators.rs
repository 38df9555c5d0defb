//! One's own passkeys and security keys: registered by the page's script, removed by a form.

use super::act::{ActPage, Field, OncePage};
use super::own_password::checked;
use super::second_factor;
use super::visitor::From;
use crate::model::Authenticator;
use crate::{commands, passkeys, queries};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use web::error::{OrFail, page, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Path, Req};
use webauthn_rs::Webauthn;

/// Where people reach the program: what authenticators are bound to, and where the provider sends browsers back to.
pub(super) fn address(req: &Req) -> String {
    let base = &req.app.settings().base_url;
    if base.is_empty() { "http://localhost".to_owned() } else { base.clone() }
}

/// The site, if browsers allow authenticators on it.
pub(super) fn site(req: &Req) -> Result<Webauthn> {
    passkeys::site(&address(req), &req.city.name())
}

/// The token of the session, to which challenges are bound. A program with a key has none, and no finger either.
pub(super) fn own_session(req: &Req) -> Result<String> {
    req.session.clone().filter(|_| req.signed_in().is_ok()).ok_or_else(Problem::forbidden)
}

/// What the script put into the form. Without script there is nothing, and another way is named.
pub(super) fn answer_text(form: &Form) -> Result<String> {
    match form.text("authenticator_answer") {
        "" => Err(Problem::new(422, "authenticator-script")),
        text => Ok(text.to_owned()),
    }
}

/// What the browser is to ask the authenticator: JSON for the page's script.
pub(super) async fn challenge(req: Req, _form: Form) -> Answer {
    let work = async {
        let (site, session) = (site(&req)?, own_session(&req)?);
        req.write(move |ctx, tx| commands::ask_to_register(tx, ctx, &site, &session)).await
    };
    let options = work.await.or_fail(&req)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], options).into_response())
}

pub(super) async fn register(req: Req, form: Form) -> Answer {
    let work = async {
        let (site, session) = (site(&req)?, own_session(&req)?);
        let name = form.required("authenticator_name", 40).map_err(|e| Problem::invalid(vec![e]))?;
        let text = answer_text(&form)?;
        let state = req.write(move |ctx, tx| commands::take_registration(tx, ctx, &session)).await?;
        let refused = |fault| {
            Problem::new(422, "authenticator-refused").arg("fault", format!("authenticator-fault-{fault}"))
        };
        let state = state.ok_or_else(|| refused("challenge"))?;
        let passkey = passkeys::registered(&site, &state, &text).map_err(refused)?;
        let secrets = req.db().secrets().clone();
        req.write(move |ctx, tx| commands::add_authenticator(tx, ctx, &secrets, &name, &passkey)).await
    };
    match work.await {
        Ok(lines) if lines.is_empty() => Ok(redirect(&req, "/me/second-factor", "authenticator-added", "")),
        Ok(lines) => {
            let ui = req.ui();
            let (title, lead) = (ui.t("me-codes"), ui.t("me-codes.lead"));
            page(&req, &OncePage { ui, title, lead, lines, back: "/me/second-factor".to_owned() })
        }
        Err(problem) if matches!(problem.status, 409 | 422) => match Filled::refused(&form, &problem) {
            Some(filled) => second_factor::show(&req, StatusCode::UNPROCESSABLE_ENTITY, filled, None).await,
            None => {
                let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::CONFLICT);
                second_factor::show(&req, status, Filled::new(), Some(problem)).await
            }
        },
        Err(problem) => Err(Fail::of(&req, problem)),
    }
}

fn removal_page(req: &Req, id: Id<Authenticator>, name: &str) -> ActPage {
    let fields = vec![Field::password("old_password", "current-password")];
    let up = ("/me/second-factor".to_owned(), req.ui().t("me-factor"));
    let post = format!("/me/authenticators/{id}/removal");
    ActPage::new(req, "me-authenticator-remove", name, up, post, fields).danger()
}

async fn name_of(req: &Req, id: Id<Authenticator>) -> Result<String> {
    let person = req.ctx.person().ok_or_else(Problem::sign_in)?;
    let mine = req.read(move |_, tx| queries::authenticators(tx, person)).await?;
    mine.into_iter().find(|a| a.id == id).map(|a| a.name).ok_or_else(Problem::not_found)
}

pub(super) async fn removal_form(req: Req, Path(id): Path<Id<Authenticator>>) -> Answer {
    let name = name_of(&req, id).await.or_fail(&req)?;
    removal_page(&req, id, &name).show(&req)
}

pub(super) async fn remove(req: Req, from: From, Path(id): Path<Id<Authenticator>>, form: Form) -> Answer {
    let name = name_of(&req, id).await.or_fail(&req)?;
    let work = async {
        let old_hash = checked(&req, &form, from).await?;
        req.write(move |ctx, tx| commands::remove_authenticator(tx, ctx, id, &old_hash)).await
    };
    match work.await {
        Ok(row) => Ok(redirect(&req, "/me/second-factor", "authenticator-removed", &row.name)),
        Err(problem) => removal_page(&req, id, &name).again(&req, &form, problem),
    }
}
