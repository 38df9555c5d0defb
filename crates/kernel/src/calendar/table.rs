//! The calendar made ready to compute with: one row per day of a century, holding running totals.

use super::{CalendarData, DayKind};
use crate::time::{self, DAY, Date, HOUR, Instant, MINUTE, SECOND, date_from_epoch_days, days_since_epoch};

/// The century we compute in, as days since 1970: 2000-01-01 up to, not including, 2100-01-01.
const FIRST: i64 = 10_957;
const END: i64 = 47_482;

/// Totals of the days from 2000 up to the morning of this one; 8 bytes, so that a century is 290 KB.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    duty_minutes: u32,
    working_days: u16,
    provisional_days: u16,
}

/// A city's working time. Immutable: share it in an `Arc`, make a new one when the data changes (about a millisecond).
/// Days outside 2000 to 2099 are neither worked nor known.
#[derive(Clone, Debug)]
pub struct WorkingCalendar {
    data: CalendarData,
    rows: Box<[Row]>,
}

impl WorkingCalendar {
    /// 2100-01-01T00:00:00+08:00: the end of the table, and the due time of what is paused without an end.
    pub const NEVER: Instant = Instant(END * DAY - 8 * HOUR);

    pub fn new(data: CalendarData) -> Self {
        let (mut off, mut known) = ordinary_days(&data);
        let kinds =
            data.arrangements.values().flat_map(|a| a.days.iter().map(|(date, kind, _)| (*date, *kind)));
        let closures = data.closures.keys().map(|date| (*date, DayKind::Off));
        for (date, kind) in kinds.chain(closures) {
            if let Some(index) = index_within(day_number(date)) {
                off[index] = kind == DayKind::Off;
            }
        }
        // a closure holds whatever the year's arrangement will say
        for date in data.closures.keys() {
            if let Some(index) = index_within(day_number(*date)) {
                known[index] = true;
            }
        }
        let duty_minutes: [u32; 7] = std::array::from_fn(|weekday| {
            data.duty.of(weekday).iter().map(|(from, to)| u32::from(to - from)).sum()
        });
        let mut total = Row::default();
        let mut rows = Vec::with_capacity(off.len() + 1);
        rows.push(total);
        for (day, (off, known)) in (FIRST..END).zip(off.into_iter().zip(known)) {
            if !off {
                total.working_days += 1;
                total.duty_minutes += duty_minutes[weekday(day)];
            }
            total.provisional_days += u16::from(!known);
            rows.push(total);
        }
        Self { data, rows: rows.into_boxed_slice() }
    }

    pub fn data(&self) -> &CalendarData {
        &self.data
    }

    /// Whether `date` is worked, and whether that is provisional.
    pub fn is_working_day(&self, date: Date) -> (bool, bool) {
        let day = day_number(date);
        (self.works_on(day), self.is_provisional(day, day))
    }

    /// Working days after `from` up to and including `to`; negative when `to` is earlier.
    pub fn working_days_between(&self, from: Date, to: Date) -> i64 {
        self.working_before(day_number(to) + 1) - self.working_before(day_number(from) + 1)
    }

    /// The `n`th working day after `date` (before it, when negative; the first from `date` on, when 0), and whether it
    /// is provisional. Held at the ends of the table.
    pub fn add_working_days(&self, date: Date, n: i64) -> (Date, bool) {
        let day = day_number(date);
        let ordinal = match n {
            1.. => self.working_before(day + 1).saturating_add(n),
            0 => self.working_before(day) + 1,
            _ => self.working_before(day).saturating_add(n + 1),
        };
        let found = if ordinal < 1 { FIRST } else { self.nth_working_day(ordinal).unwrap_or(END) };
        (date_from_epoch_days(found), self.is_provisional(day.min(found), day.max(found)))
    }

    /// Whether any day from `first` to `last` may still change when its arrangement is published.
    pub(super) fn is_provisional(&self, first: i64, last: i64) -> bool {
        first < FIRST
            || last >= END
            || self.row(first).provisional_days != self.row(last.max(first) + 1).provisional_days
    }

