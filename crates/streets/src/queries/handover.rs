//! The open cases that a stretch's former units still hold.

use crate::model::{Adoption, Section, TOLERANCE_M};
use crate::store as rows;
use ::store::Tx;
use cases::queries::{CaseLine, Filter};
use cases::workflow::State;
use kernel::coords::Point;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::Result;

/// A case that lies in the stretch.
#[derive(Clone, Debug)]
pub struct HandCase {
    pub line: CaseLine,
    /// Who holds it.
    pub unit: Id<Unit>,
    pub along_m: f64,
}

impl HandCase {
    /// Whether it can be given to another unit: while the unit has not answered, and nobody rules or waits.
    pub fn movable(&self) -> bool {
        self.line.state.is_at_unit()
    }
}

/// States in which a case is a unit's: those that can be handed over, and those that have to be told.
const HELD: [State; 8] = [
    State::Dispatched,
    State::Handling,
    State::Parked,
    State::Inquired,
    State::Disputed,
    State::Answered,
    State::Verified,
    State::Contested,
];

/// Units that answered for a part of the stretch before this adoption began and do not answer there any more.
pub fn former_units(tx: &mut Tx<'_>, adoption: &Adoption) -> Result<Vec<Id<Unit>>> {
    let all = rows::of_section(tx, adoption.section_id)?;
    let here = |a: &&Adoption| a.holds_ever() && a.common_m(adoption.from_m, adoption.to_m) > TOLERANCE_M;
    let still: Vec<Id<Unit>> =
        all.iter().filter(here).filter(|a| a.holds_on(adoption.from_date)).map(|a| a.unit_id).collect();
    let mut units: Vec<Id<Unit>> = all
        .iter()
        .filter(here)
        .filter(|a| a.until_date.is_some_and(|until| until < adoption.from_date))
        .map(|a| a.unit_id)
        .filter(|unit| *unit != adoption.unit_id && !still.contains(unit))
        .collect();
    units.sort_unstable();
    units.dedup();
    Ok(units)
}

/// Their open cases on its metres, nearest to the section's beginning first.
pub fn handover(ctx: &Ctx, tx: &mut Tx<'_>, section: &Section, adoption: &Adoption) -> Result<Vec<HandCase>> {
    let mut found = Vec::new();
    for unit in former_units(tx, adoption)? {
        let filter = Filter {
            section: Some(section.id),
            unit: Some(unit),
            states: HELD.to_vec(),
            ..Filter::default()
        };
        let mut after = None;
        loop {
            let page = cases::queries::list(ctx, tx, &filter, after)?;
            for line in page.rows {
                let Some((lng, lat)) = line.lng.zip(line.lat) else { continue };
                let (_, along_m) = section.line.locate(Point::new(lng, lat));
                if adoption.covers(along_m) {
                    found.push(HandCase { line, unit, along_m });
                }
            }
            match page.next {
                Some(cursor) => after = Some(cursor),
                None => break,
            }
        }
    }
    found.sort_by(|a, b| a.along_m.total_cmp(&b.along_m).then(a.line.id.cmp(&b.line.id)));
    Ok(found)
}
