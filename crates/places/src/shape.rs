//! Geometry as people give it (GeoJSON, WKT, lists of pairs, any of four coordinate systems), read and judged.

mod crossing;
mod text;

use crate::model::SourceCrs;
use kernel::coords::{self, Crs, Point};
use kernel::geometry::{Area, GeometryError, Line};
pub(crate) use text::{area_from_json, area_from_text, line_from_json, line_from_text};

/// Shortest section, in metres.
pub(crate) const SHORTEST_M: f64 = 5.0;
/// Most points of one line or ring.
pub(crate) const MOST_POINTS: usize = 5_000;

/// What is wrong with a geometry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Not GeoJSON, WKT or a list of pairs; or of another kind than wanted.
    Unreadable,
    /// A position at 0/0: no fix.
    NoFix,
    /// A number that is no position; often longitude and latitude exchanged.
    OffGlobe,
    TooFewPoints,
    TooManyPoints,
    TooShort,
    CrossesItself,
}

impl Fault {
    /// The code of the sentence `field-<code>`.
    pub(crate) fn field_code(self) -> &'static str {
        match self {
            Fault::Unreadable => "geometry-unreadable",
            Fault::NoFix => "geometry-no-fix",
            Fault::OffGlobe => "geometry-off-globe",
            Fault::TooFewPoints => "geometry-too-few-points",
            Fault::TooManyPoints => "geometry-too-many-points",
            Fault::TooShort => "geometry-too-short",
            Fault::CrossesItself => "geometry-crosses-itself",
        }
    }

    /// The code in an import's report; its sentence is `reason-<code>`.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Fault::Unreadable => "bad_geometry",
            Fault::NoFix => "position_0_0",
            Fault::OffGlobe => "place_off_globe",
            Fault::TooFewPoints => "place_too_few_points",
            Fault::TooManyPoints => "place_too_many_points",
            Fault::TooShort => "place_too_short",
            Fault::CrossesItself => "place_crosses_itself",
        }
    }
}

impl From<GeometryError> for Fault {
    fn from(error: GeometryError) -> Self {
        match error {
            GeometryError::TooFewPoints => Fault::TooFewPoints,
            GeometryError::OffGlobe => Fault::OffGlobe,
            GeometryError::Empty => Fault::Unreadable,
        }
    }
}

/// A position as it was given, in CGCS2000, to a centimetre.
pub(crate) fn position(lng: f64, lat: f64, crs: SourceCrs) -> Result<Point, Fault> {
    let given = Point::checked(lng, lat).ok_or(if lng.abs() < 1e-9 && lat.abs() < 1e-9 {
        Fault::NoFix
    } else {
        Fault::OffGlobe
    })?;
    let there = coords::convert(given, crs.into(), Crs::Cgcs2000);
    Ok(Point::new(centimetre(there.lng), centimetre(there.lat)))
}

fn centimetre(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}

/// What keeps a line from being a section.
pub(crate) fn line_fault(line: &Line) -> Option<Fault> {
    if line.points().len() > MOST_POINTS {
        return Some(Fault::TooManyPoints);
    }
    if line.length_m() < SHORTEST_M {
        return Some(Fault::TooShort);
    }
    crossing::crosses_itself(line.points(), false).then_some(Fault::CrossesItself)
}

/// What keeps an area from being a grid cell or a division. Rings of more than [`MOST_POINTS`] are believed.
pub(crate) fn area_fault(area: &Area) -> Option<Fault> {
    let mut rings = area.polygons().flatten();
    rings
        .any(|ring| ring.len() <= MOST_POINTS && crossing::crosses_itself(&ring, true))
        .then_some(Fault::CrossesItself)
}

fn positions(pairs: &[[f64; 2]], crs: SourceCrs) -> Result<Vec<Point>, Fault> {
    pairs.iter().map(|[lng, lat]| position(*lng, *lat, crs)).collect()
}

/// A line from pairs of longitude and latitude.
pub(crate) fn line(pairs: &[[f64; 2]], crs: SourceCrs) -> Result<Line, Fault> {
    let line = Line::new(positions(pairs, crs)?)?;
    line_fault(&line).map_or(Ok(line), Err)
}

/// An area from polygons of rings of pairs.
pub(crate) fn area(polygons: &[Vec<Vec<[f64; 2]>>], crs: SourceCrs) -> Result<Area, Fault> {
    let ring = |ring: &Vec<[f64; 2]>| positions(ring, crs);
    let polygons: Vec<Vec<Vec<Point>>> =
        polygons.iter().map(|rings| rings.iter().map(ring).collect()).collect::<Result<_, _>>()?;
    let area = Area::new(polygons)?;
    area_fault(&area).map_or(Ok(area), Err)
}
