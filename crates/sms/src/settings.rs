//! What a city sets: whether messages are sent at all, when, and how many.

use kernel::problem::{Findings, Result};
use kernel::time::{DAY, HOUR, Instant};
use serde::{Deserialize, Serialize};
use store::settings::Setting;

/// Every message costs money and rings in somebody's pocket. Starting values, for the city to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Off until somebody switches it on.
    pub on: bool,
    /// Most messages to one number in 24 hours: whoever reports with somebody else's number must not be able to fill their
    /// telephone.
    pub per_number: i64,
    /// Most messages of the city in 24 hours.
    pub per_city: i64,
    /// The hour, Chinese time, from which nobody is rung until [`Limits::morning`].
    pub evening: i64,
    pub morning: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { on: false, per_number: 5, per_city: 2000, evening: 21, morning: 8 }
    }
}

impl Limits {
    /// Every number within what makes sense; the names are those of the form's fields.
    pub fn check(&self) -> Result<()> {
        let mut findings = Findings::default();
        findings.within("per_number", self.per_number, 1, 50);
        findings.within("per_city", self.per_city, 1, 1_000_000);
        findings.within("evening", self.evening, 17, 24);
        findings.within("morning", self.morning, 0, 11);
        findings.done()
    }

    /// The first moment from `now` on at which somebody may be rung.
    pub fn due(&self, now: Instant) -> Instant {
        let hour = i64::from(now.to_civil().hour());
        let morning = |date| Instant(Instant::start_of(date).0 + self.morning * HOUR);
        if hour >= self.evening {
            morning(now.plus(DAY).date())
        } else if hour < self.morning {
            morning(now.date())
        } else {
            now
        }
    }
}

pub const LIMITS: Setting<Limits> = Setting::new("sms", Limits::default);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nobody_is_rung_at_night_and_nobody_waits_longer_than_a_night(
            minutes in 0i64..3 * 366 * 1440, evening in 17i64..=24, morning in 0i64..=11,
        ) {
            let limits = Limits { evening, morning, ..Limits::default() };
            let now = Instant(Instant::start_of("2026-01-01".parse().unwrap()).0 + minutes * kernel::time::MINUTE);
            let due = limits.due(now);
            let hour = i64::from(due.to_civil().hour());
            prop_assert!(hour >= morning && hour < evening);
            prop_assert!(due >= now && due.0 - now.0 <= (24 - evening + morning) * HOUR);
            // by day at once
            let clock = i64::from(now.to_civil().hour());
            prop_assert_eq!(due == now, (morning..evening).contains(&clock));
        }
    }

    #[test]
    fn every_limit_that_is_wrong_is_named() {
        assert!(Limits::default().check().is_ok());
        let wrong = Limits { on: true, per_number: 0, per_city: 0, evening: 12, morning: 12 };
        let problem = wrong.check().unwrap_err();
        let fields: Vec<_> = problem.fields.iter().map(|e| e.field.to_string()).collect();
        assert_eq!(fields, ["per_number", "per_city", "evening", "morning"]);
    }
}
