//! 作废: entered by mistake.

use super::{load_for, reason, settle, take};
use crate::desk::Desk;
use crate::model::Case;
use crate::policy::Act;
use crate::store;
use crate::workflow::Step;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;

pub fn void(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>, why: &str) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Void, id)?;
    let event = take(&mut case, Step::Void)?.text(reason(why)?);
    case.closed_at = Some(ctx.now);
    case.is_public = false;
    case.paused_at = None;
    store::end_pauses(tx, id, ctx.now)?;
    store::withdraw_requests(tx, id)?;
    store::withdraw_questions(tx, id, ctx.now)?;
    settle(ctx, tx, desk, case, Step::Void, event)
}
