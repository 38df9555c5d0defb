//! What changed along the streets between two days: metres for which another unit answers.

use super::coverage::{Report, SectionState};
use crate::model::{Section, TOLERANCE_M};
use kernel::ctx::Unit;
use kernel::id::Id;
use std::collections::{BTreeSet, HashMap};

/// Who answered for metres on a day: nobody, somebody, several. None: the section was not there.
pub type Holders = Option<Vec<Id<Unit>>>;

/// Metres that other units answer for than before.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub section: Section,
    pub from_m: f64,
    pub to_m: f64,
    pub before: Holders,
    pub after: Holders,
}

/// Compares the registers of two days, in the order of the sections.
pub fn changes(before: &Report, after: &Report) -> Vec<Change> {
    let earlier: HashMap<Id<Section>, &SectionState> =
        before.sections.iter().map(|s| (s.section.id, s)).collect();
    let later: HashMap<Id<Section>, &SectionState> =
        after.sections.iter().map(|s| (s.section.id, s)).collect();
    let all =
        after.sections.iter().chain(before.sections.iter().filter(|s| !later.contains_key(&s.section.id)));
    let mut found = Vec::new();
    for state in all {
        let id = state.section.id;
        of_section(&state.section, earlier.get(&id).copied(), later.get(&id).copied(), &mut found);
    }
    found
}

fn of_section(
    section: &Section,
    before: Option<&SectionState>,
    after: Option<&SectionState>,
    found: &mut Vec<Change>,
) {
    let both = before.into_iter().chain(after).flat_map(|s| &s.adoptions);
    let mut cuts: Vec<f64> = both.flat_map(|a| [a.from_m, a.to_m]).chain([0.0, section.length_m]).collect();
    cuts.sort_by(f64::total_cmp);
    // ends that miss each other by less than anybody measures are one
    cuts.dedup_by(|b, a| *b - *a <= TOLERANCE_M);
    for pair in cuts.windows(2) {
        let [from_m, to_m] = *pair else { continue };
        let middle = f64::midpoint(from_m, to_m);
        let held = |state: Option<&SectionState>| state.map(|s| holders(s, middle));
        let change =
            Change { section: section.clone(), from_m, to_m, before: held(before), after: held(after) };
        if change.before == change.after {
            continue;
        }
        match found.last_mut() {
            Some(last)
                if last.section.id == section.id
                    && (last.to_m - from_m).abs() <= TOLERANCE_M
                    && (&last.before, &last.after) == (&change.before, &change.after) =>
            {
                last.to_m = to_m;
            }
            _ => found.push(change),
        }
    }
}

fn holders(state: &SectionState, along_m: f64) -> Vec<Id<Unit>> {
    let there = state.adoptions.iter().filter(|a| a.from_m <= along_m && along_m <= a.to_m);
    there.map(|a| a.unit_id).collect::<BTreeSet<_>>().into_iter().collect()
}
