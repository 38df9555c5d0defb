//! What two visits of the same points agree on.

use super::sight;
use crate::model::{Observed, Outcome, share};
use crate::policy::{self, Act};
use ::store::{Query, Tx};
use estimates::Agreement;
use inspections::model::{Drawn, Inspection};
use kernel::ctx::{Ctx, Person};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use scoring::Exact;
use std::collections::BTreeMap;

/// A question that two people answered at one point.
#[derive(Clone, Debug)]
pub struct Pair {
    pub first: Observed,
    pub second: Observed,
}

impl Pair {
    pub fn same(&self) -> bool {
        self.first.outcome == self.second.outcome
    }
}

/// How one inspector differs from whoever visited the same points.
#[derive(Clone, Debug)]
pub struct Drift {
    pub person: Id<Person>,
    pub name: String,
    pub pairs: u64,
    pub differing: u64,
    /// Their share less the other's, on the average of pairs that both counted; none where fewer than [`LEAST`] pairs are there.
    pub difference: Option<Exact>,
}

/// Below so many pairs nothing is said of a person.
pub const LEAST: u64 = 10;

impl Drift {
    /// Whether there are enough pairs to say anything.
    pub fn is_said(&self) -> bool {
        self.pairs >= LEAST
    }
}

/// Two visits of an inspection's points beside each other.
#[derive(Clone, Debug)]
pub struct Compared {
    pub inspection: Inspection,
    /// Points of which both records are there.
    pub points: usize,
    pub all: Option<Agreement>,
    /// Per standard, in the order of codes.
    pub standards: Vec<(String, Agreement)>,
    pub drifts: Vec<Drift>,
    /// What was answered differently.
    pub differing: Vec<Pair>,
}

/// The level of intervals.
pub const LEVEL: f64 = 0.95;

fn table(pairs: &[&Pair]) -> Option<Agreement> {
    let of = |outcome: Outcome| Outcome::ALL.iter().position(|o| *o == outcome).unwrap_or_default();
    let mut table = vec![vec![0; Outcome::ALL.len()]; Outcome::ALL.len()];
    for pair in pairs {
        table[of(pair.first.outcome)][of(pair.second.outcome)] += 1;
    }
    estimates::agreement(&table, LEVEL).ok()
}

/// What the first and the second visit said of one question.
type Halves = (Option<Observed>, Option<Observed>);

/// How far first and second visits agree. For the office alone, and for nobody about points that they visit themselves while it runs.
///
/// # Errors
/// 404 for a number that is no inspection's.
pub fn agreement(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Compared> {
    policy::require(ctx, Act::Compare)?;
    let inspection = inspections::queries::by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    let sight = sight(ctx, tx)?;
    let mut query = Query::<Observed>::new("select {*} from field_observation");
    sight.narrow(&mut query);
    query.filter("inspection_id = ?", &[&inspection.id]);
    // of points that were visited twice only, some tenth of all
    query.filter(
        "point_id in (select o.point_id from field_observation o where o.inspection_id = ? and o.second = ?)",
        &[&inspection.id, &true],
    );
    query.tail("order by standard, point_id, path, second, id", &[]);
    let mut halves: BTreeMap<(String, Id<Drawn>, String), Halves> = BTreeMap::new();
    for seen in tx.query(&query)? {
        let key = (seen.standard.clone(), seen.point_id, seen.path.clone());
        let half = halves.entry(key).or_default();
        if seen.second {
            half.1 = Some(seen);
        } else {
            half.0 = Some(seen);
        }
    }
    let pairs: Vec<Pair> = halves
        .into_values()
        .filter_map(|(first, second)| Some(Pair { first: first?, second: second? }))
        .collect();
    let mut points: Vec<Id<Drawn>> = pairs.iter().map(|p| p.first.point_id).collect();
    points.sort_unstable();
    points.dedup();
    let mut by_standard: BTreeMap<&str, Vec<&Pair>> = BTreeMap::new();
    for pair in &pairs {
        by_standard.entry(pair.first.standard.as_str()).or_default().push(pair);
    }
    let standards =
        by_standard.iter().filter_map(|(code, of)| Some(((*code).to_owned(), table(of)?))).collect();
    let drifts = drifts(tx, &pairs)?;
    let all = table(&pairs.iter().collect::<Vec<_>>());
    let differing = pairs.iter().filter(|p| !p.same()).cloned().collect();
    Ok(Compared { inspection, points: points.len(), all, standards, drifts, differing })
}

fn drifts(tx: &mut Tx<'_>, pairs: &[Pair]) -> Result<Vec<Drift>> {
    let mut of: BTreeMap<Id<Person>, (u64, u64, Vec<Exact>)> = BTreeMap::new();
    for pair in pairs {
        for (mine, other) in [(&pair.first, &pair.second), (&pair.second, &pair.first)] {
            let entry = of.entry(mine.person_id).or_default();
            entry.0 += 1;
            entry.1 += u64::from(!pair.same());
            if mine.weight > 0 && other.weight > 0 {
                entry.2.push(share(&mine.share) - share(&other.share));
            }
        }
    }
    let names = people::queries::person_names(tx, &of.keys().copied().collect::<Vec<_>>())?;
    let drift = |(person, (pairs, differing, differences)): (Id<Person>, (u64, u64, Vec<Exact>))| Drift {
        name: names.get(&person).cloned().unwrap_or_default(),
        difference: if pairs >= LEAST { Exact::mean(&differences) } else { None },
        person,
        pairs,
        differing,
    };
    Ok(of.into_iter().map(drift).collect())
}
