//! Houses on both sides: floors of windows above, shops below. Signs carry blocks, never words.

use super::canvas::{Canvas, Ink, ink};
use super::light::{Rgb, blend, shade};
use super::scene::WALL;
use crate::dice::Dice;

const WALLS: [Rgb; 8] = [
    [232, 214, 190],
    [222, 196, 172],
    [214, 220, 222],
    [238, 226, 206],
    [206, 190, 176],
    [226, 206, 200],
    [202, 212, 204],
    [236, 218, 196],
];

const SIGNS: [Rgb; 9] = [
    [198, 62, 56],
    [38, 112, 168],
    [44, 134, 98],
    [222, 150, 50],
    [120, 72, 142],
    [226, 226, 220],
    [52, 66, 92],
    [206, 98, 62],
    [30, 140, 150],
];

const FLOOR: f32 = 3.1;
const SHOP: f32 = 3.7;

/// The row of shops along the pavement.
pub(super) fn left(c: &mut Canvas, d: &mut Dice) {
    let mut houses = Vec::new();
    let mut y = 2.6;
    while y < 92.0 {
        let length = d.f32(9.0, 17.0);
        houses.push((y, y + length, d.between(3, 6), *d.pick(&WALLS), d.bits()));
        y += length + if d.chance(0.25) { 3.0 } else { 0.15 };
    }
    for (from, to, floors, wall, seed) in houses.into_iter().rev() {
        let mut own = Dice::new(seed);
        house(c, &mut own, WALL, (from, to), floors, wall);
        shops(c, &mut own, from, to);
    }
}

/// The row across the road.
pub(super) fn right(c: &mut Canvas, d: &mut Dice) {
    let mut houses = Vec::new();
    let mut y = 9.0;
    while y < 96.0 {
        let length = d.f32(12.0, 20.0);
        houses.push((y, y + length, d.between(4, 7), *d.pick(&WALLS), d.bits()));
        y += length + d.f32(0.3, 5.0);
    }
    for (from, to, floors, wall, seed) in houses.into_iter().rev() {
        let mut own = Dice::new(seed);
        house(c, &mut own, 15.5, (from, to), floors, shade(wall, 0.94));
        let mut at = from + 0.4;
        while at + 3.6 < to {
            let sign = ink(*own.pick(&SIGNS));
            panel(c, 15.46, (at, at + 3.4), (0.3, 2.6), ink([112, 134, 150]));
            panel(c, 15.44, (at, at + 3.4), (2.7, 3.4), sign);
            at += 3.9;
        }
    }
}

/// A rectangle on a wall that runs along the street.
fn panel(c: &mut Canvas, x: f32, (y0, y1): (f32, f32), (z0, z1): (f32, f32), ink: Ink) {
    c.face(&[[x, y0, z0], [x, y1, z0], [x, y1, z1], [x, y0, z1]], ink);
}

/// Distance fades a colour towards the sky.
fn fade(c: &Canvas, rgb: Rgb, y: f32) -> Ink {
    ink(blend(rgb, c.light.sky_low, (y / 190.0).clamp(0.0, 0.42)))
}

fn house(c: &mut Canvas, d: &mut Dice, x: f32, (from, to): (f32, f32), floors: i64, wall: Rgb) {
    let mut top = SHOP;
    for _ in 1..floors {
        top += FLOOR;
    }
    let body = fade(c, wall, from);
    // the end that faces us
    let depth = if x < 0.0 { x - 9.0 } else { x + 9.0 };
    let (a, b) = if x < 0.0 { (depth, x) } else { (x, depth) };
    c.face(&[[a, from, 0.0], [b, from, 0.0], [b, from, top], [a, from, top]], body.shade(1.04));
    panel(c, x, (from, to), (0.0, top), body.shade(0.93));
    panel(c, x, (from, to), (top - 0.35, top), body.shade(0.78));
    let mut z = SHOP + 0.2;
    let lit = c.light.lamps;
    while z + FLOOR <= top + 0.3 {
        panel(c, x, (from, to), (z - 0.26, z - 0.14), body.shade(0.84));
        let mut y = from + 0.9;
        while y + 1.7 < to && y < 58.0 {
            let glass = if lit && d.chance(0.5) {
                ink([255, 214, 140]).glowing()
            } else {
                fade(c, [118, 150, 172], y)
            };
            panel(c, x, (y - 0.1, y + 1.6), (z + 0.5, z + 2.2), body.shade(1.12));
            panel(c, x, (y, y + 1.5), (z + 0.6, z + 2.1), glass);
            if y < 34.0 {
                panel(c, x, (y + 0.7, y + 0.78), (z + 0.6, z + 2.1), body.shade(1.1));
                if d.chance(0.3) {
                    let out = if x < 0.0 { x + 0.35 } else { x - 0.35 };
                    let unit = fade(c, [226, 228, 230], y);
                    c.cuboid([x.min(out), y + 0.2, z - 0.1], [x.max(out), y + 1.0, z + 0.45], unit);
                }
            }
            y += 2.6;
        }
        z += FLOOR;
    }
}

