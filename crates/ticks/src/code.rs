//! Square codes in a picture, at any angle.

use crate::geometry::Point;
use crate::picture::Gray;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A code that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    pub text: String,
    /// Its corners in the picture, in pixels: upper left, upper right, lower right, lower left, as the code itself stands.
    pub corners: [Point; 4],
}

/// Longest side at which a picture is looked at: larger ones are no easier to read.
const LOOKED_AT: usize = 2600;

/// The codes in a picture. It is looked at as it is; where that finds nothing, smaller, which takes noise away, and larger.
pub fn codes(picture: &Gray) -> Vec<Code> {
    let longest = picture.width.max(picture.height);
    let first = longest.div_ceil(LOOKED_AT).max(1);
    for by in [first, first * 2, first * 3] {
        let smaller = picture.smaller(by);
        let found = looked(&smaller, by as f64);
        if !found.is_empty() {
            return found;
        }
    }
    if longest <= LOOKED_AT { looked(&picture.larger(), 0.5) } else { Vec::new() }
}

/// `scale`: how many pixels of the whole picture one of this is.
fn looked(picture: &Gray, scale: f64) -> Vec<Code> {
    // a reader made by others, fed with strangers' pictures: where it panics, there is no code
    let read = AssertUnwindSafe(|| {
        let mut prepared =
            rqrr::PreparedImage::prepare_from_greyscale(picture.width, picture.height, |x, y| {
                picture.get(x, y)
            });
        let mut found = Vec::new();
        for grid in prepared.detect_grids() {
            let Ok((_, text)) = grid.decode() else { continue };
            #[expect(clippy::cast_lossless, reason = "whatever whole number the reader counts pixels in")]
            let corner =
                |n: usize| Point { x: grid.bounds[n].x as f64 * scale, y: grid.bounds[n].y as f64 * scale };
            found.push(Code { text, corners: [corner(0), corner(1), corner(2), corner(3)] });
        }
        found
    });
    catch_unwind(read).unwrap_or_default()
}
