//! The page behind a link: questions on one page, without an account and without a script.

use crate::commands::{Door, Taken, answer as take, doorstep};
use crate::forms::Answered;
use crate::show::{self, Ask, TraitAsk};
use ::store::secrets::random_word;
use axum::http::StatusCode;
use kernel::problem::Problem;
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "surveys/answer.html")]
struct AnswerPage {
    ui: Ui,
    form: Filled,
    door: Door,
    asks: Vec<Ask>,
    traits: Vec<TraitAsk>,
    ticket: String,
}

/// Thanks, or why no answer is taken.
#[derive(askama::Template)]
#[template(path = "surveys/thanks.html")]
struct ThanksPage {
    ui: Ui,
    name: String,
    title: String,
    text: String,
}

async fn door(req: &Req, token: &str) -> Answer<Door> {
    let token = token.to_owned();
    req.read(move |ctx, tx| doorstep(ctx, tx, &token)).await.or_fail(req)
}

fn over(req: &Req, door: &Door) -> Answer {
    let ui = req.ui();
    let (title, text) = (ui.t("survey-over"), ui.t("survey-over-text"));
    page(req, &ThanksPage { name: door.survey.name.clone(), title, text, ui })
}

pub(super) async fn page_of(req: Req, Path(token): Path<String>) -> Answer {
    let door = door(&req, &token).await?;
    if !door.open {
        return over(&req, &door);
    }
    show_with(&req, door, Filled::new(), random_word(), StatusCode::OK)
}

fn show_with(req: &Req, door: Door, form: Filled, ticket: String, status: StatusCode) -> Answer {
    let ui = req.ui();
    let view = AnswerPage {
        form: show::called(&ui, &door.survey, form),
        asks: show::asks(&ui, &door.survey.questions.0),
        traits: show::traits(&ui, &door.survey),
        ticket,
        door,
        ui,
    };
    page_with(req, status, &view)
}

pub(super) async fn answer(req: Req, Path(token): Path<String>, form: Form) -> Answer {
    let door = door(&req, &token).await?;
    if !door.open {
        return over(&req, &door);
    }
    let given = Answered::of(&form, door.survey.traits.0.len());
    let (of, ticket, code) = (token.clone(), form.text("ticket").to_owned(), form.text("code").to_owned());
    let work = req.write(move |ctx, tx| {
        let answers = |key: &str| given.texts(key);
        take(ctx, tx, &of, (&ticket, &code), &given.traits, &answers)
    });
    match work.await {
        Ok(taken) => {
            let full = if taken == Taken::Full { "?full=1" } else { "" };
            Ok(redirect(&req, &format!("/survey/{token}/thanks{full}"), "", ""))
        }
        Err(problem) => refused(&req, door, &form, problem),
    }
}

fn refused(req: &Req, door: Door, form: &Form, problem: Problem) -> Answer {
    match Filled::refused(form, &problem) {
        Some(filled) => {
            let ticket = form.text("ticket").to_owned();
            show_with(req, door, filled, ticket, StatusCode::UNPROCESSABLE_ENTITY)
        }
        None => Err(Fail::of(req, problem)),
    }
}

pub(super) async fn thanks(req: Req, Path(token): Path<String>) -> Answer {
    let door = door(&req, &token).await?;
    let ui = req.ui();
    let full = req.query.contains("full=1");
    let title = ui.t(if full { "survey-full" } else { "survey-thanks" });
    let text = ui.t(if full { "survey-full-text" } else { "survey-thanks-text" });
    page(&req, &ThanksPage { name: door.survey.name, title, text, ui })
}
