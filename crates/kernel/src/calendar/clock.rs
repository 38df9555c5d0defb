//! The clock of a time limit: when it runs out, how far it has run, how late something is.

use super::pauses::{Pause, in_order};
use super::table::{day_of, start_of};
use super::{Limit, TimeUnit, WorkingCalendar};
use crate::time::{HOUR, Instant, MINUTE};

/// When something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub at: Instant,
    /// Some day between start and due time belongs to a year whose arrangement is not published: compute again then.
    pub provisional: bool,
}

impl Due {
    /// The clock stands still, or the limit goes beyond the calendar: `at` is [`WorkingCalendar::NEVER`].
    pub fn is_never(self) -> bool {
        self.at >= WorkingCalendar::NEVER
    }
}

/// Time left, or time late, for texts such as "3 working hours left" and "2 working days late".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remaining {
    pub unit: TimeUnit,
    pub late: bool,
    /// Whole hours or days of the unit. For days 0 is "due today".
    pub whole: i64,
    /// Minutes beyond the whole hours; 0 for days.
    pub minutes: i64,
}

impl WorkingCalendar {
    /// When `limit`, started at `start`, runs out. Later or the same, never earlier, for a later start, a greater
    /// limit or one pause more.
    ///
    /// - **Urgent hours** run round the clock.
    /// - **Working hours** run on duty only; due within duty or at its very end. A limit of 0 is due at once, or when
    ///   duty next begins.
    /// - **Working days**: the date of the start is day 0, whatever the hour (also after the end of duty); due at the
    ///   end of duty of the nth working day after it. A limit of 0 is due when duty next ends.
    /// - **Calendar days**: likewise with all dates; due at the midnight that ends the nth.
    ///
    /// Pauses: hours do not run in them. A day does not count when the clock stands still as its duty (calendar day:
    /// its date) begins or ends, so that a limit grows by the days a pause touches and a pause within one day changes
    /// nothing. While a pause is open, what falls into it is due [`WorkingCalendar::NEVER`].
    pub fn due(&self, start: Instant, limit: Limit, pauses: &[Pause]) -> Due {
        let pauses = in_order(pauses, start);
        let never = Self::NEVER.max(start);
        let found = if limit.unit.is_hours() {
            self.due_in_hours(start, limit, &pauses)
        } else {
            self.due_in_days(start, limit, &pauses)
        };
        match found {
            Reached::At(at) if at < never => {
                // duty that ends at midnight looks at no further day
                let provisional =
                    limit.unit.is_working() && self.is_provisional(day_of(start), day_of(at.plus(-1)));
                Due { at: at.max(start), provisional }
            }
            Reached::Paused => Due { at: never, provisional: false },
            _ => Due { at: never, provisional: limit.unit.is_working() },
        }
    }

    fn due_in_hours(&self, start: Instant, limit: Limit, pauses: &[(Instant, Instant)]) -> Reached {
        let mut left = i64::from(limit.value).saturating_mul(HOUR);
        if left == 0 {
            return match limit.unit {
                TimeUnit::WorkingHour => Reached::from(self.next_on_duty(start)),
                _ => Reached::At(start),
            };
        }
        let mut run_from = self.hands(limit.unit, start);
        for (from, to) in pauses {
            let run = self.hands(limit.unit, *from).saturating_sub(run_from);
            if run >= left {
                break;
            }
            if *to >= Self::NEVER {
                return Reached::Paused;
            }
            left -= run;
            run_from = self.hands(limit.unit, *to);
        }
        let at = run_from.saturating_add(left);
        match limit.unit {
            TimeUnit::WorkingHour => Reached::from(self.when_worked(at)),
            _ => Reached::At(Instant(at)),
        }
    }

    fn due_in_days(&self, start: Instant, limit: Limit, pauses: &[(Instant, Instant)]) -> Reached {
        let unit = limit.unit;
        let mut target = match limit.value {
            0 => self.first_close(unit, start).max(self.day_zero(unit, start)),
            n => self.day_zero(unit, start).saturating_add(i64::from(n)),
        };
        // days up to this one are dealt with
        let mut passed = self.day_zero(unit, start);
        for (from, to) in pauses {
            if limit.value == 0 {
                // nothing to count: only the end of duty must not be missed
                let close = self.close_of(unit, target);
                if close.is_some_and(|close| *from < close && close <= *to) {
                    if *to >= Self::NEVER {
                        return Reached::Paused;
                    }
                    target = self.first_close(unit, to.plus(1));
                }
                continue;
            }
            let (first, last) = self.days_touched(unit, *from, *to);
            let first = first.max(passed + 1);
            if first > target {
                continue;
            }
            if *to >= Self::NEVER && first <= last {
                return Reached::Paused;
            }
            target += (last - first + 1).max(0);
            passed = passed.max(last);
        }
        Reached::from(self.close_of(unit, target))
    }

