//! Road and pavement, and what can be wrong with them.

use super::canvas::{Canvas, W3, ink};
use super::light::{Rgb, blend};
use super::scene::{KERB, WALL};
use super::trees::litter;
use super::{Problem, Shot, Stage};
use crate::arith;
use crate::dice::Dice;

const NEAR: f32 = 1.9;
const FAR: f32 = 100.0;

/// Lays road, kerb and pavement.
pub(super) fn lay(c: &mut Canvas, d: &mut Dice, shot: &Shot) {
    let low = c.light.sky_low;
    let plain = |c: &mut Canvas, x0: f32, x1: f32, z: f32, y0: f32, y1: f32, rgb: Rgb| {
        c.face(&[[x0, y0, z], [x1, y0, z], [x1, y1, z], [x0, y1, z]], ink(rgb));
    };
    plain(c, -60.0, 60.0, -0.15, NEAR, FAR, blend([150, 148, 144], low, 0.12));
    plain(c, KERB, 10.0, -0.14, NEAR, FAR, [112, 116, 122]);
    plain(c, KERB, 10.0, -0.14, 26.0, FAR, blend([112, 116, 122], low, 0.1));
    plain(c, 10.0, 15.6, 0.0, NEAR, FAR, [204, 196, 186]);
    plain(c, KERB + 0.45, KERB + 0.57, -0.135, NEAR, FAR, [226, 226, 220]);
    let mut y = 2.4;
    while y < 80.0 {
        plain(c, 5.5, 5.64, -0.135, y, y + 2.2, [236, 236, 230]);
        y += 5.2;
    }
    // a zebra further on
    for k in 0..9_u8 {
        let x = KERB + 0.6 + f32::from(k) * 0.9;
        plain(c, x, x + 0.5, -0.134, 23.0, 27.0, [230, 230, 224]);
    }
    let base = *d.pick(&[[214, 200, 186], [204, 200, 194], [216, 196, 178]]);
    plain(c, WALL - 0.2, KERB, 0.0, NEAR, FAR, base);
    c.face(
        &[[KERB, NEAR, 0.0], [KERB, FAR, 0.0], [KERB, FAR, -0.14], [KERB, NEAR, -0.14]],
        ink([150, 148, 146]),
    );
    plain(c, KERB - 0.16, KERB, 0.003, NEAR, FAR, [224, 220, 214]);
    // joints and a few tiles of another tone
    for _ in 0..46 {
        let (x, y) = (tile(d.f32(WALL, KERB - 0.7)), tile(d.f32(2.0, 12.0)));
        let tone = blend(base, *d.pick(&[[170, 150, 136], [236, 228, 216]]), 0.28);
        plain(c, x, x + 0.5, 0.002, y, y + 0.5, tone);
    }
    let joint = ink(blend(base, [120, 108, 100], 0.42));
    let mut y = 2.0;
    while y < 20.0 {
        c.stroke_ground([WALL, y], [KERB - 0.16, y], 0.016, joint.thin((1.2 - y / 20.0).min(0.9)));
        y += 0.5;
    }
    let mut x = -3.5;
    while x < KERB - 0.2 {
        c.stroke_ground([x, NEAR], [x, 34.0], 0.014, joint.thin(0.7));
        x += 0.5;
    }
    // the tactile strip
    plain(c, 0.5, 0.9, 0.004, NEAR, 60.0, [232, 190, 92]);
    for x in [0.58, 0.66, 0.74, 0.82] {
        c.stroke_ground([x, NEAR], [x, 40.0], 0.03, ink([206, 160, 64]));
    }
    if shot.problem == Problem::Snow && shot.stage == Stage::Before {
        plain(c, 10.0, 15.6, 0.01, NEAR, FAR, [240, 244, 250]);
    }
}

fn tile(x: f32) -> f32 {
    (x * 2.0).floor() / 2.0
}

/// A rim around a middle, uneven, flat on the ground.
fn blob(d: &mut Dice, at: [f32; 2], rx: f32, ry: f32, z: f32) -> Vec<W3> {
    let phase = d.real(0.0, 6.0);
    (0..40_u8)
        .map(|k| {
            let a = f64::from(k) / 20.0 * arith::PI;
            let r = 1.0 + 0.14 * arith::sin(a * 3.0 + phase) + 0.07 * arith::sin(a * 5.0 - phase);
            let (u, v) = (arith::single(arith::cos(a) * r), arith::single(arith::sin(a) * r));
            [at[0] + u * rx, (at[1] + v * ry).max(2.2), z]
        })
        .collect()
}

