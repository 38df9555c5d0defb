//! The second step of signing in: digits of an app, a recovery code, or a passkey or security key.

use super::authenticators::{answer_text, site};
use super::sign_in::{next, wanted, with_session};
use super::visitor::From;
use crate::commands::{self, Outcome};
use crate::{passkeys, queries};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use kernel::problem::Problem;
use store::secrets::random_word;
use web::error::{OrFail, page_with, problem_texts};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Fail, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "second_step.html")]
struct StepPage {
    ui: Ui,
    back: String,
    /// Whether there is an authenticator to be asked.
    authenticator: bool,
    form: Filled,
    refused: (String, String),
}

async fn show(req: &Req, status: StatusCode, back: String, problem: Option<Problem>) -> Answer {
    let token = req.session.clone().unwrap_or_default();
    let found = req.read(move |ctx, tx| queries::factors_of_waiting(tx, ctx, &token)).await.or_fail(req)?;
    let authenticator = found.is_some_and(|(_, authenticators)| authenticators > 0);
    let ui = req.ui();
    let form = problem.as_ref().and_then(|p| Filled::refused(&Form::default(), p));
    let refused = match (&form, problem) {
        (None, Some(problem)) => problem_texts(&ui, &problem),
        _ => Default::default(),
    };
    page_with(req, status, &StepPage { ui, back, authenticator, form: form.unwrap_or_default(), refused })
}

pub(super) async fn page_of(req: Req) -> Answer {
    let back = wanted(Params::parse(&req.query).get("back"));
    show(&req, StatusCode::OK, back, None).await
}

async fn ended(req: &Req, back: String, outcome: Outcome, cookie: &str) -> Answer {
    match outcome {
        Outcome::In(owed) => with_session(req, next(owed, &back), cookie).await,
        Outcome::FactorNeeded => Ok(Redirect::to("/sign-in").into_response()),
        Outcome::Refused(problem) => {
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
            show(req, status, back, Some(problem)).await
        }
    }
}

pub(super) async fn code(req: Req, From(visitor): From, form: Form) -> Answer {
    let back = wanted(form.text("back"));
    let (waiting, code) = (req.session.clone().unwrap_or_default(), form.text("factor_code").to_owned());
    let (secrets, token) = (req.db().secrets().clone(), random_word());
    let cookie = token.clone();
    let outcome = req
        .write(move |ctx, tx| {
            commands::prove_second_factor(tx, ctx, &secrets, &waiting, &code, &visitor, &token)
        })
        .await
        .or_fail(&req)?;
    ended(&req, back, outcome, &cookie).await
}

/// What the browser is to ask the authenticator: JSON for the page's script.
pub(super) async fn challenge(req: Req, _form: Form) -> Answer {
    let work = async {
        let (site, waiting) = (site(&req)?, req.session.clone().unwrap_or_default());
        req.write(move |ctx, tx| commands::ask_to_prove(tx, ctx, &site, &waiting)).await
    };
    let options = work.await.or_fail(&req)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], options).into_response())
}

pub(super) async fn authenticator(req: Req, From(visitor): From, form: Form) -> Answer {
    let back = wanted(form.text("back"));
    let work = async {
        let site = site(&req)?;
        let waiting = req.session.clone().unwrap_or_default();
        let mine = waiting.clone();
        let state = req.write(move |ctx, tx| commands::take_proving(tx, ctx, &mine)).await?;
        let text = answer_text(&form)?;
        let answer = match state {
            Some(state) => passkeys::proved(&site, &state, &text),
            None => Err("challenge"),
        };
        let token = random_word();
        let cookie = token.clone();
        let outcome = req
            .write(move |ctx, tx| {
                commands::prove_by_authenticator(tx, ctx, &waiting, answer, &visitor, &token)
            })
            .await?;
        Ok::<_, Problem>((outcome, cookie))
    };
    match work.await {
        Ok((outcome, cookie)) => ended(&req, back, outcome, &cookie).await,
        Err(problem) if problem.status == 422 => {
            show(&req, StatusCode::UNPROCESSABLE_ENTITY, back, Some(problem)).await
        }
        Err(problem) => Err(Fail::of(&req, problem)),
    }
}
