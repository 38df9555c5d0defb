use super::create_section::next_number;
use super::retire_section::end;
use super::{division_of_line, index_section, load_section_for, section_changed};
use crate::index::PlaceIndex;
use crate::model::{LineText, Section};
use crate::store as rows;
use kernel::coords::Point;
use kernel::ctx::Ctx;
use kernel::geometry::{Line, distance_m};
use kernel::problem::{Problem, Result};
use store::{Event, Tx};

/// How far apart two ends may lie and still be the same crossing.
const TOUCH_M: f64 = 30.0;

/// How a second section is put to a first, which keeps its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joint {
    /// It comes before the first one.
    before: bool,
    /// It runs the other way.
    turned: bool,
}

/// Whether two sections can be made one: of one street, both in use, with ends that meet.
pub fn joinable(a: &Section, b: &Section) -> Option<Joint> {
    let possible = a.id != b.id && a.street == b.street && !a.is_retired() && !b.is_retired();
    let ends = |s: &Section| (s.line.point_at(0.0), s.line.point_at(s.length_m));
    let ((a0, a1), (b0, b1)) = (ends(a), ends(b));
    let ways = [(a1, b0, false, false), (a1, b1, false, true), (a0, b1, true, false), (a0, b0, true, true)];
    let near = ways.into_iter().map(|(p, q, before, turned)| (distance_m(p, q), Joint { before, turned }));
    let (distance, joint) = near.min_by(|x, y| x.0.total_cmp(&y.0))?;
    (possible && distance <= TOUCH_M).then_some(joint)
}

/// Makes one section of two of the same street that meet. The new one runs as the first does; the second is turned round
/// if it must be. Both old ones end today.
pub fn join_sections(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    first: (&str, i64),
    second: (&str, i64),
) -> Result<Section> {
    let a = Section { version: first.1, ..load_section_for(ctx, tx, index, first.0)? };
    let b = Section { version: second.1, ..load_section_for(ctx, tx, index, second.0)? };
    let Some(joint) = joinable(&a, &b) else {
        return Err(Problem::field("join_other", "section-not-joinable"));
    };
    let (a, b) = (end(ctx, tx, a)?, end(ctx, tx, b)?);
    let parts =
        if joint.before { [(&b, joint.turned), (&a, false)] } else { [(&a, false), (&b, joint.turned)] };
    let line = Line::new(parts.iter().flat_map(|(s, turned)| path(s, *turned)))
        .map_err(|e| Problem::internal(e.to_string()))?;
    let (serial, number) = next_number(tx)?;
    let new = Section {
        id: tx.new_id(),
        serial,
        number,
        code: None,
        from_crossing: crossings(parts[0]).0,
        to_crossing: crossings(parts[1]).1,
        length_m: line.length_m(),
        division_id: division_of_line(index, &line)?,
        line: LineText(line),
        valid_from: ctx.now.date(),
        valid_until: None,
        version: 1,
        ..a.clone()
    };
    tx.insert(&new)?;
    index_section(tx, &new)?;
    let starts = [0.0, new.length_m - parts[1].0.length_m];
    for ((old, turned), new_from_m) in parts.into_iter().zip(starts) {
        let old_m = if turned { (old.length_m, 0.0) } else { (0.0, old.length_m) };
        rows::add_lineage(tx, old.id, new.id, old_m, new_from_m)?;
        let event = Event::new("section.joined", old.id).with("number", old.number.clone());
        tx.record(ctx, event.with("into", new.number.clone()))?;
    }
    let event = Event::new("section.made-of", new.id).with("number", new.number.clone());
    tx.record(ctx, event.with("from", format!("{}, {}", a.number, b.number)))?;
    section_changed(tx)?;
    Ok(new)
}

fn path(section: &Section, turned: bool) -> Vec<Point> {
    let mut points = section.line.points().to_vec();
    if turned {
        points.reverse();
    }
    points
}

/// From and to, the way it runs in the new section.
fn crossings((section, turned): (&Section, bool)) -> (String, String) {
    let (from, to) = (section.from_crossing.clone(), section.to_crossing.clone());
    if turned { (to, from) } else { (from, to) }
}
