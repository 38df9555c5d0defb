//! What all commands that make an adoption do last.

use super::{event, index_words, metres};
use crate::model::{Adoption, Draft, Section, number};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use people::UnitRow;

/// Saves an adoption that has been looked at, with its number, its words and its event.
pub(crate) fn insert(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    draft: &Draft,
    (from_m, to_m): (f64, f64),
    section: &Section,
    unit: &UnitRow,
    verb: &'static str,
) -> Result<Adoption> {
    let adoption = Adoption {
        id: tx.new_id(),
        number: number(tx.next_number("BJ")?),
        section_id: section.id,
        from_m,
        to_m,
        unit_id: unit.id,
        leader: draft.contact.leader.clone(),
        phone: draft.contact.phone.as_str().into(),
        public_phone: draft.contact.public_phone,
        standard_id: draft.standard,
        from_date: draft.from,
        until_date: draft.until,
        end_reason: None,
        shared: draft.shared.clone(),
        warned: false,
        created_at: ctx.now,
        version: 1,
    };
    tx.insert(&adoption)?;
    index_words(tx, &adoption, section, &unit.name)?;
    let event = event(verb, &adoption)
        .with("unit", unit.name.as_str())
        .with("section", section.number.as_str())
        .with("metres", metres(from_m, to_m))
        .with("from", draft.from.to_string());
    tx.record(ctx, event.text(&draft.shared))?;
    Ok(adoption)
}
