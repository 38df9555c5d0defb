//! The invented people who work the cases.

use serde::{Deserialize, Serialize};

use crate::dice::Dice;
use crate::town;

/// An invented member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Name.
    pub name: String,
    /// A number nobody holds.
    pub phone: String,
}

/// Everyone an [`super::Actor`] can point at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// 督查员
    pub inspectors: Vec<Person>,
    /// 受理员
    pub acceptors: Vec<Person>,
    /// 派遣员
    pub dispatchers: Vec<Person>,
    /// 文明办负责人
    pub leaders: Vec<Person>,
}

/// The roster of a seed: 12 inspectors, 4 acceptors, 3 dispatchers, 2 leaders.
pub fn roster(seed: u64) -> Roster {
    let mut dice = Dice::of(seed, "roster");
    let mut sequence = 3_000;
    let mut some = |n: usize| {
        let mut list: Vec<Person> = Vec::new();
        while list.len() < n {
            let name = town::person(&mut dice);
            if list.iter().all(|p| p.name != name) {
                list.push(Person { name, phone: town::phone(sequence) });
                sequence += 1;
            }
        }
        list
    };
    Roster { inspectors: some(12), acceptors: some(4), dispatchers: some(3), leaders: some(2) }
}
