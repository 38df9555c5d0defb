//! Repeating a draw from its `draw.json`. Nothing is kept of the file.

use crate::policy::{self, Act};
use axum::http::StatusCode;
use draw::{Fault, Record, faults};
use kernel::problem::{FieldError, Problem, Result};
use web::error::{OrFail, page_with};
use web::form::Filled;
use web::{Answer, Fail, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "inspections/check.html")]
struct CheckPage {
    ui: Ui,
    form: Filled,
    checked: Option<Checked>,
}

struct Checked {
    /// Of the inspection, as the file says.
    number: String,
    faults: Vec<(String, Fault)>,
}

/// Most faults that the page names.
const SHOWN: usize = 50;

pub(super) async fn page_of(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Check).or_fail(&req)?;
    page_with(&req, StatusCode::OK, &CheckPage { ui: req.ui(), form: Filled::new(), checked: None })
}

/// The record in the file, or what is wrong with it.
fn read(form: &Form) -> Result<Record> {
    let file = form.files.iter().find(|f| f.field == "draw_file");
    let file = file.ok_or_else(|| Problem::field("draw_file", "required"))?;
    serde_json::from_slice(&file.bytes).map_err(|e| {
        Problem::invalid(vec![FieldError::new("draw_file", "inspection-no-record").arg("what", e)])
    })
}

pub(super) async fn run(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Check).or_fail(&req)?;
    let record = match read(&form) {
        Ok(record) => record,
        Err(problem) => {
            let Some(form) = Filled::refused(&form, &problem) else { return Err(Fail::of(&req, problem)) };
            let view = CheckPage { ui: req.ui(), form, checked: None };
            return page_with(&req, StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    let number = record.plan.iter().find(|row| row.first().is_some_and(|name| name == "number"));
    let number = number.and_then(|row| row.get(1)).cloned().unwrap_or_default();
    // a large register is hashed thousands of times
    let found = tokio::task::spawn_blocking(move || faults(&record)).await;
    let found = found.map_err(Problem::internal).or_fail(&req)?;
    let ui = req.ui();
    let named = found.into_iter().take(SHOWN).map(|f| (ui.named("draw-part", f.part), f)).collect();
    let checked = Some(Checked { number, faults: named });
    page_with(&req, StatusCode::OK, &CheckPage { ui, form: Filled::new(), checked })
}
