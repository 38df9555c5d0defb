//! What questions are asked, what is missing, and which doors are on the list, written down in `tests/vectors.json`. An interviewer's
//! telephone works the same out without a network, in TypeScript: `ui/test/surveys.test.mjs` holds it against every line.
//!
//! `CHUANGCHENG_WRITE_DOCS=1 cargo test -p surveys vectors` writes the file.

use super::day_bodies::SurveyAsk;
use super::sample_bodies::SurveyDoor;
use crate::model::{Outcome, Plan, Segment, Visit};
use crate::plan;
use crate::question::{Choice, Question, QuestionKind, When, field, is_asked, settle};
use crate::{samples, sheet};
use kernel::id::Id;
use kernel::workflow::Named as _;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors.json");

/// Chance that is the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        // the constants of Knuth's MMIX
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % most
    }
}

fn asked(n: usize, kind: QuestionKind, when: Option<(usize, &[usize])>) -> Question {
    let options = match kind {
        QuestionKind::Number | QuestionKind::Text => 0,
        _ => 3,
    };
    let number = kind == QuestionKind::Number;
    Question {
        key: format!("q{n}"),
        kind,
        text: format!("问题 {n}"),
        options: (0..options).map(|o| Choice { text: format!("选项 {o}"), counts: None }).collect(),
        least: number.then_some(-5),
        most: number.then_some(120),
        standard: String::new(),
        when: when.map(|(of, options)| When { question: format!("q{of}"), options: options.to_vec() }),
    }
}

/// Conditions on conditions, every kind behind one, and two that stand beside each other.
fn nested() -> Vec<Question> {
    use QuestionKind::{Multiple, Number, Scale, Single, Text};
    vec![
        asked(1, Single, None),
        asked(2, Multiple, Some((1, &[0, 1]))),
        asked(3, Number, Some((2, &[2]))),
        asked(4, Scale, Some((2, &[0]))),
        asked(5, Text, Some((4, &[1, 2]))),
        asked(6, Text, None),
        asked(7, Number, None),
        asked(8, Multiple, Some((4, &[0]))),
    ]
}

/// What a form or a program may send for a question.
const TEXTS: [&str; 24] = [
    "0", "1", "2", "3", "4", "0", "1", "2", "7", "unsure", "unsure", "", " ", " 1 ", "+2", "-1", "-6", "121",
    "1.5", "x", "一", "00", "100", "９",
];

fn given(dice: &mut Dice, questions: &[Question]) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    for question in questions {
        let some = match dice.below(30) {
            0 => 0,
            1 => 2,
            2..=12 if question.kind == QuestionKind::Multiple => 2,
            _ => 1,
        };
        // mostly what can be chosen, so that whole forms come about
        let text = |dice: &mut Dice| match dice.below(20) {
            0 => TEXTS[dice.below(TEXTS.len())].to_owned(),
            _ if question.has_options() => dice.below(question.options.len()).to_string(),
            _ => dice.below(60).to_string(),
        };
        let texts: Vec<String> = (0..some).map(|_| text(dice)).collect();
        if !texts.is_empty() {
            all.insert(field(question), texts);
        }
    }
    if dice.below(12) == 0
        && let Some(text) = questions.iter().find(|q| q.kind == QuestionKind::Text)
    {
        all.insert(field(text), vec!["很".repeat(199 + dice.below(3))]);
    }
    all
}

fn case(questions: &[Question], given: &BTreeMap<String, Vec<String>>) -> Value {
    let texts = |key: &str| given.get(&format!("q-{key}")).cloned().unwrap_or_default();
    match settle(questions, texts) {
        Ok(settled) => {
            let asked: Vec<String> =
                questions.iter().filter(|q| is_asked(q, &settled.sheet)).map(field).collect();
            json!({ "given": given, "asked": asked })
        }
        Err(problem) => {
            let faults: Vec<[String; 2]> =
                problem.fields.iter().map(|f| [f.field.to_string(), f.code.to_owned()]).collect();
            json!({ "given": given, "faults": faults })
        }
    }
}

fn segment(households: i64, target: i64) -> Segment {
    Segment {
        id: Id::new(1),
        survey_id: Id::new(1),
        place: 1,
        name: String::new(),
        division: String::new(),
        division_name: String::new(),
        households,
        target,
        token: String::new(),
        interviewer_id: None,
        interviewer: String::new(),
        version: 1,
    }
}

