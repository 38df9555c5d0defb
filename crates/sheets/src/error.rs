//! What can be wrong with a whole file, and how large a file may be.

use std::io;

/// How much one file may ask of us. The defaults fit a city's largest register on a small server.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Size of the file as it was sent.
    pub bytes: u64,
    /// Size of everything inside an XLSX or ODS archive, unpacked.
    pub unpacked: u64,
    /// Size of a file that has to be held in memory whole: GeoJSON and JSON arrays.
    pub whole: u64,
    /// Data rows.
    pub rows: u64,
    /// Columns.
    pub columns: usize,
    /// Bytes of text in one cell.
    pub cell: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 256 << 20,
            unpacked: 1 << 30,
            whole: 64 << 20,
            rows: 2_000_000,
            columns: 1_024,
            cell: 256 << 10,
        }
    }
}

/// Why a file as a whole cannot be read or written. Faults of single rows are in [`crate::Report`] instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    #[error("the file cannot be read or written: {0}")]
    Io(#[from] io::Error),
    #[error("the file is empty")]
    Empty,
    #[error("this is {0}, not a table: save it as .xlsx or .csv")]
    NotATable(&'static str),
    #[error("the workbook is protected by a password: remove it and send the file again")]
    Encrypted,
    #[error("the file is damaged: {0}")]
    Damaged(String),
    #[error("the file is larger than {limit} bytes")]
    TooLarge { limit: u64 },
    #[error("unpacked, the file is larger than {limit} bytes")]
    UnpacksTooLarge { limit: u64 },
    #[error("the file has more than {limit} rows")]
    TooManyRows { limit: u64 },
    #[error("row {row} has more than {limit} columns")]
    TooManyColumns { row: u64, limit: usize },
    #[error(
        "row {row}, column {column}: the text is longer than {limit} bytes (a quotation mark left open?)"
    )]
    CellTooLong { row: u64, column: usize, limit: usize },
    #[error("there is no sheet named {wanted}; the sheets are: {}", available.join(", "))]
    NoSuchSheet { wanted: String, available: Vec<String> },
    #[error("the mapping is wrong: {0}")]
    Mapping(String),
}

impl Error {
    /// A stable word for programs and translations.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io(_) => "io",
            Self::Empty => "empty",
            Self::NotATable(_) => "not_a_table",
            Self::Encrypted => "encrypted",
            Self::Damaged(_) => "damaged",
            Self::TooLarge { .. } => "too_large",
            Self::UnpacksTooLarge { .. } => "unpacks_too_large",
            Self::TooManyRows { .. } => "too_many_rows",
            Self::TooManyColumns { .. } => "too_many_columns",
            Self::CellTooLong { .. } => "cell_too_long",
            Self::NoSuchSheet { .. } => "no_such_sheet",
            Self::Mapping(_) => "mapping",
        }
    }

    pub(crate) fn damaged(cause: impl std::fmt::Display) -> Self {
        Self::Damaged(cause.to_string())
    }
}
