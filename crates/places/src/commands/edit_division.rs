use super::section_changed;
use crate::model::{AreaText, Division};
use crate::policy::{Act, POLICY};
use crate::{naming, queries};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::policy::Standing;
use kernel::problem::{FieldError, Findings, Result};
use store::{Event, Tx};

/// A division as it should be. Its code never changes: it is the name under which statistics know it.
#[derive(Clone, Debug)]
pub struct DivisionDraft {
    pub name: String,
    pub level: String,
    pub unit_id: Option<Id<Unit>>,
    /// `None` leaves the area as it is.
    pub area: Option<kernel::geometry::Area>,
}

/// Changes a division: its name, who governs it, its area.
pub fn edit_division(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    code: &str,
    version: i64,
    draft: DivisionDraft,
) -> Result<Division> {
    POLICY.require(ctx, Act::Shape, &Standing::city(), true)?;
    let before = queries::division_by_code(tx, code)?;
    let mut findings = Findings::default();
    for (field, text, max) in [("place_name", &draft.name, 80), ("place_level", &draft.level, 20)] {
        findings.check(!text.trim().is_empty(), field, "required");
        if text.chars().count() > max {
            findings.add(FieldError::new(field, "too-long").arg("max", max));
        }
    }
    findings.done()?;
    let redrawn = draft.area.is_some();
    let mut division = Division {
        name: draft.name,
        level: draft.level,
        unit_id: draft.unit_id,
        area: draft.area.map(AreaText).or_else(|| before.area.clone()),
        version,
        ..before.clone()
    };
    tx.save(&division)?;
    division.version += 1;
    naming::division(tx, division.id, &division.name)?;
    section_changed(tx)?;
    let event =
        Event::new("division.changed", division.id).with("code", code).with("name", division.name.clone());
    let event = event.with("redrawn", redrawn).with("governed", before.unit_id != division.unit_id);
    tx.record(ctx, event)?;
    Ok(division)
}
