//! Geometry as it leaves: coordinates to a tenth of a metre, axes as asked for, and the test whether it touches a box.

use kernel::coords::Point;
use kernel::geometry::Bbox;
use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Point(Point),
    Line(Vec<Point>),
    /// Polygons of rings, the outer one first.
    Area(Vec<Vec<Vec<Point>>>),
}

/// The coordinate reference systems offered. Both hold the same degrees; only the order of the axes differs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Axes {
    /// CRS84: longitude first.
    #[default]
    LngLat,
    /// EPSG:4490 (CGCS2000): latitude first, as the authority has it.
    LatLng,
}

pub const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
pub const EPSG4490: &str = "http://www.opengis.net/def/crs/EPSG/0/4490";

impl Axes {
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim_matches(['<', '>', '[', ']']) {
            "" | CRS84 | "OGC:CRS84" => Some(Axes::LngLat),
            EPSG4490 | "EPSG:4490" => Some(Axes::LatLng),
            _ => None,
        }
    }

    pub fn uri(self) -> &'static str {
        match self {
            Axes::LngLat => CRS84,
            Axes::LatLng => EPSG4490,
        }
    }

    fn pair(self, p: Point) -> [f64; 2] {
        let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
        match self {
            Axes::LngLat => [round(p.lng), round(p.lat)],
            Axes::LatLng => [round(p.lat), round(p.lng)],
        }
    }
}

impl Shape {
    pub fn geojson(&self, axes: Axes) -> Value {
        let line = |points: &[Point]| points.iter().map(|p| axes.pair(*p)).collect::<Vec<_>>();
        match self {
            Shape::Point(p) => json!({ "type": "Point", "coordinates": axes.pair(*p) }),
            Shape::Line(points) => json!({ "type": "LineString", "coordinates": line(points) }),
            Shape::Area(polygons) => {
                let rings = |polygon: &Vec<Vec<Point>>| polygon.iter().map(|r| line(r)).collect::<Vec<_>>();
                let all: Vec<_> = polygons.iter().map(rings).collect();
                json!({ "type": "MultiPolygon", "coordinates": all })
            }
        }
    }

    fn lines(&self) -> Vec<&[Point]> {
        match self {
            Shape::Point(p) => vec![std::slice::from_ref(p)],
            Shape::Line(points) => vec![points],
            Shape::Area(polygons) => polygons.iter().flatten().map(Vec::as_slice).collect(),
        }
    }

    pub fn bbox(&self) -> Option<Bbox> {
        Bbox::around(self.lines().into_iter().flatten().copied())
    }

    /// Whether any of it lies in the box or on its edge.
    pub fn touches(&self, b: &Bbox) -> bool {
        let lines = self.lines();
        lines.iter().any(|l| l.iter().any(|p| b.contains(*p)))
            || lines.iter().any(|l| l.windows(2).any(|w| crosses(w[0], w[1], b)))
            // a box that lies wholly inside an area touches none of its edges
            || matches!(self, Shape::Area(polygons) if polygons.iter().any(|rings| holds(rings, b.centre())))
    }
}

/// Whether a segment passes through the box: what is left of it after each side has cut off what lies beyond.
fn crosses(a: Point, z: Point, b: &Bbox) -> bool {
    let (dx, dy) = (z.lng - a.lng, z.lat - a.lat);
    let (mut from, mut until) = (0.0_f64, 1.0_f64);
    for (step, room) in
        [(-dx, a.lng - b.west), (dx, b.east - a.lng), (-dy, a.lat - b.south), (dy, b.north - a.lat)]
    {
        if step == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if step < 0.0 {
            from = from.max(room / step);
        } else {
            until = until.min(room / step);
        }
    }
    from <= until
}

/// Whether a point lies inside the rings: an odd number of edges to its east.
fn holds(rings: &[Vec<Point>], p: Point) -> bool {
    let east = |w: &[Point]| {
        let (a, z) = (w[0], w[1]);
        (a.lat > p.lat) != (z.lat > p.lat)
            && p.lng < (z.lng - a.lng) * (p.lat - a.lat) / (z.lat - a.lat) + a.lng
    };
    rings.iter().flat_map(|r| r.windows(2)).filter(|w| east(w)).count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lng: f64, lat: f64) -> Point {
        Point::new(lng, lat)
    }

    #[test]
    fn a_shape_touches_a_box_by_any_of_its_parts() {
        let b = Bbox { west: 1.0, south: 1.0, east: 2.0, north: 2.0 };
        assert!(Shape::Point(at(1.0, 2.0)).touches(&b) && !Shape::Point(at(0.9, 2.0)).touches(&b));
        assert!(Shape::Line(vec![at(0.0, 0.0), at(3.0, 3.0)]).touches(&b), "through it");
        // its own box overlaps, the line itself passes by
        assert!(!Shape::Line(vec![at(0.0, 1.5), at(1.5, 3.0)]).touches(&b));
        let ring = |w: f64, s: f64, e: f64, n: f64| vec![at(w, s), at(e, s), at(e, n), at(w, n), at(w, s)];
        assert!(Shape::Area(vec![vec![ring(0.0, 0.0, 9.0, 9.0)]]).touches(&b), "the box inside the area");
        assert!(
            !Shape::Area(vec![vec![ring(0.0, 0.0, 9.0, 9.0), ring(0.5, 0.5, 3.0, 3.0)]]).touches(&b),
            "in a hole"
        );
    }

    #[test]
    fn axes_are_in_the_order_of_their_system() {
        let p = Shape::Point(at(98.26, 39.76));
        assert_eq!(p.geojson(Axes::LngLat)["coordinates"], json!([98.26, 39.76]));
        assert_eq!(p.geojson(Axes::LatLng)["coordinates"], json!([39.76, 98.26]));
        assert_eq!(Axes::parse("EPSG:4326"), None);
    }
}
