//! The canvas: a camera that stands on the pavement, and brushes that know its perspective and its light.
//!
//! World positions are `[x, y, z]` in metres: right of the camera's axis, ahead of it, above the ground.

use tiny_skia::{
    Color, FillRule, GradientStop, LineCap, LineJoin, LinearGradient, Paint, Path, PathBuilder, Pixmap,
    Point, Shader, SpreadMode, Stroke, Transform,
};

use super::light::{Light, Rgb, byte, shade};
use super::{HEIGHT, Shot, Stage, WIDTH};
use crate::dice::Dice;

/// A position in the world.
pub(super) type W3 = [f32; 3];

/// A position on the canvas.
pub(super) type Px = (f32, f32);

/// Focal length in pixels.
const FOCAL: f32 = 900.0;

/// A colour with its cover; a glow is not dimmed by the hour.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink {
    rgb: Rgb,
    alpha: f32,
    glow: bool,
}

impl Ink {
    /// The same colour, less of it.
    pub(super) fn thin(self, alpha: f32) -> Self {
        Self { alpha, ..self }
    }

    /// The same colour, shining by itself.
    pub(super) fn glowing(self) -> Self {
        Self { glow: true, ..self }
    }

    /// Lighter or darker.
    pub(super) fn shade(self, k: f32) -> Self {
        Self { rgb: shade(self.rgb, k), ..self }
    }
}

/// An opaque colour.
pub(super) fn ink(rgb: Rgb) -> Ink {
    Ink { rgb, alpha: 1.0, glow: false }
}

/// The canvas.
pub(super) struct Canvas {
    pixmap: Pixmap,
    pub(super) light: Light,
    eye: f32,
    step: f32,
    centre: f32,
    horizon: f32,
    mirror: bool,
}

impl Canvas {
    /// A canvas for a shot; the second shot stands a little elsewhere.
    pub(super) fn new(shot: &Shot) -> Option<Self> {
        let mut dice = Dice::of(shot.seed, "camera");
        let mut second = Dice::of(shot.seed, "second");
        let moved = if shot.stage == Stage::After { 1.0 } else { 0.0 };
        let mut jitter = |k: f32| moved * second.f32(-k, k);
        Some(Self {
            pixmap: Pixmap::new(WIDTH, HEIGHT)?,
            light: Light::at(shot.hour),
            eye: 1.55 + dice.f32(-0.08, 0.08) + jitter(0.06),
            step: dice.f32(-0.25, 0.25) + jitter(0.16),
            centre: 640.0 + dice.f32(-70.0, 70.0) + jitter(30.0),
            horizon: 392.0 + dice.f32(-18.0, 18.0) + jitter(10.0),
            mirror: dice.chance(0.5),
        })
    }

    /// Where the horizon lies.
    pub(super) fn horizon(&self) -> f32 {
        self.horizon
    }

    /// Pixels of a metre at a distance.
    pub(super) fn scale(y: f32) -> f32 {
        FOCAL / y.max(0.6)
    }

    /// From the world to the canvas.
    pub(super) fn at(&self, [x, y, z]: W3) -> Px {
        let k = Self::scale(y);
        let sx = self.centre + (x - self.step) * k;
        let sy = self.horizon - (z - self.eye) * k;
        (if self.mirror { 1280.0 - sx } else { sx }, sy)
    }

