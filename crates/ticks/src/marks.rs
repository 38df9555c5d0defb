//! The corner marks: black squares that fit together.

use crate::Plan;
use crate::code::Code;
use crate::geometry::{Point, Warp};
use crate::picture::{Gray, Sums};

/// Where a sheet lies in a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// From millimetres on the sheet to pixels in the picture.
    pub warp: Warp,
    /// Pixels of a millimetre in the middle of the sheet.
    pub scale: f64,
    /// How dark ink is where paper is 1: of the marks, which are as black as this printer prints.
    pub black: f64,
}

/// Why a sheet could not be placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Corner marks are missing, cut off or covered.
    NoMarks,
    /// Ink is hardly darker than paper.
    Faint,
    /// Fewer than [`LEAST_SCALE`] pixels to a millimetre.
    Small,
}

/// Pixels of a millimetre below which a thin stroke is lost: 75 dpi.
pub(crate) const LEAST_SCALE: f64 = 2.95;
/// Pixels of a millimetre at which marks are looked for.
const LOOKED_AT: f64 = 4.0;
/// How far from where it is guessed a mark may lie, in millimetres.
const REACH: f64 = 70.0;
/// How many candidates of each corner are tried together.
const TRIED: usize = 6;
/// How far the code may lie from where the marks say it is, in millimetres.
const APART: f64 = 2.5;

/// A black spot.
#[derive(Clone, Copy, Debug)]
struct Spot {
    at: Point,
    /// In pixels of the whole picture.
    area: f64,
}

/// Finds the sheet that this code stands on.
///
/// # Errors
/// See [`Fault`].
pub fn place(picture: &Gray, code: &Code, plan: &Plan) -> Result<Placed, Fault> {
    let guess = Warp::plain(&plan.code.corners(), &code.corners).ok_or(Fault::NoMarks)?;
    let scale = guess.growth(plan.marks[0]).abs().sqrt();
    if !scale.is_finite() || scale < LEAST_SCALE * 0.7 {
        return Err(Fault::Small);
    }
    let spots = spots(picture, scale, plan.mark_side);
    let near: Vec<Vec<Spot>> =
        plan.marks.iter().map(|mark| nearest(&spots, guess.at(*mark), scale)).collect();
    let mut best: Option<(f64, Warp)> = None;
    for a in &near[0] {
        for b in &near[1] {
            for c in &near[2] {
                for d in &near[3] {
                    let four = [*a, *b, *c, *d];
                    let Some((apart, warp)) = fit(&four, code, plan, scale) else { continue };
                    if best.is_none_or(|(least, _)| apart < least) {
                        best = Some((apart, warp));
                    }
                }
            }
        }
    }
    let (_, warp) = best.ok_or(Fault::NoMarks)?;
    let middle = Point { x: plan.width / 2.0, y: plan.height / 2.0 };
    let scale = warp.growth(middle).abs().sqrt();
    if scale < LEAST_SCALE {
        return Err(Fault::Small);
    }
    let black = darkness(picture, &warp, plan).ok_or(Fault::NoMarks)?;
    if black > 0.72 { Err(Fault::Faint) } else { Ok(Placed { warp, scale, black }) }
}

fn nearest(spots: &[Spot], to: Point, scale: f64) -> Vec<Spot> {
    let mut near: Vec<Spot> = spots.iter().copied().filter(|s| s.at.to(to) < REACH * scale).collect();
    near.sort_by(|a, b| a.at.to(to).total_cmp(&b.at.to(to)));
    near.truncate(TRIED);
    near
}

/// How far off the code is if these are the marks; none where they cannot be.
fn fit(four: &[Spot; 4], code: &Code, plan: &Plan, scale: f64) -> Option<(f64, Warp)> {
    let warp = Warp::of(&plan.marks, &four.map(|s| s.at))?;
    let side = plan.mark_side * plan.mark_side;
    for (spot, mark) in four.iter().zip(&plan.marks) {
        let wanted = warp.growth(*mark) * side;
        // turned over, or of another size than the place says
        if wanted <= 0.0 || !(0.55..=1.6).contains(&(spot.area / wanted)) {
            return None;
        }
    }
    let corners = plan.code.corners();
    let apart: f64 =
        corners.iter().zip(&code.corners).map(|(mm, px)| warp.at(*mm).to(*px)).sum::<f64>() / 4.0;
    (apart < APART * scale).then_some((apart, warp))
}