    pub(super) fn works_on(&self, day: i64) -> bool {
        self.row(day).working_days != self.row(day + 1).working_days
    }

    /// Working days of the table before `day`.
    pub(super) fn working_before(&self, day: i64) -> i64 {
        i64::from(self.row(day).working_days)
    }

    /// The day before which there are `ordinal - 1` working days and which is one; counted from 1.
    pub(super) fn nth_working_day(&self, ordinal: i64) -> Option<i64> {
        let after = self.rows.partition_point(|row| i64::from(row.working_days) < ordinal);
        (after < self.rows.len()).then(|| FIRST - 1 + as_day(after))
    }

    /// When duty begins and ends on a weekday like `day`, whether it is worked or not.
    pub(super) fn duty_of(&self, day: i64) -> (Instant, Instant) {
        let spans = self.data.duty.of(weekday(day));
        let (open, close) =
            (spans.first().map_or(0, |span| span.0), spans.last().map_or(1440, |span| span.1));
        let midnight = start_of(day);
        (midnight.plus(i64::from(open) * MINUTE), midnight.plus(i64::from(close) * MINUTE))
    }

    /// Microseconds of duty from the beginning of the table to `at`.
    pub(super) fn worked(&self, at: Instant) -> i64 {
        let day = day_of(at);
        let before = i64::from(self.row(day).duty_minutes) * MINUTE;
        if !self.works_on(day) {
            return before;
        }
        let into_day = at.0 - start_of(day).0;
        let today = self.data.duty.of(weekday(day)).iter().map(|(from, to)| {
            let (from, to) = (i64::from(*from) * MINUTE, i64::from(*to) * MINUTE);
            into_day.clamp(from, to) - from
        });
        before + today.sum::<i64>()
    }

    /// The first instant by which `worked` microseconds (more than 0) have been worked: within duty or at its end.
    pub(super) fn when_worked(&self, worked: i64) -> Option<Instant> {
        let after = self.rows.partition_point(|row| i64::from(row.duty_minutes) * MINUTE < worked);
        let row = self.rows.get(after.checked_sub(1)?).filter(|_| after < self.rows.len())?;
        let day = FIRST - 1 + as_day(after);
        let mut left = worked - i64::from(row.duty_minutes) * MINUTE;
        for (from, to) in self.data.duty.of(weekday(day)) {
            let span = i64::from(to - from) * MINUTE;
            if left <= span {
                return Some(start_of(day).plus(i64::from(*from) * MINUTE + left));
            }
            left -= span;
        }
        None
    }

    fn row(&self, day: i64) -> Row {
        self.rows[usize::try_from(day.clamp(FIRST, END) - FIRST).unwrap_or(0)]
    }
}

/// For each day of the table: whether it is off, and whether that is known, before arrangements and closures.
fn ordinary_days(data: &CalendarData) -> (Vec<bool>, Vec<bool>) {
    // the days of December which the next year's arrangement has moved before, or could
    let new_year_bridge = |date: Date| date.month() == 12 && date.day() >= 28;
    (FIRST..END)
        .map(|day| {
            let date = date_from_epoch_days(day);
            let published = data.is_published(date.year());
            let known = published && (!new_year_bridge(date) || data.is_published(date.year() + 1));
            (weekday(day) >= 5 || data.fixed_festival(date).is_some(), known)
        })
        .unzip()
}

/// 0 is Monday.
pub(super) fn weekday(day: i64) -> usize {
    usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0)
}

pub(super) fn day_number(date: Date) -> i64 {
    i64::from(days_since_epoch(date))
}

/// The day, Chinese time, in which `at` lies.
pub(super) fn day_of(at: Instant) -> i64 {
    at.plus(i64::from(time::CHINA_OFFSET_SECONDS) * SECOND).0.div_euclid(DAY)
}

pub(super) fn start_of(day: i64) -> Instant {
    Instant(day.saturating_mul(DAY)).plus(-i64::from(time::CHINA_OFFSET_SECONDS) * SECOND)
}

fn index_within(day: i64) -> Option<usize> {
    usize::try_from(day - FIRST).ok().filter(|_| day < END)
}

fn as_day(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(END)
}
