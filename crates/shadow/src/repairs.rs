//! Which repairs raise the score most. Pure.
//!
//! A repair is all that was not met of one standard at one point, put right. What it would bring is worked out by the standard's own
//! rule, with those observations met: no guess at slopes, so that a threshold that one repair does not reach brings nothing, and says so.

use crate::outlook::Seen;
use scoring::{Across, By, Exact, Method, Missing, Observation, Outcome, Scheme, Value, fold_changed};
use std::collections::{BTreeMap, HashMap};

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

/// Points that are put right: a place for each, as they are places in a list themselves.
#[derive(Default)]
struct Points(Vec<bool>);

impl Points {
    fn of(all: impl IntoIterator<Item = u64>) -> Self {
        let mut points = Self::default();
        for point in all {
            let at = usize::try_from(point).unwrap_or_default();
            if points.0.len() <= at {
                points.0.resize(at + 1, false);
            }
            if let Some(is_in) = points.0.get_mut(at) {
                *is_in = true;
            }
        }
        points
    }

    fn has(&self, point: u64) -> bool {
        usize::try_from(point).is_ok_and(|at| self.0.get(at).copied().unwrap_or_default())
    }
}

/// What a part would come to with these points put right.
fn share(part: &Seen<'_>, put: &Points) -> Option<Exact> {
    let whole = whole(part.method);
    let right = |o: &Observation| {
        if put.has(o.point) {
            Observation { value: put_right(o.value, whole), again: false, ..*o }
        } else {
            *o
        }
    };
    match fold_changed(part.method, part.across, part.observations, right) {
        Outcome::Share(share) => Some(share),
        Outcome::Nothing | Outcome::Fault(_) => None,
    }
}

/// What makes two points alike to a rule: their observations, and with which others they are grouped.
type Pattern = Vec<(u8, i64, i64, u64, u32, u32, bool)>;

fn pattern(of: &[&Observation], across: &[Across]) -> Pattern {
    let groups = |by| across.iter().any(|a| a.by == by);
    let (by_scorer, by_occasion, by_period) = (groups(By::Scorer), groups(By::Occasion), groups(By::Period));
    let key = |o: &&Observation| {
        let (kind, a, b) = match o.value {
            Value::Met => (0, 0, 0),
            Value::Unmet => (1, 0, 0),
            Value::Points(points) => (2, points, 0),
            Value::Grade(grade) => (3, i64::from(grade), 0),
            Value::Counted { seen, wanted } => (4, i64::from(seen), i64::from(wanted)),
            Value::NotApplicable => (5, 0, 0),
        };
        // what the rule does not group by makes no difference
        let scorer = if by_scorer { o.scorer } else { 0 };
        let occasion = if by_occasion { o.occasion } else { 0 };
        (kind, a, b, scorer, occasion, if by_period { o.period } else { 0 }, o.again)
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
    // what repairs bring for what they take; many are alike, and are compared once
    let mut worths = Vec::new();
    for (place, part) in seen.iter().enumerate() {
        let Some(full) = points(tree, part) else { continue };
        let Some(now) = share(part, &Points::default()) else { continue };
        let whole = whole(part.method);
        let mut by_point: Vec<&Observation> = part.observations.iter().collect();
        by_point.sort_by_key(|o| o.point);
        // points whose observations are the same bring the same
        let mut known: HashMap<Pattern, usize> = HashMap::new();
        let takes =
            effort.get(&(part.code.to_owned(), part.way.to_owned())).cloned().unwrap_or_else(Exact::one);
        for of in by_point.chunk_by(|a, b| a.point == b.point) {
            let unmet = of.iter().filter(|o| !is_met(o.value, whole)).count();
            let Some(point) = of.first().map(|o| o.point).filter(|_| unmet > 0) else { continue };
            let class = *known.entry(pattern(of, part.across)).or_insert_with(|| {
                let then = share(part, &Points::of([point]));
                let gain = then.map_or_else(Exact::zero, |then| &(then - now.clone()) * &full);
                let one = Repair { part: place, point, unmet, gain, effort: takes.clone() };
                worths.push((one.worth(), one));
                worths.len() - 1
            });
            all.push((class, place, point, unmet));
        }
    }
    let mut order: Vec<&Exact> = worths.iter().map(|(worth, _)| worth).collect();
    order.sort_unstable_by(|a, b| b.cmp(a));
    order.dedup();
    let ranks: Vec<usize> =
        worths.iter().map(|(worth, _)| order.partition_point(|other| *other > worth)).collect();
    all.sort_unstable_by_key(|(class, place, point, _)| (ranks.get(*class).copied(), *place, *point));
    let made = |(class, _, point, unmet): (usize, usize, u64, usize)| {
        worths.get(class).map(|(_, like)| Repair { point, unmet, ..like.clone() })
    };
    all.into_iter().filter_map(made).collect()
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
    let mut points: HashMap<usize, Vec<u64>> = HashMap::new();
    for (place, point) in made {
        points.entry(*place).or_default().push(*point);
    }
    for (place, part) in seen.iter().enumerate() {
        let found = share(part, &Points::of(points.remove(&place).unwrap_or_default()));
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
