//! Pictures to measure with.
//!
//! *Photo-like* ones are made of what photographs are made of: a sky and a ground with broken, many-scaled texture, buildings with rows
//! of windows, trees, things lying about, light from one side with shadows, a lens that darkens the corners, and noise of the
//! sensor. *Drawn* ones are those of the demonstration city: cleaner and plainer than any photograph.
//!
//! Each has *the same place again*: the camera a little aside, another hour's light, things moved, other noise. That is
//! what an honest after-photo is, and must not be taken for the old one.

use image::{Rgb, RgbImage};

pub(crate) struct Picture {
    pub picture: RgbImage,
    pub same_place: Vec<RgbImage>,
}

pub(crate) struct Corpus {
    pub name: &'static str,
    pub pictures: Vec<Picture>,
}

/// Chance with a seed.
pub(crate) struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 to 1.
    pub(crate) fn share(&mut self) -> f32 {
        f32::from(u16::try_from(self.next() >> 48).unwrap()) / 65_536.0
    }

    fn within(&mut self, least: f32, most: f32) -> f32 {
        least + (most - least) * self.share()
    }

    pub(crate) fn below(&mut self, end: u32) -> u32 {
        u32::try_from(self.next() % u64::from(end.max(1))).unwrap()
    }
}

const WIDTH: u32 = 640;
const HEIGHT: u32 = 480;

/// Smooth noise between 0 and 1 at a place, the same for the same seed.
#[expect(clippy::many_single_char_names, reason = "places x, y in cells i, j, and u, v within them")]
fn noise(seed: u64, x: f32, y: f32) -> f32 {
    let corner = |i: i64, j: i64| {
        let mixed = i.cast_unsigned().wrapping_mul(0x9e37_79b9) ^ j.cast_unsigned().wrapping_mul(0x85eb_ca6b);
        Dice(seed ^ mixed.wrapping_mul(0xc2b2_ae3d_27d4_eb4f)).share()
    };
    let (i, j) = (x.floor(), y.floor());
    let smooth = |t: f32| t * t * (3.0 - 2.0 * t);
    let (u, v) = (smooth(x - i), smooth(y - j));
    #[expect(clippy::cast_possible_truncation, reason = "a place within some thousand")]
    let (i, j) = (i as i64, j as i64);
    let upper = corner(i, j) * (1.0 - u) + corner(i + 1, j) * u;
    let lower = corner(i, j + 1) * (1.0 - u) + corner(i + 1, j + 1) * u;
    upper * (1.0 - v) + lower * v
}

/// Noise of several scales, as grounds and clouds have it.
fn texture(seed: u64, x: f32, y: f32, octaves: u8) -> f32 {
    let (mut sum, mut weight, mut scale, mut total) = (0.0, 1.0, 1.0, 0.0);
    for octave in 0..octaves {
        sum += weight * noise(seed + u64::from(octave) * 101, x * scale, y * scale);
        total += weight;
        weight *= 0.55;
        scale *= 2.1;
    }
    sum / total
}

type Colour = [f32; 3];

struct Block {
    left: f32,
    right: f32,
    top: f32,
    colour: Colour,
    window: (f32, f32),
    seed: u64,
}

struct Thing {
    x: f32,
    y: f32,
    width: f32,
    height: f32,
    colour: Colour,
    round: bool,
    seed: u64,
}

/// A place: what stands there, whoever photographs it.
struct Place {
    seed: u64,
    horizon: f32,
    sky: Colour,
    ground: Colour,
    blocks: Vec<Block>,
    things: Vec<Thing>,
}

/// A photograph of it: where the camera stood, whence the light came, what lay about.
struct Shot {
    x: f32,
    y: f32,
    scale: f32,
    light: f32,
    sun: f32,
    moved: Vec<Thing>,
    grain: u64,
    clouds: u64,
}

fn colour(dice: &mut Dice, dark: f32, bright: f32) -> Colour {
    let base = dice.within(dark, bright);
    [0, 1, 2].map(|_| (base + dice.within(-30.0, 30.0)).clamp(0.0, 255.0))
}

fn thing(dice: &mut Dice, horizon: f32) -> Thing {
    Thing {
        x: dice.share(),
        y: dice.within(horizon, 1.0),
        width: dice.within(0.02, 0.14),
        height: dice.within(0.03, 0.16),
        colour: colour(dice, 30.0, 220.0),
        round: dice.share() > 0.5,
        seed: dice.next(),
    }
}

fn place(seed: u64) -> Place {
    let mut dice = Dice(seed);
    let horizon = dice.within(0.35, 0.6);
    let mut blocks = Vec::new();
    let mut left = dice.within(-0.2, 0.05);
    while left < 1.0 {
        let right = left + dice.within(0.1, 0.35);
        blocks.push(Block {
            left,
            right,
            top: dice.within(0.02, horizon - 0.08),
            colour: colour(&mut dice, 70.0, 200.0),
            window: (dice.within(0.015, 0.04), dice.within(0.03, 0.07)),
            seed: dice.next(),
        });
        left = right + dice.within(0.0, 0.12);
    }
    let count = 6 + dice.below(8);
    let things = (0..count).map(|_| thing(&mut dice, horizon)).collect();
    Place {
        seed,
        horizon,
        sky: colour(&mut dice, 150.0, 230.0),
        ground: colour(&mut dice, 80.0, 160.0),
        blocks,
        things,
    }
}

