//! The five numbers, each with the address of the list that it counts.

use ::store::Tx;
use cases::queries::{self, Filter};
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::time::Date;

/// A number of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    pub part: i64,
    /// Of a rate, what it is a part of.
    pub whole: Option<i64>,
    /// The list that it counts; empty where there is none: before the city's first day.
    pub href: String,
}

impl Counted {
    /// By how much it is more than another, where both are counts.
    pub fn more_than(&self, other: &Counted) -> Option<i64> {
        (self.whole.is_none() && other.whole.is_none()).then_some(self.part - other.part)
    }
}

/// A number on the three days of the brief.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// `reported`, `answered`, `closed`, `overdue`, `on-time`.
    pub key: &'static str,
    pub days: Vec<Counted>,
}

fn only(what: &str) -> Vec<String> {
    what.split(',').map(str::to_owned).collect()
}

/// The three flows of a day: filter and address of the same list.
fn flow(key: &str, day: Date) -> (Filter, String) {
    let day_of = |day: Date| (Some(day), Some(day));
    match key {
        "reported" => {
            let (reported_from, reported_until) = day_of(day);
            (
                Filter { reported_from, reported_until, ..Filter::default() },
                format!("/cases?from={day}&until={day}"),
            )
        }
        "answered" => {
            let (answered_from, answered_until) = day_of(day);
            (
                Filter { answered_from, answered_until, ..Filter::default() },
                format!("/cases?answered_from={day}&answered_until={day}"),
            )
        }
        _ => {
            let (closed_from, closed_until) = day_of(day);
            (
                Filter { only: only("closed"), closed_from, closed_until, ..Filter::default() },
                format!("/cases?only=closed&closed_from={day}&closed_until={day}"),
            )
        }
    }
}

/// What was late at the end of a day that is over; nothing before the first day.
pub(super) fn overdue_at_end(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    day: Date,
    first: Option<Date>,
) -> Result<Option<i64>> {
    if first.is_none_or(|first| day < first) {
        return Ok(None);
    }
    queries::count(ctx, tx, &Filter { only: only("overdue"), on: Some(day), ..Filter::default() }).map(Some)
}

pub(super) fn read(ctx: &Ctx, tx: &mut Tx<'_>, days: [Date; 3], first: Option<Date>) -> Result<Vec<Number>> {
    let mut numbers = Vec::with_capacity(5);
    for key in ["reported", "answered", "closed"] {
        let mut counted = Vec::with_capacity(days.len());
        for day in days {
            let (filter, href) = flow(key, day);
            counted.push(Counted { part: queries::count(ctx, tx, &filter)?, whole: None, href });
        }
        numbers.push(Number { key, days: counted });
    }
    let mut overdue = Vec::with_capacity(days.len());
    let mut on_time = Vec::with_capacity(days.len());
    for day in days {
        let late = overdue_at_end(ctx, tx, day, first)?;
        let href = late.map_or_else(String::new, |_| format!("/cases?only=overdue&on={day}"));
        overdue.push(Counted { part: late.unwrap_or(0), whole: None, href });
        let rates = queries::total(ctx, tx, day, day)?;
        let href = format!("/cases?only=counted&due_from={day}&due_until={day}");
        on_time.push(Counted { part: rates.on_time, whole: Some(rates.due), href });
    }
    numbers.push(Number { key: "overdue", days: overdue });
    numbers.push(Number { key: "on-time", days: on_time });
    Ok(numbers)
}
