//! One's own second factor.

use super::act::{ActPage, Field, OncePage};
use super::authenticators;
use super::own_password::checked;
use super::visitor::From;
use crate::model::Factor;
use crate::recognise::Owed;
use crate::{AuthenticatorRow, commands, queries, totp};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use kernel::problem::Problem;
use web::error::{OrFail, page, page_with, problem_texts, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "second_factor.html")]
struct FactorPage {
    ui: Ui,
    factor: Factor,
    /// The administrators' roles rest until it is on.
    owed: bool,
    qr: String,
    key: String,
    codes_left: i64,
    authenticators: Vec<AuthenticatorRow>,
    /// Whether browsers allow authenticators at this address.
    usable: bool,
    /// What was refused as a whole, and what to do about it.
    refused: (String, String),
    form: Filled,
}

pub(super) async fn show(req: &Req, status: StatusCode, form: Filled, problem: Option<Problem>) -> Answer {
    let person = req.ctx.person().ok_or_else(Problem::sign_in).or_fail(req)?;
    let token = req.session.clone().unwrap_or_default();
    let (account, proofs, owed, authenticators) = req
        .read(move |_, tx| {
            let account = queries::person(tx, person)?.ok_or_else(Problem::sign_in)?;
            let owed = queries::owed_in(tx, person, &token)?;
            Ok((account, queries::proofs(tx, person)?, owed, queries::authenticators(tx, person)?))
        })
        .await
        .or_fail(req)?;
    let (mut qr, mut key) = (String::new(), String::new());
    if proofs.factor == Factor::Pending {
        let bytes = totp::key(req.db().secrets(), person, &proofs.factor_nonce);
        qr = totp::qr(&totp::address(&bytes, &format!("创城 {}", req.city.name()), &account.login));
        key = totp::base32(&bytes);
    }
    let ui = req.ui();
    let refused = problem.map(|p| problem_texts(&ui, &p)).unwrap_or_default();
    let page = FactorPage {
        factor: proofs.factor,
        owed: owed == Owed::SecondFactor,
        qr,
        key,
        codes_left: proofs.recovery_codes,
        authenticators,
        usable: authenticators::site(req).is_ok(),
        refused,
        form,
        ui,
    };
    page_with(req, status, &page)
}

pub(super) async fn page_of(req: Req) -> Answer {
    show(&req, StatusCode::OK, Filled::new(), None).await
}

pub(super) async fn begin(req: Req, _form: Form) -> Answer {
    req.write(|ctx, tx| commands::begin_second_factor(tx, ctx)).await.or_fail(&req)?;
    Ok(Redirect::to("/me/second-factor").into_response())
}

pub(super) async fn confirm(req: Req, form: Form) -> Answer {
    let (secrets, code) = (req.db().secrets().clone(), form.text("factor_code").to_owned());
    match req.write(move |ctx, tx| commands::confirm_second_factor(tx, ctx, &secrets, &code)).await {
        Ok(lines) => {
            let ui = req.ui();
            let (title, lead) = (ui.t("me-codes"), ui.t("me-codes.lead"));
            page(&req, &OncePage { ui, title, lead, lines, back: "/me".to_owned() })
        }
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show(&req, StatusCode::UNPROCESSABLE_ENTITY, filled, None).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}

fn drop_page(req: &Req) -> ActPage {
    let fields = vec![Field::password("old_password", "current-password")];
    ActPage::new(
        req,
        "me-factor-drop",
        "",
        super::me::up(req),
        "/me/second-factor/removal".to_owned(),
        fields,
    )
    .danger()
}

pub(super) async fn drop_form(req: Req) -> Answer {
    drop_page(&req).show(&req)
}

pub(super) async fn drop(req: Req, from: From, form: Form) -> Answer {
    let work = async {
        let old_hash = checked(&req, &form, from).await?;
        req.write(move |ctx, tx| commands::drop_second_factor(tx, ctx, &old_hash)).await
    };
    match work.await {
        Ok(()) => Ok(redirect(&req, "/me", "factor-off", "")),
        Err(problem) => drop_page(&req).again(&req, &form, problem),
    }
}
