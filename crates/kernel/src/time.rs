//! Instants and dates. One time zone per city; everything stored is an instant in microseconds since 1970 UTC.

use jiff::civil;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// An instant, in microseconds since 1970-01-01T00:00:00Z. This is what the database stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

/// A calendar date in the city's time zone. Stored as `YYYY-MM-DD`, which sorts as text.
pub type Date = civil::Date;

/// China keeps one civil time, UTC+8, without daylight saving since 1991.
pub const CHINA_OFFSET_SECONDS: i32 = 8 * 3600;

/// The time zone of every Chinese city.
pub fn china() -> TimeZone {
    TimeZone::fixed(jiff::tz::Offset::constant(8))
}

pub const SECOND: i64 = 1_000_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

impl Instant {
    pub const ZERO: Instant = Instant(0);

    pub fn micros(self) -> i64 {
        self.0
    }

    /// Midnight at the start of `date`, Chinese time.
    pub fn start_of(date: Date) -> Self {
        Self::from_civil(date.at(0, 0, 0, 0))
    }

    /// The instant at which Chinese clocks show `at`.
    pub fn from_civil(at: civil::DateTime) -> Self {
        let days = i64::from(days_since_epoch(at.date()));
        let t = at.time();
        let seconds = i64::from(t.hour()) * 3600 + i64::from(t.minute()) * 60 + i64::from(t.second());
        Self(
            (days * 86_400 + seconds - i64::from(CHINA_OFFSET_SECONDS)) * SECOND
                + i64::from(t.subsec_nanosecond()) / 1000,
        )
    }

    /// What Chinese clocks show at this instant.
    pub fn to_civil(self) -> civil::DateTime {
        let local = self.0 + i64::from(CHINA_OFFSET_SECONDS) * SECOND;
        let days = local.div_euclid(DAY);
        let rest = local.rem_euclid(DAY);
        let time = civil::Time::midnight();
        let date = date_from_epoch_days(days);
        date.to_datetime(time).saturating_add(jiff::SignedDuration::from_micros(rest))
    }

    pub fn date(self) -> Date {
        self.to_civil().date()
    }

    #[must_use]
    pub fn plus(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    pub fn minutes_until(self, later: Instant) -> i64 {
        (later.0 - self.0) / MINUTE
    }

    /// Reads RFC 3339 (`2026-03-05T09:30:00+08:00`); `None` when it is not an instant.
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        let ts: jiff::Timestamp = text.parse().ok()?;
        Some(Self(ts.as_microsecond()))
    }

    /// RFC 3339 in Chinese time with the offset written out, e.g. `2026-03-05T09:30:00+08:00`.
    pub fn rfc3339(self) -> String {
        let c = self.to_civil();
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+08:00",
            c.year(),
            c.month(),
            c.day(),
            c.hour(),
            c.minute(),
            c.second()
        )
    }
}

impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

/// Days from 1970-01-01 to `date`; negative before it.
pub fn days_since_epoch(date: Date) -> i32 {
    const EPOCH: Date = civil::date(1970, 1, 1);
    date.since((jiff::Unit::Day, EPOCH)).map_or(0, |span| span.get_days())
}

/// The date `days` after 1970-01-01, held within jiff's range.
pub fn date_from_epoch_days(days: i64) -> Date {
    const EPOCH: Date = civil::date(1970, 1, 1);
    EPOCH.saturating_add(jiff::SignedDuration::from_hours(days.saturating_mul(24)))
}

/// The same day of the month so many months later (earlier, when negative), or that month's last day. Held within jiff's range.
pub fn months_later(date: Date, months: i64) -> Date {
    let count = i64::from(date.year()) * 12 + i64::from(date.month()) - 1;
    let count = count.saturating_add(months);
    let part = |n: i64| i8::try_from(n).ok();
    let first = i16::try_from(count.div_euclid(12))
        .ok()
        .zip(part(count.rem_euclid(12) + 1))
        .and_then(|(year, month)| Date::new(year, month, 1).ok());
    let ends = if months < 0 { Date::MIN } else { Date::MAX };
    first.map_or(ends, |first| {
        let day = i64::from(date.day().min(first.days_in_month()));
        date_from_epoch_days(i64::from(days_since_epoch(first)) + day - 1)
    })
}

/// Reads `YYYY-MM-DD`.
pub fn parse_date(text: &str) -> Option<Date> {
    text.parse().ok()
}

/// Where commands get the time from. Production uses [`SystemClock`]; tests move a [`ManualClock`].
pub trait Clock: Send + Sync {
    fn now(&self) -> Instant;
}

#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
    fn now(&self) -> Instant {
        Instant(jiff::Timestamp::now().as_microsecond())
    }
}

/// A clock that stands still until it is told to move.
#[derive(Debug)]
pub struct ManualClock(std::sync::atomic::AtomicI64);

impl ManualClock {
    pub fn at(now: Instant) -> Self {
        Self(std::sync::atomic::AtomicI64::new(now.0))
    }

    pub fn advance(&self, micros: i64) {
        self.0.fetch_add(micros, std::sync::atomic::Ordering::SeqCst);
    }

    pub fn set(&self, now: Instant) {
        self.0.store(now.0, std::sync::atomic::Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Instant {
        Instant(self.0.load(std::sync::atomic::Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_later_is_the_same_day_or_the_last() {
        let day = |text: &str| parse_date(text).unwrap();
        for (from, by, to) in [
            ("2026-03-31", -1, "2026-02-28"),
            ("2026-01-31", 1, "2026-02-28"),
            ("2026-01-05", -1, "2025-12-05"),
            ("2025-12-31", 1, "2026-01-31"),
            ("2028-02-29", 12, "2029-02-28"),
            ("2026-08-15", -32, "2023-12-15"),
            ("2026-08-15", 0, "2026-08-15"),
        ] {
            assert_eq!(months_later(day(from), by), day(to), "{from}");
        }
        assert_eq!(months_later(day("2026-01-01"), i64::MAX), Date::MAX);
        assert_eq!(months_later(day("2026-01-01"), i64::MIN), Date::MIN);
    }

    #[test]
    fn civil_time_round_trips() {
        for micros in [0, 1, -1, 1_772_000_000_123_456, -62_000_000_000_000_000, 4_000_000_000_000_000] {
            let i = Instant(micros);
            assert_eq!(Instant::from_civil(i.to_civil()), i);
        }
    }

    #[test]
    fn rfc3339_is_chinese_time() {
        let i = Instant::parse_rfc3339("2026-03-05T01:30:00Z").unwrap();
        assert_eq!(i.rfc3339(), "2026-03-05T09:30:00+08:00");
        assert_eq!(i.date(), civil::date(2026, 3, 5));
        assert_eq!(Instant::start_of(civil::date(2026, 3, 5)).rfc3339(), "2026-03-05T00:00:00+08:00");
    }
}
