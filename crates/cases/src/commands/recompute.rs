//! What the program does by itself: deadlines when the calendar changes, and parked cases whose date has come.

use super::{resume, save};
use crate::clock;
use crate::desk::Desk;
use crate::model::Case;
use crate::store;
use crate::workflow::Stage;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::problem::Result;

/// Works out the provisional deadlines after `after` (an id) again, at most `limit` of them; and of what is closed, whether
/// that was in time. Returns the last id looked at, or `None` when there are no more.
pub fn recompute(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, after: i64, limit: i64) -> Result<Option<i64>> {
    tx.housekeeping();
    let cases = store::provisional(tx, after, limit)?;
    let last = cases.last().map(|c| c.id.raw());
    for mut case in cases {
        let before = case.clone();
        let pauses = store::pauses(tx, case.id)?;
        clock::refresh(&mut case, desk, &clock::spans(&pauses));
        if let Some(stage) = case.state.stage().filter(|s| *s != Stage::Handle) {
            let since = entered(&case, stage).unwrap_or(ctx.now);
            clock::enter_stage(&mut case, desk, since, &clock::spans(&pauses));
        }
        if case.on_time.is_some() {
            case.on_time = clock::in_time(&case);
        }
        let Some(verb) = what_moved(&before, &case) else { continue };
        let due = case.due_at.or(case.stage_due_at);
        let event = Event::new(verb, case.id)
            .with("due", due.map(kernel::time::Instant::rfc3339))
            .with("on-time", case.on_time);
        save(ctx, tx, &mut case)?;
        tx.record(ctx, event)?;
    }
    Ok(last)
}

/// What the log calls the difference; nothing when there is none.
fn what_moved(before: &Case, now: &Case) -> Option<&'static str> {
    let clocks = |c: &Case| (c.due_at, c.stage_due_at, c.due_provisional, c.stage_provisional);
    if before.on_time != now.on_time {
        return Some("case.result-recomputed");
    }
    (clocks(before) != clocks(now)).then_some("case.deadline-recomputed")
}

/// When the present stage began.
fn entered(case: &Case, stage: Stage) -> Option<kernel::time::Instant> {
    match stage {
        Stage::Confirm => Some(case.reported_at),
        Stage::Register => case.confirmed_at,
        Stage::Dispatch => case.registered_at,
        Stage::Handle => case.dispatched_at,
        Stage::Verify => case.answered_at,
        Stage::Close => case.verified_at,
    }
}

/// Gives parked cases back to their units on the day they were parked until.
pub fn wake_parked(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk) -> Result<usize> {
    tx.housekeeping();
    let due = store::parked_until(tx, ctx.now.date(), 200)?;
    for case in &due {
        resume(ctx, tx, desk, case.id)?;
    }
    Ok(due.len())
}
