//! The open cases of a stretch go to the unit that took it over, in one step.

use super::{active, event, load_for, reason};
use crate::model::Adoption;
use crate::policy::Act;
use crate::queries;
use ::store::{Event, Tx};
use cases::commands::{Dispatch, redispatch};
use cases::desk::Desk;
use cases::workflow::State;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use places::PlaceIndex;
use std::collections::BTreeSet;

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handed {
    /// Numbers of the cases that the new unit has now.
    pub moved: Vec<String>,
    /// Those that stayed, and the state that keeps them where they are.
    pub stayed: Vec<(String, State)>,
}

/// Redispatches the cases of `chosen` that the stretch's former units still hold. Each is recorded as its own redispatch,
/// with the full time that goes with it; the handover is one event more. What has been answered, is in dispute or parked
/// stays where it is and is told.
pub fn hand_over(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    index: &PlaceIndex,
    number: &str,
    chosen: &BTreeSet<String>,
    note: &str,
) -> Result<Handed> {
    let (adoption, section) = load_for(ctx, tx, index, Act::HandOver, number)?;
    let note = reason(note)?;
    if !adoption.holds_on(ctx.now.date()) {
        return Err(Problem::conflict("adoption-not-in-force").arg("number", number));
    }
    let unit = active(tx, adoption.unit_id)?;
    let mut handed = Handed::default();
    for case in queries::handover(ctx, tx, &section, &adoption)? {
        if !chosen.contains(&case.line.number) {
            continue;
        }
        if !case.movable() {
            handed.stayed.push((case.line.number, case.line.state));
            continue;
        }
        let assisting = cases::store::assisting(tx, case.line.id)?;
        let to = Dispatch { lead: adoption.unit_id, assisting, note: note.to_owned() };
        redispatch(ctx, tx, desk, case.line.id, &to)?;
        handed.moved.push(case.line.number);
    }
    if handed.moved.is_empty() {
        return Err(Problem::conflict("adoption-nothing-to-hand-over"));
    }
    tx.record(ctx, told(&adoption, &handed, &unit.name).text(note))?;
    Ok(handed)
}

fn told(adoption: &Adoption, handed: &Handed, unit: &str) -> Event {
    event("adoption.handed-over", adoption)
        .with("unit", unit)
        .with("count", handed.moved.len())
        .with("cases", handed.moved.join(", "))
}
