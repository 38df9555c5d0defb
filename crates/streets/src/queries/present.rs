//! Where the place of an adoption went: the sign at the street outlives the row it was printed for.

use crate::model::{Adoption, Section, TOLERANCE_M};
use crate::store as rows;
use ::store::Tx;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Date;
use places::queries::Lineage;

/// Most times a section is followed to what it became.
const DEEPEST: usize = 8;

/// Whether a section is no longer there.
pub fn is_gone(section: &Section, day: Date) -> bool {
    section.valid_until.is_some_and(|gone| gone <= day)
}

/// Where metres of an old section lie on its successor; `None` when none of them do.
pub fn carry(line: &Lineage, from_m: f64, to_m: f64) -> Option<(f64, f64)> {
    let (low, high) = (line.old_from_m.min(line.old_to_m), line.old_from_m.max(line.old_to_m));
    let (from, to) = (from_m.max(low), to_m.min(high));
    if to - from <= TOLERANCE_M {
        return None;
    }
    let turned = line.old_from_m > line.old_to_m;
    Some(if turned {
        (line.new_from_m + line.old_from_m - to, line.new_from_m + line.old_from_m - from)
    } else {
        (line.new_from_m + from - line.old_from_m, line.new_from_m + to - line.old_from_m)
    })
}

/// The adoptions in force on `day` where this one's stretch lies, also when the section has been split or joined since.
/// The one in its middle first, then by how much they have in common.
pub fn present(tx: &mut Tx<'_>, of: &Adoption, day: Date) -> Result<Vec<Adoption>> {
    let mut found: Vec<(bool, f64, Adoption)> = Vec::new();
    for (section, from_m, to_m) in places_of(tx, of, day)? {
        let middle = f64::midpoint(from_m, to_m);
        for a in rows::of_section(tx, section)?.into_iter().filter(|a| a.holds_on(day)) {
            let common = a.common_m(from_m, to_m);
            if common > TOLERANCE_M {
                let first = a.from_m <= middle && middle <= a.to_m && a.shared.is_empty();
                found.push((first, common, a));
            }
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)).then(a.2.id.cmp(&b.2.id)));
    Ok(found.into_iter().map(|(_, _, a)| a).collect())
}

/// The stretch on the sections that are there on `day`.
fn places_of(tx: &mut Tx<'_>, of: &Adoption, day: Date) -> Result<Vec<(Id<Section>, f64, f64)>> {
    let mut places = vec![(of.section_id, of.from_m, of.to_m)];
    for _ in 0..DEEPEST {
        let mut next = Vec::with_capacity(places.len());
        let mut followed = false;
        for (id, from_m, to_m) in places {
            let section = places::queries::section(tx, id)?;
            let heirs =
                if is_gone(&section, day) { places::queries::successors(tx, id)? } else { Vec::new() };
            followed |= !heirs.is_empty();
            if heirs.is_empty() {
                next.push((id, from_m, to_m));
            }
            next.extend(heirs.iter().filter_map(|l| carry(l, from_m, to_m).map(|(a, b)| (l.new_id, a, b))));
        }
        places = next;
        if !followed {
            break;
        }
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(old_from_m: f64, old_to_m: f64, new_from_m: f64) -> Lineage {
        Lineage { old_id: Id::new(1), new_id: Id::new(2), old_from_m, old_to_m, new_from_m }
    }

    #[test]
    fn stretches_are_carried_to_the_sections_that_followed() {
        // the second part of a section of 300 m cut at 120
        assert_eq!(carry(&line(120.0, 300.0, 0.0), 100.0, 200.0), Some((0.0, 80.0)));
        assert_eq!(carry(&line(0.0, 120.0, 0.0), 120.5, 200.0), None);
        // joined behind another of 500 m, turned round
        assert_eq!(carry(&line(300.0, 0.0, 500.0), 0.0, 100.0), Some((700.0, 800.0)));
    }
}
