//! Rules, one by one; and what holds for all of them.

use super::made::{self, Tape, tapes};
use super::{TODAY, answers, around, ask, checklist};
use crate::{Checklist, Observation, Value, words};
use proptest::prelude::*;
use scoring::Exact;
use serde_json::{Value as Json, json};

/// Path, value, good, of, counted.
fn seen(list: &Checklist, given: Json) -> Vec<(String, String, u64, u64, u64)> {
    assert_eq!(list.problems(), []);
    let all = list.observe(&answers(given), TODAY);
    all.into_iter()
        .map(|o| {
            let value = match &o.value {
                Value::Share(share) => share.to_string(),
                Value::NotApplicable => "na".to_owned(),
            };
            (o.path, value, o.good, o.of, o.counted)
        })
        .collect()
}

fn one(list: &Checklist, given: Json) -> (String, u64, u64, u64) {
    let all = seen(list, given);
    assert_eq!(all.len(), 1, "{all:?}");
    let (_, value, good, of, counted) = all[0].clone();
    (value, good, of, counted)
}

fn what(value: &str, good: u64, of: u64, counted: u64) -> (String, u64, u64, u64) {
    (value.to_owned(), good, of, counted)
}

fn observes(rule: Json) -> Json {
    json!({"observes": {"standard": "Ⅲ-87-1)", "rule": rule}})
}

#[test]
fn met_or_not_once_for_every_row() {
    let rule = observes(json!({"rule": "conforms"}));
    let list =
        checklist(json!([around("repeat", "stops", json!({}), json!([ask("clean", "conforms", rule)]))]));
    let given = json!({"rows": {"stops": [
        {"given": {"clean": "met"}}, {"given": {"clean": "unmet"}}, {"given": {"clean": "na"}}, {},
    ]}});
    let expected = [("1", 1, 1, 1), ("0", 0, 1, 1), ("na", 0, 0, 1), ("na", 0, 0, 0)];
    let expected: Vec<_> = (1..)
        .zip(expected)
        .map(|(n, (value, good, of, counted))| {
            (format!("stops[{n}]/clean"), value.to_owned(), good, of, counted)
        })
        .collect();
    assert_eq!(seen(&list, given), expected);
}

#[test]
fn grades_are_worth_what_the_rule_says() {
    let rule = observes(json!({"rule": "graded", "worth": {"A": "1", "B": "7/9", "C": "0"}}));
    let list = checklist(json!([ask("toilet", "grade", rule)]));
    assert_eq!(one(&list, json!({"given": {"toilet": "A"}})), what("1", 1, 1, 1));
    assert_eq!(one(&list, json!({"given": {"toilet": "B"}})), what("7/9", 0, 1, 1));
    assert_eq!(one(&list, json!({"given": {}})), what("na", 0, 0, 0));
}

#[test]
fn lamps_lit_of_lamps_with_a_target() {
    let lamps = |rule: Json| {
        checklist(json!([around(
            "section",
            "lamps",
            observes(rule),
            json!([ask("all", "count", json!({})), ask("lit", "count", json!({})),])
        )]))
    };
    let counting = json!({"fields": {"good": "lit", "of": "all"}});
    let plain = lamps(json!({"rule": "ratio", "counting": counting}));
    let target = lamps(json!({"rule": "ratio", "counting": counting, "target": "95%"}));
    let strict = lamps(json!({"rule": "ratio", "counting": counting, "target": "0.95", "strict": true}));
    let given = |lit: i64, all: i64| json!({"given": {"lit": lit, "all": all}});
    assert_eq!(one(&plain, given(2, 3)), what("2/3", 2, 3, 2));
    assert_eq!(one(&target, given(19, 20)), what("1", 19, 20, 2));
    assert_eq!(one(&target, given(18, 20)), what("18/19", 18, 20, 2), "below the target: the share of it");
    assert_eq!(one(&strict, given(18, 20)), what("0", 18, 20, 2));
    assert_eq!(one(&plain, given(0, 0)), what("na", 0, 0, 2));
    assert_eq!(one(&plain, given(5, 4)), what("na", 0, 0, 2), "nobody can count that");
    assert_eq!(one(&plain, json!({"given": {"all": 4}})), what("na", 0, 0, 1));
    assert_eq!(one(&plain, given(-1, 4)), what("0", 0, 4, 2));
}