fn shot(seed: u64, horizon: f32, aside: bool) -> Shot {
    let mut dice = Dice(seed ^ 0x5107);
    let by = if aside { 1.0 } else { 0.0 };
    let side = if dice.share() > 0.5 { 1.0 } else { -1.0 };
    Shot {
        x: by * side * dice.within(0.02, 0.06),
        y: by * dice.within(-0.03, 0.03),
        scale: 1.0 + by * dice.within(-0.05, 0.05),
        light: dice.within(0.7, 1.15),
        sun: dice.within(-1.0, 1.0),
        moved: (0..3 + dice.below(4)).map(|_| thing(&mut dice, horizon)).collect(),
        grain: dice.next(),
        clouds: dice.next(),
    }
}

fn over(thing: &Thing, x: f32, y: f32) -> Option<Colour> {
    let (u, v) = ((x - thing.x) / thing.width, (y - thing.y) / thing.height);
    let inside = if thing.round { u * u + v * v < 0.25 } else { u.abs() < 0.5 && v.abs() < 0.5 };
    inside.then(|| {
        let shade = 0.75 + 0.5 * texture(thing.seed, u * 4.0, v * 4.0, 3);
        thing.colour.map(|c| c * shade)
    })
}

/// What is seen at a place of the picture, before light and lens.
fn seen(place: &Place, shot: &Shot, x: f32, y: f32) -> Colour {
    if let Some(found) = shot.moved.iter().chain(&place.things).find_map(|t| over(t, x, y)) {
        return found;
    }
    if y > place.horizon {
        // nearer the camera everything is larger
        let depth = 1.0 / (y - place.horizon + 0.08);
        let (u, v) = ((x - 0.5) * depth * 3.0, depth * 6.0);
        let shade = 0.7 + 0.6 * texture(place.seed ^ 7, u * 3.0, v * 3.0, 5);
        let shadow =
            if ((x * 3.0 + shot.sun * (y - place.horizon) * 4.0).fract().abs()) < 0.22 { 0.72 } else { 1.0 };
        return place.ground.map(|c| c * shade * shadow);
    }
    for block in &place.blocks {
        if x >= block.left && x < block.right && y >= block.top {
            let (u, v) = ((x - block.left) / block.window.0, (y - block.top) / block.window.1);
            let glass = u.fract() > 0.35 && v.fract() > 0.4 && u > 0.5 && v > 0.5;
            let lit = noise(block.seed, u.floor() * 3.7, v.floor() * 5.3);
            let shade = 0.85 + 0.3 * texture(block.seed, x * 40.0, y * 40.0, 3);
            // the sun is on one side of the street at a time
            let side = 1.0 + 0.25 * shot.sun * (x - 0.5) * 2.0;
            let glare = if glass { 0.35 + 0.5 * lit } else { 1.0 };
            return block.colour.map(|c| c * shade * side * glare);
        }
    }
    let cloud = texture(shot.clouds, x * 4.0, y * 6.0, 4);
    place.sky.map(|c| c * (0.75 + 0.4 * cloud))
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels as floating numbers, and back within a byte"
)]
fn take(place: &Place, shot: &Shot) -> RgbImage {
    let mut grain = Dice(shot.grain);
    let mut picture = RgbImage::new(WIDTH, HEIGHT);
    for (px, py, pixel) in picture.enumerate_pixels_mut() {
        let (x, y) = (px as f32 / WIDTH as f32, py as f32 / HEIGHT as f32);
        let (u, v) = ((x - 0.5) * shot.scale + 0.5 + shot.x, (y - 0.5) * shot.scale + 0.5 + shot.y);
        let corner = (x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5);
        let lens = shot.light * (1.0 - 0.5 * corner);
        let speck = (grain.share() + grain.share() - 1.0) * 14.0;
        let found = seen(place, shot, u, v);
        *pixel = Rgb(found.map(|c| (c * lens + speck).clamp(0.0, 255.0) as u8));
    }
    image::load_from_memory(&crate::changes::jpeg(&picture, 85)).unwrap().into_rgb8()
}

impl Corpus {
    pub(crate) fn photo_like(count: u64) -> Self {
        let pictures = (1..=count).map(|n| {
            let there = place(n * 1_000_003);
            let first = take(&there, &shot(n, there.horizon, false));
            // once from the very spot, once a step aside
            let again = [(n + 500, false), (n + 900, true)];
            let same_place = again.map(|(seed, aside)| take(&there, &shot(seed, there.horizon, aside)));
            Picture { picture: first, same_place: same_place.into() }
        });
        Self { name: "Photo-like", pictures: pictures.collect() }
    }

    pub(crate) fn drawn(count: u64) -> Self {
        use demo::pictures::{Problem, Shot, Stage, draw};
        let load = |shot: &Shot| {
            let whole = image::load_from_memory(&draw(shot)).unwrap().into_rgb8();
            image::imageops::resize(&whole, WIDTH, HEIGHT, image::imageops::FilterType::Triangle)
        };
        let pictures = (0..count).map(|n| {
            let problem = Problem::ALL[usize::try_from(n).unwrap() % Problem::ALL.len()];
            let hour = u8::try_from(8 + n % 9).unwrap();
            let before = Shot { problem, seed: 40 + n, stage: Stage::Before, hour, month: 5 };
            let after = Shot { stage: Stage::After, hour: hour + 2, ..before };
            Picture { picture: load(&before), same_place: vec![load(&after)] }
        });
        Self { name: "Drawn, of the demonstration", pictures: pictures.collect() }
    }
}
