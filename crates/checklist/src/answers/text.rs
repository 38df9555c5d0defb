//! Answers as texts: as they stand in a submission, and as a form of ours sends them.

use super::live::scalar_of;
use super::{AnswerCode, Answers, Given, Place, fits};
use crate::model::{Checklist, Item, Kind};
use jiff::civil::{Date, Time};

/// What was found, short enough to be told.
fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}

impl Given {
    /// As it is written in a submission; several files are not one text.
    pub fn written(&self, kind: &Kind) -> String {
        scalar_of(kind, self).text()
    }
}

impl Checklist {
    /// The answers that a new form begins with, outside of repeats, or those of a new row of a repeat.
    pub fn begin(&self, items: &[Item]) -> Answers {
        let mut begun = Answers::default();
        self.defaults(items, &mut begun);
        begun
    }

    fn defaults(&self, items: &[Item], begun: &mut Answers) {
        for item in items {
            match item {
                Item::Question(question) => match self.answer(&question.kind, &question.default) {
                    Ok(given) if !given.is_blank() => {
                        begun.given.insert(question.name.clone(), given);
                    }
                    _ => {}
                },
                Item::Section(section) => self.defaults(&section.items, begun),
                Item::Repeat(_) | Item::Note(_) => {}
            }
        }
    }

    /// An answer from its text; blank text is the blank answer.
    ///
    /// # Errors
    /// Why it is none that this kind of question can have, and what was found.
    pub fn answer(&self, kind: &Kind, text: &str) -> Result<Given, (AnswerCode, String)> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Given::Text(String::new()));
        }
        let wrong = |code| (code, shortened(text));
        let given = match kind {
            Kind::Count => Given::Whole(text.parse().map_err(|_| wrong(AnswerCode::WrongKind))?),
            Kind::Number => number(text).ok_or_else(|| wrong(AnswerCode::WrongKind))?,
            Kind::ManyOf { .. } | Kind::Photo { .. } => {
                Given::List(text.split_whitespace().map(str::to_owned).collect())
            }
            Kind::Date => {
                let day = text.get(..10).and_then(|day| day.parse::<Date>().ok());
                Given::Text(day.ok_or_else(|| wrong(AnswerCode::BadDate))?.to_string())
            }
            Kind::Time => {
                // with fractions of a second and an offset behind it, which a time of day has no use for
                let clock = text.get(..8).or(Some(text)).and_then(|clock| clock.parse::<Time>().ok());
                Given::Text(clock.ok_or_else(|| wrong(AnswerCode::BadTime))?.to_string())
            }
            Kind::Place => Given::Place(place(text).ok_or_else(|| wrong(AnswerCode::BadPlace))?),
            Kind::Line | Kind::Area => {
                let parts: Vec<&str> =
                    text.split(';').map(str::trim).filter(|part| !part.is_empty()).collect();
                if parts.len() > fits::POINTS + 1 {
                    return Err((AnswerCode::TooManyPoints, parts.len().to_string()));
                }
                let places: Option<Vec<Place>> = parts.into_iter().map(place).collect();
                let mut places = places.ok_or_else(|| wrong(AnswerCode::BadPlace))?;
                // an area's first corner stands there again at its end
                if *kind == Kind::Area && places.len() > 3 {
                    let same = |one: &Place, other: &Place| (one.lat, one.lng) == (other.lat, other.lng);
                    if places.first().zip(places.last()).is_some_and(|(first, last)| same(first, last)) {
                        places.pop();
                    }
                }
                Given::Places(places)
            }
            _ => Given::Text(text.to_owned()),
        };
        match fits::fault(self, kind, &given) {
            Some(fault) => Err(fault),
            None => Ok(given),
        }
    }
}

fn number(text: &str) -> Option<Given> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    if !plain {
        return None;
    }
    if let Ok(whole) = text.parse::<i64>() {
        return Some(Given::Whole(whole));
    }
    text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Given::Number)
}

/// Latitude and longitude, and where they are known altitude and accuracy.
fn place(text: &str) -> Option<Place> {
    let parts: Option<Vec<f64>> = text.split_whitespace().map(|part| part.parse::<f64>().ok()).collect();
    let parts = parts?;
    if !(2..=4).contains(&parts.len()) || parts.iter().any(|part| !part.is_finite()) {
        return None;
    }
    let (altitude, accuracy) = (parts.get(2).copied(), parts.get(3).copied());
    Some(Place { lat: *parts.first()?, lng: *parts.get(1)?, altitude, accuracy })
}
