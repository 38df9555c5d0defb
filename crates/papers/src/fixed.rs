//! Pages on which everything stands at a fixed place: forms that people fill in by hand and a program reads again.

use crate::Error;
use crate::fonts::Fonts;
use crate::pdf;

/// In which letters a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    Text,
    Heading,
}

/// Something at a fixed place. Lengths are millimetres from the upper left corner of the page, sizes of letters points.
#[derive(Clone, Debug, PartialEq)]
pub enum Fixed {
    /// One line, set smaller where it would be wider than `room`.
    Line { x: f64, baseline: f64, size: f64, room: f64, face: Face, text: String },
    /// Several lines of at most `room`, `pitch` from each other; what does not fit into `most` lines is set smaller.
    Lines { x: f64, baseline: f64, size: f64, pitch: f64, room: f64, most: usize, text: String },
    /// An outlined rectangle; the line lies inside it.
    Frame { x: f64, y: f64, width: f64, height: f64, line: f64 },
    /// A filled black rectangle.
    Block { x: f64, y: f64, width: f64, height: f64 },
    /// A line along which something is cut.
    Cut { x: f64, y: f64, width: f64 },
    /// A square code without the free space around it. A quarter of it may be dirty and it still reads.
    Code { x: f64, y: f64, side: f64, text: String },
}

/// The pages as one PDF. `size`: of a page. `title`: of the file.
///
/// # Errors
/// Where no font has Chinese characters, or a code's text is too long.
pub fn fixed(fonts: &Fonts, title: &str, size: (f64, f64), pages: &[Vec<Fixed>]) -> Result<Vec<u8>, Error> {
    pdf::fixed(fonts, title, size, pages)
}
