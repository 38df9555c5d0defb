//! Weights that make the sample like the population where its margins are known.

use crate::model::{AnswerSheet, Trait, read_traits};
use estimates::{Fault, Margin, rake};
use std::collections::BTreeMap;

/// What became of the weights.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// No margin of the population is known: everybody counts alike.
    Alike,
    /// Fitted: the traits, and by how much unequal weights enlarge the variance.
    Raked { traits: Vec<String>, unequal: f64 },
    /// Margins are known and cannot be met: everybody counts alike. What is in the way.
    Unmet(Unmet),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmet {
    /// Nobody of this category answered.
    Nobody(String),
    /// They do not settle.
    Unsettled,
}

fn known(of: &Trait) -> bool {
    !of.categories.is_empty() && of.categories.iter().all(|c| c.people.is_some_and(|n| n > 0))
}

/// A weight for each sheet, 1 on average. Who did not tell a category counts as one; the others are fitted to the margins.
#[expect(clippy::cast_precision_loss, reason = "a city has fewer than 2^52 people")]
pub fn weigh(traits: &[Trait], sheets: &[&AnswerSheet]) -> (Vec<f64>, Told) {
    let alike = || vec![1.0; sheets.len()];
    let used: Vec<(usize, &Trait)> = traits.iter().enumerate().filter(|(_, t)| known(t)).collect();
    if used.is_empty() || sheets.is_empty() {
        return (alike(), Told::Alike);
    }
    let chosen: Vec<Option<Vec<u32>>> = sheets
        .iter()
        .map(|sheet| {
            let own = read_traits(&sheet.traits);
            let of = |(at, of): &(usize, &Trait)| {
                let category = own.get(*at).copied().flatten().filter(|c| *c < of.categories.len())?;
                u32::try_from(category).ok()
            };
            used.iter().map(of).collect()
        })
        .collect();
    let full: Vec<&Vec<u32>> = chosen.iter().flatten().collect();
    let margin = |(n, (_, of)): (usize, &(usize, &Trait))| {
        let all: i64 = of.categories.iter().filter_map(|c| c.people).sum();
        // margins counted at different times have different totals: each is scaled to the answers there are
        let scaled = |people: i64| people as f64 / all as f64 * full.len() as f64;
        let people: BTreeMap<u32, f64> = (0..)
            .zip(&of.categories)
            .map(|(c, category)| (c, scaled(category.people.unwrap_or(0))))
            .collect();
        Margin { categories: full.iter().map(|own| own[n]).collect(), people }
    };
    let margins: Vec<Margin> = used.iter().enumerate().map(margin).collect();
    match rake(&vec![1.0; full.len()], &margins) {
        Ok(raked) => {
            let mut fitted = raked.weights.into_iter();
            let weights =
                chosen.iter().map(|own| if own.is_some() { fitted.next().unwrap_or(1.0) } else { 1.0 });
            let told = Told::Raked {
                traits: used.iter().map(|(_, of)| of.name.clone()).collect(),
                unequal: raked.unequal,
            };
            (weights.collect(), told)
        }
        Err(Fault::Empty { margin, category }) => {
            let name = used.get(margin).and_then(|(_, of)| of.categories.get(category as usize));
            (alike(), Told::Unmet(Unmet::Nobody(name.map(|c| c.name.clone()).unwrap_or_default())))
        }
        Err(Fault::Nobody) => (alike(), Told::Alike),
        Err(_) => (alike(), Told::Unmet(Unmet::Unsettled)),
    }
}
