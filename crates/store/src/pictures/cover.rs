//! Takes parts out of a picture for good: their pixels are replaced before the new picture is written, so that nothing of
//! them is left in it.

use super::{PictureFault, encode};
use image::{ImageFormat, RgbImage};

/// How a part is taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverKind {
    /// One flat black: nothing at all is left. For number plates and papers.
    Black,
    /// Coarse squares of one colour each, at most [`BLOCKS`] along the longer side: that somebody stood there can still be
    /// seen, not who. Not for writing, which can be guessed from its squares.
    Pixels,
}

/// A rectangle, in ten-thousandths of the picture's width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
    pub kind: CoverKind,
}

/// What [`Area`]s are measured in: parts of the whole side.
pub const WHOLE: u32 = 10_000;

/// Squares along the longer side of what is made coarse, and the least side of a square in pixels.
const BLOCKS: u32 = 6;
const LEAST: u32 = 16;
/// The new picture is written once more, smaller, by whoever takes it in: this pass should not be seen.
const QUALITY: u8 = 92;

/// The picture as JPEG without these parts. The bytes are a JPEG that this program has made.
///
/// # Errors
/// [`PictureFault::Damaged`] where they are not.
pub fn cover(jpeg: &[u8], areas: &[Area]) -> Result<Vec<u8>, PictureFault> {
    let decoded = image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg);
    let mut picture = decoded.map_err(|_| PictureFault::Damaged)?.into_rgb8();
    for area in areas {
        take_out(&mut picture, *area);
    }
    Ok(encode(&picture, QUALITY)?.jpeg)
}

/// From which pixel to which; whole pixels that the area touches.
fn span(from: u32, length: u32, side: u32) -> (u32, u32) {
    let (side_long, whole) = (u64::from(side), u64::from(WHOLE));
    let start = u64::from(from) * side_long / whole;
    let end = ((u64::from(from) + u64::from(length)) * side_long).div_ceil(whole);
    let narrow = |n: u64| u32::try_from(n).unwrap_or(side).min(side);
    (narrow(start), narrow(end))
}

fn take_out(picture: &mut RgbImage, area: Area) {
    let (left, right) = span(area.x, area.width, picture.width());
    let (top, bottom) = span(area.y, area.height, picture.height());
    let block = match area.kind {
        CoverKind::Black => {
            fill(picture, (left, right), (top, bottom), [0; 3]);
            return;
        }
        CoverKind::Pixels => (right - left).max(bottom - top).div_ceil(BLOCKS).max(LEAST),
    };
    let mut y = top;
    while y < bottom {
        let below = (y + block).min(bottom);
        let mut x = left;
        while x < right {
            let beside = (x + block).min(right);
            let mean = mean(picture, (x, beside), (y, below));
            fill(picture, (x, beside), (y, below), mean);
            x = beside;
        }
        y = below;
    }
}

fn fill(picture: &mut RgbImage, (left, right): (u32, u32), (top, bottom): (u32, u32), colour: [u8; 3]) {
    for y in top..bottom {
        for x in left..right {
            picture.put_pixel(x, y, image::Rgb(colour));
        }
    }
}

fn mean(picture: &RgbImage, (left, right): (u32, u32), (top, bottom): (u32, u32)) -> [u8; 3] {
    let mut sums = [0_u64; 3];
    for y in top..bottom {
        for x in left..right {
            let pixel = picture.get_pixel(x, y);
            for (sum, byte) in sums.iter_mut().zip(pixel.0) {
                *sum += u64::from(byte);
            }
        }
    }
    let count = u64::from(right - left) * u64::from(bottom - top);
    sums.map(|sum| u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A chessboard of two strong colours: any of it that is left can be told.
    fn board() -> Vec<u8> {
        let picture = RgbImage::from_fn(400, 200, |x, y| {
            if (x / 4 + y / 4) % 2 == 0 { image::Rgb([250, 20, 20]) } else { image::Rgb([20, 20, 250]) }
        });
        encode(&picture, 95).unwrap().jpeg
    }

    fn covered(area: Area) -> RgbImage {
        image::load_from_memory(&cover(&board(), &[area]).unwrap()).unwrap().into_rgb8()
    }

    /// The largest difference between two neighbours along a row.
    fn contrast(picture: &RgbImage, y: u32, from: u32, to: u32) -> i32 {
        let red = |x: u32| i32::from(picture.get_pixel(x, y).0[0]);
        (from..to - 1).map(|x| (red(x) - red(x + 1)).abs()).max().unwrap()
    }

    #[test]
    fn what_is_blackened_is_black_and_the_rest_is_as_it_was() {
        let area = Area { x: 2500, y: 2500, width: 2500, height: 5000, kind: CoverKind::Black };
        let picture = covered(area);
        // away from the edge, where the compression mixes eight pixels
        for (x, y) in [(110, 60), (150, 100), (190, 140)] {
            assert!(picture.get_pixel(x, y).0.iter().all(|byte| *byte < 12), "{:?}", picture.get_pixel(x, y));
        }
        assert!(contrast(&picture, 100, 240, 300) > 100, "outside it the board is still there");
    }

    #[test]
    fn of_what_is_made_coarse_nothing_fine_is_left() {
        let area = Area { x: 2500, y: 2500, width: 5000, height: 5000, kind: CoverKind::Pixels };
        let picture = covered(area);
        assert!(contrast(&picture, 100, 112, 288) < 30);
        assert!(contrast(&picture, 20, 112, 288) > 100);
    }

    #[test]
    fn areas_that_reach_beyond_the_picture_end_with_it() {
        let area = Area { x: 9000, y: 9000, width: 5000, height: 5000, kind: CoverKind::Black };
        assert!(covered(area).get_pixel(395, 195).0.iter().all(|byte| *byte < 12));
        let none = Area { x: 10_000, y: 10_000, width: 0, height: 0, kind: CoverKind::Pixels };
        assert_eq!(covered(none).dimensions(), (400, 200));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        assert_eq!(cover(b"no picture", &[]), Err(PictureFault::Damaged));
    }
}
