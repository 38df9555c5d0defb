//! The State Council's yearly holiday arrangement, read from the two shapes in which people keep it.

use super::DayKind;
use crate::time::{Date, parse_date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// One year's arrangement. It may name days of the December before, when New Year's holiday begins there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrangement {
    pub year: i16,
    /// In order of date, each date once.
    pub days: Vec<(Date, DayKind, String)>,
}

/// Why a file was not taken, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArrangementError {
    /// The line of a CSV file or the number of the entry in `days`, counted from 1; `None`: the file as a whole.
    pub row: Option<usize>,
    pub fault: ArrangementFault,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArrangementFault {
    /// Not JSON of the expected shape; the reader's own words.
    Shape(String),
    /// The first line does not name the four columns.
    Header,
    /// Not four fields.
    Fields(usize),
    Year(String),
    Date(String),
    /// Neither `off` nor `work`.
    Kind(String),
    /// The date lies neither in the year nor in the December before.
    OutsideYear(Date),
    /// The date is named twice.
    Twice(Date),
    /// No days at all: a file kept for a year that has not been published yet.
    Empty,
}

impl fmt::Display for ArrangementError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(row) = self.row {
            write!(f, "row {row}: ")?;
        }
        match &self.fault {
            ArrangementFault::Shape(why) => write!(f, "not a holiday file: {why}"),
            ArrangementFault::Header => f.write_str("the first line must be schedule_year,date,name,kind"),
            ArrangementFault::Fields(found) => write!(f, "{found} fields instead of 4"),
            ArrangementFault::Year(text) => write!(f, "{text:?} is not a year"),
            ArrangementFault::Date(text) => write!(f, "{text:?} is not a date"),
            ArrangementFault::Kind(text) => write!(f, "{text:?} is neither off nor work"),
            ArrangementFault::OutsideYear(date) => write!(f, "{date} does not belong to this year"),
            ArrangementFault::Twice(date) => write!(f, "{date} is named twice"),
            ArrangementFault::Empty => f.write_str("no days: the year has not been published"),
        }
    }
}

impl std::error::Error for ArrangementError {}

impl ArrangementFault {
    fn at(self, row: usize) -> ArrangementError {
        ArrangementError { row: Some(row), fault: self }
    }

    fn whole(self) -> ArrangementError {
        ArrangementError { row: None, fault: self }
    }
}

impl Arrangement {
    /// Checks and orders the days. Rows of errors count the days as given.
    pub fn new(year: i16, days: Vec<(Date, DayKind, String)>) -> Result<Self, ArrangementError> {
        let mut building = Building::new(year);
        for (index, (date, kind, name)) in days.into_iter().enumerate() {
            building.add(index + 1, date, kind, name)?;
        }
        building.finish()
    }

    /// Reads a CSV with the columns `schedule_year,date,name,kind` (kind: `off`, `work`), any number of years.
    pub fn from_csv(text: &str) -> Result<Vec<Self>, ArrangementError> {
        let mut lines =
            text.trim_start_matches('\u{feff}').lines().zip(1..).map(|(line, row)| (line.trim(), row));
        if lines.next().is_none_or(|(header, _)| header != "schedule_year,date,name,kind") {
            return Err(ArrangementFault::Header.at(1));
        }
        let mut years: BTreeMap<i16, Building> = BTreeMap::new();
        for (line, row) in lines.filter(|(line, _)| !line.is_empty()) {
            let fields: Vec<&str> = line.split(',').map(|field| field.trim().trim_matches('"')).collect();
            let [year, date, name, kind] = fields[..] else {
                return Err(ArrangementFault::Fields(fields.len()).at(row));
            };
            let year = year.parse().map_err(|_| ArrangementFault::Year(year.to_owned()).at(row))?;
            let date = parse_date(date).ok_or_else(|| ArrangementFault::Date(date.to_owned()).at(row))?;
            let kind = DayKind::parse(kind).ok_or_else(|| ArrangementFault::Kind(kind.to_owned()).at(row))?;
            years.entry(year).or_insert_with(|| Building::new(year)).add(row, date, kind, name.to_owned())?;
        }
        if years.is_empty() {
            return Err(ArrangementFault::Empty.whole());
        }
        years.into_values().map(Building::finish).collect()
    }

    /// Reads a year's file of the open data set `NateScarlet/holiday-cn`:
    /// `{"year": 2026, "papers": […], "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": true}]}`.
    pub fn from_holiday_cn_json(text: &str) -> Result<Self, ArrangementError> {
        #[derive(Deserialize)]
        struct File {
            year: i16,
            days: Vec<Day>,
        }
        #[derive(Deserialize)]
        struct Day {
            name: String,
            date: String,
            #[serde(rename = "isOffDay")]
            off: bool,
        }
        let file: File =
            serde_json::from_str(text).map_err(|e| ArrangementFault::Shape(e.to_string()).whole())?;
        let mut building = Building::new(file.year);
        for (day, row) in file.days.into_iter().zip(1..) {
            let date = parse_date(&day.date).ok_or_else(|| ArrangementFault::Date(day.date).at(row))?;
            building.add(row, date, if day.off { DayKind::Off } else { DayKind::Work }, day.name)?;
        }
        building.finish()
    }

    /// What this arrangement says of `date`.
    pub fn day(&self, date: Date) -> Option<(DayKind, &str)> {
        self.days.iter().find(|(at, ..)| *at == date).map(|(_, kind, name)| (*kind, name.as_str()))
    }
}

/// An arrangement being read.
struct Building {
    year: i16,
    days: BTreeMap<Date, (DayKind, String)>,
}

impl Building {
    fn new(year: i16) -> Self {
        Self { year, days: BTreeMap::new() }
    }

    fn add(&mut self, row: usize, date: Date, kind: DayKind, name: String) -> Result<(), ArrangementError> {
        let december_before = date.year().checked_add(1) == Some(self.year) && date.month() == 12;
        if date.year() != self.year && !december_before {
            return Err(ArrangementFault::OutsideYear(date).at(row));
        }
        match self.days.insert(date, (kind, name)) {
            Some(_) => Err(ArrangementFault::Twice(date).at(row)),
            None => Ok(()),
        }
    }

    fn finish(self) -> Result<Arrangement, ArrangementError> {
        if self.days.is_empty() {
            return Err(ArrangementFault::Empty.whole());
        }
        let days = self.days.into_iter().map(|(date, (kind, name))| (date, kind, name)).collect();
        Ok(Arrangement { year: self.year, days })
    }
}
