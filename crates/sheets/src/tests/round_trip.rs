//! What is written reads back the same.

use jiff::civil::{Date, DateTime, date};
use proptest::prelude::*;

use super::table;
use crate::{Cell, Column, Error, FileKind, Kind, Options, Source, Writer, guard, unguard, write};

const KINDS: [Kind; 5] = [Kind::Int, Kind::Text, Kind::Real, Kind::Date, Kind::DateTime];

fn columns() -> Vec<Column> {
    let titles = ["编号", "=标题", "数值", "日期", "时刻"];
    titles.iter().zip(KINDS).map(|(title, kind)| Column::new(*title, kind)).collect()
}

fn written(kind: FileKind, rows: &[Vec<Cell<'_>>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(kind, &mut bytes, "案件/清单", &columns(), rows.iter().cloned()).unwrap();
    bytes
}

fn read_back(bytes: &[u8]) -> Result<Vec<Vec<Cell<'static>>>, Error> {
    let mut source = Source::from_bytes(bytes, &Options::default())?;
    let titles: Vec<String> = columns().into_iter().map(|column| column.title).collect();
    assert_eq!(source.header().names(), titles);
    let own = |cell: Cell<'_>| match cell {
        Cell::Text(text) => Cell::from(text.into_owned()),
        Cell::Int(n) => Cell::Int(n),
        Cell::Real(n) => Cell::Real(n),
        Cell::Date(date) => Cell::Date(date),
        Cell::DateTime(at) => Cell::DateTime(at),
        Cell::Empty => Cell::Empty,
    };
    source
        .rows()?
        .map(|row| {
            let row = row?;
            Ok(KINDS
                .iter()
                .zip(row.iter())
                .map(|(kind, (_, text))| own(Cell::parse(*kind, text).unwrap()))
                .collect())
        })
        .collect()
}

fn day() -> impl Strategy<Value = Date> {
    (1_i16..=9999, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| date(y, m, d))
}

fn moment() -> impl Strategy<Value = DateTime> {
    (day(), 0_i8..24, 0_i8..60, 0_i8..60).prop_map(|(date, h, m, s)| date.at(h, m, s, 0))
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[=+@'\\t\r\n－＝-]{0,3}[ -~]{0,12}",
        "\\PC{0,20}",
        "[一-龥，。“”（）0-9A-Za-z]{0,30}",
        any::<String>().prop_map(|text| text.replace(['\u{feff}', '\u{fffe}', '\u{ffff}'], "")),
    ]
}

fn row() -> impl Strategy<Value = Vec<Cell<'static>>> {
    let or_empty = |cell: BoxedStrategy<Cell<'static>>| prop_oneof![4 => cell, 1 => Just(Cell::Empty)];
    (
        any::<i64>().prop_map(Cell::Int),
        or_empty(
            text().prop_map(|text| if text.is_empty() { Cell::Empty } else { Cell::from(text) }).boxed(),
        ),
        or_empty(
            prop_oneof![any::<i32>().prop_map(f64::from), -180.0..180.0, proptest::num::f64::NORMAL]
                .prop_map(Cell::Real)
                .boxed(),
        ),
        or_empty(day().prop_map(Cell::Date).boxed()),
        or_empty(moment().prop_map(Cell::DateTime).boxed()),
    )
        .prop_map(|(a, b, c, d, e)| vec![a, b, c, d, e])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn csv_reads_back_the_same(rows in prop::collection::vec(row(), 1..8)) {
        prop_assert_eq!(read_back(&written(FileKind::Csv, &rows)).unwrap(), rows);
    }

    #[test]
    fn xlsx_reads_back_the_same(rows in prop::collection::vec(row(), 1..8)) {
        prop_assert_eq!(read_back(&written(FileKind::Xlsx, &rows)).unwrap(), rows);
    }

    #[test]
    fn guarding_is_undone_exactly(text in text()) {
        let guarded = guard(&text);
        prop_assert_eq!(unguard(&guarded), text.as_str());
    }
}

#[test]
fn formulas_do_not_start_in_csv() {
    let rows = [vec![Cell::Int(-1), Cell::from("=HYPERLINK(\"x\")")], vec![Cell::Int(2), Cell::from("-5")]];
    let bytes = written(FileKind::Csv, &rows);
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(
        text,
        "\u{feff}编号,'=标题,数值,日期,时刻\r\n-1,\"'=HYPERLINK(\"\"x\"\")\",,,\r\n2,'-5,,,\r\n"
    );
}

#[test]
fn times_are_written_to_the_second() {
    let fine = date(2026, 11, 25).at(18, 20, 4, 615_502_000);
    let row = vec![Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, Cell::DateTime(fine)];
    for kind in [FileKind::Csv, FileKind::Xlsx] {
        let rows = read_back(&written(kind, std::slice::from_ref(&row))).unwrap();
        assert_eq!(rows[0][4], Cell::DateTime(date(2026, 11, 25).at(18, 20, 4, 0)), "{kind:?}");
    }
}

#[test]
fn a_full_sheet_is_continued_and_read_as_one() {
    let mut bytes = Vec::new();
    let mut writer = Writer::new(FileKind::Xlsx, &mut bytes, "案件", &[Column::new("编号", Kind::Int)])
        .unwrap()
        .rows_per_sheet(4);
    for n in 1..=8 {
        writer.row(&[Cell::Int(n)]).unwrap();
    }
    let (_, report) = writer.finish().unwrap();
    assert_eq!((report.rows, report.sheets), (8, 3));
    let source = Source::from_bytes(bytes.as_slice(), &Options::default()).unwrap();
    assert_eq!(source.sheets(), ["案件", "案件 (2)", "案件 (3)"]);
    let rows = table(&bytes);
    assert_eq!(
        rows.iter().map(|row| row.1[0].parse().unwrap()).collect::<Vec<u64>>(),
        (1..=8).collect::<Vec<_>>()
    );
    assert_eq!(rows.iter().map(|row| row.0).collect::<Vec<_>>(), (2..=9).collect::<Vec<_>>());
}

#[test]
fn text_longer_than_a_cell_is_cut_and_counted() {
    let long = "字".repeat(40_000);
    let mut bytes = Vec::new();
    let columns = [Column::new("a", Kind::Text)];
    let report = write(FileKind::Xlsx, &mut bytes, "", &columns, [vec![Cell::from(long.as_str())]]).unwrap();
    assert_eq!(report.shortened, 1);
    assert_eq!(table(&bytes)[0].1[0].chars().count(), 32_767);
}

#[test]
fn sheet_names_are_made_acceptable() {
    use crate::write::sheet_name;
    assert_eq!(sheet_name("案件[1]/2026:*?", 1), "案件 1  2026");
    assert_eq!(sheet_name("", 1), "Sheet1");
    assert_eq!(sheet_name("'x'", 1), "x");
    let long = sheet_name(&"超".repeat(50), 12);
    assert_eq!(long.chars().count(), 31);
    assert!(long.ends_with(" (12)"));
}
