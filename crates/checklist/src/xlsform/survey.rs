//! The sheet of questions.

use super::columns::Column;
use super::read::{Row, SURVEY, unused};
use super::report::{Account, code};
use super::{CONFORMS, CONFORMS_STRICTLY};
use crate::expr::Expr;
use crate::model::{Finding, Item, Kind, Note, Observes, Question, Repeat, Required, Section};
use crate::problems::{DEPTH, photo_name};
use crate::rule::Rule;

/// Metadata that other programs fill in by themselves.
const PASSED_OVER: [&str; 14] = [
    "start",
    "end",
    "today",
    "deviceid",
    "imei",
    "subscriberid",
    "simserial",
    "phonenumber",
    "username",
    "email",
    "start-geopoint",
    "audit",
    "background-audio",
    "hidden",
];

/// A section or repeat that is not closed yet.
struct Open {
    row: u64,
    item: Item,
}

struct Reader<'a> {
    account: &'a mut Account,
    /// What is open, outermost first.
    open: Vec<Open>,
    items: Vec<Item>,
    /// Rows of the items, in the order of the checklist.
    rows: Vec<u64>,
}

/// Items, and the row of each in the order of the checklist.
pub(super) fn items(rows: &[Row], account: &mut Account) -> (Vec<Item>, Vec<u64>) {
    let mut reader = Reader { account, open: Vec::new(), items: Vec::new(), rows: Vec::new() };
    for row in rows {
        reader.row(row);
        unused(SURVEY, row, reader.account);
    }
    while let Some(Open { row, .. }) = reader.open.last() {
        let row = *row;
        reader.fault(row, Column::Type, code::NOT_CLOSED, "");
        reader.close();
    }
    (reader.items, reader.rows)
}

