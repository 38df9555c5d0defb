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
/// The same for what is kept with a print.
pub(crate) const SMALL: usize = 32;

/// Grey values, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Raster {
    pub(crate) side: usize,
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
        Self { side: SIDE, grey: small.into_raw().into_iter().map(f32::from).collect() }
    }

    fn at(&self, x: usize, y: usize) -> f32 {
        self.grey.get(y * self.side + x).copied().unwrap_or(0.0)
    }

    /// The value at a place of the unit square, between pixels. Beyond the edge it is the edge's.
    pub(crate) fn sample(&self, x: f32, y: f32) -> f32 {
        let place = |v: f32| (v * self.side as f32 - 0.5).clamp(0.0, (self.side - 1) as f32);
        let (x, y) = (place(x), place(y));
        let (left, top) = (x as usize, y as usize);
        let (right, bottom) = ((left + 1).min(self.side - 1), (top + 1).min(self.side - 1));
        let (dx, dy) = (x - left as f32, y - top as f32);
        let upper = self.at(left, top) * (1.0 - dx) + self.at(right, top) * dx;
        let lower = self.at(left, bottom) * (1.0 - dx) + self.at(right, bottom) * dx;
        upper * (1.0 - dy) + lower * dy
    }

    /// The same picture turned.
    #[must_use]
    pub fn turned(&self, turn: Turn) -> Self {
        let mut grey = Vec::with_capacity(self.side * self.side);
        for y in 0..self.side {
            for x in 0..self.side {
                let (x, y) = (
                    if turn.mirrored { self.side - 1 - x } else { x },
                    if turn.upside_down { self.side - 1 - y } else { y },
                );
                grey.push(if turn.transposed { self.at(y, x) } else { self.at(x, y) });
            }
        }
        Self { side: self.side, grey }
    }

    /// Each pixel the mean of its surroundings, so that laying two over each other finds its way downhill.
    pub(crate) fn blurred(&self) -> Self {
        let mean = |x: usize, y: usize| {
            let (mut sum, mut n) = (0.0, 0.0);
            for v in y.saturating_sub(1)..=(y + 1).min(self.side - 1) {
                for u in x.saturating_sub(1)..=(x + 1).min(self.side - 1) {
                    sum += self.at(u, v);
                    n += 1.0;
                }
            }
            sum / n
        };
        Self {
            side: self.side,
            grey: (0..self.side * self.side).map(|n| mean(n % self.side, n / self.side)).collect(),
        }
    }

    /// The picture in fewer pixels, rounded to whole grey values, as it is kept.
    pub(crate) fn small(&self) -> Self {
        let step = (self.side / SMALL).max(1);
        let mean = |x: usize, y: usize| {
            let all = (0..step * step).map(|n| self.at(x * step + n % step, y * step + n / step));
            (all.sum::<f32>() / (step * step) as f32).round()
        };
        Self { side: SMALL, grey: (0..SMALL * SMALL).map(|n| mean(n % SMALL, n / SMALL)).collect() }
    }

    /// One byte for each pixel.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        self.grey.iter().map(|value| value.clamp(0.0, 255.0) as u8).collect()
    }
}
