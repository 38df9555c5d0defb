//! How observations of one standard become a share of its points.
//!
//! A standard is observed many times: at many points, by several people, on several occasions. A [`Method`] says what all
//! observations of a group come to, and [`Across`] how groups are brought together: a mean of points, the median of five
//! scorers, a year as the mean of months that are means of three checks each.

use crate::exact::Exact;
use crate::formula::{Fault, Formula};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Values of observations are whole numbers of ten-thousandths, so that half a million of them are added quickly.
const PARTS: i64 = 10_000;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// 符合
    Met,
    /// 不符合
    Unmet,
    /// Points given or left, in ten-thousandths.
    Points(i64),
    /// The grade's place in the list of grades, best first.
    Grade(u8),
    /// So many of so many: 4 advertisements where 5 are wanted.
    Counted { seen: u32, wanted: u32 },
    /// The standard has no meaning at this point; it counts nowhere.
    NotApplicable,
}

impl Value {
    /// In ten-thousandths; none where it counts nowhere.
    fn points(self) -> Option<i64> {
        let met = |met: bool| if met { PARTS } else { 0 };
        match self {
            Value::NotApplicable => None,
            Value::Met => Some(PARTS),
            Value::Unmet => Some(0),
            Value::Points(points) => Some(points),
            Value::Grade(grade) => Some(met(grade == 0)),
            Value::Counted { seen, wanted } => Some(met(seen >= wanted)),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    pub value: Value,
    /// A place in a list of points, from 0: rules only ask which are the same.
    pub point: u64,
    /// Who gave it.
    pub scorer: u64,
    /// The check that it belongs to.
    pub occasion: u32,
    /// The span of time that the check belongs to.
    pub period: u32,
    /// Found before, said to be repaired, and found again (反弹).
    pub again: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    Point,
    Scorer,
    Occasion,
    Period,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fold {
    Mean,
    Median,
    Least,
    Most,
}

/// Groups first, then what they come to together. The first of a list is the outermost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Across {
    pub by: By,
    pub fold: Fold,
}

/// What a group of observations comes to, as a share of the standard's points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "kebab-case")]
pub enum Method {
    /// Met ones of all.
    Ratio,
    /// All of it from this share of met ones on, nothing below: of five pupils three know it.
    Threshold { at_least: Exact },
    /// Nothing as soon as one is not met.
    EveryOne,
    /// `full` less `each` for every one that is not met, `again` times that where it was found again; never below nothing.
    Deduct { full: Exact, each: Exact, again: Exact },
    /// `full` less `lose` for every `of` that are missing from what was counted; never below nothing.
    PerMissing { full: Exact, lose: Exact, of: u32 },
    /// Mean of what grades are worth, each from 0 to 1, best first.
    Graded { worth: Vec<Exact> },
    /// Mean of points, of `full`.
    Mean { full: Exact },
    /// The middle one of points, of `full`.
    Median { full: Exact },
    /// What the formula comes to, of `full`; names: [`Facts::NAMES`].
    Formula { full: Exact, formula: Formula },
}

/// What a method says. May lie outside 0 to 1 only where a formula or points do.
pub type Share = Exact;

#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Share(Share),
    /// No observation that counts.
    Nothing,
    /// The formula cannot be worked out for these.
    Fault(Fault),
}

/// What is counted of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub all: i64,
    pub met: i64,
    pub unmet: i64,
    /// Those not met that were found again.
    pub again: i64,
    /// Missing of what was counted.
    pub missing: i64,
    /// Sum of points, in ten-thousandths.
    sum: i128,
    least: Option<i64>,
    most: Option<i64>,
    /// How many of each grade.
    grades: BTreeMap<u8, i64>,
}

impl Facts {
    /// Names that a formula may use, in the order of their figures.
    pub const NAMES: [&'static str; 8] = ["all", "met", "unmet", "again", "missing", "mean", "least", "most"];

    pub fn of<'a>(observations: impl IntoIterator<Item = &'a Observation>) -> Self {
        let mut facts = Self::default();
        for seen in observations {
            facts.add(seen);
        }
        facts
    }

    pub(crate) fn add(&mut self, seen: &Observation) {
        let Some(points) = seen.value.points() else { return };
        match seen.value {
            Value::Grade(grade) => *self.grades.entry(grade).or_insert(0) += 1,
            Value::Counted { seen, wanted } => self.missing += i64::from(wanted.saturating_sub(seen)),
            _ => {}
        }
        self.all += 1;
        let met = points >= PARTS;
        self.met += i64::from(met);
        self.unmet += i64::from(!met);
        self.again += i64::from(!met && seen.again);
        self.sum += i128::from(points);
        self.least = Some(self.least.map_or(points, |least| least.min(points)));
        self.most = Some(self.most.map_or(points, |most| most.max(points)));
    }

    /// Counts what another group counted too.
    pub(crate) fn join(&mut self, other: &Self) {
        self.all += other.all;
        self.met += other.met;
        self.unmet += other.unmet;
        self.again += other.again;
        self.missing += other.missing;
        self.sum += other.sum;
        self.least = [self.least, other.least].into_iter().flatten().min();
        self.most = [self.most, other.most].into_iter().flatten().max();
        for (grade, count) in &other.grades {
            *self.grades.entry(*grade).or_insert(0) += count;
        }
    }

    fn mean(&self) -> Option<Exact> {
        Exact::ratio(self.sum, i128::from(self.all) * i128::from(PARTS))
    }