impl Reader<'_> {
    fn fault(&mut self, row: u64, column: Column, code: &str, what: &str) {
        self.account.fault(SURVEY, row, column.name(), code, what);
    }

    fn add(&mut self, row: &Row, item: Item) {
        self.rows.push(row.number);
        self.put(item);
    }

    /// Into what is open, or outermost.
    fn put(&mut self, item: Item) {
        match self.open.last_mut().map(|open| &mut open.item) {
            Some(Item::Section(section)) => section.items.push(item),
            Some(Item::Repeat(repeat)) => repeat.items.push(item),
            _ => self.items.push(item),
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.pop() {
            self.put(open.item);
        }
    }

    fn begin(&mut self, row: &Row, item: Item) {
        if self.open.len() >= DEPTH {
            self.fault(row.number, Column::Type, code::TOO_DEEP, &DEPTH.to_string());
        }
        if self.open.len() < DEPTH * 2 {
            self.rows.push(row.number);
            self.open.push(Open { row: row.number, item });
        }
    }

    fn row(&mut self, row: &Row) {
        let written = row.get(Column::Type).to_owned();
        let folded = written.to_lowercase().replace('_', " ");
        let words: Vec<&str> = folded.split_whitespace().collect();
        match words.as_slice() {
            [] => self.fault(row.number, Column::Type, code::TYPE_UNKNOWN, ""),
            ["begin", "group"] => {
                let (name, label) =
                    (row.get(Column::Name).to_owned(), row.words(Column::LabelZh, Column::LabelEn));
                let (relevant, observes) = (self.expr(row, Column::Relevant), self.observes(row, None));
                let appearance = row.get(Column::Appearance).to_owned();
                let section = Section { name, label, relevant, appearance, observes, items: Vec::new() };
                self.begin(row, Item::Section(section));
            }
            ["begin", "repeat"] => {
                let (name, label) =
                    (row.get(Column::Name).to_owned(), row.words(Column::LabelZh, Column::LabelEn));
                let (relevant, observes) = (self.expr(row, Column::Relevant), self.observes(row, None));
                let count = self.expr(row, Column::RepeatCount);
                let appearance = row.get(Column::Appearance).to_owned();
                let repeat = Repeat { name, label, relevant, count, appearance, observes, items: Vec::new() };
                self.begin(row, Item::Repeat(repeat));
            }
            ["end", what @ ("group" | "repeat")] => {
                // some repeat the name there, for people
                row.get(Column::Name);
                let fits = match self.open.last().map(|open| &open.item) {
                    Some(Item::Section(_)) => *what == "group",
                    Some(Item::Repeat(_)) => *what == "repeat",
                    _ => false,
                };
                if fits {
                    self.close();
                } else {
                    self.fault(row.number, Column::Type, code::NOT_OPEN, &written);
                }
            }
            ["note"] => {
                let note = Note {
                    name: row.get(Column::Name).to_owned(),
                    label: row.words(Column::LabelZh, Column::LabelEn),
                    hint: row.words(Column::HintZh, Column::HintEn),
                    relevant: self.expr(row, Column::Relevant),
                    appearance: row.get(Column::Appearance).to_owned(),
                };
                self.add(row, Item::Note(note));
            }
            [word] if PASSED_OVER.contains(word) => {
                self.account.note(SURVEY, row.number, Column::Type.name(), code::TYPE_PASSED_OVER, &written);
                row.get(Column::Name);
            }
            _ if !row.get(Column::More).is_empty() => self.more(row, &words),
            words => {
                let kind = self.kind(row, words, &written);
                let question = self.question(row, kind);
                self.add(row, Item::Question(question));
            }
        }
    }

    /// A further picture of the question right before it.
    fn more(&mut self, row: &Row, words: &[&str]) {
        let (of, name) = (row.get(Column::More).to_owned(), row.get(Column::Name).to_owned());
        // its words and condition follow from the question's
        for column in [Column::LabelZh, Column::LabelEn, Column::Relevant, Column::Appearance] {
            row.get(column);
        }
        let before = match self.open.last_mut().map(|open| &mut open.item) {
            Some(Item::Section(section)) => section.items.last_mut(),
            Some(Item::Repeat(repeat)) => repeat.items.last_mut(),
            _ => self.items.last_mut(),
        };
        if let Some(Item::Question(question)) = before
            && let Kind::Photo { most } = &mut question.kind
            && question.name == of
            && matches!(words, ["image" | "photo"])
            && name == photo_name(&of, *most + 1)
        {
            *most += 1;
        } else {
            self.fault(row.number, Column::More, code::MORE_STRAY, &of);
        }
    }

    fn kind(&mut self, row: &Row, words: &[&str], written: &str) -> Kind {
        // a list's name keeps its capitals and underscores
        let mut parts = written.split_whitespace();
        if !parts.next().unwrap_or_default().contains('_') {
            parts.next();
        }
        let (list, behind) = (parts.next(), parts.next());
        let wanted = row.get(Column::Kind).to_owned();
        let kind = match words {
            ["select", "one" | "multiple", ..]
                if behind.is_some_and(|word| word.eq_ignore_ascii_case("or_other")) =>
            {
                self.fault(row.number, Column::Type, code::OR_OTHER, written);
                Kind::Text
            }
            ["select", how @ ("one" | "multiple"), _, ..] => {
                let list = list.unwrap_or_default().to_owned();
                match (*how, list.as_str(), wanted.as_str()) {
                    ("one", CONFORMS, "") => Kind::Conforms { not_applicable: true },
                    ("one", CONFORMS_STRICTLY, "") => Kind::Conforms { not_applicable: false },
                    ("one", _, "grade") => Kind::Grade { list },
                    ("one", _, "") => Kind::OneOf { list },
                    ("multiple", _, "") => Kind::ManyOf { list },
                    _ => {
                        self.fault(row.number, Column::Kind, code::KIND_UNKNOWN, &wanted);
                        Kind::Text
                    }
                }
            }
            ["integer" | "int"] => Kind::Count,
            ["decimal"] => Kind::Number,
            ["text" | "string"] => Kind::Text,
            ["date"] => Kind::Date,
            ["time"] => Kind::Time,
            ["geopoint"] => Kind::Place,
            ["geotrace"] => Kind::Line,
            ["geoshape"] => Kind::Area,
            ["image" | "photo"] => Kind::Photo { most: 1 },
            ["audio"] => Kind::Audio,
            ["calculate"] => match self.expr(row, Column::Calculation) {
                Some(expr) => Kind::Calculate { expr },
                None => {
                    if row.get(Column::Calculation).is_empty() {
                        self.fault(row.number, Column::Calculation, code::EXPRESSION_MISSING, "");
                    }
                    Kind::Text
                }
            },
            // taken for a text, so that what refers to it is not told to be unknown too
            _ => {
                self.fault(row.number, Column::Type, code::TYPE_UNKNOWN, written);
                Kind::Text
            }
        };
        if !wanted.is_empty() && !matches!(words, ["select", ..]) {
            self.fault(row.number, Column::Kind, code::KIND_UNKNOWN, &wanted);
        }
        kind
    }

    fn question(&mut self, row: &Row, kind: Kind) -> Question {
        let required = match row.get(Column::Required).to_lowercase().as_str() {
            "" | "no" | "false" | "false()" => Required::Fixed(false),
            "yes" | "true" | "true()" => Required::Fixed(true),
            _ => self.expr(row, Column::Required).map_or_else(Required::default, Required::When),
        };
        Question {
            name: row.get(Column::Name).to_owned(),
            label: row.words(Column::LabelZh, Column::LabelEn),
            hint: row.words(Column::HintZh, Column::HintEn),
            required,
            required_message: row.words(Column::RequiredMessageZh, Column::RequiredMessageEn),
            relevant: self.expr(row, Column::Relevant),
            constraint: self.expr(row, Column::Constraint),
            constraint_message: row.words(Column::ConstraintMessageZh, Column::ConstraintMessageEn),
            default: row.get(Column::Default).to_owned(),
            appearance: row.get(Column::Appearance).to_owned(),
            observes: self.observes(row, Some(&kind)),
            finding: Finding {
                kind: row.get(Column::Finding).to_owned(),
                severity: row.get(Column::Severity).to_owned(),
            },
            kind,
        }
    }

    fn expr(&mut self, row: &Row, column: Column) -> Option<Expr> {
        let text = row.get(column);
        if text.is_empty() {
            return None;
        }
        match Expr::read(text) {
            Ok(expr) => Some(expr),
            Err(fault) => {
                let (code, what) = (fault.code.code(), (fault.what.as_str(), Some(fault.at)));
                self.account.fault_at(SURVEY, row.number, column.name(), code, what);
                None
            }
        }
    }

    fn observes(&mut self, row: &Row, kind: Option<&Kind>) -> Option<Observes> {
        let (standard, rule) = (row.get(Column::Standard).to_owned(), row.get(Column::Rule));
        if rule.is_empty() {
            if standard.is_empty() {
                return None;
            }
            if matches!(kind, Some(Kind::Conforms { .. })) {
                return Some(Observes { standard, rule: Rule::Conforms });
            }
            self.fault(row.number, Column::Rule, code::RULE_MISSING, &standard);
            return None;
        }
        match rule.parse() {
            Ok(rule) => Some(Observes { standard, rule }),
            Err(fault) => {
                self.fault(row.number, Column::Rule, fault.code(), fault.what());
                None
            }
        }
    }
}
