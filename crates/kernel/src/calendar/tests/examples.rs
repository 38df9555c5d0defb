use super::*;

/// Due time of a limit in the published year 2026, which begins work again on 4 January, a Sunday.
fn due(start: &str, value: u32, unit: TimeUnit, pauses: &[(&str, Option<&str>)]) -> Instant {
    let pauses: Vec<_> = pauses.iter().map(|(from, to)| (at(from), to.map(at))).collect();
    let due = calendar([of_2026()]).due(at(start), Limit::new(value, unit), &pauses);
    assert!(!due.provisional);
    due.at
}

#[test]
fn urgent_hours_run_round_the_clock() {
    assert_eq!(due("2026-02-17 22:00", 4, TimeUnit::UrgentHour, &[]), at("2026-02-18 02:00"));
    assert_eq!(due("2026-02-17 22:00", 0, TimeUnit::UrgentHour, &[]), at("2026-02-17 22:00"));
    let pause = [("2026-02-17 23:00", Some("2026-02-18 01:30"))];
    assert_eq!(due("2026-02-17 22:00", 4, TimeUnit::UrgentHour, &pause), at("2026-02-18 04:30"));
}

#[test]
fn working_hours_run_on_duty_only() {
    for (start, hours, expected) in [
        ("2026-03-05 09:00", 2, "2026-03-05 11:00"),
        ("2026-03-05 09:00", 3, "2026-03-05 12:00"), // at the very end of the morning
        ("2026-03-05 11:00", 2, "2026-03-05 15:30"), // over noon
        ("2026-03-05 13:00", 1, "2026-03-05 15:30"), // begun in the break
        ("2026-03-05 17:00", 4, "2026-03-06 11:30"), // over night
        ("2026-03-06 17:00", 4, "2026-03-09 11:30"), // over a weekend
        ("2026-02-13 17:00", 2, "2026-02-14 09:30"), // into a Saturday worked for Spring Festival
        ("2026-02-14 17:00", 2, "2026-02-24 09:30"), // over Spring Festival
        ("2026-03-07 10:00", 7, "2026-03-09 18:00"), // a whole day is seven hours
        ("2026-03-05 18:00", 0, "2026-03-05 18:00"),
        ("2026-03-05 18:01", 0, "2026-03-06 08:30"),
        ("2026-03-05 08:30", 0, "2026-03-05 08:30"),
    ] {
        assert_eq!(due(start, hours, TimeUnit::WorkingHour, &[]), at(expected), "{start} + {hours}");
    }
}

#[test]
fn working_hours_stand_still_in_a_pause() {
    let hour = TimeUnit::WorkingHour;
    // paused from 10:00 to 15:00, which is 2 h of the morning and half an hour of the afternoon
    let pause = ("2026-03-05 10:00", Some("2026-03-05 15:00"));
    assert_eq!(due("2026-03-05 09:00", 2, hour, &[pause]), at("2026-03-05 16:00"));
    // pauses may overlap, come in any order, be empty, or lie before
    let odd = [
        ("2026-03-05 12:00", Some("2026-03-05 15:00")),
        ("2026-03-01 12:00", Some("2026-03-02 15:00")),
        ("2026-03-05 11:00", Some("2026-03-05 11:00")),
        ("2026-03-05 10:00", Some("2026-03-05 13:00")),
    ];
    assert_eq!(due("2026-03-05 09:00", 2, hour, &odd), at("2026-03-05 16:00"));
    // a pause off duty changes nothing
    assert_eq!(
        due("2026-03-05 11:00", 2, hour, &[("2026-03-05 12:00", Some("2026-03-05 14:30"))]),
        at("2026-03-05 15:30")
    );
    // an open pause holds for ever, unless the limit ran out before
    let open = [("2026-03-05 10:00", None)];
    assert_eq!(due("2026-03-05 09:00", 2, hour, &open), WorkingCalendar::NEVER);
    assert_eq!(due("2026-03-05 09:00", 1, hour, &open), at("2026-03-05 10:00"));
}

#[test]
fn working_days_end_with_duty() {
    for (start, days, expected) in [
        ("2026-03-05 00:00", 1, "2026-03-06 18:00"),
        ("2026-03-05 09:00", 1, "2026-03-06 18:00"),
        ("2026-03-05 23:59", 1, "2026-03-06 18:00"), // still day 0
        ("2026-03-06 09:00", 1, "2026-03-09 18:00"), // Friday
        ("2026-03-07 09:00", 1, "2026-03-09 18:00"), // Saturday
        ("2026-02-13 09:00", 2, "2026-02-24 18:00"), // a worked Saturday, then Spring Festival
        ("2026-03-05 09:00", 20, "2026-04-02 18:00"),
        ("2026-03-05 09:00", 0, "2026-03-05 18:00"),
        ("2026-03-05 19:00", 0, "2026-03-06 18:00"),
        ("2026-03-07 09:00", 0, "2026-03-09 18:00"),
    ] {
        assert_eq!(due(start, days, TimeUnit::WorkingDay, &[]), at(expected), "{start} + {days}");
    }
}

