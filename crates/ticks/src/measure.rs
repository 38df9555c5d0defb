//! How much ink is inside a box.

use crate::geometry::Point;
use crate::marks::Placed;
use crate::picture::Gray;
use crate::{Area, Plan};

/// What a box says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    Empty,
    Ticked,
    /// Too much for empty and too little for a tick, or the box was not found where it should be: a person looks.
    Unsure,
}

/// What was measured of a box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ink {
    /// The share of its inside that is ink, 0 to 1; faint ink counts less.
    pub share: f64,
    /// The share of its line that was found, 0 to 1.
    pub line: f64,
}

/// A box with less ink than this is empty. Both bounds were found by measuring; see `docs/paper.md`.
pub const EMPTY_BELOW: f64 = 0.012;
/// A box with this much ink is ticked.
pub const TICKED_FROM: f64 = 0.035;
/// A box of whose line less is found is not where it should be.
const LINE_FROM: f64 = 0.35;

impl Ink {
    pub fn tick(self) -> Tick {
        if self.line < LINE_FROM {
            Tick::Unsure
        } else if self.share < EMPTY_BELOW {
            Tick::Empty
        } else if self.share >= TICKED_FROM {
            Tick::Ticked
        } else {
            Tick::Unsure
        }
    }
}

/// How far paper that is not flat may have moved a box, in millimetres, and in what steps it is looked for.
const MOVED: i32 = 6;
const STEP: f64 = 0.2;
/// Free space between the line and what counts as inside, in millimetres: the line's blur.
const CLEAR: f64 = 0.55;
/// Ink fainter than this share of black is paper, noise or what shows through.
const FAINT: f64 = 0.16;
/// Places measured along each side of the inside.
const PLACES: usize = 22;

/// Measures every box of the plan.
pub fn measure(picture: &Gray, placed: &Placed, plan: &Plan) -> Vec<Ink> {
    plan.boxes.iter().map(|area| one(picture, placed, *area, plan.line)).collect()
}

fn one(picture: &Gray, placed: &Placed, area: Area, line: f64) -> Ink {
    let Some(paper) = paper(picture, placed, area) else { return Ink { share: 0.0, line: 0.0 } };
    let ink = |p: Point| -> Option<f64> {
        let value = picture.at(placed.warp.at(p))?;
        let black = paper * placed.black;
        Some(((paper - value) / (paper - black).max(1.0)).clamp(0.0, 1.0))
    };
    let (found, moved) = found(&ink, area, line);
    let inside = moved.inside(line + CLEAR);
    let mut sum = 0.0;
    for row in 0..PLACES {
        for column in 0..PLACES {
            let part = |n: usize| (n as f64 + 0.5) / PLACES as f64;
            let p =
                Point { x: inside.x + inside.width * part(column), y: inside.y + inside.height * part(row) };
            let dark = ink(p).unwrap_or(0.0);
            sum += ((dark - FAINT) / (1.0 - FAINT)).max(0.0);
        }
    }
    Ink { share: sum / (PLACES * PLACES) as f64, line: found }
}

/// How bright the paper around a box is: most of what is there is paper.
fn paper(picture: &Gray, placed: &Placed, area: Area) -> Option<f64> {
    let mut all = Vec::with_capacity(96);
    for by in [-0.9, -1.5, -2.1, 1.6] {
        let frame = area.inside(by);
        for n in 0..8 {
            let along = (f64::from(n) + 0.5) / 8.0;
            let (x, y) = (frame.x + frame.width * along, frame.y + frame.height * along);
            let places =
                [(x, frame.y), (x, frame.y + frame.height), (frame.x, y), (frame.x + frame.width, y)];
            all.extend(places.into_iter().filter_map(|(x, y)| picture.at(placed.warp.at(Point { x, y }))));
        }
    }
    all.sort_by(f64::total_cmp);
    all.get(all.len() * 7 / 10).copied()
}

/// How much of the line is found, and where: paper that is not flat moves boxes.
fn found(ink: &dyn Fn(Point) -> Option<f64>, area: Area, line: f64) -> (f64, Area) {
    let mut best = (-1.0, 0.0, area);
    for dy in -MOVED..=MOVED {
        for dx in -MOVED..=MOVED {
            let moved = area.moved(f64::from(dx) * STEP, f64::from(dy) * STEP);
            let on = along(ink, moved.inside(line / 2.0));
            let beside = along(ink, moved.inside(-0.7));
            // the nearer one where two are as good
            let far = f64::from(dx * dx + dy * dy) * 0.0006;
            let score = on - beside * 0.5 - far;
            if score > best.0 {
                best = (score, on, moved);
            }
        }
    }
    (best.1, best.2)
}

/// Mean ink along the edge of an area.
fn along(ink: &dyn Fn(Point) -> Option<f64>, edge: Area) -> f64 {
    const STEPS: i32 = 10;
    let mut sum = 0.0;
    for n in 0..STEPS {
        let part = (f64::from(n) + 0.5) / f64::from(STEPS);
        let (x, y) = (edge.x + edge.width * part, edge.y + edge.height * part);
        for (x, y) in [(x, edge.y), (x, edge.y + edge.height), (edge.x, y), (edge.x + edge.width, y)] {
            sum += ink(Point { x, y }).unwrap_or(0.0);
        }
    }
    sum / f64::from(STEPS * 4)
}
