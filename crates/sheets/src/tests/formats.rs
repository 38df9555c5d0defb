//! Text formats: encodings, delimiters, quotes, JSON.

use super::{code, names, open, rows, table};
use crate::{Encoding, Format, Options, Reason};

fn strings(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

#[test]
fn reads_utf8_with_and_without_mark_and_gb18030_and_utf16() {
    let text = "编号,标题\n1,路灯不亮\n2,𠮷野家门口占道\n";
    let gb = encoding_rs::GB18030.encode(text).0.into_owned();
    let utf16le: Vec<u8> = "\u{feff}编号\t标题\r\n1\t路灯不亮\r\n2\t𠮷野家门口占道\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for bytes in [text.as_bytes().to_vec(), format!("\u{feff}{text}").into_bytes(), gb, utf16le] {
        assert_eq!(names(&bytes), ["编号", "标题"]);
        assert_eq!(table(&bytes)[1], (3, strings(&["2", "𠮷野家门口占道"])));
    }
}

#[test]
fn chinese_far_into_an_ascii_file_is_still_recognised() {
    let mut text = "a,b\n".repeat(40_000);
    text.push_str("嘉峪关,雄关\n");
    let gb = encoding_rs::GB18030.encode(&text).0.into_owned();
    let source = open(&gb).unwrap();
    assert!(matches!(source.format(), Format::Delimited { encoding: Encoding::Gb18030, .. }));
    assert_eq!(rows(&gb).last().unwrap().at(0), "嘉峪关");
}

#[test]
fn a_byte_that_is_no_text_is_noted_and_the_row_kept() {
    let mut bytes = "编号,标题\n1,路灯".as_bytes().to_vec();
    bytes.push(0xff);
    bytes.extend("不亮\n2,井盖\n".as_bytes());
    let rows = rows(&bytes);
    assert_eq!(rows[0].note(), Some(Reason::Undecodable));
    assert_eq!(rows[0].at(1), "路灯\u{fffd}不亮");
    assert_eq!(rows[1].note(), None);
}

#[test]
fn delimiters_are_found() {
    for (text, delimiter) in [
        ("a,b,c\n1,2,3\n4,5,6\n", b','),
        ("a;b\n1,5;2\n3,5;4\n", b';'),
        ("a\tb\nx, y\tz\nu, v, w\tq\n", b'\t'),
        ("a|b|c\n1|2|3\n", b'|'),
        ("only\n1\n2\n", b','),
        ("sep=;\na;b\n1;2\n", b';'),
    ] {
        let Format::Delimited { dialect, .. } = open(text).unwrap().format() else { panic!("{text}") };
        assert_eq!(dialect.delimiter as char, delimiter as char, "{text}");
    }
    assert_eq!(table("sep=;\na;b\n1;2\n"), [(3, strings(&["1", "2"]))]);
}

#[test]
fn quotes_are_found_and_may_hold_anything() {
    let text = "编号,说明\r\n1,\"第一行\r\n第二行, 仍是\"\"一格\"\"\"\r\n2,好\r\n";
    assert_eq!(table(text)[0], (2, strings(&["1", "第一行\r\n第二行, 仍是\"一格\""])));
    assert_eq!(table(text)[1].0, 3);
    assert_eq!(table("a,b\n'1','x, y'\n'2','z'\n")[0].1, ["1", "x, y"]);
    assert_eq!(table("a,b\n'1',''\n'2','it''s'\n")[1].1, ["2", "it's"]);
}

#[test]
fn apostrophes_at_the_edges_of_cells_do_not_swallow_rows() {
    let text = "a,b,c\n甲O','<N,乙\n丙,'@丁,戊\n己 {',庚,辛\n";
    let rows = table(text);
    assert_eq!(rows.iter().map(|row| row.0).collect::<Vec<_>>(), [2, 3, 4]);
    assert_eq!(rows[0].1, ["甲O'", "'<N", "乙"]);
    assert_eq!(rows[2].1, ["己 {'", "庚", "辛"]);
    // one line of nothing but cells that open is read through once
    let many = format!("a,b\n{}\n", vec!["'x"; 1_000].join(","));
    assert_eq!(table(&many).len(), 1);
}

#[test]
fn blank_lines_count_as_rows_but_are_not_data() {
    for (end, last) in [("\n", ""), ("\r\n", ""), ("\n", "\n"), ("\r\n", "\r\n")] {
        let text = ["a,b", "1,\"x", "y\"", "", "", "2,z", "", "3,w"].join(end) + last;
        let numbers: Vec<u64> = table(&text).iter().map(|row| row.0).collect();
        assert_eq!(numbers, [2, 5, 7], "{end:?}");
    }
}

