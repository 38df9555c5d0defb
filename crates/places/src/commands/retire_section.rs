use super::{load_section_for, section_changed};
use crate::index::PlaceIndex;
use crate::model::Section;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use store::{Event, Tx};

/// Takes a section out of the register from today on. It stays readable under its number.
pub fn retire_section(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    number: &str,
    version: i64,
    reason: &str,
) -> Result<Section> {
    let section = load_section_for(ctx, tx, index, number)?;
    if reason.trim().is_empty() {
        return Err(Problem::field("retire_reason", "required"));
    }
    let section = end(ctx, tx, Section { version, ..section })?;
    let event = Event::new("section.retired", section.id).with("number", section.number.clone());
    tx.record(ctx, event.text(reason))?;
    section_changed(tx)?;
    Ok(section)
}

/// Writes that the section is no longer there from today.
pub(super) fn end(ctx: &Ctx, tx: &mut Tx<'_>, mut section: Section) -> Result<Section> {
    section.valid_until = Some(ctx.now.date());
    tx.save(&section)?;
    section.version += 1;
    Ok(section)
}
