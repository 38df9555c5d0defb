//! When to try again. Times in microseconds.

use kernel::time::{HOUR, Instant, MINUTE, SECOND};

/// Tries that fail in a row until a partner is left in peace for a while.
pub(crate) const TIRED: i64 = 4;

/// How long to wait before the next try of a message or a fetch, after so many: 5 s, 20 s, 80 s, 5 min … at most 2 h.
pub(crate) fn wait(tries: i64) -> i64 {
    let step = u32::try_from(tries.clamp(1, 8) - 1).unwrap_or(0);
    (5 * SECOND * 4_i64.pow(step)).min(2 * HOUR)
}

/// How long a partner rests after so many failures in a row.
pub(crate) fn rest(streak: i64) -> i64 {
    if streak < TIRED {
        return 0;
    }
    let step = u32::try_from((streak - TIRED).clamp(0, 6)).unwrap_or(0);
    ((30 * SECOND) << step).min(10 * MINUTE)
}

/// `Retry-After` in seconds, at most two hours.
pub(crate) fn asked(text: Option<&str>, now: Instant) -> Instant {
    let seconds = text.and_then(|t| t.trim().parse::<i64>().ok()).filter(|s| *s > 0).unwrap_or(0);
    now.plus(seconds.saturating_mul(SECOND).min(2 * HOUR))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PATIENCE;

    #[test]
    fn tries_spread_over_three_days() {
        let tries =
            (1..100).scan(0, |at, n| Some((*at, *at += wait(n)).0)).take_while(|at| *at < PATIENCE).count();
        assert!((30..=50).contains(&tries), "{tries}");
        assert_eq!((rest(TIRED - 1), rest(1000)), (0, 10 * MINUTE));
        assert_eq!(asked(Some("7"), Instant(0)), Instant(7 * SECOND));
        for nonsense in [None, Some("soon"), Some("-3"), Some("")] {
            assert_eq!(asked(nonsense, Instant(5)), Instant(5));
        }
    }
}