#[test]
fn three_of_five_pupils() {
    let rule = observes(json!({"rule": "threshold", "at_least": 3}));
    let list =
        checklist(json!([around("repeat", "pupils", rule, json!([ask("knows", "conforms", json!({}))]))]));
    let given = |all: &[&str]| {
        let rows: Vec<Json> = all.iter().map(|a| json!({"given": {"knows": a}})).collect();
        json!({"rows": {"pupils": rows}})
    };
    assert_eq!(one(&list, given(&["met", "unmet", "met", "met", "unmet"])), what("1", 3, 3, 5));
    assert_eq!(one(&list, given(&["met", "unmet", "met", "unmet", "unmet"])), what("0", 2, 3, 5));
    assert_eq!(
        one(&list, given(&["met", "met", "met", "met"])),
        what("1", 3, 3, 4),
        "more than enough is enough"
    );
    assert_eq!(one(&list, given(&["na", "na"])), what("na", 0, 0, 0));
    assert_eq!(one(&list, given(&[])), what("na", 0, 0, 0));
    let rule = observes(json!({"rule": "threshold", "at_least": 5}));
    let list = checklist(json!([ask("ads", "count", rule)]));
    assert_eq!(one(&list, json!({"given": {"ads": 5}})), what("1", 5, 5, 1));
    assert_eq!(one(&list, json!({"given": {"ads": 4}})), what("0", 4, 5, 1));
}

#[test]
fn one_bad_one_is_enough() {
    let rule = observes(json!({"rule": "any-fails"}));
    let list = checklist(json!([around(
        "section",
        "order",
        rule,
        json!([
            ask("floor", "conforms", json!({})),
            around("repeat", "aisles", json!({}), json!([ask("free", "conforms", json!({}))])),
        ])
    )]));
    let given = |second: &str| json!({"given": {"floor": "met"}, "rows": {"aisles": [{"given": {"free": "met"}}, {"given": {"free": second}}]}});
    assert_eq!(one(&list, given("met")), what("1", 3, 3, 3));
    assert_eq!(one(&list, given("na")), what("1", 2, 2, 3));
    assert_eq!(one(&list, given("unmet")), what("0", 2, 3, 3));
    let why = &list.observe(&answers(given("unmet")), TODAY)[0].why;
    assert!(words::reason(why).en.contains("aisles[2]/free"), "{why:?}");
}

#[test]
fn four_marks_less_for_each_that_is_missing() {
    let rule = |more: Json| {
        let mut rule = json!({"rule": "deduct", "full": "10", "each": "4", "wanted": 2});
        rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        checklist(json!([ask("ads", "count", observes(rule))]))
    };
    let ads = |n: i64| json!({"given": {"ads": n}});
    let plain = rule(json!({}));
    assert_eq!(one(&plain, ads(3)), what("1", 2, 2, 1));
    assert_eq!(one(&plain, ads(1)), what("0.6", 1, 2, 1));
    assert_eq!(one(&plain, ads(0)), what("0.2", 0, 2, 1));
    assert_eq!(one(&rule(json!({"floor": "5"})), ads(0)), what("0.5", 0, 2, 1));
    assert_eq!(
        one(&rule(json!({"wanted": 10, "per": 3})), ads(2)),
        what("0.2", 2, 10, 1),
        "eight missing: twice"
    );
    assert_eq!(one(&rule(json!({"wanted": 10})), ads(0)), what("0", 0, 10, 1), "never below nothing");
}

