//! A unit is taken over by another: its units, people and roles go there. Things of other areas (streets, cases) find
//! their new unit through `merged_into`, see [`crate::queries::successor`].

use super::move_unit::place_below;
use crate::model::{UnitId, UnitMove};
use crate::policy::Act;
use crate::store::units::{self, UnitRow};
use crate::workflow;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use store::{Event, Tx};

pub fn merge_unit(tx: &mut Tx<'_>, ctx: &Ctx, id: UnitId, into: UnitId, reason: &str) -> Result<UnitRow> {
    units::lock_tree(tx)?;
    let unit = units::load_for(tx, ctx, Act::EditUnits, id)?;
    let successor = units::load_for(tx, ctx, Act::EditUnits, into)?;
    let step = workflow::UNIT.step(unit.state, UnitMove::Merge)?;
    if unit.parent_id.is_none() {
        return Err(Problem::conflict("unit-is-root"));
    }
    if unit.path.covers(&successor.path) {
        return Err(Problem::field("unit_into", "unit-below-itself"));
    }
    if !successor.is_active() {
        return Err(Problem::field("unit_into", "unit-not-active"));
    }
    if reason.trim().is_empty() {
        return Err(Problem::field("act_reason", "required"));
    }
    for child in units::children(tx, id)? {
        place_below(tx, &child, &successor)?;
    }
    let (people, grants) = units::hand_over(tx, id, into)?;
    let merged = UnitRow { state: step.to, merged_into: Some(into), ..unit };
    tx.save(&merged)?;
    tx.record(
        ctx,
        Event::new("unit.merged", id)
            .with("code", &*merged.code)
            .with("name", &*merged.name)
            .with("into", &*successor.name)
            .with("people_count", people)
            .with("grants_count", grants)
            .text(reason),
    )?;
    Ok(merged)
}
