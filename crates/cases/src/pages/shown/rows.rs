//! A case as a line of a list.

use super::{deadline, state_text};
use crate::desk::Desk;
use crate::queries::CaseLine;
use crate::units::{Names, PeopleNames};
use kernel::time::Instant;
use kernel::workflow::Named;
use web::Ui;
use web::parts::Deadline;

/// All texts are already in the reader's language.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub number: String,
    pub title: String,
    pub state: String,
    pub mood: &'static str,
    /// What somebody has to do with it: "verify".
    pub waits: String,
    pub urgent: bool,
    pub kind: String,
    pub unit: String,
    /// Whom of its people the unit has given it to.
    pub handler: String,
    pub source: String,
    pub reported_at: Instant,
    pub due: Option<Deadline>,
    pub rework: i64,
}

impl Row {
    pub(crate) fn of(ui: &Ui, desk: &Desk, units: &Names, line: &CaseLine) -> Self {
        Self {
            state: state_text(ui, line.state),
            mood: line.state.mood(),
            waits: ui.named("case-waits", line.state.code()),
            kind: desk.catalogue.name(line.item_id).to_owned(),
            unit: units.get(line.lead_unit).to_owned(),
            handler: String::new(),
            source: ui.named("source", line.source.code()),
            due: deadline(ui, desk, &line.timing(), line.due_provisional, line.parked_until),
            number: line.number.clone(),
            title: line.title.clone(),
            urgent: line.urgent,
            reported_at: line.reported_at,
            rework: line.rework_count,
        }
    }

    pub(crate) fn with_handler(self, people: &PeopleNames, line: &CaseLine) -> Self {
        Self { handler: people.get(line.handler_id).to_owned(), ..self }
    }

    /// The row of a day that is over: no clock goes on beside it.
    pub(crate) fn still(mut self) -> Self {
        if let Some(due) = &mut self.due {
            due.steps = Vec::new();
        }
        self
    }
}
