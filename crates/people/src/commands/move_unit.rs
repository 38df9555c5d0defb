//! A unit, with all below it, goes to stand below another.

use crate::model::UnitId;
use crate::policy::Act;
use crate::store::units::{self, UnitRow};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use store::{Event, Tx};

pub fn move_unit(tx: &mut Tx<'_>, ctx: &Ctx, id: UnitId, parent: UnitId) -> Result<UnitRow> {
    // before anything is read: what is decided here depends on the shape of the whole tree
    units::lock_tree(tx)?;
    let unit = units::load_for(tx, ctx, Act::EditUnits, id)?;
    let above = units::load_for(tx, ctx, Act::EditUnits, parent)?;
    if unit.parent_id.is_none() {
        return Err(Problem::conflict("unit-is-root"));
    }
    if unit.path.covers(&above.path) {
        return Err(Problem::field("unit_parent", "unit-below-itself"));
    }
    if !above.is_active() {
        return Err(Problem::field("unit_parent", "unit-not-active"));
    }
    if unit.parent_id == Some(parent) {
        tx.housekeeping();
        return Ok(unit);
    }
    let before = match unit.parent_id {
        Some(before) => units::find(tx, before)?.map(|u| u.name).unwrap_or_default(),
        None => String::new(),
    };
    place_below(tx, &unit, &above)?;
    let event = Event::new("unit.moved", id).with("code", &*unit.code).with("name", &*unit.name);
    tx.record(ctx, event.with("before", before).with("after", &*above.name))?;
    units::find(tx, id)?.ok_or_else(Problem::not_found)
}

/// Rewrites the places of a unit and of all below it. The caller holds the tree and has made sure that `above` is not
/// among them.
pub(super) fn place_below(tx: &mut Tx<'_>, unit: &UnitRow, above: &UnitRow) -> Result<()> {
    units::rewrite_paths(tx, &unit.path, &above.path.child(unit.number))?;
    units::set_parent(tx, unit.id, above.id)
}
