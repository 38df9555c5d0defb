//! Numbers in bytes.

/// A number of at most eight bytes, the highest byte first.
pub(crate) fn big(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let part = bytes.get(at..at.checked_add(length)?).filter(|_| length <= 8)?;
    Some(part.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte)))
}

/// A number of at most eight bytes, the lowest byte first.
pub(crate) fn little(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let part = bytes.get(at..at.checked_add(length)?).filter(|_| length <= 8)?;
    Some(part.iter().rev().fold(0, |sum, byte| (sum << 8) | u64::from(*byte)))
}

/// [`big`] as a place in memory.
pub(crate) fn big_size(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    usize::try_from(big(bytes, at, length)?).ok()
}

/// [`little`] as a place in memory.
pub(crate) fn little_size(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    usize::try_from(little(bytes, at, length)?).ok()
}

/// Puts zeros there, as far as there is something.
pub(crate) fn blank(bytes: &mut [u8], from: usize, until: usize) {
    let until = until.min(bytes.len());
    if let Some(part) = bytes.get_mut(from..until) {
        part.fill(0);
    }
}

/// Microseconds of so many ticks; as long as can be said, where a clock has no ticks.
pub(crate) fn micros(ticks: u64, per_second: u64) -> u64 {
    let all = u128::from(ticks) * 1_000_000;
    all.checked_div(u128::from(per_second)).map_or(u64::MAX, |n| u64::try_from(n).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_end_where_the_bytes_do() {
        assert_eq!(big(&[1, 2, 3], 1, 2), Some(0x0203));
        assert_eq!(little(&[1, 2, 3], 1, 2), Some(0x0302));
        assert_eq!((big(&[1], 0, 2), little(&[1], usize::MAX, 2), big(&[0; 9], 0, 9)), (None, None, None));
        assert_eq!(
            (micros(48_000, 48_000), micros(1, 0), micros(u64::MAX, 1)),
            (1_000_000, u64::MAX, u64::MAX)
        );
    }
}
