//! What kind each answer is of, and its conditions.

use super::{Rows, TIMES, beside, files, rows};
use crate::map::{Entry, Map, ROOT};
use crate::model::{Item, Kind, Question, Required};
use crate::problems::{count_name, photo_name};
use crate::xml::Out;

pub(super) fn write(map: &Map<'_>, out: &mut Out) {
    for (at, entry) in map.entries.iter().enumerate() {
        bind(map, at, entry, out);
        out.line();
    }
    for (name, moment) in TIMES {
        let path = format!("/{ROOT}/orx:meta/orx:{name}");
        let attributes = [
            ("nodeset", path.as_str()),
            ("type", "dateTime"),
            ("jr:preload", "timestamp"),
            ("jr:preloadParams", moment),
        ];
        out.empty("bind", &attributes);
        out.line();
    }
    let id = format!("/{ROOT}/orx:meta/orx:instanceID");
    out.empty("bind", &[("nodeset", &id), ("type", "string"), ("readonly", "true()"), ("jr:preload", "uid")]);
    out.line();
}

fn bind(map: &Map<'_>, at: usize, entry: &Entry<'_>, out: &mut Out) {
    let path = entry.xpath();
    let mut attributes = vec![("nodeset", path.clone())];
    match entry.item {
        Item::Question(question) => question_binds(map, at, question, &path, &mut attributes),
        Item::Note(_) => {
            attributes.push(("type", "string".to_owned()));
            attributes.push(("readonly", "true()".to_owned()));
        }
        Item::Repeat(repeat) => {
            if let Rows::WorkedOut(expr) = rows(repeat) {
                let count = beside(&path, &count_name(&repeat.name));
                let calculate = expr.xpath(at, map);
                let attributes = [
                    ("nodeset", count.as_str()),
                    ("type", "string"),
                    ("readonly", "true()"),
                    ("calculate", calculate.as_str()),
                ];
                out.empty("bind", &attributes);
                out.line();
            }
        }
        Item::Section(_) => {}
    }
    if let Some(relevant) = entry.item.relevant() {
        attributes.push(("relevant", relevant.xpath(at, map)));
    }
    // a section without a condition needs none
    if attributes.len() > 1 {
        let attributes: Vec<(&str, &str)> =
            attributes.iter().map(|(key, value)| (*key, value.as_str())).collect();
        out.empty("bind", &attributes);
    }
    if let Item::Question(question) = entry.item {
        for number in 2..=files(entry.item) {
            let further = beside(&path, &photo_name(&question.name, number));
            // asked for where the one before it is there; that one has our own condition
            let relevant = format!("../{} != ''", photo_name(&question.name, number - 1));
            out.line();
            out.empty("bind", &[("nodeset", &further), ("type", "binary"), ("relevant", &relevant)]);
        }
    }
}

fn question_binds(
    map: &Map<'_>,
    at: usize,
    question: &Question,
    path: &str,
    attributes: &mut Vec<(&'static str, String)>,
) {
    attributes.push(("type", data_type(&question.kind).to_owned()));
    match &question.required {
        Required::Fixed(true) => attributes.push(("required", "true()".to_owned())),
        Required::Fixed(false) => {}
        Required::When(expr) => attributes.push(("required", expr.xpath(at, map))),
    }
    if !question.required_message.is_blank() {
        attributes.push(("jr:requiredMsg", format!("jr:itext('{path}:jr:requiredMsg')")));
    }
    if let Some(constraint) = &question.constraint {
        attributes.push(("constraint", constraint.xpath(at, map)));
    }
    if !question.constraint_message.is_blank() {
        attributes.push(("jr:constraintMsg", format!("jr:itext('{path}:jr:constraintMsg')")));
    }
    if let Kind::Calculate { expr } = &question.kind {
        attributes.push(("calculate", expr.xpath(at, map)));
        attributes.push(("readonly", "true()".to_owned()));
    }
}

fn data_type(kind: &Kind) -> &'static str {
    match kind {
        Kind::Conforms { .. }
        | Kind::Grade { .. }
        | Kind::OneOf { .. }
        | Kind::ManyOf { .. }
        | Kind::Text
        | Kind::Calculate { .. } => "string",
        Kind::Count => "int",
        Kind::Number => "decimal",
        Kind::Date => "date",
        Kind::Time => "time",
        Kind::Place => "geopoint",
        Kind::Line => "geotrace",
        Kind::Area => "geoshape",
        Kind::Photo { .. } | Kind::Audio => "binary",
    }
}
