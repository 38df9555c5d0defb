//! Workbooks out and in.

use super::made::{self, Tape, tapes};
use super::{around, ask, checklist};
use crate::xlsform::{Import, read, write};
use crate::{Kind, Required, Rule, samples};
use proptest::prelude::*;
use serde_json::json;
use sheets::{Cell, Column, Table};

/// A workbook of these sheets: rows of cells by `|`, the first are the headers.
fn book(sheets: &[(&str, &[&str])]) -> Vec<u8> {
    let tables: Vec<Table<'_>> = sheets
        .iter()
        .map(|(title, rows)| {
            let cells = |row: &str| row.split('|').map(|cell| Cell::from(cell.trim().to_owned())).collect();
            let headers =
                rows[0].split('|').map(|name| Column::new(name.trim(), sheets::Kind::Text)).collect();
            Table {
                title: (*title).to_owned(),
                columns: headers,
                rows: rows[1..].iter().map(|row| cells(row)).collect(),
            }
        })
        .collect();
    let mut out = Vec::new();
    sheets::write_book(&mut out, &tables).unwrap();
    out
}

const SETTINGS: (&str, &[&str]) =
    ("settings", &["form_title | form_id | version | cc_title_en", "测 | test | 1 | Test"]);

/// Sheet, row, column, code of each fault.
fn faults(import: &Import) -> Vec<(&str, u64, &str, &str)> {
    import.faults.iter().map(|f| (f.sheet.as_str(), f.row, f.column.as_str(), f.code.as_str())).collect()
}

#[test]
fn samples_come_back_the_same() {
    for sample in samples::all() {
        let import = read(&write(&sample).unwrap());
        assert_eq!(import.faults, []);
        assert_eq!(import.notes, []);
        assert_eq!(import.checklist, Some(sample));
    }
}

#[test]
fn somebody_elses_form_is_read() {
    let survey: &[&str] = &[
        "Type | Name | label::Chinese (zh) | label::English | label::Français (fr) | relevance | required | constraint | remarks",
        "start | start | | | | | | |",
        "begin_group | g | 一组 | A group | | | | |",
        "select_one fruit | f | 水果 | Fruit | fruit | | TRUE | | kept",
        "integer | n | 数 | Number | nombre | selected(${f}, 'pear') | ${f} = 'pear' | . < 9 |",
        "image | p | 照片 | Picture | | | | |",
        "end_group | g | | | | | | |",
    ];
    let choices: &[&str] = &[
        "list name | name | label::Chinese (zh) | label::English",
        "fruit | apple | 苹果 | Apple",
        "fruit | pear | 梨 | Pear",
    ];
    let import = read(&book(&[("survey", survey), ("choices", choices), SETTINGS]));
    assert_eq!(faults(&import), []);
    let list = import.checklist.unwrap();
    let crate::Item::Section(group) = &list.items[0] else { panic!("{:?}", list.items) };
    let crate::Item::Question(fruit) = &group.items[0] else { panic!() };
    assert_eq!(
        (&fruit.kind, &fruit.required),
        (&Kind::OneOf { list: "fruit".into() }, &Required::Fixed(true))
    );
    let crate::Item::Question(number) = &group.items[1] else { panic!() };
    assert!(matches!(number.required, Required::When(_)));
    assert_eq!(number.relevant.as_ref().unwrap().to_string(), "selected(${f}, 'pear')");
    let noted: Vec<&str> = import.notes.iter().map(|note| note.what.as_str()).collect();
    assert_eq!(noted, ["label::Français (fr)", "remarks", "start"]);
}

#[test]
fn every_fault_is_told_with_its_cell() {
    let survey: &[&str] = &[
        "type | name | label::中文 (zh) | label::English (en) | relevant | constraint | calculation | media::image | cc_kind | cc_standard | cc_rule | cc_more",
        "text | a | 甲 | A | ${b} = | | | | | | |",
        "text | a | 乙 | | | | | | | | |",
        "select_one fruit or_other | c | 丙 | C | | | | | | | |",
        "select_multiple veg | d | 丁 | D | ${z} > 1 | | | x.png | | | |",
        "barcode | e | 戊 | E | | | | | | | |",
        "calculate | f | | | | | | | | | |",
        "integer | g | 己 | G | | . < sqrt(4) | | | grade | Ⅲ-1 | |",
        "integer | h | 庚 | H | | | | | | Ⅲ-1 | ratio |",
        "integer | i | 辛 | I | | | | | | Ⅲ-1 | threshold |",
        "image | j_2 | 壬 | J | | | | | | | | j",
        "end group | | | | | | | | | | |",
        "begin repeat | r | 循环 | Repeat | | | | | | | |",
        "note | k | 癸 | K | | . > 1 | | | | | |",
    ];
    let choices: &[&str] = &[
        "list_name | name | label::中文 (zh) | label::English (en)",
        "fruit | a | 苹果 | Apple",
        "fruit | a | 梨 |",
    ];
    let import = read(&book(&[("survey", survey), ("choices", choices), SETTINGS]));
    assert_eq!(import.checklist, None);
    assert_eq!(
        faults(&import),
        [
            ("survey", 5, "media::image", "xlsform-column-refused"),
            ("survey", 2, "relevant", "expression-ends-early"),
            ("survey", 4, "type", "xlsform-or-other"),
            ("survey", 6, "type", "xlsform-type-unknown"),
            ("survey", 7, "calculation", "xlsform-expression-missing"),
            ("survey", 8, "cc_kind", "xlsform-kind-unknown"),
            ("survey", 8, "constraint", "expression-unknown-function"),
            ("survey", 8, "cc_rule", "xlsform-rule-missing"),
            ("survey", 10, "cc_rule", "rule-setting-missing"),
            ("survey", 11, "cc_more", "xlsform-more-stray"),
            ("survey", 12, "type", "xlsform-not-open"),
            ("survey", 13, "type", "xlsform-not-closed"),
            ("choices", 3, "name", "checklist-choice-twice"),
            ("choices", 3, "label::English (en)", "checklist-label-missing"),
            ("survey", 3, "name", "checklist-name-twice"),
            ("survey", 3, "label::English (en)", "checklist-label-missing"),
            ("survey", 5, "relevant", "checklist-unknown-reference"),
            ("survey", 5, "type", "checklist-unknown-list"),
            ("survey", 7, "label::中文 (zh)", "checklist-label-missing"),
            ("survey", 7, "label::English (en)", "checklist-label-missing"),
            ("survey", 9, "cc_rule", "checklist-rule-misfit"),
        ]
    );
    assert_eq!(import.faults[1].at, Some(6));
    assert_eq!(
        import.notes.iter().map(|n| (n.row, n.column.as_str())).collect::<Vec<_>>(),
        [(14, "constraint")]
    );
}

