//! Where a printed sheet lies in a picture of it, and which of its boxes are ticked: pure arithmetic.
//!
//! A sheet has a square code, a black square near each corner, and boxes ([`Plan`]). The code is found first ([`codes`]): it says
//! which sheet it is and which way up. From it follows about where the corners should be; the black squares nearest to there
//! that fit together say it exactly ([`place`]), whatever the angle and the perspective. Then the ink inside each box is
//! measured against the paper around it ([`measure`]), so that shade and faint printing do not matter. A box between empty and
//! ticked is [`Tick::Unsure`]: a person looks. Handwriting is not read; [`part`] cuts it out straight for people.
//!
//! How often this is right was measured; see `docs/paper.md`.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::many_single_char_names,
    reason = "pixels of pictures that are far smaller than any of these types; x, y and the letters of textbooks"
)]

mod code;
mod geometry;
mod marks;
mod measure;
mod part;
mod picture;
pub mod trial;

pub use code::{Code, codes};
pub use geometry::{Point, Warp};
pub use marks::{Fault, Placed, place};
pub use measure::{EMPTY_BELOW, Ink, TICKED_FROM, Tick, measure};
pub use part::part;
pub use picture::Gray;

/// A rectangle on the sheet, in millimetres from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Area {
    pub const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x, y, width, height }
    }

    /// Its corners: upper left, upper right, lower right, lower left.
    pub fn corners(self) -> [Point; 4] {
        let (right, below) = (self.x + self.width, self.y + self.height);
        [(self.x, self.y), (right, self.y), (right, below), (self.x, below)].map(|(x, y)| Point { x, y })
    }

    pub(crate) fn moved(self, dx: f64, dy: f64) -> Self {
        Self { x: self.x + dx, y: self.y + dy, ..self }
    }

    /// Smaller by so much on every side; larger where that is below 0.
    pub(crate) fn inside(self, by: f64) -> Self {
        Self::new(self.x + by, self.y + by, self.width - 2.0 * by, self.height - 2.0 * by)
    }
}

/// What is printed where, in millimetres.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub width: f64,
    pub height: f64,
    /// Middles of the corner marks: upper left, upper right, lower right, lower left.
    pub marks: [Point; 4],
    /// Side of a corner mark.
    pub mark_side: f64,
    /// The code without the free space around it.
    pub code: Area,
    /// Outer edges of the boxes.
    pub boxes: Vec<Area>,
    /// How wide the line of a box is.
    pub line: f64,
}
