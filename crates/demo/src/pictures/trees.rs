//! Street trees, lamp posts and the green beds.

use super::Stage;
use super::canvas::{Canvas, ink};
use super::light::{Leaves, Rgb, blend};
use super::scene::KERB;
use crate::arith;
use crate::dice::Dice;

/// Trees on both sides and lamps between them, the farthest first.
pub(super) fn rows(c: &mut Canvas, d: &mut Dice, leaves: Leaves) {
    let near = KERB - 0.45;
    for y in [76.0, 66.0, 57.0, 49.0, 41.0, 34.0, 27.5, 21.5, 16.0, 11.0] {
        tree(c, d, [11.6, y * 1.05 + 2.0, 0.0], leaves);
        if y < 30.0 {
            post(c, [10.6, y + 4.0, 0.0], -1.0);
        }
        if y < 36.0 {
            post(c, [near + 0.15, y + 2.4, 0.0], 1.0);
        }
        tree(c, d, [near, y, 0.0], leaves);
    }
}

/// A tree in its pit.
fn tree(c: &mut Canvas, d: &mut Dice, [x, y, z]: [f32; 3], leaves: Leaves) {
    let [dark, middle, light] = leaves.colours().map(|k| blend(k, c.light.sky_low, (y / 200.0).min(0.35)));
    let height = d.f32(2.5, 3.1);
    let size = d.f32(1.15, 1.5);
    c.disc([x, y, z + 0.004], 0.55, ink([122, 98, 78]));
    c.shadow([x + 0.3, y, z], size * 0.95);
    c.rod(&[[x, y, z], [x, y, z + height]], 0.2, ink([118, 94, 74]));
    c.rod(&[[x, y, z], [x, y, z + 1.0]], 0.21, ink([236, 232, 222]));
    if leaves == Leaves::Bare {
        return branches(c, d, [x, y, z + height * 0.72], size);
    }
    let crown: [(f32, f32, f32, Rgb); 9] = [
        (-0.72, 0.1, 0.72, dark),
        (0.72, 0.05, 0.74, dark),
        (0.0, -0.2, 0.8, dark),
        (-0.4, 0.55, 0.78, middle),
        (0.45, 0.6, 0.74, middle),
        (0.02, 0.35, 0.82, middle),
        (-0.28, 1.0, 0.6, light),
        (0.24, 0.86, 0.44, light),
        (-0.58, 0.5, 0.32, light),
    ];
    for (dx, dz, r, tone) in crown {
        let wobble = d.f32(-0.06, 0.06);
        c.ball([x + (dx + wobble) * size, y, z + height + dz * size], r * size * 0.94, ink(tone));
    }
}

fn branches(c: &mut Canvas, d: &mut Dice, [x, y, z]: [f32; 3], size: f32) {
    let bark = ink([118, 98, 82]);
    for k in 0..7_u8 {
        let lean = (f32::from(k) - 3.0) * 0.3 + d.f32(-0.08, 0.08);
        let up = size * (1.7 - lean.abs() * 0.35);
        let knee = [x + lean * size * 0.45, y, z + up * 0.5];
        let tip = [x + lean * size * 1.05, y, z + up];
        c.rod(&[[x, y, z], knee, tip], 0.07, bark);
        c.rod(&[knee, [knee[0] + 0.22 * size, y, knee[2] + up * 0.34]], 0.035, bark);
        c.rod(&[knee, [knee[0] - 0.2 * size, y, knee[2] + up * 0.3]], 0.035, bark);
    }
}

/// A street lamp with its arm to one side.
fn post(c: &mut Canvas, [x, y, z]: [f32; 3], side: f32) {
    let steel = ink([96, 106, 116]);
    c.rod(
        &[[x, y, z], [x, y, z + 5.4], [x + side * 0.35, y, z + 5.9], [x + side * 1.3, y, z + 6.0]],
        0.1,
        steel,
    );
    c.rod(&[[x, y, z], [x, y, z + 0.8]], 0.17, steel.shade(0.8));
    let head = [x + side * 1.35, y, z + 5.95];
    c.rod(&[head, [head[0] + side * 0.4, y, head[2]]], 0.16, steel.shade(1.3));
    if c.light.lamps {
        c.halo([head[0] + side * 0.2, y, head[2] - 0.1], 1.5, [255, 224, 150]);
        c.ball([head[0] + side * 0.2, y, head[2] - 0.1], 0.17, ink([255, 244, 208]).glowing());
    }
}

