//! Workbooks: sheets, dates, numbers, archives that are traps.

use rust_xlsxwriter::{Format as Style, Workbook};

use super::{code, names, open, table};
use crate::{Cell, Column, Error, Format, Kind, Options, Source, Table, write_book};

fn workbook(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(&mut book);
    book.save_to_buffer().unwrap()
}

#[test]
fn dates_are_iso_text_and_whole_numbers_have_no_point() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        for (column, (title, format, value)) in [
            ("日期", "yyyy\"年\"m\"月\"d\"日\"", 46086.0),
            ("时刻", "yyyy/m/d h:mm", 46086.5),
            ("午夜", "yyyy/m/d h:mm", 46086.0),
            ("钟点", "h:mm:ss", 0.75),
            ("时长", "[h]:mm", 1.5),
            ("整数", "General", 13_800_138_000.0),
            ("小数", "0.00", 98.28),
        ]
        .into_iter()
        .enumerate()
        {
            let column = u16::try_from(column).unwrap();
            sheet.write_string(0, column, title).unwrap();
            sheet.write_number_with_format(1, column, value, &Style::new().set_num_format(format)).unwrap();
        }
        sheet.write_string(0, 7, "真假").unwrap();
        sheet.write_boolean(1, 7, true).unwrap();
    });
    assert_eq!(
        table(&bytes)[0].1,
        [
            "2026-03-05",
            "2026-03-05T12:00:00",
            "2026-03-05T00:00:00",
            "18:00:00",
            "36:00:00",
            "13800138000",
            "98.28",
            "TRUE"
        ]
    );
}

#[test]
fn the_first_sheet_with_anything_in_it_is_read_or_the_one_named() {
    let bytes = workbook(|book| {
        book.add_worksheet().set_name("空").unwrap();
        for (name, cell) in [("甲", "a"), ("乙", "b")] {
            let sheet = book.add_worksheet().set_name(name).unwrap();
            sheet.write_string(0, 0, "列").unwrap();
            sheet.write_string(2, 0, cell).unwrap();
        }
    });
    let source = open(&bytes).unwrap();
    assert_eq!((source.format(), source.sheet()), (Format::Xlsx, Some("甲")));
    assert_eq!(source.sheets(), ["空", "甲", "乙"]);
    assert_eq!(table(&bytes), [(3, vec!["a".to_owned()])]);
    let named = |name: &str| Options { sheet: Some(name.into()), ..Options::default() };
    let mut source = Source::from_bytes(bytes.clone(), &named("乙")).unwrap();
    assert_eq!(source.rows().unwrap().next().unwrap().unwrap().at(0), "b");
    assert_eq!(code(&bytes, &named("丙")), "no_such_sheet");
}

#[test]
fn merged_titles_and_headers_are_understood() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        let style = Style::new();
        sheet.merge_range(0, 0, 0, 3, "2026年度台账", &style).unwrap();
        sheet.merge_range(1, 0, 2, 0, "编号", &style).unwrap();
        sheet.merge_range(1, 1, 1, 2, "位置", &style).unwrap();
        sheet.merge_range(1, 3, 2, 3, "时间", &style).unwrap();
        sheet.write_string(2, 1, "经度").unwrap();
        sheet.write_string(2, 2, "纬度").unwrap();
        sheet.write_number(3, 0, 1).unwrap();
        sheet.write_number(3, 2, 39.7).unwrap();
    });
    assert_eq!(names(&bytes), ["编号", "位置/经度", "位置/纬度", "时间"]);
    assert_eq!(table(&bytes), [(4, ["1", "", "39.7", ""].map(str::to_owned).to_vec())]);
}

/// A ZIP with one stored or deflated part after another, as small as a trap can be.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn archives_that_unpack_beyond_the_limits_are_refused() {
    let mut options = Options::default();
    options.limits.unpacked = 3 << 20;
    let types: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");
    let spaces = vec![b' '; 4 << 20];
    let trap = archive(&[types, ("xl/sharedStrings.xml", &spaces)]);
    assert!(trap.len() < 10_000);
    assert_eq!(code(&trap, &options), "unpacks_too_large");
    // within the size, but one endless text
    options.limits.unpacked = 1 << 30;
    let endless = vec![b'x'; 9 << 20];
    assert_eq!(
        code(archive(&[types, ("xl/worksheets/sheet1.xml", &endless)]), &options),
        "unpacks_too_large"
    );
    // or a very long list of nothing
    let tags = b"<a/>".repeat(2_100_000);
    assert_eq!(code(archive(&[types, ("xl/styles.xml", &tags)]), &options), "unpacks_too_large");
    assert_eq!(code(archive(&[types]), &options), "damaged");
    assert_eq!(code(archive(&[("word/document.xml", b"<w/>")]), &options), "not_a_table");
    assert_eq!(code(archive(&[("x.txt", b"hello")]), &options), "not_a_table");
}

