//! Things that stand upright: cabinets, boards, lamps, wires, washing, barriers.

use super::Stage;
use super::canvas::{Canvas, W3, ink};
use super::light::Rgb;
use super::trees::litter;
use crate::dice::Dice;

/// An upright rectangle that faces us.
fn plate(c: &mut Canvas, y: f32, (x0, x1): (f32, f32), (z0, z1): (f32, f32), rgb: Rgb) {
    c.face(&[[x0, y, z0], [x1, y, z0], [x1, y, z1], [x0, y, z1]], ink(rgb));
}

/// A cabinet covered with slips of paper, or clean.
pub(super) fn stickers(c: &mut Canvas, d: &mut Dice, stage: Stage) {
    let (x, y) = (d.f32(-2.0, -1.6), 4.7);
    let (wide, high) = (1.9, 1.62);
    c.shadow([x + wide / 2.0, y + 0.3, 0.0], 1.3);
    c.cuboid([x - 0.06, y - 0.06, 0.0], [x + wide + 0.06, y + 0.7, 0.16], ink([176, 172, 166]));
    c.cuboid([x, y, 0.16], [x + wide, y + 0.6, high], ink([170, 186, 178]));
    c.rod(
        &[[x + wide / 2.0, y - 0.01, 0.2], [x + wide / 2.0, y - 0.01, high - 0.05]],
        0.02,
        ink([116, 130, 124]),
    );
    plate(c, y - 0.01, (x + 0.82, x + 0.88), (0.8, 1.0), [90, 98, 96]);
    c.face(
        &[[x + 0.2, y - 0.012, 1.3], [x + 0.42, y - 0.012, 1.3], [x + 0.31, y - 0.012, 1.5]],
        ink([246, 206, 64]),
    );
    if stage == Stage::After {
        c.face(
            &[
                [x + 0.1, y - 0.013, 0.3],
                [x + 0.7, y - 0.013, 0.3],
                [x + 1.0, y - 0.013, 1.55],
                [x + 0.5, y - 0.013, 1.55],
            ],
            ink([255, 255, 255]).thin(0.12),
        );
        return;
    }
    for k in 0..30_u8 {
        let (u, v) = (d.f32(0.04, wide - 0.36), d.f32(0.24, high - 0.32));
        let (w, h) = (d.f32(0.18, 0.34), d.f32(0.14, 0.28));
        let skew = d.f32(-0.05, 0.05);
        let paper: Rgb = *d.pick(&[
            [252, 250, 242],
            [250, 214, 90],
            [240, 130, 130],
            [140, 200, 236],
            [170, 220, 150],
            [252, 250, 242],
        ]);
        let z = y - 0.015 - f32::from(k) * 0.0004;
        let (x0, z0) = (x + u, v);
        c.face(
            &[[x0, z, z0 + skew], [x0 + w, z, z0], [x0 + w, z, z0 + h], [x0, z, z0 + h + skew]],
            ink(paper),
        );
        // lines and a bar, nothing to read
        c.rod(&[[x0 + 0.03, z, z0 + h * 0.75], [x0 + w - 0.03, z, z0 + h * 0.75]], 0.026, ink([190, 50, 46]));
        c.rod(&[[x0 + 0.03, z, z0 + h * 0.45], [x0 + w - 0.05, z, z0 + h * 0.45]], 0.012, ink([70, 74, 84]));
        c.rod(&[[x0 + 0.03, z, z0 + h * 0.25], [x0 + w - 0.08, z, z0 + h * 0.25]], 0.012, ink([70, 74, 84]));
    }
    litter(c, d, [x + 0.9, 4.2, 0.0], 0.9, 9);
}

