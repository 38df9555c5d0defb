use super::*;
use crate::time::{HOUR, MINUTE};
use proptest::prelude::*;
use std::sync::OnceLock;

/// 2026 and 2027, with hours that differ by weekday.
fn city() -> &'static WorkingCalendar {
    static CITY: OnceLock<WorkingCalendar> = OnceLock::new();
    CITY.get_or_init(|| {
        let usual = || DutyHours::USUAL.to_vec();
        let friday = vec![(480, 700), (700, 733), (900, 1440)];
        let duty =
            DutyHours::new([usual(), usual(), vec![(0, 60)], usual(), friday, vec![(600, 720)], usual()])
                .unwrap();
        let mut data = CalendarData { duty, ..Default::default() };
        data.publish(of_2026());
        data.publish(of_2027());
        WorkingCalendar::new(data)
    })
}

/// Any microsecond of the two years, with a liking for full quarters of hours, where the edges are.
fn instant() -> impl Strategy<Value = Instant> {
    let begin = at("2026-01-01 00:00");
    prop_oneof![
        (0..700 * 96_i64).prop_map(move |quarters| begin.plus(quarters * 15 * MINUTE)),
        (0..700 * 24 * HOUR).prop_map(move |micros| begin.plus(micros)),
    ]
}

fn unit() -> impl Strategy<Value = TimeUnit> {
    (0..4_usize).prop_map(|index| TimeUnit::ALL[index])
}

fn limit() -> impl Strategy<Value = Limit> {
    (0..60_u32, unit()).prop_map(|(value, unit)| Limit::new(value, unit))
}

type Pause = (Instant, Option<Instant>);

fn pause() -> impl Strategy<Value = Pause> {
    let length = prop_oneof![
        4 => (0..30 * 96_i64).prop_map(|quarters| Some(quarters * 15 * MINUTE)),
        1 => Just(None),
    ];
    (instant(), length).prop_map(|(from, length)| (from, length.map(|micros| from.plus(micros))))
}

