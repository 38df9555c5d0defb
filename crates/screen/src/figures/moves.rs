//! What moved last, for the ticker: kind, place and state of public cases. The place is named by the registers, never in words
//! that somebody typed.

use super::Known;
use crate::area::Area;
use ::store::Tx;
use cases::model::Section;
use cases::queries::{self, OpenCase, OpenFilter, OpenOrder};
use cases::workflow::State;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use kernel::workflow::Named;
use places::queries::SectionLabel;
use std::collections::HashMap;

/// A step of a case that everybody may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub number: String,
    pub at: Instant,
    /// The state it led to.
    pub state: State,
    /// Empty where the case is of no kind yet.
    pub kind: String,
    /// The street section, else the division; empty where neither is known.
    pub place: String,
}

/// Moves that a wall shows.
const SHOWN: usize = 12;
/// Steps that are looked through for those of a part of the city.
const LOOKED_AT: usize = 200;

pub(super) fn read(tx: &mut Tx<'_>, known: &Known, area: &Area) -> Result<Vec<Moved>> {
    let steps = queries::latest_updates(tx, LOOKED_AT)?;
    let mut numbers: Vec<String> = steps.iter().map(|s| s.number.clone()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let limit = i64::try_from(numbers.len()).unwrap_or(i64::MAX);
    let filter = OpenFilter {
        numbers,
        divisions: area.divisions.iter().copied().map(Id::new).collect(),
        ..OpenFilter::default()
    };
    let cases = queries::open_cases(tx, &filter, OpenOrder::Reported, None, 0, limit)?;
    let cases: HashMap<&str, &OpenCase> = cases.iter().map(|c| (c.number.as_str(), c)).collect();
    let shown: Vec<(&queries::OpenUpdate, State, &OpenCase)> = steps
        .iter()
        .filter_map(|step| {
            // some events lead nowhere else: they are no move
            let state = State::parse(&step.line.fact("to"))?;
            Some((step, state, *cases.get(step.number.as_str())?))
        })
        .take(SHOWN)
        .collect();
    let sections: Vec<Id<Section>> = shown.iter().filter_map(|(_, _, case)| case.section).collect();
    let sections = places::queries::section_names(tx, &sections)?;
    let moved = shown.into_iter().map(|(step, state, case)| Moved {
        number: step.number.clone(),
        at: step.line.at,
        state,
        kind: known.desk.catalogue.name(case.item).to_owned(),
        place: place(known, &sections, case),
    });
    Ok(moved.collect())
}

fn place(known: &Known, sections: &HashMap<Id<Section>, SectionLabel>, case: &OpenCase) -> String {
    let section = case.section.and_then(|id| sections.get(&id)).map(SectionLabel::name);
    section.unwrap_or_else(|| known.index.division_name(case.division))
}
