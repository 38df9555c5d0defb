//! One batch: its sheets, what became of them, printing them, and saying that some are void.

use super::sheet_state;
use crate::commands;
use crate::model::{Sheet, SheetState};
use crate::policy::{self, Act};
use crate::queries::{self, Whole};
use axum::http::StatusCode;
use sheets::{Cell, Column, Kind as Type};
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Fail, Form, Path, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "paper/batch.html")]
struct BatchPage {
    ui: Ui,
    params: Params,
    form: Filled,
    whole: Whole,
    kinds: Vec<String>,
    /// Sheets still out.
    out: usize,
    returned: usize,
    void: usize,
}

impl BatchPage {
    fn state(&self, sheet: &Sheet) -> String {
        sheet_state(&self.ui, sheet.state)
    }
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    show(&req, number, Filled::new(), StatusCode::OK).await
}

async fn show(req: &Req, number: String, form: Filled, status: StatusCode) -> Answer {
    policy::require(&req.ctx, Act::Print).or_fail(req)?;
    let params = Params::parse(&req.query);
    let whole = req.read(move |ctx, tx| queries::batch(ctx, tx, &number)).await.or_fail(req)?;
    let ui = req.ui();
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(req, &ui, kind, &whole);
    }
    let count = |state| whole.sheets.iter().filter(|(sheet, _)| sheet.state == state).count();
    let view = BatchPage {
        kinds: whole.batch.kinds().into_iter().map(|kind| kind.name).collect(),
        out: count(SheetState::Printed),
        returned: count(SheetState::Returned),
        void: count(SheetState::Void),
        params,
        form,
        whole,
        ui,
    };
    page_with(req, status, &view)
}

fn exported(req: &Req, ui: &Ui, kind: sheets::FileKind, whole: &Whole) -> Answer {
    let column = |key: &str, of: Type| Column::new(ui.named("paper-column", key), of);
    let heads = [
        column("number", Type::Text),
        column("state", Type::Text),
        column("case", Type::Text),
        column("settled-at", Type::DateTime),
        column("reason", Type::Text).width(40.0),
    ];
    let cells = whole.sheets.iter().map(|(sheet, case)| {
        vec![
            Cell::from(sheet.number.as_str()),
            Cell::Text(sheet_state(ui, sheet.state).into()),
            Cell::from(case.as_str()),
            sheet.settled_at.map_or(Cell::Empty, |at| Cell::DateTime(at.to_civil())),
            Cell::from(sheet.reason.as_str()),
        ]
    });
    export::answer(req, kind, &whole.batch.number, &heads, cells)
}

pub(super) async fn void(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Print).or_fail(&req)?;
    let (of, why) = (number.clone(), form.text("reason").to_owned());
    let one = Some(form.text("sheet").to_uppercase()).filter(|sheet| !sheet.is_empty());
    let done = req.write(move |ctx, tx| commands::void(ctx, tx, &of, one.as_deref(), &why)).await;
    match done {
        Ok(count) => {
            let to = format!("/paper/batches/{number}");
            Ok(redirect(&req, &to, "paper-voided", &count.to_string()))
        }
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show(&req, number, filled, StatusCode::UNPROCESSABLE_ENTITY).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}
