//! A stretch is cut in two; both parts stay with the unit until one of them is given to another.

use super::{close, event, first_day, insert, open_for};
use crate::model::{Adoption, Contact, Draft, EndReason, SHORTEST_M};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::{FieldError, Problem, Result};
use kernel::time::Date;
use places::PlaceIndex;

/// Cuts at `at_m` metres from the section's beginning. Both parts get numbers of their own.
pub fn split(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    of: (&str, i64),
    at_m: f64,
    first: Date,
) -> Result<[Adoption; 2]> {
    let (old, section) = open_for(ctx, tx, index, of)?;
    first_day(&old, first)?;
    if !(at_m - old.from_m >= SHORTEST_M && old.to_m - at_m >= SHORTEST_M) {
        let metres = super::metres(old.from_m, old.to_m);
        return Err(Problem::invalid(vec![
            FieldError::new("adoption_at_m", "adoption-cut-at").arg("metres", metres),
        ]));
    }
    let until = old.until_date;
    let old = close(tx, old, first, EndReason::Split)?;
    let unit = people::queries::unit(tx, old.unit_id)?.ok_or_else(Problem::not_found)?;
    let mut part = |from_m: f64, to_m: f64| {
        let draft = Draft { from: first, until, ..like(&old) };
        insert(ctx, tx, &draft, (from_m, to_m), &section, &unit, "adoption.made-of")
    };
    let parts = [part(old.from_m, at_m)?, part(at_m, old.to_m)?];
    let into = format!("{}, {}", parts[0].number, parts[1].number);
    tx.record(ctx, event("adoption.split", &old).with("into", into).with("from", first.to_string()))?;
    Ok(parts)
}

/// A draft of the same unit, people and standard.
pub(super) fn like(old: &Adoption) -> Draft {
    Draft {
        section: old.section_id,
        from_m: old.from_m,
        to_m: Some(old.to_m),
        unit: old.unit_id,
        contact: Contact {
            leader: old.leader.clone(),
            phone: old.phone.clone().into_string(),
            public_phone: old.public_phone,
        },
        standard: old.standard_id,
        from: old.from_date,
        until: old.until_date,
        shared: old.shared.clone(),
    }
}
