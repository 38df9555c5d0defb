//! Cars and bicycles.

use super::Stage;
use super::canvas::{Canvas, W3, ink};
use super::light::Rgb;
use crate::dice::Dice;

/// What cars are painted.
pub(super) const PAINTS: [Rgb; 6] =
    [[232, 232, 230], [58, 66, 78], [176, 48, 48], [46, 92, 150], [168, 172, 178], [206, 176, 120]];

/// A car seen from behind, its left rear corner at the position.
pub(super) fn car(c: &mut Canvas, [x, y, z]: W3, paint: Rgb) {
    let body = ink(paint);
    let (w, l) = (1.75, 4.1);
    c.shadow([x + w / 2.0, y + 0.6, z], 1.15);
    for wheel in [x + 0.2, x + w - 0.2] {
        c.rod(&[[wheel, y + 0.1, z + 0.06], [wheel, y + 0.1, z + 0.5]], 0.24, ink([34, 36, 40]));
    }
    // cabin, then body, then the window in the back
    let roof = [[x + 0.3, y + 0.9, z + 1.45], [x + w - 0.3, y + 0.9, z + 1.45]];
    c.face(
        &[[x + 0.08, y + 0.1, z + 0.9], [x + w - 0.08, y + 0.1, z + 0.9], roof[1], roof[0]],
        body.shade(0.95),
    );
    c.face(
        &[
            [x + 0.24, y + 0.2, z + 0.95],
            [x + w - 0.24, y + 0.2, z + 0.95],
            [x + w - 0.38, y + 0.8, z + 1.38],
            [x + 0.38, y + 0.8, z + 1.38],
        ],
        ink([64, 84, 102]),
    );
    c.face(
        &[roof[0], roof[1], [x + w - 0.35, y + 2.6, z + 1.45], [x + 0.35, y + 2.6, z + 1.45]],
        body.shade(1.1),
    );
    c.cuboid([x, y, z + 0.28], [x + w, y + l, z + 0.92], body);
    c.face(
        &[
            [x, y - 0.01, z + 0.28],
            [x + w, y - 0.01, z + 0.28],
            [x + w, y - 0.01, z + 0.42],
            [x, y - 0.01, z + 0.42],
        ],
        ink([52, 56, 62]),
    );
    let lamp = if c.light.lamps { ink([255, 90, 76]).glowing() } else { ink([206, 52, 48]) };
    for side in [x + 0.06, x + w - 0.4] {
        c.face(
            &[
                [side, y - 0.02, z + 0.66],
                [side + 0.34, y - 0.02, z + 0.66],
                [side + 0.34, y - 0.02, z + 0.82],
                [side, y - 0.02, z + 0.82],
            ],
            lamp,
        );
    }
    c.face(
        &[
            [x + 0.62, y - 0.02, z + 0.5],
            [x + 1.13, y - 0.02, z + 0.5],
            [x + 1.13, y - 0.02, z + 0.64],
            [x + 0.62, y - 0.02, z + 0.64],
        ],
        ink([54, 104, 176]),
    );
}

/// Cars on the pavement, or bollards where they stood.
pub(super) fn parked(c: &mut Canvas, d: &mut Dice, stage: Stage) {
    let mut paints = PAINTS;
    d.shuffle(&mut paints);
    let x = d.f32(-2.1, -1.6);
    if stage == Stage::Before {
        car(c, [x + 0.15, 11.6, 0.0], paints[1]);
        car(c, [x + d.f32(-0.1, 0.15), 5.2, 0.0], paints[0]);
        return;
    }
    for y in [13.0, 10.4, 7.8, 5.2] {
        let x = 1.12;
        c.shadow([x, y, 0.0], 0.22);
        c.rod(&[[x, y, 0.0], [x, y, 0.72]], 0.16, ink([72, 78, 86]));
        c.rod(&[[x, y, 0.5], [x, y, 0.6]], 0.165, ink([246, 214, 80]));
        c.ball([x, y, 0.78], 0.1, ink([86, 92, 100]));
    }
}

