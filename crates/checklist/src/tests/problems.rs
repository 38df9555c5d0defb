//! Faults of checklists, each with its place.

use super::made::{self, Tape, tapes};
use super::{around, ask, checklist};
use crate::problems::Code;
use crate::{Checklist, FaultCode, Part, ProblemPlace, words};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

/// Number of the item, part and code.
fn found(list: &Checklist) -> Vec<(usize, Part, Code)> {
    let number = |place: &ProblemPlace| match place {
        ProblemPlace::Checklist => 0,
        ProblemPlace::Item { number, .. } => *number,
        ProblemPlace::List { number, choice, .. } => 100 * number + choice.unwrap_or(0),
    };
    list.problems().iter().map(|problem| (number(&problem.place), problem.part, problem.code)).collect()
}

#[test]
fn names_and_words() {
    let words = |zh: &str, en: &str| json!({"label": {"zh": zh, "en": en}});
    let list = checklist(json!([
        ask("q1", "text", words("甲", "")),
        ask("Q1", "text", words("甲", "A ${q1}")),
        ask("1q", "text", words("甲\u{7}", "A")),
        ask("meta", "text", json!({"hint": {"zh": "甲", "en": ""}})),
        ask("photo", "photo", json!({})),
        ask("photo_2", "text", json!({})),
        around("section", "s", json!({"label": {}}), json!([])),
        around("repeat", "r", json!({"count": "2"}), json!([ask("r_count", "text", json!({}))])),
        ask(
            "long",
            "text",
            json!({"label": {"zh": "长".repeat(1001), "en": "a"}, "appearance": "a".repeat(101)})
        ),
        ask("none", "photo", json!({"most": 0})),
    ]));
    assert_eq!(
        found(&list),
        [
            (1, Part::LabelEn, Code::LabelMissing),
            (2, Part::Name, Code::NameTwice),
            (2, Part::LabelEn, Code::ReferenceInWords),
            (3, Part::Name, Code::BadName),
            (3, Part::LabelZh, Code::ControlCharacter),
            (4, Part::Name, Code::NameReserved),
            (4, Part::Hint, Code::LabelMissing),
            (6, Part::Name, Code::NameReserved),
            (7, Part::Items, Code::NoItems),
            (9, Part::Name, Code::NameReserved),
            (10, Part::LabelZh, Code::TooLong),
            (10, Part::Appearance, Code::TooLong),
            (11, Part::Kind, Code::PhotoCount),
        ]
    );
    let mut list = checklist(json!([]));
    list.code = "a b".to_owned();
    list.version = String::new();
    list.title.en = String::new();
    let codes: Vec<Code> = found(&list).into_iter().map(|f| f.2).collect();
    assert_eq!(codes, [Code::BadName, Code::Blank, Code::LabelMissing, Code::NoItems]);
}

#[test]
fn lists_and_defaults() {
    let mut list = checklist(json!([
        ask("a", "one-of", json!({"list": "veg"})),
        ask("b", "one-of", json!({"default": "grape"})),
        ask("c", "text", json!({"default": "concat('a', 'b')"})),
        ask("d", "date", json!({"default": "2026-11-31"})),
        ask("e", "count", json!({"default": "-1"})),
        ask("f", "text", json!({"default": "a - b"})),
        ask("g", "calculate", json!({"expr": "1", "default": "1"})),
    ]));
    list.lists[0].choices[1].name = "A".to_owned();
    list.lists[0].choices[2].name = "a b".to_owned();
    let twice = list.lists[1].clone();
    list.lists.push(twice);
    list.lists.push(crate::List { name: "cc_conforms".to_owned(), choices: Vec::new() });
    assert_eq!(
        found(&list),
        [
            (102, Part::Name, Code::ChoiceTwice),
            (103, Part::Name, Code::BadName),
            (300, Part::Name, Code::ListTwice),
            (400, Part::Name, Code::NameReserved),
            (400, Part::Choices, Code::NoChoices),
            (1, Part::Choices, Code::UnknownList),
            (2, Part::Default, Code::DefaultWrong),
            (3, Part::Default, Code::DefaultWorkedOut),
            (4, Part::Default, Code::DefaultWrong),
            (6, Part::Default, Code::DefaultWorkedOut),
            (7, Part::Default, Code::DefaultWrong),
        ]
    );
}

