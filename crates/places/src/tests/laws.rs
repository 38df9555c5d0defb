//! The index agrees with looking at everything; imports lose no row.

use super::town::at;
use crate::index::PlaceIndex;
use crate::model::{AreaText, Division, GridCell, LineText, Section, SectionClass, SourceCrs};
use kernel::geometry::{Area, Line};
use kernel::id::Id;
use proptest::prelude::*;
use std::time::Instant;

type Pair = (f64, f64);

fn division(n: i64, parent: Option<i64>, (x, y): Pair, side: f64) -> Division {
    let ring = vec![at(x, y), at(x + side, y), at(x + side, y + side), at(x, y + side)];
    Division {
        id: Id::new(n),
        code: format!("{n:012}"),
        name: format!("n{n}"),
        level: "x".to_owned(),
        parent_id: parent.map(Id::new),
        unit_id: (n % 3 == 0).then(|| Id::new(1000 + n)),
        area: Some(AreaText(Area::new(vec![vec![ring]]).unwrap())),
        version: 1,
    }
}

fn section(n: i64, points: &[Pair]) -> Option<Section> {
    let line = Line::new(points.iter().map(|(x, y)| at(*x, *y))).ok()?;
    Some(Section {
        id: Id::new(n),
        serial: n,
        number: format!("S-{n:04}"),
        code: None,
        street: "路".to_owned(),
        from_crossing: "a".to_owned(),
        to_crossing: "b".to_owned(),
        class: SectionClass::Branch,
        length_m: line.length_m(),
        line: LineText(line),
        crs: SourceCrs::Cgcs2000,
        accuracy_m: None,
        division_id: None,
        valid_from: "2026-01-01".parse().unwrap(),
        valid_until: None,
        version: 1,
    })
}

fn cell(n: i64, (x, y): Pair) -> GridCell {
    let ring = vec![at(x, y), at(x + 0.1, y), at(x + 0.1, y + 0.1), at(x, y + 0.1)];
    let area = AreaText(Area::new(vec![vec![ring]]).unwrap());
    GridCell { id: Id::new(n), code: format!("{n:015}"), division_id: None, area, version: 1 }
}

fn pair() -> impl Strategy<Value = Pair> {
    (0.0..4.0_f64, 0.0..4.0_f64)
}

/// A tree of squares in squares, anywhere; squares of one level may overlap.
fn divisions() -> impl Strategy<Value = Vec<Division>> {
    prop::collection::vec((pair(), 0.3..2.0_f64, any::<prop::sample::Index>()), 0..12).prop_map(|rows| {
        let mut all = vec![division(1, None, (0.0, 0.0), 4.0)];
        for (n, (corner, side, parent)) in (2..).zip(rows) {
            let parent = all[parent.index(all.len())].id.raw();
            all.push(division(n, Some(parent), corner, side));
        }
        all
    })
}

fn depth(all: &[Division], d: &Division) -> usize {
    let parent = d.parent_id.and_then(|id| all.iter().find(|p| p.id == id));
    parent.map_or(0, |p| depth(all, p) + 1)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn locate_agrees_with_looking_at_everything(
        all in divisions(),
        lines in prop::collection::vec(prop::collection::vec(pair(), 2..6), 0..20),
        corners in prop::collection::vec(pair(), 0..10),
        points in prop::collection::vec((-0.5..4.5_f64, -0.5..4.5_f64), 1..20),
    ) {
        let sections: Vec<Section> = (1..).zip(&lines).filter_map(|(n, line)| section(n, line)).collect();
        let cells: Vec<GridCell> = (1..).zip(&corners).map(|(n, corner)| cell(n, *corner)).collect();
        let index = PlaceIndex::build(all.clone(), cells.clone(), sections.clone(), 60.0);
        for (x, y) in points {
            let point = at(x, y);
            let found = index.locate(point);
            let holding = || all.iter().filter(|d| d.area.as_ref().is_some_and(|a| a.contains(point)));
            let deepest = holding().map(|d| depth(&all, d)).max();
            let division = found.division.and_then(|id| all.iter().find(|d| d.id == id));
            prop_assert_eq!(division.map(|d| depth(&all, d)), deepest);
            prop_assert!(division.is_none_or(|d| d.area.as_ref().is_some_and(|a| a.contains(point))));
            prop_assert_eq!(found.inside_city, deepest.is_some());
            prop_assert_eq!(found.division_path.len(), deepest.map_or(0, |d| d + 1));
            // the unit of the nearest division on the path that has one
            let unit = found.division_path.iter().rev()
                .find_map(|id| all.iter().find(|d| d.id == *id).and_then(|d| d.unit_id));
            prop_assert_eq!(found.governing_unit, unit);

            let in_cell = cells.iter().any(|c| c.area.contains(point));
            prop_assert_eq!(found.grid_cell.is_some(), in_cell);

            let nearest = sections.iter().map(|s| s.line.locate(point).0).fold(f64::INFINITY, f64::min);
            match found.section {
                Some(near) => {
                    prop_assert!((near.distance_m - nearest).abs() < 1e-6, "{} {}", near.distance_m, nearest);
                    let itself = sections.iter().find(|s| s.id == near.id).unwrap();
                    prop_assert!((itself.line.locate(point).0 - nearest).abs() < 1e-6);
                }
                None => prop_assert!(nearest > 60.0, "{nearest}"),
            }
        }
    }
}

