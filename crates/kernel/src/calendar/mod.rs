//! Deadlines in working time. Read [`data`](CalendarData) (what the city knows: arrangements, closures, duty hours),
//! then [`WorkingCalendar`] (the same, ready to compute with), then its clock: [`WorkingCalendar::due`],
//! [`WorkingCalendar::elapsed`], [`WorkingCalendar::remaining`].
//!
//! The State Council publishes each year's holidays in the autumn before (Measures for Holidays on National Festivals
//! and Memorial Days, revised 2024-11-10). Until then a year is *unpublished*: only weekends and the festivals with a
//! fixed date are known to be off, and every result that looked at such a day is **provisional**, to be computed again.

mod arrangement;
mod clock;
mod data;
mod pauses;
mod table;
#[cfg(test)]
mod tests;

pub use arrangement::{Arrangement, ArrangementError, ArrangementFault};
pub use clock::{Due, Remaining};
pub use data::{CalendarData, DayKind, DutyError, DutyHours};
pub use table::WorkingCalendar;

use serde::{Deserialize, Serialize};

/// What a time limit is counted in: the four kinds which the conditions for opening a case name (立案条件).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    /// 紧急工作时: hours round the clock, every day.
    UrgentHour,
    /// 工作时: hours of duty on working days.
    WorkingHour,
    /// 工作日: the day of the start is not counted; due at the end of duty.
    WorkingDay,
    /// 自然日: the day of the start is not counted; due at midnight.
    CalendarDay,
}

impl TimeUnit {
    pub const ALL: [TimeUnit; 4] =
        [TimeUnit::UrgentHour, TimeUnit::WorkingHour, TimeUnit::WorkingDay, TimeUnit::CalendarDay];

    pub fn as_str(self) -> &'static str {
        match self {
            TimeUnit::UrgentHour => "urgent_hour",
            TimeUnit::WorkingHour => "working_hour",
            TimeUnit::WorkingDay => "working_day",
            TimeUnit::CalendarDay => "calendar_day",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.as_str() == code)
    }

    /// Whether the unit looks at working days, so that its results can be provisional.
    pub fn is_working(self) -> bool {
        matches!(self, TimeUnit::WorkingHour | TimeUnit::WorkingDay)
    }

    /// Hours run by the minute, days are counted whole.
    pub fn is_hours(self) -> bool {
        matches!(self, TimeUnit::UrgentHour | TimeUnit::WorkingHour)
    }
}

/// How long something may take, e.g. 4 working hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Limit {
    pub value: u32,
    pub unit: TimeUnit,
}

impl Limit {
    pub const fn new(value: u32, unit: TimeUnit) -> Self {
        Self { value, unit }
    }
}
