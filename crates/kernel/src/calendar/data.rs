//! What a city knows of its working time, as it is stored and edited.

use super::Arrangement;
use crate::time::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DayKind {
    /// A holiday, or a closure of the city's own.
    Off,
    /// A weekend day worked to make up for a holiday.
    Work,
}

impl DayKind {
    pub fn as_str(self) -> &'static str {
        match self {
            DayKind::Off => "off",
            DayKind::Work => "work",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        [DayKind::Off, DayKind::Work].into_iter().find(|kind| kind.as_str() == code)
    }
}

/// Everything a [`super::WorkingCalendar`] is made from. A year is published when its arrangement is here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarData {
    /// By the year the notice is for. Where two speak of the same day, the later year's holds.
    pub arrangements: BTreeMap<i16, Arrangement>,
    /// Days the city closes on its own, with the reason; they win over arrangements.
    pub closures: BTreeMap<Date, String>,
    pub duty: DutyHours,
}

impl CalendarData {
    /// Puts an arrangement in place of the one known for its year.
    pub fn publish(&mut self, arrangement: Arrangement) {
        self.arrangements.insert(arrangement.year, arrangement);
    }

    pub fn close(&mut self, date: Date, reason: impl Into<String>) {
        self.closures.insert(date, reason.into());
    }

    pub fn is_published(&self, year: i16) -> bool {
        self.arrangements.contains_key(&year)
    }

    /// The special day at `date`: its kind and name. `None` for an ordinary weekday or weekend. In a year that is not
    /// published these are the closures and the festivals with a fixed date, which are taken to be off until then.
    pub fn special(&self, date: Date) -> Option<(DayKind, &str)> {
        if let Some(reason) = self.closures.get(&date) {
            return Some((DayKind::Off, reason));
        }
        let arranged =
            [date.year() + 1, date.year()].iter().find_map(|year| self.arrangements.get(year)?.day(date));
        arranged.or_else(|| Some((DayKind::Off, self.fixed_festival(date)?)))
    }

    /// The festival with a date of the solar calendar, in a year that is not published: New Year, Labour Day (two days
    /// since 2025), National Day (three). Measures for Holidays on National Festivals and Memorial Days, art. 2.
    pub fn fixed_festival(&self, date: Date) -> Option<&'static str> {
        if self.is_published(date.year()) {
            return None;
        }
        match (date.month(), date.day()) {
            (1, 1) => Some("元旦"),
            (5, 1..=2) => Some("劳动节"),
            (10, 1..=3) => Some("国庆节"),
            _ => None,
        }
    }
}

/// Hours of duty: for each weekday from Monday, spans of minutes since midnight. Saturday's and Sunday's hold when they
/// are worked to make up for a holiday. Every weekday has some duty; a day without is a closure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "[Vec<(u16, u16)>; 7]", into = "[Vec<(u16, u16)>; 7]")]
pub struct DutyHours([Vec<(u16, u16)>; 7]);

/// Which weekday (0 is Monday) has no spans, or spans that are empty, out of order, overlapping or past midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DutyError {
    pub weekday: usize,
}

impl std::fmt::Display for DutyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "duty hours of weekday {} are not a list of spans in order", self.weekday + 1)
    }
}

impl std::error::Error for DutyError {}

impl DutyHours {
    /// Half past eight to noon and half past two to six, every weekday: a beginning, to be edited.
    pub const USUAL: [(u16, u16); 2] = [(8 * 60 + 30, 12 * 60), (14 * 60 + 30, 18 * 60)];

    /// Spans may touch (08:00-12:00, 12:00-16:00) but not overlap; 1440 is the midnight that ends the day.
    pub fn new(weekdays: [Vec<(u16, u16)>; 7]) -> Result<Self, DutyError> {
        let sound = |spans: &Vec<(u16, u16)>| {
            !spans.is_empty()
                && spans.iter().all(|(from, to)| from < to && *to <= 1440)
                && spans.windows(2).all(|pair| pair[0].1 <= pair[1].0)
        };
        match weekdays.iter().position(|spans| !sound(spans)) {
            Some(weekday) => Err(DutyError { weekday }),
            None => Ok(Self(weekdays)),
        }
    }

    pub fn every_day(spans: &[(u16, u16)]) -> Result<Self, DutyError> {
        Self::new(std::array::from_fn(|_| spans.to_vec()))
    }

    /// Spans of a weekday, 0 is Monday.
    pub fn of(&self, weekday: usize) -> &[(u16, u16)] {
        &self.0[weekday % 7]
    }
}

impl Default for DutyHours {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Self::USUAL.to_vec()))
    }
}

impl TryFrom<[Vec<(u16, u16)>; 7]> for DutyHours {
    type Error = DutyError;
    fn try_from(weekdays: [Vec<(u16, u16)>; 7]) -> Result<Self, DutyError> {
        Self::new(weekdays)
    }
}

impl From<DutyHours> for [Vec<(u16, u16)>; 7] {
    fn from(duty: DutyHours) -> Self {
        duty.0
    }
}
