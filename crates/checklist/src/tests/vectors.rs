//! What this reader says of many expressions and answers, written down in `tests/vectors.json`. The inspector's telephone works
//! the same out without a network, in TypeScript: `ui/test/vectors.test.mjs` holds it against every line.
//!
//! `CHUANGCHENG_WRITE_DOCS=1 cargo test -p checklist vectors` writes the file.

mod forms;

use super::TODAY;
use super::made::Tape;
use crate::Expr;
use crate::expr::{Function, Op, Scalar, Surroundings, Tree, Value, Wants, days_of, work_out};
use jiff::civil::{Date, date};
use serde_json::{Value as Json, json};
use std::fmt::Write;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors.json");

/// What stands around the expressions; the file holds the same.
struct Around;

fn known() -> Vec<(&'static str, Vec<Scalar>)> {
    let text = |text: &str| vec![Scalar::Text(text.to_owned())];
    vec![
        ("a", vec![Scalar::Number(3.0)]),
        ("b", text("")),
        ("low", vec![Scalar::Number(-2.345)]),
        ("t", text("路灯 12")),
        ("m", text("cable drain")),
        ("n", text(" 7.50 ")),
        ("when", text("2026-11-28")),
        ("d", vec![Scalar::Date(days_of(date(2026, 11, 28)))]),
        (
            "r",
            vec![Scalar::Number(1.0), Scalar::Number(5.0), Scalar::Text(String::new()), Scalar::Number(2.5)],
        ),
        ("none", Vec::new()),
    ]
}

impl Surroundings for Around {
    fn answers(&self, name: &str) -> Value {
        match known().into_iter().find(|(known, _)| *known == name) {
            Some((_, all)) => Value::Nodes(all),
            None => Value::One(Scalar::nothing()),
        }
    }

    fn this(&self) -> Scalar {
        Scalar::Number(7.0)
    }

    fn position(&self, steps: usize) -> usize {
        steps + 1
    }

    fn today(&self) -> Date {
        TODAY
    }
}

/// Numbers as texts: JSON has no infinity.
fn shown(scalar: &Scalar) -> Json {
    match scalar {
        Scalar::Text(text) => json!({ "text": text }),
        Scalar::Number(number) => json!({ "number": number.to_string() }),
        Scalar::Truth(truth) => json!({ "truth": truth }),
        Scalar::Date(days) => json!({ "date": days }),
    }
}

const NAMES: [&str; 11] = ["a", "b", "low", "t", "m", "n", "when", "d", "r", "none", "unknown"];
const TEXTS: [&str; 16] = [
    "",
    "a",
    "路",
    "drain",
    " 7 ",
    "-3.5",
    ".5",
    "5.",
    ".",
    "-",
    "1e3",
    "true",
    "2026-02-28",
    "2026-02-30",
    "12路灯",
    "\u{3000}8\u{a0}",
];
const NUMBERS: [f64; 9] = [0.0, 1.0, 2.0, 2.5, 0.1, 2.345, 1250.0, 123_456_789_012_345.0, 0.000_000_123];
const PATTERNS: [&str; 20] = [
    "[0-9]+路",
    "a|12",
    "(a|b)*c?",
    r"\d{3}-\d{4}",
    r"[^\s]+",
    "路灯.*",
    r"\p",
    "(",
    "[一-龥]{2} \\d+",
    r"(?i)CABLE\b.*",
    "[[:alpha:]]+ [[:lower:]]{2,}",
    "^$",
    r"-?\d+(\.\d+)?",
    "[]a-c]+",
    "[-a]+",
    r"(?x) 1 2 # three",
    "(?P<x>[ab])+?",
    "a{2}",
    "(a*)*",
    r"\x{8def}灯\u0020[^a]{2}",
];

fn text(text: &str) -> Tree {
    Tree::Text(text.to_owned())
}

fn name(name: &str) -> Tree {
    Tree::Name(name.to_owned())
}

fn leaves() -> Vec<Tree> {
    let names = NAMES.into_iter().map(name);
    let texts = TEXTS.into_iter().map(text);
    let numbers =
        NUMBERS.into_iter().flat_map(|n| [Tree::Number(n), Tree::Negative(Box::new(Tree::Number(n)))]);
    names
        .chain(texts)
        .chain(numbers)
        .chain([Tree::This, Tree::Position(1), call(Function::Today, vec![])])
        .collect()
}

fn call(function: Function, given: Vec<Tree>) -> Tree {
    Tree::Call(function, given)
}

const OPS: [Op; 13] = [
    Op::Or,
    Op::And,
    Op::Equal,
    Op::Unequal,
    Op::Less,
    Op::AtMost,
    Op::More,
    Op::AtLeast,
    Op::Add,
    Op::Subtract,
    Op::Multiply,
    Op::Divide,
    Op::Remainder,
];

