//! A register on paper comes in, and what goes out comes in again.

use super::world::{BANK, MIGRATIONS, SCHOOL, World, day};
use streets::import;
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS;
    rows_are_taken_or_refused_with_a_reason,
    a_dry_run_leaves_nothing_behind,
    numbers_of_another_city_mislead_nobody,
);

const FILE: &str = "道路名称,起点路口,终点路口,起点（米）,终点（米）,包街单位,责任人,联系电话,标准,开始日期,共管原因\n\
新华路,雄关大道,胜利路,0,200,第一中学,张三,13812341234,五好,2026-01-01,\n\
新华路,雄关大道,胜利路,150,300,农业银行,李四,,五好,2026-01-01,\n\
新华路,雄关大道,胜利路,150,200,中医院,李四,,五好,2026-01-01,双方商定\n\
新华路,胜利路,雄关大道,,,农业银行,,,五好,2026-01-01,\n\
新华路,胜利路,五一路,,,没有的单位,,,五好,2026-01-01,\n\
建设路,玉泉路,嘉北路,,,农业银行,王五,0937-6226666,,2026/1/5,\n\
无名路,甲,乙,,,农业银行,,,五好,2026-01-01,\n";

fn rows_are_taken_or_refused_with_a_reason(t: &TestDb) {
    let w = World::new(t);
    let report = w.act(&w.office(), |ctx, tx, _| import::import(ctx, tx, FILE.as_bytes())).unwrap();
    assert_eq!((report.read, report.accepted, report.refused_rows()), (7, 3, 4));
    let refused: Vec<(u64, &str)> = report.refused.iter().map(|r| (r.row, r.reason.as_str())).collect();
    assert_eq!(
        refused,
        [
            (3, "adoption-overlap"),
            (5, "adoption_turned_round"),
            (6, "adoption_unknown_unit"),
            (8, "adoption_unknown_section")
        ]
    );
    let repaired: Vec<(u64, &str)> = report.repaired.iter().map(|r| (r.row, r.reason.as_str())).collect();
    assert_eq!(repaired, [(7, "adoption_default_standard")]);
    let register = w.read(|tx| streets::queries::register_on(tx, day("2026-03-05")));
    assert_eq!(register.len(), 3);
    let whole = register.iter().find(|a| a.section_id == w.sections[2].id).unwrap();
    assert_eq!((whole.unit_id, whole.from_date), (w.units[BANK], day("2026-01-05")));
    assert!((whole.length_m() - w.sections[2].length_m).abs() < 1e-9);
    assert_eq!(w.answers(0, 170.0, "2026-03-05"), Some(SCHOOL));
}

fn a_dry_run_leaves_nothing_behind(t: &TestDb) {
    let w = World::new(t);
    let path = t.folder().join("register.csv");
    std::fs::write(&path, FILE).unwrap();
    let run = |dry| import::run_now(&t.db, &w.office(), &path, dry).unwrap();
    let tried = run(true);
    assert_eq!(tried.accepted, 3);
    assert!(w.read(|tx| streets::queries::register_on(tx, day("2026-03-05"))).is_empty());
    assert_eq!(run(false), tried);
    assert_eq!(w.read(|tx| streets::queries::register_on(tx, day("2026-03-05"))).len(), 3);
}

/// In the city that the file comes from, units and sections were numbered in another order.
fn numbers_of_another_city_mislead_nobody(t: &TestDb) {
    let w = World::new(t);
    let file = "路段编号,道路名称,起点路口,终点路口,起点（米）,终点（米）,单位编号,包街单位,标准,开始日期\n\
                S-0002,新华路,雄关大道,胜利路,0,100,U-0005,第一中学,五好,2026-01-01\n\
                S-0001,新华路,胜利路,五一路,0,100,U-0004,第一中学,五好,2026-01-01\n\
                S-0001,,,,100,200,U-0005,,五好,2026-01-01\n\
                S-0001,新华路,雄关大道,胜利路,300,400,U-0005,没有的单位,五好,2026-01-01\n\
                S-0001,新华路,甲路,乙路,300,400,U-0005,农业银行,五好,2026-01-01\n";
    let report = w.act(&w.office(), |ctx, tx, _| import::import(ctx, tx, file.as_bytes())).unwrap();
    let told = |remarks: &[sheets::Remark]| -> Vec<(u64, String, String)> {
        remarks.iter().map(|r| (r.row, r.field.clone(), r.reason.clone())).collect()
    };
    let one = |row: u64, field: &str, reason: &str| (row, field.to_owned(), reason.to_owned());
    assert_eq!(told(&report.noted), [one(2, "adoption_unit_code", "adoption_code_passed_over")]);
    assert_eq!(
        told(&report.refused),
        [
            one(5, "adoption_unit_code", "adoption_code_of_another"),
            one(6, "adoption_section", "adoption_unknown_section"),
        ]
    );
    assert_eq!(told(&report.repaired), []);
    // by street and crossings, and by name, whatever the numbers are here
    assert_eq!(w.answers(0, 50.0, "2026-03-05"), Some(SCHOOL));
    assert_eq!(w.answers(1, 50.0, "2026-03-05"), Some(SCHOOL));
    // a number alone is ours
    assert_eq!(w.answers(0, 150.0, "2026-03-05"), Some(BANK));
    assert_eq!(w.answers(0, 350.0, "2026-03-05"), None);
}
