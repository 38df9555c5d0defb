//! A question by division and by each trait.

use super::{LEAST, Mean, Sample, exact, places, texts, value};
use crate::model::read_traits;
use crate::question::Question;
use estimates::{Kind, hide};
use std::collections::{BTreeMap, BTreeSet};

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Names of what it holds: of several where each had too few people.
    pub names: Vec<String>,
    /// By line of the question, "not sure" last.
    pub cells: Vec<Option<u64>>,
    pub total: u64,
    pub mean: Option<Mean>,
}

/// A question by something.
#[derive(Clone, Debug, PartialEq)]
pub struct Cross {
    /// Name of the trait; empty: by division.
    pub by: String,
    pub columns: Vec<Column>,
}

/// The groups of a sheet: what it is divided by, and to which group it belongs.
type Groups = BTreeMap<String, Vec<usize>>;

pub(super) fn all(sample: &Sample<'_>, question: &Question) -> Vec<Cross> {
    let mut tables = Vec::new();
    let mut by: Vec<(String, Groups)> = vec![(String::new(), divisions(sample))];
    for (at, of) in sample.survey.traits.0.iter().enumerate() {
        let mut groups = Groups::new();
        for (n, sheet) in sample.sheets.iter().enumerate() {
            let chosen = read_traits(&sheet.traits).get(at).copied().flatten();
            let name = chosen.and_then(|c| of.categories.get(c)).map(|c| (c.name.clone(), chosen));
            // sorted as the categories are; those who did not tell stand last
            let key =
                name.map_or_else(|| "~".to_owned(), |(name, c)| format!("{:03}\t{name}", c.unwrap_or(0)));
            groups.entry(key).or_default().push(n);
        }
        by.push((of.name.clone(), groups));
    }
    for (name, groups) in by {
        tables.extend(table(sample, question, name, together(groups)));
    }
    tables
}

fn divisions(sample: &Sample<'_>) -> Groups {
    let mut groups = Groups::new();
    for (n, sheet) in sample.sheets.iter().enumerate() {
        let name = sample.segment(sheet).map(|s| format!("{}\t{}", s.division, s.division_name));
        groups.entry(name.unwrap_or_else(|| "~".to_owned())).or_default().push(n);
    }
    groups
}

/// Groups of fewer than [`LEAST`] put together, with the smallest of the others if they are still too few.
fn together(groups: Groups) -> Vec<(Vec<String>, Vec<usize>)> {
    let name = |key: &str| key.split_once('\t').map_or_else(String::new, |(_, name)| name.to_owned());
    let (mut kept, mut few): (Vec<_>, Vec<_>) = groups
        .into_iter()
        .map(|(key, members)| (vec![name(&key)], members))
        .partition(|(_, members)| members.len() as u64 >= LEAST);
    while !few.is_empty() && few.iter().map(|(_, m)| m.len() as u64).sum::<u64>() < LEAST {
        let Some(at) = (0..kept.len()).min_by_key(|at| kept[*at].1.len()) else { break };
        few.push(kept.remove(at));
    }
    if !few.is_empty() {
        let mut joined = (Vec::new(), Vec::new());
        for (names, members) in few {
            joined.0.extend(names);
            joined.1.extend(members);
        }
        kept.push(joined);
    }
    kept
}

fn table(
    sample: &Sample<'_>,
    question: &Question,
    by: String,
    groups: Vec<(Vec<String>, Vec<usize>)>,
) -> Option<Cross> {
    if groups.len() < 2 {
        return None;
    }
    let lines = texts(question).len();
    let mut counts = vec![vec![0; groups.len()]; lines];
    for (column, (_, members)) in groups.iter().enumerate() {
        for n in members {
            let given = sample.sheets[*n].answers.0.get(&question.key)?;
            for line in places(question, given) {
                counts[line][column] += 1;
            }
        }
    }
    let shown = hide(&counts, LEAST, &BTreeSet::new());
    // all totals are known from elsewhere: a table that needs one hidden cannot be shown
    let rows = &shown.cells[..lines];
    let known =
        rows.iter().all(|row| row[groups.len()].is_some()) && shown.cells[lines].iter().all(Option::is_some);
    let whole = rows.iter().flatten().all(Option::is_some);
    if !known || (sample.fitted.contains(&by) && !whole) {
        return None;
    }
    let columns = groups.into_iter().enumerate().map(|(column, (names, members))| {
        let cells: Vec<Option<u64>> = rows.iter().map(|row| row[column]).collect();
        let whole = cells.iter().all(Option::is_some) && question.is_counted();
        let own: BTreeSet<usize> = members.iter().copied().collect();
        let mean = whole.then(|| {
            sample.mean(Kind::Share, |n| {
                let given = sample.sheets[n].answers.0.get(&question.key).filter(|_| own.contains(&n))?;
                value(question, given)
            })
        });
        let mean = mean.flatten().filter(|of| of.answers >= LEAST).map(exact);
        Column { names, total: members.len() as u64, cells, mean }
    });
    Some(Cross { by, columns: columns.collect() })
}
