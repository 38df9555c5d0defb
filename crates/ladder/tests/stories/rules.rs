//! The default ladder as a table: what is due how far before and after a deadline.

use super::world::calendar;
use kernel::calendar::{Limit, TimeUnit};
use kernel::time::{HOUR, Instant};
use ladder::model::Clock;
use ladder::rules::{Doing, Issued, Ladder, due};
use std::fmt::Write;

/// Working days from Monday, 2 March 2026; a limit of four working days is due on Friday at 18:00.
const DAYS: &str = "\
2026-03-02 09:00 -
2026-03-04 09:00 -
2026-03-05 09:00 soon
2026-03-06 17:59 soon
2026-03-06 18:00 deadline (over soon)
2026-03-09 09:00 deadline (over soon)
2026-03-11 23:00 deadline (over soon)
2026-03-12 00:00 deadline, letter (over soon)
2026-03-23 23:00 deadline, letter (over soon)
2026-03-24 00:00 deadline, letter, summons (over soon)
";

/// Four working hours from Monday, 9:00: due at 15:30; from noon to 14:30 nobody works, so the last quarter begins at noon.
const HOURS: &str = "\
2026-03-02 11:59 -
2026-03-02 12:00 soon
2026-03-02 14:30 soon
2026-03-02 15:29 soon
2026-03-02 15:30 deadline (over soon)
2026-03-03 09:59 deadline (over soon)
2026-03-03 10:00 deadline, letter (over soon)
";

fn at(text: &str) -> Instant {
    Instant::from_civil(text.replace(' ', "T").parse().unwrap())
}

fn table(start: &str, limit: Limit, times: &str) -> String {
    let calendar = calendar(2026);
    let start = at(start);
    let clock = Clock { occasion: "1".into(), due: calendar.due(start, limit, &[]).at, limit };
    let ladder = Ladder::default();
    let mut out = String::new();
    for line in times.lines() {
        let when = &line[..16];
        let steps = due(&ladder, &clock, &Issued::default(), &[], &calendar, at(when));
        let of = |wanted: Doing| {
            let codes = steps.iter().filter(|(_, d)| *d == wanted).map(|(r, _)| r.code.as_str());
            codes.collect::<Vec<_>>().join(", ")
        };
        let (done, over) = (of(Doing::Issue), of(Doing::PassOver));
        let done = if done.is_empty() { "-".to_owned() } else { done };
        let over = if over.is_empty() { String::new() } else { format!(" (over {over})") };
        writeln!(out, "{when} {done}{over}").unwrap();
    }
    out
}

#[test]
fn working_days() {
    assert_eq!(table("2026-03-02 09:00", Limit::new(4, TimeUnit::WorkingDay), DAYS), DAYS);
}

#[test]
fn working_hours() {
    assert_eq!(table("2026-03-02 09:00", Limit::new(4, TimeUnit::WorkingHour), HOURS), HOURS);
}

#[test]
fn what_has_been_done_is_not_due_again() {
    let calendar = calendar(2026);
    let limit = Limit::new(4, TimeUnit::UrgentHour);
    let start = at("2026-03-02 09:00");
    let clock = Clock { occasion: "1".into(), due: start.plus(4 * HOUR), limit };
    let ladder = Ladder::default();
    let now = start.plus(9 * HOUR);
    let done = ["soon".to_owned(), "deadline".to_owned()];
    let steps = due(&ladder, &clock, &Issued::default(), &done, &calendar, now);
    assert_eq!(
        steps.iter().map(|(r, d)| (r.code.as_str(), *d)).collect::<Vec<_>>(),
        [("letter", Doing::Issue)]
    );
    // three reminders by hand bring the letter earlier
    let issued = Issued { reminders: 3, ..Issued::default() };
    let early = due(&ladder, &clock, &issued, &[], &calendar, start);
    assert_eq!(early.iter().map(|(r, _)| r.code.as_str()).collect::<Vec<_>>(), ["letter"]);
    // two letters in thirty days bring the summons
    let issued = Issued { letters_of_subject: vec![start, start.plus(HOUR)], ..Issued::default() };
    let early = due(&ladder, &clock, &issued, &[], &calendar, start.plus(2 * HOUR));
    assert_eq!(early.iter().map(|(r, _)| r.code.as_str()).collect::<Vec<_>>(), ["summons"]);
    let long_ago = Issued { letters_of_subject: vec![start.plus(-800 * HOUR), start], ..Issued::default() };
    assert!(due(&ladder, &clock, &long_ago, &[], &calendar, start.plus(2 * HOUR)).is_empty());
}
