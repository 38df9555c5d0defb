//! How long units may appeal, and by when they are answered.

use crate::appeals::commands;
use crate::appeals::model::{TERMS, Terms};
use crate::policy::{self, Act};
use axum::http::StatusCode;
use kernel::problem::Problem;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "assessment/appeals/terms.html")]
struct TermsPage {
    ui: Ui,
    form: Filled,
}

async fn show_terms(req: &Req, filled: Option<Filled>) -> Answer {
    policy::require(&req.ctx, Act::Answer).or_fail(req)?;
    let terms = req.read(|_, tx| TERMS.get(tx)).await.or_fail(req)?;
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let blank = || Filled::new().set("term_file", terms.file).set("term_answer", terms.answer);
    page_with(req, status, &TermsPage { ui: req.ui(), form: filled.unwrap_or_else(blank) })
}

pub(super) async fn terms(req: Req) -> Answer {
    show_terms(&req, None).await
}

pub(super) async fn set_terms(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Answer).or_fail(&req)?;
    let sent = form.clone();
    let done = req.write(move |ctx, tx| {
        let days =
            |name: &'static str| sent.needed_number::<i64>(name).map_err(|e| Problem::invalid(vec![e]));
        commands::set_terms(ctx, tx, Terms { file: days("term_file")?, answer: days("term_answer")? })
    });
    match done.await {
        Ok(()) => Ok(redirect(&req, "/assessment/appeals", "appeal-terms-set", "")),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show_terms(&req, Some(filled)).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}
