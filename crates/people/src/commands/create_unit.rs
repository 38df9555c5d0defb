//! A unit joins the tree.

use super::fits;
use crate::model::{Path, UnitFacts, UnitId, UnitState, unit_code};
use crate::policy::Act;
use crate::store::units::{self, UnitRow};
use kernel::ctx::{Actor, Ctx};
use kernel::problem::{Problem, Result};
use store::{Event, Tx};

/// Below `parent`. Only the program itself makes the root, once.
pub fn create_unit(tx: &mut Tx<'_>, ctx: &Ctx, parent: Option<UnitId>, facts: UnitFacts) -> Result<UnitRow> {
    units::lock_tree(tx)?;
    let above = match parent {
        Some(parent) => Some(units::load_for(tx, ctx, Act::EditUnits, parent)?),
        None => None,
    };
    let may_be_root = matches!(ctx.actor, Actor::System(_)) && units::root(tx)?.is_none();
    let facts = facts.checked()?;
    fits(tx, &facts, UnitId::new(0))?;
    match &above {
        Some(above) if !above.is_active() => return Err(Problem::field("unit_parent", "unit-not-active")),
        None if !may_be_root => return Err(Problem::field("unit_parent", "required")),
        _ => {}
    }
    let number = tx.next_number("unit")?;
    let unit = UnitRow {
        id: tx.new_id(),
        number,
        code: unit_code(number),
        name: facts.name,
        short_name: facts.short_name,
        kind: facts.kind,
        parent_id: parent,
        path: above.as_ref().map_or_else(|| Path::root(number), |a| a.path.child(number)),
        state: UnitState::Active,
        merged_into: None,
        credit_code: facts.credit_code,
        contact_name: facts.contact.name,
        contact_phone: facts.contact.phone,
        created_at: ctx.now,
        version: 1,
    };
    tx.insert(&unit)?;
    units::index(tx, &unit)?;
    let parent_name = above.map(|a| a.name).unwrap_or_default();
    tx.record(
        ctx,
        Event::new("unit.created", unit.id)
            .with("code", &*unit.code)
            .with("name", &*unit.name)
            .with("parent", parent_name),
    )?;
    Ok(unit)
}
