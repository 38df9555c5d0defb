//! 接收: the unit has read it and takes it up.

use super::{load_for, settle, take};
use crate::desk::Desk;
use crate::model::Case;
use crate::policy::Act;
use crate::workflow::Step;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;

pub fn receive(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Handle, id)?;
    let event = take(&mut case, Step::Receive)?;
    case.received_at = Some(ctx.now);
    settle(ctx, tx, desk, case, Step::Receive, event)
}