fn shops(c: &mut Canvas, d: &mut Dice, from: f32, to: f32) {
    let x = WALL + 0.02;
    let n = ((to - from) / 4.2).floor().max(1.0);
    let wide = (to - from) / n;
    let mut all = Vec::new();
    let mut y = from;
    while y + wide <= to + 0.01 {
        all.push((y, d.bits()));
        y += wide;
    }
    for (y, seed) in all.into_iter().rev() {
        let mut d = Dice::new(seed);
        let (a, b) = (y + 0.2, y + wide - 0.2);
        let sign = fade(c, *d.pick(&SIGNS), y);
        let glass = if c.light.lamps { ink([250, 210, 140]).glowing() } else { fade(c, [96, 128, 148], y) };
        panel(c, x, (a, b), (0.0, 2.85), fade(c, [176, 168, 160], y));
        panel(c, x, (a + 0.15, b - 1.2), (0.55, 2.65), glass);
        panel(c, x, (b - 1.05, b - 0.15), (0.05, 2.6), glass.shade(0.86));
        if y < 13.0 {
            goods(c, &mut d, x, (a + 0.3, b - 1.35), y);
        }
        // reflections on the glass
        c.face(
            &[[x, a + 0.4, 0.6], [x, a + 0.9, 0.6], [x, a + 1.5, 2.6], [x, a + 1.0, 2.6]],
            ink([255, 255, 255]).thin(0.16),
        );
        let out = x + 0.12;
        panel(c, out, (a, b), (2.85, 3.55), sign);
        blocks(c, &mut d, out + 0.01, (a, b));
        if d.chance(0.4) {
            awning(c, &mut d, (a, b), sign);
        }
    }
}

/// Shelves with goods behind the glass.
fn goods(c: &mut Canvas, d: &mut Dice, x: f32, (a, b): (f32, f32), y: f32) {
    for z in [0.6, 1.25] {
        let mut at = a;
        while at < b - 0.25 {
            let wide = d.f32(0.16, 0.4);
            let tone = blend(*d.pick(&SIGNS), [120, 140, 150], 0.35);
            panel(c, x, (at, (at + wide).min(b)), (z, z + d.f32(0.22, 0.48)), fade(c, tone, y));
            at += wide + 0.07;
        }
        panel(c, x, (a - 0.1, b), (z - 0.05, z), fade(c, [206, 200, 190], y));
    }
}

/// Where a name would be: plain blocks and an emblem.
fn blocks(c: &mut Canvas, d: &mut Dice, x: f32, (a, b): (f32, f32)) {
    let light = ink([255, 250, 236]);
    let n = d.between(3, 5);
    let mut y = a + 0.5;
    for k in 0..n {
        if y + 0.5 > b - 0.2 {
            break;
        }
        if k == 0 {
            panel(c, x, (y, y + 0.34), (3.02, 3.38), light.thin(0.95));
        } else {
            panel(c, x, (y, y + 0.36), (3.28, 3.36), light.thin(0.85));
            panel(c, x, (y, y + 0.36), (3.06, 3.13), light.thin(0.85));
            panel(c, x, (y + 0.14, y + 0.22), (3.06, 3.36), light.thin(0.85));
        }
        y += 0.6;
    }
}

fn awning(c: &mut Canvas, d: &mut Dice, (a, b): (f32, f32), sign: Ink) {
    let (x0, x1) = (WALL + 0.1, WALL + d.f32(0.7, 1.1));
    let (z0, z1) = (2.82, 2.42);
    let mut y = a;
    let mut odd = false;
    while y < b - 0.05 {
        let next = (y + 0.45).min(b);
        let tone = if odd { ink([250, 244, 232]) } else { sign };
        c.face(&[[x0, y, z0], [x0, next, z0], [x1, next, z1], [x1, y, z1]], tone);
        c.face(&[[x1, y, z1], [x1, next, z1], [x1, next, z1 - 0.16], [x1, y, z1 - 0.16]], tone.shade(0.86));
        odd = !odd;
        y = next;
    }
}
