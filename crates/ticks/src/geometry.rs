//! Points, and the one mapping that a flat sheet photographed from anywhere follows.

/// A place in millimetres on a sheet, or in pixels in a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

impl Point {
    pub(crate) fn to(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// A projective mapping of the plane, as the eight numbers that are not fixed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Warp(pub [f64; 8]);

impl Warp {
    /// The mapping that takes four points to four others; none where three of them lie on a line.
    pub fn of(from: &[Point; 4], to: &[Point; 4]) -> Option<Self> {
        let mut rows = [[0.0; 9]; 8];
        for (n, (f, t)) in from.iter().zip(to).enumerate() {
            rows[2 * n] = [f.x, f.y, 1.0, 0.0, 0.0, 0.0, -f.x * t.x, -f.y * t.x, t.x];
            rows[2 * n + 1] = [0.0, 0.0, 0.0, f.x, f.y, 1.0, -f.x * t.y, -f.y * t.y, t.y];
        }
        solved(&mut rows).map(Self)
    }

    /// The mapping without perspective that comes nearest to taking four corners of a rectangle to four points: for guessing
    /// far beyond them, where the perspective of a small square says nothing.
    pub(crate) fn plain(from: &[Point; 4], to: &[Point; 4]) -> Option<Self> {
        let (width, height) = (from[1].x - from[0].x, from[3].y - from[0].y);
        if width.abs() < 1e-9 || height.abs() < 1e-9 {
            return None;
        }
        let mean = |a: Point, b: Point| Point { x: f64::midpoint(a.x, b.x), y: f64::midpoint(a.y, b.y) };
        let (left, right) = (mean(to[0], to[3]), mean(to[1], to[2]));
        let (top, foot) = (mean(to[0], to[1]), mean(to[3], to[2]));
        let across = Point { x: (right.x - left.x) / width, y: (right.y - left.y) / width };
        let down = Point { x: (foot.x - top.x) / height, y: (foot.y - top.y) / height };
        let middle = mean(left, right);
        let (mx, my) = (f64::midpoint(from[0].x, from[1].x), f64::midpoint(from[0].y, from[3].y));
        let at =
            Point { x: middle.x - across.x * mx - down.x * my, y: middle.y - across.y * mx - down.y * my };
        let all = [across.x, down.x, at.x, across.y, down.y, at.y, 0.0, 0.0];
        all.iter().all(|v| v.is_finite()).then_some(Self(all))
    }

    /// Where a point goes. Far away where it goes to infinity.
    pub fn at(&self, p: Point) -> Point {
        let [a, b, c, d, e, f, g, h] = self.0;
        let w = g * p.x + h * p.y + 1.0;
        let w = if w.abs() < 1e-9 { 1e-9 } else { w };
        Point { x: (a * p.x + b * p.y + c) / w, y: (d * p.x + e * p.y + f) / w }
    }

    /// How many times larger an area around this point becomes; below 0 where it is turned over.
    pub(crate) fn growth(&self, p: Point) -> f64 {
        let step = 0.5;
        let (o, x, y) =
            (self.at(p), self.at(Point { x: p.x + step, y: p.y }), self.at(Point { x: p.x, y: p.y + step }));
        ((x.x - o.x) * (y.y - o.y) - (x.y - o.y) * (y.x - o.x)) / (step * step)
    }
}

/// Gauss with the largest pivot of each column.
fn solved(rows: &mut [[f64; 9]; 8]) -> Option<[f64; 8]> {
    for column in 0..8 {
        let best = (column..8).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))?;
        rows.swap(column, best);
        let pivot = rows[column][column];
        if pivot.abs() < 1e-10 || !pivot.is_finite() {
            return None;
        }
        for row in 0..8 {
            if row == column {
                continue;
            }
            let share = rows[row][column] / pivot;
            let above = rows[column];
            for (value, above) in rows[row].iter_mut().zip(above).skip(column) {
                *value -= share * above;
            }
        }
    }
    let mut all = [0.0; 8];
    for (n, value) in all.iter_mut().enumerate() {
        *value = rows[n][8] / rows[n][n];
    }
    all.iter().all(|v| v.is_finite()).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn square(side: f64) -> [Point; 4] {
        [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)].map(|(x, y)| Point { x, y })
    }

    proptest! {
        #[test]
        fn four_points_come_where_they_should(shift in prop::array::uniform8(-20.0f64..20.0), angle in 0.0f64..6.2) {
            let from = square(100.0);
            let mut to = from.map(|p| Point {
                x: p.x * angle.cos() - p.y * angle.sin(),
                y: p.x * angle.sin() + p.y * angle.cos(),
            });
            for (n, p) in to.iter_mut().enumerate() {
                p.x += shift[2 * n];
                p.y += shift[2 * n + 1];
            }
            let warp = Warp::of(&from, &to).unwrap();
            for (f, t) in from.iter().zip(&to) {
                prop_assert!(warp.at(*f).to(*t) < 1e-6);
            }
            let middle = warp.growth(Point { x: 50.0, y: 50.0 });
            prop_assert!(middle > 0.1 && middle < 4.0, "{}", middle);
        }

        #[test]
        fn without_perspective_the_plain_mapping_is_the_mapping(x in -50.0f64..50.0, y in -50.0f64..50.0, angle in 0.0f64..6.2) {
            let from = square(30.0).map(|p| Point { x: p.x + 150.0, y: p.y + 12.0 });
            let to = from.map(|p| Point {
                x: 3.0 * (p.x * angle.cos() - p.y * angle.sin()) + x,
                y: 3.0 * (p.x * angle.sin() + p.y * angle.cos()) + y,
            });
            let (plain, whole) = (Warp::plain(&from, &to).unwrap(), Warp::of(&from, &to).unwrap());
            let far = Point { x: 10.0, y: 280.0 };
            prop_assert!(plain.at(far).to(whole.at(far)) < 1e-3);
        }
    }

    #[test]
    fn three_points_on_a_line_are_no_mapping() {
        let flat = [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0)].map(|(x, y)| Point { x, y });
        assert_eq!(Warp::of(&flat, &square(1.0)), None);
        assert_eq!(Warp::plain(&flat, &square(1.0)), None);
    }
}
