//! The list of targets, and what they have in common.

use crate::mutate::{Dice, mutate};
use crate::world::World;
use crate::{checklists, direct, doors, sealed};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What became of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Taken,
    Refused,
    /// A finding.
    Wrong(String),
}

impl Told {
    pub fn of<T>(taken: Option<T>) -> Self {
        if taken.is_some() { Told::Taken } else { Told::Refused }
    }
}

type Run<'w> = Box<dyn Fn(&[u8]) -> Told + 'w>;

/// Makes the input of a case in place of [`mutate`], where that would break nothing but an envelope.
type Make = fn(&mut Dice, &[Vec<u8>]) -> Vec<u8>;

pub struct Target<'w> {
    pub name: &'static str,
    pub seeds: Vec<Vec<u8>>,
    /// Words of its language.
    pub words: &'static [&'static str],
    pub make: Option<Make>,
    pub run: Run<'w>,
}

impl<'w> Target<'w> {
    pub fn new(
        name: &'static str,
        seeds: Vec<Vec<u8>>,
        words: &'static [&'static str],
        run: impl Fn(&[u8]) -> Told + 'w,
    ) -> Self {
        Self { name, seeds, words, make: None, run: Box::new(run) }
    }

    /// The input of a case.
    pub fn input(&self, case: u64) -> Vec<u8> {
        let mut dice = Dice::new(case);
        if let Some(make) = self.make.filter(|_| dice.below(4) != 0) {
            return make(&mut dice, &self.seeds);
        }
        let seed = &self.seeds[dice.below(self.seeds.len())];
        mutate(&mut dice, seed, &self.seeds, self.words)
    }
}

pub fn all(world: &World) -> Vec<Target<'_>> {
    let mut all = direct::targets();
    all.extend(checklists::targets());
    all.extend(doors::targets(world));
    all.extend(sealed::targets(world));
    all
}

/// A panic is a finding.
pub fn caught(run: impl FnOnce() -> Told) -> Told {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().map(ToString::to_string);
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
        Told::Wrong(format!("panicked: {}", text.unwrap_or_default()))
    })
}
