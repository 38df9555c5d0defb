//! Which division a position belongs to.

use geo::Polygon;

use super::plane::{self, P};
use super::types::Division;

/// The code of the community or village a position lies in; the nearest seat's, where areas leave a hair between them.
pub(super) fn division_at(divisions: &[Division], at: P) -> String {
    let leaves = || divisions.iter().filter(|d| d.code.len() == 12);
    let found = leaves().find(|d| polygons(d).iter().any(|p| plane::holds(p, at)));
    let by_seat = |d: &&Division| plane::dist(plane::metres(d.seat), at);
    found
        .or_else(|| leaves().min_by(|a, b| by_seat(a).total_cmp(&by_seat(b))))
        .map_or_else(String::new, |d| d.code.clone())
}

/// A division's area in the frame.
pub(super) fn polygons(division: &Division) -> Vec<Polygon<f64>> {
    let ring = |r: &Vec<[f64; 2]>| {
        plane::polygon(&r.iter().map(|p| plane::metres(*p)).collect::<Vec<_>>()).into_inner().0
    };
    division
        .area
        .iter()
        .map(|rings| {
            let mut lines = rings.iter().map(ring);
            let outer = lines.next().unwrap_or_else(|| geo::LineString::new(vec![]));
            Polygon::new(outer, lines.collect())
        })
        .collect()
}
