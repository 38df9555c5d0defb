//! Official documents as DOCX and PDF, from one description, in the layout of GB/T 9704.
//!
//! A [`Document`] says what stands in it: title, number, addressee, paragraphs, numbered items, tables, signature, annexes, a
//! code to scan. [`render`] makes it a file: PDF with selectable text and the glyphs that are used, from the fonts of the machine
//! ([`fonts`]), or DOCX that people go on working with. Letters are the first users; certificates, minutes, reports and lists
//! of names are made the same way.
//!
//! [`signs`] are not letters: they stand at fixed places and are cut apart. Forms that people fill in by hand are [`fixed`] pages.
//!
//! Read in this order: [`document`], `pdf::layout` (the measures), `pdf::lines` (where lines end), `pdf::flow` (where pages
//! end), `docx`.

pub mod document;
mod docx;
mod fixed;
pub mod fonts;
mod pdf;
mod signs;

pub use document::{Annex, Block, Closing, Code, Document, Level, Table};
pub use fixed::{Face, Fixed, fixed};
pub use fonts::Fonts;
pub use signs::{Sheet, Sign, signs};

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

/// Makes the document with the fonts of this machine; see [`Fonts::shared`].
pub fn render(document: &Document, format: Format) -> Result<Vec<u8>, Error> {
    render_with(Fonts::shared(&[]), document, format)
}

/// Makes the document with these fonts.
pub fn render_with(fonts: &Fonts, document: &Document, format: Format) -> Result<Vec<u8>, Error> {
    match format {
        Format::Pdf => pdf::render(fonts, document),
        Format::Docx => docx::render(document),
    }
}