#[test]
fn notices_count_only_where_they_lie_apart() {
    let rule = |place: &str| {
        observes(json!({"rule": "spacing", "place": place, "metres": 20, "at_least": 3, "met": "whole"}))
    };
    let list = |kind: &str| {
        checklist(json!([around(
            "repeat",
            "ads",
            rule("at"),
            json!([ask("at", kind, json!({})), ask("whole", "conforms", json!({})),])
        )]))
    };
    let rows = |all: &[(Json, &str)]| {
        let rows: Vec<Json> =
            all.iter().map(|(at, whole)| json!({"given": {"at": at, "whole": whole}})).collect();
        json!({"rows": {"ads": rows}})
    };
    // metres along the way
    let along = list("count");
    let metres = |all: &[i64]| rows(&all.iter().map(|m| (json!(m), "met")).collect::<Vec<_>>());
    assert_eq!(one(&along, metres(&[0, 20, 40])), what("1", 3, 3, 3));
    assert_eq!(one(&along, metres(&[0, 19, 40, 50])), what("0", 2, 3, 4));
    assert_eq!(one(&along, metres(&[0, 20, 40, 60])), what("1", 3, 3, 4));
    let faded = rows(&[(json!(0), "met"), (json!(20), "unmet"), (json!(40), "met")]);
    assert_eq!(one(&along, faded), what("0", 2, 3, 3));
    // on the map: a ten-thousandth of a degree of latitude is eleven metres
    let map = list("place");
    let places = |all: &[f64]| {
        rows(
            &all.iter()
                .map(|n| (json!({"lat": 39.8 + n / 10_000.0, "lng": 98.3}), "met"))
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(one(&map, places(&[0.0, 2.0, 4.0])), what("1", 3, 3, 3));
    assert_eq!(one(&map, places(&[0.0, 1.0, 2.0])), what("0", 2, 3, 3));
    let why = &map.observe(&answers(places(&[0.0, 1.0, 2.0])), TODAY)[0].why;
    assert!(words::reason(why).zh.contains("ads[2]"), "{why:?}");
}

#[test]
fn what_is_not_relevant_is_not_observed() {
    let rule = observes(json!({"rule": "conforms"}));
    let mut clean = ask("clean", "conforms", rule);
    clean["relevant"] = "${n} > 1".into();
    let any = observes(json!({"rule": "any-fails"}));
    let list = checklist(json!([
        ask("n", "count", json!({})),
        around("section", "order", any, json!([clean, ask("free", "conforms", json!({}))])),
    ]));
    let given = |n: i64| json!({"given": {"n": n, "clean": "unmet", "free": "met"}});
    let values = |n| seen(&list, given(n)).into_iter().map(|o| (o.0, o.1)).collect::<Vec<_>>();
    assert_eq!(values(1), [("order".to_owned(), "1".to_owned())]);
    assert_eq!(values(2), [("order".to_owned(), "0".to_owned()), ("clean".to_owned(), "0".to_owned())]);
}

fn share(of: &Observation) -> Option<Exact> {
    match &of.value {
        Value::Share(share) => Some(share.clone()),
        Value::NotApplicable => None,
    }
}

proptest! {
    #[test]
    fn shares_lie_from_nothing_to_all_and_parts_add_up(tape in tapes()) {
        let list = made::checklist(Tape::new(tape.clone()));
        let given = made::answers(&list, &mut Tape::new(tape));
        prop_assert_eq!(list.problems(), []);
        let all = list.observe(&given, TODAY);
        for seen in &all {
            prop_assert!(seen.good <= seen.of, "{:?}", seen);
            if let Some(share) = share(seen) {
                prop_assert!(share >= Exact::zero() && share <= Exact::one(), "{:?}", seen);
                prop_assert!(seen.counted > 0 && seen.of > 0, "{:?}", seen);
                match &seen.why {
                    crate::Why::Ratio { good, of, target: None } => {
                        prop_assert_eq!((*good, *of), (seen.good, seen.of));
                        prop_assert_eq!(Exact::ratio(*good, *of), Some(share));
                    }
                    crate::Why::Fails { failed, of, .. } => prop_assert_eq!(failed + seen.good, *of),
                    crate::Why::Deducted { found, wanted, missing, marks, full } => {
                        prop_assert!(found + missing >= *wanted);
                        prop_assert_eq!(marks.over(full), Some(share));
                    }
                    _ => {}
                }
            }
            let said = words::reason(&seen.why);
            prop_assert!(!said.zh.is_empty() && !said.en.is_empty());
        }
        // what is not relevant has no part in it
        let settled = list.settle(&given, TODAY);
        prop_assert_eq!(list.observe(&settled.answers, TODAY), all);
    }
}
