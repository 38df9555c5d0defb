//! The role × action table, as people who do not program review it. To accept a change: BLESS=1 cargo test -p people

#[test]
#[expect(clippy::disallowed_methods, reason = "tests have no settings file")]
fn the_table_is_the_reviewed_one() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/policy.md");
    let table = people::policy::table();
    if std::env::var("BLESS").is_ok() {
        std::fs::write(file, &table).unwrap();
    }
    assert_eq!(std::fs::read_to_string(file).unwrap_or_default(), table);
}