#[test]
fn expressions() {
    let list = checklist(json!([
        ask("a", "count", json!({"relevant": "${nobody} > 1"})),
        ask("b", "count", json!({"relevant": "${a}", "constraint": "."})),
        ask("c", "count", json!({"relevant": ". > 1"})),
        ask("d", "count", json!({"relevant": "position(../..) = 1"})),
        around(
            "repeat",
            "r",
            json!({}),
            json!([
                ask("in", "count", json!({"relevant": "${in2} > 1"})),
                ask("in2", "count", json!({"constraint": ". < sum(${in2})"})),
            ])
        ),
        ask("e", "count", json!({"relevant": "${in} > 1 and count(${r}) > 1 and ${r} = 1"})),
        ask("f", "calculate", json!({"expr": "max(${in}) + max(1, ${in})"})),
        ask("yes", "calculate", json!({"expr": "if(${a} = 1, 1, not(${b} = 1))"})),
        ask("g", "calculate", json!({"expr": "${h}"})),
        ask("h", "calculate", json!({"expr": "${g}"})),
        ask("i", "text", json!({"relevant": "${g} = 1"})),
        around("section", "s", json!({"relevant": "${j} = 1"}), json!([ask("j", "count", json!({}))])),
        ask("k", "text", json!({"required": "not(${a}) or if(${b}, 1, 2) = 1"})),
    ]));
    assert_eq!(
        found(&list),
        [
            (1, Part::Relevant, Code::UnknownReference),
            (2, Part::Relevant, Code::ReferenceAsTruth),
            (2, Part::Constraint, Code::ReferenceAsTruth),
            (3, Part::Relevant, Code::ThisOutOfPlace),
            (4, Part::Relevant, Code::StepsTooMany),
            (7, Part::Constraint, Code::Circle),
            (8, Part::Relevant, Code::ManyAsOne),
            (8, Part::Relevant, Code::NotAQuestion),
            (9, Part::Calculate, Code::ManyAsOne),
            (10, Part::Calculate, Code::TruthCalculated),
            (16, Part::Required, Code::ReferenceAsTruth),
            (16, Part::Required, Code::ReferenceAsTruth),
            (11, Part::Calculate, Code::Circle),
            (12, Part::Calculate, Code::Circle),
            (14, Part::Relevant, Code::Circle),
        ]
    );
}

#[test]
fn rules() {
    let at = |kind: &str, rule: &str| {
        let rule: crate::Rule = rule.parse().unwrap();
        ask("q", kind, json!({"observes": {"standard": "Ⅲ-1", "rule": rule}}))
    };
    let over = |item: &str, rule: &str| {
        let rule: crate::Rule = rule.parse().unwrap();
        let items: Json = json!([
            ask("ok", "conforms", json!({})),
            ask("n", "count", json!({})),
            ask("at", "place", json!({})),
            around("repeat", "deep", json!({}), json!([ask("deep_n", "count", json!({}))])),
        ]);
        around(item, "s", json!({"observes": {"standard": "Ⅲ-1", "rule": rule}}), items)
    };
    for (item, code) in [
        (at("text", "conforms"), Some(Code::RuleMisfit)),
        (at("conforms", "any-fails"), Some(Code::RuleMisfit)),
        (at("count", "ratio"), Some(Code::RuleMisfit)),
        (at("count", "threshold at-least=1"), None),
        (at("count", "threshold at-least=0"), Some(Code::RuleNumber)),
        (at("grade", "graded A=1 B=0.5"), Some(Code::RuleGrades)),
        (at("grade", "graded A=1 B=0.5 C=0 D=0"), Some(Code::RuleGrades)),
        (at("grade", "graded A=1 B=0.5 C=2"), Some(Code::RuleNumber)),
        (at("grade", "graded A=1 B=50% C=0"), None),
        (over("section", "ratio"), None),
        (over("section", "ratio target=1.2"), Some(Code::RuleNumber)),
        (over("section", "ratio good=n"), Some(Code::RuleField)),
        (over("section", "ratio good=n of=deep_n"), None),
        (over("section", "ratio good=ok of=n"), Some(Code::RuleField)),
        (over("section", "threshold good=deep_n at-least=3"), None),
        (over("section", "deduct full=0 each=1 wanted=1"), Some(Code::RuleNumber)),
        (over("section", "deduct full=10 each=4 wanted=2 floor=11"), Some(Code::RuleNumber)),
        (over("section", "spacing place=at metres=20 at-least=5"), Some(Code::RuleMisfit)),
        (over("repeat", "spacing place=at metres=20 at-least=5 met=ok"), None),
        (over("repeat", "spacing place=deep_n metres=20 at-least=5"), Some(Code::RuleField)),
        (over("repeat", "spacing place=at metres=0 at-least=5"), Some(Code::RuleNumber)),
        (over("repeat", "spacing place=at metres=1 at-least=5 met=n"), Some(Code::RuleField)),
    ] {
        let list = checklist(json!([item]));
        let codes: Vec<Code> = found(&list).into_iter().map(|f| f.2).collect();
        assert_eq!(codes, Vec::from_iter(code), "{item}");
    }
}

