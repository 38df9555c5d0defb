//! Every text column has its line in `docs/text-columns.md`, and the line says what the program does.

use std::collections::{BTreeMap, BTreeSet};
use testkit::Engine;

const TABLE: &str = include_str!("../../../../docs/text-columns.md");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decision {
    Sealed,
    Hashed,
    Plain,
}

/// The names in backquotes of a cell.
fn names(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// `table.column` → what the table decides. A column that is named twice fails.
fn decided(text: &str) -> BTreeMap<String, Decision> {
    let mut all = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, table, sealed, hashed, plain, why, _] = cells[..] else { panic!("{line}") };
        let table = names(table).next().unwrap();
        for (cell, decision) in
            [(sealed, Decision::Sealed), (hashed, Decision::Hashed), (plain, Decision::Plain)]
        {
            for column in names(cell) {
                let twice = all.insert(format!("{table}.{column}"), decision);
                assert_eq!(twice, None, "{table}.{column} is decided twice");
            }
        }
        assert_eq!(names(plain).next().is_some(), !why.is_empty(), "what is plain has a reason: {table}");
    }
    all
}

/// What the program does with a column.
fn done() -> BTreeMap<String, Decision> {
    let mut all = BTreeMap::new();
    for at in store::sealed::columns() {
        all.insert(format!("{}.{}", at.table, at.column), Decision::Sealed);
        if let Some(mark) = at.mark {
            all.insert(format!("{}.{}", at.table, mark.column), Decision::Hashed);
        }
    }
    for at in store::sealed::hashed_columns() {
        all.insert(format!("{}.{}", at.table, at.column), Decision::Hashed);
    }
    all
}

/// Columns that the table leaves out, columns it has too many, and those that it says something else about.
fn wrong(text: &str) -> BTreeSet<String> {
    let app = crate::program(Engine::Embedded);
    let (columns, _) = app.test.db.shape().unwrap();
    let real: BTreeSet<String> = columns
        .iter()
        .filter(|c| c.kind == "TEXT" || c.kind == "BYTES")
        .map(|c| format!("{}.{}", c.table, c.column))
        .collect();
    let (decided, done) = (decided(text), done());
    let listed: BTreeSet<String> = decided.keys().cloned().collect();
    let mut wrong: BTreeSet<String> = real.symmetric_difference(&listed).cloned().collect();
    for (column, decision) in &decided {
        if done.get(column).copied().unwrap_or(Decision::Plain) != *decision {
            wrong.insert(column.clone());
        }
    }
    wrong
}

#[test]
fn every_text_column_has_a_decision_that_holds() {
    assert_eq!(wrong(TABLE), BTreeSet::new(), "see the head of docs/text-columns.md");
}

#[test]
fn a_column_without_a_decision_or_with_a_false_one_is_found() {
    let text = TABLE
        .replace("`camera` `software`", "`software`")
        .replace(
            "| `words` | `voter` `device` `origin` | `tie` |",
            "| | `voter` `device` | `words` `origin` `tie` |",
        )
        .replace("| `audit_head` | | | `hash` |", "| `audit_head` | | | `hash` `gone` |");
    let found: Vec<String> = wrong(&text).into_iter().collect();
    assert_eq!(found, ["audit_head.gone", "case_voice.origin", "case_voice.words", "file.camera"]);
}
