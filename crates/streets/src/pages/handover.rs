//! The former unit's open cases, before they are handed over.

use super::shared;
use crate::commands;
use crate::model::{Adoption, Section};
use crate::policy::Act;
use crate::queries::{self, HandCase, Names};
use axum::http::StatusCode;
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::workflow::Named;
use std::collections::{BTreeSet, HashMap};
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::{Answer, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "streets/handover.html")]
struct HandoverPage {
    ui: Ui,
    form: Filled,
    adoption: Adoption,
    section: String,
    unit: String,
    back: String,
    cases: Vec<Line>,
    movable: usize,
    /// Whether the new unit answers already.
    begun: bool,
}

struct Line {
    case: HandCase,
    from: String,
    along: i64,
}

pub(super) async fn preview(req: Req, Path(number): Path<String>) -> Answer {
    show(&req, &number, None).await
}

async fn show(req: &Req, number: &str, filled: Option<Filled>) -> Answer {
    let index = shared::index(req).await?;
    let asked = number.to_owned();
    let read = req.read(move |ctx, tx| {
        let (adoption, section) = commands::load_for(ctx, tx, &index, Act::HandOver, &asked)?;
        let cases = queries::handover(ctx, tx, &section, &adoption)?;
        let units: Vec<_> = cases.iter().map(|c| c.unit).collect();
        let former = people::queries::unit_names(tx, &units)?;
        let names = queries::names(tx, [&adoption])?;
        Ok((adoption, section, cases, former, names))
    });
    let (adoption, section, cases, former, names) = read.await.or_fail(req)?;
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let begun = adoption.holds_on(req.ctx.now.date());
    page_with(req, status, &page(req.ui(), filled, (adoption, section), cases, &former, &names, begun))
}

fn page(
    ui: Ui,
    filled: Option<Filled>,
    (adoption, section): (Adoption, Section),
    cases: Vec<HandCase>,
    former: &HashMap<Id<Unit>, String>,
    names: &Names,
    begun: bool,
) -> HandoverPage {
    let note = ui.ta("handover-note", [("number", adoption.number.clone())]);
    let movable = cases.iter().filter(|c| c.movable()).count();
    let line = |case: HandCase| Line {
        from: former.get(&case.unit).cloned().unwrap_or_default(),
        along: crate::show::whole(case.along_m),
        case,
    };
    HandoverPage {
        form: filled.unwrap_or_else(|| Filled::new().set("adoption_reason", note)),
        section: section.name(),
        unit: names.unit(adoption.unit_id).to_owned(),
        cases: cases.into_iter().map(line).collect(),
        back: format!("/streets/{}", adoption.number),
        movable,
        begun,
        adoption,
        ui,
    }
}

pub(super) async fn run(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let desk = shared::desk(&req).await?;
    let chosen: BTreeSet<String> = form.all("case").map(str::to_owned).collect();
    let (which, note) = (number.clone(), form.text("adoption_reason").to_owned());
    let done = shared::command(&req, move |ctx, tx, index| {
        commands::hand_over(ctx, tx, &desk, index, &which, &chosen, &note)
    });
    match done.await {
        Ok(handed) => Ok(redirect(
            &req,
            &format!("/streets/{number}"),
            "adoption-handover",
            &handed.moved.len().to_string(),
        )),
        Err(problem) => {
            let filled = shared::refused(&req, &form, problem)?;
            show(&req, &number, Some(filled)).await
        }
    }
}
