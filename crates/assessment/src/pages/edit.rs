//! Name, day and weight of a round.

use super::head::Head;
use crate::policy::{self, Act};
use crate::rounds::commands::{self, Edit};
use crate::rounds::queries::{self, Sight};
use axum::http::StatusCode;
use kernel::problem::{FieldError, Problem};
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "assessment/edit.html")]
struct EditPage {
    ui: Ui,
    head: Head,
    form: Filled,
}

async fn show(req: &Req, number: String, filled: Option<Filled>) -> Answer {
    policy::require(&req.ctx, Act::Import).or_fail(req)?;
    let round = req.read(move |ctx, tx| queries::see_whole(ctx, tx, &number)).await.or_fail(req)?;
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let form = filled.unwrap_or_else(|| {
        Filled::new()
            .set("round_name", &round.name)
            .set("held_on", round.day())
            .set("round_weight", &round.weight)
            .set("version", round.version)
    });
    let ui = req.ui();
    page_with(req, status, &EditPage { head: Head::new(&ui, &round, &Sight::All, ""), form, ui })
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    show(&req, number, None).await
}

pub(super) async fn save(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (sent, of) = (form.clone(), number.clone());
    let done = req.write(move |ctx, tx| {
        let field = |e: FieldError| Problem::invalid(vec![e]);
        // who may not is told that first
        policy::require(ctx, Act::Import)?;
        let held_on = sent.date("held_on").map_err(field)?;
        let edit = Edit {
            name: sent.text("round_name").to_owned(),
            held_on: held_on.ok_or_else(|| Problem::field("held_on", "required"))?,
            weight: sent.text("round_weight").to_owned(),
            version: sent.number("version").map_err(field)?,
        };
        commands::edit(ctx, tx, &of, edit)
    });
    match done.await {
        Ok(_) => Ok(redirect(&req, &format!("/assessment/rounds/{number}"), "round-edited", &number)),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show(&req, number, Some(filled)).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}