/// A bicycle or scooter seen from the side; lying if `down`.
fn bike(c: &mut Canvas, [x, y, z]: W3, paint: Rgb, lean: f32, down: bool) {
    let frame = ink(paint);
    let dark = ink([42, 44, 50]);
    let k = Canvas::scale(y);
    // the plane of the bicycle: upright and leaning, or flat on the ground
    let at =
        |u: f32, v: f32| if down { [x + u, y - v * 0.9, z + 0.12] } else { [x + u + v * lean, y, z + v] };
    let r = 0.31;
    let flat = if down { 0.36 } else { 1.0 };
    for u in [0.0, 1.02] {
        let p = c.at(at(u, r));
        c.hoop(p, r * k, r * k * flat, 0.05 * k, dark);
        c.hoop(p, r * k * 0.84, r * k * 0.84 * flat, 0.012 * k, ink([190, 194, 198]));
        c.oval(p, 0.04 * k, 0.04 * k * flat, dark);
    }
    let (rear, front, seat, bar, crank) =
        (at(0.0, r), at(1.02, r), at(0.3, 0.74), at(0.86, 0.84), at(0.44, r));
    c.rod(&[rear, seat, crank, rear], 0.045, frame);
    c.rod(&[crank, bar, seat], 0.045, frame);
    c.rod(&[front, bar, at(0.82, 0.98)], 0.045, frame);
    c.rod(&[at(0.68, 1.0), at(0.82, 0.98), at(0.92, 1.06)], 0.04, dark);
    c.rod(&[at(0.2, 0.82), at(0.42, 0.82)], 0.09, dark);
    c.face(&[at(0.94, 0.74), at(1.22, 0.74), at(1.18, 0.52), at(0.98, 0.52)], frame.shade(0.8));
}

/// Bicycles in disorder, or in a row.
pub(super) fn bikes(c: &mut Canvas, d: &mut Dice, stage: Stage) {
    let mut paints: Vec<Rgb> = [
        [64, 152, 212],
        [250, 196, 60],
        [60, 160, 110],
        [64, 152, 212],
        [226, 92, 70],
        [250, 196, 60],
        [60, 160, 110],
    ]
    .to_vec();
    d.shuffle(&mut paints);
    if stage == Stage::After {
        // a marked strip along the wall
        c.face(
            &[[-3.3, 4.4, 0.005], [-1.75, 4.4, 0.005], [-1.75, 12.0, 0.005], [-3.3, 12.0, 0.005]],
            ink([236, 238, 240]).thin(0.35),
        );
        for x in [-3.3, -1.75] {
            c.face(
                &[[x, 4.4, 0.007], [x + 0.06, 4.4, 0.007], [x + 0.06, 12.0, 0.007], [x, 12.0, 0.007]],
                ink([250, 250, 250]),
            );
        }
        for (n, paint) in (0_u8..8).rev().zip(paints.iter().cycle()) {
            let y = 5.0 + f32::from(n) * 0.72;
            c.shadow([-2.6, y, 0.0], 0.5);
            bike(c, [-3.2, y, 0.0], *paint, 0.06, false);
        }
        return;
    }
    let places: [(f32, f32, f32, bool); 7] = [
        (-2.3, 7.4, 0.1, false),
        (0.0, 7.0, -0.15, false),
        (-1.4, 6.3, 0.2, false),
        (-0.3, 5.7, 0.0, true),
        (-2.4, 5.3, -0.1, false),
        (-1.3, 4.8, 0.1, true),
        (-0.4, 4.5, 0.12, false),
    ];
    for ((x, y, lean, down), paint) in places.into_iter().zip(paints) {
        let x = x + d.f32(-0.15, 0.15);
        c.shadow([x + 0.5, y, 0.0], 0.55);
        bike(c, [x, y, 0.0], paint, lean, down);
    }
}
