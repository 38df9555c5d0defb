mod answers;
mod made;
mod observe;
mod problems;
mod samples;
mod sending;
mod vectors;
mod workbooks;

use crate::{Answers, Checklist, Given};
use jiff::civil::{Date, date};

pub(crate) const TODAY: Date = date(2026, 11, 30);

/// A checklist of these items, as JSON, with a list of grades and one of choices.
pub(crate) fn checklist(items: serde_json::Value) -> Checklist {
    let label = |name: &str| serde_json::json!({"name": name, "label": {"zh": name, "en": name}});
    serde_json::from_value(serde_json::json!({
        "format": 1, "code": "test", "version": "1", "title": {"zh": "测", "en": "Test"},
        "lists": [
            {"name": "grades", "choices": [label("A"), label("B"), label("C")]},
            {"name": "fruit", "choices": [label("apple"), label("pear"), label("plum")]},
        ],
        "items": items,
    }))
    .unwrap()
}

/// A question as JSON.
pub(crate) fn ask(name: &str, kind: &str, more: serde_json::Value) -> serde_json::Value {
    let mut item = serde_json::json!({
        "item": "question", "name": name, "kind": kind, "label": {"zh": name, "en": name},
    });
    if matches!(kind, "grade") {
        item["list"] = "grades".into();
    } else if matches!(kind, "one-of" | "many-of") {
        item["list"] = "fruit".into();
    } else if kind == "photo" {
        item["most"] = 2.into();
    } else if kind == "conforms" {
        item["not_applicable"] = true.into();
    }
    for (key, value) in more.as_object().unwrap() {
        item[key] = value.clone();
    }
    item
}

/// A section or repeat as JSON.
pub(crate) fn around(
    item: &str,
    name: &str,
    more: serde_json::Value,
    items: serde_json::Value,
) -> serde_json::Value {
    let mut found =
        serde_json::json!({"item": item, "name": name, "label": {"zh": name, "en": name}, "items": items});
    for (key, value) in more.as_object().unwrap() {
        found[key] = value.clone();
    }
    found
}

pub(crate) fn answers(json: serde_json::Value) -> Answers {
    serde_json::from_value(json).unwrap()
}

pub(crate) fn text(text: &str) -> Given {
    Given::Text(text.to_owned())
}
