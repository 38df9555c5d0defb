//! A month as the page draws it.

use kernel::calendar::{DayKind, WorkingCalendar};
use kernel::time::{Date, parse_date};
use web::Ui;

pub(super) struct Month {
    pub(super) title: String,
    /// Weeks from Monday; blank before the first and after the last.
    pub(super) weeks: Vec<[Cell; 7]>,
}

#[derive(Clone, Default)]
pub(super) struct Cell {
    /// Empty outside the month.
    pub(super) day: String,
    /// `late` off, `soon` worked to make up, empty for an ordinary day.
    pub(super) mood: &'static str,
    /// An ordinary weekend.
    pub(super) rest: bool,
    /// In words: the holiday's name and what it means.
    pub(super) title: String,
}

fn dates(year: i16, month: i8) -> impl Iterator<Item = Date> {
    (1..=31).filter_map(move |day| parse_date(&format!("{year:04}-{month:02}-{day:02}")))
}

/// 0 for Monday.
fn weekday(date: Date) -> usize {
    usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0)
}

impl Month {
    pub(super) fn of(ui: &Ui, calendar: &WorkingCalendar, year: i16, month: i8) -> Self {
        let mut weeks: Vec<[Cell; 7]> = Vec::new();
        for date in dates(year, month) {
            let at = weekday(date);
            if weeks.is_empty() || at == 0 {
                weeks.push(std::array::from_fn(|_| Cell::default()));
            }
            if let Some(week) = weeks.last_mut() {
                week[at] = Cell::of(ui, calendar, date);
            }
        }
        Self { title: ui.t(format!("month-{month}")), weeks }
    }
}

impl Cell {
    fn of(ui: &Ui, calendar: &WorkingCalendar, date: Date) -> Self {
        let (works, _) = calendar.is_working_day(date);
        let special = calendar.data().special(date);
        let mood = match (works, special) {
            (true, Some((DayKind::Work, _))) => "soon",
            // a festival with a fixed date is off even while the year is unpublished
            (false, Some(_)) => "late",
            (false, None) if weekday(date) < 5 => "late",
            _ => "",
        };
        let name = special.map(|(_, name)| name.to_owned()).unwrap_or_default();
        let title = match mood {
            "" => String::new(),
            "soon" => ui.ta("calendar-day-work", [("name", name)]),
            _ => ui.ta("calendar-day-off", [("name", name)]),
        };
        Self { day: date.day().to_string(), mood, rest: !works && mood.is_empty(), title }
    }
}

/// The special days of a year in words: date, kind, name.
pub(super) fn special(ui: &Ui, calendar: &WorkingCalendar, year: i16) -> Vec<(String, String, String)> {
    let days = (1..=12).flat_map(|month| dates(year, month));
    days.filter_map(|date| {
        let (kind, name) = calendar.data().special(date)?;
        Some((ui.date(&date), ui.t(format!("day-kind-{}", kind.as_str())), name.to_owned()))
    })
    .collect()
}
