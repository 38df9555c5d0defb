//! Mapping files: what they accept, what they do to a row.

use super::rows;
use crate::{Field, Mapping, Options, Report, Source};

fn mapping(toml: &str) -> Mapping {
    toml.parse().unwrap()
}

fn import(toml: &str, csv: &str) -> (Report, Vec<crate::Fields>) {
    let mapping = mapping(toml);
    let mut session = mapping.session();
    let (mut report, mut accepted) = (Report::default(), Vec::new());
    for row in rows(csv) {
        match session.apply(&row) {
            Ok(mapped) => {
                report.accept(mapped.repairs);
                accepted.push(mapped.fields);
            }
            Err(problems) => report.refuse(problems.row, problems.remarks),
        }
    }
    assert_eq!(report.read, report.accepted + report.refused_rows());
    (report, accepted)
}

fn remarks(of: &[crate::Remark]) -> Vec<(u64, &str, &str)> {
    of.iter().map(|remark| (remark.row, remark.field.as_str(), remark.reason.as_str())).collect()
}

#[test]
fn the_report_serialises_exactly() {
    let toml = "[fields.id]\nfrom = 'id'\nrequired = true\nunique = true\n\
                [fields.at]\nfrom = 'at'\nkind = 'date'\n[fields.n]\nfrom = 'n'\nkind = 'integer'\nrequired = true\n";
    let (report, _) = import(toml, "id,at,n\n1,x,1\n1,,2\n,,x\n");
    let json = serde_json_text(&report);
    assert_eq!(
        json,
        r#"{"read":3,"accepted":1,"repaired":[{"row":2,"field":"at","reason":"not_a_date"}],"refused":[{"row":3,"field":"id","reason":"duplicate_id"},{"row":4,"field":"id","reason":"blank"},{"row":4,"field":"n","reason":"not_a_number"}]}"#
    );
    assert_eq!(report.refused_rows(), 2);
}

fn serde_json_text(report: &Report) -> String {
    let text = serde_json::to_string(report).unwrap();
    assert_eq!(&serde_json::from_str::<Report>(&text).unwrap(), report);
    text
}

#[test]
fn times_are_read_as_people_write_them() {
    let toml = "timezone = '+08:00'\n[fields.at]\nfrom = 'at'\nkind = 'instant'\n\
                format = ['rfc3339', '%m/%d/%Y %I:%M:%S %p', '%Y/%m/%d %H:%M:%S', 'iso']\n";
    for (text, expected) in [
        ("2008-07-01 15:49:47+00:00", "2008-07-01T23:49:47+08:00"),
        ("2008-07-01T15:49:47Z", "2008-07-01T23:49:47+08:00"),
        ("03/24/2025 11:33:07 PM", "2025-03-24T23:33:07+08:00"),
        ("03/24/2025 12:00:00 AM", "2025-03-24T00:00:00+08:00"),
        ("2020/1/6 12:09:38", "2020-01-06T12:09:38+08:00"),
        ("2019/1/1 2:20:10", "2019-01-01T02:20:10+08:00"),
        ("2026-03-05", "2026-03-05T00:00:00+08:00"),
        ("2026-03-05T09:30:00", "2026-03-05T09:30:00+08:00"),
    ] {
        let (_, rows) = import(toml, &format!("at\n{text}\n"));
        assert_eq!(
            rows[0]["at"].as_instant().map(kernel::time::Instant::rfc3339).as_deref(),
            Some(expected),
            "{text}"
        );
    }
    let usual = "[fields.at]\nfrom = 'at'\nkind = 'instant'\n";
    for text in
        ["2026年3月5日 9:30", "2026/3/5 9:30", "2026-3-5 9:30", "2026年3月5日9时30分", "2026-03-05T01:30:00Z"]
    {
        let (report, rows) = import(usual, &format!("at\n{text}\n"));
        assert!(!rows[0].is_empty(), "{text}: {report:?}");
        assert_eq!(rows[0]["at"].as_instant().unwrap().rfc3339(), "2026-03-05T09:30:00+08:00", "{text}");
    }
}

#[test]
fn impossible_dates_and_the_year_1900_are_faults() {
    let toml =
        "[fields.a]\nfrom = 'a'\nkind = 'date'\n[fields.b]\nfrom = 'b'\nkind = 'date'\non_fault = 'refuse'\n";
    let (report, rows) = import(toml, "a,b\n2026-02-30,\n1900-01-01,\n1899-12-31,\n2026-02-28,2026-13-01\n");
    assert_eq!(
        remarks(&report.repaired),
        [(2, "a", "not_a_date"), (3, "a", "year_1900"), (4, "a", "year_1900")]
    );
    assert_eq!(remarks(&report.refused), [(5, "b", "not_a_date")]);
    assert!(rows.iter().all(std::collections::BTreeMap::is_empty));
}

