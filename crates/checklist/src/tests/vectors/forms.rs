//! Checklists and answers of which the vectors tell what they come to.

use super::Dice;
use crate::tests::{answers, around, ask, checklist, made};
use crate::{Answers, Checklist, samples};
use serde_json::{Value as Json, json};

/// A form of its own for what samples and made-up ones have little of: rows in rows, counts that are asked for, what is
/// calculated from what is calculated, and circles of relevance over repeats.
pub(super) fn nested() -> Checklist {
    let question = |name: &str, kind: &str, more: Json| ask(name, kind, more);
    checklist(json!([
        question(
            "lines",
            "count",
            json!({"required": true, "default": "2", "constraint": ". > 0 and . < 6"})
        ),
        around(
            "repeat",
            "line",
            json!({"count": "${lines}"}),
            json!([
                question(
                    "name",
                    "text",
                    json!({"required": "position(..) > 1", "constraint": "regex(., '[0-9]+路?')"})
                ),
                around(
                    "repeat",
                    "stop",
                    json!({}),
                    json!([
                        question("clean", "conforms", json!({"required": true})),
                        question(
                            "why",
                            "many-of",
                            json!({"relevant": "${clean} = 'unmet'", "required": true})
                        ),
                        question("metres", "number", json!({"constraint": ". >= 0 and . <= 100 * ${lines}"})),
                        question(
                            "here",
                            "calculate",
                            json!({"expr": "concat(${name}, '-', position(..), '-', position(../..))"})
                        ),
                    ])
                ),
                question("met", "calculate", json!({"expr": "count(${clean})"})),
                question("far", "calculate", json!({"expr": "round(sum(${metres}) div ${met}, 1)"})),
                around(
                    "section",
                    "long",
                    json!({"relevant": "${far} > 50"}),
                    json!([
                        question("shot", "photo", json!({"required": true})),
                        question("heard", "audio", json!({"relevant": "${shot} != ''"})),
                    ])
                ),
            ])
        ),
        question("day", "date", json!({"default": "2026-11-30", "constraint": ". <= today()"})),
        question("old", "calculate", json!({"expr": "today() - ${day}"})),
        question("next", "calculate", json!({"expr": "date(${day} + 1)"})),
        question("all", "calculate", json!({"expr": "max(${far}) + ${old}"})),
        question("place", "place", json!({"required": "${all} > 10"})),
        question("way", "line", json!({"relevant": "${place} != ''"})),
        question("field", "area", json!({})),
        question("hour", "time", json!({})),
        question(
            "grade",
            "grade",
            json!({"constraint": ". != 'C'", "constraint_message": {"zh": "不能是 C", "en": "Not C"}})
        ),
        question(
            "fruit",
            "one-of",
            json!({"required": true, "required_message": {"zh": "要选", "en": "Choose"}})
        ),
    ]))
}

/// Answers of the form above, most of them wrong somewhere.
fn nested_answers() -> Vec<Answers> {
    let place = json!({"lat": 39.77, "lng": 98.29, "accuracy": 4.5});
    let row = |clean: &str, why: Json, metres: Json| json!({"given": {"clean": clean, "why": why, "metres": metres}});
    [
        json!({}),
        json!({"given": {"lines": 2, "day": "2026-11-20", "fruit": "pear"}, "rows": {"line": [
            {"given": {"name": "1路"}, "rows": {"stop": [row("met", json!([]), json!(12.5)), row("unmet", json!(["apple"]), json!(240.25))]}},
            {"given": {"shot": ["a.jpg", "b.jpg"], "heard": "x.m4a"}, "rows": {"stop": [row("unmet", json!([]), json!(7))]}},
        ]}}),
        json!({"given": {"lines": 3, "place": place, "way": [place, place], "hour": "14:05:00"}, "rows": {"line": [
            {"given": {"name": "x"}}, {"given": {"name": "2"}, "rows": {"stop": [{}, row("na", json!(["apple", "apple"]), json!(-1))]}},
        ]}}),
        json!({"given": {"lines": 9, "day": "2026-13-01", "grade": "C", "fruit": "kiwi", "hour": "25:00:00", "field": [place, place]}}),
        json!({"given": {"lines": 1_000_000_000, "day": "2026-2-3", "grade": "Z", "way": [place], "hour": "14:05"}}),
        json!({"given": {"lines": "two", "place": {"lat": 91, "lng": 0}, "nobody": 1, "fruit": ["pear"]}, "rows": {"nothing": [{}], "line": [
            {"given": {"shot": ["a/b.jpg"], "stranger": "x"}, "rows": {"stop": [row("met", json!([]), json!(1000))]}},
            {"given": {"name": "7", "shot": ["1.jpg", "2.jpg", "3.jpg"], "heard": ".hidden"}, "rows": {"stop": [row("met", json!([]), json!(100))]}},
        ]}}),
        json!({"given": {"lines": 1, "day": "2026-12-01", "fruit": "", "grade": "A"}, "rows": {"line": [{}]}}),
    ]
    .into_iter()
    .map(answers)
    .collect()
}

/// Checklists with answers of each.
pub(super) fn all() -> Vec<(Checklist, Vec<Answers>)> {
    let mut dice = Dice(11);
    let mut all = vec![(nested(), nested_answers())];
    for sample in samples::all() {
        let mut given: Vec<Answers> = (0..6).map(|_| made::answers(&sample, &mut dice.tape())).collect();
        given.push(Answers::default());
        all.push((sample, given));
    }
    for _ in 0..60 {
        let list = made::checklist(dice.tape());
        let given = (0..2).map(|_| made::answers(&list, &mut dice.tape())).collect();
        all.push((list, given));
    }
    all
}
