//! What answers say about standards: observations, each an exact fraction with the parts it was made of and the reason.

mod count;
mod spacing;

use crate::answers::live::Live;
use crate::answers::{Answers, Given};
use crate::map::Map;
use crate::model::{Checklist, Item, MET, NOT_APPLICABLE, Observes};
use crate::rule::Rule;
use jiff::civil::Date;
use scoring::Exact;
use serde::{Deserialize, Serialize};

/// What was observed at one place of a checklist. A question in a repeat gives one for every row: the same standard is
/// observed many times (频次).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    pub standard: String,
    /// Name of the question, section or repeat that has the rule.
    pub item: String,
    /// `lines[2]/stops[5]/clean`
    pub path: String,
    pub value: Value,
    /// What was good; never more than `of`.
    pub good: u64,
    /// Of how many: those seen, or those wanted.
    pub of: u64,
    /// How many answers were looked at.
    pub counted: u64,
    pub why: Why,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// From 0 to 1.
    Share(Exact),
    /// Counts nowhere.
    NotApplicable,
}

/// The reason, as parts of a sentence; [`crate::words::reason`] makes the sentence in both languages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Why {
    Met,
    Unmet,
    NotApplicable,
    Unanswered,
    /// Nothing inside can be counted.
    NothingToCount,
    Graded {
        grade: String,
    },
    /// More is said to be good than there is: nobody can count that.
    MoreThanAll {
        good: u64,
        of: u64,
    },
    Ratio {
        good: u64,
        of: u64,
        target: Option<Exact>,
    },
    Threshold {
        found: u64,
        wanted: u64,
    },
    /// Paths of what is not met, the first ten.
    Fails {
        failed: u64,
        of: u64,
        paths: Vec<String>,
    },
    Deducted {
        found: u64,
        wanted: u64,
        missing: u64,
        marks: Exact,
        full: Exact,
    },
    /// Paths of rows that lie too near to one that counted, the first ten.
    Spacing {
        apart: u64,
        wanted: u64,
        metres: u32,
        too_near: Vec<String>,
    },
}

/// Paths that a reason names.
const PATHS: usize = 10;

/// What a rule comes to, before it has its place.
struct Found {
    value: Value,
    good: u64,
    of: u64,
    counted: u64,
    why: Why,
}

impl Found {
    fn not_applicable(why: Why, counted: u64) -> Self {
        Self { value: Value::NotApplicable, good: 0, of: 0, counted, why }
    }

    fn all_or_nothing(all: bool, good: u64, of: u64, counted: u64, why: Why) -> Self {
        let share = if all { Exact::one() } else { Exact::zero() };
        Self { value: Value::Share(share), good: good.min(of), of, counted, why }
    }
}

impl Checklist {
    /// Observations of all rules, in the order of the checklist and, in repeats, of the rows. What is not relevant is not
    /// observed.
    pub fn observe(&self, answers: &Answers, today: Date) -> Vec<Observation> {
        let map = Map::of(self);
        let live = Live::of(&map, answers, today);
        let mut all = Vec::new();
        for (at, entry) in map.entries.iter().enumerate() {
            let Some(observes) = entry.item.observes() else { continue };
            for frame in live.frames_of(at, 0) {
                let counts = match entry.item {
                    Item::Repeat(_) => live.would_be_relevant(at, frame),
                    _ => live.is_relevant(at, frame),
                };
                if counts {
                    all.push(observation(&live, at, frame, entry.item.name(), observes));
                }
            }
        }
        all
    }
}

fn observation(live: &Live<'_>, at: usize, frame: usize, name: &str, observes: &Observes) -> Observation {
    let found = match &observes.rule {
        Rule::Conforms => conforms(live, at, frame),
        Rule::Graded { worth } => match live.given(at, frame) {
            Some(Given::Text(grade)) => match worth.get(grade) {
                Some(share) => graded(grade, share),
                None => Found::not_applicable(Why::Unanswered, 0),
            },
            _ => Found::not_applicable(Why::Unanswered, 0),
        },
        Rule::Ratio { counting, target, strict } => {
            count::ratio(live, at, frame, counting, target.as_ref(), *strict)
        }
        Rule::Threshold { counting, at_least } => count::threshold(live, at, frame, counting, *at_least),
        Rule::AnyFails => count::any_fails(live, at, frame),
        Rule::Deduct { counting, full, each, wanted, per, floor } => {
            let marks = count::Marks { full, each, wanted: *wanted, per: *per, floor };
            count::deduct(live, at, frame, counting, &marks)
        }
        Rule::Spacing { place, metres, at_least, met } => {
            spacing::spacing(live, at, frame, (place.as_str(), met.as_deref()), *metres, *at_least)
        }
    };
    let Found { value, good, of, counted, why } = found;
    let path = live.path(frame, name);
    Observation {
        standard: observes.standard.clone(),
        item: name.to_owned(),
        path,
        value,
        good,
        of,
        counted,
        why,
    }
}

fn conforms(live: &Live<'_>, at: usize, frame: usize) -> Found {
    match live.given(at, frame) {
        Some(Given::Text(text)) if text == NOT_APPLICABLE => Found::not_applicable(Why::NotApplicable, 1),
        Some(Given::Text(text)) => {
            let met = text == MET;
            let why = if met { Why::Met } else { Why::Unmet };
            Found::all_or_nothing(met, u64::from(met), 1, 1, why)
        }
        _ => Found::not_applicable(Why::Unanswered, 0),
    }
}

fn graded(grade: &str, share: &Exact) -> Found {
    let share = share.clone().clamp(Exact::zero(), Exact::one());
    let good = u64::from(share == Exact::one());
    let why = Why::Graded { grade: grade.to_owned() };
    Found { value: Value::Share(share), good, of: 1, counted: 1, why }
}
