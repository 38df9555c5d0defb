//! What a scheme comes to, from rounds of inspections: points of a round become observations of the standards that name their item.
//!
//! Rounds feed one way of judging only ([`Scheme::observed_way`]). What the others come to is not known here, and is said.

use super::model::Scheme;
use super::notation::Rule;
use super::tree::Placed;
use crate::rounds::matching::plain;
use crate::rounds::worked::Worked;
use scoring::{Exact, Missing, Observation, Outcome, Sums, Value, fold};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// A round that feeds a scheme.
#[derive(Clone, Debug)]
pub struct Fed {
    pub worked: Arc<Worked>,
    /// Rounds are told apart by this; months by `period`.
    pub occasion: u32,
    pub period: u32,
}

/// A part that could not be worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub code: String,
    pub way: String,
    /// Code of the formula's fault.
    pub fault: &'static str,
}

#[derive(Clone, Debug)]
pub struct Figures {
    /// Nodes in the order of the tree.
    pub sums: Sums,
    /// Observations of each standard, by code.
    pub observations: HashMap<String, usize>,
    pub troubles: Vec<Trouble>,
    /// Items of the rounds that no standard names.
    pub unused: Vec<String>,
}

/// Observations by what a standard may name: an item, or an item with the number of its part.
fn observations(fed: &[Fed]) -> (HashMap<String, Vec<Observation>>, BTreeSet<String>) {
    let mut by_name: HashMap<String, Vec<Observation>> = HashMap::new();
    let mut items = BTreeSet::new();
    for round in fed {
        for (row, point) in round.worked.points() {
            if round.worked.aside.contains_key(&row.row_number) {
                continue;
            }
            let seen = Observation {
                value: Value::Points(10_000 - point.lost),
                point: row.row_number.unsigned_abs(),
                scorer: 0,
                occasion: round.occasion,
                period: round.period,
                again: false,
            };
            items.insert(point.item.clone());
            by_name.entry(plain(&point.item)).or_default().push(seen);
            if !point.sub_item.is_empty() {
                by_name.entry(plain(&format!("{}{}", point.item, point.sub_item))).or_default().push(seen);
            }
        }
    }
    (by_name, items)
}

/// Names by which a standard finds its observations.
pub(crate) fn names(of: &Placed) -> Vec<&str> {
    if of.node.observed.0.is_empty() {
        vec![&of.node.name]
    } else {
        of.node.observed.0.iter().map(String::as_str).collect()
    }
}

/// What a rule makes of these, and how often that can be said at all.
pub fn share(rule: &Rule, seen: &[&Observation]) -> Outcome {
    fold(&rule.method, &rule.across, seen)
}

/// What everything comes to.
pub fn work_out(
    scheme: &Scheme,
    placed: &[Placed],
    tree: &scoring::Scheme,
    fed: &[Fed],
    missing: Missing,
) -> Figures {
    let (by_name, items) = observations(fed);
    let mut shares: HashMap<(&str, &str), Exact> = HashMap::new();
    let mut counts = HashMap::new();
    let mut troubles = Vec::new();
    let mut used: BTreeSet<String> = BTreeSet::new();
    for of in placed {
        let Some(part) = of.node.parts.0.iter().find(|part| part.way == scheme.observed_way) else {
            continue;
        };
        let wanted = names(of);
        used.extend(wanted.iter().map(|name| plain(name)));
        let seen: Vec<&Observation> =
            wanted.iter().filter_map(|name| by_name.get(&plain(name))).flatten().collect();
        if seen.is_empty() {
            continue;
        }
        counts.insert(of.node.code.clone(), seen.len());
        match share(&part.rule, &seen) {
            Outcome::Share(share) => {
                shares.insert((of.node.code.as_str(), part.way.as_str()), share);
            }
            Outcome::Nothing => {}
            Outcome::Fault(fault) => troubles.push(Trouble {
                code: of.node.code.clone(),
                way: part.way.clone(),
                fault: fault.code.code(),
            }),
        }
    }
    let is_used = |item: &String| {
        let item = plain(item);
        used.iter().any(|name| {
            *name == item
                || name.strip_prefix(&item).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()))
        })
    };
    Figures {
        sums: tree.sums(&shares, missing),
        observations: counts,
        troubles,
        unused: items.into_iter().filter(|item| !is_used(item)).collect(),
    }
}
