//! 按电话查找: reports by the telephone number of whoever sent them. The number is sent in a form, never in an address; lists
//! are asked by its mark.

use crate::commands::{caller_of, looked_up};
use crate::pages::{shared, shown};
use crate::queries::{self, Filter, may_look_up};
use crate::workflow::State;
use axum::http::StatusCode;
use kernel::identifiers::Phone;
use kernel::problem::Problem;
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "cases/callers.html")]
struct CallersPage {
    ui: Ui,
    form: Filled,
}

fn allowed(req: &Req) -> Answer<()> {
    if may_look_up(&req.ctx) { Ok(()) } else { Err(Fail::of(req, Problem::forbidden())) }
}

pub(crate) async fn form(req: Req) -> Answer {
    allowed(&req)?;
    page(&req, &CallersPage { ui: req.ui(), form: Filled::new() })
}

/// Leads to the list of this number, which records that it is shown.
pub(crate) async fn find(req: Req, form: Form) -> Answer {
    allowed(&req)?;
    let number = form.text("phone").to_owned();
    match req.read(move |ctx, tx| caller_of(ctx, tx, &number)).await {
        Ok(caller) => Ok(redirect(&req, &format!("/cases?caller={}", caller.as_str()), "", "")),
        Err(problem) => {
            let form = shared::refused(&req, &form, problem)?;
            page_with(&req, StatusCode::UNPROCESSABLE_ENTITY, &CallersPage { ui: req.ui(), form })
        }
    }
}

/// Open cases of the number that somebody is entering a report for.
pub(crate) async fn known(req: Req, form: Form) -> Answer {
    allowed(&req)?;
    let number = form.text("phone").to_owned();
    let caller = req.read(move |ctx, tx| caller_of(ctx, tx, &number)).await.or_fail(&req)?;
    let filter = Filter { caller: Some(caller), states: State::open(), ..Filter::default() };
    record(&req, &filter).await?;
    let found = req.read(move |ctx, tx| queries::list(ctx, tx, &filter, None)).await.or_fail(&req)?.rows;
    let ui = req.ui();
    let title = ui.t("cases-same-caller");
    let lines = found.into_iter().take(5);
    let lines = lines.map(|l| (l.number, l.title, shown::state_text(&ui, l.state))).collect();
    page(&req, &super::new::NearStaff { title, lines })
}

/// Records that what this list shows is found by a number: by its mark, or because its words are a whole number.
pub(crate) async fn record(req: &Req, filter: &Filter) -> Answer<()> {
    let (caller, words) = (filter.caller.clone(), filter.words.clone());
    if caller.is_none() && Phone::parse(&words).is_err() {
        return Ok(());
    }
    let meant = req.read(move |ctx, tx| queries::looks_for(ctx, tx, caller.as_ref(), &words)).await;
    let Some(caller) = meant.or_fail(req)? else { return Ok(()) };
    req.write(move |ctx, tx| looked_up(ctx, tx, &caller)).await.or_fail(req)
}