    fn figures(&self) -> Vec<Exact> {
        let points = |value: Option<i64>| value.and_then(|v| Exact::ratio(v, PARTS)).unwrap_or_default();
        let counts = [self.all, self.met, self.unmet, self.again, self.missing].map(Exact::from);
        let mut figures = counts.to_vec();
        figures.extend([self.mean().unwrap_or_default(), points(self.least), points(self.most)]);
        figures
    }
}

/// `what` of `full`; nothing of nothing is nothing.
fn of_full(what: &Exact, full: &Exact) -> Exact {
    what.over(full).unwrap_or_default()
}

fn not_below_nothing(what: Exact) -> Exact {
    if what.is_negative() { Exact::zero() } else { what }
}

/// The middle one of what counts, or the mean of the two in the middle.
fn median(observations: &[&Observation]) -> Option<Exact> {
    let mut points: Vec<i64> = observations.iter().filter_map(|seen| seen.value.points()).collect();
    points.sort_unstable();
    let upper = *points.get(points.len() / 2)?;
    if points.len() % 2 == 1 {
        return Exact::ratio(upper, PARTS);
    }
    let lower = *points.get(points.len() / 2 - 1)?;
    Exact::ratio(i128::from(lower) + i128::from(upper), 2 * i128::from(PARTS))
}

impl Method {
    fn share(&self, observations: &[&Observation]) -> Outcome {
        match self {
            Method::Median { full } => match median(observations) {
                Some(found) => Outcome::Share(of_full(&found, full)),
                None => Outcome::Nothing,
            },
            _ => self.of_facts(&Facts::of(observations.iter().copied())),
        }
    }

    /// Of what was counted alone: all methods but the median, which needs every one.
    pub(crate) fn of_facts(&self, facts: &Facts) -> Outcome {
        if facts.all == 0 {
            return Outcome::Nothing;
        }
        let ratio = || Exact::ratio(facts.met, facts.all).unwrap_or_default();
        let all_or_nothing = |all: bool| if all { Exact::one() } else { Exact::zero() };
        Outcome::Share(match self {
            Method::Ratio => ratio(),
            Method::Threshold { at_least } => all_or_nothing(ratio() >= *at_least),
            Method::EveryOne => all_or_nothing(facts.unmet == 0),
            Method::Deduct { full, each, again } => {
                let times = Exact::from(facts.unmet - facts.again) + &(&Exact::from(facts.again) * again);
                of_full(&not_below_nothing(full.clone() - &times * each), full)
            }
            Method::PerMissing { full, lose, of } => {
                let times = Exact::from(facts.missing / i64::from((*of).max(1)));
                of_full(&not_below_nothing(full.clone() - &times * lose), full)
            }
            Method::Graded { worth } => {
                let sum: Exact = facts
                    .grades
                    .iter()
                    .filter_map(|(grade, count)| Some(worth.get(usize::from(*grade))? * &Exact::from(*count)))
                    .sum();
                of_full(&sum, &Exact::from(facts.all))
            }
            Method::Mean { full } => of_full(&facts.mean().unwrap_or_default(), full),
            Method::Median { .. } => return Outcome::Nothing,
            Method::Formula { full, formula } => match formula.work_out(&facts.figures()) {
                Ok(found) => of_full(&found, full),
                Err(fault) => return Outcome::Fault(fault),
            },
        })
    }
}

/// What observations come to that need not be kept: those that `change` makes of what was seen.
pub fn fold_changed(
    method: &Method,
    across: &[Across],
    observations: &[Observation],
    change: impl Fn(&Observation) -> Observation,
) -> Outcome {
    if across.is_empty() && !matches!(method, Method::Median { .. }) {
        let mut facts = Facts::default();
        for seen in observations {
            facts.add(&change(seen));
        }
        return method.of_facts(&facts);
    }
    let changed: Vec<Observation> = observations.iter().map(change).collect();
    fold(method, across, &changed.iter().collect::<Vec<_>>())
}

/// What observations of one standard come to: groups by the first of `across`, in each the next, and the method in the
/// innermost.
pub fn fold(method: &Method, across: &[Across], observations: &[&Observation]) -> Outcome {
    let Some((outer, inner)) = across.split_first() else { return method.share(observations) };
    let mut groups: BTreeMap<u64, Vec<&Observation>> = BTreeMap::new();
    for seen in observations {
        let group = match outer.by {
            By::Point => seen.point,
            By::Scorer => seen.scorer,
            By::Occasion => seen.occasion.into(),
            By::Period => seen.period.into(),
        };
        groups.entry(group).or_default().push(seen);
    }
    let mut shares = Vec::with_capacity(groups.len());
    for group in groups.values() {
        match fold(method, inner, group) {
            Outcome::Share(share) => shares.push(share),
            Outcome::Nothing => {}
            fault @ Outcome::Fault(_) => return fault,
        }
    }
    outer.fold.of(shares)
}

impl Fold {
    fn of(self, shares: Vec<Exact>) -> Outcome {
        let found = match self {
            Fold::Mean => Exact::mean(&shares),
            Fold::Median => Exact::median(shares),
            Fold::Least => shares.into_iter().min(),
            Fold::Most => shares.into_iter().max(),
        };
        found.map_or(Outcome::Nothing, Outcome::Share)
    }
}

#[cfg(test)]
#[path = "method_tests.rs"]
mod tests;
