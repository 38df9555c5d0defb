//! How letters look on pages of other areas too.

use crate::workflow::State;
use kernel::time::Instant;
use web::Ui;
use web::parts::Deadline;

/// The date to answer by as a badge, while an answer is owed.
pub fn owed(ui: &Ui, state: State, answer_by: Option<Instant>) -> Option<Deadline> {
    let by = answer_by.filter(|_| state.waits_for_unit())?;
    let now = ui.now();
    let (key, mood) = match by.0 - now.0 {
        left if left < 0 => ("letter-answer-late", "overdue"),
        left if left < kernel::time::DAY => ("letter-answer-soon", "soon"),
        _ => ("letter-answer-by", "ok"),
    };
    let text = ui.ta(key, [("time", ui.short(&by))]);
    Some(Deadline { mood, text, at: Some(by), ..Deadline::default() })
}