/// Pauses near `start`, so that they matter.
fn with_pauses() -> impl Strategy<Value = (Instant, Vec<Pause>)> {
    let near = (-200..2000_i64, 0..1000_i64, prop::bool::weighted(0.1));
    (instant(), prop::collection::vec(near, 0..5)).prop_map(|(start, near)| {
        let pauses = near.into_iter().map(|(from, length, open)| {
            let from = start.plus(from * 15 * MINUTE);
            (from, (!open).then(|| from.plus(length * 15 * MINUTE)))
        });
        (start, pauses.collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_later_start_is_never_due_earlier((start, pauses) in with_pauses(), later in 0..3000_i64, limit in limit()) {
        let later = start.plus(later * 5 * MINUTE);
        prop_assert!(city().due(start, limit, &pauses).at <= city().due(later, limit, &pauses).at);
    }

    #[test]
    fn a_greater_limit_is_never_due_earlier((start, pauses) in with_pauses(), limit in limit(), more in 0..20_u32) {
        let greater = Limit::new(limit.value + more, limit.unit);
        prop_assert!(city().due(start, limit, &pauses).at <= city().due(start, greater, &pauses).at);
    }

    #[test]
    fn a_further_pause_never_makes_it_earlier((start, mut pauses) in with_pauses(), limit in limit(), (_, others) in with_pauses(), more in pause()) {
        let before = city().due(start, limit, &pauses);
        prop_assert!(before.at >= start);
        pauses.extend(others.into_iter().chain([more]));
        prop_assert!(before.at <= city().due(start, limit, &pauses).at);
    }

    #[test]
    fn the_order_of_pauses_does_not_matter((start, mut pauses) in with_pauses(), limit in limit()) {
        let before = city().due(start, limit, &pauses);
        pauses.reverse();
        prop_assert_eq!(before, city().due(start, limit, &pauses));
    }

    #[test]
    fn never_due_in_closed_time((start, pauses) in with_pauses(), limit in limit()) {
        let due = city().due(start, limit, &pauses);
        if limit.unit.is_working() && !due.is_never() {
            let clock = due.at.to_civil();
            let minute = i64::from(clock.hour()) * 60 + i64::from(clock.minute());
            // duty may end at midnight, which belongs to the day before
            let (day, minute) = if minute == 0 { (clock.date().yesterday().unwrap(), 1440) } else { (clock.date(), minute) };
            let open = |day: Date, minute: i64| {
                let spans = city().data().duty.of(usize::try_from(day.weekday().to_monday_zero_offset()).unwrap());
                city().is_working_day(day).0 && spans.iter().any(|(a, b)| i64::from(*a) <= minute && minute <= i64::from(*b))
            };
            prop_assert!(open(day, minute) || (minute == 1440 && open(clock.date(), 0)), "{}", due.at);
        }
    }

    #[test]
    fn at_the_due_time_the_limit_has_elapsed((start, pauses) in with_pauses(), value in 1..60_u32, unit in unit()) {
        let due = city().due(start, Limit::new(value, unit), &pauses);
        if !due.is_never() {
            let per_unit = if unit.is_hours() { 60 } else { 1 };
            prop_assert_eq!(city().elapsed(start, due.at, unit, &pauses), i64::from(value) * per_unit);
            prop_assert!(city().elapsed(start, due.at.plus(-1), unit, &pauses) < i64::from(value) * per_unit);
        }
    }

    #[test]
    fn elapsed_grows_with_time((start, pauses) in with_pauses(), a in 0..5000_i64, b in 0..5000_i64, unit in unit()) {
        let (a, b) = (start.plus(a.min(b) * 11 * MINUTE), start.plus(a.max(b) * 11 * MINUTE));
        let (a, b) = (city().elapsed(start, a, unit, &pauses), city().elapsed(start, b, unit, &pauses));
        prop_assert!(0 <= a && a <= b);
    }

    #[test]
    fn hours_agree_with_a_clock_watched_minute_by_minute((start, pauses) in with_pauses(), value in 1..12_u32) {
        let whole = |at: Instant| Instant(at.0 - at.0 % MINUTE);
        let start = whole(start);
        let pauses: Vec<_> = pauses.iter().map(|(from, to)| (whole(*from), to.map(whole))).collect();
        let due = city().due(start, Limit::new(value, TimeUnit::WorkingHour), &pauses);
        if !due.is_never() {
            let mut run = 0;
            let mut now = start;
            while now < due.at {
                let paused = pauses.iter().any(|(from, to)| *from <= now && to.is_none_or(|to| now < to));
                let worked = city().elapsed(now, now.plus(MINUTE), TimeUnit::WorkingHour, &[]);
                run += if paused { 0 } else { worked };
                now = now.plus(MINUTE);
            }
            prop_assert_eq!(run, i64::from(value) * 60);
        }
    }

    #[test]
    fn adding_and_counting_days_agree(days in 0..600_i64, n in -200..200_i64) {
        let from = crate::time::date_from_epoch_days(20_500 + days);
        let (to, _) = city().add_working_days(from, n);
        prop_assert!(city().is_working_day(to).0);
        // a start which is off lies before the first working day after it
        let off = i64::from(!city().is_working_day(from).0);
        let expected = match n { 1.. => n, 0 => off, _ => n + off };
        prop_assert_eq!(city().working_days_between(from, to), expected);
    }
}

/// `cargo test --release -p kernel speed -- --ignored --nocapture`
#[test]
#[ignore = "prints figures, proves nothing"]
fn speed() {
    let calendar = city();
    let begin = at("2026-01-05 09:07");
    let pauses = [
        (begin.plus(HOUR), Some(begin.plus(30 * HOUR))),
        (begin.plus(90 * HOUR), Some(begin.plus(99 * HOUR))),
    ];
    for unit in TimeUnit::ALL {
        for (label, pauses) in [("no pause", &[][..]), ("2 pauses", &pauses)] {
            let rounds = 1_000_000_i64;
            let clock = std::time::Instant::now();
            let mut sum = 0;
            for round in 0..rounds {
                let start = begin.plus(round * 37 * MINUTE % (300 * 24 * HOUR));
                sum ^= calendar.due(start, Limit::new(7, unit), pauses).at.0;
            }
            println!("due {unit:?}, {label}: {} ns ({})", clock.elapsed().as_nanos() / 1_000_000, sum & 1);
        }
    }
    let clock = std::time::Instant::now();
    let made = WorkingCalendar::new(calendar.data().clone());
    println!("new: {} us ({})", clock.elapsed().as_micros(), made.is_working_day(date(2026, 1, 5)).0);
}
