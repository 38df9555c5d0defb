//! How many failed attempts to sign in are borne, and how long the next one has to wait.

use kernel::time::{HOUR, Instant, MINUTE};

/// What is borne before waiting begins, and how waiting grows.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Failures that cost nothing.
    pub free: i64,
    /// The wait after the first failure too many; it doubles with each further one.
    pub first: i64,
    pub longest: i64,
}

impl Limit {
    /// For one login: a person who mistypes has some tries, a guesser gets about thirty a day.
    pub const LOGIN: Limit = Limit { free: 5, first: MINUTE, longest: HOUR };
    /// For one address: a whole office may stand behind it.
    pub const ADDRESS: Limit = Limit { free: 30, first: MINUTE, longest: 15 * MINUTE };
}

/// Failures are forgotten after this long without another.
const FORGOTTEN: i64 = 24 * HOUR;

/// The failures so far for one login or one address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attempts {
    pub failures: i64,
    pub last_at: i64,
    pub blocked_until: i64,
}

impl Attempts {
    /// Minutes left to wait, rounded up; `None` when an attempt is free.
    pub fn wait(&self, now: Instant) -> Option<i64> {
        let left = self.blocked_until - now.0;
        (left > 0).then(|| (left + MINUTE - 1) / MINUTE)
    }

    /// After one more failure.
    #[must_use]
    pub fn failed(&self, limit: &Limit, now: Instant) -> Self {
        let before = if now.0 - self.last_at > FORGOTTEN { 0 } else { self.failures };
        let failures = before + 1;
        let over = failures - limit.free;
        let blocked_until = if over < 0 {
            0
        } else {
            let doubled = limit.first << u32::try_from(over.min(20)).unwrap_or(20);
            now.0 + doubled.min(limit.longest)
        };
        Self { failures, last_at: now.0, blocked_until }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_begins_after_the_free_tries_and_grows_to_an_hour() {
        let (mut attempts, mut now) = (Attempts::default(), Instant(1_000 * HOUR));
        let mut waits = Vec::new();
        for _ in 0..14 {
            attempts = attempts.failed(&Limit::LOGIN, now);
            waits.push(attempts.wait(now).unwrap_or(0));
            now = now.plus(HOUR + 1);
        }
        assert_eq!(waits, [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
        assert_eq!(attempts.wait(now), None);
        let later = attempts.failed(&Limit::LOGIN, now.plus(25 * HOUR));
        assert_eq!(later.failures, 1);
    }
}
