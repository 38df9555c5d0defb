//! The empty answers that a form begins with.

use super::{Rows, TIMES, files, rows};
use crate::map::ROOT;
use crate::model::{Checklist, Item};
use crate::problems::{count_name, photo_name};
use crate::xml::Out;

pub(super) fn write(checklist: &Checklist, out: &mut Out) {
    out.open("instance", &[]);
    out.open(ROOT, &[("id", &checklist.code), ("version", &checklist.version)]);
    out.line();
    items(&checklist.items, Inside::Nothing, out);
    out.open("orx:meta", &[]);
    for (name, _) in TIMES {
        out.empty(&format!("orx:{name}"), &[]);
    }
    out.empty("orx:instanceID", &[]);
    out.close();
    out.close();
    out.close();
    out.line();
}

/// What stands around an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// No repeat.
    Nothing,
    /// What new rows are copied from.
    Template,
    /// The row that a repeat begins with.
    Row,
}

fn items(all: &[Item], inside: Inside, out: &mut Out) {
    for item in all {
        match item {
            Item::Question(question) => {
                out.leaf(&question.name, &[], &question.default);
                for number in 2..=files(item) {
                    out.empty(&photo_name(&question.name, number), &[]);
                }
            }
            Item::Note(note) => out.empty(&note.name, &[]),
            Item::Section(section) => {
                out.open(&section.name, &[]);
                items(&section.items, inside, out);
                out.close();
            }
            Item::Repeat(repeat) => {
                if matches!(rows(repeat), Rows::WorkedOut(_)) {
                    out.empty(&count_name(&repeat.name), &[]);
                }
                // a template within a row would be a second one of the same
                if inside != Inside::Row {
                    out.open(&repeat.name, &[("jr:template", "")]);
                    items(&repeat.items, Inside::Template, out);
                    out.close();
                }
                if inside != Inside::Template {
                    out.open(&repeat.name, &[]);
                    items(&repeat.items, Inside::Row, out);
                    out.close();
                }
            }
        }
        out.line();
    }
}
