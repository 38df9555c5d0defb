//! 核实: is it there, and is it the city's business?

use super::question::forget_question;
use super::recurrence::look_back;
use super::{load_for, reason, settle, take};
use crate::desk::Desk;
use crate::model::Case;
use crate::policy::Act;
use crate::workflow::Step;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;

/// It is there. From now on the public list may show it.
pub fn confirm(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Confirm, id)?;
    let event = take(&mut case, Step::Confirm)?;
    case.confirmed_at = Some(ctx.now);
    case.is_public = true;
    look_back(ctx, tx, &mut case)?;
    settle(ctx, tx, desk, case, Step::Confirm, event)
}

/// 不予立案: not there, or not ours. The reporter reads the reason.
pub fn refuse(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>, why: &str) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Confirm, id)?;
    let event = take(&mut case, Step::Refuse)?.text(reason(why)?);
    forget_question(tx, &mut case, ctx.now)?;
    case.closed_at = Some(ctx.now);
    case.is_public = false;
    settle(ctx, tx, desk, case, Step::Refuse, event)
}
