//! Whether a line crosses itself.

use kernel::coords::Point;
use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, RTree};

type Piece = GeomWithData<Line<[f64; 2]>, usize>;

/// Whether two pieces that are not neighbours meet. A line may end where it began (a ring road); a `ring` does.
pub(super) fn crosses_itself(points: &[Point], ring: bool) -> bool {
    let mut points: Vec<[f64; 2]> = points.iter().map(|p| [p.lng, p.lat]).collect();
    points.dedup();
    if points.len() < 4 {
        return false;
    }
    let closed = ring || points.first() == points.last();
    let pieces: Vec<Piece> =
        points.windows(2).enumerate().map(|(n, ends)| Piece::new(Line::new(ends[0], ends[1]), n)).collect();
    let last = pieces.len() - 1;
    let tree = RTree::bulk_load(pieces.clone());
    pieces.iter().any(|one| {
        let (a, b) = (one.geom().from, one.geom().to);
        let around = AABB::from_points(&[a, b]);
        tree.locate_in_envelope_intersecting(around).any(|other| {
            let (first, second) = (one.data.min(other.data), one.data.max(other.data));
            let neighbours = second - first <= 1 || (closed && first == 0 && second == last);
            !neighbours && one.data < other.data && meet(a, b, other.geom().from, other.geom().to)
        })
    })
}

/// Which side of a–b the point c lies on.
fn side(a: [f64; 2], b: [f64; 2], c: [f64; 2]) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

fn meet(a: [f64; 2], b: [f64; 2], c: [f64; 2], d: [f64; 2]) -> bool {
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crosses(pairs: &[[f64; 2]], ring: bool) -> bool {
        let points: Vec<Point> = pairs.iter().map(|[x, y]| Point::new(*x, *y)).collect();
        crosses_itself(&points, ring)
    }

    #[test]
    fn an_eight_crosses_and_a_ring_road_does_not() {
        assert!(crosses(&[[0.0, 0.0], [2.0, 2.0], [2.0, 0.0], [0.0, 2.0]], false));
        assert!(!crosses(&[[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0], [0.0, 0.0]], false));
        assert!(!crosses(&[[0.0, 0.0], [1.0, 0.1], [2.0, 0.0], [3.0, 0.1]], false));
        assert!(crosses(&[[0.0, 0.0], [2.0, 2.0], [2.0, 0.0], [0.0, 2.0], [0.0, 0.0]], true));
    }
}
