//! Two pictures laid over each other: where exactly, and how many of their places agree.

#![expect(clippy::cast_precision_loss, reason = "places within a small square as floating numbers")]

use crate::print::{Guess, Print, Role, Window};
use crate::raster::Raster;
use crate::turn::Turn;

/// Samples along each side while the way is sought; and while many are only told apart.
const COARSE: usize = 32;
const COARSEST: usize = 16;
/// Places along each side that are compared, and samples along each side of a place.
const PLACES: usize = 8;
const FINE: usize = 12;
/// Grey values by which a place must vary to say anything: a clear sky agrees with every other.
const FLAT: f32 = 3.0;
/// A place agrees from this correlation on.
const AGREES: f32 = 0.9;

/// What laying them over each other showed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// Of a hundred places that show something in either picture, how many agree.
    pub agreeing: u32,
    /// How many places, of 64, show something.
    pub telling: u32,
    pub turn: Turn,
    pub role: Role,
    /// How much of the whole the part covers, in hundredths of its area.
    pub covered: u32,
    /// By how many degrees it is turned beside `turn`, rounded.
    pub tilt: i32,
}

/// Where a part lies within a whole: its edges as shares, and its tilt in radians.
#[derive(Clone, Copy, Debug)]
struct Lay([f32; 5]);

impl Lay {
    fn of(window: Window) -> Self {
        Self([window.x, window.y, window.x + window.width, window.y + window.height, 0.0])
    }

    /// The place in the whole of a place in the part.
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        let [left, top, right, bottom, tilt] = self.0;
        let (sin, cos) = tilt.sin_cos();
        let (x, y) = (x - 0.5, y - 0.5);
        let (x, y) = (x * cos - y * sin, x * sin + y * cos);
        (left + (x + 0.5) * (right - left), top + (y + 0.5) * (bottom - top))
    }

    fn area(&self) -> f32 {
        let [left, top, right, bottom, _] = self.0;
        (right - left) * (bottom - top)
    }

    fn sound(&self) -> bool {
        let [left, top, right, bottom, tilt] = self.0;
        left >= -0.08
            && top >= -0.08
            && right <= 1.08
            && bottom <= 1.08
            && right - left > 0.3
            && bottom - top > 0.3
            && tilt.abs() < 0.2
    }
}

/// Mean and deviation of some values.
fn spread(values: &[f32]) -> (f32, f32) {
    let n = values.len() as f32;
    let mean = values.iter().sum::<f32>() / n;
    let square = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / n;
    (mean, square.sqrt())
}

/// Correlation, -1 to 1; 0 where one of them does not vary.
fn correlation(a: &[f32], b: &[f32]) -> f32 {
    let ((mean_a, dev_a), (mean_b, dev_b)) = (spread(a), spread(b));
    if dev_a < 0.5 || dev_b < 0.5 {
        return 0.0;
    }
    let together: f32 = a.iter().zip(b).map(|(a, b)| (a - mean_a) * (b - mean_b)).sum();
    together / a.len() as f32 / dev_a / dev_b
}

fn samples(part: &Raster, side: usize) -> Vec<f32> {
    places(side).map(|(x, y)| part.sample(x, y)).collect()
}

/// Places of the unit square, so many along each side.
fn places(side: usize) -> impl Iterator<Item = (f32, f32)> {
    let place = move |n: usize| (n as f32 + 0.5) / side as f32;
    (0..side * side).map(move |n| (place(n % side), place(n / side)))
}

/// A part as samples, and the whole in which its place is sought.
struct Search<'a> {
    side: usize,
    part: Vec<f32>,
    whole: &'a Raster,
}

impl Search<'_> {
    fn agreement(&self, lay: &Lay) -> f32 {
        let there: Vec<f32> = places(self.side)
            .map(|(x, y)| {
                let (x, y) = lay.place(x, y);
                self.whole.sample(x, y)
            })
            .collect();
        correlation(&self.part, &there)
    }

    /// Moves the edges and the tilt a little, again and again, as long as the two agree better for it.
    fn settle(&self, start: Lay, steps: &[f32], rounds: usize) -> (Lay, f32) {
        let (mut best, mut reached) = (start, self.agreement(&start));
        for step in steps {
            for _ in 0..rounds {
                let before = reached;
                for n in 0..5 {
                    for moved in [*step, -step] {
                        let mut next = best;
                        if let Some(value) = next.0.get_mut(n) {
                            *value += moved;
                        }
                        if !next.sound() {
                            continue;
                        }
                        let agreed = self.agreement(&next);
                        if agreed > reached {
                            (best, reached) = (next, agreed);
                        }
                    }
                }
                if reached - before < 0.001 {
                    break;
                }
            }
        }
        (best, reached)
    }
}

