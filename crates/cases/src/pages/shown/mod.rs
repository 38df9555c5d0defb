//! How cases look on pages: deadlines, stages, pictures, histories, choices. Decided here, written by templates.

mod choices;
mod deadline;
mod extras;
mod history;
mod maps;
mod pictures;
mod questions;
mod rows;
mod stages;
mod voices;

pub(crate) use crate::masked::Masked;
pub(crate) use choices::{Group, common_items, common_kinds, groups};
pub(crate) use deadline::{deadline, limit_text};
pub use extras::option_text;
pub(crate) use extras::{
    Asking, answer_facts, asking, called, cell as answers_cell, own_answers, public_answers,
};
pub(crate) use history::{Reader, history};
pub(crate) use maps::CityMap;
pub(crate) use pictures::{Pictures, pictures, pictures_with};
pub(crate) use questions::{QuestionLine, questions};
pub(crate) use rows::Row;
pub(crate) use stages::stages;
pub(crate) use voices::{Voices, voices};

use crate::model::Case;
use crate::workflow::State;
use kernel::workflow::Named;
use web::Ui;

/// 待派遣.
pub(crate) fn state_text(ui: &Ui, state: State) -> String {
    ui.named("case-state", state.code())
}

/// Value and text of every code, for selects and filters.
pub(crate) fn codes<T: Named>(ui: &Ui, prefix: &str) -> Vec<(&'static str, String)> {
    T::ALL.iter().map(|c| (c.code(), ui.named(prefix, c.code()))).collect()
}

/// Words for the column of a number and its share of another.
pub(crate) fn kind_name(desk: &crate::desk::Desk, case: &Case) -> String {
    let Some(item) = case.item_id.and_then(|id| desk.catalogue.item(id)) else { return String::new() };
    format!("{} › {}", item.major_name, item.name)
}
