//! Gaps and overlaps, along each line as of a date.

use super::world::{BANK, HOSPITAL, MIGRATIONS, SCHOOL, World, day};
use streets::model::{Draft, OverlapKind};
use streets::queries::coverage_on;
use streets::setup::{Row, adopt_all};
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS; gaps_and_overlaps_are_found_per_street_and_day);

fn gaps_and_overlaps_are_found_per_street_and_day(t: &TestDb) {
    let w = World::new(t);
    let whole = w.sections[1].length_m;
    w.adopted(0, (0.0, 200.0), SCHOOL, "2026-01-01");
    w.adopted(1, (0.0, whole), BANK, "2026-02-01");
    let shared = Draft { shared: "共管".into(), ..w.draft(1, (100.0, 150.0), HOSPITAL, "2026-02-01") };
    w.try_adopt(shared).unwrap();
    // a register on paper brings its faults along
    let row = |from_m, to_m, unit: usize| Row {
        section: w.sections[2].id,
        from_m,
        to_m,
        unit: w.units[unit],
        leader: String::new(),
        phone: String::new(),
        from: day("2026-03-01"),
        until: None,
    };
    let rows = vec![row(0.0, 150.0, SCHOOL), row(130.0, 300.0, BANK), row(290.0, 9_999.0, BANK)];
    w.act(&w.office(), move |ctx, tx, _| adopt_all(ctx, tx, &rows)).unwrap();

    let on = |text: &str| {
        let on = day(text);
        w.read(move |tx| coverage_on(tx, on))
    };
    let today = on("2026-03-05");
    assert_eq!(today.streets.len(), 2);
    let xinhua = today.streets.iter().find(|s| s.street == "新华路").unwrap();
    assert_eq!((xinhua.totals.sections, xinhua.totals.stretches, xinhua.totals.gaps), (2, 3, 1));
    assert_eq!((xinhua.totals.different, xinhua.totals.shared), (0, 1));
    assert!((xinhua.totals.gap_m - (w.sections[0].length_m - 200.0)).abs() < 1e-6);
    let jianshe = today.streets.iter().find(|s| s.street == "建设路").unwrap();
    assert_eq!((jianshe.totals.gaps, jianshe.totals.different, jianshe.totals.same_unit), (0, 1, 1));
    let overlap = &today.sections[jianshe.sections[0]].check.overlaps[0];
    assert_eq!((overlap.from_m, overlap.to_m, overlap.kind), (130.0, 150.0, OverlapKind::Different));
    assert_eq!(overlap.numbers.len(), 2);
    // the sum over the sections is the length of the streets
    let lengths: f64 = w.sections.iter().map(|s| s.length_m).sum();
    assert!((today.totals.length_m - lengths).abs() < 1e-6);
    assert!((today.totals.covered_m + today.totals.gap_m - lengths).abs() < 1e-6);

    let january = on("2026-01-15");
    assert!((january.totals.covered_m - 200.0).abs() < 1e-6);
    assert_eq!(january.totals.gaps, 3);
    assert!(on("2024-12-31").sections.is_empty(), "the streets were not there yet");
}
