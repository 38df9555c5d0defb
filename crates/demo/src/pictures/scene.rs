//! The street itself, from the sky down, and then what is wrong in it.

use super::canvas::{Canvas, ink};
use super::light::{Leaves, Rgb, blend};
use super::{Problem, Shot, boards, facade, ground, heaps, trees, wheels};
use crate::arith;
use crate::dice::Dice;

/// The wall on the left.
pub(super) const WALL: f32 = -3.5;

/// The edge of the kerb on the right.
pub(super) const KERB: f32 = 1.5;

/// Paints a whole shot.
pub(super) fn paint(c: &mut Canvas, shot: &Shot) {
    let mut dice = Dice::of(shot.seed, "scene");
    let leaves = Leaves::of(shot);
    // every other street looks out over fields to the mountains
    let open = dice.chance(0.5);
    sky(c, &mut dice);
    mountains(c, &mut dice);
    skyline(c, &mut dice);
    ground::lay(c, &mut dice, shot);
    if open {
        field(c, &mut dice, leaves);
    } else {
        facade::right(c, &mut dice);
    }
    facade::left(c, &mut dice);
    traffic(c, &mut dice, shot);
    trees::rows(c, &mut dice, leaves);
    // the problem has a stream of its own, so that the street is the same before and after
    let mut own = Dice::of(shot.seed, "problem");
    subject(c, &mut own, shot);
}

fn subject(c: &mut Canvas, d: &mut Dice, shot: &Shot) {
    match shot.problem {
        Problem::Rubbish => heaps::rubbish(c, d, shot.stage),
        Problem::Bin => heaps::bin(c, d, shot.stage),
        Problem::Clutter => heaps::clutter(c, d, shot.stage),
        Problem::Stall => heaps::stall(c, d, shot.stage),
        Problem::Smoke => heaps::smoke(c, d, shot.stage),
        Problem::Green => trees::bed(c, d, shot.stage),
        Problem::Laundry => boards::laundry(c, d, shot.stage),
        Problem::Stickers => boards::stickers(c, d, shot.stage),
        Problem::AdBoard => boards::board(c, d, shot.stage),
        Problem::Lamp => boards::lamp(c, d, shot.stage),
        Problem::Wire => boards::wire(c, d, shot.stage),
        Problem::Generic => boards::barrier(c, d, shot.stage),
        Problem::Paving => ground::tiles(c, d, shot.stage),
        Problem::Puddle => ground::puddle(c, d, shot.stage),
        Problem::Dust => ground::dust(c, d, shot.stage),
        Problem::Cover => ground::cover(c, d, shot.stage),
        Problem::Snow => ground::snow(c, d, shot.stage),
        Problem::Bikes => wheels::bikes(c, d, shot.stage),
        Problem::Cars => wheels::parked(c, d, shot.stage),
    }
}

fn sky(c: &mut Canvas, d: &mut Dice) {
    let (top, low) = (c.light.sky_top, c.light.sky_low);
    c.wash(0.0, c.horizon() + 30.0, top, low);
    let (x, y) = (d.f32(700.0, 1_150.0), d.f32(70.0, 200.0));
    let sun: Rgb = if c.light.lamps { [240, 240, 226] } else { [255, 248, 220] };
    let r = if c.light.lamps { 22.0 } else { 34.0 };
    c.oval((x, y), r * 2.1, r * 2.1, ink(sun).thin(0.14).glowing());
    c.oval((x, y), r, r, ink(sun).thin(0.9).glowing());
    let white = blend([255, 255, 255], low, if c.light.lamps { 0.75 } else { 0.12 });
    for _ in 0..d.between(3, 5) {
        let (cx, cy) = (d.f32(40.0, 1_240.0), d.f32(50.0, 250.0));
        let w = d.f32(46.0, 96.0);
        for (dx, dy, k) in [(-1.1, 0.1, 0.62), (0.0, -0.14, 1.0), (1.15, 0.06, 0.72), (0.2, 0.2, 1.25)] {
            c.oval((cx + dx * w, cy + dy * w), w * k, w * k * 0.34, ink(white).thin(0.55).glowing());
        }
    }
}

