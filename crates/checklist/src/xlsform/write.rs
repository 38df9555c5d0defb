//! A checklist out as a workbook.

use super::columns::{CHOICES, Column, LANGUAGE, SETTINGS, SURVEY};
use super::read::{CHOICES as CHOICES_SHEET, SETTINGS as SETTINGS_SHEET, SURVEY as SURVEY_SHEET};
use super::{CONFORMS, CONFORMS_STRICTLY};
use crate::expr::Expr;
use crate::map::Map;
use crate::model::{
    Checklist, Choice, Item, Kind, List, Observes, Question, Required, Text, conforms_choices,
};
use crate::problems::photo_name;
use sheets::{Cell, Error, Table};
use std::collections::BTreeMap;

type Row = BTreeMap<Column, String>;

/// Writes XLSX.
///
/// # Errors
/// Where the workbook cannot be written.
pub fn write(checklist: &Checklist) -> Result<Vec<u8>, Error> {
    let mut survey = Vec::new();
    items(&checklist.items, &mut survey);
    let settings = Row::from([
        (Column::FormTitle, checklist.title.zh.clone()),
        (Column::FormId, checklist.code.clone()),
        (Column::Version, checklist.version.clone()),
        (Column::DefaultLanguage, LANGUAGE.to_owned()),
        (Column::TitleEn, checklist.title.en.clone()),
    ]);
    let (choices, settings) = (choices(checklist), [settings]);
    let tables = [
        table(SURVEY_SHEET, &SURVEY, &survey),
        table(CHOICES_SHEET, &CHOICES, &choices),
        table(SETTINGS_SHEET, &SETTINGS, &settings),
    ];
    let mut out = Vec::new();
    sheets::write_book(&mut out, &tables)?;
    Ok(out)
}

fn table<'r>(title: &str, columns: &[Column], rows: &'r [Row]) -> Table<'r> {
    let cells = |row: &'r Row| columns.iter().map(|column| cell(row.get(column))).collect::<Vec<_>>();
    let titles = columns.iter().map(|column| sheets::Column::new(column.name(), sheets::Kind::Text));
    Table { title: title.to_owned(), columns: titles.collect(), rows: rows.iter().map(cells).collect() }
}

fn cell(text: Option<&String>) -> Cell<'_> {
    match text.map(String::as_str) {
        None | Some("") => Cell::Empty,
        Some(text) => Cell::from(text),
    }
}

fn put(row: &mut Row, column: Column, text: impl Into<String>) {
    row.insert(column, text.into());
}

fn put_words(row: &mut Row, zh: Column, en: Column, words: &Text) {
    put(row, zh, words.zh.as_str());
    put(row, en, words.en.as_str());
}

fn put_expr(row: &mut Row, column: Column, expr: Option<&Expr>) {
    if let Some(expr) = expr {
        put(row, column, expr.to_string());
    }
}

fn put_observes(row: &mut Row, observes: Option<&Observes>) {
    if let Some(observes) = observes {
        put(row, Column::Standard, observes.standard.as_str());
        put(row, Column::Rule, observes.rule.to_string());
    }
}

fn items(all: &[Item], rows: &mut Vec<Row>) {
    for item in all {
        let mut row = Row::new();
        put(&mut row, Column::Name, item.name());
        put_words(&mut row, Column::LabelZh, Column::LabelEn, item.label());
        put_expr(&mut row, Column::Relevant, item.relevant());
        put_observes(&mut row, item.observes());
        match item {
            Item::Note(note) => {
                put(&mut row, Column::Type, "note");
                put_words(&mut row, Column::HintZh, Column::HintEn, &note.hint);
                put(&mut row, Column::Appearance, note.appearance.as_str());
                rows.push(row);
            }
            Item::Section(section) => {
                put(&mut row, Column::Type, "begin group");
                put(&mut row, Column::Appearance, section.appearance.as_str());
                rows.push(row);
                items(&section.items, rows);
                rows.push(Row::from([(Column::Type, "end group".to_owned())]));
            }
            Item::Repeat(repeat) => {
                put(&mut row, Column::Type, "begin repeat");
                put(&mut row, Column::Appearance, repeat.appearance.as_str());
                put_expr(&mut row, Column::RepeatCount, repeat.count.as_ref());
                rows.push(row);
                items(&repeat.items, rows);
                rows.push(Row::from([(Column::Type, "end repeat".to_owned())]));
            }
            Item::Question(of) => question(of, row, rows),
        }
    }
}