/// A city of 1 + 20 + 400 divisions, 10,000 cells and 5,000 sections. Not a benchmark (tests run unoptimised and beside
/// others): it only shows that asking costs microseconds and not milliseconds.
#[test]
fn locating_takes_microseconds() {
    let mut all = vec![division(1, None, (0.0, 0.0), 4.0)];
    let f = |n: i64| f64::from(i32::try_from(n).unwrap());
    for n in 0..400_i64 {
        all.push(division(n + 2, Some(1), (f(n % 20) / 5.0, f(n / 20) / 5.0), 0.2));
    }
    let cells = (0..10_000_i64).map(|n| cell(n + 1, (f(n % 100) / 25.0, f(n / 100) / 25.0))).collect();
    let sections = (0..5_000_i64)
        .filter_map(|n| {
            let (x, y) = (f(n % 70) / 17.5, f(n / 70) / 17.5);
            section(n + 1, &[(x, y), (x + 0.03, y), (x + 0.05, y + 0.01)])
        })
        .collect();
    let index = PlaceIndex::build(all, cells, sections, 60.0);
    let points: Vec<_> =
        (0..2_000_i64).map(|n| at(f(n * 37 % 4000) / 1000.0, f(n * 91 % 4000) / 1000.0)).collect();
    let began = Instant::now();
    let inside = points.iter().filter(|p| index.locate(**p).inside_city).count();
    let each = began.elapsed() / 2_000;
    assert_eq!(inside, 2_000);
    println!("locate: {each:?} a point");
    assert!(each.as_micros() < 1_000, "{each:?}");
}

/// A map begins where the streets are: not with the desert around, nor with the one road to a far village.
#[test]
fn a_map_begins_where_the_streets_are() {
    let outline = vec![division(1, None, (0.0, 0.0), 4.0)];
    let town = |n: i64| {
        let at = f64::from(i32::try_from(n).unwrap()) / 100.0;
        section(n, &[(1.0 + at, 2.0), (1.0 + at, 2.2)]).unwrap()
    };
    let mut sections: Vec<Section> = (1..=30).map(town).collect();
    sections.push(section(31, &[(3.8, 3.8), (3.9, 3.9)]).unwrap());
    let sides =
        |index: &PlaceIndex| -> Vec<f64> { index.view().split(',').map(|n| n.parse().unwrap()).collect() };

    let bare = sides(&PlaceIndex::build(outline.clone(), Vec::new(), Vec::new(), 60.0));
    let full = sides(&PlaceIndex::build(outline, Vec::new(), sections, 60.0));
    let corner = |x, y| (at(x, y).lng, at(x, y).lat);
    let close = |a: f64, b: f64| (a - b).abs() < 1e-5;
    let whole = [corner(0.0, 0.0), corner(4.0, 4.0)];
    assert!(
        close(bare[0], whole[0].0) && close(bare[3], whole[1].1),
        "without streets the whole city: {bare:?}"
    );
    assert!(full[0] > corner(0.9, 0.0).0 && full[2] < corner(1.5, 0.0).0, "the town: {full:?}");
    assert!(full[0] < corner(1.1, 0.0).0 && full[2] > corner(1.2, 0.0).0, "all of it: {full:?}");
}
