//! Dates and times as people and programs write them.

use jiff::civil::{self, DateTime};
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::Offset;
use kernel::time::Instant;

/// One way to write a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `2008-07-01T15:49:47+00:00`, also with a blank instead of the T.
    Rfc3339,
    /// `2008-07-01T15:49:47` or `2008-07-01`, also with a blank.
    Iso,
    /// After strptime.
    Pattern(String),
}

/// What is tried when a mapping names no format. Day and month first are never guessed.
const USUAL: [&str; 12] = [
    "rfc3339",
    "iso",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d",
    "%Y年%m月%d日 %H:%M:%S",
    "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日%H时%M分",
    "%Y年%m月%d日",
    "%Y.%m.%d",
    "%Y%m%d",
];

/// A time as written: with its offset or without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) at: DateTime,
    pub(super) offset: Option<Offset>,
}

impl Form {
    pub(super) fn list(formats: &[String]) -> Vec<Self> {
        let one = |format: &str| match format {
            "rfc3339" => Self::Rfc3339,
            "iso" => Self::Iso,
            pattern => Self::Pattern(pattern.to_owned()),
        };
        if formats.is_empty() {
            USUAL.iter().map(|format| one(format)).collect()
        } else {
            formats.iter().map(|format| one(format)).collect()
        }
    }

    fn parse(&self, text: &str) -> Option<Written> {
        match self {
            Self::Rfc3339 => {
                // the instant alone would forget which offset it was written with
                let pieces = jiff::fmt::temporal::Pieces::parse(text).ok()?;
                let offset = pieces.to_numeric_offset()?;
                Some(Written { at: pieces.date().to_datetime(pieces.time()?), offset: Some(offset) })
            }
            Self::Iso => {
                let pieces = jiff::fmt::temporal::Pieces::parse(text).ok()?;
                if pieces.to_numeric_offset().is_some() {
                    return None;
                }
                Some(Written {
                    at: pieces.date().to_datetime(pieces.time().unwrap_or(civil::Time::midnight())),
                    offset: None,
                })
            }
            Self::Pattern(pattern) => {
                let parsed = BrokenDownTime::parse(pattern, text).ok()?;
                let time = match parsed.to_time() {
                    Ok(time) => time,
                    // no clock in the pattern
                    Err(_) if parsed.hour().is_none() => civil::Time::midnight(),
                    Err(_) => return None,
                };
                Some(Written { at: parsed.to_date().ok()?.to_datetime(time), offset: parsed.offset() })
            }
        }
    }
}

/// The first form that fits.
pub(super) fn parse(forms: &[Form], text: &str) -> Option<Written> {
    forms.iter().find_map(|form| form.parse(text))
}

/// The instant at which clocks `offset` from UTC show the time, unless it carries its own offset.
pub(super) fn instant(written: Written, offset: Offset) -> Option<Instant> {
    let timestamp = written.offset.unwrap_or(offset).to_timestamp(written.at).ok()?;
    Some(Instant(timestamp.as_microsecond()))
}

/// `+08:00`, `-05:00`, `Z`.
pub(super) fn offset(text: &str) -> Option<Offset> {
    if text.eq_ignore_ascii_case("z") {
        return Some(Offset::UTC);
    }
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = digits.split_once(':').unwrap_or((digits, "0"));
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    if !(0..60).contains(&minutes) || !(0..=25).contains(&hours) {
        return None;
    }
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}
