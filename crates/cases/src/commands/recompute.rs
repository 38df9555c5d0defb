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

/// Works out the provisional deadlines after `after` (an id) again, at most `limit` of them. Returns the last id looked
/// at, or `None` when there are no more.
pub fn recompute(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, after: i64, limit: i64) -> Result<Option<i64>> {
    tx.housekeeping();
    let cases = store::provisional(tx, after, limit)?;
    let last = cases.last().map(|c| c.id.raw());
    for mut case in cases {
        let before = (case.due_at, case.stage_due_at, case.due_provisional, case.stage_provisional);
        let pauses = store::pauses(tx, case.id)?;
        clock::refresh(&mut case, desk, &clock::spans(&pauses));
        if let Some(stage) = case.state.stage().filter(|s| *s != Stage::Handle) {
            let since = entered(&case, stage).unwrap_or(ctx.now);
            clock::enter_stage(&mut case, desk, since);
        }
        if (case.due_at, case.stage_due_at, case.due_provisional, case.stage_provisional) != before {
            let due = case.due_at.or(case.stage_due_at);
            let event = Event::new("case.deadline-recomputed", case.id)
                .with("due", due.map(kernel::time::Instant::rfc3339));
            save(tx, &mut case)?;
            tx.record(ctx, event)?;
        }
    }
    Ok(last)
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
