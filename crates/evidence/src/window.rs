//! From when evidence may be: the twelve months before the month of the test. A test in August 2027 takes what is from August 2026 to
//! July 2027.

use kernel::time::Date;

/// First and last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub from: Date,
    pub until: Date,
}

impl Window {
    /// The window of a test in this month, `2027-08`; none where that is no month.
    pub fn before(month: &str) -> Option<Self> {
        let first: Date = (month.len() == 7).then(|| format!("{month}-01").parse().ok()).flatten()?;
        let from = Date::new(first.year().checked_sub(1)?, first.month(), 1).ok()?;
        Some(Self { from, until: first.yesterday().ok()? })
    }

    pub fn holds(&self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }
}

/// The same day a year earlier: how far back "within twelve months" reaches.
pub fn year_before(day: Date) -> Date {
    day.saturating_sub(jiff::Span::new().years(1))
}

/// The Monday of a day's week.
pub fn monday(day: Date) -> Date {
    day.saturating_sub(jiff::Span::new().days(i64::from(day.weekday().to_monday_zero_offset())))
}

/// `2026-11`.
pub fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_test_takes_the_twelve_months_before_its_own() {
        let window = Window::before("2027-08").unwrap();
        assert_eq!((window.from, window.until), (day("2026-08-01"), day("2027-07-31")));
        assert!(window.holds(day("2026-08-01")) && window.holds(day("2027-07-31")));
        assert!(!window.holds(day("2026-07-31")) && !window.holds(day("2027-08-01")));
        let march = Window::before("2028-03").unwrap();
        assert_eq!((march.from, march.until), (day("2027-03-01"), day("2028-02-29")));
        for wrong in ["", "2027", "2027-13", "2027-8", "august", "2027-08-01"] {
            assert_eq!(Window::before(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn years_weeks_and_months() {
        assert_eq!(year_before(day("2028-02-29")), day("2027-02-28"));
        assert_eq!(monday(day("2026-11-30")), day("2026-11-30"));
        assert_eq!(monday(day("2026-12-06")), day("2026-11-30"));
        assert_eq!(month(day("2026-01-05")), "2026-01");
    }
}
