//! Pictures in grey.

use crate::geometry::Point;
use image::{ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// Most pixels that are decoded: what the house makes of an upload has far fewer.
const PIXELS: u64 = 64_000_000;

/// A picture: 0 is black, 255 white, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gray {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<u8>,
}

impl Gray {
    /// Decodes a JPEG or PNG; none for anything else, what is damaged, or larger than 64 million pixels.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let format = image::guess_format(bytes).ok()?;
        if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png) {
            return None;
        }
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        let (width, height) = ImageReader::with_format(Cursor::new(bytes), format).into_dimensions().ok()?;
        if u64::from(width) * u64::from(height) > PIXELS {
            return None;
        }
        let mut limits = Limits::default();
        limits.max_alloc = Some(PIXELS * 12);
        reader.limits(limits);
        let picture = reader.decode().ok()?.into_luma8();
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        (width >= 8 && height >= 8).then(|| Self { width, height, pixels: picture.into_raw() })
    }

    pub fn new(width: usize, height: usize, of: impl Fn(usize, usize) -> u8) -> Self {
        let pixels =
            (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| of(x, y)).collect();
        Self { width, height, pixels }
    }

    pub(crate) fn get(&self, x: usize, y: usize) -> u8 {
        self.pixels.get(y * self.width + x).copied().unwrap_or(255)
    }

    /// The value at a place between pixels; none outside.
    pub fn at(&self, p: Point) -> Option<f64> {
        let (x, y) = (p.x - 0.5, p.y - 0.5);
        let inside = x >= -0.5 && y >= -0.5 && p.x <= self.width as f64 && p.y <= self.height as f64;
        if !inside {
            return None;
        }
        let (x, y) = (x.clamp(0.0, (self.width - 1) as f64), y.clamp(0.0, (self.height - 1) as f64));
        let (left, top) = (x as usize, y as usize);
        let (fx, fy) = (x - left as f64, y - top as f64);
        let (right, below) = ((left + 1).min(self.width - 1), (top + 1).min(self.height - 1));
        let value = |x, y| f64::from(self.get(x, y));
        let upper = value(left, top) * (1.0 - fx) + value(right, top) * fx;
        let lower = value(left, below) * (1.0 - fx) + value(right, below) * fx;
        Some(upper * (1.0 - fy) + lower * fy)
    }

    /// Smaller by a whole factor, each pixel the mean of those it covers.
    pub(crate) fn smaller(&self, by: usize) -> Self {
        if by <= 1 {
            return self.clone();
        }
        let (width, height) = ((self.width / by).max(1), (self.height / by).max(1));
        Self::new(width, height, |x, y| {
            let (mut sum, mut count) = (0_usize, 0_usize);
            for row in (y * by)..((y + 1) * by).min(self.height) {
                for column in (x * by)..((x + 1) * by).min(self.width) {
                    sum += usize::from(self.get(column, row));
                    count += 1;
                }
            }
            sum.checked_div(count).map_or(255, |mean| mean as u8)
        })
    }

    /// Twice as large, for codes whose squares are hardly larger than a pixel.
    pub(crate) fn larger(&self) -> Self {
        Self::new(self.width * 2, self.height * 2, |x, y| {
            let p = Point { x: f64::midpoint(x as f64, 0.5), y: f64::midpoint(y as f64, 0.5) };
            self.at(p).map_or(255, |v| v as u8)
        })
    }
}

/// Sums over rectangles in no time.
pub(crate) struct Sums {
    width: usize,
    height: usize,
    sums: Vec<u32>,
}

impl Sums {
    pub(crate) fn of(picture: &Gray) -> Self {
        let (width, height) = (picture.width, picture.height);
        let mut sums = vec![0_u32; (width + 1) * (height + 1)];
        for y in 0..height {
            let mut row = 0_u32;
            for x in 0..width {
                row = row.wrapping_add(u32::from(picture.get(x, y)));
                sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1].wrapping_add(row);
            }
        }
        Self { width, height, sums }
    }

    /// Mean of the square around a pixel, as far as it lies inside.
    pub(crate) fn mean(&self, x: usize, y: usize, reach: usize) -> u32 {
        let (left, top) = (x.saturating_sub(reach), y.saturating_sub(reach));
        let (right, below) = ((x + reach + 1).min(self.width), (y + reach + 1).min(self.height));
        let at = |x: usize, y: usize| self.sums[y * (self.width + 1) + x];
        // differences are right even where the whole has gone round
        let sum = at(right, below)
            .wrapping_sub(at(left, below))
            .wrapping_sub(at(right, top))
            .wrapping_add(at(left, top));
        let count = ((right - left) * (below - top)) as u32;
        sum / count.max(1)
    }
}
