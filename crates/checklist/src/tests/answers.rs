//! What counts, what is set aside, and what is wrong.

use super::made::{self, Tape, tapes};
use super::{TODAY, answers, around, ask, checklist, text};
use crate::{AnswerCode, Answers, Checklist, Given};
use proptest::prelude::*;
use serde_json::json;

fn faults(checklist: &Checklist, given: serde_json::Value) -> Vec<(String, AnswerCode)> {
    checklist.check(&answers(given), TODAY).into_iter().map(|fault| (fault.path, fault.code)).collect()
}

#[test]
fn what_is_not_relevant_is_kept_apart_and_lost_nowhere() {
    let list = checklist(json!([
        ask("light", "one-of", json!({})),
        around(
            "section",
            "lamps",
            json!({"relevant": "${light} = 'pear'"}),
            json!([
                ask("all", "count", json!({"required": true})),
                ask("lit", "count", json!({"required": true, "relevant": "${all} > 0"})),
            ])
        ),
        ask("share", "calculate", json!({"expr": "${lit} div ${all}"})),
    ]));
    assert_eq!(list.problems(), []);
    let given = answers(json!({"given": {"light": "apple", "all": 4, "lit": 3}}));
    let settled = list.settle(&given, TODAY);
    assert_eq!(settled.faults, []);
    assert_eq!(settled.answers, answers(json!({"given": {"light": "apple"}})));
    assert_eq!(settled.aside, answers(json!({"given": {"all": 4, "lit": 3}})));
    assert_eq!(settled.hidden, ["lamps", "all", "lit"]);
    // by night they count again
    let given = answers(json!({"given": {"light": "pear", "all": 4, "lit": 3}}));
    let settled = list.settle(&given, TODAY);
    assert_eq!(settled.answers.given.get("share"), Some(&Given::Number(0.75)));
    assert_eq!(settled.aside, Answers::default());
    // a chain: without lamps nothing is asked about lit ones
    assert_eq!(faults(&list, json!({"given": {"light": "pear", "all": 0}})), []);
    assert_eq!(
        faults(&list, json!({"given": {"light": "pear"}})),
        [("all".to_owned(), AnswerCode::Required)],
        "what is not answered makes nothing relevant"
    );
}

