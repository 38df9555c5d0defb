//! What observations come to with one group of points left out at a time, as it is wanted to tell how sure a score is. What
//! each group comes to is worked out once and brought together again, so that twenty-five groups cost little more than one.

use crate::exact::Exact;
use crate::method::{Across, By, Facts, Fold, Method, Observation, Outcome, fold};
use std::collections::BTreeMap;

/// What all observations come to, and what they come to without each of `groups` groups in turn. `dealt` says the group of each
/// observation; all of a point must be in one group.
pub fn fold_without(
    method: &Method,
    across: &[Across],
    observations: &[Observation],
    dealt: &[usize],
    groups: usize,
) -> (Outcome, Vec<Outcome>) {
    match (across.split_first(), method) {
        (None, Method::Median { .. }) => one_by_one(method, across, observations, dealt, groups),
        (None, _) => by_facts(method, observations, dealt, groups),
        (Some((Across { by: By::Point, fold: Fold::Mean }, inner)), _) => {
            means_of_points(method, inner, observations, dealt, groups)
                .unwrap_or_else(|| one_by_one(method, across, observations, dealt, groups))
        }
        _ => one_by_one(method, across, observations, dealt, groups),
    }
}

/// Any rule.
fn one_by_one(
    method: &Method,
    across: &[Across],
    observations: &[Observation],
    dealt: &[usize],
    groups: usize,
) -> (Outcome, Vec<Outcome>) {
    let of = |out: Option<usize>| {
        let stay = observations.iter().zip(dealt).filter(|(_, group)| Some(**group) != out);
        let all: Vec<&Observation> = stay.map(|(seen, _)| seen).collect();
        fold(method, across, &all)
    };
    (of(None), (0..groups).map(|out| of(Some(out))).collect())
}

/// A rule that asks for nothing but what was counted.
fn by_facts(
    method: &Method,
    observations: &[Observation],
    dealt: &[usize],
    groups: usize,
) -> (Outcome, Vec<Outcome>) {
    let mut each = vec![Facts::default(); groups];
    // of points that are in no group
    let mut rest = Facts::default();
    for (seen, group) in observations.iter().zip(dealt) {
        each.get_mut(*group).unwrap_or(&mut rest).add(seen);
    }
    let of = |out: Option<usize>| {
        let mut facts = rest.clone();
        for (_, group) in each.iter().enumerate().filter(|(n, _)| Some(*n) != out) {
            facts.join(group);
        }
        method.of_facts(&facts)
    };
    (of(None), (0..groups).map(|out| of(Some(out))).collect())
}

/// A mean of points, whatever each of them is worked out by. None where one of them cannot be worked out.
fn means_of_points(
    method: &Method,
    inner: &[Across],
    observations: &[Observation],
    dealt: &[usize],
    groups: usize,
) -> Option<(Outcome, Vec<Outcome>)> {
    let mut points: BTreeMap<u64, (usize, Vec<&Observation>)> = BTreeMap::new();
    for (seen, group) in observations.iter().zip(dealt) {
        points.entry(seen.point).or_insert_with(|| (*group, Vec::new())).1.push(seen);
    }
    // points are alike more often than not: each share once, with how many have it
    let mut each: Vec<BTreeMap<Exact, i64>> = vec![BTreeMap::new(); groups + 1];
    for (group, of) in points.into_values() {
        match fold(method, inner, &of) {
            Outcome::Share(share) => *each.get_mut(group.min(groups))?.entry(share).or_default() += 1,
            Outcome::Nothing => {}
            Outcome::Fault(_) => return None,
        }
    }
    let sums: Vec<(Exact, i64)> = each.iter().map(sum).collect();
    let all = sums.iter().fold((Exact::zero(), 0), |(sum, count), of| (sum + &of.0, count + of.1));
    let mean =
        |sum: &Exact, count: i64| sum.over(&Exact::from(count)).map_or(Outcome::Nothing, Outcome::Share);
    let without =
        sums.iter().take(groups).map(|(sum, count)| mean(&(all.0.clone() - sum.clone()), all.1 - count));
    Some((mean(&all.0, all.1), without.collect()))
}

fn sum(shares: &BTreeMap<Exact, i64>) -> (Exact, i64) {
    let sum = shares.iter().map(|(share, times)| share * &Exact::from(*times)).sum();
    (sum, shares.values().sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::Formula;
    use crate::method::Value;
    use proptest::prelude::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    fn methods() -> Vec<Method> {
        let full = exact("100");
        vec![
            Method::Ratio,
            Method::Threshold { at_least: exact("0.6") },
            Method::EveryOne,
            Method::Deduct { full: exact("10"), each: exact("0.5"), again: exact("2") },
            Method::PerMissing { full: full.clone(), lose: exact("4"), of: 2 },
            Method::Graded { worth: vec![exact("1"), exact("0.6"), exact("0")] },
            Method::Mean { full: exact("1") },
            Method::Median { full: exact("1") },
            Method::Formula {
                full: full.clone(),
                formula: Formula::read("met / all * 90 + least + most", &Facts::NAMES).unwrap(),
            },
            // cannot be worked out where nothing is unmet
            Method::Formula { full, formula: Formula::read("met / unmet", &Facts::NAMES).unwrap() },
        ]
    }

    fn acrosses() -> Vec<Vec<Across>> {
        let by = |by, fold| Across { by, fold };
        vec![
            vec![],
            vec![by(By::Point, Fold::Mean)],
            vec![by(By::Point, Fold::Mean), by(By::Occasion, Fold::Least)],
            vec![by(By::Point, Fold::Median)],
            vec![by(By::Period, Fold::Mean), by(By::Point, Fold::Mean)],
            vec![by(By::Scorer, Fold::Most)],
        ]
    }

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Met),
            Just(Value::Unmet),
            Just(Value::NotApplicable),
            (0_i64..20_000).prop_map(Value::Points),
            (0_u8..4).prop_map(Value::Grade),
            (0_u32..4, 0_u32..4).prop_map(|(seen, wanted)| Value::Counted { seen, wanted }),
        ]
    }

    fn observation() -> impl Strategy<Value = Observation> {
        (value(), 0_u64..9, 0_u64..3, 0_u32..3, 0_u32..3, any::<bool>()).prop_map(
            |(value, point, scorer, occasion, period, again)| Observation {
                value,
                point,
                scorer,
                occasion,
                period,
                again,
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        /// Whatever the rule, it is what working everything out anew comes to; also with points in no group.
        #[test]
        fn it_is_the_same_as_working_out_anew(
            all in prop::collection::vec(observation(), 0..40),
            groups in 0_usize..5,
        ) {
            let dealt: Vec<usize> = all.iter().map(|o| usize::try_from(o.point).unwrap() % (groups + 1)).collect();
            for method in methods() {
                for across in acrosses() {
                    let quick = fold_without(&method, &across, &all, &dealt, groups);
                    let slow = one_by_one(&method, &across, &all, &dealt, groups);
                    prop_assert_eq!(&quick, &slow, "{:?} {:?}", method, across);
                }
            }
        }
    }
}
