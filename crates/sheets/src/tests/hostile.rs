//! Whatever bytes arrive, nothing panics and nothing runs away.

use proptest::prelude::*;

use crate::{Cell, Column, FileKind, Kind, Options, Source, write};

fn small() -> Options {
    let mut options = Options::default();
    options.limits.bytes = 1 << 20;
    options.limits.unpacked = 4 << 20;
    options.limits.rows = 10_000;
    options
}

/// Reads to the end or to the first error.
fn drain(bytes: &[u8]) -> u64 {
    let Ok(mut source) = Source::from_bytes(bytes, &small()) else { return 0 };
    let Ok(rows) = source.rows() else { return 0 };
    let mut last = 0;
    let mut read = 0;
    for row in rows.map_while(Result::ok) {
        assert!(row.number() >= last);
        last = row.number();
        assert_eq!(row.iter().count(), row.header().names().len());
        read += 1;
    }
    read
}

fn workbook() -> Vec<u8> {
    let mut bytes = Vec::new();
    let columns = [Column::new("编号", Kind::Int), Column::new("标题", Kind::Text)];
    let rows = (0..20).map(|n| vec![Cell::Int(n), Cell::from("路灯不亮")]);
    write(FileKind::Xlsx, &mut bytes, "表", &columns, rows).unwrap();
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        drain(&bytes);
    }

    #[test]
    fn arbitrary_bytes_after_a_known_beginning(
        start in prop::sample::select(vec![
            &b"PK\x03\x04"[..], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\"type\":\"FeatureCollection\",\"features\":[",
            b"[{", b"{\"a\":", b"\xff\xfe", b"\xef\xbb\xbf", b"sep=;\n", b"a,b\n\"",
        ]),
        bytes in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        drain(&[start, &bytes].concat());
    }

    #[test]
    fn text_that_looks_like_a_table(text in "([a-z\"',;\\t{}\\[\\]:0-9 编号]{0,12}(\r?\n|,|\"){1,3}){0,20}") {
        drain(text.as_bytes());
    }

    #[test]
    fn a_damaged_workbook(
        sound in prop::sample::select(vec![workbook(), include_bytes!("fixtures/table.xls").to_vec()]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in any::<prop::sample::Index>(),
        shorten in any::<bool>(),
    ) {
        let mut bytes = sound;
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if shorten {
            bytes.truncate(cut.index(bytes.len()));
        }
        drain(&bytes);
    }
}

#[test]
fn a_sound_workbook_is_read_whole() {
    assert_eq!(drain(&workbook()), 20);
}

/// One line that says the same again and again: refused by its width, or named without being looked through each time.
#[test]
fn a_line_of_the_same_name_costs_its_length() {
    let begun = std::time::Instant::now();
    for length in [1_000_000, 1_025] {
        let line = "坐标,".repeat(length);
        let told = Source::from_bytes(line.as_bytes(), &Options::default()).err();
        assert!(matches!(told, Some(crate::Error::TooManyColumns { .. })), "{told:?}");
    }
    let line = format!("{}\n{}\n", vec!["坐标"; 1024].join(","), vec!["1"; 1024].join(","));
    let source = Source::from_bytes(line.as_bytes(), &Options::default()).unwrap();
    let names: std::collections::HashSet<_> = source.header().names().iter().collect();
    assert_eq!(names.len(), 1024);
    assert!(names.contains(&"坐标 (1024)".to_owned()) && source.header_faults().len() == 1023);
    assert!(begun.elapsed() < std::time::Duration::from_secs(20), "{:?}", begun.elapsed());
}

/// Tables in tables in tables: refused before the stack is at its end, in a thread as small as those that serve.
#[test]
fn a_mapping_of_a_thousand_levels_is_refused() {
    let deep = [
        format!("[{}x]\n", "a.".repeat(40_000)),
        format!("[fields.x]\nfrom = {}\n", "[".repeat(40_000)),
        format!("x = {}1{}\n", "{ a.b.c = ".repeat(5_000), " }".repeat(5_000)),
        format!("{}x = 1\n", "a . ".repeat(40_000)),
    ];
    for text in deep {
        let small = std::thread::Builder::new().stack_size(512 << 10);
        let read = small.spawn(move || text.parse::<crate::Mapping>().is_err()).unwrap();
        assert!(read.join().unwrap());
    }
}
