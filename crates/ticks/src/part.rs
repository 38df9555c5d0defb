//! A part of the sheet, straight: for people who read what is written there.

use crate::marks::Placed;
use crate::picture::Gray;
use crate::{Area, Point};

/// Longest side of a part, in pixels.
const LONGEST: f64 = 2000.0;

/// The area as it would look from straight above, with so many pixels to a millimetre; white where the picture ends.
pub fn part(picture: &Gray, placed: &Placed, area: Area, per_mm: f64) -> Gray {
    let fits = LONGEST / area.width.max(area.height).max(1.0);
    let per_mm = per_mm.min(fits).max(0.5);
    let (width, height) = ((area.width * per_mm) as usize, (area.height * per_mm) as usize);
    Gray::new(width.max(8), height.max(8), |x, y| {
        let at = Point { x: area.x + (x as f64 + 0.5) / per_mm, y: area.y + (y as f64 + 0.5) / per_mm };
        picture.at(placed.warp.at(at)).map_or(255, |v| v.round() as u8)
    })
}
