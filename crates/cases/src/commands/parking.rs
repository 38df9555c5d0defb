//! 挂账: it cannot be solved for now. A reason, an approver, a date to look again; the clock stands meanwhile.

use super::{load_for, reason, settle, take};
use crate::clock;
use crate::desk::Desk;
use crate::model::{Case, PauseReason};
use crate::policy::Act;
use crate::store;
use crate::workflow::Step;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Date;

/// Longest parking, in days. After it somebody has to decide again.
const LONGEST_DAYS: i32 = 366;

pub fn park(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>, until: Date, why: &str) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::DecideTime, id)?;
    let event = take(&mut case, Step::Park)?.text(reason(why)?);
    let days = kernel::time::days_since_epoch(until) - kernel::time::days_since_epoch(ctx.now.date());
    if !(1..=LONGEST_DAYS).contains(&days) {
        return Err(Problem::field("until", "out-of-range"));
    }
    case.paused_at = Some(ctx.now);
    case.parked_until = Some(until);
    store::start_pause(tx, id, PauseReason::Parking, ctx.now)?;
    settle(ctx, tx, desk, case, Step::Park, event.with("until", until.to_string()))
}

/// The unit can go on. Also done by the program when the date has come.
pub fn resume(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::DecideTime, id)?;
    let event = take(&mut case, Step::Resume)?;
    store::end_pauses(tx, id, ctx.now)?;
    case.paused_at = None;
    case.parked_until = None;
    let pauses = store::pauses(tx, id)?;
    clock::refresh(&mut case, desk, &clock::spans(&pauses));
    settle(ctx, tx, desk, case, Step::Resume, event)
}
