//! What is shown, in its order.

use super::words::choice_key;
use super::{Rows, beside, files, rows};
use crate::expr::Ways;
use crate::map::Map;
use crate::model::{Checklist, Item, Kind, Question, Text};
use crate::problems::{count_name, photo_name};
use crate::xlsform::CONFORMS;
use crate::xml::Out;

/// `next`: the number of the first of these items in the order of the checklist.
pub(super) fn items(checklist: &Checklist, map: &Map<'_>, all: &[Item], next: &mut usize, out: &mut Out) {
    for item in all {
        let at = *next;
        *next += 1;
        let path = map.at(at).map(crate::map::Entry::xpath).unwrap_or_default();
        match item {
            Item::Question(question) => controls(checklist, question, files(item), &path, out),
            Item::Note(note) => {
                open(out, "input", &path, &note.appearance, &[]);
                label(out, &path, &note.label);
                hint(out, &path, &note.hint);
                out.close();
            }
            Item::Section(section) => {
                open(out, "group", &path, &section.appearance, &[]);
                label(out, &path, &section.label);
                out.line();
                items(checklist, map, &section.items, next, out);
                out.close();
            }
            Item::Repeat(repeat) => {
                open(out, "group", &path, "", &[]);
                label(out, &path, &repeat.label);
                let count = match rows(repeat) {
                    Rows::Free => None,
                    Rows::Of(name) => Some(map.way(at, name)),
                    Rows::WorkedOut(_) => Some(beside(&path, &count_name(&repeat.name))),
                };
                let mut attributes = vec![("nodeset", path.as_str())];
                if let Some(count) = &count {
                    attributes.push(("jr:count", count));
                    attributes.push(("jr:noAddRemove", "true()"));
                }
                if !repeat.appearance.is_empty() {
                    attributes.push(("appearance", &repeat.appearance));
                }
                out.open("repeat", &attributes);
                out.line();
                items(checklist, map, &repeat.items, next, out);
                out.close();
                out.close();
            }
        }
        out.line();
    }
}

fn open(out: &mut Out, name: &str, path: &str, appearance: &str, more: &[(&str, &str)]) {
    let mut attributes = vec![("ref", path)];
    if !appearance.is_empty() {
        attributes.push(("appearance", appearance));
    }
    attributes.extend(more);
    out.open(name, &attributes);
}

fn label(out: &mut Out, path: &str, words: &Text) {
    if !words.is_blank() {
        out.empty("label", &[("ref", &format!("jr:itext('{path}:label')"))]);
    }
}

fn hint(out: &mut Out, path: &str, words: &Text) {
    if !words.is_blank() {
        out.empty("hint", &[("ref", &format!("jr:itext('{path}:hint')"))]);
    }
}

fn controls(checklist: &Checklist, question: &Question, files: u32, path: &str, out: &mut Out) {
    let (name, media, list) = match &question.kind {
        Kind::Calculate { .. } => return,
        Kind::Conforms { .. } => ("select1", None, CONFORMS),
        Kind::Grade { list } | Kind::OneOf { list } => ("select1", None, list.as_str()),
        Kind::ManyOf { list } => ("select", None, list.as_str()),
        Kind::Photo { .. } => ("upload", Some("image/*"), ""),
        Kind::Audio => ("upload", Some("audio/*"), ""),
        _ => ("input", None, ""),
    };
    let more: Vec<(&str, &str)> = media.map(|media| ("mediatype", media)).into_iter().collect();
    open(out, name, path, &question.appearance, &more);
    label(out, path, &question.label);
    hint(out, path, &question.hint);
    for choice in checklist.choices(&question.kind).unwrap_or_default() {
        out.open("item", &[]);
        out.empty("label", &[("ref", &format!("jr:itext('{}')", choice_key(list, &choice.name)))]);
        out.leaf("value", &[], &choice.name);
        out.close();
    }
    out.close();
    for number in 2..=files {
        let further = beside(path, &photo_name(&question.name, number));
        out.line();
        open(out, name, &further, &question.appearance, &more);
        label(out, &further, &question.label);
        out.close();
    }
}
