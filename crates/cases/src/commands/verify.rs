//! 核查: somebody else looks whether it is fixed.

use super::{load_for, reason, settle, take};
use crate::clock;
use crate::desk::Desk;
use crate::model::{Case, PhotoKind};
use crate::policy::{Act, works_for};
use crate::store;
use crate::workflow::Step;
use ::store::Tx;
use ::store::files::{self, Quarantined};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};

pub fn pass(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    id: Id<Case>,
    note: &str,
    photos: &[(Quarantined, String)],
) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Verify, id)?;
    let event = take(&mut case, Step::Pass)?;
    independent(ctx, &case)?;
    add(ctx, tx, id, photos)?;
    case.verified_at = Some(ctx.now);
    settle(ctx, tx, desk, case, Step::Pass, event.text(note.trim()))
}

/// 返工: not fixed. Counted; back to the same unit, on the time it had left when it answered.
pub fn rework(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    id: Id<Case>,
    why: &str,
    photos: &[(Quarantined, String)],
) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Verify, id)?;
    let event = take(&mut case, Step::Rework)?.text(reason(why)?);
    independent(ctx, &case)?;
    add(ctx, tx, id, photos)?;
    case.rework_count += 1;
    store::end_pauses(tx, id, ctx.now)?;
    let pauses = store::pauses(tx, id)?;
    clock::refresh(&mut case, desk, &clock::spans(&pauses));
    settle(ctx, tx, desk, case, Step::Rework, event)
}

pub(super) fn add(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Case>, photos: &[(Quarantined, String)]) -> Result<()> {
    for (received, name) in photos {
        let file = files::adopt(tx, ctx, received, name)?;
        store::add_photo(tx, id, file, PhotoKind::Check, ctx)?;
    }
    Ok(())
}

/// Nobody checks their own work: not the person who answered, and nobody who works for the unit that did.
pub(crate) fn independent(ctx: &Ctx, case: &Case) -> Result<()> {
    let Some(person) = ctx.person() else { return Ok(()) };
    let of_unit = works_for(ctx, case.lead_unit.into_iter());
    if case.answered_by == Some(person) || of_unit { Err(Problem::new(403, "own-work")) } else { Ok(()) }
}