#[test]
fn every_fault_has_its_place() {
    use AnswerCode as C;
    let list = checklist(json!([
        ask(
            "n",
            "count",
            json!({"constraint": ". < 10", "constraint_message": {"zh": "小于十", "en": "below ten"}})
        ),
        ask("x", "number", json!({})),
        ask("one", "one-of", json!({})),
        ask("many", "many-of", json!({})),
        ask("day", "date", json!({})),
        ask("time", "time", json!({})),
        ask("at", "place", json!({})),
        ask("way", "line", json!({})),
        ask("ground", "area", json!({})),
        ask("photo", "photo", json!({})),
        ask("sound", "audio", json!({})),
        ask("said", "text", json!({})),
        ask("ok", "conforms", json!({})),
        around(
            "repeat",
            "lines",
            json!({"count": "2"}),
            json!([around(
                "repeat",
                "stops",
                json!({}),
                json!([ask("clean", "conforms", json!({"required": "${n} > 1"}))])
            ),])
        ),
    ]));
    assert_eq!(list.problems(), []);
    let place = json!({"lat": 39.8, "lng": 98.3});
    let good = json!({
        "given": {
            "n": 2, "x": 1.5, "one": "pear", "many": ["plum", "apple"], "day": "2026-11-30", "time": "08:00:00",
            "at": place, "way": [place, place], "ground": [place, place, place], "photo": ["a.jpg"], "sound": "s.m4a",
            "said": "好", "ok": "na",
        },
        "rows": {"lines": [{"rows": {"stops": [{"given": {"clean": "met"}}]}}, {}]},
    });
    assert_eq!(faults(&list, good), []);
    for (given, path, code) in [
        (json!({"given": {"n": 10}}), "n", C::Constraint),
        (json!({"given": {"n": 1.5}}), "n", C::WrongKind),
        (json!({"given": {"n": "2"}}), "n", C::WrongKind),
        (json!({"given": {"n": 1_000_000_000_i64}}), "n", C::OutOfRange),
        (json!({"given": {"x": "1"}}), "x", C::WrongKind),
        (json!({"given": {"one": "grape"}}), "one", C::UnknownChoice),
        (json!({"given": {"many": "apple"}}), "many", C::WrongKind),
        (json!({"given": {"many": ["apple", "grape"]}}), "many", C::UnknownChoice),
        (json!({"given": {"many": ["apple", "apple"]}}), "many", C::ChoiceTwice),
        (json!({"given": {"day": "2026-02-30"}}), "day", C::BadDate),
        (json!({"given": {"day": "2026-2-3"}}), "day", C::BadDate),
        (json!({"given": {"time": "8:00"}}), "time", C::BadTime),
        (json!({"given": {"at": {"lat": 91, "lng": 0}}}), "at", C::BadPlace),
        (json!({"given": {"way": [place]}}), "way", C::TooFewPoints),
        (json!({"given": {"ground": [place, place]}}), "ground", C::TooFewPoints),
        (json!({"given": {"photo": ["a.jpg", "b.jpg", "c.jpg"]}}), "photo", C::TooManyFiles),
        (json!({"given": {"photo": ["../a.jpg"]}}), "photo", C::BadFileName),
        (json!({"given": {"sound": "a/b"}}), "sound", C::BadFileName),
        (json!({"given": {"said": "长".repeat(10_001)}}), "said", C::TooLong),
        (json!({"given": {"ok": "yes"}}), "ok", C::UnknownChoice),
        (json!({"given": {"nobody": 1}}), "nobody", C::UnknownName),
        (json!({"given": {"clean": "met"}}), "clean", C::UnknownName),
        (json!({"rows": {"stops": []}}), "stops", C::UnknownName),
        (json!({"rows": {"lines": [{}]}}), "lines", C::Rows),
        (
            json!({"given": {"n": 2}, "rows": {"lines": [{}, {"rows": {"stops": [{"given": {"clean": "met"}}, {}]}}]}}),
            "lines[2]/stops[2]/clean",
            C::Required,
        ),
    ] {
        let found = faults(&list, given.clone());
        let expected = (path.to_owned(), code);
        assert!(found.contains(&expected), "{given}: {found:?}");
    }
    let told = list.check(&answers(json!({"given": {"n": 10}})), TODAY);
    assert_eq!(told[0].message.en, "below ten");
}

#[test]
fn rows_are_seen_from_inside_one_by_one_and_from_outside_together() {
    let list = checklist(json!([
        around(
            "repeat",
            "lines",
            json!({}),
            json!([
                ask("ads", "count", json!({})),
                around(
                    "section",
                    "inner",
                    json!({}),
                    json!([
                        ask("which", "calculate", json!({"expr": "position(../..) * 10 + ${ads}"})),
                        ask("few", "text", json!({"relevant": "${ads} < 2"})),
                    ])
                ),
            ])
        ),
        ask("sum", "calculate", json!({"expr": "sum(${ads})"})),
        ask("rows", "calculate", json!({"expr": "count(${lines})"})),
        ask("explained", "calculate", json!({"expr": "count(${few})"})),
        ask("most", "calculate", json!({"expr": "max(${ads})"})),
    ]));
    assert_eq!(list.problems(), []);
    let given = answers(json!({"rows": {"lines": [
        {"given": {"ads": 1, "few": "坏了"}}, {"given": {"ads": 5, "few": "多余"}}, {"given": {"ads": 0}},
    ]}}));
    let settled = list.settle(&given, TODAY);
    let which: Vec<_> = settled.answers.rows["lines"].iter().map(|row| row.given["which"].clone()).collect();
    assert_eq!(which, [Given::Whole(11), Given::Whole(25), Given::Whole(30)]);
    for (name, value) in [("sum", 6), ("rows", 3), ("explained", 2), ("most", 5)] {
        assert_eq!(settled.answers.given[name], Given::Whole(value), "{name}");
    }
    assert_eq!(settled.aside.rows["lines"][1], answers(json!({"given": {"few": "多余"}})));
    assert_eq!(settled.hidden, ["lines[2]/few"]);
    let empty = list.settle(&Answers::default(), TODAY);
    assert_eq!(empty.answers.given.get("most"), None, "the most of nothing is nothing");
    assert_eq!(empty.answers.given["sum"], Given::Whole(0));
}

