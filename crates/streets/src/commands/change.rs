//! Another person in the same unit, another telephone number, another standard.

use super::{event, index_words, load_for, save, standard_in_use};
use crate::model::{Adoption, Contact, Standard};
use crate::policy::{Act, POLICY};
use crate::store as rows;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use places::PlaceIndex;

/// Keeps an adoption's leader and telephone number right, which its unit's head may do too; the standard is the office's.
pub fn change(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    (number, version): (&str, i64),
    contact: Contact,
    standard: Option<Id<Standard>>,
) -> Result<Adoption> {
    let (mut adoption, section) = load_for(ctx, tx, index, Act::Contact, number)?;
    if adoption.version != version {
        return Err(Problem::stale());
    }
    contact.check()?;
    if let Some(id) = standard.filter(|id| *id != adoption.standard_id) {
        let standing = adoption.standing(index.governing(section.division_id));
        POLICY.require(ctx, Act::Edit, &standing, true)?;
        adoption.standard_id = standard_in_use(tx, id)?.id;
    }
    let before = adoption.leader.clone();
    (adoption.leader, adoption.phone) = (contact.leader, contact.phone.into());
    adoption.public_phone = contact.public_phone;
    rows::touch(tx)?;
    save(tx, &mut adoption)?;
    let unit = people::queries::unit_name(tx, adoption.unit_id)?;
    index_words(tx, &adoption, &section, &unit)?;
    tx.record(
        ctx,
        event("adoption.changed", &adoption).with("before", before).with("after", adoption.leader.as_str()),
    )?;
    Ok(adoption)
}
