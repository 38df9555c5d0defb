//! Checklists and answers made up from a tape of numbers, so that properties can be tried on many.

use crate::model::{Finding, Format};
use crate::{
    Answers, Checklist, Choice, Counting, Expr, Given, Item, Kind, List, Note, Observes, Place, Question,
    Repeat, Required, Rule, Section, Text,
};
use proptest::prelude::*;
use scoring::Exact;

pub(crate) struct Tape {
    numbers: Vec<u32>,
    at: usize,
}

impl Tape {
    pub(crate) fn new(numbers: Vec<u32>) -> Self {
        Self { numbers, at: 0 }
    }

    /// From 0 to below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.at += 1;
        let number = self.numbers.get(self.at % self.numbers.len().max(1)).copied().unwrap_or(0);
        // a short tape goes round, and says something else then
        (number as usize).wrapping_add(self.at * (self.at / self.numbers.len().max(1))) % end.max(1)
    }

    fn small(&mut self, end: usize) -> f64 {
        f64::from(u16::try_from(self.below(end)).unwrap())
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<'x>(&mut self, all: &[&'x str]) -> &'x str {
        all[self.below(all.len())]
    }
}

pub(crate) fn tapes() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(0_u32..10_000, 1..300)
}

const WORDS: [&str; 14] = [
    "地面干净",
    "=1+1",
    "a < b & \"c\" > 'd'",
    "1",
    "TRUE",
    "2026-01-01",
    "'引号",
    "两行\n文字",
    "0012",
    "-",
    "@here",
    "🚌 站台",
    "1.50",
    "]]>",
];

fn words(tape: &mut Tape) -> Text {
    Text::new(tape.pick(&WORDS), tape.pick(&WORDS))
}

fn maybe_words(tape: &mut Tape) -> Text {
    if tape.one_in(3) { words(tape) } else { Text::default() }
}

struct Maker {
    tape: Tape,
    next: usize,
    /// Questions that can be referred to from here: name, kind.
    seen: Vec<(String, Kind)>,
}

pub(crate) fn checklist(tape: Tape) -> Checklist {
    let mut maker = Maker { tape, next: 0, seen: Vec::new() };
    let size = 1 + maker.tape.below(8);
    let items = maker.items(size, 0);
    let choice = |name: &str, tape: &mut Tape| Choice { name: name.to_owned(), label: words(tape) };
    let tape = &mut maker.tape;
    let grades = ["A", "B", "C", "D"].map(|name| choice(name, tape)).to_vec();
    let fruit = ["1", "pear", "x-y_z.0"].map(|name| choice(name, tape)).to_vec();
    Checklist {
        format: Format,
        code: "made".to_owned(),
        version: tape.pick(&["1", "2026-11", "v 2"]).to_owned(),
        title: words(tape),
        lists: vec![
            List { name: "grades".to_owned(), choices: grades },
            List { name: "fruit_or_so".to_owned(), choices: fruit },
        ],
        items,
    }
}

impl Maker {
    fn name(&mut self) -> String {
        self.next += 1;
        format!("{}{}", self.tape.pick(&["q", "Frage_", "x.", "a-"]), self.next)
    }

    fn items(&mut self, size: usize, depth: usize) -> Vec<Item> {
        (0..size.max(1)).map(|_| self.item(depth)).collect()
    }

    fn condition(&mut self) -> Option<Expr> {
        if self.seen.is_empty() || !self.tape.one_in(3) {
            return None;
        }
        let at = self.tape.below(self.seen.len());
        let (name, kind) = self.seen[at].clone();
        let written = match kind {
            Kind::Conforms { .. } => format!("${{{name}}} = 'unmet'"),
            Kind::ManyOf { .. } => format!("selected(${{{name}}}, 'pear')"),
            Kind::Count | Kind::Number => format!("not(${{{name}}} > 2)"),
            Kind::Date => format!("${{{name}}} <= today()"),
            _ => format!("${{{name}}} != ''"),
        };
        Some(written.parse().unwrap())
    }

