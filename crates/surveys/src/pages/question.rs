//! The editor of one question.

use crate::checks;
use crate::model::Survey;
use crate::policy::{self, Act};
use crate::question::{Question, QuestionKind, write_options, write_when};
use crate::{commands, forms, queries, show};
use assessment::scheme::standards::standards;
use axum::http::StatusCode;
use kernel::problem::Problem;
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "surveys/question.html")]
struct QuestionPage {
    ui: Ui,
    form: Filled,
    survey: Survey,
    /// From 1; 0 for a new one.
    place: usize,
    kinds: Vec<(String, String)>,
    standards: Vec<(String, String)>,
    earlier: Vec<String>,
    doubts: Vec<String>,
}

impl QuestionPage {
    fn action(&self) -> String {
        match self.place {
            0 => format!("/surveys/{}/questions", self.survey.number),
            place => format!("/surveys/{}/questions/{place}", self.survey.number),
        }
    }
}

fn filled(question: &Question, questions: &[Question]) -> Filled {
    let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    Filled::new()
        .set("question_text", &question.text)
        .set("question_kind", question.kind.code())
        .set("question_options", write_options(&question.options))
        .set("question_least", number(question.least))
        .set("question_most", number(question.most))
        .set("question_standard", &question.standard)
        .set("question_when", write_when(question.when.as_ref(), questions))
}

pub(super) async fn new(req: Req, Path(number): Path<String>) -> Answer {
    show_with(&req, number, 0, None, StatusCode::OK).await
}

pub(super) async fn page_of(req: Req, Path((number, place)): Path<(String, usize)>) -> Answer {
    if place == 0 {
        return Err(Fail::of(&req, Problem::not_found()));
    }
    show_with(&req, number, place, None, StatusCode::OK).await
}

async fn show_with(
    req: &Req,
    number: String,
    place: usize,
    form: Option<Filled>,
    status: StatusCode,
) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(req)?;
    let read = req.read(move |ctx, tx| {
        let survey = queries::survey(ctx, tx, &number)?;
        let scheme = standards(tx, &survey.scheme_number)?;
        Ok((survey, scheme))
    });
    let (survey, scheme) = read.await.or_fail(req)?;
    let ui = req.ui();
    let questions = &survey.questions.0;
    let own = place.checked_sub(1).and_then(|at| questions.get(at));
    if place > 0 && own.is_none() {
        return Err(Fail::of(req, Problem::not_found()));
    }
    let found = checks::check(questions);
    let doubts = found.iter().filter(|d| d.at + 1 == place).map(|d| show::doubt(&ui, d)).collect();
    let before = if place == 0 { questions.len() } else { place - 1 };
    let earlier = questions.iter().take(before).enumerate().filter(|(_, q)| q.has_options());
    let line = |(at, q): (usize, &Question)| {
        let options = q.options.iter().zip(1..).map(|(o, n)| format!("{n} {}", o.text));
        format!("{}. {} （{}）", at + 1, q.text, options.collect::<Vec<_>>().join("、"))
    };
    let lines = scheme.map(|s| s.lines).unwrap_or_default().into_iter().filter(|line| !line.divided);
    let blank = || {
        own.map_or_else(
            || Filled::new().set("question_kind", QuestionKind::Scale.code()),
            |q| filled(q, questions),
        )
    };
    let view = QuestionPage {
        form: form.unwrap_or_else(blank),
        place,
        kinds: show::options::<QuestionKind>(&ui, "survey-kind"),
        standards: lines.map(|l| (l.code.clone(), format!("{} {}", l.code, l.name))).collect(),
        earlier: earlier.map(line).collect(),
        doubts,
        survey,
        ui,
    };
    page_with(req, status, &view)
}

async fn read(req: &Req, number: &str) -> Answer<Survey> {
    policy::require(&req.ctx, Act::Plan).or_fail(req)?;
    let number = number.to_owned();
    req.read(move |ctx, tx| queries::survey(ctx, tx, &number)).await.or_fail(req)
}

async fn refused(req: &Req, number: String, place: usize, form: &Form, problem: Problem) -> Answer {
    match Filled::refused(form, &problem) {
        Some(filled) => show_with(req, number, place, Some(filled), StatusCode::UNPROCESSABLE_ENTITY).await,
        None => Err(Fail::of(req, problem)),
    }
}

pub(super) async fn create(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let survey = read(&req, &number).await?;
    let version = forms::version(&form).or_fail(&req)?;
    let of = number.clone();
    let done = match forms::question(&form, &survey.questions.0) {
        Ok(question) => {
            req.write(move |ctx, tx| commands::add_question(ctx, tx, (&of, version), question)).await
        }
        Err(problem) => Err(problem),
    };
    match done {
        Ok(_) if form.text("then") == "another" => {
            Ok(redirect(&req, &format!("/surveys/{number}/questions/new"), "survey-saved", ""))
        }
        Ok(_) => Ok(redirect(&req, &format!("/surveys/{number}"), "survey-saved", "")),
        Err(problem) => refused(&req, number, 0, &form, problem).await,
    }
}

pub(super) async fn save(req: Req, Path((number, place)): Path<(String, usize)>, form: Form) -> Answer {
    let survey = read(&req, &number).await?;
    let version = forms::version(&form).or_fail(&req)?;
    let Some(at) = place.checked_sub(1).filter(|at| *at < survey.questions.0.len()) else {
        return Err(Fail::of(&req, Problem::not_found()));
    };
    let of = number.clone();
    let done = match forms::question(&form, &survey.questions.0[..at]) {
        Ok(question) => {
            req.write(move |ctx, tx| commands::edit_question(ctx, tx, (&of, version), at, question)).await
        }
        Err(problem) => Err(problem),
    };
    match done {
        Ok(_) => Ok(redirect(&req, &format!("/surveys/{number}"), "survey-saved", "")),
        Err(problem) => refused(&req, number, place, &form, problem).await,
    }
}

pub(super) async fn shift(req: Req, Path((number, place)): Path<(String, usize)>, form: Form) -> Answer {
    let version = forms::version(&form).or_fail(&req)?;
    let (of, to) = (number.clone(), form.text("to").parse::<usize>().unwrap_or(0));
    let (Some(from), Some(to)) = (place.checked_sub(1), to.checked_sub(1)) else {
        return Err(Fail::of(&req, Problem::not_found()));
    };
    let work = req.write(move |ctx, tx| commands::move_question(ctx, tx, (&of, version), from, to));
    work.await.or_fail(&req)?;
    Ok(redirect(&req, &format!("/surveys/{number}"), "survey-saved", ""))
}

pub(super) async fn remove(req: Req, Path((number, place)): Path<(String, usize)>, form: Form) -> Answer {
    let version = forms::version(&form).or_fail(&req)?;
    let of = number.clone();
    let Some(at) = place.checked_sub(1) else { return Err(Fail::of(&req, Problem::not_found())) };
    let work = req.write(move |ctx, tx| commands::remove_question(ctx, tx, (&of, version), at));
    work.await.or_fail(&req)?;
    Ok(redirect(&req, &format!("/surveys/{number}"), "survey-saved", ""))
}
