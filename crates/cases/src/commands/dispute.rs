//! 确权: the unit says whose it is, and why; the clock stands until somebody rules.

use super::{load_for, reason, settle, take};
use crate::clock;
use crate::desk::Desk;
use crate::model::{Case, PauseReason};
use crate::policy::Act;
use crate::store;
use crate::workflow::Step;
use ::store::Tx;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{Problem, Result};

pub fn dispute(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>, why: &str) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Return, id)?;
    let event = take(&mut case, Step::Dispute)?.text(reason(why)?);
    case.paused_at = Some(ctx.now);
    store::start_pause(tx, id, PauseReason::Dispute, ctx.now)?;
    settle(ctx, tx, desk, case, Step::Dispute, event)
}

/// The ruling names the unit. If it is the same one, its clock goes on where it stood; another one gets the full time.
pub fn rule(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    id: Id<Case>,
    unit: Id<Unit>,
    why: &str,
) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Rule, id)?;
    let event = take(&mut case, Step::Rule)?.text(reason(why)?);
    let named = crate::units::active(tx, unit)?;
    let named = named.ok_or_else(|| Problem::field("unit", "not-a-choice"))?;
    store::end_pauses(tx, id, ctx.now)?;
    case.paused_at = None;
    let same = case.lead_unit == Some(unit);
    case.lead_unit = Some(unit);
    if same {
        let pauses = store::pauses(tx, id)?;
        clock::refresh(&mut case, desk, &clock::spans(&pauses));
    } else {
        clock::start_handling(&mut case, desk, ctx.now);
    }
    settle(ctx, tx, desk, case, Step::Rule, event.with("unit", named.name.as_str()))
}