/// A bed of shrubs: trampled and littered, or full and in flower.
pub(super) fn bed(c: &mut Canvas, d: &mut Dice, stage: Stage) {
    let (x0, x1, y0, y1) = (-2.15, 0.45, 3.7, 6.1);
    let after = stage == Stage::After;
    c.cuboid([x0 - 0.1, y0 - 0.1, 0.0], [x1 + 0.1, y1, 0.17], ink([206, 202, 194]));
    let soil = if after { [104, 84, 62] } else { [146, 118, 88] };
    c.face(&[[x0, y0, 0.175], [x1, y0, 0.175], [x1, y1, 0.175], [x0, y1, 0.175]], ink(soil));
    for row in 0..8_u8 {
        let y = y1 - 0.15 - f32::from(row) * 0.28;
        for k in 0..9_u8 {
            let x = x0 + 0.2 + f32::from(k) * 0.28 + d.f32(-0.05, 0.05);
            let (alive, flower, tone) = (d.chance(0.3), d.chance(0.3), d.f32(0.85, 1.15));
            let (h, lean) = (d.f32(0.12, 0.24), d.f32(-0.2, 0.2));
            if after {
                c.ball([x, y, 0.3], 0.2, ink([66, 128, 74]).shade(tone));
                c.ball([x - 0.05, y, 0.37], 0.12, ink([108, 168, 92]).shade(tone));
                if flower {
                    let petal = *d.pick(&[[236, 92, 110], [250, 196, 70], [240, 240, 236], [198, 110, 196]]);
                    c.ball([x + 0.05, y - 0.05, 0.43], 0.055, ink(petal));
                }
            } else if alive {
                c.rod(&[[x, y, 0.17], [x + lean, y, 0.17 + h]], 0.03, ink([150, 132, 78]));
                c.rod(&[[x, y, 0.17], [x - lean * 0.6, y, 0.14 + h]], 0.025, ink([122, 134, 72]));
            }
        }
    }
    if !after {
        litter(c, d, [-0.85, 4.6, 0.18], 1.1, 16);
    }
}

/// Small litter strewn around a place.
pub(super) fn litter(c: &mut Canvas, d: &mut Dice, at: [f32; 3], spread: f32, n: u8) {
    for _ in 0..n {
        let a = d.real(0.0, 2.0 * arith::PI);
        let r = f64::from(spread) * d.real(0.15, 1.0);
        let x = at[0] + arith::single(r * arith::cos(a));
        let y = (at[1] + arith::single(r * arith::sin(a)) * 0.8).max(2.7);
        let s = d.f32(0.04, 0.1);
        let tone = ink(*d.pick(&[
            [250, 250, 246],
            [226, 80, 70],
            [250, 206, 80],
            [88, 152, 206],
            [190, 160, 120],
            [122, 186, 120],
        ]));
        if d.chance(0.3) {
            // a bottle on its side
            c.rod(&[[x, y, at[2] + 0.04], [x + 0.2, y + 0.06, at[2] + 0.04]], 0.07, tone.shade(0.96));
            c.rod(
                &[[x + 0.2, y + 0.06, at[2] + 0.04], [x + 0.25, y + 0.07, at[2] + 0.04]],
                0.035,
                ink([60, 110, 170]),
            );
        } else {
            let k = d.f32(0.5, 1.2);
            c.face(
                &[
                    [x - s, y - s * k, at[2] + 0.01],
                    [x + s * k, y - s, at[2] + 0.02],
                    [x + s, y + s * k, at[2] + 0.03],
                    [x - s * k, y + s, at[2] + 0.01],
                ],
                tone,
            );
        }
    }
}
