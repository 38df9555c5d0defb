//! What stands in for a compiler of SQL, and for a reader of two schemas.

use testkit::{Engine, engines};

#[test]
fn every_statement_is_understood_by_both_engines() {
    for engine in engines() {
        let app = crate::program(engine);
        let faults = app.test.db.check_statements().unwrap();
        assert!(faults.is_empty(), "{engine:?}:\n{}", faults.join("\n"));
    }
}

#[test]
fn both_engines_hold_the_same_tables() {
    let shape = |engine| crate::program(engine).test.db.shape().unwrap();
    let (embedded, server) = (shape(Engine::Embedded), shape(Engine::Server));
    assert_eq!(format!("{:#?}", embedded.0), format!("{:#?}", server.0));
    assert_eq!(format!("{:#?}", embedded.1), format!("{:#?}", server.1));
}
