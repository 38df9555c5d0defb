//! What a picture's camera and an inspector's telephone say of place and time, beside the point and the record: figures to know, never
//! a verdict, and no tracks.

use crate::model::Record;
use ::store::files::StoredFile;
use kernel::coords::Point;
use kernel::geometry::distance_m;
use kernel::time::Instant;

/// How far something lies from the point, and how long from when the record was made.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gap {
    /// Whole metres from the point.
    pub metres: Option<i64>,
    /// Whole minutes outside of the time in which the record was filled in; 0 within it.
    pub minutes: Option<i64>,
}

/// From here on a gap is shown as one to look at. A point may be a whole market, and telephones err by some dozens of metres.
const FAR: i64 = 300;
const LONG: i64 = 60;

impl Gap {
    pub fn is_wide(&self) -> bool {
        self.metres.is_some_and(|m| m > FAR) || self.minutes.is_some_and(|m| m > LONG)
    }

    pub fn is_known(&self) -> bool {
        self.metres.is_some() || self.minutes.is_some()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "distances on the globe are far below 2^53 metres")]
fn metres(from: Point, to: Point) -> i64 {
    distance_m(from, to).round() as i64
}

/// What a camera wrote: `2026-03-09T09:30:00` in local time, or with its offset.
fn taken(text: &str) -> Option<Instant> {
    if let Some(at) = Instant::parse_rfc3339(text) {
        return Some(at);
    }
    text.get(..19)?.parse::<jiff::civil::DateTime>().ok().map(Instant::from_civil)
}

/// Of a picture.
pub fn of_picture(record: &Record, file: &StoredFile) -> Gap {
    let place = file.lng.zip(file.lat).and_then(|(lng, lat)| Point::checked(lng, lat));
    let minutes = file.taken_at.as_deref().and_then(taken).map(|at| {
        let until = record.ended_at.unwrap_or(record.started_at);
        if at < record.started_at {
            at.minutes_until(record.started_at)
        } else if at > until {
            until.minutes_until(at)
        } else {
            0
        }
    });
    Gap { metres: place.map(|place| metres(record.point(), place)), minutes }
}

/// Of where the inspector said they were.
pub fn of_record(record: &Record) -> Gap {
    Gap { metres: record.at().map(|at| metres(record.point(), at)), minutes: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cameras_write_time_in_two_ways() {
        let with = taken("2026-03-09T09:30:00+08:00").unwrap();
        assert_eq!(taken("2026-03-09T09:30:00"), Some(with));
        assert_eq!(taken("2026-03-09T01:30:00+00:00"), Some(with));
        assert_eq!(taken("gestern"), None);
        assert_eq!(taken("字字字字字字字字字"), None);
    }

    #[test]
    fn small_gaps_are_none_to_look_at() {
        assert!(!Gap { metres: Some(300), minutes: Some(60) }.is_wide());
        assert!(Gap { metres: Some(301), minutes: None }.is_wide());
        assert!(Gap { metres: None, minutes: Some(61) }.is_wide());
        assert!(!Gap::default().is_known());
    }
}