#[test]
fn a_lying_size_does_not_help_a_trap() {
    let mut trap =
        archive(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", &vec![b' '; 4 << 20])]);
    // both headers claim the part is one byte
    let truth = u32::to_le_bytes(4 << 20);
    for at in 0..trap.len() - 4 {
        if trap[at..at + 4] == truth {
            trap[at..at + 4].copy_from_slice(&1_u32.to_le_bytes());
        }
    }
    let mut options = Options::default();
    options.limits.unpacked = 3 << 20;
    assert!(matches!(code(&trap, &options), "unpacks_too_large" | "damaged"));
}

/// An ODS file with these table rows.
fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x'><office:body><office:spreadsheet>\
         <table:table table:name='表一'>{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

fn ods_text(text: &str) -> String {
    format!("<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>")
}

#[test]
fn ods_is_read_with_its_repetitions() {
    let rows = format!(
        "<table:table-row>{}{}{}</table:table-row>\
         <table:table-row table:number-rows-repeated='2'>{}<table:table-cell office:value-type='float' office:value='3'/>\
         <table:table-cell office:value-type='date' office:date-value='2026-03-05'/></table:table-row>\
         <table:table-row table:number-rows-repeated='1048573'><table:table-cell table:number-columns-repeated='16384'/>\
         </table:table-row>",
        ods_text("名称"),
        ods_text("数量"),
        ods_text("日期"),
        ods_text("公厕"),
    );
    let bytes = ods(&rows);
    assert_eq!(open(&bytes).unwrap().format(), Format::Ods);
    let row = ["公厕", "3", "2026-03-05"].map(str::to_owned).to_vec();
    assert_eq!(table(&bytes), [(2, row.clone()), (3, row)]);
}

#[test]
fn ods_that_repeats_beyond_measure_is_refused() {
    let options = Options::default();
    let far = "<table:table-cell table:number-columns-repeated='16000'/>";
    let repeated = format!(
        "<table:table-row table:number-rows-repeated='1000000'>{far}{}</table:table-row>",
        ods_text("x")
    );
    assert_eq!(code(ods(&repeated), &options), "damaged");
    let wide = format!("<table:table-row>{far}{}</table:table-row>", ods_text("x")).repeat(700);
    assert_eq!(code(ods(&wide), &options), "damaged");
}

#[test]
fn xls_is_read() {
    // made with xlwt: a sheet 案件 with 编号, 标题, 时间, 数值 and two rows
    let bytes = include_bytes!("fixtures/table.xls");
    let source = open(bytes).unwrap();
    assert_eq!((source.format(), source.sheet()), (Format::Xls, Some("案件")));
    assert_eq!(
        table(bytes),
        [
            (2, ["1", "路灯不亮", "2026-03-05T09:30:00", "98.28"].map(str::to_owned).to_vec()),
            (3, ["2", "井盖", "2026-03-06", "-5"].map(str::to_owned).to_vec()),
        ]
    );
}

#[test]
fn xls_with_a_cell_beyond_the_last_column_is_refused() {
    let mut bytes = include_bytes!("fixtures/table.xls").to_vec();
    // the record of 98.28, moved to the far corner
    let at = bytes.windows(8).position(|b| b[..4] == [0x7e, 0x02, 10, 0] && b[4..8] == [1, 0, 3, 0]).unwrap();
    bytes[at + 4..at + 8].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    assert_eq!(code(&bytes, &Options::default()), "damaged");
}

#[test]
fn a_file_without_a_header_can_be_said_to_have_none() {
    let options = Options { header_row: Some(0), ..Options::default() };
    let mut source = Source::from_bytes("酒泉,2014-12-31\n酒泉,2015-01-01,x\n".as_bytes(), &options).unwrap();
    assert_eq!(source.header().names(), ["column_1", "column_2", "column_3"]);
    assert_eq!(source.rows().unwrap().next().unwrap().unwrap().number(), 1);
}

#[test]
fn several_tables_are_several_sheets_of_one_workbook() {
    let columns =
        |names: &[&str]| names.iter().map(|name| Column::new(*name, Kind::Text)).collect::<Vec<_>>();
    let tables = [
        Table {
            title: "survey".to_owned(),
            columns: columns(&["type", "name", "label"]),
            rows: vec![
                vec![Cell::from("text"), Cell::from("a"), Cell::from("=1+1")],
                vec![Cell::from("note")],
            ],
        },
        Table { title: "choices".to_owned(), columns: columns(&["list_name"]), rows: Vec::new() },
        Table {
            title: "settings".to_owned(),
            columns: columns(&["id"]),
            rows: vec![vec![Cell::from("0012")]],
        },
    ];
    let mut bytes = Vec::new();
    let written = write_book(&mut bytes, &tables).unwrap();
    assert_eq!((written.rows, written.sheets), (3, 3));
    let sheet = |name: &str| {
        let options = Options { sheet: Some(name.to_owned()), ..Options::default() };
        let mut source = Source::from_bytes(bytes.clone(), &options).unwrap();
        assert_eq!(source.sheets(), ["survey", "choices", "settings"]);
        let header = source.header().names().join("|");
        let rows: Vec<String> = source.rows().unwrap().map(|row| row.unwrap().at(0).to_owned()).collect();
        (header, rows)
    };
    assert_eq!(sheet("survey"), ("type|name|label".to_owned(), vec!["text".to_owned(), "note".to_owned()]));
    assert_eq!(sheet("choices"), ("list_name".to_owned(), Vec::new()));
    assert_eq!(sheet("settings"), ("id".to_owned(), vec!["0012".to_owned()]));
    assert!(matches!(write_book(Vec::new(), &[]), Err(Error::Empty)));
}
