//! What people typed, as arguments of commands.

use crate::commands::{Finding, StandardDraft, Walk};
use crate::model::{Contact, Draft, Section, Standard, StandardItem, Taker};
use cases::model::Item;
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::time::Date;
use std::collections::HashMap;
use web::Form;

/// Units by the codes that selects send.
pub(crate) type Units = HashMap<String, Id<Unit>>;

pub(crate) fn version(form: &Form) -> Result<i64> {
    form.number("version").ok().flatten().ok_or_else(Problem::stale)
}

pub(crate) fn contact(form: &Form) -> Contact {
    Contact {
        leader: form.text("adoption_leader").to_owned(),
        phone: form.text("adoption_phone").to_owned(),
        public_phone: form.ticked("adoption_public_phone"),
    }
}

pub(crate) fn standard(form: &Form, standards: &[Standard]) -> Option<Id<Standard>> {
    let code = form.text("adoption_standard");
    standards.iter().find(|s| s.code == code).map(|s| s.id)
}

fn unit(form: &Form, units: &Units) -> Result<Id<Unit>, FieldError> {
    match form.text("adoption_unit") {
        "" => Err(FieldError::new("adoption_unit", "required")),
        code => units.get(code).copied().ok_or_else(|| FieldError::new("adoption_unit", "not-a-choice")),
    }
}

fn metres(form: &Form, name: &'static str) -> Result<Option<f64>, FieldError> {
    let number = form.number::<f64>(name)?;
    if number.is_none_or(f64::is_finite) { Ok(number) } else { Err(FieldError::new(name, "not-a-number")) }
}

fn needed<T>(value: Result<Option<T>, FieldError>, name: &'static str) -> Result<T, FieldError> {
    value.and_then(|v| v.ok_or_else(|| FieldError::new(name, "required")))
}

pub(crate) fn draft(form: &Form, section: &Section, units: &Units, standards: &[Standard]) -> Result<Draft> {
    let mut findings = Findings::default();
    let unit = findings.take(unit(form, units));
    let from_m = findings.take(metres(form, "adoption_from_m"));
    let to_m = findings.take(metres(form, "adoption_to_m"));
    let from = findings.take(needed(form.date("adoption_from"), "adoption_from"));
    let until = findings.take(form.date("adoption_until"));
    let standard = standard(form, standards);
    findings.check(standard.is_some(), "adoption_standard", "required");
    findings.done()?;
    match (unit, from_m, to_m, from, until, standard) {
        (Some(unit), Some(from_m), Some(to_m), Some(from), Some(until), Some(standard)) => Ok(Draft {
            section: section.id,
            from_m: from_m.unwrap_or(0.0),
            to_m,
            unit,
            contact: contact(form),
            standard,
            from,
            until,
            shared: form.text("adoption_shared").to_owned(),
        }),
        _ => Err(Problem::internal("a form without faults lacks a field")),
    }
}

pub(crate) fn taker(form: &Form, units: &Units) -> Result<Taker> {
    let unit = unit(form, units).map_err(|e| Problem::invalid(vec![e]))?;
    Ok(Taker { unit, contact: contact(form) })
}

fn one<T>(value: Result<T, FieldError>) -> Result<T> {
    value.map_err(|e| Problem::invalid(vec![e]))
}

/// The first day of something new.
pub(crate) fn first_day(form: &Form) -> Result<Date> {
    one(needed(form.date("adoption_first"), "adoption_first"))
}

/// The last day; none where it is to be taken back.
pub(crate) fn last_day(form: &Form) -> Result<Option<Date>> {
    if form.text("adoption_how") == "mistake" {
        return Ok(None);
    }
    one(needed(form.date("adoption_until"), "adoption_until")).map(Some)
}

pub(crate) fn cut(form: &Form) -> Result<f64> {
    one(needed(metres(form, "adoption_at_m"), "adoption_at_m"))
}

/// `BJ-0002:3`: a neighbour with the version that was seen.
pub(crate) fn other(form: &Form) -> Result<(String, i64)> {
    let chosen = form.text("adoption_other").rsplit_once(':');
    let read = chosen.and_then(|(number, version)| Some((number.to_owned(), version.parse().ok()?)));
    read.ok_or_else(|| Problem::field("adoption_other", "required"))
}

pub(crate) fn walk(form: &Form) -> Result<Walk> {
    let day = one(needed(form.date("patrol_day"), "patrol_day"))?;
    Ok(Walk { day, note: form.text("patrol_note").to_owned() })
}

/// The item is one of the catalogue's, or none.
pub(crate) fn finding(form: &Form) -> Result<Finding> {
    let mut findings = Findings::default();
    let description = findings.take(form.required("patrol_what", 2000));
    let along = findings.take(needed(metres(form, "patrol_along"), "patrol_along"));
    let item = findings.take(form.number::<i64>("patrol_kind"));
    findings.done()?;
    match (description, along, item) {
        (Some(description), Some(along_m), Some(item)) => {
            let item: Option<Id<Item>> = item.map(Id::new);
            Ok(Finding { description, item, along_m, photos: Vec::new() })
        }
        _ => Err(Problem::internal("a form without faults lacks a field")),
    }
}

/// Items are written one a line: `卫生净好 | Clean and tidy`.
pub(crate) fn standard_draft(form: &Form) -> StandardDraft {
    let item = |line: &str| {
        let (zh, en) = line.split_once(['|', '｜']).unwrap_or((line, ""));
        StandardItem { zh: zh.trim().to_owned(), en: en.trim().to_owned() }
    };
    let lines = form.text("standard_items").lines().filter(|line| !line.trim().is_empty());
    StandardDraft {
        code: form.text("standard_code").to_owned(),
        name_zh: form.text("standard_name_zh").to_owned(),
        name_en: form.text("standard_name_en").to_owned(),
        items: lines.map(item).collect(),
        active: form.ticked("standard_active"),
    }
}
