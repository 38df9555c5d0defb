//! A whole number divided over parts in proportion to their sizes, by largest remainder (Hare–Niemeyer).

/// So many of `total` for each size: in proportion, whole, together exactly `total`, and never more than the size itself.
/// What is over goes to the largest remainders; of equal ones to the earlier. Where `total` is more than there is, everything.
pub fn shares(total: u64, sizes: &[u64]) -> Vec<u64> {
    let all: u128 = sizes.iter().map(|n| u128::from(*n)).sum();
    if u128::from(total) >= all {
        return sizes.to_vec();
    }
    // the quotient is below the size, because the total is below the sum
    let mut parts: Vec<(u64, u128)> = sizes
        .iter()
        .map(|size| {
            let product = u128::from(total) * u128::from(*size);
            (u64::try_from(product / all).unwrap_or(u64::MAX), product % all)
        })
        .collect();
    let given: u64 = parts.iter().map(|(whole, _)| *whole).sum();
    let mut by_rest: Vec<usize> = (0..parts.len()).collect();
    by_rest.sort_by(|a, b| parts[*b].1.cmp(&parts[*a].1).then(a.cmp(b)));
    let over = usize::try_from(total - given).unwrap_or(usize::MAX);
    for at in by_rest.into_iter().take(over) {
        parts[at].0 += 1;
    }
    parts.into_iter().map(|(whole, _)| whole).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_over_goes_to_the_largest_remainders() {
        assert_eq!(shares(10, &[47, 16, 15, 12, 6, 4]), [5, 2, 1, 1, 1, 0]);
        assert_eq!(shares(2, &[1, 1, 1]), [1, 1, 0], "of equals the earlier");
        assert_eq!(shares(9, &[2, 3]), [2, 3], "no more than there is");
        assert_eq!(shares(3, &[0, 0]), [0, 0]);
        assert_eq!(shares(0, &[4]), [0]);
    }

    proptest! {
        #[test]
        fn shares_are_exact_and_within_one(total in 0u64..4000, sizes in prop::collection::vec(0u64..300, 0..60)) {
            let all: u64 = sizes.iter().sum();
            let parts = shares(total, &sizes);
            prop_assert_eq!(parts.iter().sum::<u64>(), total.min(all));
            for (part, size) in parts.iter().zip(&sizes) {
                prop_assert!(part <= size);
                if total < all {
                    let floor = total * size / all;
                    prop_assert!(*part == floor || *part == floor + 1, "{} of {}", part, size);
                }
            }
        }
    }
}