    fn item(&mut self, depth: usize) -> Item {
        let name = self.name();
        let label = words(&mut self.tape);
        let relevant = self.condition();
        let appearance = self.tape.pick(&["", "", "minimal"]).to_owned();
        match self.tape.below(if depth < 3 { 10 } else { 7 }) {
            8 => {
                let size = self.tape.below(5);
                let items = self.items(size, depth + 1);
                let observes = self.over(&items);
                Item::Section(Section { name, label, relevant, appearance, observes, items })
            }
            9 => {
                let before = self.seen.clone();
                let count = match self.tape.below(4) {
                    0 => Some("2".parse().unwrap()),
                    1 => before
                        .iter()
                        .find(|(_, k)| *k == Kind::Count)
                        .map(|(n, _)| format!("${{{n}}}").parse().unwrap()),
                    _ => None,
                };
                let size = self.tape.below(4);
                let items = self.items(size, depth + 1);
                let observes = self.over(&items);
                self.seen = before;
                Item::Repeat(Repeat { name, label, relevant, count, appearance, observes, items })
            }
            7 => Item::Note(Note { name, label, hint: maybe_words(&mut self.tape), relevant, appearance }),
            _ => Item::Question(self.question(name, label, relevant, appearance)),
        }
    }

    fn question(
        &mut self,
        name: String,
        label: Text,
        relevant: Option<Expr>,
        appearance: String,
    ) -> Question {
        let kind = self.kind();
        let required = match self.tape.below(4) {
            0 => Required::Fixed(true),
            1 => self.condition().map_or(Required::Fixed(false), Required::When),
            _ => Required::Fixed(false),
        };
        let rule = match &kind {
            Kind::Conforms { .. } => Some(Rule::Conforms),
            Kind::Grade { .. } => Some("graded A=1 B=7/9 C=0.5 D=0".parse().unwrap()),
            Kind::Count if self.tape.one_in(2) => Some("threshold at-least=3".parse().unwrap()),
            Kind::Count => Some("deduct full=10 each=4 wanted=5 per=2 floor=1".parse().unwrap()),
            _ => None,
        };
        let observes = rule
            .filter(|_| !self.tape.one_in(3))
            .map(|rule| Observes { standard: "Ⅲ-87-1)".to_owned(), rule });
        self.seen.push((name.clone(), kind.clone()));
        let constraint = if kind == Kind::Count { Some(". < 900".parse().unwrap()) } else { None };
        let default = match &kind {
            Kind::Conforms { .. } => "met",
            Kind::Count => "-3",
            Kind::Date => "2026-11-30",
            Kind::Text => "甲-乙",
            _ => "",
        };
        let default = if self.tape.one_in(4) { default } else { "" };
        Question {
            hint: maybe_words(&mut self.tape),
            required_message: maybe_words(&mut self.tape),
            constraint_message: maybe_words(&mut self.tape),
            finding: Finding { kind: self.tape.pick(&["", "0501"]).to_owned(), severity: String::new() },
            required,
            relevant,
            constraint,
            default: default.to_owned(),
            appearance,
            observes,
            ..Question::new(name, kind, label)
        }
    }

    fn kind(&mut self) -> Kind {
        match self.tape.below(16) {
            0..=2 => Kind::Conforms { not_applicable: true },
            3 => Kind::Conforms { not_applicable: false },
            4 => Kind::Grade { list: "grades".to_owned() },
            5 | 6 => Kind::Count,
            7 => Kind::Number,
            8 => Kind::Text,
            9 => Kind::OneOf { list: "fruit_or_so".to_owned() },
            10 => Kind::ManyOf { list: "fruit_or_so".to_owned() },
            11 => Kind::Date,
            12 => Kind::Time,
            13 => Kind::Place,
            14 => match self.tape.below(4) {
                0 => Kind::Line,
                1 => Kind::Area,
                2 => Kind::Audio,
                _ => Kind::Calculate {
                    expr: match self.condition() {
                        Some(condition) => format!("if({condition}, 'a', 'b')").parse().unwrap(),
                        None => "1 div 3".parse().unwrap(),
                    },
                },
            },
            _ => Kind::Photo { most: 1 + u32::try_from(self.tape.below(3)).unwrap() },
        }
    }

