//! A unit was merged into another, which answers for its streets from today.

use super::split::like;
use super::{close, event, insert};
use crate::model::{Adoption, Draft, EndReason, Section};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::Result;

pub(super) fn pass_on(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    adoption: Adoption,
    section: &Section,
    taker: &people::UnitRow,
) -> Result<()> {
    let (today, until) = (ctx.now.date(), adoption.until_date);
    let old = close(tx, adoption, today, EndReason::Merged)?;
    let draft = Draft { unit: taker.id, from: today.max(old.from_date), until, ..like(&old) };
    let new = insert(ctx, tx, &draft, (old.from_m, old.to_m), section, taker, "adoption.took-over")?;
    let event = event("adoption.replaced", &old).with("unit", taker.name.as_str()).with("by", new.number);
    tx.record(ctx, event.with("from", new.from_date.to_string()))
}
