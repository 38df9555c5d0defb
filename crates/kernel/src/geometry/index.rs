//! Indexes over the sections and areas of a city, for "on which street is this?" and "whose is this?".

use super::{Area, Line, Scale};
use crate::coords::Point;
use rstar::primitives::{GeomWithData, Line as Segment, Rectangle};
use rstar::{AABB, RTree};

/// A piece on the common plane, with the numbers of its section and of the piece in it.
type Piece = GeomWithData<Segment<[f64; 2]>, (usize, usize)>;

/// The nearest of many lines. Built once (some 2 µs a piece), then only asked; `T` names a line.
#[derive(Clone, Debug)]
pub struct SectionIndex<T> {
    sections: Vec<(T, Line)>,
    /// Pieces on one plane for the whole city.
    tree: RTree<Piece>,
    plane: Scale,
    /// By how much, at most, a distance on that plane differs from one on the plane of a piece.
    stretch: f64,
}

impl<T: Clone> SectionIndex<T> {
    pub fn new(sections: impl IntoIterator<Item = (T, Line)>) -> Self {
        let sections: Vec<(T, Line)> = sections.into_iter().collect();
        let middle = super::Bbox::around(sections.iter().flat_map(|(_, line)| line.points().iter().copied()));
        let plane = Scale::at(middle.map_or(0.0, |b| b.centre().lat));
        let mut stretch = 1.0_f64;
        let mut pieces = Vec::new();
        for (number, (_, line)) in sections.iter().enumerate() {
            for piece in 0..line.pieces() {
                let (a, b) = line.ends(piece);
                let local = Scale::between(a, b);
                let (x, y) = (local.x / plane.x, local.y / plane.y);
                stretch = stretch.max(x).max(1.0 / x).max(y).max(1.0 / y);
                pieces.push(GeomWithData::new(Segment::new(on(plane, a), on(plane, b)), (number, piece)));
            }
        }
        Self { sections, tree: RTree::bulk_load(pieces), plane, stretch }
    }

    /// The line nearest to `point`, how far it is and where along it, in metres; `None` when none is within `max_m`.
    /// Of lines equally near (at a crossing), the one given first.
    pub fn nearest(&self, point: Point, max_m: f64) -> Option<(T, f64, f64)> {
        if !(point.lng.is_finite() && point.lat.is_finite()) {
            return None;
        }
        let mut best: Option<(f64, usize, f64)> = None;
        for (found, square) in self.tree.nearest_neighbor_iter_with_distance_2(on(self.plane, point)) {
            // pieces come in the order of the common plane; those behind cannot win once they are farther than this
            let limit = best.map_or(max_m, |(distance, ..)| distance) * self.stretch + 1e-6;
            if square > limit * limit {
                break;
            }
            let (number, piece) = found.data;
            let (distance, along) = self.sections[number].1.locate_on(piece, point);
            let better = |(d, n, a): (f64, usize, f64)| {
                distance < d || (distance <= d && (number < n || (number == n && along < a)))
            };
            if distance <= max_m && best.is_none_or(better) {
                best = Some((distance, number, along));
            }
        }
        best.map(|(distance, number, along)| (self.sections[number].0.clone(), distance, along))
    }

    pub fn sections(&self) -> &[(T, Line)] {
        &self.sections
    }
}

fn on(plane: Scale, p: Point) -> [f64; 2] {
    [p.lng * plane.x, p.lat * plane.y]
}

/// The areas around a point. Areas may overlap and lie in one another.
#[derive(Clone, Debug)]
pub struct AreaIndex<T> {
    areas: Vec<(T, Area)>,
    tree: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
}

impl<T: Clone> AreaIndex<T> {
    pub fn new(areas: impl IntoIterator<Item = (T, Area)>) -> Self {
        let areas: Vec<(T, Area)> = areas.into_iter().collect();
        let boxes = areas.iter().enumerate().map(|(number, (_, area))| {
            let b = area.bbox();
            let corners = AABB::from_corners([b.west, b.south], [b.east, b.north]);
            GeomWithData::new(Rectangle::from_aabb(corners), number)
        });
        Self { tree: RTree::bulk_load(boxes.collect()), areas }
    }

    /// All areas that contain the point, in the order given. A point on a common edge belongs to both.
    pub fn containing(&self, point: Point) -> Vec<T> {
        let boxes = self.tree.locate_all_at_point([point.lng, point.lat]);
        let mut found: Vec<usize> =
            boxes.map(|b| b.data).filter(|number| self.areas[*number].1.contains(point)).collect();
        found.sort_unstable();
        found.into_iter().map(|number| self.areas[number].0.clone()).collect()
    }