/// The snow mountains that stand south of the town.
fn mountains(c: &mut Canvas, d: &mut Dice) {
    let low = c.light.sky_low;
    let base = c.horizon() + 12.0;
    for (far, height, rgb) in [(0.62, 270.0, [104, 134, 180]), (0.34, 130.0, [112, 138, 158])] {
        let body = ink(blend(rgb, low, far * 0.6));
        let snow = ink(blend([250, 252, 255], low, far * 0.45));
        let mut points = vec![(0.0, base)];
        let mut peaks = Vec::new();
        let mut x = -30.0;
        while x < 1_300.0 {
            let up = height * d.f32(0.45, 1.0);
            points.push((x, base - up));
            peaks.push((x, base - up, up));
            x += d.f32(58.0, 96.0);
            points.push((x, base - up * d.f32(0.32, 0.6)));
            x += d.f32(40.0, 70.0);
        }
        points.push((1_280.0, base));
        c.fill(&points, body);
        if far > 0.5 {
            for (px, py, up) in peaks {
                let k = up * 0.26;
                c.fill(
                    &[
                        (px, py),
                        (px + k * 0.9, py + k),
                        (px + k * 0.42, py + k * 0.78),
                        (px + k * 0.1, py + k * 1.25),
                        (px - k * 0.3, py + k * 0.8),
                        (px - k * 0.75, py + k * 1.05),
                    ],
                    snow,
                );
            }
        }
    }
}

/// Blocks of the town at the street's end.
fn skyline(c: &mut Canvas, d: &mut Dice) {
    let low = c.light.sky_low;
    let mut x = -46.0;
    while x < 60.0 {
        let w = d.f32(5.0, 11.0);
        let h = d.f32(6.0, 15.0);
        let tone = blend([150, 160, 176], low, d.f32(0.35, 0.6));
        c.face(&[[x, 100.0, 0.0], [x + w, 100.0, 0.0], [x + w, 100.0, h], [x, 100.0, h]], ink(tone));
        x += w + d.f32(0.5, 5.0);
    }
}

/// A green strip and a low wall where the houses would be.
fn field(c: &mut Canvas, d: &mut Dice, leaves: Leaves) {
    let [dark, middle, _] = leaves.colours();
    let low = c.light.sky_low;
    c.face(
        &[[15.4, 8.0, 0.0], [60.0, 8.0, 0.0], [120.0, 99.0, 0.0], [15.4, 99.0, 0.0]],
        ink(blend(middle, [200, 190, 150], 0.35)),
    );
    for k in (0..26_u8).rev() {
        let y = 14.0 + f32::from(k) * 3.2;
        let r = d.f32(0.7, 1.5);
        let tone = blend(blend(dark, middle, d.f32(0.0, 0.9)), low, (y / 170.0).min(0.5));
        c.ball([19.0 + d.f32(-1.0, 5.0), y, r * 0.5], r, ink(tone));
    }
    c.face(
        &[[15.4, 8.0, 0.0], [15.4, 99.0, 0.0], [15.4, 99.0, 0.75], [15.4, 8.0, 0.75]],
        ink([226, 218, 206]),
    );
    c.face(
        &[[15.4, 8.0, 0.75], [15.4, 99.0, 0.75], [15.4, 99.0, 0.9], [15.4, 8.0, 0.9]],
        ink([190, 120, 96]),
    );
}

/// Two or three cars out on the road.
fn traffic(c: &mut Canvas, d: &mut Dice, shot: &Shot) {
    // cars move on between the two pictures
    let mut own = Dice::of(shot.seed ^ u64::from(shot.hour), "traffic");
    let mut places = [(7.2, d.f32(30.0, 46.0)), (3.6, d.f32(20.0, 34.0)), (7.4, d.f32(13.0, 19.0))];
    for p in &mut places {
        p.1 += arith::single(own.real(-3.0, 3.0));
    }
    for (x, y) in places.into_iter().take(2 + own.below(2)) {
        let paint = *own.pick(&wheels::PAINTS);
        wheels::car(c, [x, y, -0.14], paint);
    }
}
