//! Another unit takes a stretch over: one adoption ends and the next begins the day after, in one step.

use super::{active, close, event, insert, open_for, reason, tell_unit};
use crate::model::{Adoption, Draft, EndReason, Taker};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use places::PlaceIndex;

/// From `first` on, `taker` answers for the stretch, under a number of its own; signs with the old number lead to it.
pub fn replace(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    of: (&str, i64),
    first: Date,
    taker: &Taker,
    why: &str,
) -> Result<Adoption> {
    let (old, section) = open_for(ctx, tx, index, of)?;
    let why = reason(why)?;
    super::first_day(&old, first)?;
    taker.contact.check()?;
    let unit = active(tx, taker.unit)?;
    if unit.id == old.unit_id {
        return Err(Problem::field("adoption_unit", "adoption-same-unit"));
    }
    let until = old.until_date;
    let old = close(tx, old, first, EndReason::Replaced)?;
    let draft = Draft {
        section: section.id,
        from_m: old.from_m,
        to_m: Some(old.to_m),
        unit: unit.id,
        contact: taker.contact.clone(),
        standard: old.standard_id,
        from: first,
        until,
        shared: old.shared.clone(),
    };
    let new = insert(ctx, tx, &draft, (old.from_m, old.to_m), &section, &unit, "adoption.took-over")?;
    let event = event("adoption.replaced", &old)
        .with("unit", unit.name.as_str())
        .with("by", new.number.as_str())
        .with("from", first.to_string());
    tx.record(ctx, event.text(why))?;
    tell_unit(tx, &new, &section)?;
    Ok(new)
}