#[test]
fn days_a_pause_touches_do_not_count() {
    let day = TimeUnit::WorkingDay;
    for (from, to, expected) in [
        // due 2026-03-10, a Tuesday, when nothing is paused
        ("2026-03-09 10:00", "2026-03-09 11:00", "2026-03-10 18:00"), // within a day
        ("2026-03-09 10:00", "2026-03-09 19:00", "2026-03-11 18:00"), // over the end of Monday
        ("2026-03-09 08:30", "2026-03-09 09:00", "2026-03-11 18:00"), // over its beginning
        ("2026-03-06 19:00", "2026-03-09 08:30", "2026-03-10 18:00"), // a weekend
        ("2026-03-09 10:00", "2026-03-11 10:00", "2026-03-13 18:00"), // Monday, Tuesday, Wednesday
        ("2026-03-10 10:00", "2026-03-20 10:00", "2026-03-23 18:00"), // on the last day, for nine days
        ("2026-03-10 18:00", "2026-03-20 10:00", "2026-03-10 18:00"), // just after
    ] {
        assert_eq!(due("2026-03-05 09:00", 3, day, &[(from, Some(to))]), at(expected), "{from} to {to}");
    }
    let twice =
        [("2026-03-09 17:00", Some("2026-03-10 09:00")), ("2026-03-10 17:00", Some("2026-03-11 09:00"))];
    assert_eq!(due("2026-03-05 09:00", 3, day, &twice), at("2026-03-13 18:00"), "Tuesday is left out once");
    assert_eq!(due("2026-03-05 09:00", 3, day, &[("2026-03-10 17:00", None)]), WorkingCalendar::NEVER);
}

#[test]
fn calendar_days_end_at_midnight() {
    let day = TimeUnit::CalendarDay;
    assert_eq!(due("2026-03-05 09:00", 3, day, &[]), at("2026-03-09 00:00"));
    assert_eq!(due("2026-03-05 00:00", 0, day, &[]), at("2026-03-06 00:00"));
    let pause = [("2026-03-06 10:00", Some("2026-03-08 10:00"))];
    assert_eq!(due("2026-03-05 09:00", 3, day, &pause), at("2026-03-12 00:00"));
    let noon = [("2026-03-06 10:00", Some("2026-03-06 14:00"))];
    assert_eq!(due("2026-03-05 09:00", 3, day, &noon), at("2026-03-09 00:00"));
}

#[test]
fn tells_what_is_left() {
    let calendar = calendar([of_2026()]);
    let left = |now: &str, due: &str, unit| {
        let r = calendar.remaining(at(now), at(due), unit);
        (r.late, r.whole, r.minutes)
    };
    assert_eq!(left("2026-03-05 17:00", "2026-03-06 11:00", TimeUnit::WorkingHour), (false, 3, 30));
    assert_eq!(left("2026-03-06 20:00", "2026-03-06 11:00", TimeUnit::WorkingHour), (true, 4, 30));
    assert_eq!(left("2026-03-05 17:00", "2026-03-06 11:00", TimeUnit::UrgentHour), (false, 18, 0));
    assert_eq!(left("2026-03-05 09:00", "2026-03-10 18:00", TimeUnit::WorkingDay), (false, 3, 0));
    assert_eq!(left("2026-03-10 09:00", "2026-03-10 18:00", TimeUnit::WorkingDay), (false, 0, 0));
    assert_eq!(left("2026-03-10 19:00", "2026-03-10 18:00", TimeUnit::WorkingDay), (true, 0, 0));
    assert_eq!(left("2026-03-16 09:00", "2026-03-10 18:00", TimeUnit::WorkingDay), (true, 4, 0));
    assert_eq!(left("2026-03-05 09:00", "2026-03-09 00:00", TimeUnit::CalendarDay), (false, 3, 0));
    assert_eq!(left("2026-03-09 09:00", "2026-03-09 00:00", TimeUnit::CalendarDay), (true, 1, 0));
}

