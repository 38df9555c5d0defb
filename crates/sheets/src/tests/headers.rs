//! Headers as offices make them.

use super::{names, open, table};
use crate::{HeaderFault, Options, Source};

#[test]
fn blank_and_doubled_names_are_put_right_and_reported() {
    let source = open("a,,A,备 注 ,,\n1,2,3,4\n").unwrap();
    assert_eq!(source.header().names(), ["a", "column_2", "A (2)", "备 注"]);
    assert_eq!(
        source.header_faults(),
        [
            HeaderFault::Blank { column: 2, renamed: "column_2".into() },
            HeaderFault::Duplicate { column: 3, name: "A".into(), renamed: "A (2)".into() },
        ]
    );
}

#[test]
fn names_are_found_whatever_their_case_and_spacing() {
    let source = open("Unique  Key,\"报告\n时间\"\n1,2\n").unwrap();
    assert_eq!(source.header().position("unique key"), Some(0));
    assert_eq!(source.header().position("报告 时间"), Some(1));
    assert_eq!(source.header().position("other"), None);
}

#[test]
fn titles_above_the_header_are_passed_over() {
    let text = "嘉峪关市市容案件台账,,\n,,\n编号,标题,时间\n1,路灯,2026-01-01\n2,井盖,2026-01-02\n";
    assert_eq!(names(text), ["编号", "标题", "时间"]);
    assert_eq!(table(text)[0].0, 4);
    let title = HeaderFault::Title { row: 1, text: "嘉峪关市市容案件台账".into() };
    assert_eq!(open(text).unwrap().header_faults(), [title]);
}

#[test]
fn a_single_column_has_no_title() {
    assert_eq!(table("name\nfoo\nbar,baz\nqux\n").len(), 3);
    assert_eq!(names("name\nfoo\nbar\n"), ["name"]);
}

#[test]
fn two_header_rows_of_merged_cells_are_joined() {
    let text = "编号,位置,,时间\n,经度,纬度,\n1,98.2,39.7,2026-01-01\n";
    assert_eq!(names(text), ["编号", "位置/经度", "位置/纬度", "时间"]);
    assert_eq!(table(text)[0].0, 3);
    // data under a header with a blank name is no second header row
    assert_eq!(table("编号,位置,,时间\n1,98.2,39.7,2026\n").len(), 1);
    assert_eq!(table("编号,位置,\n,甲,乙\n").len(), 0);
    assert_eq!(table("编号,位置,,时间\n,1,2,\n").len(), 1);
}

#[test]
fn the_header_row_can_be_given() {
    let options = Options { header_row: Some(3), ..Options::default() };
    let text = "填报单位,填报人,\n市城管局,张三,\n编号,标题,\n1,路灯,\n";
    let mut source = Source::from_bytes(text.as_bytes(), &options).unwrap();
    assert_eq!(source.header().names(), ["编号", "标题"]);
    let row = source.rows().unwrap().next().unwrap().unwrap();
    assert_eq!((row.number(), row.get("标题")), (4, Some("路灯")));
}
