//! How dates, numbers and times left are written in each language, in one place.

use kernel::ctx::Locale;
use kernel::time::{Date, HOUR, Instant, MINUTE};

/// 2026年3月5日 / 5 March 2026.
pub fn date(locale: Locale, date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    match locale {
        Locale::ZhCn => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Locale::En => {
            let month = usize::try_from(date.month()).ok().and_then(|m| MONTHS.get(m.saturating_sub(1)));
            format!("{} {} {}", date.day(), month.unwrap_or(&""), date.year())
        }
    }
}

/// The date with hours and minutes.
pub fn date_time(locale: Locale, at: Instant) -> String {
    let c = at.to_civil();
    match locale {
        Locale::ZhCn => format!("{} {:02}:{:02}", date(locale, c.date()), c.hour(), c.minute()),
        Locale::En => format!("{}, {:02}:{:02}", date(locale, c.date()), c.hour(), c.minute()),
    }
}

/// Short form for tables: 03-05 09:30, with the year where it is not this year.
pub fn short(at: Instant, now: Instant) -> String {
    let (c, n) = (at.to_civil(), now.to_civil());
    if c.year() == n.year() {
        format!("{:02}-{:02} {:02}:{:02}", c.month(), c.day(), c.hour(), c.minute())
    } else {
        format!("{:04}-{:02}-{:02}", c.year(), c.month(), c.day())
    }
}

/// 1,234,567.
pub fn number(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('-');
    }
    for (i, d) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(d);
    }
    out
}

/// 98.11 %, or a dash where there is nothing to divide by.
pub fn percent(part: i64, whole: i64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    // rounded half up in whole hundredths, so that the same numbers give the same text everywhere
    let hundredths = (i128::from(part) * 100_000 / i128::from(whole) + 5) / 10;
    format!("{}.{:02} %", hundredths / 100, hundredths % 100)
}

/// Key and count of "5 minutes ago": `ago-minutes` with 5.
pub fn ago(at: Instant, now: Instant) -> (&'static str, i64) {
    let passed = (now.0 - at.0).max(0);
    match passed {
        p if p < MINUTE => ("ago-now", 0),
        p if p < HOUR => ("ago-minutes", p / MINUTE),
        p if p < 24 * HOUR => ("ago-hours", p / HOUR),
        p => ("ago-days", p / (24 * HOUR)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_rates() {
        assert_eq!(number(0), "0");
        assert_eq!(number(1234), "1,234");
        assert_eq!(number(-68_532), "-68,532");
        assert_eq!(number(1_000_000), "1,000,000");
        // the published pair: 5,912 of 6,026
        assert_eq!(percent(5912, 6026), "98.11 %");
        assert_eq!(percent(1, 3), "33.33 %");
        assert_eq!(percent(2, 3), "66.67 %");
        assert_eq!(percent(0, 0), "–");
    }
}
