//! Sheets as people fill them in and machines take pictures of them, made by arithmetic: to try the reader, never to read.
//!
//! The same seed makes the same picture.

use crate::geometry::{Point, Warp};
use crate::picture::Gray;
use crate::{Area, Plan};

/// Numbers that look like chance (xorshift64*).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        for _ in 0..8 {
            dice.next();
        }
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// From `least` up to `most`.
    pub fn within(&mut self, least: f64, most: f64) -> f64 {
        least + (most - least) * ((self.next() >> 11) as f64 / (1_u64 << 53) as f64)
    }

    /// 0 up to `n`, without it.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() >> 33) as usize % n.max(1)
    }

    /// About normal: the sum of twelve.
    fn bell(&mut self) -> f64 {
        (0..12).map(|_| self.within(0.0, 1.0)).sum::<f64>() - 6.0
    }
}

/// A blank sheet with marks, boxes and code, and no letters. `code`: its squares, row by row, black ones true.
pub fn blank(plan: &Plan, code: &[bool], per_mm: f64) -> Gray {
    let (width, height) = ((plan.width * per_mm) as usize, (plan.height * per_mm) as usize);
    let mut sheet = Gray { width, height, pixels: vec![255; width * height] };
    for mark in &plan.marks {
        let half = plan.mark_side / 2.0;
        fill(&mut sheet, per_mm, Area::new(mark.x - half, mark.y - half, plan.mark_side, plan.mark_side));
    }
    let columns = (code.len() as f64).sqrt().round() as usize;
    let one = plan.code.width / columns.max(1) as f64;
    for (n, _) in code.iter().enumerate().filter(|(_, black)| **black) {
        let (x, y) = ((n % columns) as f64 * one, (n / columns) as f64 * one);
        fill(&mut sheet, per_mm, Area::new(plan.code.x + x, plan.code.y + y, one, one));
    }
    for area in &plan.boxes {
        let line = plan.line;
        fill(&mut sheet, per_mm, Area::new(area.x, area.y, area.width, line));
        fill(&mut sheet, per_mm, Area::new(area.x, area.y + area.height - line, area.width, line));
        fill(&mut sheet, per_mm, Area::new(area.x, area.y, line, area.height));
        fill(&mut sheet, per_mm, Area::new(area.x + area.width - line, area.y, line, area.height));
    }
    sheet
}

fn fill(sheet: &mut Gray, per_mm: f64, area: Area) {
    let edge = |mm: f64| (mm * per_mm).round().max(0.0) as usize;
    for y in edge(area.y)..edge(area.y + area.height).min(sheet.height) {
        for x in edge(area.x)..edge(area.x + area.width).min(sheet.width) {
            sheet.pixels[y * sheet.width + x] = 0;
        }
    }
}

/// What somebody writes with.
#[derive(Clone, Copy, Debug)]
pub struct Pen {
    /// Width of a stroke, in millimetres.
    pub width: f64,
    /// 1 is black, 0 is nothing.
    pub dark: f64,
}

/// How somebody ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// √, which mostly leaves the box at the upper right.
    Hook,
    Cross,
    Slash,
    /// Filled up, as in an examination.
    Filled,
}

/// Ticks a box.
pub fn tick(sheet: &mut Gray, per_mm: f64, area: Area, way: Way, pen: Pen, dice: &mut Dice) {
    let mut at = |x: f64, y: f64| {
        let (dx, dy) = (dice.within(-0.09, 0.09), dice.within(-0.09, 0.09));
        Point { x: area.x + area.width * (x + dx), y: area.y + area.height * (y + dy) }
    };
    let lines: Vec<Vec<Point>> = match way {
        Way::Hook => vec![vec![at(0.18, 0.5), at(0.42, 0.82), at(1.05, 0.0)]],
        Way::Cross => vec![vec![at(0.15, 0.15), at(0.85, 0.85)], vec![at(0.85, 0.15), at(0.15, 0.85)]],
        Way::Slash => vec![vec![at(0.2, 0.85), at(0.85, 0.15)]],
        Way::Filled => {
            let rows = 7;
            let turns = (0..=rows).flat_map(|n| {
                let y = 0.14 + 0.72 * f64::from(n) / f64::from(rows);
                if n % 2 == 0 { [(0.14, y), (0.86, y)] } else { [(0.86, y), (0.14, y)] }
            });
            let turns: Vec<(f64, f64)> = turns.collect();
            vec![turns.into_iter().map(|(x, y)| at(x, y)).collect()]
        }
    };
    for line in lines {
        for pair in line.windows(2) {
            stroke(sheet, per_mm, (pair[0], pair[1]), pen);
        }
    }
}

/// Draws a stroke from one place to another, in millimetres.
pub fn stroke(sheet: &mut Gray, per_mm: f64, (from, to): (Point, Point), pen: Pen) {
    let half = pen.width / 2.0;
    let edge = |mm: f64| (mm * per_mm).max(0.0) as usize;
    let (left, right) = (from.x.min(to.x) - half, from.x.max(to.x) + half);
    let (top, foot) = (from.y.min(to.y) - half, from.y.max(to.y) + half);
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = (dx * dx + dy * dy).max(1e-9);
    for y in edge(top)..(edge(foot) + 2).min(sheet.height) {
        for x in edge(left)..(edge(right) + 2).min(sheet.width) {
            let p = Point { x: (x as f64 + 0.5) / per_mm, y: (y as f64 + 0.5) / per_mm };
            let along = (((p.x - from.x) * dx + (p.y - from.y) * dy) / length).clamp(0.0, 1.0);
            let off = p.to(Point { x: from.x + dx * along, y: from.y + dy * along });
            // a pixel that is half covered is half as dark
            let cover = ((half - off) * per_mm + 0.5).clamp(0.0, 1.0) * pen.dark;
            let pixel = &mut sheet.pixels[y * sheet.width + x];
            *pixel = (*pixel).min((255.0 * (1.0 - cover)) as u8);
        }
    }
}

