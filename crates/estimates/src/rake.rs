//! Weights that agree with what is known of a population: as many women, as many old people, as many of each street
//! (iterative proportional fitting; Deming and Stephan 1940).

use crate::Fault;
use std::collections::BTreeMap;

/// One thing that is known of everybody: how many people of each category there are.
#[derive(Clone, Debug)]
pub struct Margin {
    /// The category of each answer.
    pub categories: Vec<u32>,
    /// People of each category in the population.
    pub people: BTreeMap<u32, f64>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Raked {
    pub weights: Vec<f64>,
    pub rounds: u32,
    /// Kish's design effect of unequal weights: n·Σw² / (Σw)²; 1 when all are equal.
    pub unequal: f64,
}

/// Rounds after which weights that have not settled never will.
const ROUNDS: u32 = 1_000;
/// How far a category may still be off, as a share of its people.
const NEAR: f64 = 1e-9;

fn check(weights: &[f64], margins: &[Margin]) -> Result<(), Fault> {
    if weights.is_empty() {
        return Err(Fault::Nobody);
    }
    if let Some(at) = weights.iter().position(|w| !(w.is_finite() && *w > 0.0)) {
        return Err(Fault::Weight(at));
    }
    for (at, margin) in margins.iter().enumerate() {
        let whole = margin.categories.len() == weights.len()
            && margin.people.values().all(|p| p.is_finite() && *p > 0.0)
            && margin.categories.iter().all(|c| margin.people.contains_key(c));
        if !whole {
            return Err(Fault::Margin(at));
        }
        if let Some(category) = margin.people.keys().find(|c| !margin.categories.contains(c)) {
            return Err(Fault::Empty { margin: at, category: *category });
        }
    }
    Ok(())
}

/// Multiplies each category to its people, margin after margin, until all of them agree.
///
/// # Errors
/// [`Fault::Margin`], [`Fault::Empty`], [`Fault::Unsettled`] (totals of two margins differ, or what they want together nobody
/// of the sample can give), and of weights.
#[expect(clippy::cast_precision_loss, reason = "a sample has fewer than 2^52 people")]
pub fn rake(weights: &[f64], margins: &[Margin]) -> Result<Raked, Fault> {
    check(weights, margins)?;
    let mut weights = weights.to_vec();
    let mut rounds = 0;
    loop {
        for margin in margins {
            let have = sums(&weights, margin);
            for (weight, category) in weights.iter_mut().zip(&margin.categories) {
                *weight *= margin.people[category] / have[category];
            }
        }
        rounds += 1;
        let off = margins.iter().map(|m| worst(&weights, m)).fold(0.0, f64::max);
        if off <= NEAR {
            break;
        }
        if rounds == ROUNDS || !off.is_finite() {
            return Err(Fault::Unsettled(off));
        }
    }
    let (all, squares) = weights.iter().fold((0.0, 0.0), |(all, squares), w| (all + w, squares + w.powi(2)));
    let unequal = weights.len() as f64 * squares / (all * all);
    Ok(Raked { weights, rounds, unequal })
}

fn sums(weights: &[f64], margin: &Margin) -> BTreeMap<u32, f64> {
    let mut have = BTreeMap::new();
    for (weight, category) in weights.iter().zip(&margin.categories) {
        *have.entry(*category).or_default() += weight;
    }
    have
}

fn worst(weights: &[f64], margin: &Margin) -> f64 {
    let have = sums(weights, margin);
    margin.people.iter().map(|(c, people)| (have[c] / people - 1.0).abs()).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn margin(categories: &[u32], people: &[(u32, f64)]) -> Margin {
        Margin { categories: categories.to_vec(), people: people.iter().copied().collect() }
    }

    #[test]
    fn one_margin_is_a_plain_rule_of_three() {
        let raked = rake(&[1.0, 1.0, 1.0, 1.0], &[margin(&[1, 1, 1, 2], &[(1, 60.0), (2, 40.0)])]).unwrap();
        assert_eq!(raked.weights, [20.0, 20.0, 20.0, 40.0]);
        // 4 · (3·400 + 1600) / 100²
        assert!((raked.unequal - 1.12).abs() < 1e-12);
    }

    /// Worked by hand: the fitted table of odds ratio 1 is the product of its margins.
    #[test]
    fn two_margins_of_an_even_sample_multiply() {
        let (sex, age) = ([1, 1, 2, 2], [1, 2, 1, 2]);
        let margins = [margin(&sex, &[(1, 480.0), (2, 520.0)]), margin(&age, &[(1, 700.0), (2, 300.0)])];
        let raked = rake(&[1.0; 4], &margins).unwrap();
        for (got, wanted) in raked.weights.iter().zip([336.0, 144.0, 364.0, 156.0]) {
            assert!((got - wanted).abs() < 1e-6, "{got} {wanted}");
        }
    }

    #[test]
    fn what_cannot_be_is_said() {
        let one = |people: &[(u32, f64)]| rake(&[1.0, 1.0], &[margin(&[1, 2], people)]);
        assert_eq!(one(&[(1, 5.0)]), Err(Fault::Margin(0)));
        assert_eq!(one(&[(1, 5.0), (2, 0.0)]), Err(Fault::Margin(0)));
        assert_eq!(one(&[(1, 5.0), (2, 5.0), (3, 5.0)]), Err(Fault::Empty { margin: 0, category: 3 }));
        assert_eq!(rake(&[], &[]), Err(Fault::Nobody));
        assert_eq!(rake(&[1.0, -1.0], &[]), Err(Fault::Weight(1)));
        // two totals for the same city
        let totals = [margin(&[1, 2], &[(1, 5.0), (2, 5.0)]), margin(&[1, 2], &[(1, 9.0), (2, 9.0)])];
        assert!(matches!(rake(&[1.0, 1.0], &totals), Err(Fault::Unsettled(_))));
    }

    proptest! {
        /// Margins that a real population has can always be met when each combination is in the sample.
        #[test]
        fn it_meets_every_margin(cells in proptest::collection::vec(1u32..1000, 12), start in proptest::collection::vec(0.1f64..9.0, 12)) {
            let (rows, columns): (Vec<u32>, Vec<u32>) = (0..12u32).map(|i| (i / 4, i % 4)).unzip();
            let total = |of: &[u32]| {
                let mut people = BTreeMap::new();
                for (category, cell) in of.iter().zip(&cells) {
                    *people.entry(*category).or_insert(0.0) += f64::from(*cell);
                }
                people
            };
            let margins = [
                Margin { people: total(&rows), categories: rows },
                Margin { people: total(&columns), categories: columns },
            ];
            let raked = rake(&start, &margins).unwrap();
            for margin in &margins {
                prop_assert!(worst(&raked.weights, margin) <= 1e-8);
            }
            prop_assert!(raked.weights.iter().all(|w| *w > 0.0) && raked.unequal >= 1.0 - 1e-12);
        }
    }
}