/// A day at doors: what the telephone was given, and after each visit what the list is.
fn walk(dice: &mut Dice, households: i64, target: i64, tries: i64) -> Value {
    let (plan, seed) = (Plan { tries, ..Plan::default() }, "5e".repeat(32));
    let segment = segment(households, target);
    let mut visits: Vec<Visit> = Vec::new();
    let doors = |visits: &[Visit]| plan::doors(&plan, &seed, &segment, visits);
    let told = |visits: &[Visit]| -> Vec<SurveyDoor> { doors(visits).iter().map(SurveyDoor::of).collect() };
    let mut taken = json!(null);
    let mut steps = Vec::new();
    for step in 0..14 {
        let open: Vec<i64> =
            doors(&visits).iter().filter(|d| d.stand.is_open()).map(|d| d.household).collect();
        if step == 4 {
            let all = doors(&visits);
            taken = json!({ "doors": told(&visits), "ahead": plan::ahead(&seed, &segment, &all) });
        }
        if open.is_empty() {
            break;
        }
        let household = open[dice.below(open.len())];
        let outcome = Outcome::ALL[[0, 1, 1, 2, 2, 2][dice.below(6)]];
        match visits.iter_mut().find(|v| v.household == household) {
            Some(visit) => (visit.outcome, visit.tries) = (outcome, visit.tries + 1),
            None => visits.push(Visit {
                id: Id::new(1),
                survey_id: Id::new(1),
                segment_id: Id::new(1),
                household,
                outcome,
                tries: 1,
                day: kernel::time::date_from_epoch_days(20_000),
                person_id: Id::new(1),
                person: String::new(),
                version: 1,
            }),
        }
        if step >= 4 {
            let nth = visits.iter().find(|v| v.household == household).map_or(0, |v| v.tries);
            steps.push(json!({ "household": household, "outcome": outcome.code(), "nth": nth, "doors": told(&visits) }));
        }
    }
    json!({ "target": target, "tries": tries, "taken": taken, "steps": steps })
}

/// One case a line, so that a change shows where.
fn written() -> String {
    let (citizens, _, _) = sheet::read(samples::CITIZENS.as_bytes().to_vec()).unwrap();
    let mut dice = Dice(2026);
    let mut text = String::from("{\"forms\":[\n");
    for (n, questions) in [citizens, nested()].iter().enumerate() {
        let asks: Vec<SurveyAsk> = questions.iter().map(|q| SurveyAsk::of(q, questions)).collect();
        let asks = serde_json::to_string(&asks).unwrap();
        let _ = write!(text, "{}{{\"questions\":{asks},\n\"cases\":[\n", if n > 0 { ",\n" } else { "" });
        for at in 0..400 {
            let given = given(&mut dice, questions);
            let _ = write!(text, "{}{}", if at > 0 { ",\n" } else { "" }, case(questions, &given));
        }
        text.push_str("]}");
    }
    text.push_str("],\n\"walks\":[\n");
    for n in 0..40 {
        let target = i64::try_from(2 + dice.below(6)).unwrap();
        let tries = i64::try_from(1 + dice.below(3)).unwrap();
        let households = target + i64::try_from(dice.below(30)).unwrap();
        let _ =
            write!(text, "{}{}", if n > 0 { ",\n" } else { "" }, walk(&mut dice, households, target, tries));
    }
    text.push_str("]}\n");
    text
}

#[test]
fn the_telephone_is_told_what_this_reader_says() {
    let now = written();
    if std::env::var_os("CHUANGCHENG_WRITE_DOCS").is_some() {
        std::fs::write(FILE, &now).unwrap();
    }
    let before = std::fs::read_to_string(FILE).unwrap_or_default();
    let differs = now.lines().zip(before.lines()).position(|(one, other)| one != other);
    assert_eq!(
        differs, None,
        "tests/vectors.json is of another reader: write it again, and mend ui/src/lib/survey"
    );
    assert_eq!(now.len(), before.len(), "tests/vectors.json is longer or shorter");
}

#[test]
fn the_cases_reach_every_rule() {
    let all: Value = serde_json::from_str(&written()).unwrap();
    let text = all.to_string();
    for code in [
        "survey-answer-missing",
        "not-a-choice",
        "not-a-number",
        "not-within",
        "survey-unsure-beside",
        "too-long",
    ] {
        assert!(text.contains(code), "{code}");
    }
    let whole =
        |form: &Value| form["cases"].as_array().unwrap().iter().filter(|c| c["asked"].is_array()).count();
    assert!(all["forms"].as_array().unwrap().iter().all(|form| whole(form) >= 10));
    for state in ["waiting", "again", "answered", "refused", "absent"] {
        assert!(text.contains(&format!("\"state\":\"{state}\"")), "{state}");
    }
}
