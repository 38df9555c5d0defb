//! The check of the whole register on a day: where nobody answers, and where two do.

use crate::model::{Adoption, Held, OverlapKind, Section, SectionCheck, check};
use crate::store as rows;
use ::store::Tx;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Date;
use places::model::Division;
use places::queries::{SectionFilter, Standing};
use std::collections::{BTreeMap, HashMap};

/// A section on the day, with what the check found.
#[derive(Clone, Debug)]
pub struct SectionState {
    pub section: Section,
    pub adoptions: Vec<Adoption>,
    pub check: SectionCheck,
}

/// What falls short along a street.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreetState {
    pub street: String,
    pub totals: Totals,
    /// Places of its sections in [`Report::sections`].
    pub sections: Vec<usize>,
}

/// Sums over sections. Lengths are metres.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Totals {
    pub sections: usize,
    pub stretches: usize,
    pub length_m: f64,
    pub covered_m: f64,
    pub gaps: usize,
    pub gap_m: f64,
    /// Two different units, without a reason.
    pub different: usize,
    /// One unit twice.
    pub same_unit: usize,
    /// On purpose.
    pub shared: usize,
}

impl Totals {
    fn add(&mut self, state: &SectionState) {
        let check = &state.check;
        self.sections += 1;
        self.stretches += state.adoptions.len();
        self.length_m += state.section.length_m;
        self.covered_m += check.covered_m;
        self.gaps += check.gaps.len();
        self.gap_m += check.gap_m();
        self.different += check.count(OverlapKind::Different);
        self.same_unit += check.count(OverlapKind::SameUnit);
        self.shared += check.count(OverlapKind::Shared);
    }

    pub fn is_sound(&self) -> bool {
        self.gaps == 0 && self.different == 0
    }

    /// Whole metres, for shares.
    pub fn whole_m(&self) -> (i64, i64) {
        (crate::show::whole(self.covered_m), crate::show::whole(self.length_m))
    }
}

/// The register and the streets of a day, compared.
#[derive(Clone, Debug)]
pub struct Report {
    pub day: Date,
    pub sections: Vec<SectionState>,
    /// In order of name.
    pub streets: Vec<StreetState>,
    pub totals: Totals,
    /// Adoptions in force on sections that are not there on the day.
    pub adrift: Vec<Adoption>,
}

impl Report {
    /// The sections of a division and those below it; all of them for none.
    pub fn in_divisions(&self, wanted: &[Id<Division>]) -> Vec<usize> {
        let inside = |s: &SectionState| s.section.division_id.is_some_and(|d| wanted.contains(&d));
        (0..self.sections.len()).filter(|at| wanted.is_empty() || inside(&self.sections[*at])).collect()
    }
}

/// Reads every section and adoption of the day: [`crate::kept::coverage`] keeps what comes of it.
pub fn coverage_on(tx: &mut Tx<'_>, day: Date) -> Result<Report> {
    let all = SectionFilter { standing: Standing::All, ..SectionFilter::default() };
    let mut sections = places::queries::sections(tx, &all, None, MOST)?.rows;
    sections.retain(|s| s.valid_from <= day && s.valid_until.is_none_or(|gone| day < gone));
    let mut held: HashMap<Id<Section>, Vec<Adoption>> = HashMap::new();
    for adoption in rows::holding_on(tx, day)? {
        held.entry(adoption.section_id).or_default().push(adoption);
    }
    let sections: Vec<SectionState> = sections
        .into_iter()
        .map(|section| {
            let adoptions = held.remove(&section.id).unwrap_or_default();
            let spans: Vec<Held> = adoptions.iter().map(span).collect();
            SectionState { check: check(section.length_m, &spans), adoptions, section }
        })
        .collect();
    let mut streets: BTreeMap<&str, StreetState> = BTreeMap::new();
    let mut totals = Totals::default();
    for (at, state) in sections.iter().enumerate() {
        totals.add(state);
        let street = streets.entry(&state.section.street).or_default();
        street.totals.add(state);
        street.sections.push(at);
    }
    let streets = streets.into_iter().map(|(name, s)| StreetState { street: name.to_owned(), ..s }).collect();
    let adrift = held.into_values().flatten().collect();
    Ok(Report { day, sections, streets, totals, adrift })
}

/// More sections than any city has.
const MOST: usize = 1_000_000;

fn span(a: &Adoption) -> Held {
    Held {
        number: a.number.clone(),
        unit: a.unit_id,
        from_m: a.from_m,
        to_m: a.to_m,
        shared: !a.shared.is_empty(),
    }
}
