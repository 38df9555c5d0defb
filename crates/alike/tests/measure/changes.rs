//! What people do to a picture that they send once more.

use crate::corpus::Dice;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::{FilterType, crop_imm, flip_horizontal, flip_vertical, resize, rotate90, rotate180};
use image::{Rgb, RgbImage};

pub(crate) struct Change {
    pub name: &'static str,
    pub make: fn(&RgbImage, &mut Dice) -> RgbImage,
}

pub(crate) fn jpeg(picture: &RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture).unwrap();
    bytes
}

fn encoded(picture: &RgbImage, quality: u8) -> RgbImage {
    image::load_from_memory(&jpeg(picture, quality)).unwrap().into_rgb8()
}

fn scaled(picture: &RgbImage, share: f64) -> RgbImage {
    let side = |n: u32| whole(f64::from(n) * share);
    encoded(&resize(picture, side(picture.width()), side(picture.height()), FilterType::Triangle), 80)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length in pixels")]
fn whole(length: f64) -> u32 {
    (length.round() as u32).max(1)
}

/// Takes away `percent` of each side's length, from anywhere.
fn cropped(picture: &RgbImage, percent: u32, dice: &mut Dice) -> RgbImage {
    let (w, h) = picture.dimensions();
    let (dx, dy) = (w * percent / 100, h * percent / 100);
    let (x, y) = (dice.below(dx + 1), dice.below(dy + 1));
    encoded(&crop_imm(picture, x, y, w - dx, h - dy).to_image(), 80)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
fn per_pixel(picture: &RgbImage, change: impl Fn([f64; 3]) -> [f64; 3]) -> RgbImage {
    let mut out = picture.clone();
    for pixel in out.pixels_mut() {
        pixel.0 = change(pixel.0.map(f64::from)).map(|v| v.clamp(0.0, 255.0) as u8);
    }
    encoded(&out, 80)
}

fn contrast(picture: &RgbImage, by: f64) -> RgbImage {
    per_pixel(picture, |p| p.map(|v| (v - 128.0) * by + 128.0))
}

/// Turned by some degrees, cut so that no corner is empty.
fn tilted(picture: &RgbImage, degrees: f64) -> RgbImage {
    let (w, h) = (f64::from(picture.width()), f64::from(picture.height()));
    let (sin, cos) = degrees.to_radians().sin_cos();
    // the largest rectangle of the same shape that fits
    let share = (w.min(h) / (w.min(h) * cos + w.max(h) * sin.abs())).min(1.0);
    let mut out = RgbImage::new(whole(w * share), whole(h * share));
    let (cx, cy) = (f64::from(out.width()) / 2.0, f64::from(out.height()) / 2.0);
    for (x, y, pixel) in out.enumerate_pixels_mut() {
        let (dx, dy) = (f64::from(x) - cx, f64::from(y) - cy);
        let (u, v) = (dx * cos - dy * sin + w / 2.0, dx * sin + dy * cos + h / 2.0);
        let (u, v) = (u.clamp(0.0, w - 1.0), v.clamp(0.0, h - 1.0));
        *pixel = *picture.get_pixel(whole(u).min(picture.width()) - 1, whole(v).min(picture.height()) - 1);
    }
    encoded(&out, 80)
}

fn bar(picture: &RgbImage, y: u32, height: u32, share: f64) -> RgbImage {
    let mut out = picture.clone();
    for row in y..(y + height).min(out.height()) {
        for x in 0..out.width() {
            let pixel = out.get_pixel_mut(x, row);
            // letters: dark and light in turn
            let ink = if (x / 7 + row / 9) % 3 == 0 { 20.0 } else { 250.0 };
            let mix = |v: u8| f64::from(v) * (1.0 - share) + ink * share;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a mean of two bytes"
            )]
            let mixed = pixel.0.map(|v| mix(v) as u8);
            *pixel = Rgb(mixed);
        }
    }
    encoded(&out, 80)
}

fn framed(picture: &RgbImage) -> RgbImage {
    let (w, h) = picture.dimensions();
    let edge = w / 20;
    let mut out = RgbImage::from_pixel(w + 2 * edge, h + 2 * edge, Rgb([255, 255, 255]));
    image::imageops::replace(&mut out, picture, i64::from(edge), i64::from(edge));
    encoded(&out, 80)
}

macro_rules! changes {
    ($($name:literal => |$picture:ident, $dice:ident| $make:expr),+ $(,)?) => {
        vec![$(Change { name: $name, make: |$picture, $dice| { let _ = &$dice; $make } }),+]
    };
}

pub(crate) fn all() -> Vec<Change> {
    changes![
        "JPEG 90" => |p, d| encoded(p, 90),
        "JPEG 70" => |p, d| encoded(p, 70),
        "JPEG 50" => |p, d| encoded(p, 50),
        "JPEG 30" => |p, d| encoded(p, 30),
        "half the size" => |p, d| scaled(p, 0.5),
        "a quarter of the size" => |p, d| scaled(p, 0.25),
        "5 % cropped" => |p, d| cropped(p, 5, d),
        "10 % cropped" => |p, d| cropped(p, 10, d),
        "15 % cropped" => |p, d| cropped(p, 15, d),
        "20 % cropped" => |p, d| cropped(p, 20, d),
        "25 % cropped" => |p, d| cropped(p, 25, d),
        "30 % cropped" => |p, d| cropped(p, 30, d),
        "40 % cropped" => |p, d| cropped(p, 40, d),
        "mirrored" => |p, d| encoded(&flip_horizontal(p), 80),
        "upside down" => |p, d| encoded(&flip_vertical(p), 80),
        "turned by 90°" => |p, d| encoded(&rotate90(p), 80),
        "turned by 180°" => |p, d| encoded(&rotate180(p), 80),
        "tilted by 2°" => |p, d| tilted(p, 2.0),
        "tilted by 5°" => |p, d| tilted(p, 5.0),
        "brighter by 25 %" => |p, d| per_pixel(p, |c| c.map(|v| v * 1.25 + 10.0)),
        "darker by 35 %" => |p, d| per_pixel(p, |c| c.map(|v| v * 0.65)),
        "contrast + 40 %" => |p, d| contrast(p, 1.4),
        "contrast - 40 %" => |p, d| contrast(p, 0.6),
        "grey" => |p, d| per_pixel(p, |[r, g, b]| [0.3 * r + 0.59 * g + 0.11 * b; 3]),
        "warm tint" => |p, d| per_pixel(p, |[r, g, b]| [r * 1.15 + 10.0, g, b * 0.75]),
        "a line of text" => |p, d| bar(p, p.height() * 88 / 100, p.height() / 14, 1.0),
        "watermark over the middle" => |p, d| bar(p, p.height() * 40 / 100, p.height() / 5, 0.35),
        "white frame" => |p, d| framed(p),
        "mirrored, 15 % cropped, brighter, JPEG 50" => |p, d| {
            let cut = cropped(&flip_horizontal(p), 15, d);
            encoded(&per_pixel(&cut, |c| c.map(|v| v * 1.2)), 50)
        },
        "turned by 90°, 20 % cropped, grey" => |p, d| {
            let cut = cropped(&rotate90(p), 20, d);
            per_pixel(&cut, |[r, g, b]| [0.3 * r + 0.59 * g + 0.11 * b; 3])
        },
    ]
}