    fn paint(&self, ink: Ink) -> Paint<'static> {
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        paint.shader = Shader::SolidColor(self.colour(ink));
        paint
    }

    fn colour(&self, ink: Ink) -> Color {
        let t = if ink.glow { [1.0; 3] } else { self.light.tint };
        let [r, g, b] = std::array::from_fn(|i| byte(f32::from(ink.rgb[i]) * t[i]));
        Color::from_rgba8(r, g, b, byte(ink.alpha * 255.0))
    }

    /// Fills a polygon of the canvas.
    pub(super) fn fill(&mut self, points: &[Px], ink: Ink) {
        if let Some(path) = outline(points, true) {
            self.fill_path(&path, ink);
        }
    }

    fn fill_path(&mut self, path: &Path, ink: Ink) {
        let paint = self.paint(ink);
        self.pixmap.fill_path(path, &paint, FillRule::Winding, Transform::identity(), None);
    }

    /// Fills a polygon of the world.
    pub(super) fn face(&mut self, points: &[W3], ink: Ink) {
        let points: Vec<Px> = points.iter().map(|p| self.at(*p)).collect();
        self.fill(&points, ink);
    }

    /// Fills a rectangle of the canvas from top to bottom with two colours.
    pub(super) fn wash(&mut self, top: f32, bottom: f32, a: Rgb, b: Rgb) {
        let stops = vec![
            GradientStop::new(0.0, Color::from_rgba8(a[0], a[1], a[2], 255)),
            GradientStop::new(1.0, Color::from_rgba8(b[0], b[1], b[2], 255)),
        ];
        let (from, to) = (Point::from_xy(0.0, top), Point::from_xy(0.0, bottom));
        let shader = LinearGradient::new(from, to, stops, SpreadMode::Pad, Transform::identity());
        let path = outline(&[(0.0, top), (1280.0, top), (1280.0, bottom), (0.0, bottom)], true);
        if let (Some(shader), Some(path)) = (shader, path) {
            let paint = Paint { shader, anti_alias: false, ..Paint::default() };
            self.pixmap.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), None);
        }
    }

    /// Draws a line on the canvas.
    pub(super) fn stroke(&mut self, points: &[Px], width: f32, ink: Ink) {
        if let Some(path) = outline(points, false) {
            let stroke =
                Stroke { width, line_cap: LineCap::Round, line_join: LineJoin::Round, ..Stroke::default() };
            let paint = self.paint(ink);
            self.pixmap.stroke_path(&path, &paint, &stroke, Transform::identity(), None);
        }
    }

    /// Draws a line in the world, so many metres thick at its first position.
    pub(super) fn rod(&mut self, points: &[W3], metres: f32, ink: Ink) {
        let width = points.first().map_or(1.0, |p| metres * Self::scale(p[1]));
        let points: Vec<Px> = points.iter().map(|p| self.at(*p)).collect();
        self.stroke(&points, width, ink);
    }

    /// Draws a curve in the world that bends at its positions instead of breaking.
    pub(super) fn cable(&mut self, points: &[W3], metres: f32, ink: Ink) {
        let width = points.first().map_or(1.0, |p| metres * Self::scale(p[1]));
        let points: Vec<Px> = points.iter().map(|p| self.at(*p)).collect();
        let mut b = PathBuilder::new();
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
        b.move_to(first.0, first.1);
        for w in points.windows(2).skip(1) {
            let middle = (f32::midpoint(w[0].0, w[1].0), f32::midpoint(w[0].1, w[1].1));
            b.quad_to(w[0].0, w[0].1, middle.0, middle.1);
        }
        b.line_to(last.0, last.1);
        if let Some(path) = b.finish() {
            let stroke = Stroke { width, line_cap: LineCap::Round, ..Stroke::default() };
            let paint = self.paint(ink);
            self.pixmap.stroke_path(&path, &paint, &stroke, Transform::identity(), None);
        }
    }

    /// Fills an ellipse of the canvas.
    pub(super) fn oval(&mut self, (x, y): Px, rx: f32, ry: f32, ink: Ink) {
        if let Some(path) = ring(x, y, rx, ry) {
            self.fill_path(&path, ink);
        }
    }

    /// Draws the rim of an ellipse of the canvas.
    pub(super) fn hoop(&mut self, (x, y): Px, rx: f32, ry: f32, width: f32, ink: Ink) {
        if let Some(path) = ring(x, y, rx, ry) {
            let stroke = Stroke { width, ..Stroke::default() };
            let paint = self.paint(ink);
            self.pixmap.stroke_path(&path, &paint, &stroke, Transform::identity(), None);
        }
    }

    /// A ball in the world.
    pub(super) fn ball(&mut self, at: W3, radius: f32, ink: Ink) {
        let r = radius * Self::scale(at[1]);
        let p = self.at(at);
        self.oval(p, r, r, ink);
    }

    /// A disc that lies on the ground.
    pub(super) fn disc(&mut self, at: W3, radius: f32, ink: Ink) {
        let rx = radius * Self::scale(at[1]);
        let flat = (self.eye - at[2]) / at[1];
        let p = self.at(at);
        self.oval(p, rx, rx * flat, ink);
    }

    /// The shadow of a thing this wide.
    pub(super) fn shadow(&mut self, at: W3, radius: f32) {
        let dark = ink([30, 34, 50]);
        let strength = self.light.shadow;
        self.disc([at[0] + radius * 0.25, at[1], 0.005], radius * 1.15, dark.thin(0.06 + strength * 0.6));
        self.disc([at[0], at[1], 0.005], radius * 0.85, dark.thin(0.06 + strength * 0.5));
    }

    /// A box from one corner to the opposite one: front, side and top as far as they are seen.
    pub(super) fn cuboid(&mut self, a: W3, b: W3, ink: Ink) {
        let side = |x: f32| [[x, a[1], a[2]], [x, b[1], a[2]], [x, b[1], b[2]], [x, a[1], b[2]]];
        if a[0] > self.step {
            self.face(&side(a[0]), ink.shade(0.8));
        } else if b[0] < self.step {
            self.face(&side(b[0]), ink.shade(0.86));
        }
        if b[2] < self.eye {
            let top = [[a[0], a[1], b[2]], [b[0], a[1], b[2]], [b[0], b[1], b[2]], [a[0], b[1], b[2]]];
            self.face(&top, ink.shade(1.12));
        }
        let front = [[a[0], a[1], a[2]], [b[0], a[1], a[2]], [b[0], a[1], b[2]], [a[0], a[1], b[2]]];
        self.face(&front, ink);
    }

    /// A light that spreads from a place.
    pub(super) fn halo(&mut self, at: W3, metres: f32, rgb: Rgb) {
        let p = self.at(at);
        let r = metres * Self::scale(at[1]);
        for (k, alpha) in [(1.0, 0.08), (0.66, 0.12), (0.38, 0.2)] {
            self.oval(p, r * k, r * k, ink(rgb).thin(alpha).glowing());
        }
    }

    /// The finished picture with a little grain, three bytes a pixel.
    pub(super) fn into_rgb(self, seed: u64) -> Vec<u8> {
        let mut dice = Dice::of(seed, "grain");
        let grain: Vec<u8> = (0..4_099).map(|_| u8::from(dice.chance(0.4))).collect();
        let pixels = self.pixmap.pixels();
        let mut out = vec![0; pixels.len() * 3];
        for ((rgb, p), g) in out.chunks_exact_mut(3).zip(pixels).zip(grain.iter().cycle()) {
            rgb[0] = p.red().saturating_sub(*g);
            rgb[1] = p.green().saturating_sub(*g);
            rgb[2] = p.blue().saturating_sub(*g);
        }
        out
    }
}

fn outline(points: &[Px], closed: bool) -> Option<Path> {
    let mut b = PathBuilder::new();
    let (first, rest) = points.split_first()?;
    b.move_to(first.0, first.1);
    for p in rest {
        b.line_to(p.0, p.1);
    }
    if closed {
        b.close();
    }
    b.finish()
}

fn ring(x: f32, y: f32, rx: f32, ry: f32) -> Option<Path> {
    PathBuilder::from_oval(tiny_skia::Rect::from_ltrb(x - rx, y - ry, x + rx, y + ry)?)
}
