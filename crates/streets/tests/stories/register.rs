//! Who answers for which metre on which day.

use super::world::{BANK, HOSPITAL, MIGRATIONS, SCHOOL, World, day};
use kernel::time::Date;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use streets::Adoption;
use streets::model::TOLERANCE_M;
use streets::setup::{Row, adopt_all};
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS;
    the_register_answers_for_every_metre_and_day,
    a_second_unit_needs_a_reason,
    what_does_not_fit_is_refused,
    the_register_agrees_with_looking_at_every_row,
    the_schema_and_statements_are_sound,
);

fn the_register_answers_for_every_metre_and_day(t: &TestDb) {
    let w = World::new(t);
    w.adopted(0, (0.0, 200.0), SCHOOL, "2026-01-01");
    w.adopted(0, (200.0, w.sections[0].length_m), BANK, "2026-02-01");
    assert_eq!(w.answers(0, 100.0, "2026-03-05"), Some(SCHOOL));
    assert_eq!(w.answers(0, 199.9, "2026-03-05"), Some(SCHOOL));
    // the boundary belongs to the stretch that begins there
    assert_eq!(w.answers(0, 200.0, "2026-03-05"), Some(BANK));
    assert_eq!(w.answers(0, w.sections[0].length_m, "2026-03-05"), Some(BANK));
    // before the second began, its metres were nobody's, but for a step over the line
    assert_eq!(w.answers(0, 200.5, "2026-01-31"), Some(SCHOOL));
    assert_eq!(w.answers(0, 300.0, "2026-01-31"), None);
    assert_eq!(w.answers(0, 100.0, "2025-12-31"), None);
    assert_eq!(w.answers(1, 100.0, "2026-03-05"), None);
    // any day to come
    assert_eq!(w.answers(0, 300.0, "2031-01-01"), Some(BANK));
}

fn a_second_unit_needs_a_reason(t: &TestDb) {
    let w = World::new(t);
    let first = w.adopted(0, (0.0, 300.0), SCHOOL, "2026-01-01");
    let refused = w.try_adopt(w.draft(0, (250.0, 500.0), BANK, "2026-02-01")).unwrap_err();
    assert_eq!((refused.code, refused.fields[0].code), ("invalid", "adoption-overlap"));
    assert!(refused.fields[0].args.contains(&("number", first.number)));
    // a step over the line is nobody's quarrel
    w.adopted(0, (299.5, 400.0), BANK, "2026-02-01");
    let shared = streets::model::Draft {
        shared: "双方商定共管".into(),
        ..w.draft(0, (100.0, 200.0), HOSPITAL, "2026-02-01")
    };
    w.try_adopt(shared).unwrap();
    assert_eq!(w.answers(0, 150.0, "2026-03-05"), Some(SCHOOL), "the one that was there first answers first");
    // on other days it is no overlap
    let mut before = w.draft(0, (0.0, 300.0), BANK, "2025-01-01");
    before.until = Some(day("2025-12-31"));
    w.try_adopt(before).unwrap();
    assert_eq!(w.answers(0, 150.0, "2025-06-01"), Some(BANK));
}

fn what_does_not_fit_is_refused(t: &TestDb) {
    let w = World::new(t);
    let code = |draft| w.try_adopt(draft).unwrap_err().fields[0].code;
    assert_eq!(code(w.draft(0, (0.0, 900.0), SCHOOL, "2026-01-01")), "adoption-off-section");
    assert_eq!(code(w.draft(0, (100.0, 102.0), SCHOOL, "2026-01-01")), "adoption-too-short");
    let mut draft = w.draft(0, (0.0, 100.0), SCHOOL, "2026-02-01");
    draft.until = Some(day("2026-01-31"));
    assert_eq!(code(draft.clone()), "adoption-ends-first");
    draft.until = None;
    draft.contact.phone = "12345".into();
    assert_eq!(code(draft.clone()), "adoption-phone");
    draft.contact.phone = String::new();
    draft.unit = kernel::id::Id::new(7);
    assert_eq!(code(draft), "not-a-choice");
    assert!(w.read(|tx| streets::queries::register_on(tx, day("2026-03-05"))).is_empty());
}

fn date(n: i32) -> Date {
    kernel::time::date_from_epoch_days(20_400 + i64::from(n))
}

/// By the words of the register's promise, without an index: of the stretches that hold the place or lie within the
/// tolerance, the holding one, then the nearer, then the one that does not share, then the later.
fn looked_up(rows: &[Adoption], along: f64, on: Date) -> Option<kernel::id::Id<kernel::ctx::Unit>> {
    let near = rows
        .iter()
        .filter(|a| a.holds_on(on) && a.from_m - TOLERANCE_M <= along && along <= a.to_m + TOLERANCE_M);
    let distance = |a: &Adoption| match () {
        () if a.from_m <= along && along < a.to_m => 0.0,
        () if along < a.from_m => a.from_m - along,
        () => along - a.to_m + 1e-6,
    };
    let best = near.min_by(|a, b| {
        distance(a)
            .total_cmp(&distance(b))
            .then((!a.shared.is_empty()).cmp(&!b.shared.is_empty()))
            .then(b.from_date.cmp(&a.from_date))
            .then(b.id.cmp(&a.id))
    });
    best.map(|a| a.unit_id)
}

fn the_register_agrees_with_looking_at_every_row(t: &TestDb) {
    let w = World::new(t);
    let (length, section) = (w.sections[0].length_m, w.sections[0].id);
    let row = (0..500_i32, 6..200_i32, 1..6_usize, 0..200_i32, prop::option::of(0..90_i32));
    let rows = prop::collection::vec(row, 1..14);
    let asked = prop::collection::vec((-2.0..520.0_f64, 0..300_i32), 12);
    let mut runner = TestRunner::new(Config { cases: 40, ..Config::default() });
    let units = w.units.clone();
    runner
        .run(&(rows, asked), |(rows, asked)| {
            let rows: Vec<Row> = rows
                .into_iter()
                .map(|(from, long, unit, first, lasts)| Row {
                    section,
                    from_m: f64::from(from).min(length - 6.0),
                    to_m: f64::from(from + long),
                    unit: units[unit],
                    leader: "甲".into(),
                    phone: String::new(),
                    from: date(first),
                    until: lasts.map(|n| date(first + n)),
                })
                .collect();
            let ctx = w.office();
            let inner = ctx.clone();
            // looked at inside, and taken back, so that the next town is empty again
            let found = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
            let kept = found.clone();
            let taken_back = w.t.db.write_now(&ctx, move |tx| -> kernel::problem::Result<()> {
                let made = adopt_all(&inner, tx, &rows)?;
                for (along, n) in asked {
                    let on = date(n);
                    let got = streets::register().answers_for(tx, section, along, on)?;
                    kept.lock().unwrap().push((along, on, got, looked_up(&made, along, on)));
                }
                Err(kernel::problem::Problem::conflict("taken-back"))
            });
            prop_assert_eq!(taken_back.unwrap_err().code, "taken-back");
            for (along, on, got, wanted) in found.lock().unwrap().iter() {
                prop_assert_eq!(got, wanted, "{} {}", along, on);
            }
            Ok(())
        })
        .unwrap();
}

fn the_schema_and_statements_are_sound(t: &TestDb) {
    let faults: Vec<String> =
        t.db.check_statements().unwrap().into_iter().filter(|f| f.contains("streets/")).collect();
    assert_eq!(faults, Vec::<String>::new());
    assert!(store::sql::statements().filter(|s| s.place.contains("streets/")).count() > 15);
}
