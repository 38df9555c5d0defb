//! One request: what is asked, what is there already, and how it is answered.

use crate::commands;
use crate::model::{Item, RequestState};
use crate::policy::{self, Act};
use crate::queries::{self, Asked};
use crate::{forms, show};
use axum::http::StatusCode;
use kernel::problem::Problem;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::parts::{Fact, Line};
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "evidence/request.html")]
struct RequestPage {
    ui: Ui,
    of: Asked,
    form: Filled,
    state: String,
    why: String,
    facts: Vec<Fact>,
    lines: Vec<Line>,
    /// Items that can be used: number and title.
    choices: Vec<(String, String)>,
    may_withdraw: bool,
    may_hand_in: bool,
    may_reuse: bool,
}

impl RequestPage {
    fn item_state(&self, item: &Item) -> String {
        show::state(&self.ui, item.state)
    }
}

fn facts(ui: &Ui, of: &Asked) -> Vec<Fact> {
    let name = |key: &str| ui.named("evidence-column", key);
    let request = &of.request;
    let mut facts = vec![
        Fact::new(name("unit"), of.unit.clone()),
        Fact::new(name("kind"), show::kind(ui, request.kind)),
        Fact::new(name("period"), of.period.name.clone())
            .link(format!("/evidence/periods/{}", of.period.number)),
        Fact::new(name("due-on"), ui.date(&request.due_on)),
        Fact::new(name("asked-by"), request.asked_by.clone()),
        Fact::new(name("asked-at"), ui.time(&request.asked_at)),
    ];
    if let Some(at) = &request.answered_at {
        facts.push(Fact::new(name("answered-at"), ui.time(at)));
    }
    if let Some(item) = &of.answer {
        facts.push(Fact::new(name("answer"), item.number.clone()).link(show::href(&item.number)));
    }
    if !request.reason.is_empty() {
        facts.push(Fact::new(name("reason"), request.reason.clone()).wide());
    }
    facts
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    show_with(&req, number, Filled::new(), StatusCode::OK).await
}

async fn show_with(req: &Req, number: String, form: Filled, status: StatusCode) -> Answer {
    let of = req.read(move |ctx, tx| queries::request(ctx, tx, &number)).await.or_fail(req)?;
    let ui = req.ui();
    let asks = policy::everywhere(&req.ctx, Act::Ask);
    let hands = policy::hands_in_for(&req.ctx, of.request.unit_id);
    let open = of.request.state == RequestState::Open;
    let usable = open || (of.request.state == RequestState::Stopped && of.answer.is_none());
    let choice = |item: &Item| (item.number.clone(), format!("{} {}", item.number, item.title));
    let view = RequestPage {
        form,
        state: show::request_state(&ui, of.request.state),
        why: show::why(&ui, &of.request),
        facts: facts(&ui, &of),
        lines: show::history(&ui, &of.history),
        choices: of.answers.iter().map(choice).collect(),
        may_withdraw: open && asks,
        may_hand_in: open && hands,
        may_reuse: usable && (asks || hands),
        of,
        ui,
    };
    page_with(req, status, &view)
}

async fn refused(req: &Req, number: String, form: &Form, problem: Problem) -> Answer {
    match Filled::refused(form, &problem) {
        Some(filled) => show_with(req, number, filled, StatusCode::UNPROCESSABLE_ENTITY).await,
        None => Err(Fail::of(req, problem)),
    }
}

pub(super) async fn withdraw(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let version = forms::version(&form).or_fail(&req)?;
    let (of, why) = (number.clone(), form.text("reason").to_owned());
    let done = req.write(move |ctx, tx| commands::withdraw_request(ctx, tx, (&of, version), &why)).await;
    match done {
        Ok(_) => {
            let to = format!("/evidence/requests/{number}");
            Ok(redirect(&req, &to, "evidence-request-withdrawn", &number))
        }
        Err(problem) => refused(&req, number, &form, problem).await,
    }
}

/// With an item that is there already.
pub(super) async fn answer(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let version = forms::version(&form).or_fail(&req)?;
    let (of, item) = (number.clone(), form.text("reuse_item").to_owned());
    let done = req.write(move |ctx, tx| commands::reuse(ctx, tx, (&of, version), &item)).await;
    match done {
        Ok(_) => Ok(redirect(&req, &format!("/evidence/requests/{number}"), "evidence-reused", &number)),
        Err(problem) => refused(&req, number, &form, problem).await,
    }
}
