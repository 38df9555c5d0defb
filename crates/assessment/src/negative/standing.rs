//! What counts on a day, for a city of a status. Pure.

use super::model::{Effect, Entry, Event, State, Status};
use kernel::time::{Date, months_later};
use scoring::Exact;

kernel::named! {
    /// How an event stands to a day.
    pub enum Counts {
        /// It counts.
        Now = "now",
        /// It would count if it were confirmed.
        Pending = "pending",
        /// It happened after that day, or is decided after it.
        Later = "later",
        /// Its time is over.
        Over = "over",
        /// It was dismissed or lifted.
        Void = "void",
        /// For this status nothing follows from it.
        Nothing = "nothing",
    }
}

/// An event on that day.
#[derive(Clone, Debug)]
pub struct Line {
    pub event: Event,
    pub entry: Entry,
    pub effect: Option<Effect>,
    pub counts: Counts,
    /// The first day on which it counts no more; none for what has no end.
    pub until: Option<Date>,
}

/// All of them, and what they come to.
#[derive(Clone, Debug)]
pub struct Standing {
    pub status: Status,
    pub day: Date,
    pub lines: Vec<Line>,
    /// Points.
    pub deducted: Exact,
    /// The last of the days until which the city may not apply.
    pub barred_until: Option<Date>,
    pub suspended_until: Option<Date>,
    pub revoked: bool,
    /// Points that would be taken off besides if all that is reported were confirmed.
    pub pending: Exact,
}

fn line(event: &Event, entry: &Entry, status: Status, day: Date) -> Line {
    let effect = entry.effect(status).cloned();
    // a suspension and a loss of the title begin with the decision, the others with what happened
    let decided = event.decided_on.filter(|_| event.state == State::Confirmed);
    let (from, until) = match &effect {
        Some(Effect::Suspend(months)) => (decided, decided.map(|on| months_later(on, *months))),
        Some(Effect::Revoke) => (decided, None),
        _ => (Some(event.happened_on), Some(months_later(event.happened_on, entry.months))),
    };
    let counts = match event.state {
        State::Dismissed | State::Lifted => Counts::Void,
        _ if effect.is_none() => Counts::Nothing,
        _ if event.happened_on > day || from.is_some_and(|from| from > day) => Counts::Later,
        _ if until.is_some_and(|until| until <= day) => Counts::Over,
        State::Reported => Counts::Pending,
        State::Confirmed => Counts::Now,
    };
    Line { event: event.clone(), entry: entry.clone(), effect, counts, until }
}

/// Works it out. `day` is the day of the test or of the application.
pub fn standing(events: &[Event], entries: &[Entry], status: Status, day: Date) -> Standing {
    let lines: Vec<Line> = events
        .iter()
        .filter_map(|event| {
            entries.iter().find(|e| e.id == event.entry_id).map(|entry| line(event, entry, status, day))
        })
        .collect();
    let mut standing = Standing {
        status,
        day,
        deducted: Exact::zero(),
        barred_until: None,
        suspended_until: None,
        revoked: false,
        pending: Exact::zero(),
        lines,
    };
    for line in &standing.lines {
        match (&line.effect, line.counts) {
            (Some(Effect::Deduct(points)), Counts::Now) => standing.deducted += points,
            (Some(Effect::Deduct(points)), Counts::Pending) => standing.pending += points,
            (Some(Effect::Bar), Counts::Now) => standing.barred_until = standing.barred_until.max(line.until),
            (Some(Effect::Suspend(_)), Counts::Now) => {
                standing.suspended_until = standing.suspended_until.max(line.until);
            }
            (Some(Effect::Revoke), Counts::Now) => standing.revoked = true,
            _ => {}
        }
    }
    standing
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::store::value::Json;
    use kernel::id::Id;
    use kernel::time::Instant;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn entry() -> Entry {
        Entry {
            id: Id::new(1),
            code: "G15".into(),
            name: "重大安全事故".into(),
            basis: String::new(),
            months: 12,
            effects: Json(vec![
                (Status::Nominee, Effect::Deduct(Exact::from(3))),
                (Status::Applicant, Effect::Bar),
                (Status::Holder, Effect::Suspend(12)),
            ]),
            retired: false,
            version: 1,
        }
    }

    fn event(happened: &str, state: State, decided: Option<&str>) -> Event {
        Event {
            id: Id::new(1),
            number: "NE-2026-0001".into(),
            entry_id: Id::new(1),
            happened_on: day(happened),
            title: String::new(),
            account: String::new().into(),
            source: String::new(),
            subject: String::new(),
            state,
            decided_on: decided.map(day),
            reason: String::new(),
            created_at: Instant(0),
            version: 1,
        }
    }

    fn of(events: &[Event], status: Status, on: &str) -> Standing {
        standing(events, &[entry()], status, day(on))
    }

    /// The three consequences of one accident, as the list of 2015 words them.
    #[test]
    fn one_accident_is_three_things_for_three_cities() {
        let all = [event("2026-03-31", State::Confirmed, Some("2026-05-01"))];
        let nominee = of(&all, Status::Nominee, "2026-08-20");
        assert_eq!(nominee.deducted, Exact::from(3));
        assert_eq!(nominee.lines[0].until, Some(day("2027-03-31")));
        assert_eq!(of(&all, Status::Nominee, "2027-03-30").deducted, Exact::from(3));
        assert_eq!(of(&all, Status::Nominee, "2027-03-31").deducted, Exact::zero());
        assert_eq!(of(&all, Status::Nominee, "2026-03-30").lines[0].counts, Counts::Later);
        assert_eq!(of(&all, Status::Applicant, "2026-08-20").barred_until, Some(day("2027-03-31")));
        let holder = |on| of(&all, Status::Holder, on);
        assert_eq!(holder("2026-04-30").lines[0].counts, Counts::Later, "suspended from the decision on");
        assert_eq!(holder("2026-05-01").suspended_until, Some(day("2027-05-01")));
        assert_eq!(holder("2027-05-01").suspended_until, None);
    }

    #[test]
    fn what_is_not_decided_is_shown_and_not_counted() {
        let all = [
            event("2026-03-31", State::Reported, None),
            event("2026-03-31", State::Dismissed, Some("2026-04-02")),
            event("2026-03-31", State::Lifted, Some("2026-04-02")),
        ];
        let standing = of(&all, Status::Nominee, "2026-08-20");
        let counts: Vec<_> = standing.lines.iter().map(|l| l.counts).collect();
        assert_eq!(counts, [Counts::Pending, Counts::Void, Counts::Void]);
        assert_eq!((standing.deducted, standing.pending), (Exact::zero(), Exact::from(3)));
    }

    proptest! {
        /// Each event counts on exactly the days of its window.
        #[test]
        fn points_are_those_of_open_windows(offsets in proptest::collection::vec(0i64..1500, 0..8), on in 0i64..2000) {
            let start = kernel::time::days_since_epoch(day("2024-01-01"));
            let at = |days: i64| kernel::time::date_from_epoch_days(i64::from(start) + days);
            let events: Vec<Event> = offsets
                .iter()
                .map(|days| Event { happened_on: at(*days), ..event("2024-01-01", State::Confirmed, Some("2024-01-01")) })
                .collect();
            let got = standing(&events, &[entry()], Status::Nominee, at(on));
            let open = events.iter().filter(|e| e.happened_on <= at(on) && at(on) < months_later(e.happened_on, 12)).count();
            prop_assert_eq!(got.deducted, Exact::from(3 * i64::try_from(open).unwrap()));
        }
    }
}