fn question(question: &Question, mut row: Row, rows: &mut Vec<Row>) {
    let (written, kind) = match &question.kind {
        Kind::Conforms { not_applicable: true } => (format!("select_one {CONFORMS}"), ""),
        Kind::Conforms { not_applicable: false } => (format!("select_one {CONFORMS_STRICTLY}"), ""),
        Kind::Grade { list } => (format!("select_one {list}"), "grade"),
        Kind::OneOf { list } => (format!("select_one {list}"), ""),
        Kind::ManyOf { list } => (format!("select_multiple {list}"), ""),
        Kind::Count => ("integer".to_owned(), ""),
        Kind::Number => ("decimal".to_owned(), ""),
        Kind::Text => ("text".to_owned(), ""),
        Kind::Date => ("date".to_owned(), ""),
        Kind::Time => ("time".to_owned(), ""),
        Kind::Place => ("geopoint".to_owned(), ""),
        Kind::Line => ("geotrace".to_owned(), ""),
        Kind::Area => ("geoshape".to_owned(), ""),
        Kind::Photo { .. } => ("image".to_owned(), ""),
        Kind::Audio => ("audio".to_owned(), ""),
        Kind::Calculate { expr } => {
            put(&mut row, Column::Calculation, expr.to_string());
            ("calculate".to_owned(), "")
        }
    };
    put(&mut row, Column::Type, written);
    put(&mut row, Column::Kind, kind);
    put_words(&mut row, Column::HintZh, Column::HintEn, &question.hint);
    match &question.required {
        Required::Fixed(true) => put(&mut row, Column::Required, "yes"),
        Required::Fixed(false) => {}
        Required::When(expr) => put(&mut row, Column::Required, expr.to_string()),
    }
    put_words(&mut row, Column::RequiredMessageZh, Column::RequiredMessageEn, &question.required_message);
    put_expr(&mut row, Column::Constraint, question.constraint.as_ref());
    put_words(
        &mut row,
        Column::ConstraintMessageZh,
        Column::ConstraintMessageEn,
        &question.constraint_message,
    );
    put(&mut row, Column::Default, question.default.as_str());
    put(&mut row, Column::Appearance, question.appearance.as_str());
    put(&mut row, Column::Finding, question.finding.kind.as_str());
    put(&mut row, Column::Severity, question.finding.severity.as_str());
    rows.push(row);
    if let Kind::Photo { most } = question.kind {
        rows.extend((2..=most.min(20)).map(|number| more(question, number)));
    }
}

/// The words of a further picture.
pub(crate) fn more_label(question: &Question, number: u32) -> Text {
    let Text { zh, en } = &question.label;
    Text::new(format!("{zh}（{number}）"), format!("{en} ({number})"))
}

/// Asked for once the picture before it was taken.
fn more(question: &Question, number: u32) -> Row {
    let mut row = Row::new();
    put(&mut row, Column::Type, "image");
    put(&mut row, Column::Name, photo_name(&question.name, number));
    put_words(&mut row, Column::LabelZh, Column::LabelEn, &more_label(question, number));
    let before = photo_name(&question.name, number - 1);
    put(&mut row, Column::Relevant, format!("${{{before}}} != ''"));
    put(&mut row, Column::Appearance, question.appearance.as_str());
    put(&mut row, Column::More, question.name.as_str());
    row
}

fn choices(checklist: &Checklist) -> Vec<Row> {
    let map = Map::of(checklist);
    let asks = |with: bool| {
        let kind = Kind::Conforms { not_applicable: with };
        (0..map.entries.len()).any(|at| map.question(at).is_some_and(|question| question.kind == kind))
    };
    let own = |name: &str, with| List { name: name.to_owned(), choices: conforms_choices(with) };
    let mut lists = Vec::new();
    lists.extend(asks(true).then(|| own(CONFORMS, true)));
    lists.extend(asks(false).then(|| own(CONFORMS_STRICTLY, false)));
    lists.extend(checklist.lists.iter().cloned());
    let row = |list: &List, choice: &Choice| {
        let mut row = Row::from([(Column::ListName, list.name.clone()), (Column::Name, choice.name.clone())]);
        put_words(&mut row, Column::LabelZh, Column::LabelEn, &choice.label);
        row
    };
    lists
        .iter()
        .flat_map(|list| list.choices.iter().map(|choice| row(list, choice)).collect::<Vec<_>>())
        .collect()
}
