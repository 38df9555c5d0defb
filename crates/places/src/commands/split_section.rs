use super::create_section::next_number;
use super::retire_section::end;
use super::{division_of_line, index_section, load_section_for, section_changed};
use crate::index::PlaceIndex;
use crate::model::{LineText, Section};
use crate::shape::SHORTEST_M;
use crate::store as rows;
use kernel::ctx::Ctx;
use kernel::geometry::Line;
use kernel::problem::{FieldError, Problem, Result};
use store::{Event, Tx};

/// Cuts a section in two at `at_m` metres from its beginning, where `crossing` is. Both parts get numbers of their own;
/// the old section ends today and remembers what became of it.
pub fn split_section(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    number: &str,
    version: i64,
    at_m: f64,
    crossing: &str,
) -> Result<[Section; 2]> {
    let old = load_section_for(ctx, tx, index, number)?;
    if crossing.trim().is_empty() {
        return Err(Problem::field("split_crossing", "required"));
    }
    let (Some(first), Some(second)) = (old.line.slice(0.0, at_m), old.line.slice(at_m, old.length_m)) else {
        return Err(too_near(&old));
    };
    if first.length_m() < SHORTEST_M || second.length_m() < SHORTEST_M {
        return Err(too_near(&old));
    }
    let old = end(ctx, tx, Section { version, ..old })?;
    let first = part(ctx, tx, index, &old, first, (&old.from_crossing, crossing))?;
    let second = part(ctx, tx, index, &old, second, (crossing, &old.to_crossing))?;
    rows::add_lineage(tx, old.id, first.id, (0.0, at_m), 0.0)?;
    rows::add_lineage(tx, old.id, second.id, (at_m, old.length_m), 0.0)?;
    let numbers = format!("{}, {}", first.number, second.number);
    tx.record(
        ctx,
        Event::new("section.split", old.id).with("number", old.number.clone()).with("into", numbers),
    )?;
    section_changed(tx)?;
    Ok([first, second])
}

fn too_near(old: &Section) -> Problem {
    let length = format!("{:.0}", old.length_m);
    Problem::invalid(vec![FieldError::new("split_at", "section-cut-at").arg("length", length)])
}

fn part(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    old: &Section,
    line: Line,
    ends: (&str, &str),
) -> Result<Section> {
    let (serial, number) = next_number(tx)?;
    let section = Section {
        id: tx.new_id(),
        serial,
        number,
        code: None,
        from_crossing: ends.0.trim().to_owned(),
        to_crossing: ends.1.trim().to_owned(),
        length_m: line.length_m(),
        division_id: division_of_line(index, &line)?,
        line: LineText(line),
        valid_from: ctx.now.date(),
        valid_until: None,
        version: 1,
        ..old.clone()
    };
    tx.insert(&section)?;
    index_section(tx, &section)?;
    let event = Event::new("section.made-of", section.id).with("number", section.number.clone());
    tx.record(ctx, event.with("from", old.number.clone()))?;
    Ok(section)
}
