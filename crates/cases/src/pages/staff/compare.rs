//! 环比、同比: the rates of a period against those of the period before it and of the same days a year earlier.

use crate::queries::{Group, Rates, by_group, total};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::time::{Date, date_from_epoch_days, days_since_epoch};
use std::collections::HashMap;
use web::Ui;

/// From one day up to and including another.
pub(super) type Days = (Date, Date);

/// The period before. What begins on the first of a month and ends within it is compared with the month before, up to the same
/// day; a whole month with a whole month; anything else with as many days directly before.
pub(super) fn previous((from, until): Days) -> Days {
    let last = |date: Date| date.last_of_month();
    if from.day() == 1 && until.first_of_month() == from {
        let end = from.yesterday().unwrap_or(from);
        let until = if until == last(until) { end } else { day_in(end, until.day()) };
        return (end.first_of_month(), until);
    }
    let days = i64::from(days_since_epoch(until)) - i64::from(days_since_epoch(from)) + 1;
    let back = |date: Date| date_from_epoch_days(i64::from(days_since_epoch(date)) - days);
    (back(from), back(until))
}

/// The same days of the year before; of 29 February, the 28th.
pub(super) fn last_year((from, until): Days) -> Days {
    let back = |date: Date| {
        let month = Date::new(date.year() - 1, date.month(), 1).unwrap_or(date);
        if date == date.last_of_month() { month.last_of_month() } else { day_in(month, date.day()) }
    };
    (back(from), back(until))
}

/// This day of the month of `date`, or its last where it is shorter.
fn day_in(date: Date, day: i8) -> Date {
    let last = date.last_of_month();
    Date::new(date.year(), date.month(), day.min(last.day())).unwrap_or(last)
}

/// Rates of another period: of the whole, and of each row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Before {
    pub(crate) all: Rates,
    rows: HashMap<i64, Rates>,
}

impl Before {
    /// Reads that period's cases as well: a page with two comparisons reads three times what it shows.
    pub(super) fn read(ctx: &Ctx, tx: &mut Tx<'_>, group: Group, (from, until): Days) -> Result<Self> {
        let rows = by_group(ctx, tx, group, from, until)?;
        Ok(Self { all: total(ctx, tx, from, until)?, rows: rows.into_iter().map(|r| (r.key, r)).collect() })
    }

    /// Rates that were read already, by the key of their row.
    pub(super) fn new(all: Rates, rows: HashMap<i64, Rates>) -> Self {
        Self { all, rows }
    }

    pub(crate) fn of(&self, key: i64) -> Rates {
        self.rows.get(&key).cloned().unwrap_or_default()
    }
}

/// Points of per cent between two rates, with sign; empty where one of them has nothing to divide by.
#[expect(clippy::cast_precision_loss, reason = "counts of cases stay far below 2^53")]
pub(crate) fn points((part, whole): (i64, i64), (part_before, whole_before): (i64, i64)) -> String {
    if whole == 0 || whole_before == 0 {
        return String::new();
    }
    let rate = |part: i64, whole: i64| part as f64 * 100.0 / whole as f64;
    format!("{:+.2}", rate(part, whole) - rate(part_before, whole_before))
}

/// "环比 +1.20，同比 −0.50", of one rate; what cannot be compared is left out.
pub(super) fn words(ui: &Ui, now: (i64, i64), previous: (i64, i64), year: (i64, i64)) -> String {
    [("statistics-previous", points(now, previous)), ("statistics-year", points(now, year))]
        .into_iter()
        .filter(|(_, points)| !points.is_empty())
        .map(|(key, points)| ui.ta(key, [("points", points)]))
        .collect::<Vec<_>>()
        .join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(from: &str, until: &str) -> Days {
        (from.parse().unwrap(), until.parse().unwrap())
    }

    #[test]
    fn months_are_compared_with_months_and_other_periods_with_as_many_days() {
        assert_eq!(previous(days("2026-11-01", "2026-11-20")), days("2026-10-01", "2026-10-20"));
        assert_eq!(previous(days("2026-03-01", "2026-03-31")), days("2026-02-01", "2026-02-28"));
        assert_eq!(previous(days("2026-02-01", "2026-02-28")), days("2026-01-01", "2026-01-31"));
        assert_eq!(previous(days("2026-03-01", "2026-03-30")), days("2026-02-01", "2026-02-28"));
        assert_eq!(previous(days("2026-11-10", "2026-11-19")), days("2026-10-31", "2026-11-09"));
        assert_eq!(last_year(days("2024-02-01", "2024-02-29")), days("2023-02-01", "2023-02-28"));
        assert_eq!(last_year(days("2025-02-01", "2025-02-28")), days("2024-02-01", "2024-02-29"));
        assert_eq!(last_year(days("2026-11-03", "2026-11-20")), days("2025-11-03", "2025-11-20"));
    }

    #[test]
    fn points_have_a_sign_and_need_two_rates() {
        assert_eq!(points((9, 10), (8, 10)), "+10.00");
        assert_eq!(points((1, 3), (2, 3)), "-33.33");
        assert_eq!(points((0, 0), (2, 3)), "");
        assert_eq!(points((2, 3), (0, 0)), "");
    }
}
