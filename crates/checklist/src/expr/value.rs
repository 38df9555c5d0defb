//! Values of expressions, and how one kind is taken for another: as XPath 1.0 does, with dates as ODK's programs have them.

use jiff::civil::{Date, date};
use kernel::time::days_since_epoch;

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Scalar {
    /// An answer that is not there is the empty text.
    Text(String),
    Number(f64),
    Truth(bool),
    /// Days since 1970.
    Date(i64),
}

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    One(Scalar),
    /// Answers of a question, one for every time it is asked.
    Nodes(Vec<Scalar>),
}

const EPOCH: Date = date(1970, 1, 1);

pub(crate) fn days_of(date: Date) -> i64 {
    i64::from(days_since_epoch(date))
}

pub(crate) fn date_of_days(days: i64) -> Option<Date> {
    EPOCH.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

impl Scalar {
    pub(crate) fn nothing() -> Self {
        Self::Text(String::new())
    }

    pub(crate) fn truth(&self) -> bool {
        match self {
            Self::Text(text) => !text.is_empty(),
            Self::Number(number) => *number != 0.0 && !number.is_nan(),
            Self::Truth(truth) => *truth,
            Self::Date(_) => true,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "days of the calendar are far below 2^53")]
    pub(crate) fn number(&self) -> f64 {
        match self {
            Self::Text(text) => number_of(text),
            Self::Number(number) => *number,
            Self::Truth(truth) => f64::from(u8::from(*truth)),
            Self::Date(days) => *days as f64,
        }
    }

    pub(crate) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => text_of(*number),
            Self::Truth(truth) => truth.to_string(),
            Self::Date(days) => date_of_days(*days).map(|date| date.to_string()).unwrap_or_default(),
        }
    }

    pub(crate) fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Truth(_), _) | (_, Self::Truth(_)) => self.truth() == other.truth(),
            #[expect(clippy::float_cmp, reason = "XPath compares numbers exactly")]
            (Self::Number(_), _) | (_, Self::Number(_)) => self.number() == other.number(),
            _ => self.text() == other.text(),
        }
    }
}

impl Value {
    /// The value itself, or the first of many.
    pub(crate) fn one(self) -> Scalar {
        match self {
            Self::One(scalar) => scalar,
            Self::Nodes(nodes) => nodes.into_iter().next().unwrap_or_else(Scalar::nothing),
        }
    }

    pub(crate) fn all(self) -> Vec<Scalar> {
        match self {
            Self::One(scalar) => vec![scalar],
            Self::Nodes(nodes) => nodes,
        }
    }
}

/// XPath's `number()` of a text: digits with a point and a minus, space around them; anything else is no number.
fn number_of(text: &str) -> f64 {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if plain { text.parse().unwrap_or(f64::NAN) } else { f64::NAN }
}

/// XPath's `string()` of a number.
pub(crate) fn text_of(number: f64) -> String {
    if number == 0.0 {
        "0".to_owned()
    } else if number.is_infinite() {
        if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()
    } else {
        // no exponents, the fewest digits that give the number back
        number.to_string()
    }
}