#[test]
fn positions_are_right_together_or_not_at_all() {
    let toml = "within = [97.0, 39.0, 99.0, 40.5]\n[fields.lng]\nfrom = 'x'\nkind = 'longitude'\ncrs = 'gcj02'\n\
                [fields.lat]\nfrom = 'y'\nkind = 'latitude'\n";
    assert_eq!(mapping(toml).crs(), Some("gcj02"));
    let (report, rows) = import(toml, "x,y\n98.2,39.7\n0,0.0\n39.7,98.2\n98.2,\n98.2,北\n９８．２,39.7\n");
    assert_eq!(rows.iter().filter(|row| row.len() == 2).count(), 2);
    assert_eq!(rows.iter().filter(|row| row.is_empty()).count(), 4);
    assert_eq!(
        remarks(&report.repaired),
        [
            (3, "lng", "position_0_0"),
            (4, "lng", "position_outside"),
            (5, "lng", "position_half"),
            (6, "lat", "not_a_number"),
        ]
    );
}

#[test]
fn values_defaults_constants_joins_and_lengths() {
    let toml = "blanks = ['N/A', '-']\n[fields.source]\nfrom = 's'\nvalues = { PHONE = 'phone' }\ndefault = 'other'\n\
                [fields.status]\nfrom = 't'\nvalues = { '已办结' = 'closed' }\n\
                [fields.title]\nfrom = ['a', 'b']\njoin = ' / '\nmax_len = 6\n[fields.agency]\nconst = '12345'\n";
    let (report, rows) = import(toml, "s,t,a,b\nphone,已办结,路灯,不亮\nfax,在办,路,-\n,,一二三四五,六七\n");
    let text = |row: usize, name: &str| rows[row].get(name).and_then(Field::as_text).map(str::to_owned);
    assert_eq!((text(0, "source"), text(0, "status")), (Some("phone".into()), Some("closed".into())));
    assert_eq!((text(1, "source"), text(1, "status")), (Some("other".into()), None));
    assert_eq!((text(0, "title"), text(1, "title")), (Some("路灯 / 不".into()), Some("路".into())));
    assert_eq!(text(2, "agency"), Some("12345".into()));
    assert_eq!(
        remarks(&report.repaired),
        [
            (2, "title", "too_long"),
            (3, "source", "unknown_value"),
            (3, "status", "unknown_value"),
            (4, "title", "too_long"),
        ]
    );
}

#[test]
fn numbers_are_read_as_people_type_them() {
    let toml = "[fields.n]\nfrom = 'n'\nkind = 'integer'\n[fields.r]\nfrom = 'r'\nkind = 'number'\n";
    let (report, rows) = import(toml, "n;r\n1,234;1.5e3\n１２;-0.25\n7.0;inf\n7.5;1,23\n");
    assert_eq!(rows[0]["n"], Field::Int(1234));
    assert_eq!(rows[1]["n"], Field::Int(12));
    assert_eq!(rows[2]["n"], Field::Int(7));
    assert_eq!(rows[0]["r"], Field::Real(1500.0));
    assert_eq!(
        remarks(&report.repaired),
        [(4, "r", "not_a_number"), (5, "n", "not_an_integer"), (5, "r", "not_a_number")]
    );
}

#[test]
fn closing_before_opening_follows_on_fault() {
    let toml = "[fields.a]\nfrom = 'a'\nkind = 'instant'\n[fields.b]\nfrom = 'b'\nkind = 'instant'\nnot_before = 'a'\n";
    let csv = "a,b\n2026-01-02,2026-01-01\n2026-01-01,2026-01-01\n";
    let (report, rows) = import(toml, csv);
    assert_eq!(remarks(&report.repaired), [(2, "b", "closing_before_opening")]);
    assert!(!rows[0].contains_key("b") && rows[1].contains_key("b"));
    let (report, _) = import(&format!("{toml}on_fault = 'refuse'\n"), csv);
    assert_eq!(remarks(&report.refused), [(2, "b", "closing_before_opening")]);
}

#[test]
fn missing_columns_are_named_before_and_refused_where_required() {
    let toml = "[fields.id]\nfrom = 'id'\nrequired = true\n[fields.note]\nfrom = 'note'\n";
    let source = Source::from_bytes("x\n1\n".as_bytes(), &Options::default()).unwrap();
    assert_eq!(mapping(toml).missing(source.header()), [("id", "id"), ("note", "note")]);
    let (report, _) = import(toml, "x\n1\n");
    assert_eq!(remarks(&report.refused), [(2, "id", "missing_column")]);
}

#[test]
fn a_wrong_mapping_says_what_is_wrong() {
    for (toml, part) in [
        ("", "fields"),
        ("[fields.a]\nfrom = 'x'\ntypo = 1", "typo"),
        ("[fields.a]\nrequired = true", "from or const"),
        ("[fields.a]\nfrom = 'x'\nformat = '%Y'", "format"),
        ("timezone = 'Asia/Shanghai'\n[fields.a]\nfrom = 'x'", "offset"),
        ("[fields.a]\nfrom = 'x'\nkind = 'longitude'", "latitude"),
        ("[fields.a]\nfrom = 'x'\nkind = 'date'\nnot_before = 'b'", "no field"),
        ("within = [9.0, 1.0, 8.0, 2.0]\n[fields.a]\nfrom = 'x'", "within"),
    ] {
        let error = toml.parse::<Mapping>().unwrap_err();
        assert_eq!(error.code(), "mapping");
        assert!(error.to_string().contains(part), "{error}");
    }
}
