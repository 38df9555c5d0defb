//! The flat frame in which the town is laid out: metres east and north of its centre.

use geo::{Contains, Coord, LineString, MultiPolygon, Point, Polygon};

use super::types::LngLat;
use crate::arith;
use crate::facts;

/// The urban centre.
pub(crate) const CENTRE: LngLat = [98.29, 39.77];

const M_PER_LNG: f64 = 85_683.0;
const M_PER_LAT: f64 = 111_031.0;

/// A position in the frame, metres east and north.
pub(crate) type P = [f64; 2];

/// From the frame to longitude and latitude, rounded to a millionth of a degree.
pub(crate) fn lng_lat(p: P) -> LngLat {
    [round6(CENTRE[0] + p[0] / M_PER_LNG), round6(CENTRE[1] + p[1] / M_PER_LAT)]
}

/// From longitude and latitude to the frame.
pub(crate) fn metres(at: LngLat) -> P {
    [(at[0] - CENTRE[0]) * M_PER_LNG, (at[1] - CENTRE[1]) * M_PER_LAT]
}

fn round6(x: f64) -> f64 {
    (x * 1e6).round() / 1e6
}

/// To the decimetre.
pub(crate) fn round1(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}

/// A line of the frame as positions.
pub(crate) fn line_lng_lat(line: &[P]) -> Vec<LngLat> {
    line.iter().map(|p| lng_lat(*p)).collect()
}

/// `a` moved by `b`.
pub(crate) fn add(a: P, b: P) -> P {
    [a[0] + b[0], a[1] + b[1]]
}

/// From `b` to `a`.
pub(crate) fn sub(a: P, b: P) -> P {
    [a[0] - b[0], a[1] - b[1]]
}

/// `a` stretched.
pub(crate) fn scale(a: P, k: f64) -> P {
    [a[0] * k, a[1] * k]
}

/// Part of the way from `a` to `b`.
pub(crate) fn mix(a: P, b: P, t: f64) -> P {
    [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
}

/// Distance in metres.
pub(crate) fn dist(a: P, b: P) -> f64 {
    let d = sub(a, b);
    (d[0] * d[0] + d[1] * d[1]).sqrt()
}

/// Length of a line.
pub(crate) fn length(line: &[P]) -> f64 {
    line.windows(2).map(|w| dist(w[0], w[1])).sum()
}

/// Unit vector to the left of the way from `a` to `b`.
pub(crate) fn left(a: P, b: P) -> P {
    let d = sub(b, a);
    let l = dist(a, b).max(1e-9);
    [-d[1] / l, d[0] / l]
}

/// The position so many metres along a line, and the unit vector to its left.
pub(crate) fn along(line: &[P], metres: f64) -> (P, P) {
    let mut rest = metres.max(0.0);
    for w in line.windows(2) {
        let l = dist(w[0], w[1]);
        if rest <= l && l > 0.0 {
            return (mix(w[0], w[1], rest / l), left(w[0], w[1]));
        }
        rest -= l;
    }
    match line {
        [.., a, b] => (*b, left(*a, *b)),
        [a] => (*a, [0.0, 1.0]),
        [] => ([0.0, 0.0], [0.0, 1.0]),
    }
}

/// Distance from a position to a line, and how far along the line the nearest place lies.
pub(crate) fn nearest(line: &[P], p: P) -> (f64, f64) {
    let mut best = (f64::MAX, 0.0);
    let mut done = 0.0;
    for w in line.windows(2) {
        let d = sub(w[1], w[0]);
        let l = dist(w[0], w[1]).max(1e-9);
        let e = sub(p, w[0]);
        let t = ((e[0] * d[0] + e[1] * d[1]) / (l * l)).clamp(0.0, 1.0);
        let away = dist(p, mix(w[0], w[1], t));
        if away < best.0 {
            best = (away, done + t * l);
        }
        done += l;
    }
    best
}

/// A smooth curve through four control positions, between the second and the third (Catmull-Rom).
pub(crate) fn spline(c: [P; 4], t: f64) -> P {
    let (q, h) = (t * t, t * t * t);
    let one = |k: usize| {
        0.5 * (2.0 * c[1][k]
            + (c[2][k] - c[0][k]) * t
            + (2.0 * c[0][k] - 5.0 * c[1][k] + 4.0 * c[2][k] - c[3][k]) * q
            + (3.0 * c[1][k] - c[0][k] - 3.0 * c[2][k] + c[3][k]) * h)
    };
    [one(0), one(1)]
}

/// A smooth line through control positions, with so many steps between each two.
pub(crate) fn smooth(controls: &[P], steps: usize) -> Vec<P> {
    let at = |i: usize| controls[i.min(controls.len() - 1)];
    let mut out = Vec::new();
    for i in 0..controls.len().saturating_sub(1) {
        let c = [at(i.saturating_sub(1)), at(i), at(i + 1), at(i + 2)];
        for s in 0..steps {
            out.push(spline(c, arith::real(s) / arith::real(steps)));
        }
    }
    out.extend(controls.last());
    out
}

/// A ring of the frame as a polygon.
pub(crate) fn polygon(ring: &[P]) -> Polygon<f64> {
    Polygon::new(LineString::new(ring.iter().map(|p| Coord { x: p[0], y: p[1] }).collect()), vec![])
}

/// The city's outline in the frame.
pub(crate) fn outline() -> Polygon<f64> {
    polygon(&facts::outline_ring().into_iter().map(metres).collect::<Vec<_>>())
}

/// Does the polygon hold the position?
pub(crate) fn holds(area: &Polygon<f64>, p: P) -> bool {
    area.contains(&Point::new(p[0], p[1]))
}

/// Areas of the frame as GeoJSON positions.
pub(crate) fn area_lng_lat(area: &MultiPolygon<f64>) -> Vec<Vec<Vec<LngLat>>> {
    let ring = |r: &LineString<f64>| {
        let mut out: Vec<LngLat> = r.0.iter().map(|c| lng_lat([c.x, c.y])).collect();
        out.dedup();
        out
    };
    area.0
        .iter()
        .map(|p| std::iter::once(p.exterior()).chain(p.interiors()).map(ring).collect::<Vec<_>>())
        .filter(|rings| rings.first().is_some_and(|r| r.len() >= 4))
        .collect()
}
