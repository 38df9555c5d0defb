//! Batches, newest first, and the form that prints another.

use crate::commands::{self, NewBatch};
use crate::policy::{self, Act};
use crate::queries::{self, BatchLine};
use crate::{forms, show};
use axum::http::StatusCode;
use kernel::problem::Problem;
use sheets::{Cell, Column, Kind as Type};
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::list::{Cursor, PAGE_SIZE, Params};
use web::{Answer, Fail, Form, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "paper/batches.html")]
struct BatchesPage {
    ui: Ui,
    params: Params,
    form: Filled,
    rows: Vec<BatchLine>,
    next: Option<Cursor>,
    /// What the next forms will offer.
    kinds: String,
    may_edit: bool,
}

pub(super) async fn list(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Print).or_fail(&req)?;
    let params = Params::parse(&req.query);
    match export::kind(params.get("format")) {
        Some(kind) => exported(&req, kind).await,
        None => show_with(&req, Filled::new().set("paper_amount", 50), StatusCode::OK).await,
    }
}

async fn show_with(req: &Req, form: Filled, status: StatusCode) -> Answer {
    let params = Params::parse(&req.query);
    let after = Cursor::parse(params.get("after")).or_fail(req)?;
    let desk = cases::desk::Desk::of(&req.city).await.or_fail(req)?;
    let read = req.read(move |ctx, tx| {
        let found = queries::batches(ctx, tx, after, PAGE_SIZE)?;
        Ok((found, crate::settings::DESIGN.get(tx)?))
    });
    let (found, design) = read.await.or_fail(req)?;
    let ui = req.ui();
    let names: Vec<String> =
        show::kinds(&desk.catalogue, &design).into_iter().map(|kind| kind.name).collect();
    let view = BatchesPage {
        params,
        form,
        rows: found.rows,
        next: found.next,
        kinds: names.join(&ui.t("paper-kinds-between")),
        may_edit: policy::may(&req.ctx, Act::Edit),
        ui,
    };
    page_with(req, status, &view)
}

async fn exported(req: &Req, kind: sheets::FileKind) -> Answer {
    let read = req.read(move |ctx, tx| queries::batches(ctx, tx, None, export::ROWS));
    let found = read.await.or_fail(req)?.rows;
    let ui = req.ui();
    let column = |key: &str, of: Type| Column::new(ui.named("paper-column", key), of);
    let heads = [
        column("number", Type::Text),
        column("place", Type::Text).width(30.0),
        column("amount", Type::Int),
        column("returned", Type::Int),
        column("void", Type::Int),
        column("printed-by", Type::Text),
        column("made-at", Type::DateTime),
    ];
    let cells = found.iter().map(|row| {
        vec![
            Cell::from(row.number.as_str()),
            Cell::from(row.place.as_str()),
            Cell::Int(row.amount),
            Cell::Int(row.returned),
            Cell::Int(row.void),
            Cell::from(row.printed_by.as_str()),
            Cell::DateTime(row.made_at.to_civil()),
        ]
    });
    export::answer(req, kind, &ui.t("menu-paper"), &heads, cells)
}

pub(super) async fn create(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Print).or_fail(&req)?;
    let other = super::pdf::printed_text(&req, "printed-other", &[]);
    let made = match forms::batch(&form, other) {
        Ok(new) => make(&req, new).await,
        Err(problem) => Err(problem),
    };
    match made {
        Ok(number) => Ok(redirect(&req, &format!("/paper/batches/{number}"), "paper-printed", &number)),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show_with(&req, filled, StatusCode::UNPROCESSABLE_ENTITY).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}

/// Makes the batch; its number.
async fn make(req: &Req, new: NewBatch) -> Result<String, Problem> {
    let desk = cases::desk::Desk::of(&req.city).await?;
    req.write(move |ctx, tx| Ok(commands::print(ctx, tx, &desk.catalogue, &new)?.number)).await
}