    /// A rule that fits what stands inside.
    fn over(&mut self, items: &[Item]) -> Option<Observes> {
        let has = |wanted: fn(&Kind) -> bool| {
            items
                .iter()
                .find(|item| matches!(item, Item::Question(q) if wanted(&q.kind)))
                .map(|item| item.name().to_owned())
        };
        let conforms = has(|kind| matches!(kind, Kind::Conforms { .. }));
        let count = has(|kind| *kind == Kind::Count);
        let rule = match (self.tape.below(6), conforms, count) {
            (0, Some(_), _) => Rule::AnyFails,
            (1, Some(_), _) => "ratio".parse().unwrap(),
            (2, Some(_), _) => "ratio target=95% strict".parse().unwrap(),
            (3, _, Some(good)) => Rule::Ratio {
                counting: Counting::Fields { good: good.clone(), of: Some(good) },
                target: Exact::ratio(9, 10),
                strict: false,
            },
            (4, _, Some(good)) => {
                Rule::Threshold { counting: Counting::Fields { good, of: None }, at_least: 2 }
            }
            _ => return None,
        };
        Some(Observes { standard: "Ⅲ-9-2)".to_owned(), rule })
    }
}

/// Answers that fit their questions, most of them given, relevant or not.
pub(crate) fn answers(checklist: &Checklist, tape: &mut Tape) -> Answers {
    let mut all = Answers::default();
    fill(&checklist.items, tape, &mut all);
    all
}

fn fill(items: &[Item], tape: &mut Tape, all: &mut Answers) {
    for item in items {
        match item {
            Item::Section(section) => fill(&section.items, tape, all),
            Item::Repeat(repeat) => {
                let rows: Vec<Answers> = (0..tape.below(4))
                    .map(|_| {
                        let mut row = Answers::default();
                        fill(&repeat.items, tape, &mut row);
                        row
                    })
                    .collect();
                if !rows.is_empty() {
                    all.rows.insert(repeat.name.clone(), rows);
                }
            }
            Item::Question(question) => {
                if let Some(given) = given(&question.kind, tape)
                    && !tape.one_in(6)
                {
                    all.given.insert(question.name.clone(), given);
                }
            }
            Item::Note(_) => {}
        }
    }
}

fn given(kind: &Kind, tape: &mut Tape) -> Option<Given> {
    let text = |text: &str| Some(Given::Text(text.to_owned()));
    let place = |tape: &mut Tape| Place {
        lat: 39.5 + tape.small(1000) / 1024.0,
        lng: 98.2,
        altitude: Some(0.0),
        accuracy: Some(4.5),
    };
    match kind {
        Kind::Conforms { not_applicable: true } => text(tape.pick(&["met", "met", "unmet", "na"])),
        Kind::Conforms { not_applicable: false } => text(tape.pick(&["met", "unmet"])),
        Kind::Grade { .. } => text(tape.pick(&["A", "B", "C", "D"])),
        Kind::Count => Some(Given::Whole(i64::try_from(tape.below(12)).unwrap() - 2)),
        Kind::Number => Some(Given::Number(tape.small(100) + 0.25)),
        Kind::Text => text(tape.pick(&["路灯不亮", "a < b & c", "]]>", "两行\n文字"])),
        Kind::OneOf { .. } => text(tape.pick(&["1", "pear"])),
        Kind::ManyOf { .. } => Some(Given::List(vec!["pear".to_owned(), "x-y_z.0".to_owned()])),
        Kind::Date => text(tape.pick(&["2026-11-30", "2027-02-28"])),
        Kind::Time => text("14:05:09"),
        Kind::Place => Some(Given::Place(place(tape))),
        Kind::Line => Some(Given::Places((0..2).map(|_| place(tape)).collect())),
        Kind::Area => {
            let corner =
                |lat: f64| Place { lat, lng: 98.0 + lat / 100.0, altitude: Some(0.0), accuracy: Some(1.0) };
            Some(Given::Places(vec![corner(1.0), corner(2.0), corner(3.5)]))
        }
        Kind::Photo { most } => Some(Given::List((0..*most).map(|n| format!("p {n}.jpg")).collect())),
        Kind::Audio => text("m.m4a"),
        Kind::Calculate { .. } => None,
    }
}