/// A public board with a picture, torn and leaning, or whole.
pub(super) fn board(c: &mut Canvas, d: &mut Dice, stage: Stage) {
    let (x, y) = (d.f32(-2.3, -1.9), 5.3);
    let whole = stage == Stage::After;
    let lean = if whole { 0.0 } else { 0.16 };
    let (wide, z0, z1) = (2.7, 0.75, 2.35);
    c.shadow([x + wide / 2.0, y, 0.0], 1.4);
    for leg in [0.25, wide - 0.25] {
        c.rod(&[[x + leg, y + 0.05, 0.0], [x + leg + lean, y + 0.05, 1.9]], 0.09, ink([110, 118, 126]));
    }
    // the board's own plane: u across, v up
    let p = move |u: f32, v: f32| -> W3 {
        [x + u * wide + lean * (0.4 + v), y, z0 + v * (z1 - z0) - lean * u * 1.6]
    };
    let pale = |rgb: Rgb| if whole { rgb } else { rgb.map(|v| v / 3 + 150) };
    c.face(&[p(-0.03, -0.06), p(1.03, -0.06), p(1.03, 1.06), p(-0.03, 1.06)], ink([150, 58, 50]));
    c.face(&[p(0.0, 0.0), p(1.0, 0.0), p(1.0, 1.0), p(0.0, 1.0)], ink(pale([152, 206, 236])));
    c.face(
        &[
            p(0.0, 0.34),
            p(0.22, 0.68),
            p(0.38, 0.46),
            p(0.6, 0.8),
            p(0.82, 0.5),
            p(1.0, 0.62),
            p(1.0, 0.0),
            p(0.0, 0.0),
        ],
        ink(pale([104, 146, 176])),
    );
    c.face(&[p(0.54, 0.71), p(0.6, 0.8), p(0.67, 0.7), p(0.61, 0.66)], ink(pale([250, 252, 255])));
    c.face(&[p(0.0, 0.0), p(1.0, 0.0), p(1.0, 0.26), p(0.5, 0.34), p(0.0, 0.22)], ink(pale([226, 186, 110])));
    // a gate tower in outline
    c.face(&[p(0.2, 0.24), p(0.46, 0.24), p(0.44, 0.44), p(0.22, 0.44)], ink(pale([196, 146, 86])));
    c.face(
        &[p(0.16, 0.5), p(0.33, 0.66), p(0.5, 0.5), p(0.46, 0.44), p(0.2, 0.44)],
        ink(pale([186, 62, 52])),
    );
    c.ball(p(0.84, 0.82), 0.14, ink(pale([250, 206, 90])));
    c.rod(&[p(0.56, 0.16), p(0.92, 0.14)], 0.09, ink(pale([190, 50, 46])));
    if whole {
        return;
    }
    c.face(
        &[p(1.0, 1.0), p(0.62, 1.0), p(0.7, 0.82), p(0.66, 0.66), p(0.82, 0.56), p(1.0, 0.4)],
        ink([132, 128, 120]),
    );
    c.face(&[p(0.62, 1.0), p(0.7, 0.82), p(0.66, 0.66), p(0.54, 0.6), p(0.5, 0.86)], ink([240, 240, 234]));
    c.face(&[p(0.08, 0.0), p(0.2, 0.0), p(0.16, 0.2), p(0.1, 0.14)], ink([132, 128, 120]));
    c.rod(&[p(0.3, 1.0), p(0.36, 0.72), p(0.3, 0.5)], 0.02, ink([90, 90, 90]));
    litter(c, d, [x + 1.8, 4.7, 0.0], 0.8, 9);
}

/// A garden lamp that is out and hangs, or shines.
pub(super) fn lamp(c: &mut Canvas, d: &mut Dice, stage: Stage) {
    let (x, y) = (d.f32(-0.6, -0.1), 6.6);
    let steel = ink([70, 80, 90]);
    c.shadow([x, y, 0.0], 0.35);
    if stage == Stage::After {
        c.disc([x - 0.6, y - 0.2, 0.006], 1.9, ink([255, 222, 140]).thin(0.22).glowing());
        c.rod(&[[x, y, 0.0], [x, y, 3.3], [x - 0.2, y, 3.62], [x - 0.9, y, 3.7]], 0.13, steel);
        c.rod(&[[x, y, 0.0], [x, y, 0.7]], 0.22, steel.shade(0.85));
        c.rod(&[[x, y, 3.0], [x - 0.5, y, 3.6]], 0.05, steel);
        c.halo([x - 1.05, y, 3.5], 1.5, [255, 222, 140]);
        c.face(
            &[[x - 1.25, y, 3.72], [x - 0.85, y, 3.72], [x - 0.72, y, 3.5], [x - 1.38, y, 3.5]],
            steel.shade(0.9),
        );
        c.ball([x - 1.05, y, 3.46], 0.2, ink([255, 246, 214]).glowing());
        return;
    }
    // bent, the head hanging by its wire, the hatch at the foot open
    c.rod(&[[x, y, 0.0], [x - 0.05, y, 1.8], [x - 0.3, y, 3.2], [x - 0.75, y, 3.5]], 0.13, steel);
    c.rod(&[[x, y, 0.0], [x, y, 0.7]], 0.22, steel.shade(0.85));
    c.cable(
        &[[x - 0.75, y, 3.5], [x - 0.95, y, 3.3], [x - 0.85, y, 3.0], [x - 1.0, y, 2.8]],
        0.035,
        ink([30, 32, 38]),
    );
    c.face(
        &[[x - 1.1, y, 2.86], [x - 0.76, y, 2.7], [x - 0.82, y, 2.42], [x - 1.34, y, 2.66]],
        steel.shade(0.9),
    );
    c.ball([x - 1.08, y, 2.52], 0.17, ink([104, 108, 116]));
    plate(c, y - 0.1, (x - 0.11, x + 0.11), (0.22, 0.62), [24, 26, 30]);
    c.face(
        &[
            [x + 0.11, y - 0.1, 0.22],
            [x + 0.32, y - 0.3, 0.18],
            [x + 0.32, y - 0.3, 0.58],
            [x + 0.11, y - 0.1, 0.62],
        ],
        steel.shade(1.3),
    );
    c.cable(
        &[[x, y - 0.12, 0.45], [x + 0.1, y - 0.2, 0.1], [x - 0.2, y - 0.3, 0.02], [x - 0.45, y - 0.35, 0.02]],
        0.035,
        ink([206, 70, 60]),
    );
    for _ in 0..12 {
        let (gx, gy) = (x - 1.05 + d.f32(-0.5, 0.5), y - 0.5 + d.f32(-0.5, 0.5));
        c.face(&[[gx, gy, 0.01], [gx + 0.12, gy, 0.01], [gx + 0.06, gy + 0.14, 0.01]], ink([214, 232, 240]));
    }
}

