//! The seven stages as the stepper shows them.

use super::state_text;
use crate::model::Case;
use crate::workflow::State;
use kernel::time::Instant;
use web::Ui;
use web::parts::{Stage, Step};

/// Names of the stages, in order: ending of the text `case-stage-…`.
const STAGES: [&str; 7] = ["report", "register", "dispatch", "handle", "answer", "verify", "close"];

/// How many stages are behind the case.
fn behind(state: State) -> usize {
    match state {
        State::Reported
        | State::Unclear
        | State::Confirmed
        | State::Refused
        | State::Merged
        | State::Voided => 1,
        State::Registered | State::Split => 2,
        State::Dispatched | State::Handling | State::Parked | State::Inquired | State::Disputed => 3,
        State::Answered | State::Contested => 5,
        State::Verified => 6,
        State::Closed => 7,
    }
}

/// When each was passed.
fn passed(case: &Case) -> [Option<Instant>; 7] {
    [
        Some(case.reported_at),
        case.registered_at,
        case.dispatched_at,
        case.received_at.or(case.answered_at),
        case.answered_at,
        case.verified_at,
        case.closed_at,
    ]
}

/// `who` has it now: shown at the present stage.
pub(crate) fn stages(ui: &Ui, case: &Case, who: &str) -> Vec<Step> {
    let done = behind(case.state);
    let times = passed(case);
    let ended = case.state.is_over() && done < STAGES.len();
    let late = case.is_overdue(ui.now());
    STAGES
        .iter()
        .zip(times)
        .enumerate()
        .map(|(n, (stage, at))| {
            let name = ui.named("case-stage", stage);
            if n < done {
                let meta = at.map(|at| ui.short(&at)).unwrap_or_default();
                Step { name, meta, stage: Stage::Done, late: false }
            } else if n == done {
                let word = state_text(ui, case.state);
                let meta = if who.is_empty() { word.clone() } else { format!("{word} · {who}") };
                let name = if ended { word } else { name };
                Step { name, meta: if ended { String::new() } else { meta }, stage: Stage::Current, late }
            } else {
                Step { name, ..Step::default() }
            }
        })
        .collect()
}
