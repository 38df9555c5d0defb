//! Untyped input into what commands take.

use crate::commands::NewHold;
use crate::model::HoldKind;
use crate::provisions;
use crate::provisions::commands::NewProvision;
use crate::provisions::model::Basis;
use crate::requests::commands::NewRequest;
use crate::requests::model::Kind;
use crate::requests::workflow::Step;
use kernel::problem::{Findings, Problem, Result};
use kernel::workflow::Named;
use web::Form;

/// Days, and the version that was seen.
pub(crate) fn days(form: &Form) -> Result<(i64, Option<i64>)> {
    let wrong = |error| Problem::invalid(vec![error]);
    let days =
        form.number::<i64>("days").map_err(wrong)?.ok_or_else(|| Problem::field("days", "required"))?;
    Ok((days, form.number::<i64>("version").map_err(wrong)?))
}

pub(crate) fn hold(form: &Form) -> Result<NewHold> {
    let wrong = |error| Problem::invalid(vec![error]);
    let kind = form.choice::<HoldKind>("hold_kind").map_err(wrong)?;
    Ok(match kind.ok_or_else(|| Problem::field("hold_kind", "required"))? {
        HoldKind::Case => NewHold::Case(form.required("case_number", 40).map_err(wrong)?),
        HoldKind::Unit => NewHold::Unit(form.required("unit", 40).map_err(wrong)?),
        HoldKind::Before => {
            let day = form.date("before_day").map_err(wrong)?;
            NewHold::Before(day.ok_or_else(|| Problem::field("before_day", "required"))?)
        }
    })
}

pub(crate) fn request(form: &Form) -> Result<NewRequest> {
    let mut findings = Findings::default();
    let kind = findings.take(form.choice::<Kind>("request_kind")).flatten();
    findings.check(kind.is_some(), "request_kind", "required");
    let asked_on = findings.take(form.date("asked_on")).flatten();
    findings.check(asked_on.is_some(), "asked_on", "required");
    let text = |name: &str| form.text(name).to_owned();
    let (name, phone, identity, wish) = (text("name"), text("phone"), text("identity"), text("wish"));
    match (kind, asked_on) {
        (Some(kind), Some(asked_on)) if findings.is_empty() => {
            Ok(NewRequest { kind, name, phone, identity, wish, asked_on })
        }
        _ => {
            findings.done()?;
            Err(Problem::field("request_kind", "required"))
        }
    }
}

/// A step, and the version that was seen.
fn step_of<T: Named>(form: &Form) -> Result<(T, Option<i64>)> {
    let wrong = |error| Problem::invalid(vec![error]);
    let step = form.choice::<T>("step").map_err(wrong)?.ok_or_else(|| Problem::field("step", "required"))?;
    Ok((step, form.number::<i64>("version").map_err(wrong)?))
}

/// A step of a request.
pub(crate) fn step(form: &Form) -> Result<(Step, Option<i64>)> {
    step_of(form)
}

/// A step of what is given to others.
pub(crate) fn provision_step(form: &Form) -> Result<(provisions::workflow::Step, Option<i64>)> {
    step_of(form)
}

/// What the office proposes to give. Texts are looked at by the command, which programs send theirs to as well.
pub(crate) fn provision(form: &Form) -> Result<NewProvision> {
    let mut findings = Findings::default();
    let kind = findings.take(form.choice::<provisions::model::Kind>("provision_kind")).flatten();
    findings.check(kind.is_some(), "provision_kind", "required");
    let basis = findings.take(form.choice::<Basis>("basis")).flatten();
    findings.check(basis.is_some(), "basis", "required");
    let mut day = |name| {
        let day = findings.take(form.date(name)).flatten();
        findings.check(day.is_some(), name, "required");
        day
    };
    let (from_date, until_date) = (day("from_date"), day("until_date"));
    let people = findings.take(form.needed_number::<i64>("people"));
    let text = |name: &str| form.text(name).to_owned();
    match (kind, basis, from_date, until_date, people) {
        (Some(kind), Some(basis), Some(from_date), Some(until_date), Some(people)) if findings.is_empty() => {
            Ok(NewProvision {
                kind,
                receiver: text("receiver"),
                credit_code: text("credit_code"),
                contact: text("contact"),
                purpose: text("purpose"),
                data: text("data"),
                people,
                sensitive: form.ticked("sensitive"),
                children: form.ticked("children"),
                basis,
                document: text("document"),
                assessment: text("assessment"),
                way: text("way"),
                safeguards: text("safeguards"),
                from_date,
                until_date,
            })
        }
        _ => {
            findings.done()?;
            Err(Problem::field("provision_kind", "required"))
        }
    }
}
