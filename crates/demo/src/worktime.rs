//! When offices work: weekdays, the State Council's holidays and make-up days, and the duty hours of the plans.
//!
//! The program itself counts deadlines in `kernel`; this smaller clock only decides when a planned person acts, and
//! keeps so far from each deadline that a difference of minutes between the two clocks never matters.

use std::collections::BTreeMap;

use crate::facts;
use crate::when::{Day, Moment};

/// Duty hours of every working day, in minutes after midnight: 08:30-12:00 and 14:30-18:00.
pub const DUTY: [(i64, i64); 2] = [(8 * 60 + 30, 12 * 60), (14 * 60 + 30, 18 * 60)];

/// Minutes of duty in one working day.
pub const DUTY_MINUTES: i64 = 420;

/// Knows which days are worked.
#[derive(Clone, Debug)]
pub struct WorkTime {
    special: BTreeMap<Day, bool>,
}

impl WorkTime {
    /// The calendar of the shipped holiday table; unpublished years have weekends only.
    pub fn new() -> Self {
        Self { special: facts::holidays().into_iter().map(|h| (h.date, h.works)).collect() }
    }

    /// Is this a working day?
    pub fn works(&self, day: Day) -> bool {
        self.special.get(&day).copied().unwrap_or(day.weekday() <= 5)
    }

    /// The first moment on duty at or after `from`.
    pub fn next_duty(&self, from: Moment) -> Moment {
        let day = from.day();
        if self.works(day) {
            let minute = from.second_of_day() / 60;
            for (start, end) in DUTY {
                if minute < start {
                    return day.at(0, start);
                }
                if minute < end {
                    return from;
                }
            }
        }
        let mut next = day.plus(1);
        while !self.works(next) {
            next = next.plus(1);
        }
        next.at(0, DUTY[0].0)
    }

    /// The moment after so many minutes on duty, counted from `from`.
    pub fn after_duty(&self, from: Moment, minutes: i64) -> Moment {
        let mut now = self.next_duty(from);
        let mut left = minutes.max(0);
        loop {
            let minute = now.second_of_day() / 60;
            let end = DUTY.iter().map(|d| d.1).find(|e| minute < *e).unwrap_or(minute);
            if left < end - minute {
                return now.plus_minutes(left);
            }
            left -= end - minute;
            now = self.next_duty(now.day().at(0, end));
        }
    }

    /// The end of duty on the `days`-th working day after the day of `from`.
    pub fn after_days(&self, from: Moment, days: i64) -> Moment {
        let mut day = from.day();
        let mut left = days;
        while left > 0 {
            day = day.plus(1);
            if self.works(day) {
                left -= 1;
            }
        }
        day.at(0, DUTY[1].1)
    }

    /// Minutes on duty between two moments.
    pub fn duty_between(&self, from: Moment, until: Moment) -> i64 {
        let mut total = 0;
        let mut day = from.day();
        while day <= until.day() {
            if self.works(day) {
                for (start, end) in DUTY {
                    let open = day.at(0, start).0.max(from.0);
                    let close = day.at(0, end).0.min(until.0);
                    total += (close - open).max(0) / 60;
                }
            }
            day = day.plus(1);
        }
        total
    }
}

impl Default for WorkTime {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::WorkTime;
    use crate::when::Day;

    #[test]
    fn holidays_and_make_up_days() {
        let w = WorkTime::new();
        assert!(!w.works(Day::of(2026, 10, 1)));
        assert!(w.works(Day::of(2026, 10, 10)), "a Saturday that is worked");
        assert!(!w.works(Day::of(2026, 10, 11)));
        let worked = (0..365).filter(|d| w.works(Day::of(2026, 1, 1).plus(*d))).count();
        assert_eq!(worked, 248);
    }

    #[test]
    fn duty_minutes_skip_noon_nights_and_weekends() {
        let w = WorkTime::new();
        let friday = Day::of(2026, 11, 20);
        assert_eq!(w.after_duty(friday.at(11, 30), 60), friday.at(15, 0));
        assert_eq!(w.after_duty(friday.at(17, 0), 120), Day::of(2026, 11, 23).at(9, 30));
        assert_eq!(w.next_duty(friday.at(12, 10)), friday.at(14, 30));
        assert_eq!(w.after_days(friday.at(9, 0), 2), Day::of(2026, 11, 24).at(18, 0));
        assert_eq!(w.duty_between(friday.at(9, 0), Day::of(2026, 11, 23).at(9, 0)), 180 + 210 + 30);
    }
}
