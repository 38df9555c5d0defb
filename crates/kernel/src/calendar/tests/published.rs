use super::*;

fn working_days_of(calendar: &WorkingCalendar, year: i16) -> i64 {
    calendar.working_days_between(date(year - 1, 12, 31), date(year, 12, 31))
}

#[test]
fn working_days_of_2025_and_2026() {
    // 2025: off 01-01, 01-28…02-04, 04-04…06, 05-01…05, 05-31…06-02, 10-01…08; work 01-26, 02-08, 04-27, 09-28, 10-11
    let csv = "\u{feff}schedule_year,date,name,kind\r\n".to_owned()
        + &[
            "01-01", "01-28", "01-29", "01-30", "01-31", "02-01", "02-02", "02-03", "02-04", "04-04",
            "04-05", "04-06", "05-01", "05-02", "05-03", "05-04", "05-05", "05-31", "06-01", "06-02",
            "10-01", "10-02", "10-03", "10-04", "10-05", "10-06", "10-07", "10-08",
        ]
        .map(|day| format!("2025,2025-{day},节,off\r\n"))
        .concat()
        + &["01-26", "02-08", "04-27", "09-28", "10-11"]
            .map(|day| format!("2025,2025-{day},节,work\r\n"))
            .concat();
    let calendar = calendar(Arrangement::from_csv(&csv).unwrap().into_iter().chain([of_2026()]));
    assert_eq!(working_days_of(&calendar, 2025), 248);
    assert_eq!(working_days_of(&calendar, 2026), 248);
}

#[test]
fn agrees_with_the_open_data_set() {
    let path =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/holidays/cn_holidays_2016_2026.csv");
    let Ok(csv) = std::fs::read_to_string(path) else {
        println!("SKIP: no {path}");
        return;
    };
    let arrangements = Arrangement::from_csv(&csv).unwrap();
    let calendar = calendar(arrangements.iter().cloned());

    for (year, expected) in [(2024, 251), (2025, 248), (2026, 248)] {
        if arrangements.iter().any(|a| a.year == year) {
            assert_eq!(working_days_of(&calendar, year), expected, "{year}");
        } else {
            println!("SKIP: the file has no {year}");
        }
    }
    // each named day is what the file says, unless a later year's notice speaks of it
    for arrangement in &arrangements {
        for (day, kind, _) in &arrangement.days {
            let expected = calendar.data().special(*day).unwrap().0;
            assert_eq!(calendar.is_working_day(*day).0, expected == DayKind::Work, "{day}");
            assert!(expected == *kind || calendar.data().is_published(day.year() + 1));
        }
    }
}

#[test]
fn a_year_becomes_certain_when_it_is_published() {
    let limit = Limit::new(5, TimeUnit::WorkingDay);
    let start = at("2027-02-03 10:00"); // a Wednesday before Spring Festival
    let before = calendar([of_2026()]).due(start, limit, &[]);
    let after = calendar([of_2026(), of_2027()]).due(start, limit, &[]);
    assert_eq!(before, Due { at: at("2027-02-10 18:00"), provisional: true });
    assert_eq!(after, Due { at: at("2027-02-17 18:00"), provisional: false });
    // the fixed festivals are known without a notice, the lunar ones are not
    let calendar = calendar([of_2026()]);
    assert_eq!(calendar.is_working_day(date(2027, 10, 1)), (false, true));
    assert_eq!(calendar.is_working_day(date(2027, 2, 8)), (true, true));
    assert_eq!(calendar.is_working_day(date(2026, 2, 17)), (false, false));
}

#[test]
fn the_end_of_december_waits_for_the_next_notice() {
    let old = calendar([of_2026()]);
    assert_eq!(old.is_working_day(date(2026, 12, 25)), (true, false));
    assert_eq!(old.is_working_day(date(2026, 12, 31)), (true, true));
    let new = calendar([of_2026(), of_2027()]);
    assert_eq!(new.is_working_day(date(2026, 12, 31)), (false, false));
    assert_eq!(new.data().special(date(2026, 12, 31)), Some((DayKind::Off, "节")));
}

#[test]
fn urgent_hours_and_calendar_days_are_never_provisional() {
    let calendar = calendar([]);
    for unit in [TimeUnit::UrgentHour, TimeUnit::CalendarDay] {
        assert!(!calendar.due(at("2027-02-03 10:00"), Limit::new(9, unit), &[]).provisional);
    }
}

#[test]
fn reads_holiday_cn() {
    let json = r#"{"year": 2027, "papers": ["https://example.org"], "days": [
        {"name": "元旦", "date": "2026-12-31", "isOffDay": true},
        {"name": "元旦", "date": "2027-01-09", "isOffDay": false}]}"#;
    let read = Arrangement::from_holiday_cn_json(json).unwrap();
    assert_eq!((read.year, read.days.len()), (2027, 2));
    assert_eq!(read.day(date(2027, 1, 9)), Some((DayKind::Work, "元旦")));
    // the data set keeps files of years to come: those are not published
    let empty = Arrangement::from_holiday_cn_json(r#"{"year": 2028, "papers": [], "days": []}"#);
    assert_eq!(empty, Err(ArrangementError { row: None, fault: ArrangementFault::Empty }));
}

#[test]
fn errors_name_the_row() {
    let csv = |rows: &str| {
        Arrangement::from_csv(&format!("schedule_year,date,name,kind\n{rows}")).unwrap_err().to_string()
    };
    assert_eq!(csv("2026,2026-01-01,元旦,off\n2026,2026-13-01,x,off"), "row 3: \"2026-13-01\" is not a date");
    assert_eq!(csv("2026,2026-01-01,元旦"), "row 2: 3 fields instead of 4");
    assert_eq!(csv("2026,2026-01-01,元旦,free"), "row 2: \"free\" is neither off nor work");
    assert_eq!(csv("x,2026-01-01,元旦,off"), "row 2: \"x\" is not a year");
    assert_eq!(csv("2026,2025-11-30,元旦,off"), "row 2: 2025-11-30 does not belong to this year");
    assert_eq!(csv("2026,2026-01-01,a,off\n\n2026,2026-01-01,b,work"), "row 4: 2026-01-01 is named twice");
    assert_eq!(csv(""), "no days: the year has not been published");
    assert_eq!(Arrangement::from_csv("date,name").unwrap_err().row, Some(1));
    let json = r#"{"year": 2026, "days": [{"name": "a", "date": "1 May", "isOffDay": true}]}"#;
    assert_eq!(Arrangement::from_holiday_cn_json(json).unwrap_err().row, Some(1));
    assert!(Arrangement::from_holiday_cn_json("[]").is_err());
}

#[test]
fn data_survives_json() {
    let mut data = CalendarData::default();
    data.publish(of_2026());
    data.close(date(2026, 3, 6), "停电");
    let text = serde_json::to_string(&data).unwrap();
    assert_eq!(serde_json::from_str::<CalendarData>(&text).unwrap(), data);
    let bad = text.replace("[510,720]", "[720,510]");
    assert!(serde_json::from_str::<CalendarData>(&bad).is_err(), "duty hours are checked when read");
}
