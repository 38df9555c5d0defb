//! 结案.

use super::independent;
use super::{load_for, settle, take};
use crate::clock;
use crate::desk::Desk;
use crate::model::Case;
use crate::policy::Act;
use crate::workflow::Step;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;

/// Whether it counts as closed in time: [`clock::in_time`].
pub fn close(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>, note: &str) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Close, id)?;
    let event = take(&mut case, Step::Close)?;
    independent(ctx, &case)?;
    case.closed_at = Some(ctx.now);
    case.on_time = clock::in_time(&case);
    let event = event.with("on-time", case.on_time).text(note.trim());
    settle(ctx, tx, desk, case, Step::Close, event)
}
