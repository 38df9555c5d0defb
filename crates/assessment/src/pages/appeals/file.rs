//! The form to file an appeal.

use crate::appeals::commands::{self, Filing};
use crate::appeals::queries;
use crate::rounds::queries as rounds;
use crate::show;
use axum::http::StatusCode;
use kernel::problem::Problem;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::parts::Fact;
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "assessment/appeals/file.html")]
struct FilePage {
    ui: Ui,
    form: Filled,
    point: String,
    base: String,
    facts: Vec<Fact>,
    until: String,
}

async fn form_of(req: &Req, number: String, row: i64, filled: Option<Filled>) -> Answer {
    let city = req.city.clone();
    let read = req.read(move |ctx, tx| {
        let full = rounds::full(ctx, tx, &city, &number)?;
        let seen = rounds::row_of(&full.worked, full.cases.clone(), &full.sight, row)?;
        let unit = queries::may_file(ctx, tx, &full.round, row, &seen.point)?;
        let (_, unit) = unit.ok_or_else(|| Problem::conflict("appeal-not-now"))?;
        let until = queries::last_day(tx, &full.round)?;
        Ok((full.round, seen, unit, until))
    });
    let (round, seen, unit, until) = read.await.or_fail(req)?;
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let ui = req.ui();
    let fact = |key: &str, value: String| Fact::new(ui.named("appeal-column", key), value);
    let view = FilePage {
        facts: vec![
            fact("unit", unit),
            fact("round", format!("{} {}", round.number, round.name)),
            fact("row", ui.n("round-row-number", row)),
            fact("lost", show::lost(seen.point.lost)),
        ],
        form: filled.unwrap_or_else(|| Filled::new().set("appeal_wanted", "0")),
        point: seen.row.point,
        base: format!("/assessment/rounds/{}/rows/{row}", round.number),
        until: until.map(|day| ui.date(&day)).unwrap_or_default(),
        ui,
    };
    page_with(req, status, &view)
}

pub(super) async fn new(req: Req, Path((number, row)): Path<(String, i64)>) -> Answer {
    form_of(&req, number, row, None).await
}

pub(super) async fn make(req: Req, Path((number, row)): Path<(String, i64)>, form: Form) -> Answer {
    let (sent, of) = (form.clone(), number.clone());
    let done = req.write(move |ctx, tx| {
        let filing = Filing {
            grounds: sent.text("appeal_grounds").to_owned(),
            wanted: sent.text("appeal_wanted").to_owned(),
        };
        commands::file(ctx, tx, (&of, row), &filing)
    });
    match done.await {
        Ok(appeal) => {
            let to = format!("/assessment/appeals/{}", appeal.number);
            Ok(redirect(&req, &to, "appeal-filed", &appeal.number))
        }
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => form_of(&req, number, row, Some(filled)).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}