impl Canvas {
    /// A strip on the ground between two places, so many metres wide.
    fn stroke_ground(&mut self, a: [f32; 2], b: [f32; 2], wide: f32, ink: super::canvas::Ink) {
        let along = (b[1] - a[1]).abs() > (b[0] - a[0]).abs();
        let (dx, dy) = if along { (wide / 2.0, 0.0) } else { (0.0, wide / 2.0) };
        let z = 0.005;
        self.face(
            &[
                [a[0] - dx, a[1] - dy, z],
                [b[0] - dx, b[1] - dy, z],
                [b[0] + dx, b[1] + dy, z],
                [a[0] + dx, a[1] + dy, z],
            ],
            ink,
        );
    }
}

/// Tiles broken and lifted, or laid anew.
pub(super) fn tiles(c: &mut Canvas, d: &mut Dice, stage: Stage) {
    let (x0, y0) = (-1.5, 3.5);
    for row in (0..5_u8).rev() {
        for col in 0..4_u8 {
            let (x, y) = (x0 + f32::from(col) * 0.5, y0 + f32::from(row) * 0.5);
            let (broken, tilt, tone) = (d.chance(0.62), d.f32(0.02, 0.12), d.f32(0.88, 1.06));
            let (gone, turn) = (d.chance(0.36), d.f32(-0.09, 0.09));
            let edge = (row == 0 || row == 4) && (col == 0 || col == 3);
            if edge {
                continue;
            }
            let square = [[x, y, 0.006], [x + 0.5, y, 0.006], [x + 0.5, y + 0.5, 0.006], [x, y + 0.5, 0.006]];
            if stage == Stage::After {
                c.face(&square, ink([142, 130, 118]));
                let inner = [
                    [x + 0.015, y + 0.015, 0.008],
                    [x + 0.485, y + 0.015, 0.008],
                    [x + 0.485, y + 0.485, 0.008],
                    [x + 0.015, y + 0.485, 0.008],
                ];
                c.face(&inner, ink([226, 208, 190]).shade(0.96 + tone * 0.04));
            } else if broken || gone {
                c.face(&square, ink([104, 84, 66]));
                c.disc([x + 0.3, y + 0.2, 0.008], 0.12, ink([84, 68, 54]));
                if !gone {
                    let up = tilt;
                    let lid = [
                        [x + 0.04 + turn, y + 0.05, 0.02],
                        [x + 0.46 + turn, y + 0.09, 0.02 + up],
                        [x + 0.42, y + 0.46, 0.03 + up],
                        [x + 0.03, y + 0.4, 0.03],
                    ];
                    c.face(&lid.map(|p| [p[0] + 0.03, p[1] - 0.03, 0.01]), ink([50, 42, 38]).thin(0.5));
                    c.face(&lid, ink([214, 198, 182]).shade(tone));
                    let crack = [lid[0], [x + 0.25, y + 0.28, 0.04 + up * 0.5], lid[2]];
                    c.rod(&crack, 0.015, ink([92, 78, 66]));
                }
            }
        }
    }
    if stage == Stage::Before {
        for _ in 0..22 {
            let (x, y) = (d.f32(-1.9, 1.3), d.f32(3.0, 6.0));
            c.ball([x, y, 0.02], d.f32(0.015, 0.05), ink([150, 134, 118]).shade(d.f32(0.8, 1.1)));
        }
    }
}