#[test]
fn ragged_rows_are_noted_and_nothing_is_lost() {
    let rows = rows("a,b,c\n1,2\n1,2,3,四,\n1,2,3,,\n");
    assert_eq!(rows[0].note(), Some(Reason::TooFewCells));
    assert_eq!(rows[0].get("c"), Some(""));
    assert_eq!(rows[1].note(), Some(Reason::TooManyCells));
    assert_eq!(rows[1].extra().collect::<Vec<_>>(), ["四", ""]);
    assert_eq!(rows[2].note(), None);
}

#[test]
fn the_apostrophe_that_marks_text_is_taken_away() {
    let text = "a,b\n'=1+1,'-5\n'tis,''=x\n";
    assert_eq!(table(text)[0].1, ["=1+1", "-5"]);
    assert_eq!(table(text)[1].1, ["'tis", "'=x"]);
    let options = Options { keep_apostrophes: true, ..Options::default() };
    let mut source = crate::Source::from_bytes(text.as_bytes(), &options).unwrap();
    assert_eq!(source.rows().unwrap().next().unwrap().unwrap().at(0), "'=1+1");
}

#[test]
fn json_lines_take_their_columns_from_all_lines() {
    let text = "{\"id\":1,\"名称\":\"公厕\"}\n\n{\"id\":2.0,\"开放\":true,\"标签\":[\"a\",1]}\nnot json\n{\"id\":null}\n";
    assert_eq!(names(text), ["id", "名称", "开放", "标签"]);
    let rows = rows(text);
    assert_eq!(rows[0].get("名称"), Some("公厕"));
    assert_eq!((rows[1].number(), rows[1].get("id"), rows[1].get("开放")), (3, Some("2"), Some("true")));
    assert_eq!(rows[1].get("标签"), Some("[\"a\",1]"));
    assert_eq!(rows[2].note(), Some(Reason::NotAnObject));
    assert_eq!(rows[2].extra().collect::<Vec<_>>(), ["not json"]);
    assert_eq!(rows.len(), 3);
}

#[test]
fn json_arrays_of_objects_are_tables() {
    assert_eq!(
        table("[{\"a\":1},\n {\"a\":\"x\",\"b\":0.5}]"),
        [(1, strings(&["1", ""])), (2, strings(&["x", "0.5"]))]
    );
}

#[test]
fn geojson_keeps_geometry_and_reports_crs() {
    let text = r#"{"type":"FeatureCollection","name":["x"],
        "crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}},
        "features":[
          {"type":"Feature","id":7,"properties":{"名称":"雄关区","面积":1224.0},
           "geometry":{"type":"Point","coordinates":[98.28,39.77]}},
          {"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[98.3,39.8]}},
          {"type":"Feature","properties":{"名称":"坏"},"geometry":{"type":"Nonsense"}}]}"#;
    let source = open(text).unwrap();
    assert_eq!(source.format(), Format::GeoJson);
    assert!(source.crs().unwrap().to_string().contains("4490"));
    assert_eq!(source.header().names(), ["id", "名称", "面积"]);
    let rows = rows(text);
    assert_eq!((rows[0].get("id"), rows[0].get("面积")), (Some("7"), Some("1224")));
    assert!(rows[0].geometry().is_some());
    assert!(rows[1].geometry().is_some());
    assert_eq!(rows[2].note(), Some(Reason::BadGeometry));
    let line = text.replace('\n', "");
    assert_eq!(open(&line).unwrap().format(), Format::GeoJson);
}

#[test]
fn what_is_no_table_is_named() {
    let options = Options::default();
    for (bytes, expected) in [
        (&b""[..], "empty"),
        (b"  \n \n", "empty"),
        (b"%PDF-1.7", "not_a_table"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n", "not_a_table"),
        (b"abc\0def", "not_a_table"),
        (b"PK\x03\x04rubbish", "damaged"),
        (b"{\"a\": ", "damaged"),
        (b"[id],[name]\n1,x\n", "fine"),
    ] {
        assert_eq!(code(bytes, &options), expected, "{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn limits_are_kept() {
    let mut options = Options::default();
    options.limits.rows = 2;
    assert_eq!(code("a\n1\n2\n", &options), "fine");
    assert_eq!(code("a\n1\n2\n3\n", &options), "too_many_rows");
    options.limits.columns = 2;
    assert_eq!(code("a,b,c\n1\n", &options), "too_many_columns");
    options.limits.cell = 10;
    assert_eq!(code("a\nabcdefghijk\n", &options), "cell_too_long");
    options.limits.bytes = 5;
    assert_eq!(code("abcdef\n", &options), "too_large");
}
