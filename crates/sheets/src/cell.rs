//! Typed cells for writing, and reading them back from text.

use std::borrow::Cow;

use jiff::civil::{Date, DateTime};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Int,
    Real,
    Date,
    DateTime,
}

/// A column to write.
#[derive(Clone, Debug)]
pub struct Column {
    pub title: String,
    pub kind: Kind,
    /// Width in characters; without it, it follows the title and the first rows.
    pub width: Option<f64>,
}

impl Column {
    pub fn new(title: impl Into<String>, kind: Kind) -> Self {
        Self { title: title.into(), kind, width: None }
    }

    #[must_use]
    pub fn width(mut self, characters: f64) -> Self {
        self.width = Some(characters);
        self
    }
}

/// A value to write. `Empty` leaves the cell blank, whatever the column.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Cell<'a> {
    Text(Cow<'a, str>),
    Int(i64),
    Real(f64),
    Date(Date),
    /// Written to the second; what is finer is cut off.
    DateTime(DateTime),
    #[default]
    Empty,
}

impl Cell<'_> {
    /// Reads text that [`crate::Writer`] wrote back into a cell of this kind; `None` when it is not of the kind.
    pub fn parse(kind: Kind, text: &str) -> Option<Cell<'_>> {
        if text.is_empty() {
            return Some(Cell::Empty);
        }
        match kind {
            Kind::Text => Some(Cell::Text(Cow::Borrowed(text))),
            Kind::Int => text.parse().ok().map(Cell::Int),
            Kind::Real => text.parse().ok().map(Cell::Real),
            Kind::Date => text.parse().ok().map(Cell::Date),
            Kind::DateTime => text.parse().ok().map(Cell::DateTime),
        }
    }

    /// The text of the cell as CSV shows it.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Int(n) => Cow::Owned(n.to_string()),
            Self::Real(n) => Cow::Owned(n.to_string()),
            Self::Date(date) => Cow::Owned(date.to_string()),
            // with a blank between, which spreadsheets understand and the `T` of ISO 8601 they do not
            Self::DateTime(at) => Cow::Owned(format!("{} {}", at.date(), whole_seconds(*at).time())),
            Self::Empty => Cow::Borrowed(""),
        }
    }
}

/// Files hold times to the second: nobody measures finer, and other programs refuse or round what is.
pub(crate) fn whole_seconds(at: DateTime) -> DateTime {
    let time = at.time();
    at.date().at(time.hour(), time.minute(), time.second(), 0)
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<i64> for Cell<'_> {
    fn from(n: i64) -> Self {
        Self::Int(n)
    }
}

impl From<f64> for Cell<'_> {
    fn from(n: f64) -> Self {
        Self::Real(n)
    }
}

impl From<Date> for Cell<'_> {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<DateTime> for Cell<'_> {
    fn from(at: DateTime) -> Self {
        Self::DateTime(at)
    }
}

/// `None` is a blank cell.
impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}