/// Standing water, or the place dry again.
pub(super) fn puddle(c: &mut Canvas, d: &mut Dice, stage: Stage) {
    let at = [d.f32(-1.0, -0.5), d.f32(4.2, 4.6)];
    let rim = blob(d, at, 1.65, 1.15, 0.006);
    let inner = blob(d, at, 1.42, 0.95, 0.007);
    let grate = [[0.98, 4.1], [1.32, 5.3]];
    c.face(
        &[
            [grate[0][0], grate[0][1], 0.006],
            [grate[1][0], grate[0][1], 0.006],
            [grate[1][0], grate[1][1], 0.006],
            [grate[0][0], grate[1][1], 0.006],
        ],
        ink([70, 74, 80]),
    );
    for k in 0..8_u8 {
        let y = grate[0][1] + 0.1 + f32::from(k) * 0.14;
        c.rod(&[[1.02, y, 0.01], [1.28, y, 0.01]], 0.045, ink([150, 154, 158]));
    }
    if stage == Stage::After {
        c.face(&inner, ink([120, 112, 104]).thin(0.12));
        return;
    }
    let (top, low) = (c.light.sky_top, c.light.sky_low);
    c.face(&rim, ink([96, 84, 74]).thin(0.55));
    c.face(&inner, ink(blend(blend(top, low, 0.5), [96, 104, 110], 0.42)));
    for (dx, dy, r) in [(-0.4, 0.2, 0.42), (0.4, -0.15, 0.3), (0.1, 0.45, 0.24)] {
        c.disc([at[0] + dx, at[1] + dy, 0.008], r, ink([236, 244, 250]).thin(0.26));
    }
    for (dx, dy) in [(-0.7, -0.2), (0.5, 0.3)] {
        c.disc([at[0] + dx, at[1] + dy, 0.009], 0.16, ink([190, 150, 70]).thin(0.8));
    }
    litter(c, d, [1.15, 4.6, 0.01], 0.35, 10);
}

/// A heap of earth in a cloud of dust, or the heap under a net.
pub(super) fn dust(c: &mut Canvas, d: &mut Dice, stage: Stage) {
    let green = [62, 132, 92];
    let fence = [WALL + 0.5, WALL + 2.6];
    for k in 0..4_u8 {
        let y = 11.5 - f32::from(k) * 1.9;
        c.face(
            &[[fence[0], y, 0.0], [fence[0], y + 1.85, 0.0], [fence[0], y + 1.85, 2.0], [fence[0], y, 2.0]],
            ink([72, 140, 178]),
        );
        c.rod(&[[fence[0] + 0.02, y, 0.0], [fence[0] + 0.02, y, 2.05]], 0.07, ink([232, 236, 240]));
    }
    let after = stage == Stage::After;
    let [a, b] = if after { [green, [84, 158, 112]] } else { [[150, 118, 84], [178, 144, 106]] };
    c.shadow([-1.0, 5.3, 0.0], 1.5);
    let heap = |c: &mut Canvas, x: f32, y: f32, w: f32, h: f32| {
        let slope = |k: f32| (1.0 - k * k) * h;
        let mut points = vec![[x - w, y, 0.0]];
        for i in 1..=11_u8 {
            let k = f32::from(i) / 6.0 - 1.0;
            points.push([x + k * w, y, slope(k)]);
        }
        points.push([x + w, y, 0.0]);
        c.face(&points, ink(a));
        let lit: Vec<W3> =
            points.iter().map(|p| [x + (p[0] - x) * 0.62 - w * 0.24, y - 0.02, p[2] * 0.86]).collect();
        c.face(&lit, ink(b));
    };
    heap(c, -1.7, 6.0, 1.2, 0.9);
    heap(c, -0.3, 5.6, 1.1, 0.72);
    heap(c, -1.1, 5.0, 1.25, 0.8);
    if after {
        for k in 0..9_u8 {
            let x = -2.2 + f32::from(k) * 0.27;
            c.rod(&[[x, 4.98, 0.02], [x + 0.3, 4.98, 0.5]], 0.012, ink([36, 96, 66]).thin(0.5));
        }
        return;
    }
    for _ in 0..30 {
        let (x, y) = (d.f32(-2.5, 1.2), d.f32(3.2, 5.4));
        c.ball([x, y, 0.03], d.f32(0.02, 0.08), ink([168, 134, 98]).shade(d.f32(0.8, 1.15)));
    }
    let spill = blob(d, [2.6, 6.0], 0.8, 2.4, -0.12);
    c.face(&spill, ink([172, 140, 102]).thin(0.7));
    for _ in 0..26 {
        let (x, y) = (d.f32(-2.6, 2.0), d.f32(4.4, 8.0));
        let z = d.f32(0.2, 2.4);
        c.ball([x, y, z], d.f32(0.3, 0.85), ink([206, 178, 140]).thin(0.11));
    }
}

