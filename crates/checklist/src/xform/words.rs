//! All words of a form, in both languages.

use super::{LANGUAGES, beside, files};
use crate::map::Map;
use crate::model::{Checklist, Item, Kind, Text, conforms_choices};
use crate::problems::photo_name;
use crate::xlsform::{CONFORMS, more_label};
use crate::xml::Out;

/// Key of a choice's words.
pub(super) fn choice_key(list: &str, choice: &str) -> String {
    format!("choice:{list}:{choice}")
}

pub(super) fn write(checklist: &Checklist, map: &Map<'_>, out: &mut Out) {
    let texts = texts(checklist, map);
    out.open("itext", &[]);
    out.line();
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        let lang = [("lang", language), ("default", "true()")];
        out.open("translation", if at == 0 { &lang[..] } else { &lang[..1] });
        out.line();
        for (key, words) in &texts {
            out.open("text", &[("id", key)]);
            out.leaf("value", &[], if at == 0 { &words.zh } else { &words.en });
            out.close();
            out.line();
        }
        out.close();
        out.line();
    }
    out.close();
    out.line();
}

/// Keys with their words. Everything that is said stands there in both languages.
fn texts(checklist: &Checklist, map: &Map<'_>) -> Vec<(String, Text)> {
    let mut all = Vec::new();
    let mut put = |key: String, words: &Text| {
        if !words.is_blank() {
            all.push((key, words.clone()));
        }
    };
    for entry in &map.entries {
        let path = entry.xpath();
        if !matches!(entry.item, Item::Question(q) if matches!(q.kind, Kind::Calculate { .. })) {
            put(format!("{path}:label"), entry.item.label());
        }
        match entry.item {
            Item::Question(question) => {
                put(format!("{path}:hint"), &question.hint);
                put(format!("{path}:jr:requiredMsg"), &question.required_message);
                put(format!("{path}:jr:constraintMsg"), &question.constraint_message);
                for number in 2..=files(entry.item) {
                    let further = beside(&path, &photo_name(&question.name, number));
                    put(format!("{further}:label"), &more_label(question, number));
                }
            }
            Item::Note(note) => put(format!("{path}:hint"), &note.hint),
            Item::Section(_) | Item::Repeat(_) => {}
        }
    }
    for choice in conforms_choices(true) {
        put(choice_key(CONFORMS, &choice.name), &choice.label);
    }
    for list in &checklist.lists {
        for choice in &list.choices {
            put(choice_key(&list.name, &choice.name), &choice.label);
        }
    }
    all
}
