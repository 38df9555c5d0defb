use super::place::may;
use super::{division_of_line, index_section, load_section_for, refuse_twin_section, section_changed};
use crate::index::PlaceIndex;
use crate::model::{LineText, Section, SectionDraft};
use kernel::ctx::Ctx;
use kernel::problem::Result;
use store::{Event, Tx};

/// Changes what is known of a section. `version` is the one the person saw.
pub fn edit_section(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    number: &str,
    version: i64,
    draft: SectionDraft,
) -> Result<Section> {
    let before = load_section_for(ctx, tx, index, number)?;
    draft.check()?;
    let division_id = division_of_line(index, &draft.line)?;
    // nobody may push a section into somebody else's ground
    may(ctx, index, division_id)?;
    let redrawn = before.line.0 != draft.line;
    let mut section = Section {
        code: draft.code,
        street: draft.street,
        from_crossing: draft.from_crossing,
        to_crossing: draft.to_crossing,
        class: draft.class,
        length_m: draft.line.length_m(),
        line: LineText(draft.line),
        crs: if redrawn { draft.crs } else { before.crs },
        accuracy_m: draft.accuracy_m,
        division_id,
        valid_from: draft.valid_from.unwrap_or(before.valid_from),
        version,
        ..before.clone()
    };
    refuse_twin_section(tx, &section)?;
    tx.save(&section)?;
    section.version += 1;
    index_section(tx, &section)?;
    section_changed(tx)?;
    let mut event = Event::new("section.changed", section.id).with("number", section.number.clone());
    event = event.with("section", section.name()).with("redrawn", redrawn);
    if before.name() != section.name() {
        event = event.with("before", before.name());
    }
    tx.record(ctx, event)?;
    Ok(section)
}
