//! The unit grid: squares of 10,000 m² inside the ring road, each numbered within its community.

use std::collections::BTreeMap;

use super::enlist;
use super::lattice::Lattice;
use super::plane;
use super::types::{Cell, Division};

const SIDE: i32 = 100;

/// All cells whose middle lies inside the ring road, from north-west to south-east within each community.
pub(super) fn build(grid: &Lattice, divisions: &[Division]) -> Vec<Cell> {
    let ring = plane::polygon(&grid.ring());
    let mut serial: BTreeMap<String, u32> = BTreeMap::new();
    let mut out = Vec::new();
    for y in (-2_600..2_600).step_by(100).rev() {
        for x in (-2_900..2_900).step_by(100) {
            let corner = |dx: i32, dy: i32| [f64::from(x + dx), f64::from(y + dy)];
            let middle = corner(SIDE / 2, SIDE / 2);
            if !plane::holds(&ring, middle) {
                continue;
            }
            let division = enlist::division_at(divisions, middle);
            let n = serial.entry(division.clone()).or_default();
            *n += 1;
            let ring = [corner(0, 0), corner(SIDE, 0), corner(SIDE, SIDE), corner(0, SIDE), corner(0, 0)];
            out.push(Cell { code: format!("{division}{n:03}"), division, ring: plane::line_lng_lat(&ring) });
        }
    }
    out.sort_by(|a, b| a.code.cmp(&b.code));
    out
}
