//! What forms send, turned into drafts, or into every fault at once.

use crate::model::{Draft, Inspection, Method};
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::workflow::Named;
use std::collections::BTreeMap;
use web::Form;
use web::form::Filled;

/// The version the person saw.
pub(crate) fn version(form: &Form) -> Result<i64> {
    form.text("version").parse().map_err(|_| Problem::stale())
}

type Field<T> = std::result::Result<T, FieldError>;

fn needed<T>(name: &'static str, value: Field<Option<T>>) -> Field<T> {
    value?.ok_or_else(|| FieldError::new(name, "required"))
}

/// A number that is 0 when the field is empty.
fn whole(form: &Form, name: &'static str) -> Field<i64> {
    Ok(form.number(name)?.unwrap_or(0))
}

/// The types that are ticked, each with the number beside it.
fn amounts(form: &Form, method: Option<Method>) -> Field<BTreeMap<String, i64>> {
    let mut amounts = BTreeMap::new();
    for code in form.all("inspection_types") {
        let text = form.text(&format!("amount_{code}"));
        let amount = match (text, method) {
            // one number for all needs none beside each
            (_, Some(Method::Total)) => 1,
            ("", _) => return Err(FieldError::new("inspection_types", "inspection-amount-needed")),
            (text, _) => text.parse().map_err(|_| FieldError::new("inspection_types", "not-a-number"))?,
        };
        amounts.insert(code.to_owned(), amount);
    }
    Ok(amounts)
}

pub(crate) fn draft(form: &Form) -> Result<Draft> {
    let mut findings = Findings::default();
    let from = findings.take(needed("inspection_from", form.date("inspection_from")));
    let until = findings.take(needed("inspection_until", form.date("inspection_until")));
    let method = findings.take(needed("inspection_method", form.choice::<Method>("inspection_method")));
    let amounts = findings.take(amounts(form, method));
    let total = findings.take(whole(form, "inspection_total"));
    let exclude_months = findings.take(whole(form, "inspection_exclude"));
    let second_percent = findings.take(whole(form, "inspection_second"));
    findings.done()?;
    let lacks = || Problem::internal("a form without faults lacks a field");
    Ok(Draft {
        name: form.text("inspection_name").to_owned(),
        from_date: from.ok_or_else(lacks)?,
        until_date: until.ok_or_else(lacks)?,
        method: method.ok_or_else(lacks)?,
        amounts: amounts.unwrap_or_default(),
        total: total.unwrap_or_default(),
        by_division: form.ticked("inspection_by_division"),
        exclude_months: exclude_months.unwrap_or_default(),
        second_percent: second_percent.unwrap_or_default(),
        public_source: form.text("inspection_public").to_owned(),
    })
}

/// The form as it stands before anybody typed.
pub(crate) fn blank() -> Filled {
    Filled::new()
        .set("inspection_method", Method::PerType.code())
        .set("inspection_by_division", "1")
        .set("inspection_exclude", 6)
        .set("inspection_second", 10)
}

/// A plan as its form shows it.
pub(crate) fn filled(inspection: &Inspection) -> Filled {
    let mut form = Filled::new()
        .set("version", inspection.version)
        .set("inspection_name", &inspection.name)
        .set("inspection_from", inspection.from_date)
        .set("inspection_until", inspection.until_date)
        .set("inspection_method", inspection.method.code())
        .set("inspection_exclude", inspection.exclude_months)
        .set("inspection_second", inspection.second_percent)
        .set("inspection_public", &inspection.public_source);
    if inspection.total > 0 {
        form = form.set("inspection_total", inspection.total);
    }
    if inspection.by_division {
        form = form.set("inspection_by_division", "1");
    }
    for (code, amount) in &inspection.amounts.0 {
        form = form.set("inspection_types", code);
        if inspection.method != Method::Total {
            form = form.set(&format!("amount_{code}"), amount);
        }
    }
    form
}
