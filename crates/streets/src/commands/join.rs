//! Two neighbouring stretches of one unit become one.

use super::split::like;
use super::{close, event, first_day, insert, open_for};
use crate::model::{Adoption, Draft, EndReason, TOLERANCE_M};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use places::PlaceIndex;

/// Whether two adoptions can become one: the same section and unit, side by side or over each other.
pub fn joinable(a: &Adoption, b: &Adoption) -> bool {
    a.id != b.id
        && a.section_id == b.section_id
        && a.unit_id == b.unit_id
        && a.shared.is_empty() == b.shared.is_empty()
        && a.common_m(b.from_m, b.to_m) >= -TOLERANCE_M
}

/// The one that is made has the leader, telephone number and standard of the first, and ends when the earlier of both would
/// have ended.
pub fn join(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    of: (&str, i64),
    other: (&str, i64),
    first: Date,
) -> Result<Adoption> {
    let (a, section) = open_for(ctx, tx, index, of)?;
    let (b, _) = open_for(ctx, tx, index, other)?;
    if !joinable(&a, &b) {
        return Err(Problem::field("adoption_other", "adoption-not-joinable"));
    }
    first_day(&a, first)?;
    first_day(&b, first)?;
    let until = match (a.until_date, b.until_date) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    let extent = (a.from_m.min(b.from_m), a.to_m.max(b.to_m));
    let a = close(tx, a, first, EndReason::Joined)?;
    let b = close(tx, b, first, EndReason::Joined)?;
    let unit = people::queries::unit(tx, a.unit_id)?.ok_or_else(Problem::not_found)?;
    let draft = Draft { from: first, until, ..like(&a) };
    let new = insert(ctx, tx, &draft, extent, &section, &unit, "adoption.made-of")?;
    for old in [&a, &b] {
        let event =
            event("adoption.joined", old).with("into", new.number.as_str()).with("from", first.to_string());
        tx.record(ctx, event)?;
    }
    Ok(new)
}
