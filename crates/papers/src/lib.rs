//! Official documents as DOCX and PDF, from one description.

pub mod document;

pub use document::{Annex, Block, Closing, Code, Document, Level, Table};

/// The kinds of file that a document is made as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Pdf,
    Docx,
}

impl Format {
    pub const ALL: [Format; 2] = [Format::Docx, Format::Pdf];

    /// Also how it is filed.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Docx => "docx",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Format::Pdf => "application/pdf",
            Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }
}

/// Why a paper could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No font with Chinese characters was found in these places.
    #[error("no font with Chinese characters in {0}")]
    NoFont(String),
    #[error("font {0}: {1}")]
    BadFont(String, String),
    #[error("{0}")]
    Writing(String),
}

pub fn render(document: &Document, _format: Format) -> Result<Vec<u8>, Error> {
    let _ = document;
    Err(Error::Writing("later".into()))
}
