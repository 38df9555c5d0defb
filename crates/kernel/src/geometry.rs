//! Streets and districts on the map: lengths, places along a line, areas, and indexes over many of them.
//!
//! Points are CGCS2000 degrees, results are metres. Distances are measured on a plane laid at the latitude of each
//! short piece, with the radii of the ellipsoid there; for pieces of some kilometres that is right to a few parts in a
//! million. Serialised, a [`Line`] is GeoJSON LineString coordinates, an [`Area`] those of a MultiPolygon.

mod area;
mod coverage;
mod index;
mod line;

pub use area::Area;
pub use coverage::{Coverage, coverage};
pub use index::{AreaIndex, SectionIndex};
pub use line::Line;

use crate::coords::Point;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why points do not make a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeometryError {
    /// A line needs two different points, a ring three.
    TooFewPoints,
    /// A number is not finite or not on the globe.
    OffGlobe,
    /// An area without polygons, or a polygon without an outer ring.
    Empty,
}

impl fmt::Display for GeometryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooFewPoints => "too few different points",
            Self::OffGlobe => "a coordinate is not on the globe",
            Self::Empty => "no polygon",
        })
    }
}

impl std::error::Error for GeometryError {}

/// A box of degrees; it does not cross the 180th meridian.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bbox {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

impl Bbox {
    /// The smallest box around the points; `None` without points.
    pub fn around(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        points.into_iter().fold(None, |found: Option<Self>, p| {
            let b = found.unwrap_or(Self { west: p.lng, south: p.lat, east: p.lng, north: p.lat });
            Some(Self {
                west: b.west.min(p.lng),
                south: b.south.min(p.lat),
                east: b.east.max(p.lng),
                north: b.north.max(p.lat),
            })
        })
    }

    /// Edges belong to the box.
    pub fn contains(&self, p: Point) -> bool {
        (self.west..=self.east).contains(&p.lng) && (self.south..=self.north).contains(&p.lat)
    }

    pub fn centre(&self) -> Point {
        Point::new(f64::midpoint(self.west, self.east), f64::midpoint(self.south, self.north))
    }

    /// The box with `metres` more on each side.
    #[must_use]
    pub fn grown(&self, metres: f64) -> Self {
        let scale = Scale::at(self.south.abs().max(self.north.abs()));
        let (x, y) = (metres / scale.x, metres / scale.y);
        Self { west: self.west - x, south: self.south - y, east: self.east + x, north: self.north + y }
    }
}

/// Metres between two points of one city.
pub fn distance_m(a: Point, b: Point) -> f64 {
    let scale = Scale::between(a, b);
    ((b.lng - a.lng) * scale.x).hypot((b.lat - a.lat) * scale.y)
}

/// Metres per degree, eastwards and northwards, at some latitude.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Scale {
    x: f64,
    y: f64,
}

impl Scale {
    /// On the CGCS2000 ellipsoid (a = 6378137 m, f = 1/298.257222101). Held short of the poles.
    fn at(lat: f64) -> Self {
        const AXIS_M: f64 = 6_378_137.0;
        const FLATTENING: f64 = 1.0 / 298.257_222_101;
        const ECCENTRICITY_2: f64 = FLATTENING * (2.0 - FLATTENING);
        let (sin, cos) = lat.clamp(-89.0, 89.0).to_radians().sin_cos();
        let w2 = 1.0 - ECCENTRICITY_2 * sin * sin;
        let normal = AXIS_M / w2.sqrt();
        Self { x: (normal * cos).to_radians(), y: (normal * (1.0 - ECCENTRICITY_2) / w2).to_radians() }
    }

    fn between(a: Point, b: Point) -> Self {
        Self::at(f64::midpoint(a.lat, b.lat))
    }
}

/// The points of GeoJSON coordinates, each on the globe.
fn points_of(coordinates: &[[f64; 2]]) -> Result<Vec<Point>, GeometryError> {
    coordinates.iter().map(|[lng, lat]| on_globe(Point::new(*lng, *lat))).collect()
}

fn on_globe(p: Point) -> Result<Point, GeometryError> {
    // comparisons with NaN are false
    if p.lng.abs() <= 180.0 && p.lat.abs() <= 90.0 { Ok(p) } else { Err(GeometryError::OffGlobe) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Distance, Geodesic};
    use proptest::prelude::*;

    #[test]
    fn boxes_grow_by_metres() {
        let b = Bbox::around([Point::new(98.2, 39.7), Point::new(98.4, 39.9)]).unwrap();
        let grown = b.grown(1000.0);
        let corner = Point::new(grown.west, b.south);
        assert!(!b.contains(corner) && grown.contains(corner));
        assert!(distance_m(Point::new(b.west, b.south), corner) >= 1000.0);
        assert!(b.contains(b.centre()));
    }

    proptest! {
        #[test]
        fn distances_agree_with_the_geodesic(lng in 75.0..134.0_f64, lat in 18.0..53.0_f64, dx in -0.05..0.05_f64, dy in -0.05..0.05_f64) {
            let exact = Geodesic.distance(geo::Point::new(lng, lat), geo::Point::new(lng + dx, lat + dy));
            let ours = distance_m(Point::new(lng, lat), Point::new(lng + dx, lat + dy));
            prop_assert!((exact - ours).abs() <= exact * 3e-6 + 1e-4, "{exact} {ours}");
        }
    }
}
