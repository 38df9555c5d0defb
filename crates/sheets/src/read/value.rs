//! Workbook values as text: dates as ISO 8601, whole numbers without `.0`.

use std::fmt::Write;

use calamine::{Data, DataRef, ExcelDateTime};

/// How a date cell is shown, as far as text needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Face {
    /// Unknown: by the value. Midnight is a date, less than a day a time.
    ByValue,
    Date,
    DateTime,
    Time,
}

impl Face {
    /// From a number format such as `yyyy-mm-dd hh:mm`.
    pub(crate) fn of(format: &str) -> Self {
        let mut quoted = false;
        let (mut day, mut clock) = (false, false);
        let mut chars = format.chars();
        while let Some(c) = chars.next() {
            match c {
                '"' => quoted = !quoted,
                '\\' | '_' | '*' => {
                    chars.next();
                }
                '[' => {
                    // a colour, a locale or elapsed time such as [h]
                    let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    clock |= !inner.is_empty() && inner.chars().all(|c| matches!(c, 'h' | 'H' | 'm' | 's'));
                }
                'y' | 'Y' | 'd' | 'D' | 'e' if !quoted => day = true,
                'h' | 'H' | 's' | 'S' if !quoted => clock = true,
                ';' if !quoted => break,
                _ => {}
            }
        }
        match (day, clock) {
            (true, true) => Self::DateTime,
            (true, false) => Self::Date,
            (false, true) => Self::Time,
            (false, false) => Self::ByValue,
        }
    }
}

/// Appends a date, a time or both.
pub(crate) fn write_date_time(out: &mut String, value: &ExcelDateTime, face: Face) {
    let days = value.as_f64();
    if value.is_duration() {
        return write_duration(out, days);
    }
    let (year, month, day, hour, minute, second, milli) = value.to_ymd_hms_milli();
    let midnight = (hour, minute, second, milli) == (0, 0, 0, 0);
    let below_a_day = (0.0..1.0).contains(&days);
    let (date, clock) = match face {
        Face::Date => (true, !midnight),
        Face::DateTime => (true, true),
        Face::Time => (!below_a_day, true),
        Face::ByValue => (!below_a_day || midnight, below_a_day || !midnight),
    };
    let clock = clock && !(face == Face::ByValue && midnight);
    if date {
        let _ = write!(out, "{year:04}-{month:02}-{day:02}");
    }
    if clock {
        let _ = write!(out, "{}{hour:02}:{minute:02}:{second:02}", if date { "T" } else { "" });
        if milli != 0 {
            let _ = write!(out, ".{milli:03}");
        }
    }
}

/// Elapsed time as `26:30:00`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a cast of a float saturates, and so long a time is nonsense anyway"
)]
fn write_duration(out: &mut String, days: f64) {
    let seconds = (days * 86_400.0).round() as i64;
    let sign = if seconds < 0 { "-" } else { "" };
    let seconds = seconds.unsigned_abs();
    let _ = write!(out, "{sign}{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

/// Appends a number the way a person would type it.
#[expect(clippy::cast_possible_truncation, reason = "whole and below 10^15")]
pub(crate) fn write_number(out: &mut String, number: f64) {
    let _ = if number.fract() == 0.0 && number.abs() < 1e15 {
        write!(out, "{}", number as i64)
    } else {
        write!(out, "{number}")
    };
}

/// `PT12H30M00S`, as ODS writes times, as `12:30:00`; anything else as it is.
fn write_iso_duration(out: &mut String, text: &str) {
    let parse = || -> Option<(u64, u64, f64)> {
        let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
        let (minutes, rest) = rest.split_once('M')?;
        let seconds = rest.strip_suffix('S')?;
        Some((hours.parse().ok()?, minutes.parse().ok()?, seconds.parse().ok()?))
    };
    match parse() {
        Some((hours, minutes, seconds)) => {
            let _ = write!(out, "{hours:02}:{minutes:02}:{:02}", seconds.floor());
        }
        None => out.push_str(text),
    }
}

/// Appends a cell of an XLSX sheet.
pub(crate) fn write_ref(out: &mut String, value: &DataRef<'_>, face: Face) {
    match value {
        DataRef::Int(n) => {
            let _ = write!(out, "{n}");
        }
        DataRef::Float(n) => write_number(out, *n),
        DataRef::String(text) | DataRef::DateTimeIso(text) => out.push_str(text),
        DataRef::SharedString(text) => out.push_str(text),
        DataRef::Bool(truth) => out.push_str(if *truth { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(value) => write_date_time(out, value, face),
        DataRef::DurationIso(text) => write_iso_duration(out, text),
        DataRef::Error(error) => {
            let _ = write!(out, "{error}");
        }
        DataRef::Empty => {}
    }
}

/// Appends a cell of an XLS or ODS sheet.
pub(crate) fn write_data(out: &mut String, value: &Data) {
    match value {
        Data::Int(n) => {
            let _ = write!(out, "{n}");
        }
        Data::Float(n) => write_number(out, *n),
        Data::String(text) | Data::DateTimeIso(text) => out.push_str(text),
        Data::Bool(truth) => out.push_str(if *truth { "TRUE" } else { "FALSE" }),
        Data::DateTime(value) => write_date_time(out, value, Face::ByValue),
        Data::DurationIso(text) => write_iso_duration(out, text),
        Data::Error(error) => {
            let _ = write!(out, "{error}");
        }
        Data::Empty => {}
    }
}
