//! `/connect/authorize`: a program has sent somebody here to find out who they are.

use super::learns;
use crate::api::issuer;
use crate::commands;
use crate::model::{Program, Scope, State};
use crate::queries;
use crate::request::{
    ACCESS_DENIED, Asked, CONSENT_REQUIRED, INTERACTION_REQUIRED, LOGIN_REQUIRED, Prompt, Refusal,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use kernel::problem::Problem;
use kernel::time::{Instant, MINUTE, SECOND};
use people::recognise::Owed;
use url::Url;
use web::error::{OrFail, page, page_with};
use web::{Answer, Fail, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "signon/consent.html")]
struct ConsentPage {
    ui: Ui,
    program: Program,
    host: String,
    learns: Vec<String>,
    asked: String,
}

#[derive(askama::Template)]
#[template(path = "signon/leaving.html")]
struct LeavingPage {
    ui: Ui,
    name: String,
    to: String,
}

#[derive(askama::Template)]
#[template(path = "signon/wrong.html")]
struct WrongPage {
    ui: Ui,
    why: &'static str,
}

/// Program and address belong together: from here on the program may be told what is wrong.
struct Known {
    asked: Asked,
    program: Program,
}

enum Met {
    Known(Box<Known>),
    /// Named by the texts `signon-wrong-<why>`. The browser stays here.
    Wrong(&'static str),
}

async fn meet(req: &Req, asked: Asked) -> Answer<Met> {
    let number = asked.program.clone();
    let program = req.read(move |_, tx| crate::store::by_number(tx, &number)).await.or_fail(req)?;
    Ok(match program {
        None => Met::Wrong("program"),
        Some(program) if program.state != State::Active => Met::Wrong("stopped"),
        Some(program) if !program.takes(&asked.redirect) => Met::Wrong("address"),
        Some(program) => Met::Known(Box::new(Known { asked, program })),
    })
}

fn wrong(req: &Req, why: &'static str) -> Answer {
    page_with(req, StatusCode::BAD_REQUEST, &WrongPage { ui: req.ui(), why })
}

/// A browser that comes from a form of ours is not sent to another site by a redirect, which the rules of our own pages
/// (`form-action`) forbid it to follow; it is shown a page that goes on by itself.
fn came_from_here(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin")
}

fn leave(req: &Req, known: &Known, answers: &[(&str, &str)], by_page: bool) -> Answer {
    let to = known.asked.back(issuer(&req.app), answers);
    let to = to.ok_or_else(|| Problem::internal("an address that was checked is none")).or_fail(req)?;
    if !by_page {
        return Ok(Redirect::to(&to).into_response());
    }
    let refresh = HeaderValue::from_str(&format!("0; url={to}")).map_err(Problem::internal).or_fail(req)?;
    let view = LeavingPage { ui: req.ui(), name: known.program.name.clone(), to };
    let mut response = page(req, &view)?;
    response.headers_mut().insert(header::REFRESH, refresh);
    Ok(response)
}

fn refuse(req: &Req, known: &Known, why: Refusal, by_page: bool) -> Answer {
    leave(req, known, &[("error", why.error), ("error_description", why.description)], by_page)
}

/// The person in front of the browser, when their session began, and whether they owe something first.
struct Here {
    since: Instant,
    owed: Owed,
    agreed: bool,
}

async fn here(req: &Req, known: &Known) -> Answer<Option<Here>> {
    let (Some(person), Some(word)) = (req.ctx.person(), req.session.clone()) else { return Ok(None) };
    let (program, learns) = (known.program.clone(), known.program.learns(&known.asked.scopes));
    let read = req.read(move |_, tx| {
        let Some(session) = people::queries::session(tx, &word)? else { return Ok(None) };
        Ok(Some(Here {
            since: session.created_at,
            owed: people::queries::owed_in(tx, person, &word)?,
            agreed: !program.asks || queries::agreed(tx, &program, person, &learns)?,
        }))
    });
    read.await.or_fail(req)
}

pub(super) async fn ask(req: Req, headers: HeaderMap) -> Answer {
    let form = Form::from_query(&req.query).or_fail(&req)?;
    let (asked, fault) = Asked::read(&form);
    let known = match meet(&req, asked).await? {
        Met::Known(known) => known,
        Met::Wrong(why) => return wrong(&req, why),
    };
    let by_page = came_from_here(&headers);
    if let Err(why) = fault {
        return refuse(&req, &known, why, by_page);
    }
    let silent = known.asked.prompt == Prompt::None;
    let Some(here) = here(&req, &known).await? else {
        return match known.asked.prompt {
            Prompt::None => refuse(&req, &known, LOGIN_REQUIRED, by_page),
            _ if known.asked.wants_fresh() => Ok(sign_in_again(&req, &req.query)),
            _ => Err(Fail::of(&req, Problem::sign_in())),
        };
    };
    match here.owed {
        Owed::Nothing => {}
        _ if silent => return refuse(&req, &known, INTERACTION_REQUIRED, by_page),
        Owed::Password => return Ok(Redirect::to("/me/password").into_response()),
        Owed::SecondFactor => return Ok(Redirect::to("/me/second-factor").into_response()),
    }
    if !fresh(&req, &known.asked, &here, &req.query)? {
        return if silent {
            refuse(&req, &known, LOGIN_REQUIRED, by_page)
        } else {
            Ok(sign_in_again(&req, &req.query))
        };
    }
    if here.agreed && known.asked.prompt != Prompt::Consent {
        return enter(&req, *known, here.since, false, by_page).await;
    }
    if silent {
        return refuse(&req, &known, CONSENT_REQUIRED, by_page);
    }
    show(&req, *known)
}

/// Stands in the question while somebody signs in again because of it: since when.
const AGAIN: &str = "again";
/// How long somebody may take to sign in again and to agree.
const LONGEST: i64 = 10 * MINUTE;

/// Whether the session is as new as the program wants it: by its age, or because it began after it was asked for.
fn fresh(req: &Req, asked: &Asked, here: &Here, question: &str) -> Answer<bool> {
    let form = Form::from_query(question).or_fail(req)?;
    let since = req.db().secrets().open_token(AGAIN, form.text(AGAIN)).map(Instant);
    let began = since.is_some_and(|since| here.since >= since && req.ctx.now.0 - since.0 <= LONGEST);
    let age = (req.ctx.now.0 - here.since.0) / SECOND;
    Ok(began || (asked.prompt != Prompt::Login && asked.max_age.is_none_or(|most| age <= most)))
}

/// To the sign-in form, and from there back to this question.
fn sign_in_again(req: &Req, question: &str) -> Response {
    let kept = url::form_urlencoded::parse(question.as_bytes()).filter(|(name, _)| name != AGAIN);
    let since = req.db().secrets().token(AGAIN, req.ctx.now.0);
    let question = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(kept)
        .append_pair(AGAIN, &since)
        .finish();
    let back = web::ui::encode(&format!("/connect/authorize?{question}"));
    Redirect::to(&format!("/sign-in?again=1&back={back}")).into_response()
}

fn show(req: &Req, known: Known) -> Answer {
    let ui = req.ui();
    let scopes: Vec<Scope> = known.program.learns(&known.asked.scopes);
    let host = Url::parse(&known.asked.redirect).ok().and_then(|u| u.host_str().map(str::to_owned));
    let view = ConsentPage {
        learns: learns(&ui, &scopes),
        host: host.unwrap_or_default(),
        program: known.program,
        asked: req.query.clone(),
        ui,
    };
    page(req, &view)
}

async fn enter(req: &Req, known: Known, since: Instant, agreed: bool, by_page: bool) -> Answer {
    let asked = known.asked.clone();
    let code =
        req.write(move |ctx, tx| commands::enter(ctx, tx, &asked, since, agreed)).await.or_fail(req)?;
    leave(req, &known, &[("code", &code)], by_page)
}

/// The answer to the question whether it may learn this.
pub(super) async fn answer(req: Req, form: Form) -> Answer {
    let question = Form::from_query(form.text("asked")).or_fail(&req)?;
    let (asked, fault) = Asked::read(&question);
    let known = match meet(&req, asked).await? {
        Met::Known(known) => known,
        Met::Wrong(why) => return wrong(&req, why),
    };
    if let Err(why) = fault {
        return refuse(&req, &known, why, true);
    }
    if !form.ticked("agree") {
        return refuse(&req, &known, ACCESS_DENIED, true);
    }
    let here = here(&req, &known).await?.filter(|here| here.owed == Owed::Nothing);
    let Some(here) = here else {
        return Ok(sign_in_again(&req, form.text("asked")));
    };
    if !fresh(&req, &known.asked, &here, form.text("asked"))? {
        return Ok(sign_in_again(&req, form.text("asked")));
    }
    enter(&req, *known, here.since, true, true).await
}