#[test]
fn a_rule_is_read_as_it_is_written() {
    for text in [
        "conforms",
        "any-fails",
        "graded A=1 B=7/9 C=0.5",
        "ratio",
        "ratio good=lit of=lamps target=0.95 strict",
        "threshold at-least=5",
        "threshold good=ads at-least=5",
        "deduct full=10 each=4 wanted=2",
        "deduct good=ads full=10 each=1/3 wanted=2 per=3 floor=1",
        "spacing place=at metres=20 at-least=5 met=whole",
    ] {
        let rule: crate::Rule = text.parse().unwrap();
        assert_eq!(rule.to_string(), text);
        let json = serde_json::to_string(&rule).unwrap();
        assert_eq!(serde_json::from_str::<crate::Rule>(&json).unwrap(), rule);
    }
    for (text, code) in [
        ("", "rule-unknown"),
        ("median", "rule-unknown"),
        ("threshold", "rule-setting-missing"),
        ("ratio of=n", "rule-setting-missing"),
        ("threshold at-least=five", "rule-not-a-number"),
        ("threshold at-least=-1", "rule-not-a-number"),
        ("deduct full=1/0 each=1 wanted=1", "rule-not-a-number"),
        ("conforms strict", "rule-setting-surplus"),
        ("ratio strict strict", "rule-setting-surplus"),
        ("threshold at-least=1 at-least=2", "rule-setting-surplus"),
        ("graded A=1 A=0", "rule-setting-surplus"),
    ] {
        assert_eq!(text.parse::<crate::Rule>().unwrap_err().code(), code, "{text}");
    }
}

#[test]
fn too_much_is_refused_at_once() {
    let many: Vec<Json> = (0..1001).map(|n| ask(&format!("q{n}"), "text", json!({}))).collect();
    assert_eq!(found(&checklist(json!(many))), [(0, Part::Items, Code::TooManyItems)]);
    let mut deep = ask("q", "text", json!({}));
    for n in 0..10 {
        deep = around("section", &format!("s{n}"), json!({}), json!([deep]));
    }
    assert_eq!(found(&checklist(json!([deep]))), [(11, Part::Name, Code::TooDeep)]);
}

#[test]
fn another_format_is_not_read() {
    let mut json = serde_json::to_value(checklist(json!([ask("a", "text", json!({}))]))).unwrap();
    assert_eq!(json["format"], 1);
    json["format"] = 2.into();
    let told = serde_json::from_value::<Checklist>(json).unwrap_err().to_string();
    assert!(told.contains("format 2"), "{told}");
}

/// Every code that this crate can say has a sentence in both languages.
#[test]
fn every_code_has_its_sentence() {
    let mut codes: Vec<&str> = FaultCode::ALL.iter().map(|code| code.code()).collect();
    codes.extend(Code::ALL.iter().map(|code| code.code()));
    codes.extend(crate::AnswerCode::ALL.iter().map(|code| code.code()));
    codes.extend(crate::xlsform::code::ALL);
    codes.extend(["rule-unknown", "rule-setting-missing", "rule-setting-surplus", "rule-not-a-number"]);
    codes.extend(crate::submission::SubmissionCode::OWN.iter().map(crate::submission::SubmissionCode::code));
    for xml in crate::XmlFault::ALL {
        codes.push(xml.code());
    }
    for code in codes {
        assert!(words::has(code), "{code}");
        let said = words::sentence(code, "x", Some(3));
        assert!(!said.zh.is_empty() && !said.en.is_empty() && said.zh != said.en, "{code}");
        assert!(!said.zh.contains("{what}") && !said.en.contains("{at}"), "{code}");
    }
}

proptest! {
    #[test]
    fn what_is_made_well_has_no_faults(tape in tapes()) {
        prop_assert_eq!(made::checklist(Tape::new(tape)).problems(), []);
    }
}
