//! Photographs before and after, drawn by program: a street in perspective with something wrong in it, or put right.
//!
//! The picture of a seed is the same every time. Before and after share the street; the second is taken from a step
//! aside and at its own hour. Nobody is in them, no sign can be read, and each carries 演示数据 in a corner.

#![expect(
    clippy::many_single_char_names,
    reason = "x, y, z are places, c the canvas and d the dice, in every brush"
)]

mod boards;
mod canvas;
mod facade;
mod ground;
mod heaps;
mod light;
mod mark;
mod scene;
mod trees;
mod wheels;

use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use serde::{Deserialize, Serialize};

use canvas::Canvas;

/// Width in pixels.
pub const WIDTH: u32 = 1280;

/// Height in pixels.
pub const HEIGHT: u32 = 960;

const QUALITY: u8 = 74;

/// What a picture shows to be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// A heap of rubbish.
    Rubbish,
    /// A bin that overflows.
    Bin,
    /// Stickers on a cabinet.
    Stickers,
    /// A stall on the pavement.
    Stall,
    /// Broken tiles or kerb.
    Paving,
    /// Bicycles in disorder.
    Bikes,
    /// Cars on the pavement.
    Cars,
    /// A puddle.
    Puddle,
    /// Dust and spilt earth.
    Dust,
    /// A damaged board or sign.
    AdBoard,
    /// Boxes and boards in the way.
    Clutter,
    /// A manhole without its cover.
    Cover,
    /// A lamp that is out.
    Lamp,
    /// Snow and ice.
    Snow,
    /// Smoke from a fire or a grill.
    Smoke,
    /// Washing across the pavement.
    Laundry,
    /// A hanging wire.
    Wire,
    /// Spoilt green.
    Green,
    /// Anything else: a barrier knocked over.
    Generic,
}

impl Problem {
    /// Every kind.
    pub const ALL: [Self; 19] = [
        Self::Rubbish,
        Self::Bin,
        Self::Stickers,
        Self::Stall,
        Self::Paving,
        Self::Bikes,
        Self::Cars,
        Self::Puddle,
        Self::Dust,
        Self::AdBoard,
        Self::Clutter,
        Self::Cover,
        Self::Lamp,
        Self::Snow,
        Self::Smoke,
        Self::Laundry,
        Self::Wire,
        Self::Green,
        Self::Generic,
    ];
}

/// Before or after the handling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The problem is there.
    Before,
    /// It is gone.
    After,
}

/// What to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Shot {
    /// What is wrong.
    pub problem: Problem,
    /// The street; the same for before and after.
    pub seed: u64,
    /// Before or after.
    pub stage: Stage,
    /// Hour of the day, 0 to 23: decides the light.
    pub hour: u8,
    /// Month, 1 to 12: decides the leaves.
    pub month: u8,
}

/// Draws a picture and encodes it as JPEG, 1280 by 960. Empty only if memory runs out.
pub fn draw(shot: &Shot) -> Vec<u8> {
    let Some(mut canvas) = Canvas::new(shot) else { return Vec::new() };
    scene::paint(&mut canvas, shot);
    mark::paint(&mut canvas);
    let pixels = canvas.into_rgb(shot.seed);
    let mut out = Vec::with_capacity(160_000);
    let encoded = JpegEncoder::new_with_quality(&mut out, QUALITY).encode(
        &pixels,
        WIDTH,
        HEIGHT,
        ExtendedColorType::Rgb8,
    );
    match encoded {
        Ok(()) => out,
        Err(_) => Vec::new(),
    }
}
