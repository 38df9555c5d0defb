//! Things that stand or lie in the way: rubbish, bins, boxes, stalls, grills.

use super::Stage;
use super::canvas::{Canvas, Ink, W3, ink};
use super::light::Rgb;
use super::trees::litter;
use crate::dice::Dice;

const BAGS: [Rgb; 6] =
    [[48, 52, 60], [60, 64, 74], [232, 232, 228], [76, 124, 176], [196, 66, 62], [70, 140, 96]];

/// A tied bag.
fn bag(c: &mut Canvas, d: &mut Dice, [x, y, z]: W3, size: f32) {
    let tone = ink(*d.pick(&BAGS));
    c.ball([x, y, z + size * 0.6], size * 0.78, tone.shade(0.86));
    c.ball([x - size * 0.12, y, z + size * 0.7], size * 0.66, tone);
    c.ball([x - size * 0.28, y, z + size * 0.86], size * 0.2, tone.shade(1.25));
    let top = [x, y, z + size * 1.36];
    c.rod(&[top, [x - size * 0.25, y, z + size * 1.7]], size * 0.16, tone);
    c.rod(&[top, [x + size * 0.25, y, z + size * 1.66]], size * 0.16, tone.shade(0.9));
}

/// A heap of rubbish, or the place swept.
pub(super) fn rubbish(c: &mut Canvas, d: &mut Dice, stage: Stage) {
    let at = d.f32(-1.3, -0.6);
    if stage == Stage::After {
        return swept(c, at);
    }
    c.shadow([at, 4.9, 0.0], 1.35);
    carton(c, d, [at - 1.0, 5.5, 0.0], 0.55);
    carton(c, d, [at + 0.7, 5.4, 0.0], 0.42);
    for (dx, y, z, s) in [
        (-0.65, 5.3, 0.0, 0.42),
        (0.1, 5.35, 0.0, 0.46),
        (0.62, 5.1, 0.0, 0.38),
        (-0.25, 5.1, 0.38, 0.36),
        (-0.95, 4.9, 0.0, 0.34),
        (0.3, 4.75, 0.0, 0.36),
        (-0.35, 4.6, 0.0, 0.38),
    ] {
        let (slip, size) = (d.f32(-0.08, 0.08), s * d.f32(0.9, 1.1));
        bag(c, d, [at + dx + slip, y, z], size);
    }
    litter(c, d, [at, 4.3, 0.0], 1.5, 26);
    for k in 0..5_u8 {
        // rind and leaves
        let x = at - 0.8 + f32::from(k) * 0.4;
        c.disc(
            [x, 4.1 + d.f32(-0.2, 0.2), 0.01],
            d.f32(0.06, 0.12),
            ink(*d.pick(&[[110, 168, 70], [226, 150, 60]])),
        );
    }
}

/// A clean place with a mark of water, and a new bin beside it.
fn swept(c: &mut Canvas, x: f32) {
    c.disc([x, 4.7, 0.006], 1.2, ink([110, 104, 100]).thin(0.1));
    double_bin(c, [x - 0.55, 5.6, 0.0], false);
}

fn carton(c: &mut Canvas, d: &mut Dice, [x, y, z]: W3, s: f32) {
    let tone = ink([202, 164, 116]).shade(d.f32(0.9, 1.06));
    c.cuboid([x - s, y, z], [x + s, y + s, z + s * 1.2], tone);
    c.face(
        &[
            [x - s * 0.12, y, z],
            [x + s * 0.12, y, z],
            [x + s * 0.12, y, z + s * 1.2],
            [x - s * 0.12, y, z + s * 1.2],
        ],
        ink([232, 212, 170]),
    );
}

/// Two compartments on legs; `full` leaves the lids up.
fn double_bin(c: &mut Canvas, [x, y, z]: W3, full: bool) {
    c.shadow([x + 0.5, y + 0.2, 0.0], 0.75);
    for (k, tone) in [(0.0, [62, 138, 92]), (0.56, [66, 112, 168])] {
        let tone = ink(tone);
        c.cuboid([x + k, y, z + 0.12], [x + k + 0.52, y + 0.42, z + 0.98], tone);
        c.face(
            &[
                [x + k + 0.1, y - 0.005, 0.64],
                [x + k + 0.42, y - 0.005, 0.64],
                [x + k + 0.42, y - 0.005, 0.82],
                [x + k + 0.1, y - 0.005, 0.82],
            ],
            ink([34, 40, 46]),
        );
        c.face(
            &[[x + k + 0.14, y - 0.006, 0.3], [x + k + 0.38, y - 0.006, 0.3], [x + k + 0.26, y - 0.006, 0.5]],
            ink([244, 248, 244]).thin(0.85),
        );
        if !full {
            c.cuboid([x + k - 0.02, y - 0.03, z + 0.98], [x + k + 0.54, y + 0.45, z + 1.06], tone.shade(0.8));
        }
    }
    for k in [0.03, 1.02] {
        c.rod(&[[x + k, y, 0.0], [x + k, y, 0.14]], 0.06, ink([70, 74, 80]));
    }
}

