//! Real data from `shared/data`. A clone of the project alone has none; then these say so and pass.

use super::import::bring;
use super::town::{office, run};
use crate::import::Register;
use crate::model::SourceCrs;
use crate::queries::{self, SiteFilter};
use crate::{MIGRATIONS, commands, setup};
use kernel::coords::Point;
use std::path::PathBuf;
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS; jiayuguan_has_no_counties, two_thousand_sites_of_shanghai, ten_years_of_holidays);

fn file(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("SKIP: {} is not here", path.display());
    }
    text
}

fn jiayuguan_has_no_counties(t: &TestDb) {
    let (Some(cities), Some(areas), Some(streets), Some(villages), Some(outlines)) = (
        file("jyg_divisions/gansu_cities_2023.csv"),
        file("jyg_divisions/gansu_areas_2023.csv"),
        file("jyg_divisions/gansu_streets_2023.csv"),
        file("jyg_divisions/gansu_villages_2023.csv"),
        file("jyg_boundary/jiayuguan_and_neighbours_epsg4490.geojson"),
    ) else {
        return;
    };
    bring(t, Register::Divisions, cities, SourceCrs::Cgcs2000);
    bring(t, Register::Divisions, areas, SourceCrs::Cgcs2000);
    let streets = bring(t, Register::Divisions, streets, SourceCrs::Cgcs2000);
    assert_eq!(streets.accepted, 5);
    let villages = bring(t, Register::Divisions, villages, SourceCrs::Cgcs2000);
    assert_eq!(villages.accepted, 48, "31 communities and 17 villages");
    let outlines = bring(t, Register::Divisions, outlines, SourceCrs::Cgcs2000);
    assert_eq!((outlines.read, outlines.accepted), (5, 1), "{:?}", outlines.refused);
    let tree = super::town::index(t);
    let count = |level: &str| tree.divisions().iter().filter(|n| &*n.level == level).count();
    let levels = ["city", "county", "street", "town", "community", "village"].map(count);
    assert_eq!(levels, [1, 1, 2, 3, 31, 17]);
    assert!(tree.inside_city(Point::new(98.2892, 39.7732)));
    assert!(!tree.inside_city(Point::new(98.4942, 39.7326)), "Jiuquan is another city");
}

fn two_thousand_sites_of_shanghai(t: &TestDb) {
    let Some(csv) = file("shanghai_poi/sites_inner_districts.csv") else { return };
    let rows = csv.lines().count() - 1;
    let ctx = office(t);
    run(t, &ctx, |c, tx, _| setup::site_types(c, tx)).unwrap();
    let report = bring(t, Register::Sites, csv.clone(), SourceCrs::Wgs84);
    assert_eq!(report.read, rows as u64);
    println!("{rows} rows, {} sites, {} refused", report.accepted, report.refused_rows());
    assert!(report.refused_rows() < report.read / 3);
    let kinds: std::collections::BTreeSet<&str> = report.refused.iter().map(|r| r.reason.as_str()).collect();
    println!("{kinds:?}");
    let stops = SiteFilter { type_code: "bus_stop".to_owned(), ..SiteFilter::default() };
    assert!(t.db.read_now(move |tx| queries::count_sites(tx, &stops)).unwrap() > 400);
    assert_eq!(bring(t, Register::Sites, csv, SourceCrs::Wgs84).accepted, 0, "nothing comes in twice");
}

fn ten_years_of_holidays(t: &TestDb) {
    let Some(csv) = file("holidays/cn_holidays_2016_2026.csv") else { return };
    let ctx = office(t);
    let years = run(t, &ctx, move |c, tx, _| {
        commands::publish(c, tx, &commands::read_arrangements(&csv)?, "holiday-cn")
    });
    let years = years.unwrap();
    assert!(years.len() >= 9, "{years:?}");
    let calendar = t.db.read_now(crate::calendar::working).unwrap();
    assert_eq!(commands::working_days(&calendar, 2024), 251);
    t.leave_jobs();
}