    /// How far the clock of `unit` ran from `start` to `end`: whole minutes for hours, days that count and have ended
    /// for days. 0 when `end` is not after `start`.
    pub fn elapsed(&self, start: Instant, end: Instant, unit: TimeUnit, pauses: &[Pause]) -> i64 {
        let pauses = in_order(pauses, start);
        if unit.is_hours() {
            let run = |from: Instant, to: Instant| {
                self.hands(unit, to).saturating_sub(self.hands(unit, from)).max(0)
            };
            let paused: i64 = pauses.iter().map(|(from, to)| run(*from, (*to).min(end))).sum();
            return (run(start, end) - paused) / MINUTE;
        }
        let ended = self.first_close(unit, end.plus(1)) - 1;
        let mut passed = self.day_zero(unit, start);
        let mut days = (ended - passed).max(0);
        for (from, to) in pauses {
            let (first, last) = self.days_touched(unit, from, to);
            let (first, last) = (first.max(passed + 1), last.min(ended));
            days -= (last - first + 1).max(0);
            passed = passed.max(last);
        }
        days
    }

    /// What is left at `now` until `due_at`, on the clock of `unit`, as if nothing were paused in between.
    pub fn remaining(&self, now: Instant, due_at: Instant, unit: TimeUnit) -> Remaining {
        let late = now > due_at;
        let (early, later) = if late { (due_at, now) } else { (now, due_at) };
        if unit.is_hours() {
            let run = self.hands(unit, later).saturating_sub(self.hands(unit, early));
            return Remaining { unit, late, whole: run / HOUR, minutes: run % HOUR / MINUTE };
        }
        // a due time at midnight belongs to the date it ends
        let date = |at: Instant| if at == due_at { day_of(at.plus(-1)) } else { day_of(at) };
        let (first, last) = (date(early), date(later));
        let whole = match unit {
            TimeUnit::WorkingDay => self.working_before(last + 1) - self.working_before(first + 1),
            _ => last - first,
        };
        Remaining { unit, late, whole: whole.max(0), minutes: 0 }
    }

    /// How many times its own limit something is late at `now`: 0 in time, 1 when a whole further limit has passed
    /// since `due_at`, and so on. Days count whole.
    pub fn overdue_factor(&self, due_at: Instant, now: Instant, limit: Limit) -> f64 {
        let left = self.remaining(now, due_at, limit.unit);
        if !left.late {
            return 0.0;
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "a century has fewer minutes than a double has integers"
        )]
        let late = if limit.unit.is_hours() {
            (left.whole * 60 + left.minutes) as f64 / 60.0
        } else {
            left.whole as f64
        };
        late / f64::from(limit.value.max(1))
    }

    /// What a clock that runs in `unit` shows, in microseconds from some beginning.
    fn hands(&self, unit: TimeUnit, at: Instant) -> i64 {
        if unit == TimeUnit::WorkingHour { self.worked(at) } else { at.0 }
    }

    fn next_on_duty(&self, at: Instant) -> Option<Instant> {
        let begun = self.worked(at);
        // the first instant by which one microsecond more is worked, less that microsecond
        let next = self.when_worked(begun + 1)?.plus(-1);
        let just_ended = begun > 0 && self.when_worked(begun) == Some(at);
        Some(if just_ended { at } else { next.max(at) })
    }

    /// Number of the date of `at`, or of the last counted day before it: working days are numbered through from the
    /// beginning of the table, calendar days from 1970.
    fn day_zero(&self, unit: TimeUnit, at: Instant) -> i64 {
        let day = day_of(at);
        if unit == TimeUnit::WorkingDay { self.working_before(day + 1) } else { day }
    }

    /// Number of the first day that ends at or after `at`.
    fn first_close(&self, unit: TimeUnit, at: Instant) -> i64 {
        let day = day_of(at);
        match unit {
            // duty may have gone on to this very midnight
            TimeUnit::WorkingDay if self.works_on(day - 1) && at <= self.duty_of(day - 1).1 => {
                self.working_before(day)
            }
            TimeUnit::WorkingDay if self.works_on(day) && at <= self.duty_of(day).1 => {
                self.working_before(day) + 1
            }
            TimeUnit::WorkingDay => self.working_before(day + 1) + 1,
            _ if at == start_of(day) => day - 1,
            _ => day,
        }
    }

    /// When the day with this number ends; `None` beyond the table.
    fn close_of(&self, unit: TimeUnit, number: i64) -> Option<Instant> {
        if unit == TimeUnit::WorkingDay {
            self.nth_working_day(number).map(|day| self.duty_of(day).1)
        } else {
            Some(start_of(number.saturating_add(1)))
        }
    }

    /// Numbers of the first and last day whose beginning or end lies in the pause; first > last when there is none.
    fn days_touched(&self, unit: TimeUnit, from: Instant, to: Instant) -> (i64, i64) {
        let first = self.first_close(unit, from.plus(1));
        let day = day_of(to);
        let last = match unit {
            TimeUnit::WorkingDay if self.works_on(day) && self.duty_of(day).0 < to => {
                self.working_before(day + 1)
            }
            TimeUnit::WorkingDay => self.working_before(day),
            _ if to == start_of(day) => day - 1,
            _ => day,
        };
        let within_one_day = first == last && day_of(from) == day && {
            let (open, close) = if unit == TimeUnit::WorkingDay {
                self.duty_of(day)
            } else {
                (start_of(day), start_of(day + 1))
            };
            open < from && to < close
        };
        if within_one_day { (first, first - 1) } else { (first, last) }
    }
}

/// Where the search for a due time ended.
enum Reached {
    At(Instant),
    /// In a pause that has not ended.
    Paused,
    BeyondTable,
}

impl From<Option<Instant>> for Reached {
    fn from(found: Option<Instant>) -> Self {
        found.map_or(Reached::BeyondTable, Reached::At)
    }
}
