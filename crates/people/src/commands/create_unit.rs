//! A unit joins the tree.

use super::fits;
use crate::model::{Path, UnitFacts, UnitId, UnitState, unit_code};
use crate::policy::Act;
use crate::store::units::{self, UnitRow};
use kernel::ctx::{Actor, Ctx};
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use std::collections::HashSet;
use std::hash::BuildHasher;
use store::{Event, Tx};

/// A unit that another register knows already: with its number, and perhaps past its time.
#[derive(Clone, Debug)]
pub struct Enlisted {
    pub parent: UnitId,
    pub facts: UnitFacts,
    /// The number it had, if that is free here.
    pub number: Option<i64>,
    pub state: UnitState,
    pub merged_into: Option<UnitId>,
}

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
    let number = units::free_number(tx, &HashSet::new())?;
    insert(tx, ctx, above.as_ref(), number, facts, (UnitState::Active, None))
}

/// One of many units that an import brings. `claimed`: numbers that other rows are still to be given.
pub fn enlist_unit<S: BuildHasher>(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    new: Enlisted,
    claimed: &HashSet<i64, S>,
) -> Result<UnitRow> {
    units::lock_tree(tx)?;
    let above = units::load_for(tx, ctx, Act::EditUnits, new.parent)?;
    let facts = new.facts.checked()?;
    if new.state == UnitState::Active {
        fits(tx, &facts, UnitId::new(0))?;
        if !above.is_active() {
            return Err(Problem::field("unit_parent", "unit-not-active"));
        }
    }
    let number = match new.number {
        Some(number) => number,
        None => units::free_number(tx, claimed)?,
    };
    insert(tx, ctx, Some(&above), number, facts, (new.state, new.merged_into))
}

fn insert(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    above: Option<&UnitRow>,
    number: i64,
    facts: UnitFacts,
    (state, merged_into): (UnitState, Option<UnitId>),
) -> Result<UnitRow> {
    let unit = UnitRow {
        id: tx.new_id(),
        number,
        code: unit_code(number),
        name: facts.name,
        short_name: facts.short_name,
        kind: facts.kind,
        parent_id: above.map(|a| a.id),
        path: above.map_or_else(|| Path::root(number), |a| a.path.child(number)),
        state,
        merged_into,
        credit_code: facts.credit_code,
        contact_name: facts.contact.name.into(),
        contact_phone: facts.contact.phone.into(),
        created_at: ctx.now,
        version: 1,
    };
    tx.insert(&unit)?;
    units::index(tx, &unit)?;
    let parent_name = above.map(|a| a.name.clone()).unwrap_or_default();
    let event = Event::new("unit.created", unit.id)
        .with("code", &*unit.code)
        .with("name", &*unit.name)
        .with("parent", parent_name);
    tx.record(ctx, if state == UnitState::Active { event } else { event.with("state", state.code()) })?;
    Ok(unit)
}
