//! What stands in for a compiler of SQL, and for a reader of two schemas.

use kernel::ctx::Locale;
use std::collections::BTreeSet;
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

/// Whoever adds a table says how long what stands in it is kept, or why it stays: in the `keep.rs` of its crate.
#[test]
fn of_every_table_it_is_said_how_long_it_is_kept() {
    let app = crate::program(Engine::Embedded);
    let keeps = web::keep::Keeps::of(app.app.features());
    let (columns, _) = app.test.db.shape().unwrap();
    let tables: BTreeSet<String> = columns.into_iter().map(|column| column.table).collect();
    let ruled: BTreeSet<String> =
        keeps.rules.iter().flat_map(|rule| rule.tables).map(|table| (*table).to_owned()).collect();
    let stays: BTreeSet<String> = keeps.stays.iter().map(|stays| stays.table.to_owned()).collect();
    let said: BTreeSet<String> = ruled.union(&stays).cloned().collect();
    assert_eq!(
        tables.difference(&said).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "nothing is said of these"
    );
    assert_eq!(
        said.difference(&tables).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "there are no such tables"
    );
    assert_eq!(
        ruled.intersection(&stays).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "both is said of these"
    );
    assert_eq!(keeps.stays.len(), stays.len(), "a table is named twice");
}

/// Rules are in order with themselves, and in words of both languages.
#[test]
fn rules_of_keeping_hold_together() {
    let app = crate::program(Engine::Embedded);
    let keeps = web::keep::Keeps::of(app.app.features());
    let mut keys = BTreeSet::new();
    for rule in &keeps.rules {
        assert!(keys.insert(rule.key), "{} twice", rule.key);
        let days = rule.days;
        assert!(
            0 < days.least && days.allow(days.usual) && days.least <= days.most,
            "{}: {days:?}",
            rule.key
        );
        assert!(!rule.laws.is_empty(), "{} rests on nothing", rule.key);
        if rule.laws.contains(&"csl-log") {
            assert!(days.least >= 183, "{}: logs are kept for six months", rule.key);
        }
        for locale in Locale::ALL {
            let said = |key: String| {
                assert!(app.app.texts().find(locale, &key, &[]).is_some(), "{locale:?} has no {key}");
            };
            said(format!("keep-{}", rule.key));
            said(format!("keep-{}.starts", rule.key));
            rule.laws.iter().for_each(|law| said(format!("keep-law-{law}")));
        }
    }
    for (stays, locale) in keeps.stays.iter().flat_map(|stays| Locale::ALL.map(|locale| (stays, locale))) {
        let key = format!("keep-stays-{}", stays.why);
        assert!(app.app.texts().find(locale, &key, &[]).is_some(), "{locale:?} has no {key}");
    }
}
