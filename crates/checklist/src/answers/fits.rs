//! Whether an answer is one that its kind of question can have.

use super::{AnswerCode, Given, Place};
use crate::model::{Checklist, Kind};
use jiff::civil::{Date, Time};

/// Whole answers: what every program that reads XForms can hold.
const WHOLE: u64 = 999_999_999;
/// Characters of a text.
const CHARACTERS: usize = 10_000;
/// Points of a line or an area.
pub(crate) const POINTS: usize = 5_000;
/// Characters of a file's name.
const FILE_NAME: usize = 200;

/// What is wrong with an answer, and the part of it that it is about.
pub(crate) fn fault(checklist: &Checklist, kind: &Kind, given: &Given) -> Option<(AnswerCode, String)> {
    let wrong = |code, what: &str| Some((code, what.chars().take(60).collect::<String>()));
    match (kind, given) {
        (Kind::Count, Given::Whole(number)) => {
            if number.unsigned_abs() > WHOLE {
                wrong(AnswerCode::OutOfRange, &number.to_string())
            } else {
                None
            }
        }
        (Kind::Number, Given::Whole(number)) => {
            if number.unsigned_abs() >= 1 << 53 {
                wrong(AnswerCode::OutOfRange, &number.to_string())
            } else {
                None
            }
        }
        (Kind::Number, Given::Number(number)) => {
            if number.is_finite() {
                None
            } else {
                wrong(AnswerCode::OutOfRange, &number.to_string())
            }
        }
        (Kind::Text, Given::Text(text)) => {
            if text.chars().count() > CHARACTERS {
                wrong(AnswerCode::TooLong, text)
            } else {
                None
            }
        }
        (Kind::Conforms { .. } | Kind::Grade { .. } | Kind::OneOf { .. }, Given::Text(text)) => {
            if is_choice(checklist, kind, text) { None } else { wrong(AnswerCode::UnknownChoice, text) }
        }
        (Kind::ManyOf { .. }, Given::List(list)) => list.iter().enumerate().find_map(|(at, chosen)| {
            if !is_choice(checklist, kind, chosen) {
                wrong(AnswerCode::UnknownChoice, chosen)
            } else if list.iter().take(at).any(|before| before == chosen) {
                wrong(AnswerCode::ChoiceTwice, chosen)
            } else {
                None
            }
        }),
        (Kind::Date, Given::Text(text)) => {
            if is_date(text) {
                None
            } else {
                wrong(AnswerCode::BadDate, text)
            }
        }
        (Kind::Time, Given::Text(text)) => {
            if is_time(text) {
                None
            } else {
                wrong(AnswerCode::BadTime, text)
            }
        }
        (Kind::Place, Given::Place(place)) => {
            if on_globe(place) {
                None
            } else {
                wrong(AnswerCode::BadPlace, "")
            }
        }
        (Kind::Line | Kind::Area, Given::Places(places)) => {
            let least = if *kind == Kind::Line { 2 } else { 3 };
            if !places.iter().all(on_globe) {
                wrong(AnswerCode::BadPlace, "")
            } else if places.len() < least {
                wrong(AnswerCode::TooFewPoints, &places.len().to_string())
            } else if places.len() > POINTS {
                wrong(AnswerCode::TooManyPoints, &places.len().to_string())
            } else {
                None
            }
        }
        (Kind::Photo { most }, Given::List(files)) => {
            if let Some(bad) = files.iter().find(|file| !is_file_name(file)) {
                wrong(AnswerCode::BadFileName, bad)
            } else if files.len() > usize::try_from(*most).unwrap_or(usize::MAX) {
                wrong(AnswerCode::TooManyFiles, &files.len().to_string())
            } else {
                None
            }
        }
        (Kind::Audio, Given::Text(file)) => {
            if is_file_name(file) {
                None
            } else {
                wrong(AnswerCode::BadFileName, file)
            }
        }
        _ => wrong(AnswerCode::WrongKind, ""),
    }
}

fn is_choice(checklist: &Checklist, kind: &Kind, text: &str) -> bool {
    checklist.choices(kind).unwrap_or_default().iter().any(|choice| choice.name == text)
}

/// `2026-11-30`, as it is stored.
pub(crate) fn is_date(text: &str) -> bool {
    text.parse::<Date>().is_ok_and(|date| date.to_string() == text)
}

/// `14:05:00`, as it is stored.
pub(crate) fn is_time(text: &str) -> bool {
    text.parse::<Time>().is_ok_and(|time| time.to_string() == text)
}

/// A plain name: no folder can be left by it.
pub(crate) fn is_file_name(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= FILE_NAME
        && !text.starts_with('.')
        && !text.chars().any(|c| c.is_control() || matches!(c, '/' | '\\' | ':'))
}

fn on_globe(place: &Place) -> bool {
    let finite = |number: Option<f64>| number.is_none_or(f64::is_finite);
    place.lat.abs() <= 90.0 && place.lng.abs() <= 180.0 && finite(place.altitude) && finite(place.accuracy)
}
