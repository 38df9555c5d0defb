//! The clocks of a case: one per stage, and the one that matters to the unit: the time to handle it.
//!
//! The handling clock starts at dispatch, with the limit of the catalogue item and condition. It stands while the case
//! is parked, in dispute, or being verified, and while the reporter is asked; extensions make the limit longer. It is never moved otherwise, so that
//! `due_at` can be worked out again at any time from the dispatch, the limit and the pauses, which is what happens when
//! the arrangement of a year is published.

use crate::desk::Desk;
use crate::model::{Case, Item, PauseRow};
use crate::workflow::{Stage, State};
use kernel::calendar::{Limit, Remaining};
use kernel::id::Id;
use kernel::time::Instant;

pub type Pauses = [(Instant, Option<Instant>)];

/// The pauses as the calendar wants them.
pub fn spans(rows: &[PauseRow]) -> Vec<(Instant, Option<Instant>)> {
    rows.iter().map(|p| (p.started_at, p.ended_at)).collect()
}

/// Starts the clock of the stage that the case entered at `since`, without the pauses; no clock where the stage has none.
pub fn enter_stage(case: &mut Case, desk: &Desk, since: Instant, pauses: &Pauses) {
    match case.state.stage() {
        // the handling clock is set by `start_handling` and `refresh`
        Some(Stage::Handle) => {
            case.stage_due_at = case.due_at;
            case.stage_provisional = case.due_provisional;
        }
        Some(stage) => {
            let due = desk
                .catalogue
                .limit(case.item_id, &case.condition, stage)
                .map(|l| desk.calendar.due(since, l, &closed_since(since, pauses)));
            case.stage_due_at = due.filter(|d| !d.is_never()).map(|d| d.at);
            case.stage_provisional = due.is_some_and(|d| d.provisional);
        }
        None => {
            case.stage_due_at = None;
            case.stage_provisional = false;
        }
    }
}

/// Starts the handling clock anew: at dispatch, redispatch, reopening.
pub fn start_handling(case: &mut Case, desk: &Desk, now: Instant) {
    let limit = desk.catalogue.limit(case.item_id, &case.condition, Stage::Handle);
    case.limit_amount = limit.map(|l| l.value);
    case.limit_unit = limit.map(|l| l.unit.as_str().to_owned());
    case.dispatched_at = Some(now);
    case.received_at = None;
    case.paused_at = None;
    case.parked_until = None;
    refresh(case, desk, &[]);
}

/// The pauses that have ended and began after a moment.
fn closed_since(start: Instant, pauses: &Pauses) -> Vec<(Instant, Option<Instant>)> {
    pauses.iter().copied().filter(|(from, to)| to.is_some() && *from >= start).collect()
}

/// Works out `due_at` again from dispatch, limit and pauses. Pauses before the dispatch do not count.
pub fn refresh(case: &mut Case, desk: &Desk, pauses: &Pauses) {
    let (Some(start), Some(limit)) = (case.dispatched_at, case.limit()) else { return };
    // while a pause is open nothing can be said about the end; the last known deadline stays
    let due = desk.calendar.due(start, limit, &closed_since(start, pauses));
    case.due_at = (!due.is_never()).then_some(due.at);
    case.due_provisional = due.provisional;
    if case.state.stage() == Some(Stage::Handle) {
        case.stage_due_at = case.due_at;
        case.stage_provisional = case.due_provisional;
    }
}

/// Whether the answer that was accepted came by the deadline; unknown without one of the two. What counts is when the
/// unit answered, not when others found the time to look at it.
pub fn in_time(case: &Case) -> Option<bool> {
    case.due_at.zip(case.answered_at).map(|(due, answered)| answered <= due)
}

/// The limit made longer by `amount` of its own units.
pub fn extend(case: &mut Case, amount: u32) {
    case.limit_amount = case.limit_amount.map(|a| a.saturating_add(amount));
}

/// How a deadline looks to a person now.
#[derive(Clone, Debug, PartialEq)]
pub enum Mood {
    None,
    Done { on_time: bool },
    Paused,
    Ok(Remaining),
    Soon(Remaining),
    Overdue { late: Remaining, times: u32 },
}

/// A quarter of the limit, or at least two hours: from then on it is "soon".
fn soon_from(limit: Option<Limit>, desk: &Desk, start: Option<Instant>, due: Instant) -> Instant {
    let two_hours = due.plus(-2 * kernel::time::HOUR);
    let Some((limit, start)) = limit.zip(start) else { return two_hours };
    let quarter = Limit { value: (limit.value * 3).div_ceil(4), unit: limit.unit };
    desk.calendar.due(start, quarter, &[]).at.min(two_hours)
}

/// What [`mood`] needs to know of a case.
#[derive(Clone, Debug)]
pub struct Timing {
    pub state: State,
    pub item_id: Option<Id<Item>>,
    pub condition: String,
    pub stage_due_at: Option<Instant>,
    pub dispatched_at: Option<Instant>,
    pub paused_at: Option<Instant>,
    pub on_time: Option<bool>,
    pub limit: Option<Limit>,
}

impl From<&Case> for Timing {
    fn from(case: &Case) -> Self {
        Self {
            state: case.state,
            item_id: case.item_id,
            condition: case.condition.clone(),
            stage_due_at: case.stage_due_at,
            dispatched_at: case.dispatched_at,
            paused_at: case.paused_at,
            on_time: case.on_time,
            limit: case.limit(),
        }
    }
}

/// What to show for the present deadline.
pub fn mood(of: &Timing, desk: &Desk, now: Instant) -> Mood {
    if let Some(on_time) = of.on_time.filter(|_| of.state.is_over()) {
        return Mood::Done { on_time };
    }
    if of.paused_at.is_some() {
        return Mood::Paused;
    }
    let Some(due) = of.stage_due_at else { return Mood::None };
    let handling = of.state.is_at_unit();
    let limit = if handling {
        of.limit
    } else {
        of.state.stage().and_then(|s| desk.catalogue.limit(of.item_id, &of.condition, s))
    };
    let unit = limit.map_or(kernel::calendar::TimeUnit::WorkingHour, |l| l.unit);
    let left = desk.calendar.remaining(now, due, unit);
    if now > due {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a factor is small and not negative"
        )]
        let times = limit.map_or(0, |l| desk.calendar.overdue_factor(due, now, l).clamp(0.0, 9999.0) as u32);
        return Mood::Overdue { late: left, times };
    }
    let start = if handling { of.dispatched_at } else { None };
    if now >= soon_from(limit, desk, start, due) { Mood::Soon(left) } else { Mood::Ok(left) }
}
