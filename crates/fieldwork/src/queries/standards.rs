//! Whether standards that a checklist names are there.

use ::store::Tx;
use assessment::scheme::seam;
use checklist::{Checklist, Item};
use kernel::problem::Result;
use std::collections::{BTreeSet, HashSet};

/// Standards that a checklist names and the scheme does not: what is observed of them counts nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strangers {
    /// Name of the scheme that was looked at.
    pub scheme: String,
    /// Each once, in the order of their codes.
    pub codes: Vec<String>,
}

fn named<'a>(items: &'a [Item], all: &mut BTreeSet<&'a str>) {
    for item in items {
        all.extend(item.observes().map(|observes| observes.standard.as_str()));
        named(item.items(), all);
    }
}

/// Looked up in the scheme that was published last, by code or by the name that a standard observes, as scores find them. None where
/// no scheme is published, or nothing is missing.
pub fn strangers(tx: &mut Tx<'_>, list: &Checklist) -> Result<Option<Strangers>> {
    let Some(scheme) = seam::published(tx)?.into_iter().next() else { return Ok(None) };
    let Some(tree) = seam::tree(tx, &scheme.number)? else { return Ok(None) };
    let names: HashSet<String> = tree.placed.iter().flat_map(seam::names).collect();
    let mut all = BTreeSet::new();
    named(&list.items, &mut all);
    all.retain(|said| {
        !tree.placed.iter().any(|of| of.node.code == *said) && !names.contains(&seam::plain_name(said))
    });
    let codes: Vec<String> = all.into_iter().map(str::to_owned).collect();
    Ok((!codes.is_empty()).then_some(Strangers { scheme: scheme.name, codes }))
}
