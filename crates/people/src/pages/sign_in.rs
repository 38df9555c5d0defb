//! Signing in, with the second step where there is one, and out.

use super::visitor::From;
use crate::commands::{self, Outcome};
use crate::recognise::Owed;
use crate::{ProviderRow, password, queries};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use kernel::problem::Problem;
use store::secrets::random_word;
use web::error::{OrFail, page_with, problem_texts};
use web::list::Params;
use web::request::SESSION_COOKIE;
use web::security::{add_cookie, local};
use web::{Answer, Fail, Form, Req, Ui};

/// What brings somebody here.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    Enter,
    /// They have signed out: drafts are cleared from the device.
    Left,
    /// They are signed in, and somebody wants to know again that it is they.
    Again,
}

#[derive(askama::Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    ui: Ui,
    login: String,
    back: String,
    why: Why,
    refused: (String, String),
    /// What the button of the identity provider says and where it leads; none when there is none, or it is off.
    provider: Option<(String, String)>,
    /// Only system administrators may use a password.
    passwords_rest: bool,
}

/// The page as it is, or with what was refused.
pub(super) async fn entrance(
    req: &Req,
    status: StatusCode,
    login: &str,
    back: String,
    why: Why,
    refused: (String, String),
) -> Answer {
    let settings = req.read(|_, tx| queries::provider(tx)).await.or_fail(req)?.filter(|p| p.switched_on);
    let ui = req.ui();
    let passwords_rest = settings.as_ref().is_some_and(ProviderRow::passwords_rest);
    let again = if why == Why::Again { "&again=1" } else { "" };
    let way = format!("/sign-in/provider?back={}{again}", web::ui::encode(&back));
    let provider = settings.map(|p| (p.label(ui.locale()), way));
    let login = login.to_owned();
    page_with(req, status, &SignIn { ui, login, back, why, refused, provider, passwords_rest })
}

/// The same, because of a problem; what is ours goes on.
pub(super) async fn refused(req: &Req, login: &str, back: String, problem: Problem) -> Answer {
    if problem.is_ours() {
        return Err(Fail::of(req, problem));
    }
    let texts = problem_texts(&req.ui(), &problem);
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    let why = if req.signed_in().is_ok() { Why::Again } else { Why::Enter };
    entrance(req, status, login, back, why, texts).await
}

/// The page somebody wanted; the start page otherwise.
pub(super) fn wanted(text: &str) -> String {
    if text.is_empty() { "/".to_owned() } else { local(text).to_owned() }
}

pub(super) async fn form(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let back = wanted(params.get("back"));
    let why = match (req.signed_in().is_ok(), params.has("again", "1"), params.has("left", "1")) {
        (true, true, _) => Why::Again,
        (true, false, _) => return Ok(Redirect::to(&back).into_response()),
        (false, _, true) => Why::Left,
        (false, _, false) => Why::Enter,
    };
    entrance(&req, StatusCode::OK, "", back, why, Default::default()).await
}

/// The browser is given the token for at most as long as sessions live; the server decides.
const COOKIE_SECONDS: i64 = 30 * 86_400;

/// The browser goes on with another session; the one it had ends, or nobody would.
pub(super) async fn with_session(req: &Req, to: &str, token: &str) -> Answer {
    if let (Ok(()), Some(former)) = (req.signed_in(), req.session.clone()) {
        req.write(move |ctx, tx| commands::sign_out(tx, ctx, &former)).await.or_fail(req)?;
    }
    let mut response = Redirect::to(to).into_response();
    add_cookie(response.headers_mut(), SESSION_COOKIE, token, Some(COOKIE_SECONDS), true, &req.app);
    Ok(response)
}

/// Where to after signing in: first what is owed, then what was wanted.
pub(super) fn next(owed: Owed, back: &str) -> &str {
    match owed {
        Owed::Password => "/me/password",
        Owed::SecondFactor => "/me/second-factor",
        Owed::Nothing => back,
    }
}

pub(super) async fn enter(req: Req, From(visitor): From, form: Form) -> Answer {
    let back = wanted(form.text("back"));
    let (typed, from) = (form.text("login").to_owned(), visitor.clone());
    let attempt = async {
        let candidate = req.read(move |_, tx| commands::candidate(tx, &typed, &from)).await?;
        let (given, stored) = (form.text("password").to_owned(), candidate.password_hash.clone());
        let right =
            password::off_thread(move || password::verify_or_nobody(&given, stored.as_deref())).await?;
        let token = random_word();
        let cookie = token.clone();
        let outcome = req
            .write(move |ctx, tx| {
                if right {
                    commands::accept_password(tx, ctx, &candidate, &visitor, &token)
                } else {
                    commands::refuse_password(tx, ctx, &candidate, &visitor)
                }
            })
            .await?;
        Ok::<_, Problem>((outcome, cookie))
    };
    let problem = match attempt.await {
        Ok((Outcome::In(owed), token)) => return with_session(&req, next(owed, &back), &token).await,
        Ok((Outcome::FactorNeeded, token)) => {
            let to = format!("/sign-in/second-factor?back={}", web::ui::encode(&back));
            return with_session(&req, &to, &token).await;
        }
        Ok((Outcome::Refused(problem), _)) | Err(problem) => problem,
    };
    refused(&req, form.text("login"), back, problem).await
}

pub(super) async fn leave(req: Req, _form: Form) -> Answer {
    if let Some(token) = req.session.clone() {
        req.write(move |ctx, tx| commands::sign_out(tx, ctx, &token)).await.or_fail(&req)?;
    }
    let mut response = Redirect::to("/sign-in?left=1").into_response();
    add_cookie(response.headers_mut(), SESSION_COOKIE, "", Some(0), true, &req.app);
    Ok(response)
}
