//! Days and moments as plain numbers, in China's one time zone (UTC+8, no summer time).
//!
//! A generator needs no time library: what it plans is handed over as seconds since 1970, which every library reads.

use serde::{Deserialize, Serialize};

const DAY: i64 = 86_400;
const OFFSET: i64 = 8 * 3_600;

/// A day in China, counted from 1970-01-01. Written to JSON as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Day(i64);

impl Day {
    /// The day of a date in the calendar.
    pub fn of(year: i64, month: i64, day: i64) -> Self {
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let of_era = y - era * 400;
        let shifted = (month + 9) % 12;
        let of_year = (153 * shifted + 2) / 5 + day - 1;
        let days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        Self(era * 146_097 + days - 719_468)
    }

    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-').map(|p| p.parse::<i64>().ok());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        let found = Self::of(year, month, day);
        (found.date() == (year, month, day)).then_some(found)
    }

    /// Year, month and day of the month.
    pub fn date(self) -> (i64, i64, i64) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let of_era = z - era * 146_097;
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (year, month, day)
    }

    /// 1 for Monday to 7 for Sunday.
    pub fn weekday(self) -> i64 {
        (self.0 + 3).rem_euclid(7) + 1
    }

    /// The day so many days later, or earlier if negative.
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        Self(self.0 + days)
    }

    /// How many days this one is after another.
    pub fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    /// Hour and minute on this day.
    pub fn at(self, hour: i64, minute: i64) -> Moment {
        Moment(self.0 * DAY - OFFSET + hour * 3_600 + minute * 60)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (y, m, d) = self.date();
        write!(f, "{y:04}-{m:02}-{d:02}")
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or(text)
    }
}

/// An instant, as seconds since 1970-01-01T00:00:00Z. Written to JSON as that number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// The day it falls on in China.
    pub fn day(self) -> Day {
        Day((self.0 + OFFSET).div_euclid(DAY))
    }

    /// Seconds since midnight in China.
    pub fn second_of_day(self) -> i64 {
        (self.0 + OFFSET).rem_euclid(DAY)
    }

    /// The hour of the day in China, 0 to 23.
    pub fn hour(self) -> i64 {
        self.second_of_day() / 3_600
    }

    /// So many minutes later.
    #[must_use]
    pub fn plus_minutes(self, minutes: i64) -> Self {
        Self(self.0 + minutes * 60)
    }

    /// So many seconds later.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + seconds)
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let s = self.second_of_day();
        write!(f, "{}T{:02}:{:02}:{:02}+08:00", self.day(), s / 3_600, s / 60 % 60, s % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, Moment};

    #[test]
    fn days_go_there_and_back() {
        assert_eq!(Day::of(1970, 1, 1), Day(0));
        for n in (-1000..60_000).step_by(7) {
            let (y, m, d) = Day(n).date();
            assert_eq!(Day::of(y, m, d), Day(n));
        }
        assert_eq!(Day::of(2026, 11, 23).weekday(), 1);
        assert_eq!(Day::parse("2024-02-29").map(|d| d.to_string()).as_deref(), Some("2024-02-29"));
        assert_eq!(Day::parse("2023-02-29"), None);
    }

    #[test]
    fn moments_are_in_chinas_time() {
        let m = Day::of(2026, 11, 23).at(9, 30);
        assert_eq!(m, Moment(1_795_397_400));
        assert_eq!(m.to_string(), "2026-11-23T09:30:00+08:00");
        assert_eq!((m.day(), m.hour()), (Day::of(2026, 11, 23), 9));
    }
}