    pub fn areas(&self) -> &[(T, Area)] {
        &self.areas
    }
}

#[cfg(test)]
mod tests {
    use super::super::area::tests::rectangle;
    use super::super::line::tests::line;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_empty_city_has_nothing_near() {
        let index: SectionIndex<u32> = SectionIndex::new([]);
        assert_eq!(index.nearest(Point::new(98.0, 39.0), f64::INFINITY), None);
        let areas: AreaIndex<u32> = AreaIndex::new([]);
        assert!(areas.containing(Point::new(98.0, 39.0)).is_empty());
    }

    #[test]
    fn at_a_crossing_the_first_wins() {
        let street =
            |a: (f64, f64), b: (f64, f64)| Line::new([Point::new(a.0, a.1), Point::new(b.0, b.1)]).unwrap();
        let index = SectionIndex::new([
            ("first", street((98.0, 39.0), (98.01, 39.0))),
            ("second", street((98.0, 39.0), (98.0, 39.01))),
        ]);
        assert_eq!(index.nearest(Point::new(98.0, 39.0), 10.0), Some(("first", 0.0, 0.0)));
        assert_eq!(index.nearest(Point::new(98.0, 39.005), 10.0).unwrap().0, "second");
        assert_eq!(index.nearest(Point::new(98.005, 39.005), 10.0), None);
        assert_eq!(index.nearest(Point::new(f64::NAN, 39.005), 10.0), None);
    }

    proptest! {
        #[test]
        fn nearest_agrees_with_looking_at_all(
            lines in prop::collection::vec(line(), 1..20),
            far in prop::option::of(35.0..45.0_f64),
            lng in 98.2..98.35_f64, lat in 39.7..39.85_f64, max_m in 0.0..3000.0_f64,
        ) {
            // a line far to the north or south puts the common plane off
            let far = far.map(|lat| Line::new([Point::new(98.0, lat), Point::new(98.4, lat)]).unwrap());
            let lines: Vec<Line> = lines.into_iter().chain(far).collect();
            let point = Point::new(lng, lat);
            let index = SectionIndex::new(lines.iter().cloned().enumerate());
            let expected = lines.iter().enumerate().map(|(number, line)| (number, line.locate(point)))
                .filter(|(_, (off, _))| *off <= max_m)
                .min_by(|a, b| a.1.0.total_cmp(&b.1.0))
                .map(|(number, (off, along))| (number, off, along));
            prop_assert_eq!(index.nearest(point, max_m), expected);
        }

        #[test]
        fn containing_agrees_with_looking_at_all(
            boxes in prop::collection::vec((98.0..98.1_f64, 39.0..39.1_f64, 0.001..0.05_f64, 0.001..0.05_f64), 0..20),
            lng in 98.0..98.15_f64, lat in 39.0..39.15_f64,
        ) {
            let areas: Vec<Area> = boxes.into_iter()
                .map(|(west, south, width, height)| Area::new(vec![vec![rectangle(west, south, width, height)]]).unwrap())
                .collect();
            let point = Point::new(lng, lat);
            let expected: Vec<usize> = (0..areas.len()).filter(|number| areas[*number].contains(point)).collect();
            prop_assert_eq!(AreaIndex::new(areas.into_iter().enumerate()).containing(point), expected);
        }
    }

    /// `cargo test --release -p kernel speed -- --ignored --nocapture`
    #[test]
    #[ignore = "prints figures, proves nothing"]
    fn speed() {
        // a town of 100 × 100 blocks of 100 m
        let step = 0.001;
        let street = |number: u32, along: u32| {
            let (fixed, from) = (98.2 + f64::from(number) * step, 39.7 + f64::from(along) * step);
            let line = Line::new([Point::new(fixed, from), Point::new(fixed, from + step)]);
            ((number, along), line.unwrap())
        };
        let index = SectionIndex::new((0..100).flat_map(|n| (0..100).map(move |a| street(n, a))));
        let rounds = 200_000_u32;
        let clock = std::time::Instant::now();
        let found = (0..rounds).filter(|round| {
            let point =
                Point::new(98.2 + f64::from(round % 997) * 1e-4, 39.7 + f64::from(round % 991) * 1e-4);
            index.nearest(point, 50.0).is_some()
        });
        let found = found.count();
        println!(
            "nearest of 10000 sections: {} ns ({found} found)",
            clock.elapsed().as_nanos() / u128::from(rounds)
        );
    }
}
