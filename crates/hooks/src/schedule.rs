//! When to try again. Times in microseconds.

use kernel::time::{DAY, HOUR, Instant, MINUTE, SECOND};

/// Tries that fail in a row until an endpoint is left in peace for a while.
pub const TIRED: i64 = 5;

/// How long to wait before the next try of a delivery, after so many: 5 s, 20 s, 80 s, 5 min … at most 8 h, ± a fifth
/// that depends on the delivery, so that what failed together does not come back together.
pub fn wait(delivery: i64, tries: i64) -> i64 {
    let step = u32::try_from(tries.clamp(1, 8) - 1).unwrap_or(0);
    let base = (5 * SECOND * 4_i64.pow(step)).min(8 * HOUR);
    jitter(base, delivery.unsigned_abs() ^ tries.unsigned_abs().rotate_left(32))
}

/// How long an endpoint rests after so many failures in a row: not at all before [`TIRED`], then 30 s, 1 min … at most
/// 10 min.
pub fn rest(endpoint: i64, streak: i64) -> i64 {
    if streak < TIRED {
        return 0;
    }
    let step = u32::try_from((streak - TIRED).clamp(0, 6)).unwrap_or(0);
    let base = ((30 * SECOND) << step).min(10 * MINUTE);
    jitter(base, endpoint.unsigned_abs() ^ streak.unsigned_abs().rotate_left(32))
}

fn jitter(base: i64, seed: u64) -> i64 {
    let mixed = (seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32).wrapping_mul(0xbf58_476d) >> 16;
    let fifth = base / 5;
    base - fifth + i64::try_from(mixed).unwrap_or(0) % (2 * fifth).max(1)
}

/// Reads `Retry-After` (RFC 9110 10.2.3): seconds, or a date. At most a day; nothing for what cannot be read.
pub fn retry_after(text: &str, now: Instant) -> Option<i64> {
    let text = text.trim();
    let wait = match text.parse::<i64>() {
        Ok(seconds) => seconds.checked_mul(SECOND)?,
        Err(_) => {
            let at = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
            at.as_microsecond() - now.0
        }
    };
    (wait >= 0).then(|| wait.min(DAY))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PATIENCE;

    #[test]
    fn tries_spread_over_three_days() {
        let mut at = 0;
        let mut tries = 0;
        while at < PATIENCE {
            tries += 1;
            let next = wait(77, tries);
            assert!((4 * SECOND..=10 * HOUR).contains(&next), "{next}");
            at += next;
        }
        assert!((12..=20).contains(&tries), "{tries}");
        assert!((1..100).any(|id| wait(id, 5) != wait(0, 5)));
    }

    #[test]
    fn an_endpoint_rests_longer_and_longer() {
        assert_eq!(rest(1, TIRED - 1), 0);
        assert!(rest(1, TIRED) <= 36 * SECOND);
        assert!((8 * MINUTE..=12 * MINUTE).contains(&rest(1, 1000)));
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = Instant::parse_rfc3339("2026-03-05T09:30:00+08:00").unwrap();
        assert_eq!(retry_after("120", now), Some(2 * MINUTE));
        assert_eq!(retry_after(" 0 ", now), Some(0));
        assert_eq!(retry_after("Thu, 05 Mar 2026 01:31:00 GMT", now), Some(MINUTE));
        assert_eq!(retry_after("99999999", now), Some(DAY));
        for nonsense in ["-5", "soon", "", "Thu, 05 Mar 2020 01:31:00 GMT", "9223372036854775807"] {
            assert_eq!(retry_after(nonsense, now), None, "{nonsense}");
        }
    }
}