/// Black spots that could be marks: of about their size and as full as a square is.
fn spots(picture: &Gray, scale: f64, mark_side: f64) -> Vec<Spot> {
    let by = ((scale / LOOKED_AT) as usize).max(1);
    let small = picture.smaller(by);
    let scale = scale / by as f64;
    let wanted = (mark_side * scale).powi(2);
    let dark = dark(&small, (mark_side * scale * 1.6) as usize);
    let mut seen = vec![false; dark.len()];
    let mut spots = Vec::new();
    let mut queue: Vec<usize> = Vec::new();
    for start in 0..dark.len() {
        if !dark[start] || seen[start] {
            continue;
        }
        seen[start] = true;
        queue.push(start);
        let mut sums = Moments::default();
        while let Some(at) = queue.pop() {
            let (x, y) = (at % small.width, at / small.width);
            sums.add(x as f64, y as f64);
            let mut visit = |next: usize| {
                if dark[next] && !seen[next] {
                    seen[next] = true;
                    queue.push(next);
                }
            };
            if x > 0 {
                visit(at - 1);
            }
            if x + 1 < small.width {
                visit(at + 1);
            }
            if y > 0 {
                visit(at - small.width);
            }
            if y + 1 < small.height {
                visit(at + small.width);
            }
        }
        if let Some(at) = sums.square(wanted) {
            let whole = by as f64;
            spots.push(Spot {
                at: Point { x: (at.x + 0.5) * whole, y: (at.y + 0.5) * whole },
                area: sums.count * whole * whole,
            });
        }
    }
    spots
}

/// Which pixels are clearly darker than what is around them.
fn dark(picture: &Gray, reach: usize) -> Vec<bool> {
    let sums = Sums::of(picture);
    let mut all = Vec::with_capacity(picture.pixels.len());
    for y in 0..picture.height {
        for x in 0..picture.width {
            let around = sums.mean(x, y, reach.max(4));
            all.push(u32::from(picture.get(x, y)) * 100 < around * 80);
        }
    }
    all
}

/// Sums over the pixels of a spot.
#[derive(Default)]
struct Moments {
    count: f64,
    x: f64,
    y: f64,
    xx: f64,
    yy: f64,
    xy: f64,
}

impl Moments {
    fn add(&mut self, x: f64, y: f64) {
        self.count += 1.0;
        self.x += x;
        self.y += y;
        self.xx += x * x;
        self.yy += y * y;
        self.xy += x * y;
    }

    /// Its middle, if it is as full and as compact as a square seen from somewhere, at any angle: a full rectangle has an area
    /// of twelve times the root of the product of its two main variances, a ring or a stroke far less.
    fn square(&self, wanted: f64) -> Option<Point> {
        if self.count < 9.0 || !(0.3..=3.2).contains(&(self.count / wanted)) {
            return None;
        }
        let (mx, my) = (self.x / self.count, self.y / self.count);
        // a pixel is itself a square of one
        let xx = self.xx / self.count - mx * mx + 1.0 / 12.0;
        let yy = self.yy / self.count - my * my + 1.0 / 12.0;
        let xy = self.xy / self.count - mx * my;
        let (half, product) = (f64::midpoint(xx, yy), xx * yy - xy * xy);
        let root = (half * half - product).max(0.0).sqrt();
        let (long, short) = (half + root, half - root);
        let full = self.count / (12.0 * product.max(1e-9).sqrt());
        (short > 0.0 && long / short < 3.2 && (0.82..=1.2).contains(&full)).then_some(Point { x: mx, y: my })
    }
}

/// How dark the marks are against the paper beside them; none where they are not inside the picture.
fn darkness(picture: &Gray, warp: &Warp, plan: &Plan) -> Option<f64> {
    let mut sum = 0.0;
    for mark in &plan.marks {
        let inner = plan.mark_side * 0.25;
        let outer = plan.mark_side * 0.5 + 1.4;
        let at = |dx: f64, dy: f64| picture.at(warp.at(Point { x: mark.x + dx, y: mark.y + dy }));
        let around = [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0), (0.7, 0.7), (-0.7, -0.7)];
        let black: Vec<f64> = around.iter().filter_map(|(x, y)| at(x * inner, y * inner)).collect();
        let mut paper: Vec<f64> = around.iter().filter_map(|(x, y)| at(x * outer, y * outer)).collect();
        paper.sort_by(f64::total_cmp);
        let white = *paper.get(paper.len() / 2)?;
        if black.is_empty() || white < 1.0 {
            return None;
        }
        sum += (black.iter().sum::<f64>() / black.len() as f64) / white;
    }
    Some(sum / 4.0)
}
