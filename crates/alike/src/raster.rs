//! A picture as a small grey square: what colour it has does not matter, nor how large it was.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places within a small square, and grey values, as floating numbers"
)]

use crate::turn::Turn;
use image::imageops::{FilterType, resize};
use image::{DynamicImage, GrayImage};

/// Pixels along each side. Width and height are stretched to it: a crop changes both, each by its own measure.
pub(crate) const SIDE: usize = 128;

/// Grey values, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Raster {
    pub(crate) grey: Vec<f32>,
}

impl Raster {
    /// Of an encoded picture; none where it cannot be decoded.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        image::load_from_memory(bytes).ok().map(|picture| Self::of(&picture))
    }

    pub fn of(picture: &DynamicImage) -> Self {
        let side = SIDE as u32;
        let grey: GrayImage = picture.to_luma8();
        let small = resize(&grey, side, side, FilterType::Triangle);
        Self { grey: small.into_raw().into_iter().map(f32::from).collect() }
    }

    fn at(&self, x: usize, y: usize) -> f32 {
        self.grey.get(y * SIDE + x).copied().unwrap_or(0.0)
    }

    /// The value at a place of the unit square, between pixels. Beyond the edge it is the edge's.
    pub(crate) fn sample(&self, x: f32, y: f32) -> f32 {
        let place = |v: f32| (v * SIDE as f32 - 0.5).clamp(0.0, (SIDE - 1) as f32);
        let (x, y) = (place(x), place(y));
        let (left, top) = (x as usize, y as usize);
        let (right, bottom) = ((left + 1).min(SIDE - 1), (top + 1).min(SIDE - 1));
        let (dx, dy) = (x - left as f32, y - top as f32);
        let upper = self.at(left, top) * (1.0 - dx) + self.at(right, top) * dx;
        let lower = self.at(left, bottom) * (1.0 - dx) + self.at(right, bottom) * dx;
        upper * (1.0 - dy) + lower * dy
    }

    /// The same picture turned.
    #[must_use]
    pub fn turned(&self, turn: Turn) -> Self {
        let mut grey = Vec::with_capacity(SIDE * SIDE);
        for y in 0..SIDE {
            for x in 0..SIDE {
                let (x, y) = (
                    if turn.mirrored { SIDE - 1 - x } else { x },
                    if turn.upside_down { SIDE - 1 - y } else { y },
                );
                grey.push(if turn.transposed { self.at(y, x) } else { self.at(x, y) });
            }
        }
        Self { grey }
    }

    /// Each pixel the mean of its surroundings, so that laying two over each other finds its way downhill.
    pub(crate) fn blurred(&self) -> Self {
        let mean = |x: usize, y: usize| {
            let (mut sum, mut n) = (0.0, 0.0);
            for v in y.saturating_sub(1)..=(y + 1).min(SIDE - 1) {
                for u in x.saturating_sub(1)..=(x + 1).min(SIDE - 1) {
                    sum += self.at(u, v);
                    n += 1.0;
                }
            }
            sum / n
        };
        Self { grey: (0..SIDE * SIDE).map(|n| mean(n % SIDE, n / SIDE)).collect() }
    }
}
