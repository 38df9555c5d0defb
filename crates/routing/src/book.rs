//! All rules of a city, ready to be asked. The first that fits decides.

use crate::facts::Facts;
use crate::language::{self, Condition, Fault};
use crate::model::{Edition, Rule, Standing};
use crate::store as rows;
use ::store::Tx;
use kernel::problem::Result;
use kernel::time::Date;
use std::sync::Arc;
use web::City;

/// A rule that can be asked.
#[derive(Clone, Debug)]
pub struct Entry {
    pub rule: Rule,
    pub edition: Edition,
    condition: Result<Condition, Fault>,
}

impl Entry {
    pub fn new(rule: Rule, edition: Edition) -> Self {
        let condition = language::read(&edition.expression());
        Self { rule, edition, condition }
    }

    /// Whether it fits a case.
    pub fn fits(&self, facts: &Facts) -> Result<bool, Fault> {
        self.condition.as_ref().map_err(Clone::clone)?.holds(facts)
    }

    pub fn is_in_force(&self, day: Date) -> bool {
        self.edition.standing(day) == Standing::InForce
    }

    fn asks_for_sites(&self) -> bool {
        self.edition.expression().contains("site_types")
    }
}

/// What the rules say of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision<'b, E = Entry> {
    /// Nothing: the register's unit stays the default.
    Nothing,
    By(&'b E),
    /// This one could not be asked. What comes after it is not asked either: it might be the exception to this one.
    Stuck(&'b E, Fault),
}

/// The first of the entries that fits.
pub fn first<'b, E>(
    entries: impl IntoIterator<Item = &'b E>,
    mut fits: impl FnMut(&E) -> Result<bool, Fault>,
) -> Decision<'b, E> {
    for entry in entries {
        match fits(entry) {
            Ok(false) => {}
            Ok(true) => return Decision::By(entry),
            Err(fault) => return Decision::Stuck(entry, fault),
        }
    }
    Decision::Nothing
}

/// The rules in their order.
#[derive(Clone, Debug, Default)]
pub struct Book {
    stamp: (i64, i64),
    entries: Vec<Entry>,
    sites: bool,
}

impl Book {
    pub fn new(entries: Vec<Entry>) -> Self {
        let sites = entries.iter().any(Entry::asks_for_sites);
        Self { stamp: (0, 0), entries, sites }
    }

    pub fn load(tx: &mut Tx<'_>) -> Result<Self> {
        let stamp = rows::stamp(tx)?;
        let entries = rows::all(tx)?.into_iter().map(|(rule, edition)| Entry::new(rule, edition)).collect();
        Ok(Self { stamp, ..Self::new(entries) })
    }

    /// The city's rules as they are now; read again only after one has changed.
    pub fn of(city: &City, tx: &mut Tx<'_>) -> Result<Arc<Self>> {
        let stamp = rows::stamp(tx)?;
        match city.kept::<Self>() {
            Some(book) if book.stamp == stamp => Ok(book),
            _ => Ok(city.keep(Self::load(tx)?)),
        }
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Those that are asked on a day, or with what is switched off, has ended or has not begun.
    pub fn asked(&self, day: Date, with_off: bool) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| with_off || entry.is_in_force(day))
    }

    pub fn asks_for_sites(&self) -> bool {
        self.sites
    }

    /// What the rules of that day say.
    pub fn decide(&self, facts: &Facts, day: Date) -> Decision<'_> {
        first(self.asked(day, false), |entry| entry.fits(facts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever the rules answer: the first that fits decides, and nothing behind it or behind one that is stuck is asked.
        #[test]
        fn the_first_that_fits_decides(answers in prop::collection::vec(0..3_u8, 0..12)) {
            let numbered: Vec<(usize, u8)> = answers.iter().copied().enumerate().collect();
            let mut asked = 0;
            let fault = || Fault { code: "too-much", line: 0, column: 0, what: String::new() };
            let decision = first(&numbered, |(_, answer)| {
                asked += 1;
                match answer { 0 => Ok(false), 1 => Ok(true), _ => Err(fault()) }
            });
            let wanted = answers.iter().position(|a| *a != 0);
            match (decision, wanted) {
                (Decision::Nothing, None) => prop_assert_eq!(asked, answers.len()),
                (Decision::By((at, 1)) | Decision::Stuck((at, 2), _), Some(first)) => {
                    prop_assert_eq!(*at, first);
                    prop_assert_eq!(asked, first + 1);
                }
                (other, wanted) => prop_assert!(false, "{:?} instead of {:?}", other, wanted),
            }
        }
    }
}