/// A bin that overflows, or emptied and closed.
pub(super) fn bin(c: &mut Canvas, d: &mut Dice, stage: Stage) {
    let x = d.f32(-1.4, -0.8);
    let full = stage == Stage::Before;
    double_bin(c, [x, 4.8, 0.0], full);
    if !full {
        return;
    }
    for (dx, z, s) in
        [(0.14, 0.95, 0.2), (0.4, 0.98, 0.22), (0.7, 0.96, 0.21), (0.95, 0.93, 0.2), (0.54, 1.16, 0.19)]
    {
        bag(c, d, [x + dx, 4.85, z], s);
    }
    bag(c, d, [x - 0.4, 4.7, 0.0], 0.36);
    bag(c, d, [x + 1.45, 4.75, 0.0], 0.38);
    carton(c, d, [x + 1.85, 4.9, 0.0], 0.26);
    bag(c, d, [x + 0.25, 4.35, 0.0], 0.3);
    litter(c, d, [x + 0.5, 4.1, 0.0], 1.3, 22);
}

/// Boxes and boards stacked in the way, or nothing.
pub(super) fn clutter(c: &mut Canvas, d: &mut Dice, stage: Stage) {
    if stage == Stage::After {
        return planter(c, [-1.9, 5.8, 0.0]);
    }
    c.shadow([-1.0, 5.2, 0.0], 1.5);
    // an old wardrobe, boards against it, cartons in front
    c.cuboid([-2.5, 5.6, 0.0], [-1.3, 6.2, 1.75], ink([150, 112, 82]));
    c.rod(&[[-1.9, 5.59, 0.1], [-1.9, 5.59, 1.7]], 0.03, ink([96, 70, 52]));
    for x in [-1.98, -1.82] {
        c.ball([x, 5.58, 0.95], 0.04, ink([226, 196, 120]));
    }
    for (k, tone) in [(0.0, [206, 176, 132]), (0.22, [186, 152, 110]), (0.4, [218, 196, 158])] {
        c.face(
            &[
                [-1.2 + k, 5.5, 0.0],
                [-0.95 + k, 5.4, 0.0],
                [-1.25 + k, 5.7, 1.9 - k],
                [-1.5 + k, 5.7, 1.9 - k],
            ],
            ink(tone),
        );
    }
    for (x, y, z, s) in [
        (-0.35, 5.5, 0.0, 0.46),
        (0.45, 5.6, 0.0, 0.4),
        (-0.2, 5.55, 0.55, 0.36),
        (-0.8, 4.9, 0.0, 0.4),
        (0.15, 4.8, 0.0, 0.34),
    ] {
        carton(c, d, [x, y, z], s);
    }
    for k in 0..4_u8 {
        let z = 0.06 + f32::from(k) * 0.1;
        c.cuboid(
            [-2.35, 4.75, z - 0.06],
            [-1.6, 5.1, z + 0.035],
            ink([186, 96, 72]).shade(0.9 + f32::from(k) * 0.05),
        );
    }
    // a chair without a leg
    c.cuboid([0.72, 4.9, 0.42], [1.2, 5.3, 0.5], ink([92, 124, 150]));
    for p in [[0.76, 4.92], [1.16, 4.92], [1.16, 5.28]] {
        c.rod(&[[p[0], p[1], 0.0], [p[0], p[1], 0.44]], 0.045, ink([70, 74, 80]));
    }
}

/// A tub of flowers.
fn planter(c: &mut Canvas, [x, y, z]: W3) {
    c.shadow([x, y, 0.0], 0.5);
    c.cuboid([x - 0.45, y, z], [x + 0.45, y + 0.5, z + 0.5], ink([184, 132, 96]));
    for (dx, dz, tone) in
        [(-0.25, 0.6, [70, 136, 78]), (0.22, 0.62, [84, 150, 86]), (0.0, 0.74, [98, 164, 90])]
    {
        c.ball([x + dx, y, z + dz], 0.28, ink(tone));
    }
    for (dx, dz, tone) in [
        (-0.3, 0.78, [236, 96, 110]),
        (0.05, 0.92, [250, 200, 74]),
        (0.3, 0.76, [236, 236, 232]),
        (-0.08, 0.66, [236, 96, 110]),
    ] {
        c.ball([x + dx, y - 0.1, z + dz], 0.07, ink(tone));
    }
}

