use super::{Bbox, GeometryError, points_of};
use crate::coords::Point;
use geo::coordinate_position::{CoordPos, CoordinatePosition};
use geo::orient::Direction;
use geo::{Centroid, Coord, GeodesicArea, LineString, MultiPolygon, Orient, Polygon};
use serde::{Deserialize, Serialize};

/// A district, community or grid cell: one or more polygons, which may have holes. Polygons are taken to be sound
/// (rings that do not cross); they are not repaired.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Vec<Vec<[f64; 2]>>>", into = "Vec<Vec<Vec<[f64; 2]>>>")]
pub struct Area {
    shape: MultiPolygon,
    bbox: Bbox,
}

impl Area {
    /// From polygons, each a list of rings: the outer one, then its holes. Rings are closed and turned as needed.
    pub fn new(polygons: Vec<Vec<Vec<Point>>>) -> Result<Self, GeometryError> {
        let bbox = Bbox::around(polygons.iter().flatten().flatten().copied()).ok_or(GeometryError::Empty)?;
        let shape: Vec<Polygon> = polygons.into_iter().map(polygon).collect::<Result<_, _>>()?;
        Ok(Self { shape: MultiPolygon::new(shape).orient(Direction::Default), bbox })
    }

    /// Whether the point lies in the area or on its edge.
    pub fn contains(&self, point: Point) -> bool {
        // polygon by polygon: where two of them touch, the edge between them is inside, too
        let holds = |polygon: &Polygon| polygon.coordinate_position(&coord(point)) != CoordPos::Outside;
        self.bbox.contains(point) && self.shape.iter().any(holds)
    }

    /// Square metres on the ellipsoid, without holes.
    pub fn area_m2(&self) -> f64 {
        self.shape.geodesic_area_unsigned()
    }

    /// The centre of gravity. It may lie outside a crooked area.
    pub fn centroid(&self) -> Point {
        self.shape.centroid().map_or(self.bbox.centre(), |p| Point::new(p.x(), p.y()))
    }

    pub fn bbox(&self) -> Bbox {
        self.bbox
    }

    /// The polygons as closed rings, outer ring first.
    pub fn polygons(&self) -> impl Iterator<Item = Vec<Vec<Point>>> + '_ {
        let points = |ring: &LineString| ring.coords().map(|c| Point::new(c.x, c.y)).collect();
        self.shape.iter().map(move |polygon| {
            std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(points).collect()
        })
    }
}

fn polygon(rings: Vec<Vec<Point>>) -> Result<Polygon, GeometryError> {
    let mut rings = rings.into_iter().map(ring).collect::<Result<Vec<_>, _>>()?.into_iter();
    let outer = rings.next().ok_or(GeometryError::Empty)?;
    Ok(Polygon::new(outer, rings.collect()))
}

fn ring(mut points: Vec<Point>) -> Result<LineString, GeometryError> {
    points.dedup();
    if points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    for point in &points {
        super::on_globe(*point)?;
    }
    if points.len() < 3 {
        return Err(GeometryError::TooFewPoints);
    }
    let mut ring = LineString::new(points.into_iter().map(coord).collect());
    ring.close();
    Ok(ring)
}

fn coord(p: Point) -> Coord {
    Coord { x: p.lng, y: p.lat }
}

impl TryFrom<Vec<Vec<Vec<[f64; 2]>>>> for Area {
    type Error = GeometryError;
    fn try_from(polygons: Vec<Vec<Vec<[f64; 2]>>>) -> Result<Self, GeometryError> {
        let read = |rings: &Vec<Vec<[f64; 2]>>| rings.iter().map(|ring| points_of(ring)).collect();
        Self::new(polygons.iter().map(read).collect::<Result<_, _>>()?)
    }
}

