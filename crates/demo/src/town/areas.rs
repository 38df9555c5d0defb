//! Approximate areas of the 48 communities and villages: Voronoi cells of invented seats, with real codes and names.

use geo::{Area, BooleanOps, Coord, LineString, MultiPolygon, Polygon};

use super::lattice::Lattice;
use super::plane::{self, P};
use super::types::{Division, LngLat};
use crate::arith;
use crate::dice::Dice;
use crate::facts::{self, DivisionRow};

/// Roughly where the three towns lie.
pub(super) const XINCHENG: LngLat = [98.421, 39.884];
pub(super) const YUQUAN: LngLat = [98.221, 39.803];
pub(super) const WENSHU: LngLat = [98.312, 39.704];

/// Seats of the 17 villages, in the order of their codes.
const VILLAGES: [LngLat; 17] = [
    [98.478, 39.932],
    [98.388, 39.846],
    [98.352, 39.925],
    [98.416, 39.880],
    [98.440, 39.846],
    [98.452, 39.898],
    [98.372, 39.892],
    [98.418, 39.934],
    [98.229, 39.793],
    [98.142, 39.872],
    [98.088, 39.752],
    [98.276, 39.713],
    [98.338, 39.720],
    [98.362, 39.697],
    [98.382, 39.728],
    [98.318, 39.700],
    [98.344, 39.676],
];

/// The divisions with areas and seats.
pub(super) fn build(seed: u64, grid: &Lattice) -> Vec<Division> {
    let mut dice = Dice::of(seed, "areas");
    let rows = facts::divisions();
    let city = MultiPolygon::new(vec![plane::outline()]);
    let urban = MultiPolygon::new(vec![plane::polygon(&grid.urban())]);
    let country = city.difference(&urban);
    let communities: Vec<&DivisionRow> = rows.iter().filter(|r| r.level == "community").collect();
    let villages: Vec<&DivisionRow> = rows.iter().filter(|r| r.level == "village").collect();
    let seats = arrange(&mut dice, grid, &communities);
    let farms: Vec<P> = VILLAGES
        .iter()
        .map(|at| plane::add(plane::metres(*at), [dice.real(-300.0, 300.0), dice.real(-300.0, 300.0)]))
        .collect();
    let mut leaves: Vec<(&DivisionRow, P, MultiPolygon<f64>)> = Vec::new();
    for (list, seats, within) in [(communities, seats, &urban), (villages, farms, &country)] {
        for (row, seat) in list.into_iter().zip(&seats) {
            leaves.push((row, *seat, voronoi(*seat, &seats).intersection(within)));
        }
    }
    rows.iter().map(|row| division(row, &leaves, &city)).collect()
}

/// A row with its own area, or the union of those below it.
fn division(
    row: &DivisionRow,
    leaves: &[(&DivisionRow, P, MultiPolygon<f64>)],
    city: &MultiPolygon<f64>,
) -> Division {
    let (seat, area) = match row.level.as_str() {
        "city" | "county" => ([0.0, 0.0], city.clone()),
        "street" | "town" => {
            let below: Vec<_> = leaves.iter().filter(|l| l.0.code.starts_with(&row.code)).collect();
            let union = below.iter().fold(MultiPolygon::new(vec![]), |sum, l| sum.union(&l.2));
            let middle = below.iter().fold([0.0, 0.0], |sum, l| plane::add(sum, l.1));
            (plane::scale(middle, 1.0 / arith::real(below.len().max(1))), union)
        }
        _ => leaves
            .iter()
            .find(|l| l.0.code == row.code)
            .map_or(([0.0, 0.0], MultiPolygon::new(vec![])), |l| (l.1, l.2.clone())),
    };
    let area = MultiPolygon::new(area.0.into_iter().filter(|p| p.unsigned_area() > 400.0).collect());
    let seat = match row.name.as_str() {
        "新城镇" => XINCHENG,
        "峪泉镇" => YUQUAN,
        "文殊镇" => WENSHU,
        _ => plane::lng_lat(seat),
    };
    Division {
        code: row.code.clone(),
        name: row.name.clone(),
        level: row.level.clone(),
        parent: row.parent.clone(),
        seat,
        area: plane::area_lng_lat(&area),
    }
}

