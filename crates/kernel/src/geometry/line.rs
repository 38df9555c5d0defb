use super::{Bbox, GeometryError, Scale, distance_m, on_globe, points_of};
use crate::coords::Point;
use serde::{Deserialize, Serialize};

/// A polyline, such as the axis of a street, with a direction: places along it are metres from its first point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<[f64; 2]>", into = "Vec<[f64; 2]>")]
pub struct Line {
    points: Vec<Point>,
    /// Metres from the first point to each point.
    along: Vec<f64>,
}

impl Line {
    /// Points repeated one after another count once.
    pub fn new(points: impl IntoIterator<Item = Point>) -> Result<Self, GeometryError> {
        let mut points: Vec<Point> = points.into_iter().map(on_globe).collect::<Result<_, _>>()?;
        points.dedup();
        if points.len() < 2 {
            return Err(GeometryError::TooFewPoints);
        }
        let mut total = 0.0;
        let steps = points.windows(2).map(|pair| distance_m(pair[0], pair[1]));
        let along = std::iter::once(0.0)
            .chain(steps.map(|step| {
                total += step;
                total
            }))
            .collect();
        Ok(Self { points, along })
    }

    pub fn points(&self) -> &[Point] {
        &self.points
    }

    pub fn length_m(&self) -> f64 {
        self.along.last().copied().unwrap_or(0.0)
    }

    pub fn bbox(&self) -> Bbox {
        let nowhere = Bbox { west: 0.0, south: 0.0, east: 0.0, north: 0.0 };
        Bbox::around(self.points.iter().copied()).unwrap_or(nowhere)
    }

    /// How far `point` is from the line, and where along it the nearest place lies, both in metres. Of several nearest
    /// places the first.
    pub fn locate(&self, point: Point) -> (f64, f64) {
        (0..self.pieces()).map(|piece| self.locate_on(piece, point)).fold(
            (f64::INFINITY, 0.0),
            |best, found| {
                if found.0 < best.0 { found } else { best }
            },
        )
    }

    /// The place `along_m` metres from the beginning, held at the ends.
    pub fn point_at(&self, along_m: f64) -> Point {
        let piece = self.piece_at(along_m);
        let (a, b) = self.ends(piece);
        let share =
            ((along_m - self.along[piece]) / (self.along[piece + 1] - self.along[piece])).clamp(0.0, 1.0);
        // exact at both ends
        Point::new(a.lng * (1.0 - share) + b.lng * share, a.lat * (1.0 - share) + b.lat * share)
    }

    /// The stretch between two places along the line, in the line's direction whichever is named first, held at the
    /// ends; `None` when nothing is left. Cut out of a slanting piece of kilometres, it may measure a few parts in a
    /// hundred thousand more or less than asked.
    pub fn slice(&self, from_m: f64, to_m: f64) -> Option<Line> {
        let (from, to) = (from_m.min(to_m).max(0.0), from_m.max(to_m).min(self.length_m()));
        if to <= from {
            return None;
        }
        let inner = self.points.iter().zip(&self.along).filter(|(_, along)| from < **along && **along < to);
        let ends = (self.point_at(from), self.point_at(to));
        Line::new(std::iter::once(ends.0).chain(inner.map(|(point, _)| *point)).chain([ends.1])).ok()
    }

    /// Number of straight pieces.
    pub(super) fn pieces(&self) -> usize {
        self.points.len() - 1
    }

    pub(super) fn ends(&self, piece: usize) -> (Point, Point) {
        (self.points[piece], self.points[piece + 1])
    }