/// How a picture of a sheet is taken.
#[derive(Clone, Copy, Debug)]
pub struct Shot {
    /// Pixels of a millimetre.
    pub per_mm: f64,
    /// Degrees by which it is turned.
    pub angle: f64,
    /// How much nearer one side is than the other, as a share: across and down.
    pub tilt: (f64, f64),
    /// Millimetres of table around the sheet, and how bright the table is.
    pub around: f64,
    pub table: f64,
    /// Pixels over which an edge is smeared (standard deviation).
    pub blur: f64,
    /// By which share the darkest corner is darker than the brightest.
    pub shade: f64,
    /// Standard deviation of what every pixel is off by, of 255.
    pub noise: f64,
    /// What black ink and white paper become, of 255.
    pub black: f64,
    pub white: f64,
}

impl Default for Shot {
    /// Straight, at 200 dpi, clean.
    fn default() -> Self {
        Self {
            per_mm: 200.0 / 25.4,
            angle: 0.0,
            tilt: (0.0, 0.0),
            around: 0.0,
            table: 90.0,
            blur: 0.0,
            shade: 0.0,
            noise: 0.0,
            black: 20.0,
            white: 245.0,
        }
    }
}

/// Takes a picture of a sheet. `per_mm`: pixels of a millimetre of the sheet as it was drawn.
pub fn shot(sheet: &Gray, per_mm: f64, how: &Shot, dice: &mut Dice) -> Gray {
    let (width, height) = (sheet.width as f64 / per_mm, sheet.height as f64 / per_mm);
    let page = Area::new(0.0, 0.0, width, height).corners();
    let (sin, cos) = how.angle.to_radians().sin_cos();
    let seen = page.map(|p| {
        let (x, y) = (p.x - width / 2.0, p.y - height / 2.0);
        // farther away is smaller
        let far = 1.0 + how.tilt.0 * x / width + how.tilt.1 * y / height;
        let (x, y) = (x / far, y / far);
        Point { x: (x * cos - y * sin) * how.per_mm, y: (x * sin + y * cos) * how.per_mm }
    });
    let least = |of: fn(&Point) -> f64| seen.iter().map(of).fold(f64::MAX, f64::min);
    let most = |of: fn(&Point) -> f64| seen.iter().map(of).fold(f64::MIN, f64::max);
    let margin = how.around * how.per_mm;
    let (left, top) = (least(|p| p.x) - margin, least(|p| p.y) - margin);
    let (wide, high) = (most(|p| p.x) + margin - left, most(|p| p.y) + margin - top);
    let seen = seen.map(|p| Point { x: p.x - left, y: p.y - top });
    let Some(back) = Warp::of(&seen, &page) else { return sheet.clone() };
    let (wide, high) = ((wide as usize).max(16), (high as usize).max(16));
    let sharp: Vec<f64> = (0..high)
        .flat_map(|y| (0..wide).map(move |x| (x, y)))
        .map(|(x, y)| {
            // the mean of what falls into the pixel
            let mut sum = 0.0;
            for (dx, dy) in [
                (0.17, 0.17),
                (0.5, 0.17),
                (0.83, 0.17),
                (0.17, 0.5),
                (0.5, 0.5),
                (0.83, 0.5),
                (0.17, 0.83),
                (0.5, 0.83),
                (0.83, 0.83),
            ] {
                let p = back.at(Point { x: x as f64 + dx, y: y as f64 + dy });
                let value = sheet.at(Point { x: p.x * per_mm, y: p.y * per_mm });
                sum += value.map_or(how.table, |v| how.black + (how.white - how.black) * v / 255.0);
            }
            sum / 9.0
        })
        .collect();
    let soft = blurred(&sharp, wide, how.blur);
    let toward = dice.within(0.0, std::f64::consts::TAU);
    let pixels = soft.iter().enumerate().map(|(n, value)| {
        let (x, y) = ((n % wide) as f64 / wide as f64 - 0.5, (n / wide) as f64 / high as f64 - 0.5);
        let lit = 1.0 - how.shade * (0.5 + (x * toward.cos() + y * toward.sin()) * 0.7).clamp(0.0, 1.0);
        let noise = if how.noise > 0.0 { dice.bell() * how.noise } else { 0.0 };
        (value * lit + noise).clamp(0.0, 255.0) as u8
    });
    Gray { width: wide, height: high, pixels: pixels.collect() }
}

fn blurred(from: &[f64], width: usize, sigma: f64) -> Vec<f64> {
    if sigma < 0.05 {
        return from.to_vec();
    }
    let reach = (sigma * 3.0).ceil() as i64;
    let weights: Vec<f64> =
        (-reach..=reach).map(|n| (-(n * n) as f64 / (2.0 * sigma * sigma)).exp()).collect();
    let whole: f64 = weights.iter().sum();
    let height = from.len() / width;
    let pass = |from: &[f64], across: bool| -> Vec<f64> {
        (0..from.len())
            .map(|n| {
                let (x, y) = ((n % width) as i64, (n / width) as i64);
                let mut sum = 0.0;
                for (step, weight) in (-reach..=reach).zip(&weights) {
                    let (x, y) = if across {
                        ((x + step).clamp(0, width as i64 - 1), y)
                    } else {
                        (x, (y + step).clamp(0, height as i64 - 1))
                    };
                    sum += from[y as usize * width + x as usize] * weight;
                }
                sum / whole
            })
            .collect()
    };
    pass(&pass(from, true), false)
}
