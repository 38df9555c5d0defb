//! The calendar against the published years, by example, and by its laws.

mod examples;
mod laws;
mod published;

use super::*;
use crate::time::{Date, Instant};
use jiff::civil::date;

/// Days of one month, first to last.
fn days(
    year: i16,
    month: i8,
    span: std::ops::RangeInclusive<i8>,
    kind: DayKind,
) -> Vec<(Date, DayKind, String)> {
    span.map(|day| (date(year, month, day), kind, "节".to_owned())).collect()
}

/// The published arrangement of 2026; two independent libraries agree on it.
fn of_2026() -> Arrangement {
    let off = [(1, 1..=3), (2, 15..=23), (4, 4..=6), (5, 1..=5), (6, 19..=21), (9, 25..=27), (10, 1..=7)];
    let work = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)];
    let mut all: Vec<_> =
        off.into_iter().flat_map(|(month, span)| days(2026, month, span, DayKind::Off)).collect();
    all.extend(work.into_iter().flat_map(|(month, day)| days(2026, month, day..=day, DayKind::Work)));
    Arrangement::new(2026, all).unwrap()
}

/// Made up, for want of the real one: New Year from 31 December, with the Sunday before worked, and Spring Festival.
fn of_2027() -> Arrangement {
    let mut all = days(2026, 12, 31..=31, DayKind::Off);
    all.extend(days(2026, 12, 27..=27, DayKind::Work));
    all.extend(days(2027, 1, 1..=3, DayKind::Off));
    all.extend(days(2027, 2, 5..=11, DayKind::Off));
    all.extend(days(2027, 2, 20..=20, DayKind::Work));
    Arrangement::new(2027, all).unwrap()
}

fn calendar(arrangements: impl IntoIterator<Item = Arrangement>) -> WorkingCalendar {
    let mut data = CalendarData::default();
    for arrangement in arrangements {
        data.publish(arrangement);
    }
    WorkingCalendar::new(data)
}

/// `"2026-03-05 09:30"`, Chinese time.
fn at(text: &str) -> Instant {
    Instant::from_civil(text.parse().unwrap())
}