#[test]
fn what_is_no_form_is_refused() {
    assert_eq!(faults(&read(b"")), [("survey", 0, "", "xlsform-no-sheet")]);
    assert_eq!(faults(&read(b"type,name\ntext,a\n")), [("survey", 0, "", "xlsform-not-a-workbook")]);
    assert_eq!(faults(&read(b"%PDF-1.7 ...")), [("survey", 0, "", "xlsform-file")]);
    let other = book(&[("Sheet1", &["a | b", "1 | 2"])]);
    assert_eq!(faults(&read(&other)), [("survey", 0, "", "xlsform-no-sheet")]);
    let other = book(&[("survey", &["type | label", "text | a"]), SETTINGS]);
    assert_eq!(faults(&read(&other)), [("survey", 0, "name", "xlsform-no-column")]);
    let form: &[&str] = &["type | name | label::zh | label::en", "text | a | 甲 | A"];
    assert_eq!(faults(&read(&book(&[("survey", form)]))), [("settings", 0, "", "xlsform-no-sheet")]);
    let two: &[&str] = &["form_title | form_id | version | cc_title_en", "测 | t | 1 | T", "测 | u | 1 | U"];
    assert_eq!(
        faults(&read(&book(&[("survey", form), ("settings", two)]))),
        [("settings", 3, "", "xlsform-settings-rows")]
    );
    let twice: &[&str] = &["type | name | name | label::zh | label::en", "text | a | b | 甲 | A"];
    let told = read(&book(&[("survey", twice), SETTINGS]));
    assert_eq!(faults(&told)[0], ("survey", 1, "name", "xlsform-column-twice"));
    let changed: &[&str] = &["list_name | name | label::zh | label::en", "cc_conforms | yes | 是 | Yes"];
    let told = read(&book(&[("survey", form), ("choices", changed), SETTINGS]));
    assert_eq!(faults(&told), [("choices", 2, "list_name", "xlsform-list-changed")]);
}

#[test]
fn a_standard_at_a_question_of_conformity_needs_no_rule() {
    let form: &[&str] = &[
        "type | name | label::zh | label::en | cc_standard",
        "select_one cc_conforms | a | 甲 | A | Ⅲ-87-1)",
    ];
    let import = read(&book(&[("survey", form), SETTINGS]));
    let list = import.checklist.unwrap();
    assert_eq!(list.items[0].observes().unwrap().rule, Rule::Conforms);
}

#[test]
fn several_pictures_are_several_rows_and_one_question() {
    let list = checklist(json!([around(
        "repeat",
        "r",
        json!({}),
        json!([ask("p", "photo", json!({"most": 3})), ask("q", "photo", json!({"most": 1}))])
    ),]));
    let bytes = write(&list).unwrap();
    let options = sheets::Options { sheet: Some("survey".to_owned()), ..sheets::Options::default() };
    let mut source = sheets::Source::from_bytes(bytes.clone(), &options).unwrap();
    let names: Vec<String> =
        source.rows().unwrap().map(|row| row.unwrap().get("name").unwrap().to_owned()).collect();
    assert_eq!(names, ["r", "p", "p_2", "p_3", "q", ""]);
    assert_eq!(read(&bytes).checklist, Some(list));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_goes_out_comes_in(tape in tapes()) {
        let list = made::checklist(Tape::new(tape));
        let import = read(&write(&list).unwrap());
        prop_assert_eq!(&import.faults, &[]);
        prop_assert_eq!(import.checklist, Some(list));
    }

    #[test]
    fn cells_of_any_text_are_answered(cells in prop::collection::vec("[a-z_$ {}()'=<>路0-9]{0,24}", 20)) {
        let rows: Vec<String> = cells.chunks(4).map(|row| row.join("|")).collect();
        let mut survey = vec!["type | name | label::zh | relevant"];
        survey.extend(rows.iter().map(String::as_str));
        let _ = read(&book(&[("survey", &survey), SETTINGS]));
    }
}
