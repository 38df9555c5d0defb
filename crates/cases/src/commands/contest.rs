//! The reporter says that it is not fixed: once, within a time; somebody decides.

use super::{load_for, reason, settle, take};
use crate::clock;
use crate::desk::Desk;
use crate::model::Case;
use crate::policy::Act;
use crate::rules::RULES;
use crate::store;
use crate::workflow::{State, Step};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::DAY;

/// By whoever holds the report's token; the page that calls this has checked it. One contest a case.
pub fn contest(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>, why: &str) -> Result<Case> {
    let mut case = store::case(tx, id)?.ok_or_else(Problem::not_found)?;
    let event = take(&mut case, Step::Contest)?.text(reason(why)?);
    if case.contest_count > 0 {
        return Err(Problem::conflict("contested-before"));
    }
    let days = i64::from(RULES.get(tx)?.contest_days);
    if case.closed_at.is_some_and(|at| at.plus(days * DAY) < ctx.now) {
        return Err(Problem::conflict("too-late-to-contest").arg("count", days));
    }
    case.contest_count += 1;
    settle(ctx, tx, desk, case, Step::Contest, event)
}

/// The closing stands; the reporter reads why.
pub fn uphold(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>, why: &str) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::DecideContest, id)?;
    let event = take(&mut case, Step::Uphold)?.text(reason(why)?);
    settle(ctx, tx, desk, case, Step::Uphold, event)
}

/// The reporter is right: back to the unit, with a new clock, and counted as rework.
pub fn reopen(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>, why: &str) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::DecideContest, id)?;
    let event = take(&mut case, Step::Reopen)?.text(reason(why)?);
    if case.lead_unit.is_none() {
        // closed as a parent of parts: there is no unit to send it to
        case.state = State::Registered;
    }
    case.rework_count += 1;
    case.closed_at = None;
    case.on_time = None;
    case.satisfaction = None;
    store::end_pauses(tx, id, ctx.now)?;
    if case.lead_unit.is_some() {
        clock::start_handling(&mut case, desk, ctx.now);
    }
    settle(ctx, tx, desk, case, Step::Reopen, event)
}