/// Cables that hang down to the pavement, or are drawn up.
pub(super) fn wire(c: &mut Canvas, d: &mut Dice, stage: Stage) {
    let (x, y) = (d.f32(-1.9, -1.5), 6.2);
    let pole = ink([152, 144, 134]);
    c.shadow([x, y, 0.0], 0.3);
    c.rod(&[[x, y, 0.0], [x, y, 5.6]], 0.2, pole);
    c.rod(&[[x - 0.7, y, 4.9], [x + 0.7, y, 4.9]], 0.1, pole.shade(0.8));
    for k in 0..4_u8 {
        let side = -0.55 + f32::from(k) * 0.36;
        let far = [x + side * 0.9, 30.0, 4.7];
        c.cable(&[[x + side, y, 5.0], [x + side, 14.0, 4.55], far], 0.022, ink([40, 42, 48]));
    }
    let black = ink([36, 38, 44]);
    if stage == Stage::After {
        for k in 0..3_u8 {
            let z = 4.6 - f32::from(k) * 0.06;
            c.cable(&[[x + 0.1, y, z], [x + 1.2, 4.6, z - 0.2], [x + 3.4, 3.2, z + 0.1]], 0.03, black);
        }
        c.ball([x, y - 0.1, 4.55], 0.16, ink([60, 64, 72]));
        return;
    }
    for k in 0..4_u8 {
        let s = f32::from(k) * 0.14;
        let z = d.f32(-0.1, 0.1);
        c.cable(
            &[
                [x + 0.1, y, 4.6],
                [x + 0.35 + s, 5.6, 2.9 + z],
                [x + 0.7 + s, 5.1, 1.1 + z],
                [x + 1.1 + s, 4.7, 0.16],
                [x + 1.6 + s * 1.5, 4.4, 0.04],
                [x + 2.1 + s, 4.7, 0.3 + z],
                [x + 2.6, 5.0, 1.3],
                [x + 3.1, 5.0, 3.2],
                [x + 3.5, 4.8, 5.2],
            ],
            0.035,
            black,
        );
    }
    let coil = [x + 1.6, 4.4, 0.03];
    let p = c.at(coil);
    let k = Canvas::scale(coil[1]);
    for r in [0.28, 0.2, 0.34] {
        c.hoop(p, r * k, r * k * 0.36, 0.03 * k, black);
    }
}