/// A stall on the pavement, or the pavement free.
pub(super) fn stall(c: &mut Canvas, d: &mut Dice, stage: Stage) {
    if stage == Stage::After {
        return planter(c, [-2.2, 6.0, 0.0]);
    }
    let x = d.f32(-1.8, -1.3);
    let (a, b, y) = (x, x + 2.1, 4.9);
    c.shadow([x + 1.0, y + 0.4, 0.0], 1.6);
    let cloth = *d.pick(&[[206, 70, 62], [52, 124, 170], [232, 160, 52], [58, 140, 100]]);
    // parasol behind the table
    let pole = [x + 1.0, y + 0.9];
    c.rod(&[[pole[0], pole[1], 0.0], [pole[0], pole[1], 2.5]], 0.06, ink([150, 150, 150]));
    for k in 0..6_u8 {
        let (l, r) = (-1.5 + f32::from(k) * 0.5, -1.0 + f32::from(k) * 0.5);
        let drop = |u: f32| 2.02 - u * u * 0.03;
        let tone: Ink = if k % 2 == 0 { ink(cloth) } else { ink([250, 244, 232]) };
        c.face(
            &[[pole[0], pole[1], 2.62], [pole[0] + l, pole[1], drop(l)], [pole[0] + r, pole[1], drop(r)]],
            tone,
        );
    }
    c.cuboid([a, y, 0.0], [b, y + 0.7, 0.78], ink([186, 146, 104]));
    c.face(
        &[[a, y - 0.01, 0.3], [b, y - 0.01, 0.3], [b, y - 0.01, 0.8], [a, y - 0.01, 0.8]],
        ink(cloth).shade(0.94),
    );
    let fruit: [Rgb; 5] = [[226, 60, 52], [246, 176, 48], [126, 180, 70], [232, 120, 60], [150, 70, 120]];
    for row in (0..3_u8).rev() {
        for col in 0..10_u8 {
            let tone = ink(fruit[usize::from(col / 2) % 5]).shade(d.f32(0.9, 1.08));
            let fx = a + 0.16 + f32::from(col) * 0.2;
            c.ball([fx, y + 0.1 + f32::from(row) * 0.2, 0.84], 0.1, tone);
        }
    }
    for (dx, tone) in [(-0.75, fruit[1]), (2.3, fruit[0]), (2.95, fruit[2])] {
        let cx = x + dx;
        c.cuboid([cx - 0.28, 4.5, 0.0], [cx + 0.28, 4.9, 0.26], ink([206, 168, 116]));
        for k in 0..4_u8 {
            c.ball(
                [cx - 0.2 + f32::from(k) * 0.13, 4.55, 0.3],
                0.09,
                ink(tone).shade(0.92 + f32::from(k) * 0.05),
            );
        }
    }
    c.cuboid([x - 0.3, 4.2, 0.0], [x + 0.05, 4.5, 0.35], ink([70, 120, 176]));
    litter(c, d, [x + 0.8, 4.0, 0.0], 1.3, 10);
}

/// A grill in its smoke, or the place clean.
pub(super) fn smoke(c: &mut Canvas, d: &mut Dice, stage: Stage) {
    if stage == Stage::After {
        c.disc([-0.9, 4.9, 0.006], 0.9, ink([90, 86, 84]).thin(0.14));
        return;
    }
    let (x, y) = (d.f32(-1.7, -1.2), 4.9);
    c.shadow([x + 0.7, y + 0.2, 0.0], 1.2);
    for leg in [0.08, 1.52] {
        c.rod(&[[x + leg, y + 0.05, 0.0], [x + leg, y + 0.05, 0.7]], 0.05, ink([80, 84, 90]));
    }
    c.cuboid([x, y, 0.66], [x + 1.6, y + 0.45, 0.88], ink([92, 96, 104]));
    c.face(
        &[
            [x + 0.06, y + 0.05, 0.885],
            [x + 1.54, y + 0.05, 0.885],
            [x + 1.54, y + 0.4, 0.885],
            [x + 0.06, y + 0.4, 0.885],
        ],
        ink([214, 86, 44]).glowing(),
    );
    for k in 0..11_u8 {
        let sx = x + 0.12 + f32::from(k) * 0.135;
        c.rod(&[[sx, y - 0.12, 0.92], [sx, y + 0.45, 0.92]], 0.018, ink([222, 196, 150]));
        c.rod(&[[sx, y + 0.06, 0.93], [sx, y + 0.34, 0.93]], 0.06, ink([150, 84, 52]));
    }
    for (sx, tone) in [(x + 2.1, [206, 70, 62]), (x - 0.55, [66, 120, 176])] {
        c.cuboid([sx - 0.17, y - 0.2, 0.28], [sx + 0.17, y + 0.14, 0.36], ink(tone));
        for leg in [-0.13, 0.13] {
            c.rod(&[[sx + leg, y - 0.18, 0.0], [sx + leg, y - 0.18, 0.3]], 0.04, ink(tone).shade(0.8));
        }
    }
    litter(c, d, [x + 0.8, 4.2, 0.0], 1.1, 14);
    for k in 0..26_u8 {
        let up = f32::from(k) / 25.0;
        let drift = up * 1.3 + d.f32(-0.3, 0.3) * (0.3 + up);
        let r = 0.16 + up * 0.62;
        c.ball([x + 0.8 + drift, y + 0.2, 0.95 + up * 2.6], r, ink([196, 196, 200]).thin(0.17));
    }
}