impl From<Area> for Vec<Vec<Vec<[f64; 2]>>> {
    fn from(area: Area) -> Self {
        let numbers = |ring: Vec<Point>| ring.into_iter().map(|p| [p.lng, p.lat]).collect();
        area.polygons().map(|rings| rings.into_iter().map(numbers).collect()).collect()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::geometry::distance_m;
    use proptest::prelude::*;

    pub(in crate::geometry) fn rectangle(west: f64, south: f64, width: f64, height: f64) -> Vec<Point> {
        let (east, north) = (west + width, south + height);
        vec![
            Point::new(west, south),
            Point::new(west, north),
            Point::new(east, north),
            Point::new(east, south),
        ]
    }

    /// A square of 0.1° with a hole of 0.02° in its middle, and a small one beside it.
    fn district() -> Area {
        let with_hole = vec![rectangle(98.0, 39.0, 0.1, 0.1), rectangle(98.04, 39.04, 0.02, 0.02)];
        Area::new(vec![with_hole, vec![rectangle(98.25, 39.0, 0.0625, 0.0625)]]).unwrap()
    }

    #[test]
    fn holes_are_outside_and_edges_inside() {
        let area = district();
        for (lng, lat, inside) in [
            (98.01, 39.01, true),
            (98.05, 39.05, false),
            (98.04, 39.05, true),
            (98.0, 39.05, true),
            (98.3, 39.005, true),
            (98.15, 39.005, false),
            (f64::NAN, 39.0, false),
        ] {
            assert_eq!(area.contains(Point::new(lng, lat)), inside, "{lng} {lat}");
        }
        assert_eq!(area.bbox(), Bbox { west: 98.0, south: 39.0, east: 98.3125, north: 39.1 });
    }

    #[test]
    fn a_common_edge_is_inside() {
        let halves = [98.0, 98.5].map(|west| vec![rectangle(west, 39.0, 0.5, 0.5)]);
        assert!(Area::new(halves.to_vec()).unwrap().contains(Point::new(98.5, 39.25)));
    }

    #[test]
    fn area_leaves_holes_out() {
        let side = |a: (f64, f64), b: (f64, f64)| distance_m(Point::new(a.0, a.1), Point::new(b.0, b.1));
        let outer = side((98.0, 39.05), (98.1, 39.05)) * side((98.0, 39.0), (98.0, 39.1));
        let expected = outer * (1.0 - 0.04 + 0.390_625);
        assert!((district().area_m2() / expected - 1.0).abs() < 2e-3, "{} {expected}", district().area_m2());
    }

    #[test]
    fn centroid_of_a_square_is_its_middle() {
        let square = Area::new(vec![vec![rectangle(98.0, 39.0, 0.1, 0.1)]]).unwrap();
        assert!(distance_m(square.centroid(), Point::new(98.05, 39.05)) < 0.01);
    }

    #[test]
    fn refuses_what_is_no_area() {
        let p = Point::new(98.0, 39.0);
        assert_eq!(Area::new(vec![]), Err(GeometryError::Empty));
        assert_eq!(Area::new(vec![vec![]]), Err(GeometryError::Empty));
        assert_eq!(
            Area::new(vec![vec![vec![p, Point::new(98.1, 39.0), p]]]),
            Err(GeometryError::TooFewPoints)
        );
        assert!(serde_json::from_str::<Area>("[[[[98,39],[999,39],[98,40]]]]").is_err());
    }

    #[test]
    fn survives_json() {
        let text = serde_json::to_string(&district()).unwrap();
        assert_eq!(serde_json::from_str::<Area>(&text).unwrap(), district());
    }

    proptest! {
        #[test]
        fn contains_agrees_with_arithmetic(lng in 97.95..98.35_f64, lat in 38.95..39.15_f64) {
            let within = |w: f64, s: f64, size: f64| (w..=w + size).contains(&lng) && (s..=s + size).contains(&lat);
            let expected = within(98.0, 39.0, 0.1) && !within(98.04, 39.04, 0.02) || within(98.25, 39.0, 0.0625);
            prop_assert_eq!(district().contains(Point::new(lng, lat)), expected);
        }
    }
}
