//! How states, kinds and histories are told.

use crate::model::{Kind, PeriodState, Request, RequestState};
use crate::queries::Level;
use crate::workflow::{State, Step};
use ::store::Tx;
use ::store::audit::HistoryLine;
use kernel::problem::Result;
use kernel::workflow::Named;
use web::Ui;
use web::parts::{Line, Stage, Step as Shown};

pub(crate) fn kind(ui: &Ui, kind: Kind) -> String {
    ui.named("evidence-kind", kind.code())
}

pub(crate) fn state(ui: &Ui, state: State) -> String {
    ui.named("evidence-state", state.code())
}

pub(crate) fn request_state(ui: &Ui, state: RequestState) -> String {
    ui.named("evidence-request-state", state.code())
}

pub(crate) fn period_state(ui: &Ui, state: PeriodState) -> String {
    ui.named("evidence-period-state", state.code())
}

pub(crate) fn level(ui: &Ui, level: Level) -> String {
    ui.named("evidence-level", level.code())
}

impl Level {
    pub(crate) fn mood(self) -> &'static str {
        match self {
            Level::Missing => "late",
            Level::Asked => "active",
            Level::Review => "waiting",
            Level::Filed => "done",
        }
    }
}

impl RequestState {
    pub(crate) fn mood(self) -> &'static str {
        match self {
            RequestState::Open => "active",
            RequestState::Answered => "done",
            RequestState::Stopped => "late",
            RequestState::Withdrawn => "",
        }
    }
}

/// Why a request was not made; empty for one that was.
pub(crate) fn why(ui: &Ui, request: &Request) -> String {
    request.why.map_or_else(String::new, |why| ui.named("evidence-why", why.code()))
}

/// Codes and texts of a closed list.
pub(crate) fn options<T: Named>(ui: &Ui, prefix: &str) -> Vec<(String, String)> {
    T::ALL.iter().map(|one| (one.code().to_owned(), ui.named(prefix, one.code()))).collect()
}

/// Where a number leads.
pub(crate) fn href(number: &str) -> String {
    if number.starts_with("ER-") {
        format!("/evidence/requests/{number}")
    } else {
        format!("/evidence/items/{number}")
    }
}

/// Active units for a select: code and name, set in by their depth.
pub(crate) fn unit_options(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>> {
    Ok(people::queries::all_units_options(tx)?.iter().map(people::queries::UnitOption::choice).collect())
}

fn look(verb: &str) -> (&'static str, &'static str) {
    match verb {
        "evidence.submitted" => ("send", "brand"),
        "evidence.passed" => ("check", "ok"),
        "evidence.filed" => ("checks", "ok"),
        "evidence.returned" => ("arrow-back-up", "late"),
        "evidence.withdrawn" | "evidence.request-withdrawn" => ("rotate-2", "late"),
        "evidence.graded" => ("star", ""),
        "evidence.used" | "evidence.reused" => ("link", ""),
        "evidence.stopped" => ("hand-stop", "late"),
        "evidence.asked" => ("speakerphone", "brand"),
        _ => ("pencil", ""),
    }
}

/// Newest first.
pub(crate) fn history(ui: &Ui, lines: &[HistoryLine]) -> Vec<Line> {
    web::events::lines(ui, lines, look)
}

/// The stages of an item; one that was returned stands before the first review again.
pub(crate) fn stages(ui: &Ui, now: State) -> Vec<Shown> {
    let road = [State::Draft, State::First, State::Second, State::Final, State::Filed];
    let first = if matches!(now, State::Returned | State::Withdrawn) { now } else { State::Draft };
    let at = road.iter().position(|state| *state == now).unwrap_or(0);
    let stage = |(n, of): (usize, State)| Shown {
        name: state(ui, if n == 0 { first } else { of }),
        meta: String::new(),
        stage: match n.cmp(&at) {
            std::cmp::Ordering::Less => Stage::Done,
            std::cmp::Ordering::Equal => Stage::Current,
            std::cmp::Ordering::Greater => Stage::ToCome,
        },
        late: now == State::Returned && n == 0,
    };
    road.into_iter().enumerate().map(stage).collect()
}

pub(crate) fn step(ui: &Ui, step: Step) -> String {
    ui.named("evidence-move", step.code())
}
