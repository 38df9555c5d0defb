use super::place::may;
use super::{division_of_line, index_section, refuse_twin_section, section_changed};
use crate::index::PlaceIndex;
use crate::model::{LineText, Section, SectionDraft};
use kernel::ctx::Ctx;
use kernel::problem::Result;
use store::{Event, Tx};

/// Adds a section to the register; it gets the next number.
pub fn create_section(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    draft: SectionDraft,
) -> Result<Section> {
    let section = insert_section(ctx, tx, index, draft)?;
    section_changed(tx)?;
    Ok(section)
}

/// [`create_section`] for imports, which say once at the end that something changed.
pub(crate) fn insert_section(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    draft: SectionDraft,
) -> Result<Section> {
    draft.check()?;
    let division_id = division_of_line(index, &draft.line)?;
    may(ctx, index, division_id)?;
    let mut section = Section {
        id: tx.new_id(),
        serial: 0,
        number: String::new(),
        code: draft.code,
        street: draft.street,
        from_crossing: draft.from_crossing,
        to_crossing: draft.to_crossing,
        class: draft.class,
        length_m: draft.line.length_m(),
        line: LineText(draft.line),
        crs: draft.crs,
        accuracy_m: draft.accuracy_m,
        division_id,
        valid_from: draft.valid_from.unwrap_or_else(|| ctx.now.date()),
        valid_until: None,
        version: 1,
    };
    refuse_twin_section(tx, &section)?;
    (section.serial, section.number) = next_number(tx)?;
    tx.insert(&section)?;
    index_section(tx, &section)?;
    let event = Event::new("section.created", section.id).with("number", section.number.clone());
    tx.record(ctx, event.with("section", section.name()))?;
    Ok(section)
}

/// `S-0001`
pub(super) fn next_number(tx: &mut Tx<'_>) -> Result<(i64, String)> {
    let serial = tx.next_number("S")?;
    Ok((serial, format!("S-{serial:04}")))
}
