//! A step of a round, with what it means and what it asks for.

use super::head::Head;
use crate::policy::{self, Act};
use crate::rounds::commands;
use crate::rounds::queries::{self, Sight};
use crate::rounds::workflow::{ROUND, Step};
use axum::http::StatusCode;
use kernel::problem::Problem;
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "assessment/step.html")]
struct StepPage {
    ui: Ui,
    head: Head,
    form: Filled,
    step: &'static str,
    asks_reason: bool,
    /// Texts that nobody has said anything of.
    open: i64,
    version: i64,
}

fn parse(step: &str) -> Result<Step, Problem> {
    Step::parse(step).ok_or_else(Problem::not_found)
}

async fn show(req: &Req, number: String, step: Step, filled: Option<Filled>) -> Answer {
    policy::require(&req.ctx, Act::Move).or_fail(req)?;
    let read = req.read(move |ctx, tx| {
        let round = queries::see_whole(ctx, tx, &number)?;
        ROUND.step(round.state, step)?;
        let open = queries::summary(tx, &round)?.open;
        Ok((round, open))
    });
    let (round, open) = read.await.or_fail(req)?;
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let ui = req.ui();
    let view = StepPage {
        head: Head::new(&ui, &round, &Sight::All, ""),
        form: filled.unwrap_or_default(),
        step: step.code(),
        asks_reason: step == Step::Withdraw,
        open: if step == Step::Check { open } else { 0 },
        version: round.version,
        ui,
    };
    page_with(req, status, &view)
}

pub(super) async fn page_of(req: Req, Path((number, step)): Path<(String, String)>) -> Answer {
    let step = parse(&step).or_fail(&req)?;
    show(&req, number, step, None).await
}

pub(super) async fn run(req: Req, Path((number, step)): Path<(String, String)>, form: Form) -> Answer {
    let step = parse(&step).or_fail(&req)?;
    let (sent, of) = (form.clone(), number.clone());
    let done = req.write(move |ctx, tx| {
        policy::require(ctx, Act::Move)?;
        let version = sent.number("version").map_err(|e| Problem::invalid(vec![e]))?;
        commands::step(ctx, tx, &of, step, sent.text("step_reason"), version)
    });
    match done.await {
        Ok(round) => {
            let state = req.ui().named("round-state", round.state.code());
            Ok(redirect(&req, &format!("/assessment/rounds/{number}"), "round-moved", &state))
        }
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show(&req, number, step, Some(filled)).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}