#[test]
fn tells_how_many_times_over() {
    let calendar = calendar([of_2026()]);
    let factor = |due: &str, now: &str, limit| calendar.overdue_factor(at(due), at(now), limit);
    let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
    let hours = Limit::new(4, TimeUnit::WorkingHour);
    assert!(close(factor("2026-03-06 11:00", "2026-03-06 10:00", hours), 0.0));
    assert!(close(factor("2026-03-06 11:00", "2026-03-06 17:30", hours), 1.0));
    assert!(close(factor("2026-03-06 11:00", "2026-03-09 09:30", hours), 1.375));
    assert!(close(factor("2026-03-10 18:00", "2026-03-16 09:00", Limit::new(2, TimeUnit::WorkingDay)), 2.0));
}

#[test]
fn counts_working_days() {
    let calendar = calendar([of_2026()]);
    let add = |from: Date, n| calendar.add_working_days(from, n).0;
    assert_eq!(add(date(2026, 2, 13), 2), date(2026, 2, 24));
    assert_eq!(add(date(2026, 2, 24), -2), date(2026, 2, 13));
    assert_eq!(add(date(2026, 2, 16), 0), date(2026, 2, 24));
    assert_eq!(add(date(2026, 2, 24), 0), date(2026, 2, 24));
    assert_eq!(calendar.working_days_between(date(2026, 2, 13), date(2026, 2, 24)), 2);
    assert_eq!(calendar.working_days_between(date(2026, 2, 24), date(2026, 2, 13)), -2);
    assert_eq!(calendar.add_working_days(date(2026, 12, 30), 2), (date(2027, 1, 4), true));
}

#[test]
fn the_city_may_close_and_keep_its_own_hours() {
    let mut data = CalendarData {
        duty: DutyHours::every_day(&[(540, 720), (780, 1020)]).unwrap(),
        ..Default::default()
    };
    data.publish(of_2026());
    data.close(date(2026, 3, 6), "停电");
    let calendar = WorkingCalendar::new(data);
    let due = |value, unit| calendar.due(at("2026-03-05 16:00"), Limit::new(value, unit), &[]).at;
    assert_eq!(due(2, TimeUnit::WorkingHour), at("2026-03-09 10:00"));
    assert_eq!(due(1, TimeUnit::WorkingDay), at("2026-03-09 17:00"));
    assert_eq!(calendar.data().special(date(2026, 3, 6)), Some((DayKind::Off, "停电")));
    for bad in [&[][..], &[(600, 600)], &[(600, 720), (700, 800)], &[(600, 1441)]] {
        assert_eq!(DutyHours::every_day(bad), Err(DutyError { weekday: 0 }));
    }
}

#[test]
fn odd_instants_do_no_harm() {
    let calendar = calendar([of_2026()]);
    let open = [(Instant(i64::MIN), None), (Instant(i64::MAX), Some(Instant(i64::MIN)))];
    for start in [Instant(i64::MIN), Instant(0), WorkingCalendar::NEVER, Instant(i64::MAX)] {
        for unit in TimeUnit::ALL {
            for value in [0, 1, u32::MAX] {
                let due = calendar.due(start, Limit::new(value, unit), &[]);
                assert!(due.at >= start);
                calendar.due(start, Limit::new(value, unit), &open);
                calendar.elapsed(start, due.at, unit, &open);
                calendar.remaining(start, due.at, unit);
            }
        }
    }
    assert!(calendar.due(at("2026-03-05 16:00"), Limit::new(u32::MAX, TimeUnit::WorkingDay), &[]).is_never());
}

#[test]
fn codes_round_trip() {
    for unit in TimeUnit::ALL {
        assert_eq!(TimeUnit::parse(unit.as_str()), Some(unit));
        assert_eq!(serde_json::to_string(&unit).unwrap(), format!("\"{}\"", unit.as_str()));
    }
    assert_eq!(TimeUnit::parse("week"), None);
}

/// Whoever has the special days and knows what a weekend is can compute what we compute, published or not.
#[test]
fn special_days_and_weekends_make_up_the_whole_calendar() {
    let mut data = CalendarData::default();
    data.publish(of_2026());
    data.close(date(2027, 10, 2), "停电");
    let calendar = WorkingCalendar::new(data);
    let mut day = date(2025, 1, 1);
    while day < date(2029, 1, 1) {
        let weekend = day.weekday().to_monday_zero_offset() >= 5;
        let worked = calendar.data().special(day).map_or(!weekend, |(kind, _)| kind == DayKind::Work);
        assert_eq!(worked, calendar.is_working_day(day).0, "{day}");
        day = day.tomorrow().unwrap();
    }
    assert_eq!(calendar.data().special(date(2027, 10, 1)), Some((DayKind::Off, "国庆节")));
    assert_eq!(calendar.data().special(date(2027, 10, 2)), Some((DayKind::Off, "停电")));
    assert_eq!(calendar.data().special(date(2026, 10, 8)), None);
}
