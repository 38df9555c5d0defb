//! How far two people agree who looked at the same things, beyond what chance alone would give: Cohen's κ.
//!
//! J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960); its spread for
//! large samples by J. Fleiss, J. Cohen and B. Everitt, Psychological Bulletin 72 (1969), formula 13.

use crate::Fault;
use statrs::distribution::{ContinuousCDF, Normal};

/// How far two people agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// Pairs that were looked at.
    pub pairs: u64,
    /// Pairs in which both said the same.
    pub same: u64,
    /// Share of pairs in which both said the same, from 0 to 1.
    pub observed: f64,
    /// The share that chance alone would give.
    pub by_chance: f64,
    /// From −1 to 1: 1 is full agreement, 0 what chance gives. None where both always said one and the same thing: then there is
    /// nothing that chance could have done otherwise.
    pub kappa: Option<Kappa>,
}

/// κ with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kappa {
    pub value: f64,
    pub from: f64,
    pub until: f64,
}

/// How far two people agree. `table[i][j]`: how often the first said `i` where the second said `j`; it is as wide as it is high.
///
/// # Errors
/// [`Fault::Nobody`] of no pairs, [`Fault::Level`] for a level that is not between 0 and 1, [`Fault::Value`] with the row of a table
/// that is not as wide as it is high.
pub fn agreement(table: &[Vec<u64>], level: f64) -> Result<Agreement, Fault> {
    if !(level > 0.0 && level < 1.0) {
        return Err(Fault::Level);
    }
    if let Some(row) = table.iter().position(|row| row.len() != table.len()) {
        return Err(Fault::Value(row));
    }
    let pairs: u64 = table.iter().flatten().sum();
    if pairs == 0 {
        return Err(Fault::Nobody);
    }
    let same: u64 = table.iter().enumerate().filter_map(|(i, row)| row.get(i)).sum();
    #[expect(clippy::cast_precision_loss, reason = "counts of visits are far below 2^53")]
    let whole = |n: u64| n as f64;
    let share = |n: u64| whole(n) / whole(pairs);
    let rows: Vec<f64> = table.iter().map(|row| share(row.iter().sum())).collect();
    let columns: Vec<f64> =
        (0..table.len()).map(|j| share(table.iter().filter_map(|row| row.get(j)).sum())).collect();
    let observed = share(same);
    let by_chance: f64 = rows.iter().zip(&columns).map(|(row, column)| row * column).sum();
    // counted, not compared as fractions: chance agrees fully only where both said one thing throughout
    let one_thing = table.iter().enumerate().any(|(i, row)| row.get(i) == Some(&pairs));
    let kappa = (!one_thing).then(|| {
        let value = (observed - by_chance) / (1.0 - by_chance);
        let spread = spread(table, &share, (&rows, &columns), value, by_chance) / whole(pairs);
        let z = Normal::standard().inverse_cdf(0.5 + level / 2.0);
        let half = z * spread.max(0.0).sqrt();
        Kappa { value, from: (value - half).max(-1.0), until: (value + half).min(1.0) }
    });
    Ok(Agreement { pairs, same, observed, by_chance, kappa })
}

