//! How dates, numbers and times left are written in each language, in one place.

use kernel::ctx::Locale;
use kernel::time::{Date, HOUR, Instant, MINUTE};

/// 2026年3月5日 / 5 March 2026.
pub fn date(locale: Locale, date: Date) -> String {
    match locale {
        Locale::ZhCn => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Locale::En => format!("{} {} {}", date.day(), month(date), date.year()),
    }
}

/// 3月5日 / 5 Mar, where the year is plain from what stands around it.
pub fn day(locale: Locale, date: Date) -> String {
    match locale {
        Locale::ZhCn => format!("{}月{}日", date.month(), date.day()),
        Locale::En => format!("{} {}", date.day(), month(date).get(..3).unwrap_or_default()),
    }
}

fn month(date: Date) -> &'static str {
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
    let index = usize::try_from(date.month()).ok().and_then(|m| m.checked_sub(1));
    index.and_then(|m| MONTHS.get(m)).copied().unwrap_or_default()
}

/// The date with hours and minutes.
pub fn date_time(locale: Locale, at: Instant) -> String {
    let c = at.to_civil();
    match locale {
        Locale::ZhCn => format!("{} {:02}:{:02}", date(locale, c.date()), c.hour(), c.minute()),
        Locale::En => format!("{}, {:02}:{:02}", date(locale, c.date()), c.hour(), c.minute()),
    }
}

/// Short form for tables: 3月5日 09:30 / 5 Mar 09:30; another year's with the year instead of the time.
pub fn short(locale: Locale, at: Instant, now: Instant) -> String {
    let (c, n) = (at.to_civil(), now.to_civil());
    if c.year() == n.year() {
        return format!("{} {:02}:{:02}", day(locale, c.date()), c.hour(), c.minute());
    }
    match locale {
        Locale::ZhCn => date(locale, c.date()),
        Locale::En => format!("{} {}", day(locale, c.date()), c.year()),
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

/// 98.11%, and a dash where there is nothing to divide by. Only the whole is 100%: what rounds to it is not it.
pub fn percent(part: i64, whole: i64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    if part == whole {
        return "100%".to_owned();
    }
    // rounded half up in whole hundredths, so that the same numbers give the same text everywhere
    let hundredths = (i128::from(part) * 100_000 / i128::from(whole) + 5) / 10;
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
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

/// The browser and the system it runs on, as far as its own long description tells.
pub fn browser(agent: &str) -> String {
    // the order matters: every browser also names those it wants to be taken for
    const BROWSERS: [(&str, &str); 7] = [
        ("MicroMessenger", "微信 WeChat"),
        ("Edg", "Edge"),
        ("QQBrowser", "QQ"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
        ("curl", "curl"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let named =
        |list: &[(&str, &'static str)]| list.iter().find(|(sign, _)| agent.contains(sign)).map(|f| f.1);
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "–".to_owned(),
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
        assert_eq!(percent(5912, 6026), "98.11%");
        assert_eq!(percent(1, 3), "33.33%");
        assert_eq!(percent(2, 3), "66.67%");
        assert_eq!(percent(7, 7), "100%");
        assert_eq!(percent(0, 7), "0.00%");
        assert_eq!(percent(0, 0), "–");
    }

    #[test]
    fn a_short_time_cannot_be_read_as_a_range() {
        let at = |text: &str| Instant::parse_rfc3339(text).unwrap();
        let (now, then) = (at("2026-11-25T12:00:00+08:00"), at("2026-03-05T09:30:00+08:00"));
        assert_eq!(short(Locale::ZhCn, then, now), "3月5日 09:30");
        assert_eq!(short(Locale::En, then, now), "5 Mar 09:30");
        let before = at("2025-12-31T23:59:00+08:00");
        assert_eq!(short(Locale::ZhCn, before, now), "2025年12月31日");
        assert_eq!(short(Locale::En, before, now), "31 Dec 2025");
    }
}