/// A manhole open, or with its cover on.
pub(super) fn cover(c: &mut Canvas, d: &mut Dice, stage: Stage) {
    let at = [d.f32(-1.0, -0.4), d.f32(3.9, 4.3)];
    let p = |z: f32| [at[0], at[1], z];
    c.disc(p(0.004), 0.66, ink([132, 128, 124]));
    let iron = ink([92, 96, 102]);
    if stage == Stage::After {
        c.disc(p(0.008), 0.54, iron);
        c.disc(p(0.01), 0.48, iron.shade(1.16));
        for k in 0..5_u8 {
            let x = at[0] - 0.3 + f32::from(k) * 0.15;
            c.rod(&[[x, at[1] - 0.22, 0.012], [x, at[1] + 0.22, 0.012]], 0.035, iron.shade(0.86));
        }
        return;
    }
    c.disc(p(0.006), 0.54, ink([64, 58, 54]));
    c.disc([at[0] + 0.04, at[1] + 0.06, 0.0], 0.48, ink([22, 22, 26]));
    let lid = [at[0] + 0.72, at[1] + 0.62];
    c.shadow([lid[0], lid[1], 0.0], 0.6);
    c.disc([lid[0], lid[1], 0.05], 0.56, iron.shade(0.7));
    c.disc([lid[0], lid[1], 0.1], 0.56, iron);
    c.disc([lid[0], lid[1], 0.105], 0.48, iron.shade(1.16));
    // a branch that someone put in as a warning
    let (x, y) = (at[0] - 0.05, at[1]);
    c.rod(&[[x, y, -0.05], [x + 0.12, y, 1.0]], 0.05, ink([124, 96, 70]));
    c.rod(&[[x + 0.06, y, 0.55], [x - 0.2, y, 0.95]], 0.03, ink([124, 96, 70]));
    c.face(
        &[[x + 0.11, y, 0.98], [x + 0.5, y, 0.9], [x + 0.46, y, 0.68], [x + 0.09, y, 0.74]],
        ink([222, 52, 48]),
    );
}

/// Snow trodden to ice, or swept up beside the trees.
pub(super) fn snow(c: &mut Canvas, d: &mut Dice, stage: Stage) {
    let white = ink([244, 248, 253]);
    if stage == Stage::After {
        for y in [15.0, 10.5, 7.2] {
            let x = KERB - 0.45;
            c.shadow([x, y, 0.0], 0.7);
            for (dx, r) in [(-0.4, 0.34), (0.35, 0.32), (0.0, 0.46)] {
                c.ball([x + dx, y, r * 0.35], r, white.shade(0.97));
            }
            c.disc([x, y - 0.1, 0.01], 0.85, white);
        }
        return;
    }
    for (middle, rx, ry) in [([-0.6, 17.0], 2.3, 9.0), ([-1.0, 7.0], 2.6, 5.2)] {
        let patch: Vec<W3> = blob(d, middle, rx, ry, 0.008)
            .into_iter()
            .map(|p| [p[0].clamp(WALL + 0.05, KERB - 0.1), p[1], p[2]])
            .collect();
        c.face(&patch, white);
    }
    for y in [24.0, 16.0, 11.0, 8.4] {
        c.disc([WALL + 0.35, y, 0.01], 0.4, white.shade(0.97));
    }
    for _ in 0..3 {
        let (x, y) = (d.f32(-1.6, 0.5), d.f32(3.6, 5.6));
        let ice = blob(d, [x, y], 0.7, 0.5, 0.012);
        c.face(&ice, ink([176, 206, 228]).thin(0.8));
        c.disc([x - 0.1, y + 0.05, 0.014], 0.22, ink([232, 244, 252]).thin(0.8));
    }
    for k in 0..13_u8 {
        let side = if k % 2 == 0 { 0.13 } else { -0.13 };
        let y = 2.8 + f32::from(k) * 0.5;
        c.disc([-0.6 + side + d.f32(-0.04, 0.04), y, 0.013], 0.1, ink([198, 212, 226]));
    }
    for _ in 0..70 {
        let (x, y) = (d.f32(0.0, 1_280.0), d.f32(0.0, 900.0));
        let r = d.f32(1.5, 4.0);
        c.oval((x, y), r, r, white.thin(0.75));
    }
}