/// The best that `agreement` says of these guesses, -1 to 1.
fn best_of(new: &Print, old: &Print, guesses: &[Guess], agreement: impl Fn(&Search<'_>, Lay) -> f32) -> f32 {
    let of = |guess: &Guess| {
        let turned = new.small.turned(guess.turn);
        let (part, whole) = match guess.role {
            Role::NewWithin => (&turned, &old.small),
            Role::OldWithin => (&old.small, &turned),
        };
        let search = Search { side: COARSEST, part: samples(part, COARSEST), whole };
        agreement(&search, Lay::of(guess.window))
    };
    guesses.iter().map(of).fold(-1.0, f32::max)
}

/// How well two prints' small pictures agree when laid over each other by the best of these guesses, -1 to 1: quick, to choose
/// which pictures are worth a close look.
pub fn likeness(new: &Print, old: &Print, guesses: &[Guess]) -> f32 {
    best_of(new, old, guesses, |search, lay| search.settle(lay, &[0.05, 0.025], 3).1)
}

/// [`likeness`] without moving anything, some forty times as quick: to choose among very many whose likeness is worth working
/// out. Never more than the likeness itself.
pub fn at_first_sight(new: &Print, old: &Print, guesses: &[Guess]) -> f32 {
    best_of(new, old, guesses, |search, lay| search.agreement(&lay))
}

/// How well one place agrees; none where neither picture shows anything. It may lie a little aside: lenses and rounding.
fn place(
    part: &Raster,
    whole: &Raster,
    lay: &Lay,
    (column, row): (usize, usize),
    agrees: f32,
) -> Option<f32> {
    let side = (PLACES * FINE) as f32;
    let at = |n: usize, m: usize| ((n * FINE + m) as f32 + 0.5) / side;
    let points: Vec<(f32, f32)> =
        (0..FINE * FINE).map(|n| (at(column, n % FINE), at(row, n / FINE))).collect();
    let here: Vec<f32> = points.iter().map(|(x, y)| part.sample(*x, *y)).collect();
    let aside = |dx: f32, dy: f32| -> Vec<f32> {
        points
            .iter()
            .map(|(x, y)| {
                let (x, y) = lay.place(*x, *y);
                whole.sample(x + dx, y + dy)
            })
            .collect()
    };
    let there = aside(0.0, 0.0);
    if spread(&here).1 < FLAT && spread(&there).1 < FLAT {
        return None;
    }
    let mut best = correlation(&here, &there);
    let step = 1.0 / side;
    for (dx, dy) in [(step, 0.0), (-step, 0.0), (0.0, step), (0.0, -step)] {
        if best >= agrees {
            break;
        }
        best = best.max(correlation(&here, &aside(dx, dy)));
    }
    Some(best)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small whole numbers")]
fn look(new: &Raster, old: &Raster, guess: &Guess, agrees: f32) -> Seen {
    let turned = new.turned(guess.turn);
    let (part, whole) = match guess.role {
        Role::NewWithin => (&turned, old),
        Role::OldWithin => (old, &turned),
    };
    let (soft_part, soft_whole) = (part.blurred(), whole.blurred());
    let search = Search { side: COARSE, part: samples(&soft_part, COARSE), whole: &soft_whole };
    let (lay, _) = search.settle(Lay::of(guess.window), &[0.05, 0.025, 0.012, 0.006, 0.003], 6);
    let (mut agreeing, mut telling) = (0, 0);
    for row in 0..PLACES {
        for column in 0..PLACES {
            if let Some(agreed) = place(part, whole, &lay, (column, row), agrees) {
                telling += 1;
                agreeing += u32::from(agreed >= agrees);
            }
        }
    }
    let [.., tilt] = lay.0;
    Seen {
        agreeing: (agreeing * 100).checked_div(telling).unwrap_or(0),
        telling,
        turn: guess.turn,
        role: guess.role,
        covered: (lay.area().clamp(0.0, 1.0) * 100.0).round() as u32,
        tilt: tilt.to_degrees().round() as i32,
    }
}

/// The best of these guesses, looked at closely. None without a guess.
pub fn compare(new: &Raster, old: &Raster, guesses: &[Guess]) -> Option<Seen> {
    compare_at(new, old, guesses, AGREES)
}

/// [`compare`] with another correlation from which places agree, to measure what it does.
pub fn compare_at(new: &Raster, old: &Raster, guesses: &[Guess], agrees: f32) -> Option<Seen> {
    let seen = guesses.iter().map(|guess| look(new, old, guess, agrees));
    seen.max_by_key(|seen| (seen.agreeing, seen.telling))
}