#[test]
fn a_new_form_begins_with_its_defaults() {
    let inside = json!([ask("m", "count", json!({"default": "2"}))]);
    let list = checklist(json!([
        ask("a", "many-of", json!({"default": "apple plum"})),
        around(
            "section",
            "s",
            json!({}),
            json!([ask("day", "date", json!({"default": "2026-11-30"})), ask("b", "text", json!({}))])
        ),
        around("repeat", "r", json!({}), inside),
    ]));
    assert_eq!(list.problems(), []);
    let expected = answers(json!({"given": {"a": ["apple", "plum"], "day": "2026-11-30"}}));
    assert_eq!(list.begin(&list.items), expected);
    assert_eq!(list.begin(list.items[2].items()), answers(json!({"given": {"m": 2}})));
    assert_eq!(expected.given["a"].written(&crate::Kind::ManyOf { list: "fruit".to_owned() }), "apple plum");
}

#[test]
fn a_circle_ends() {
    let list = checklist(json!([
        ask("a", "text", json!({"relevant": "${b} = 'x'"})),
        ask("b", "text", json!({"relevant": "${a} = 'x'"})),
        ask("c", "text", json!({})),
    ]));
    let settled = list.settle(&answers(json!({"given": {"a": "x", "b": "x", "c": "x"}})), TODAY);
    assert_eq!(settled.answers.given.keys().collect::<Vec<_>>(), ["c"]);
}

#[test]
fn more_rows_than_anybody_answers_are_told() {
    let list = checklist(json!([around("repeat", "r", json!({}), json!([ask("q", "text", json!({}))]))]));
    let mut given = Answers::default();
    let row = Answers { given: [("q".to_owned(), text("x"))].into(), ..Answers::default() };
    given.rows.insert("r".to_owned(), vec![row; 3000]);
    let settled = list.settle(&given, TODAY);
    assert_eq!(settled.faults.iter().map(|f| f.code).collect::<Vec<_>>(), [AnswerCode::TooManyRows]);
    assert_eq!(settled.answers.rows["r"].len(), 2000);
}

/// Puts what was set aside back.
fn together(mut one: Answers, other: Answers) -> Answers {
    one.given.extend(other.given);
    for (name, rows) in other.rows {
        match one.rows.get_mut(&name) {
            Some(into) => {
                for (at, row) in rows.into_iter().enumerate() {
                    let before = into[at].clone();
                    into[at] = together(before, row);
                }
            }
            None => {
                one.rows.insert(name, rows);
            }
        }
    }
    one
}

fn without(mut all: Answers, names: &[String]) -> Answers {
    all.given.retain(|name, _| !names.contains(name));
    for rows in all.rows.values_mut() {
        *rows = rows.iter().map(|row| without(row.clone(), names)).collect();
    }
    all.rows.retain(|_, rows| rows.iter().any(|row| *row != Answers::default()));
    all
}

proptest! {
    #[test]
    fn nothing_is_lost_and_settling_again_changes_nothing(tape in tapes()) {
        let list = made::checklist(Tape::new(tape.clone()));
        let given = made::answers(&list, &mut Tape::new(tape));
        let settled = list.settle(&given, TODAY);
        let map = crate::map::Map::of(&list);
        let calculated: Vec<String> = (0..map.entries.len())
            .filter_map(|at| map.question(at))
            .filter(|q| matches!(q.kind, crate::Kind::Calculate { .. }))
            .map(|q| q.name.clone())
            .collect();
        let all = together(settled.answers.clone(), settled.aside.clone());
        prop_assert_eq!(without(all, &calculated), without(given, &[]));
        let again = list.settle(&settled.answers, TODAY);
        prop_assert_eq!(again.answers, settled.answers);
    }

    #[test]
    fn answers_are_read_from_their_json(tape in tapes()) {
        let list = made::checklist(Tape::new(tape.clone()));
        let given = made::answers(&list, &mut Tape::new(tape));
        let json = serde_json::to_string(&given).unwrap();
        prop_assert_eq!(serde_json::from_str::<Answers>(&json).unwrap(), given);
        let json = serde_json::to_string(&list).unwrap();
        prop_assert_eq!(serde_json::from_str::<Checklist>(&json).unwrap(), list);
    }
}
