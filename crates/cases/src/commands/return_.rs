//! 回退: the unit says that it is the wrong one. Counted, with the reason, and back to the dispatcher.

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

pub fn return_case(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>, why: &str) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Return, id)?;
    let event = take(&mut case, Step::Return)?.text(reason(why)?);
    case.return_count += 1;
    case.lead_unit = None;
    case.due_at = None;
    case.limit_amount = None;
    store::set_assisting(tx, id, &[])?;
    store::withdraw_requests(tx, id)?;
    store::withdraw_questions(tx, id, ctx.now)?;
    settle(ctx, tx, desk, case, Step::Return, event)
}