/// Every operator and every function over what they can be given, and many laid over each other.
fn trees() -> Vec<Tree> {
    let leaves = leaves();
    let truths = [call(Function::True, vec![]), call(Function::False, vec![])];
    let mut all = leaves.clone();
    // the ones that are taken for each other in different ways
    let few: Vec<Tree> = ["a", "b", "low", "n", "d", "when", "none"]
        .into_iter()
        .map(name)
        .chain(truths.clone())
        .chain([text("3")])
        .collect();
    for op in OPS {
        for one in &few {
            all.extend(
                few.iter().map(|other| Tree::Pair(op, Box::new(one.clone()), Box::new(other.clone()))),
            );
        }
    }
    for function in Function::ALL.iter().copied() {
        match (function, function.arguments()) {
            (_, (0, 0)) => all.push(call(function, vec![])),
            (_, _) if function.wants() == Wants::All => {
                all.extend(NAMES.into_iter().map(|n| call(function, vec![name(n)])));
            }
            (Function::Regex, _) => {
                let of = ["", "a", "12路", "路灯 12", "abac", "cable drain", "-3.5", "555-1234", "]a", "aa"];
                for pattern in PATTERNS {
                    all.extend(of.iter().map(|of| call(function, vec![text(of), text(pattern)])));
                }
            }
            (Function::Round, _) => {
                for of in &leaves {
                    all.push(call(function, vec![of.clone()]));
                    let places = [1.0, 2.0, 30.0].map(Tree::Number).into_iter();
                    let places = places.chain([Tree::Negative(Box::new(Tree::Number(2.0))), text("")]);
                    all.extend(places.map(|places| call(function, vec![of.clone(), places])));
                }
            }
            (_, (1, _)) => {
                all.extend(leaves.iter().chain(&truths).map(|of| call(function, vec![of.clone()])));
            }
            (_, (2, _)) => {
                let second =
                    [text(""), text("a"), text("drain"), text(" 7"), Tree::Number(1.0), name("b"), name("a")];
                for of in [
                    name("m"),
                    name("t"),
                    name("b"),
                    name("r"),
                    name("d"),
                    text("drain"),
                    text("7 a a"),
                    Tree::Number(12.0),
                ] {
                    all.extend(second.iter().map(|other| call(function, vec![of.clone(), other.clone()])));
                }
            }
            _ => {
                for of in leaves.iter().chain(&truths) {
                    all.push(call(function, vec![of.clone(), text("yes"), name("low")]));
                }
            }
        }
    }
    let mut dice = Dice(7);
    all.extend((0..500).map(|_| dice.tree(&leaves, 4)));
    all
}

/// The same numbers every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn tape(&mut self) -> Tape {
        Tape::new((0..40 + self.below(200)).map(|_| u32::try_from(self.below(10_000)).unwrap()).collect())
    }

    fn tree(&mut self, leaves: &[Tree], deep: usize) -> Tree {
        if deep == 0 || self.below(6) == 0 {
            return leaves[self.below(leaves.len())].clone();
        }
        if self.below(2) == 0 {
            let op = OPS[self.below(OPS.len())];
            return Tree::Pair(
                op,
                Box::new(self.tree(leaves, deep - 1)),
                Box::new(self.tree(leaves, deep - 1)),
            );
        }
        let function = Function::ALL[self.below(Function::ALL.len())];
        let (least, _) = function.arguments();
        let given = match (function, function.wants()) {
            (_, Wants::All) => vec![name(NAMES[self.below(NAMES.len())])],
            (Function::Regex, _) => {
                vec![self.tree(leaves, deep - 1), text(PATTERNS[self.below(PATTERNS.len())])]
            }
            _ => (0..least).map(|_| self.tree(leaves, deep - 1)).collect(),
        };
        call(function, given)
    }
}

/// One line for each, so that a change is seen where it is.
fn written() -> String {
    let names: serde_json::Map<String, Json> =
        known().iter().map(|(name, all)| ((*name).to_owned(), all.iter().map(shown).collect())).collect();
    let mut out = format!(
        "{{\n\"today\": {},\n\"this\": {},\n\"names\": {},\n\"expressions\": [\n",
        json!(TODAY.to_string()),
        shown(&Around.this()),
        Json::Object(names)
    );
    let lines: Vec<String> = trees()
        .iter()
        .map(|tree| json!({ "tree": tree, "result": shown(&work_out(tree, &Around).one()) }).to_string())
        .collect();
    let _ = write!(out, "{}\n],\n\"forms\": [\n", lines.join(",\n"));
    let forms: Vec<String> = forms::all()
        .iter()
        .map(|(list, given)| {
            let cases: Vec<String> = given
                .iter()
                .map(|answers| {
                    json!({ "answers": answers, "settled": list.settle(answers, TODAY) }).to_string()
                })
                .collect();
            let head =
                json!({ "checklist": list.for_a_device(), "begun": list.begin(&list.items) }).to_string();
            format!("{},\"cases\":[\n{}\n]}}", head.strip_suffix('}').unwrap(), cases.join(",\n"))
        })
        .collect();
    let _ = write!(out, "{}\n]\n}}\n", forms.join(",\n"));
    out
}

#[test]
fn the_telephone_is_told_what_this_reader_says() {
    let now = written();
    if std::env::var_os("CHUANGCHENG_WRITE_DOCS").is_some() {
        std::fs::write(FILE, &now).unwrap();
    }
    let before = std::fs::read_to_string(FILE).unwrap();
    let differs = now.lines().zip(before.lines()).position(|(one, other)| one != other);
    assert_eq!(
        differs, None,
        "tests/vectors.json is of another reader: write it again, and mend ui/src/lib/field"
    );
    assert_eq!(now.len(), before.len(), "tests/vectors.json is longer or shorter");
}

#[test]
fn every_expression_goes_to_a_device_as_its_tree() {
    let sent = forms::nested().for_a_device().to_string();
    for text in ["${lines}", "position(..)", "today()"] {
        assert!(!sent.contains(text), "{text} is still a text");
    }
    let tree = |text: &str| serde_json::to_value(Expr::read(text).unwrap().tree()).unwrap();
    assert_eq!(
        tree("-${a} * 2 >= position(../..) and not(. = 'x')"),
        json!({"op": "and", "of": [
            {"op": ">=", "of": [
                {"op": "*", "of": [{"negative": {"name": "a"}}, {"number": 2.0}]},
                {"position": 2},
            ]},
            {"call": "not", "of": [{"op": "=", "of": [{"this": true}, {"text": "x"}]}]},
        ]})
    );
}
