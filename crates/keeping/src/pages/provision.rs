//! One entry: to whom, what and why, and what may be done.

use crate::forms;
use crate::policy::{Act, POLICY};
use crate::provisions::model::Provision;
use crate::provisions::workflow::{PROVISION, Step};
use crate::provisions::{commands, queries};
use ::store::audit;
use axum::http::StatusCode;
use kernel::policy::Standing;
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::parts::{Choice, Fact, Line};
use web::{Answer, Fail, Form, Path, Req, Ui, events};

#[derive(askama::Template)]
#[template(path = "keeping/provision.html")]
struct ProvisionPage {
    ui: Ui,
    form: Filled,
    provision: Provision,
    facts: Vec<Fact>,
    /// Its last day is over and nobody has said what became of the data.
    over: bool,
    steps: Vec<Choice>,
    lines: Vec<Line>,
}

fn facts(ui: &Ui, of: &Provision) -> Vec<Fact> {
    let fact = |key: &str, value: String| Fact::new(ui.named("provision-column", key), value);
    let yes = |is: bool| ui.t(if is { "provision-yes" } else { "provision-no" });
    let facts = vec![
        fact("state", ui.named("provision-state", of.state.code())),
        fact("receiver", of.receiver.clone()),
        fact("credit-code", of.credit_code.clone()),
        fact("contact", of.contact.as_str().to_owned()),
        fact("purpose", of.purpose.clone()).wide(),
        fact("data", of.data.clone()).wide(),
        fact("people", ui.number(of.people)),
        fact("sensitive", yes(of.sensitive)),
        fact("children", yes(of.children)),
        fact("basis", ui.named("provision-basis", of.basis.code())),
        fact("document", of.document.clone()),
        fact("assessment", of.assessment.clone()),
        fact("way", of.way.clone()),
        fact("safeguards", of.safeguards.clone()).wide(),
        fact("from", ui.date(&of.from_date)),
        fact("until", ui.date(&of.until_date)),
        fact("proposed-by", of.proposed_by.clone()),
        fact("decided-by", of.decided_by.clone()),
        fact("outcome", of.outcome.clone()).wide(),
    ];
    facts.into_iter().filter(|fact| !fact.value.is_empty()).collect()
}

fn icon(step: Step) -> &'static str {
    match step {
        Step::Approve => "check",
        Step::Decline => "x",
        Step::Withdraw => "arrow-back-up",
        Step::End => "archive",
    }
}

/// Steps that the table allows, and this person may take.
fn steps(req: &Req, ui: &Ui, provision: &Provision) -> Vec<Choice> {
    let may = |step: &Step| POLICY.may(&req.ctx, commands::act(*step), &Standing::city());
    let choice = |step: Step| Choice {
        value: step.code().to_owned(),
        text: ui.named("provision-move", step.code()),
        icon: icon(step),
    };
    PROVISION.from(provision.state).map(|row| row.name).filter(may).map(choice).collect()
}

async fn show(req: &Req, number: String, filled: Option<Filled>) -> Answer {
    let read = req.read(move |ctx, tx| {
        let provision = queries::one(ctx, tx, &number)?;
        let history = audit::history(tx, provision.id)?;
        Ok((provision, history))
    });
    let (provision, history) = read.await.or_fail(req)?;
    let ui = req.ui();
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = ProvisionPage {
        facts: facts(&ui, &provision),
        over: provision.is_over(req.ctx.now.date()),
        steps: steps(req, &ui, &provision),
        lines: events::lines(&ui, &history, events::plain),
        form: filled.unwrap_or_default(),
        provision,
        ui,
    };
    page_with(req, status, &view)
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    show(&req, number, None).await
}

pub(super) async fn step(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (sent, of) = (form.clone(), number.clone());
    let done = req.write(move |ctx, tx| {
        // who may not see it at all is told that first
        queries::load_for(ctx, tx, Act::SeeProvisions, &of)?;
        let (step, version) = forms::provision_step(&sent)?;
        commands::step(ctx, tx, &of, step, sent.text("words"), version)
    });
    match done.await {
        Ok(_) => Ok(redirect(&req, &format!("/personal-provisions/{number}"), "provision-stepped", &number)),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show(&req, number, Some(filled)).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}