    /// Like [`Line::locate`], looking at one piece only.
    pub(super) fn locate_on(&self, piece: usize, point: Point) -> (f64, f64) {
        let (a, b) = self.ends(piece);
        let scale = Scale::between(a, b);
        let (dx, dy) = ((b.lng - a.lng) * scale.x, (b.lat - a.lat) * scale.y);
        let (px, py) = ((point.lng - a.lng) * scale.x, (point.lat - a.lat) * scale.y);
        let share = ((px * dx + py * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
        let (from, to) = (self.along[piece], self.along[piece + 1]);
        ((px - dx * share).hypot(py - dy * share), from + (to - from) * share)
    }

    fn piece_at(&self, along_m: f64) -> usize {
        self.along.partition_point(|along| *along <= along_m).clamp(1, self.pieces()) - 1
    }
}

impl TryFrom<Vec<[f64; 2]>> for Line {
    type Error = GeometryError;
    fn try_from(coordinates: Vec<[f64; 2]>) -> Result<Self, GeometryError> {
        Self::new(points_of(&coordinates)?)
    }
}

impl From<Line> for Vec<[f64; 2]> {
    fn from(line: Line) -> Self {
        line.points.into_iter().map(|p| [p.lng, p.lat]).collect()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Lines of two to nine points in a square of some 4 km.
    pub(in crate::geometry) fn line() -> impl Strategy<Value = Line> {
        prop::collection::vec((98.25..98.30_f64, 39.75..39.79_f64), 2..9)
            .prop_map(|points| Line::new(points.into_iter().map(|(lng, lat)| Point::new(lng, lat))).unwrap())
    }

    #[test]
    fn refuses_what_is_no_line() {
        let p = Point::new(98.0, 39.0);
        assert_eq!(Line::new([p, p]), Err(GeometryError::TooFewPoints));
        assert_eq!(Line::new([p, Point::new(f64::NAN, 1.0)]), Err(GeometryError::OffGlobe));
        assert!(serde_json::from_str::<Line>("[[98, 39]]").is_err());
    }

    #[test]
    fn locates_beside_and_beyond() {
        let street: Line = serde_json::from_str("[[98.0, 39.8], [98.01, 39.8], [98.01, 39.81]]").unwrap();
        assert!((street.length_m() - (856.08 + 1110.33)).abs() < 1.0, "{}", street.length_m());
        let (off, along) = street.locate(Point::new(98.005, 39.801));
        assert!((off - 111.03).abs() < 0.1 && (along - 428.04).abs() < 0.5, "{off} {along}");
        let (off, along) = street.locate(Point::new(97.99, 39.8));
        assert!((off - 856.08).abs() < 0.5 && along == 0.0);
        assert_eq!(street.point_at(-5.0), street.points()[0]);
        assert_eq!(street.point_at(1e9), street.points()[2]);
        assert_eq!(serde_json::to_string(&street).unwrap(), "[[98.0,39.8],[98.01,39.8],[98.01,39.81]]");
    }

    proptest! {
        #[test]
        fn a_place_on_the_line_is_found_on_it(line in line(), share in 0.0..1.0_f64) {
            let place = line.point_at(line.length_m() * share);
            let (off, along) = line.locate(place);
            prop_assert!(off < 1e-6, "{off}");
            // the line may cross itself: then another place along it is the same point
            prop_assert!(distance_m(line.point_at(along), place) < 1e-3);
        }

        #[test]
        fn slices_are_as_long_as_asked(line in line(), a in 0.0..1.0_f64, b in 0.0..1.0_f64) {
            let (a, b) = (a * line.length_m(), b * line.length_m());
            if let Some(slice) = line.slice(a, b) {
                prop_assert!((slice.length_m() - (a - b).abs()).abs() < line.length_m() * 1e-4, "{} {}", slice.length_m(), (a - b).abs());
                prop_assert_eq!(slice.points()[0], line.point_at(a.min(b)));
            } else {
                prop_assert!((a - b).abs() < 1e-6);
            }
        }

        #[test]
        fn the_nearest_place_is_no_farther_than_any_other(line in line(), lng in 98.2..98.35_f64, lat in 39.7..39.85_f64, share in 0.0..1.0_f64) {
            let point = Point::new(lng, lat);
            let other = distance_m(point, line.point_at(line.length_m() * share));
            prop_assert!(line.locate(point).0 <= other * 1.003);
        }
    }
}
