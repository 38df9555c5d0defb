//! Which repairs raise the score most. Pure.
//!
//! A repair is all that was not met of one standard at one point, put right. What it would bring is worked out by the standard's own
//! rule, with those observations met: no guess at slopes, so that a threshold that one repair does not reach brings nothing, and says so.

use crate::outlook::Seen;
use scoring::{Exact, Method, Missing, Observation, Outcome, Scheme, Value, fold};
use std::collections::{BTreeMap, HashMap, HashSet};

/// All that is not met of one standard at one point.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// Place in the list of what was seen.
    pub part: usize,
    pub point: u64,
    /// Observations that are not met.
    pub unmet: usize,
    /// Points of the whole that it would bring by itself.
    pub gain: Exact,
    /// What it takes, in the city's own measure.
    pub effort: Exact,
}

impl Repair {
    /// Points for one measure of effort.
    pub fn worth(&self) -> Exact {
        self.gain.over(&self.effort).unwrap_or_else(|| self.gain.clone())
    }
}

/// Ten-thousandths of a point.
const POINT: i64 = 10_000;

/// What a single observation comes to at best: a rule that takes means of points has so many, all others one.
fn whole(method: &Method) -> i64 {
    match method {
        Method::Mean { full } | Method::Median { full } | Method::Formula { full, .. } => {
            let parts = (full * &Exact::from(POINT)).to_f64();
            #[expect(
                clippy::cast_possible_truncation,
                reason = "as never wraps, and a standard has a few points"
            )]
            let parts = parts.round() as i64;
            parts.max(1)
        }
        _ => POINT,
    }
}

fn is_met(value: Value, whole: i64) -> bool {
    match value {
        Value::NotApplicable => true,
        Value::Met | Value::Grade(0) => whole <= POINT,
        Value::Points(points) => points >= whole,
        Value::Counted { seen, wanted } => seen >= wanted && whole <= POINT,
        Value::Unmet | Value::Grade(_) => false,
    }
}

fn put_right(value: Value, whole: i64) -> Value {
    match value {
        value if is_met(value, whole) => value,
        _ if whole != POINT => Value::Points(whole),
        Value::Points(_) => Value::Points(POINT),
        Value::Grade(_) => Value::Grade(0),
        Value::Counted { wanted, .. } => Value::Counted { seen: wanted, wanted },
        _ => Value::Met,
    }
}

/// Observations as they would be with these points put right.
fn repaired(part: &Seen<'_>, points: &HashSet<u64>) -> Vec<Observation> {
    let whole = whole(part.method);
    let right = |o: &Observation| {
        if points.contains(&o.point) {
            Observation { value: put_right(o.value, whole), again: false, ..*o }
        } else {
            *o
        }
    };
    part.observations.iter().map(right).collect()
}

fn share(part: &Seen<'_>, observations: &[Observation]) -> Option<Exact> {
    let all: Vec<&Observation> = observations.iter().collect();
    match fold(part.method, part.across, &all) {
        Outcome::Share(share) => Some(share),
        Outcome::Nothing | Outcome::Fault(_) => None,
    }
}

/// What makes two points alike to a rule: their observations, and with which others they are grouped.
type Pattern = Vec<(u8, i64, i64, u64, u32, u32, bool)>;

fn pattern(of: &[&Observation]) -> Pattern {
    let key = |o: &&Observation| {
        let (kind, a, b) = match o.value {
            Value::Met => (0, 0, 0),
            Value::Unmet => (1, 0, 0),
            Value::Points(points) => (2, points, 0),
            Value::Grade(grade) => (3, i64::from(grade), 0),
            Value::Counted { seen, wanted } => (4, i64::from(seen), i64::from(wanted)),
            Value::NotApplicable => (5, 0, 0),
        };
        (kind, a, b, o.scorer, o.occasion, o.period, o.again)
    };
    let mut keys: Pattern = of.iter().map(key).collect();
    keys.sort_unstable();
    keys
}

/// What a repair takes, by code and way.
pub type Efforts = BTreeMap<(String, String), Exact>;

/// Every repair, the worthiest first; equal ones by standard and point. `effort`: by code and way, 1 where it is not named.
pub fn repairs(tree: &Scheme, seen: &[Seen<'_>], effort: &Efforts) -> Vec<Repair> {
    let mut all = Vec::new();
    for (place, part) in seen.iter().enumerate() {
        let Some(full) = points(tree, part) else { continue };
        let Some(now) = share(part, part.observations) else { continue };
        let mut by_point: BTreeMap<u64, Vec<&Observation>> = BTreeMap::new();
        for seen in part.observations {
            by_point.entry(seen.point).or_default().push(seen);
        }
        // points whose observations are the same bring the same
        let mut known: HashMap<Pattern, Exact> = HashMap::new();
        let takes =
            effort.get(&(part.code.to_owned(), part.way.to_owned())).cloned().unwrap_or_else(Exact::one);
        for (point, of) in by_point {
            let unmet = of.iter().filter(|o| !is_met(o.value, whole(part.method))).count();
            if unmet == 0 {
                continue;
            }
            let gain = known.entry(pattern(&of)).or_insert_with(|| {
                let then = share(part, &repaired(part, &HashSet::from([point])));
                then.map_or_else(Exact::zero, |then| &(then - now.clone()) * &full)
            });
            all.push(Repair { part: place, point, unmet, gain: gain.clone(), effort: takes.clone() });
        }
    }
    all.sort_by(|a, b| b.worth().cmp(&a.worth()).then(a.part.cmp(&b.part)).then(a.point.cmp(&b.point)));
    all
}

/// Points of the part in the tree, or none where it counts nowhere: a veto item brings no points.
fn points(tree: &Scheme, part: &Seen<'_>) -> Option<Exact> {
    let node = tree.nodes().iter().find(|node| node.code == part.code)?;
    if matches!(node.kind, scoring::Kind::Veto(_)) {
        return None;
    }
    node.parts.iter().find(|(way, _)| way == part.way).map(|(_, points)| points.clone())
}

/// What everything would come to with these repairs made: points, and points of what could be reached.
pub fn what_if(
    tree: &Scheme,
    seen: &[Seen<'_>],
    given: &[crate::outlook::Given<'_>],
    made: &[(usize, u64)],
) -> (Exact, Option<Exact>) {
    let mut shares: HashMap<(&str, &str), Exact> = HashMap::new();
    for (place, part) in seen.iter().enumerate() {
        let points: HashSet<u64> =
            made.iter().filter(|(p, _)| *p == place).map(|(_, point)| *point).collect();
        let found = if points.is_empty() {
            share(part, part.observations)
        } else {
            share(part, &repaired(part, &points))
        };
        if let Some(found) = found {
            shares.insert((part.code, part.way), found);
        }
    }
    for part in given {
        shares.insert((part.code, part.way), part.share.clone());
    }
    let total = tree.sums(&shares, Missing::LeftOut).total;
    (total.points.clone(), total.rate())
}

#[cfg(test)]
#[path = "repairs_tests.rs"]
mod tests;
