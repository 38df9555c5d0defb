//! Numbers the country gives to people and organisations, checked when they are read.
//!
//! Each type is proof that its checks passed; the text inside is the normal form. [`IdNumber`] and [`Phone`] do not
//! print themselves: `Debug` is masked and there is no `Display`, so that a log line cannot leak one.

mod credit_code;
mod id_number;
mod phone;
mod plate;

pub use credit_code::CreditCode;
pub use id_number::{IdNumber, Sex};
pub use phone::Phone;
pub use plate::plates;

pub(crate) use id_number::birth;
pub(crate) use phone::{is_mobile, landline_area};

use std::fmt;

/// The first check that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentifierError {
    /// So many characters instead of the right number.
    Length { found: usize },
    /// A character which may not stand at this position (counted from 1).
    Letter { position: usize, found: char },
    /// The last character contradicts the others; a slip of the pen.
    CheckDigit { expected: char },
    /// The birth date does not exist.
    Date,
    /// The organisation code inside a credit code fails its own check (GB 11714).
    OrganisationCode { expected: char },
}

impl IdentifierError {
    /// Stable code, for messages in the reader's language.
    pub fn code(self) -> &'static str {
        match self {
            Self::Length { .. } => "identifier.length",
            Self::Letter { .. } => "identifier.letter",
            Self::CheckDigit { .. } => "identifier.check_digit",
            Self::Date => "identifier.date",
            Self::OrganisationCode { .. } => "identifier.organisation_code",
        }
    }
}

impl fmt::Display for IdentifierError {
    // the expected character is not said: it would help in making numbers up, and it is part of one
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { found } => write!(f, "wrong length: {found} characters"),
            Self::Letter { position, found } => write!(f, "{found:?} cannot stand at position {position}"),
            Self::CheckDigit { .. } => f.write_str("the check digit does not fit"),
            Self::Date => f.write_str("the birth date does not exist"),
            Self::OrganisationCode { .. } => f.write_str("the organisation code's check digit does not fit"),
        }
    }
}

impl std::error::Error for IdentifierError {}

/// Trimmed, full-width characters narrowed, letters upper-case.
fn tidy(text: &str) -> String {
    text.trim().chars().map(|c| narrow(c).to_ascii_uppercase()).collect()
}

/// The ASCII twin of a full-width character; others unchanged.
pub(crate) fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

fn expect_length(text: &str, wanted: usize) -> Result<(), IdentifierError> {
    let found = text.chars().count();
    if found == wanted { Ok(()) } else { Err(IdentifierError::Length { found }) }
}

fn expect_digits(text: impl Iterator<Item = char>) -> Result<(), IdentifierError> {
    match text.enumerate().find(|(_, c)| !c.is_ascii_digit()) {
        Some((index, found)) => Err(IdentifierError::Letter { position: index + 1, found }),
        None => Ok(()),
    }
}

macro_rules! text_conversions {
    ($($name:ident),*) => {$(
        impl TryFrom<String> for $name {
            type Error = IdentifierError;
            fn try_from(text: String) -> Result<Self, IdentifierError> {
                Self::parse(&text)
            }
        }
        impl std::str::FromStr for $name {
            type Err = IdentifierError;
            fn from_str(text: &str) -> Result<Self, IdentifierError> {
                Self::parse(text)
            }
        }
        impl From<$name> for String {
            fn from(number: $name) -> String {
                number.as_str().to_owned()
            }
        }
    )*};
}
text_conversions!(CreditCode, IdNumber, Phone);
