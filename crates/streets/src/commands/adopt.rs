//! A unit takes a stretch.

use super::{active, insert, may_adopt, metres, standard_in_use, tell_unit};
use crate::model::{Adoption, Draft, Section, TOLERANCE_M};
use crate::store as rows;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::{FieldError, Problem, Result};
use places::PlaceIndex;

/// Adopts the stretch of the draft. Refused where somebody answers for a part of it already on one of its days, unless the
/// draft says why it is shared.
pub fn adopt(ctx: &Ctx, tx: &mut Tx<'_>, index: &PlaceIndex, draft: &Draft) -> Result<Adoption> {
    let (adoption, section) = adopt_quietly(ctx, tx, index, draft)?;
    tell_unit(tx, &adoption, &section)?;
    Ok(adoption)
}

/// [`adopt`] without telling the unit: a register on paper holds hundreds.
pub(crate) fn adopt_quietly(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    draft: &Draft,
) -> Result<(Adoption, Section)> {
    rows::touch(tx)?;
    let section = places::queries::section(tx, draft.section)?;
    may_adopt(ctx, index, &section)?;
    let extent = draft.check(&section)?;
    if section.valid_until.is_some_and(|gone| draft.until.is_none_or(|until| until >= gone)) {
        return Err(Problem::conflict("section-retired").arg("number", &section.number));
    }
    let unit = active(tx, draft.unit)?;
    standard_in_use(tx, draft.standard)?;
    refuse_overlap(tx, draft, extent)?;
    let adoption = insert(ctx, tx, draft, extent, &section, &unit, "adoption.made")?;
    Ok((adoption, section))
}

fn refuse_overlap(tx: &mut Tx<'_>, draft: &Draft, (from_m, to_m): (f64, f64)) -> Result<()> {
    if !draft.shared.is_empty() {
        return Ok(());
    }
    let same_days = |a: &Adoption| {
        draft.until.is_none_or(|until| a.from_date <= until)
            && a.until_date.is_none_or(|until| draft.from <= until)
    };
    let held = rows::of_section(tx, draft.section)?;
    let other =
        held.iter().find(|a| a.holds_ever() && same_days(a) && a.common_m(from_m, to_m) > TOLERANCE_M);
    match other {
        None => Ok(()),
        Some(other) => Err(Problem::invalid(vec![
            FieldError::new("adoption_from_m", "adoption-overlap")
                .arg("number", &other.number)
                .arg("unit", people::queries::unit_name(tx, other.unit_id)?)
                .arg("metres", metres(other.from_m, other.to_m)),
        ])),
    }
}
