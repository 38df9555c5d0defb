//! A unit gets another name, kind, credit code or contact.

use super::fits;
use crate::model::{Contact, UnitFacts, UnitId};
use crate::policy::Act;
use crate::store::units::{self, UnitRow};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use store::{Event, Tx};

/// `version`: as it was when the form was shown.
pub fn edit_unit(tx: &mut Tx<'_>, ctx: &Ctx, id: UnitId, version: i64, facts: UnitFacts) -> Result<UnitRow> {
    let mut unit = units::load_for(tx, ctx, Act::EditUnits, id)?;
    if unit.version != version {
        return Err(Problem::stale());
    }
    let facts = facts.checked()?;
    fits(tx, &facts, id)?;
    let before = std::mem::replace(&mut unit.name, facts.name);
    unit.short_name = facts.short_name;
    unit.kind = facts.kind;
    unit.credit_code = facts.credit_code;
    unit.contact_name = facts.contact.name.into();
    unit.contact_phone = facts.contact.phone.into();
    tx.save(&unit)?;
    units::index(tx, &unit)?;
    let event = if before == unit.name {
        Event::new("unit.edited", id).with("code", &*unit.code).with("name", &*unit.name)
    } else {
        Event::new("unit.renamed", id)
            .with("code", &*unit.code)
            .with("name", &*unit.name)
            .with("before", before)
    };
    tx.record(ctx, event)?;
    Ok(unit)
}

/// The part that a unit may keep right by itself.
pub fn edit_contact(tx: &mut Tx<'_>, ctx: &Ctx, id: UnitId, contact: Contact) -> Result<UnitRow> {
    let mut unit = units::load_for(tx, ctx, Act::EditContact, id)?;
    let contact = contact.checked()?;
    unit.contact_name = contact.name.into();
    unit.contact_phone = contact.phone.into();
    tx.save(&unit)?;
    tx.record(
        ctx,
        Event::new("unit.contact-edited", id).with("code", &*unit.code).with("name", &*unit.name),
    )?;
    Ok(unit)
}