/// Washing on a line across the pavement, or the line gone.
pub(super) fn laundry(c: &mut Canvas, d: &mut Dice, stage: Stage) {
    let y = 5.6;
    let (a, b) = ([-2.9, y, 1.95], [1.05, y, 2.0]);
    if stage == Stage::After {
        return;
    }
    c.rod(&[[a[0], y, 0.0], [a[0], y, 2.1]], 0.07, ink([150, 146, 140]));
    c.rod(&[[b[0], y, 0.0], [b[0], y, 2.1]], 0.07, ink([150, 146, 140]));
    c.rod(&[a, [-0.9, y, 1.82], b], 0.025, ink([70, 74, 80]));
    let cloths: [Rgb; 7] = [
        [226, 90, 96],
        [250, 214, 110],
        [96, 156, 206],
        [246, 244, 238],
        [150, 196, 140],
        [196, 140, 200],
        [240, 160, 90],
    ];
    let mut x = a[0] + 0.25;
    let mut k = d.below(7);
    while x < b[0] - 0.7 {
        let w = d.f32(0.42, 0.95);
        let h = d.f32(0.55, 1.15);
        let tone = ink(cloths[k % 7]);
        let sag = d.f32(-0.06, 0.06);
        c.shadow([x + w / 2.0, y, 0.0], w * 0.5);
        c.face(
            &[
                [x, y, 1.86],
                [x + w, y, 1.86],
                [x + w + sag, y, 1.86 - h],
                [x + w * 0.5 + sag, y, 1.82 - h],
                [x + sag, y, 1.86 - h],
            ],
            tone,
        );
        c.face(
            &[
                [x + w * 0.6, y - 0.01, 1.86],
                [x + w * 0.75, y - 0.01, 1.86],
                [x + w * 0.72 + sag, y - 0.01, 1.88 - h],
                [x + w * 0.55 + sag, y - 0.01, 1.86 - h],
            ],
            tone.shade(0.88),
        );
        if k.is_multiple_of(3) {
            for n in 1..4_u8 {
                let z = 1.86 - h * f32::from(n) / 4.0;
                c.rod(&[[x + 0.03, y - 0.01, z], [x + w - 0.03, y - 0.01, z]], 0.03, tone.shade(1.2));
            }
        }
        for peg in [x + 0.06, x + w - 0.06] {
            c.rod(&[[peg, y - 0.02, 1.84], [peg, y - 0.02, 1.94]], 0.03, ink([206, 168, 110]));
        }
        x += w + d.f32(0.08, 0.2);
        k += 1;
    }
}

/// A railing knocked over with a cone beside it, or upright.
pub(super) fn barrier(c: &mut Canvas, d: &mut Dice, stage: Stage) {
    let white = ink([240, 242, 244]);
    let blue = ink([58, 112, 176]);
    let x = 0.98;
    let upright = |c: &mut Canvas, y0: f32, y1: f32| {
        for y in [y1, y0] {
            c.rod(&[[x, y, 0.0], [x, y, 1.05]], 0.1, blue);
            c.ball([x, y, 1.08], 0.07, blue.shade(1.2));
        }
        for z in [0.3, 0.92] {
            c.rod(&[[x, y0, z], [x, y1, z]], 0.05, white);
        }
        for k in 1..6_u8 {
            let y = y0 + (y1 - y0) * f32::from(k) / 6.0;
            c.rod(&[[x, y, 0.3], [x, y, 0.92]], 0.03, white);
        }
    };
    for k in (0..4_u8).rev() {
        let y = 9.3 + f32::from(k) * 2.3;
        upright(c, y, y + 2.2);
    }
    if stage == Stage::After {
        upright(c, 7.0, 9.2);
        upright(c, 4.7, 6.9);
        return;
    }
    // the fallen pieces lie across the pavement
    for (x0, y0, turn) in [(-2.0, 6.4, 0.5), (-1.7, 4.6, -0.2)] {
        c.shadow([x0 + 1.1, y0 + 0.3, 0.0], 1.2);
        let p = |u: f32, v: f32| [x0 + u, y0 + v + u * turn * 0.4, 0.06 + v * 0.12];
        for v in [0.0, 0.75] {
            c.rod(&[p(0.0, v), p(2.2, v)], 0.06, white);
        }
        for k in 0..7_u8 {
            let u = f32::from(k) * 2.2 / 6.0;
            c.rod(
                &[p(u, 0.0), p(u + d.f32(-0.08, 0.08), 0.75)],
                if k % 6 == 0 { 0.1 } else { 0.035 },
                if k % 6 == 0 { blue } else { white },
            );
        }
    }
    cone(c, [0.5, 4.4, 0.0]);
    litter(c, d, [-0.4, 4.2, 0.0], 1.0, 6);
}

fn cone(c: &mut Canvas, [x, y, z]: W3) {
    c.shadow([x, y, 0.0], 0.3);
    c.cuboid([x - 0.22, y - 0.15, z], [x + 0.22, y + 0.15, z + 0.05], ink([60, 62, 66]));
    let edge = |k: f32| 0.17 * (1.0 - k) + 0.03;
    for (a, b, rgb) in [
        (0.0, 0.35, [236, 96, 44]),
        (0.35, 0.55, [250, 250, 248]),
        (0.55, 0.75, [236, 96, 44]),
        (0.75, 0.88, [250, 250, 248]),
        (0.88, 1.0, [236, 96, 44]),
    ] {
        let (za, zb) = (z + 0.05 + a * 0.65, z + 0.05 + b * 0.65);
        c.face(
            &[[x - edge(a), y, za], [x + edge(a), y, za], [x + edge(b), y, zb], [x - edge(b), y, zb]],
            ink(rgb),
        );
    }
}
