//! How far a mean must be rounded that stands beside hidden numbers.
//!
//! Who knows all shown numbers, how many people the hidden ones have together, and the mean, has two equations. With the mean rounded to a
//! step the second is a band; it must be so wide that each small hidden number can still be one of at least so many.

use super::Mean;

/// A line of the question: an option, or "not sure".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Ten-thousandths; none: it is not in the mean.
    pub counts: Option<i64>,
    pub n: u64,
    pub hidden: bool,
}

/// Steps that a mean may be rounded to: one to ten points.
pub const STEPS: [f64; 4] = [0.01, 0.02, 0.05, 0.1];

/// The smallest step that keeps every hidden number below `least` among at least `least` values; none: the mean is not shown.
pub fn step(cells: &[Cell], least: u64) -> Option<f64> {
    let small = |at: &usize| cells[*at].hidden && cells[*at].n < least;
    let small: Vec<usize> = (0..cells.len()).filter(small).collect();
    STEPS.into_iter().find(|step| {
        told(cells, *step).is_some_and(|band| small.iter().all(|at| values(cells, *at, band, least) >= least))
    })
}

/// The band of means that are rounded to the same as the true one.
fn told(cells: &[Cell], step: f64) -> Option<(f64, f64)> {
    let mean = mean(cells.iter().map(|c| (c.counts, c.n)))?;
    let middle = (mean / step).round() * step;
    // a hair's breadth within, so that rounding of the arithmetic finds no value that is none
    Some((middle - step / 2.0 + 1e-9, middle + step / 2.0 - 1e-9))
}

#[expect(clippy::cast_precision_loss, reason = "a survey has fewer than 2^52 people")]
fn mean(lines: impl Iterator<Item = (Option<i64>, u64)>) -> Option<f64> {
    let (mut sum, mut all) = (0.0, 0.0);
    for (counts, n) in lines {
        if let Some(counts) = counts {
            sum += counts as f64 / 10_000.0 * n as f64;
            all += n as f64;
        }
    }
    (all > 0.0).then(|| sum / all)
}

/// Values that the hidden number at a place may have, counted no further than `enough`. For each a way to share the rest out among at most
/// two other hidden lines is looked for: each that is found is a table that agrees with all that is told.
fn values(cells: &[Cell], at: usize, band: (f64, f64), enough: u64) -> u64 {
    let together: u64 = cells.iter().filter(|c| c.hidden).map(|c| c.n).sum();
    let others: Vec<usize> = (0..cells.len()).filter(|o| *o != at && cells[*o].hidden).collect();
    let mut found = 0;
    for n in 0..=together {
        let rest = together - n;
        let fits = |j: usize, k: usize| {
            (0..=rest).any(|t| {
                let told = |line: usize| match line {
                    line if line == at => n,
                    line if line == j => {
                        if j == k {
                            rest
                        } else {
                            t
                        }
                    }
                    line if line == k => rest - t,
                    line if cells[line].hidden => 0,
                    line => cells[line].n,
                };
                mean((0..cells.len()).map(|line| (cells[line].counts, told(line))))
                    .is_some_and(|mean| band.0 <= mean && mean <= band.1)
            })
        };
        let pairs = others.iter().enumerate();
        if pairs.into_iter().any(|(i, j)| others[i..].iter().any(|k| fits(*j, *k))) {
            found += 1;
            if found == enough {
                break;
            }
        }
    }
    found
}

/// The mean to the step, its interval outwards.
pub fn rounded(mean: Mean, step: f64) -> Mean {
    Mean {
        value: (mean.value / step).round() * step,
        low: ((mean.low / step).floor() * step).max(0.0),
        high: ((mean.high / step).ceil() * step).min(1.0),
        design_effect: None,
        step: Some(step),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Every way to share `together` people out over so many cells.
    fn ways(cells: usize, together: u64) -> Vec<Vec<u64>> {
        if cells == 1 {
            return vec![vec![together]];
        }
        let with = |first: u64| {
            ways(cells - 1, together - first).into_iter().map(move |rest| [vec![first], rest].concat())
        };
        (0..=together).flat_map(with).collect()
    }

    proptest! {
        /// Tried out one by one: whoever knows the shown numbers and the rounded mean cannot tell a small number from nine others.
        #[test]
        fn a_rounded_mean_gives_no_small_number_away(
            shown in proptest::collection::vec(10u64..900, 1..3),
            hidden in proptest::collection::vec(0u64..40, 2..4),
            points in proptest::collection::vec(proptest::option::weighted(0.8, 0i64..=10), 6),
        ) {
            let cell = |n: &u64, at: usize, hidden| Cell { counts: points[at].map(|p| p * 1_000), n: *n, hidden };
            let mut cells: Vec<Cell> = shown.iter().enumerate().map(|(at, n)| cell(n, at, false)).collect();
            cells.extend(hidden.iter().enumerate().map(|(at, n)| cell(n, at + 3, true)));
            let Some(step) = step(&cells, 10) else { return Ok(()) };
            let all = |way: &[u64]| {
                let mut left = way.iter();
                let n = |c: &Cell| if c.hidden { left.next().copied().unwrap_or(0) } else { c.n };
                let mut n = n;
                mean(cells.iter().map(|c| (c.counts, n(c))))
            };
            let told = (all(&hidden).unwrap() / step).round();
            let possible: Vec<Vec<u64>> = ways(hidden.len(), hidden.iter().sum())
                .into_iter()
                .filter(|way| all(way).is_some_and(|mean| ((mean / step).round() - told).abs() < 0.5))
                .collect();
            for (at, n) in hidden.iter().enumerate().filter(|(_, n)| **n < 10) {
                let values: BTreeSet<u64> = possible.iter().map(|w| w[at]).collect();
                prop_assert!(values.contains(n) && values.len() >= 10, "{values:?} {cells:?} {step}");
            }
        }
    }

    #[test]
    fn few_people_have_no_mean_and_many_have_a_finer_one() {
        let cells = |n: u64| {
            [(Some(10_000), n, false), (Some(6_000), 12, true), (Some(0), 4, true), (None, 30, false)]
                .map(|(counts, n, hidden)| Cell { counts, n, hidden })
        };
        assert_eq!(step(&cells(2_000), 10), Some(0.02));
        assert_eq!(step(&cells(15), 10), None);
        // "not sure" hidden with an option that guards it
        let unsure = [(Some(10_000), 900, false), (Some(0), 60, true), (None, 3, true)];
        assert_eq!(step(&unsure.map(|(counts, n, hidden)| Cell { counts, n, hidden }), 10), Some(0.01));
        let mean = Mean { value: 0.873, low: 0.861, high: 0.889, design_effect: Some(1.4), step: None };
        let told = rounded(mean, 0.05);
        assert!((told.value - 0.85).abs() < 1e-12 && (told.low - 0.85).abs() < 1e-12);
        assert!((told.high - 0.9).abs() < 1e-12);
    }
}