/// The variance of κ, times the number of pairs.
fn spread(
    table: &[Vec<u64>],
    share: &dyn Fn(u64) -> f64,
    (rows, columns): (&[f64], &[f64]),
    value: f64,
    by_chance: f64,
) -> f64 {
    let rest = 1.0 - value;
    let (mut same, mut other) = (0.0, 0.0);
    for (i, row) in table.iter().enumerate() {
        for (j, count) in row.iter().enumerate() {
            let p = share(*count);
            if i == j {
                same += p * (1.0 - (rows[i] + columns[i]) * rest).powi(2);
            } else {
                // the first's share of what the second said, and the other way round
                other += p * (columns[i] + rows[j]).powi(2);
            }
        }
    }
    let last = (value - by_chance * rest).powi(2);
    (same + rest.powi(2) * other - last) / (1.0 - by_chance).powi(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-9
    }

    #[test]
    fn a_table_worked_by_hand() {
        // 50 grants, two readers: 35 the same; chance gives 0.5·0.6 + 0.5·0.4 = 0.5
        let found = agreement(&[vec![20, 5], vec![10, 15]], 0.95).unwrap();
        assert_eq!((found.pairs, found.same), (50, 35));
        assert!(near(found.observed, 0.7) && near(found.by_chance, 0.5));
        let kappa = found.kappa.unwrap();
        assert!(near(kappa.value, 0.4));
        // rows 0.5, 0.5; columns 0.6, 0.4; 1-κ = 0.6
        // same: 0.4·(1-1.1·0.6)² + 0.3·(1-0.9·0.6)² = 0.4·0.1156 + 0.3·0.2116 = 0.10972
        // other: 0.1·(0.6+0.5)² + 0.2·(0.4+0.5)² = 0.121 + 0.162 = 0.283, times 0.36 = 0.10188
        // last: (0.4-0.5·0.6)² = 0.01; all: (0.10972+0.10188-0.01)/0.25/50 = 0.016128
        let half = 1.959963984540054 * 0.016128_f64.sqrt();
        assert!((kappa.from - (0.4 - half)).abs() < 1e-6, "{kappa:?}");
        assert!((kappa.until - (0.4 + half)).abs() < 1e-6, "{kappa:?}");
    }

    #[test]
    fn full_agreement_chance_and_the_opposite() {
        let of = |table: &[Vec<u64>]| agreement(table, 0.95).unwrap().kappa.unwrap().value;
        assert!(near(of(&[vec![7, 0], vec![0, 3]]), 1.0));
        assert!(near(of(&[vec![25, 25], vec![25, 25]]), 0.0));
        assert!(near(of(&[vec![0, 5], vec![5, 0]]), -1.0));
        // one answer throughout: nothing can be said
        assert_eq!(agreement(&[vec![9, 0], vec![0, 0]], 0.95).unwrap().kappa, None);
        assert!(near(of(&[vec![9, 1], vec![0, 0]]), 0.0));
    }

    #[test]
    fn what_cannot_be_worked_out_is_refused() {
        assert_eq!(agreement(&[], 0.95), Err(Fault::Nobody));
        assert_eq!(agreement(&[vec![0, 0], vec![0, 0]], 0.95), Err(Fault::Nobody));
        assert_eq!(agreement(&[vec![1, 2]], 0.95), Err(Fault::Value(0)));
        assert_eq!(agreement(&[vec![1]], 1.0), Err(Fault::Level));
    }

    proptest! {
        #[test]
        fn it_lies_between_its_bounds_and_does_not_mind_who_is_first(
            counts in proptest::collection::vec(0_u64..60, 9),
        ) {
            let table: Vec<Vec<u64>> = counts.chunks(3).map(<[u64]>::to_vec).collect();
            let turned: Vec<Vec<u64>> = (0..3).map(|j| table.iter().map(|row| row[j]).collect()).collect();
            let (one, other) = (agreement(&table, 0.95), agreement(&turned, 0.95));
            let Ok(one) = one else { return Ok(()) };
            let other = other.unwrap();
            prop_assert!((0.0..=1.0).contains(&one.observed));
            prop_assert!((0.0..=1.0 + 1e-12).contains(&one.by_chance));
            match (one.kappa, other.kappa) {
                (Some(k), Some(l)) => {
                    prop_assert!(k.from <= k.value + 1e-9 && k.value <= k.until + 1e-9);
                    prop_assert!(k.value >= -1.0 - 1e-9 && k.value <= 1.0 + 1e-9);
                    prop_assert!((k.value - l.value).abs() < 1e-9 && (k.from - l.from).abs() < 1e-9);
                }
                (k, l) => prop_assert_eq!(k, l),
            }
        }
    }
}
