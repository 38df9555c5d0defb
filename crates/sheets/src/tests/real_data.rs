//! The real registers under `../shared/data`: every row is read, and every one is accounted for.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::{Field, Mapping, Options, Report, Source};

/// `None`, with a message, in a clone that does not have the data.
fn data(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(name);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: {} is not here", path.display());
    None
}

fn mapping(name: &str) -> Mapping {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../cases/mappings")).join(name);
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

fn import(file: &str, by: &str) -> Option<(Report, Vec<crate::Fields>)> {
    let path = data(file)?;
    let mapping = mapping(by);
    let mut source = Source::open(&path, &Options::default()).unwrap();
    let mut session = mapping.session();
    let mut report = Report::default();
    let mut accepted = Vec::new();
    for row in source.rows().unwrap() {
        match session.apply(&row.unwrap()) {
            Ok(mapped) => {
                report.accept(mapped.repairs);
                accepted.push(mapped.fields);
            }
            Err(problems) => report.refuse(problems.row, problems.remarks),
        }
    }
    assert_eq!(report.read, report.accepted + report.refused_rows());
    Some((report, accepted))
}

fn counted(report: &Report) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    for remark in report.repaired.iter().chain(&report.refused) {
        *counts.entry((remark.field.clone(), remark.reason.clone())).or_default() += 1;
    }
    counts
}

fn expect(report: &Report, expected: &[(&str, &str, usize)]) {
    let expected: BTreeMap<_, _> =
        expected.iter().map(|(field, reason, n)| (((*field).into(), (*reason).into()), *n)).collect();
    assert_eq!(counted(report), expected);
}

#[test]
fn san_francisco() {
    let Some((report, rows)) = import("sf311/sf311_2008_2014.csv", "sf311.toml") else { return };
    // 6,515 lines, but 40 line breaks stand inside notes
    assert_eq!((report.read, report.refused_rows()), (6474, 0));
    expect(&report, &[("lng", "position_0_0", 2705), ("closed_at", "closing_before_opening", 15)]);
    let first = &rows[0];
    assert_eq!(first["external_id"], Field::Text("240769".into()));
    assert_eq!(first["lng"], Field::Real(-122.39650));
    assert_eq!(first["reported_at"].as_instant().unwrap().rfc3339(), "2008-07-01T23:49:47+08:00");
    assert_eq!(first["source"].as_text(), Some("phone"));
}

#[test]
fn new_york() {
    let Some((report, rows)) = import("nyc311/nyc311_one_day_2025-03-24.csv", "nyc311.toml") else { return };
    assert_eq!((report.read, report.refused_rows()), (235, 0));
    expect(&report, &[]);
    assert_eq!(rows[0]["reported_at"].as_instant().unwrap().rfc3339(), "2025-03-25T11:33:07+08:00");
    assert_eq!(rows.iter().filter(|row| row.contains_key("lng")).count(), 232);
}

#[test]
fn citizens_messages() {
    let Some((report, rows)) = import("civic_appeals_zh/appeals.csv", "civic_appeals_zh.toml") else {
        return;
    };
    assert_eq!((report.read, report.refused_rows()), (1114, 0));
    expect(&report, &[]);
    assert_eq!(rows[1]["reported_at"].as_instant().unwrap().rfc3339(), "2019-01-01T02:20:10+08:00");
    let Some((report, rows)) = import("civic_appeals_zh/appeals_with_reply.csv", "civic_appeals_zh.toml")
    else {
        return;
    };
    assert_eq!(report.read, 224);
    assert!(rows.iter().all(|row| row.contains_key("closed_at")));
}

#[test]
fn every_table_in_the_folder_opens() {
    let Some(folder) = data(".") else { return };
    let mut tables = 0;
    for entry in std::fs::read_dir(folder)
        .unwrap()
        .flat_map(|dir| std::fs::read_dir(dir.unwrap().path()).into_iter().flatten())
    {
        let path = entry.unwrap().path();
        let known =
            ["csv", "xlsx", "xls", "geojson"].iter().any(|end| path.extension().is_some_and(|e| e == *end));
        if !known {
            continue;
        }
        let mut source =
            Source::open(&path, &Options::default()).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let mut read = 0;
        for row in source.rows().unwrap() {
            row.unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            read += 1;
        }
        assert!(read > 0, "{}", path.display());
        println!(
            "{read:>7} rows, {:?} {:?} {:?}",
            source.header().names(),
            source.header_faults(),
            path.file_name().unwrap()
        );
        tables += 1;
    }
    assert!(tables >= 10);
}