/// Seats for the communities: spread evenly over the built-up area, the west to one street, the east to the other.
fn arrange(dice: &mut Dice, grid: &Lattice, communities: &[&DivisionRow]) -> Vec<P> {
    let mut spots = spread(dice, grid, communities.len());
    spots.sort_by(|a, b| (a[0] - 0.25 * a[1]).total_cmp(&(b[0] - 0.25 * b[1])));
    let first = communities.iter().filter(|c| c.code.starts_with("620201001")).count();
    let (west, east) = spots.split_at_mut(first.min(communities.len()));
    let mut out = Vec::new();
    for side in [west, east] {
        side.sort_by(|a, b| b[1].total_cmp(&a[1]));
        out.push(side.to_vec());
    }
    // 铁北, 嘉北 and 铁南 lie by the railway in the north and 南湖 in the south, as their names say.
    let north = |name: &str| match name {
        "铁北社区" => 0,
        "嘉北社区" => 1,
        "铁南社区" => 2,
        "南湖社区" => 9,
        _ => 5,
    };
    let mut seats = vec![[0.0, 0.0]; communities.len()];
    for (prefix, side) in ["620201001", "620201002"].iter().zip(out) {
        let mut order: Vec<usize> =
            (0..communities.len()).filter(|i| communities[*i].code.starts_with(prefix)).collect();
        dice.shuffle(&mut order);
        order.sort_by_key(|i| north(&communities[*i].name));
        for (i, spot) in order.into_iter().zip(side) {
            seats[i] = spot;
        }
    }
    seats
}

/// So many places spread evenly, denser inside the ring road (Lloyd's method on a raster).
fn spread(dice: &mut Dice, grid: &Lattice, n: usize) -> Vec<P> {
    let urban = plane::polygon(&grid.urban());
    let ring = plane::polygon(&grid.ring());
    let mut dots: Vec<(P, f64)> = Vec::new();
    for x in (-3300..=3300_i32).step_by(110) {
        for y in (-2900..=4600_i32).step_by(110) {
            let p = [f64::from(x), f64::from(y)];
            if plane::holds(&urban, p) {
                dots.push((p, if plane::holds(&ring, p) { 1.0 } else { 0.12 }));
            }
        }
    }
    let weights: Vec<f64> = dots.iter().map(|d| d.1).collect();
    let mut seats: Vec<P> = (0..n).map(|_| dots[dice.weighted(&weights)].0).collect();
    for _ in 0..14 {
        let mut sums = vec![([0.0, 0.0], 0.0); n];
        for (p, w) in &dots {
            let near =
                (0..n).min_by(|a, b| plane::dist(seats[*a], *p).total_cmp(&plane::dist(seats[*b], *p)));
            let sum = &mut sums[near.unwrap_or(0)];
            *sum = (plane::add(sum.0, plane::scale(*p, *w)), sum.1 + w);
        }
        for (seat, (sum, weight)) in seats.iter_mut().zip(sums) {
            if weight > 0.0 {
                *seat = plane::scale(sum, 1.0 / weight);
            }
        }
    }
    seats
}

/// The cell of one seat among all, within a wide box.
fn voronoi(seat: P, all: &[P]) -> Polygon<f64> {
    let mut cell: Vec<P> =
        vec![[-60_000.0, -60_000.0], [60_000.0, -60_000.0], [60_000.0, 60_000.0], [-60_000.0, 60_000.0]];
    for other in all.iter().filter(|o| plane::dist(**o, seat) > 1e-6) {
        let middle = plane::mix(seat, *other, 0.5);
        let normal = plane::sub(*other, seat);
        let side = |p: P| (p[0] - middle[0]) * normal[0] + (p[1] - middle[1]) * normal[1];
        let mut kept = Vec::new();
        for (i, p) in cell.iter().enumerate() {
            let q = cell[(i + 1) % cell.len()];
            let (a, b) = (side(*p), side(q));
            if a <= 0.0 {
                kept.push(*p);
            }
            if (a < 0.0 && b > 0.0) || (a > 0.0 && b < 0.0) {
                kept.push(plane::mix(*p, q, a / (a - b)));
            }
        }
        cell = kept;
    }
    Polygon::new(LineString::new(cell.iter().map(|p| Coord { x: p[0], y: p[1] }).collect()), vec![])
}
