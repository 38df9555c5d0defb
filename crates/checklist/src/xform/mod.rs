//! A checklist as an XForm of the ODK XForms specification, for ODK Collect, Enketo and their like.
//! <https://getodk.github.io/xforms-spec/>
//!
//! Both languages stand in `itext`, Chinese as the one to begin with. A question for several pictures is several elements,
//! each asked for once the one before it is there; the number of a repeat's rows, where it is worked out, is an element too,
//! because programs take references only. [`crate::submission`] reads both back.

mod binds;
mod body;
mod instance;
mod words;

use crate::expr::Tree;
use crate::map::Map;
use crate::model::{Checklist, Item, Kind, Repeat};
use crate::problems::Problem;
use crate::submission::{ENDED, STARTED};
use crate::xml::Out;

/// The two languages as `itext` names them.
const LANGUAGES: [&str; 2] = ["中文 (zh)", "English (en)"];

/// When a form was begun and when it was finished, by the clock of whoever fills it in: elements of `meta`, and what programs call
/// them. <https://getodk.github.io/xforms-spec/#metadata>
const TIMES: [(&str, &str); 2] = [(STARTED, "start"), (ENDED, "end")];

const NAMESPACES: [(&str, &str); 6] = [
    ("xmlns", "http://www.w3.org/2002/xforms"),
    ("xmlns:h", "http://www.w3.org/1999/xhtml"),
    ("xmlns:jr", "http://openrosa.org/javarosa"),
    ("xmlns:odk", "http://www.opendatakit.org/xforms"),
    ("xmlns:orx", "http://openrosa.org/xforms"),
    ("xmlns:xsd", "http://www.w3.org/2001/XMLSchema"),
];

/// Writes the form.
///
/// # Errors
/// Everything that is wrong with the checklist, if anything is.
pub fn write(checklist: &Checklist) -> Result<String, Vec<Problem>> {
    let problems = checklist.problems();
    if !problems.is_empty() {
        return Err(problems);
    }
    let map = Map::of(checklist);
    let mut out = Out::new();
    out.open("h:html", &NAMESPACES);
    out.open("h:head", &[]);
    out.leaf("h:title", &[], &checklist.title.zh);
    out.line();
    out.open("model", &[("odk:xforms-version", "1.0.0")]);
    out.line();
    words::write(checklist, &map, &mut out);
    instance::write(checklist, &mut out);
    binds::write(&map, &mut out);
    out.close();
    out.close();
    out.line();
    out.open("h:body", &[]);
    out.line();
    body::items(checklist, &map, &checklist.items, &mut 0, &mut out);
    Ok(out.finish())
}

/// How programs are told a repeat's number of rows.
enum Rows<'c> {
    /// As many as there are.
    Free,
    /// Those of one question's answer.
    Of(&'c str),
    /// Worked out in an element of its own.
    WorkedOut(&'c crate::expr::Expr),
}

fn rows(repeat: &Repeat) -> Rows<'_> {
    match &repeat.count {
        None => Rows::Free,
        Some(expr) => match expr.tree() {
            Tree::Name(name) => Rows::Of(name),
            _ => Rows::WorkedOut(expr),
        },
    }
}

/// How many elements of a question take a file.
fn files(item: &Item) -> u32 {
    match item {
        Item::Question(question) => match question.kind {
            Kind::Photo { most } => most.max(1),
            _ => 1,
        },
        _ => 1,
    }
}

/// A name that is none of the checklist's own: an element beside another.
fn beside(path: &str, name: &str) -> String {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{folder}/{name}")
}
