//! What a new city begins with: the national list of components and events, and limits to be confirmed. Sources and
//! licences: `data/README.md`.
//!
//! The list is a public standard. Limits are not: no national figure is certain, so that the stages' limits are ours and those
//! of some items come from one city's published table. Each is marked as to be confirmed, on the catalogue's page, in its
//! file, and to whoever founds the city.

use super::file;
use super::publish::{NewLimit, NewVersion, publish_version};
use super::store;
use crate::workflow::Stage;
use ::store::Tx;
use kernel::calendar::{Limit, TimeUnit};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use people::queries::UnitBook;

/// `kind,code,major_code,major_name,name`.
pub const ITEMS: &str = include_str!("../../data/catalogue.csv");
/// `kind,code,condition,condition_text,stage,amount,unit`; the kind `all` is the stages' usual limits.
const LIMITS: &str = include_str!("../../data/limits.csv");
/// What the list is called, and what it rests on.
pub const STANDARD: &str = "GB/T 47678.5-2026";

/// Brings the shipped catalogue into force where the city has none. Lines for whoever founds it.
pub fn found(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<String>> {
    if store::in_force(tx)?.is_some() {
        return Ok(Vec::new());
    }
    let items = file::read(ITEMS.as_bytes(), &UnitBook::default())?.items;
    let limits = limits()?;
    let (count, of_items) = (items.len(), limits.iter().filter(|l| l.item.is_some()).count());
    let usual = limits.len() - of_items;
    let version =
        NewVersion { name: STANDARD.to_owned(), source: STANDARD.to_owned(), items, limits: Some(limits) };
    publish_version(ctx, tx, version)?;
    Ok(vec![
        format!("Catalogue: {STANDARD}, {count} kinds of components and events, in force."),
        format!(
            "TO BE CONFIRMED: {usual} limits of the stages (starting values) and {of_items} limits of kinds (samples of one \
             city). No national figure is certain: confirm or change them at /admin/catalogue."
        ),
    ])
}

/// The shipped limits, none of them confirmed.
fn limits() -> Result<Vec<NewLimit>> {
    LIMITS
        .lines()
        .skip(1)
        .map(|line| {
            read(line).ok_or_else(|| Problem::internal(format!("a shipped limit cannot be read: {line}")))
        })
        .collect()
}

fn read(line: &str) -> Option<NewLimit> {
    let cells: Vec<&str> = line.split(',').collect();
    let [kind, code, condition, condition_text, stage, amount, unit] = cells.as_slice() else { return None };
    let item = match *kind {
        file::EVERYTHING => None,
        kind => Some((super::ItemKind::parse(kind)?, (*code).to_owned())),
    };
    Some(NewLimit {
        item,
        condition: (*condition).to_owned(),
        condition_text: (*condition_text).to_owned(),
        stage: Stage::parse(stage)?,
        limit: Limit { value: amount.parse().ok()?, unit: TimeUnit::parse(unit)? },
        confirmed: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_limit_names_an_item_that_is_shipped() {
        let items = file::read(ITEMS.as_bytes(), &UnitBook::default()).unwrap_or_default();
        assert_eq!((items.items.len(), items.report.refused_rows()), (403, 0));
        let limits = limits().unwrap_or_default();
        let known = |(kind, code): &(super::super::ItemKind, String)| {
            items.items.iter().any(|l| l.item.kind == *kind && l.item.code == *code)
        };
        assert!(limits.iter().filter_map(|l| l.item.as_ref()).all(known));
        // a clock for every stage, or cases would have no deadline there
        let usual: Vec<Stage> = limits.iter().filter(|l| l.item.is_none()).map(|l| l.stage).collect();
        assert!(Stage::ALL.iter().all(|stage| usual.contains(stage)) && usual.len() == Stage::ALL.len());
        assert!(limits.iter().all(|l| !l.confirmed));
    }
}
