//! What a city begins with: the sample checklists, published, each for its type of point; and one that fits any point, for a city
//! that wants to begin before it has written its own.

mod general;

pub use general::general;

use crate::commands;
use crate::store as rows;
use ::store::Tx;
use checklist::{Checklist, samples};
use kernel::ctx::Ctx;
use kernel::problem::Result;

/// A sample and the types of point that it is for.
fn all() -> [(Checklist, &'static [&'static str]); 2] {
    [(samples::market(), &["market"]), (samples::bus(), &["bus"])]
}

/// Doing it twice changes nothing.
pub fn found(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<String>> {
    let types = places::queries::all_site_types(tx)?;
    for (sample, kinds) in all() {
        if rows::sheet(tx, &sample.code)?.is_some() {
            continue;
        }
        let code = sample.code.clone();
        let edition = commands::import(ctx, tx, sample)?;
        commands::publish(ctx, tx, (&code, &edition.label, edition.version))?;
        for kind in kinds.iter().filter(|kind| types.iter().any(|t| t.code == **kind)) {
            commands::assign(ctx, tx, kind, Some(&code))?;
        }
    }
    Ok(Vec::new())
}

/// Gives all types of point that have none the checklist that fits any. How many that were.
pub fn fill_up(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<usize> {
    let list = general();
    let code = list.code.clone();
    if rows::sheet(tx, &code)?.is_none() {
        let edition = commands::import(ctx, tx, list)?;
        commands::publish(ctx, tx, (&code, &edition.label, edition.version))?;
    }
    let without: Vec<String> = crate::queries::types(ctx, tx)?
        .into_iter()
        .filter(|(_, of)| of.is_none())
        .map(|(kind, _)| kind.code)
        .collect();
    for kind in &without {
        commands::assign(ctx, tx, kind, Some(&code))?;
    }
    Ok(without.len())
}

#[cfg(test)]
mod tests {
    use super::{all, general};
    use checklist::Item;

    fn kinds(items: &[Item], found: &mut Vec<String>) {
        for item in items {
            match item {
                Item::Question(question) if !question.finding.kind.is_empty() => {
                    found.push(question.finding.kind.clone());
                }
                other => kinds(other.items(), found),
            }
        }
    }

    #[test]
    fn every_finding_is_a_kind_of_the_shipped_catalogue() {
        let known: Vec<String> = cases::catalogue::founding::ITEMS
            .lines()
            .filter_map(|line| {
                let mut cells = line.split(',');
                Some(format!("{}-{}", cells.next()?, cells.next()?))
            })
            .collect();
        let mut found = Vec::new();
        for sample in all().into_iter().map(|(sample, _)| sample).chain([general()]) {
            kinds(&sample.items, &mut found);
        }
        assert!(found.len() >= 4, "{found:?}");
        for kind in found {
            assert!(known.contains(&kind), "{kind}");
        }
    }
}
