//! The account of a reading: every row that was changed or refused, with the reason. None is lost silently.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One remark about one field of one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The row as a person counts in the file; the header is row 1.
    pub row: u64,
    /// The field's name; `*` for the row as a whole.
    pub field: String,
    /// A code, usually a [`Reason`].
    pub reason: String,
    /// What may be meant, likest first, where something was not recognised.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nearest: Vec<String>,
}

/// What became of the rows. Always `read = accepted + refused_rows()`.
///
/// Rows are to be reported in the order of reading: a row refused for several fields counts once because its remarks
/// stand together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Data rows seen, blank ones excepted.
    pub read: u64,
    /// Rows that went in, repaired or not.
    pub accepted: u64,
    /// What was changed in accepted rows.
    pub repaired: Vec<Remark>,
    /// Why the other rows stayed out.
    pub refused: Vec<Remark>,
    /// What stands in accepted rows and was passed over because something surer said the same: nothing was changed, but
    /// somebody may want to look.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub noted: Vec<Remark>,
}

impl Report {
    /// Counts a row that goes in, with what was repaired in it.
    pub fn accept(&mut self, repairs: impl IntoIterator<Item = Remark>) {
        self.read += 1;
        self.accepted += 1;
        self.repaired.extend(repairs);
    }

    /// Adds to what was passed over in rows that go in.
    pub fn note(&mut self, remarks: impl IntoIterator<Item = Remark>) {
        self.noted.extend(remarks);
    }

    /// Counts a row that stays out. Without a cause the row itself is named.
    pub fn refuse(&mut self, row: u64, causes: impl IntoIterator<Item = Remark>) {
        self.read += 1;
        let before = self.refused.len();
        self.refused.extend(causes);
        if self.refused.len() == before {
            self.refused.push(Remark::new(row, WHOLE_ROW, Reason::Refused));
        }
    }

    /// How many rows were refused, however many fields each was refused for.
    pub fn refused_rows(&self) -> u64 {
        self.read - self.accepted
    }
}

/// The field name of a remark about a whole row.
pub const WHOLE_ROW: &str = "*";

impl Remark {
    pub fn new(row: u64, field: impl Into<String>, reason: impl fmt::Display) -> Self {
        Self { row, field: field.into(), reason: reason.to_string(), nearest: Vec::new() }
    }

    /// With what may be meant.
    #[must_use]
    pub fn nearest(self, nearest: Vec<String>) -> Self {
        Self { nearest, ..self }
    }
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident $code:literal,)*) => {
        /// The common reasons; [`fmt::Display`] gives the stable code that goes into a [`Remark`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Reason { $($(#[$doc])* $name,)* }

        impl Reason {
            /// Every reason, for translations and tests.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

reasons! {
    /// A required value is missing.
    Blank "blank",
    /// Not a number.
    NotANumber "not_a_number",
    /// A number with a fraction where a whole one is wanted.
    NotAnInteger "not_an_integer",
    /// Not a date or time in any of the formats given.
    NotADate "not_a_date",
    /// A spreadsheet's zero day: the cell was empty or zero and was formatted as a date.
    Year1900 "year_1900",
    /// Longitude and latitude are both nought.
    Position00 "position_0_0",
    /// The position lies outside what was allowed.
    PositionOutside "position_outside",
    /// One of longitude and latitude is missing.
    PositionHalf "position_half",
    /// The later instant lies before the earlier one.
    ClosingBeforeOpening "closing_before_opening",
    /// The same identifier stood in an earlier row.
    DuplicateId "duplicate_id",
    /// Longer than allowed; when repaired, it was cut.
    TooLong "too_long",
    /// The value is not in the table of values; when repaired, the default was taken.
    UnknownValue "unknown_value",
    /// The file has no such column.
    MissingColumn "missing_column",
    /// The row has more cells than the header; the surplus is in `Row::extra`.
    TooManyCells "too_many_cells",
    /// The row has fewer cells than the header.
    TooFewCells "too_few_cells",
    /// Some bytes were not text in the file's encoding and were replaced.
    Undecodable "undecodable",
    /// A JSON line or item that is no object.
    NotAnObject "not_an_object",
    /// A geometry that is not GeoJSON.
    BadGeometry "bad_geometry",
    /// No further reason was given.
    Refused "refused",
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl From<Reason> for String {
    fn from(reason: Reason) -> Self {
        reason.code().to_owned()
    }
}
