//! How sharp a picture is: the variance of its Laplacian, pixel by pixel on its grey values. An edge that is in focus makes neighbours
//! differ; a blurred picture, or an empty wall, has hardly any. It is a hint for a reviewer and decides nothing.

use image::GrayImage;

/// Below this, people who look at a picture say that it is blurred. A wall or a sky may lie below it too, which is why a person looks.
pub const BLURRED: i64 = 60;

/// The longer side to which a picture is brought first, so that small and large ones are measured alike.
const SIDE: u32 = 1000;

/// The variance, rounded down; none for a picture without an inside, or bytes that are no picture.
pub fn of_bytes(bytes: &[u8]) -> Option<i64> {
    // decoders are other people's code: a panic in one is a picture that was not measured
    let decoded = std::panic::catch_unwind(|| image::load_from_memory(bytes).ok()).ok().flatten()?;
    let longest = decoded.width().max(decoded.height());
    let sized = if longest > SIDE { decoded.thumbnail(SIDE, SIDE) } else { decoded };
    variance(&sized.into_luma8())
}

/// See the module.
#[expect(clippy::cast_possible_truncation, reason = "at most 1020 squared")]
pub fn variance(picture: &GrayImage) -> Option<i64> {
    let (width, height) = picture.dimensions();
    if width < 3 || height < 3 {
        return None;
    }
    let at = |x: u32, y: u32| f64::from(picture.get_pixel(x, y).0[0]);
    let (mut count, mut sum, mut squares) = (0.0_f64, 0.0_f64, 0.0_f64);
    for y in 1..height - 1 {
        for x in 1..width - 1 {
            let edge = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4.0 * at(x, y);
            count += 1.0;
            sum += edge;
            squares += edge * edge;
        }
    }
    let mean = sum / count;
    Some((squares / count - mean * mean).max(0.0) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Luma;

    /// Squares of light and dark, as a street has them.
    fn street(side: u32, square: u32) -> GrayImage {
        GrayImage::from_fn(side, side, |x, y| {
            Luma([if (x / square + y / square).is_multiple_of(2) { 200 } else { 60 }])
        })
    }

    #[test]
    fn what_is_out_of_focus_has_less_of_it() {
        let sharp = street(200, 10);
        let soft = image::imageops::blur(&sharp, 4.0);
        let (sharp, soft) = (variance(&sharp).unwrap(), variance(&soft).unwrap());
        assert!(sharp > 10 * BLURRED, "{sharp}");
        assert!(soft < BLURRED, "{soft}");
        assert_eq!(variance(&GrayImage::from_pixel(50, 50, Luma([120]))), Some(0));
        assert_eq!(variance(&GrayImage::new(2, 9)), None);
        assert_eq!(of_bytes(b"no picture"), None);
    }
}
