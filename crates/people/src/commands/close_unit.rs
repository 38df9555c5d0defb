//! A unit is dissolved, or opened again.

use crate::model::{UnitId, UnitMove};
use crate::policy::Act;
use crate::queries;
use crate::store::units::{self, UnitRow};
use crate::workflow;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use store::{Event, Tx};

/// Refused while units or people still belong to it: merge it into another, or move them first.
pub fn close_unit(tx: &mut Tx<'_>, ctx: &Ctx, id: UnitId, reason: &str) -> Result<UnitRow> {
    units::lock_tree(tx)?;
    let mut unit = units::load_for(tx, ctx, Act::EditUnits, id)?;
    let step = workflow::UNIT.step(unit.state, UnitMove::Close)?;
    if unit.parent_id.is_none() {
        return Err(Problem::conflict("unit-is-root"));
    }
    let below = units::active_below(tx, id)?;
    if below > 0 {
        return Err(Problem::conflict("unit-has-units").arg("count", below));
    }
    let people = queries::people_count(tx, id)?;
    if people > 0 {
        return Err(Problem::conflict("unit-has-people").arg("count", people));
    }
    if reason.trim().is_empty() {
        return Err(Problem::field("act_reason", "required"));
    }
    unit.state = step.to;
    tx.save(&unit)?;
    let event = Event::new("unit.closed", id).with("code", &*unit.code).with("name", &*unit.name);
    tx.record(ctx, event.text(reason))?;
    Ok(unit)
}

pub fn reopen_unit(tx: &mut Tx<'_>, ctx: &Ctx, id: UnitId) -> Result<UnitRow> {
    units::lock_tree(tx)?;
    let mut unit = units::load_for(tx, ctx, Act::EditUnits, id)?;
    let step = workflow::UNIT.step(unit.state, UnitMove::Reopen)?;
    if let Some(parent) = unit.parent_id
        && !units::find(tx, parent)?.is_some_and(|p| p.is_active())
    {
        return Err(Problem::conflict("unit-parent-closed"));
    }
    unit.state = step.to;
    tx.save(&unit)?;
    tx.record(ctx, Event::new("unit.reopened", id).with("code", &*unit.code).with("name", &*unit.name))?;
    Ok(unit)
}
