//! Pages of the negative list.

mod entry;
mod event;
mod list;
mod titles;

pub(crate) use list::asked;

use crate::negative::forms::amount;
use crate::negative::model::{Effect, Status};
use kernel::workflow::Named;
use web::{Access, Routes, Ui};

pub(super) fn routes() -> Routes {
    let see = Access::Action("assessment-see-negative");
    let edit = Access::Action("assessment-edit-negative");
    let decide = Access::Action("assessment-decide-negative");
    Routes::new()
        .get("/assessment/negative", see, list::page_of)
        .get("/assessment/negative/new", edit, event::new)
        .post("/assessment/negative/new", edit, event::make)
        .get("/assessment/negative/entries", see, entry::list)
        .get("/assessment/negative/entries/new", edit, entry::new)
        .post("/assessment/negative/entries/new", edit, entry::make)
        .get("/assessment/negative/entries/{code}", edit, entry::edit)
        .post("/assessment/negative/entries/{code}", edit, entry::save)
        .get("/assessment/negative/titles", edit, titles::page_of)
        .post("/assessment/negative/titles", edit, titles::save)
        .get("/assessment/negative/events/{number}", see, event::page_of)
        .get("/assessment/negative/events/{number}/edit", edit, event::edit)
        .post("/assessment/negative/events/{number}/edit", edit, event::save)
        .get("/assessment/negative/events/{number}/steps/{step}", decide, event::step)
        .post("/assessment/negative/events/{number}/steps/{step}", decide, event::run)
}

/// 扣3分, 停止资格12个月 …
pub(super) fn effect(ui: &Ui, effect: Option<&Effect>) -> String {
    match effect {
        Some(effect) => {
            ui.ta(format!("negative-effect-{}", effect.measure().code()), &[("amount", amount(effect))])
        }
        None => "–".to_owned(),
    }
}

pub(super) fn statuses(ui: &Ui) -> Vec<(String, String)> {
    Status::ALL.iter().map(|s| (s.code().to_owned(), ui.named("city-status", s.code()))).collect()
}
