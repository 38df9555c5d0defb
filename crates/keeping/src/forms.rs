//! Untyped input into what commands take.

use crate::commands::NewHold;
use crate::model::HoldKind;
use crate::requests::commands::NewRequest;
use crate::requests::model::Kind;
use crate::requests::workflow::Step;
use kernel::problem::{Findings, Problem, Result};
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

/// A step of a request, and the version that was seen.
pub(crate) fn step(form: &Form) -> Result<(Step, Option<i64>)> {
    let wrong = |error| Problem::invalid(vec![error]);
    let step =
        form.choice::<Step>("step").map_err(wrong)?.ok_or_else(|| Problem::field("step", "required"))?;
    Ok((step, form.number::<i64>("version").map_err(wrong)?))
}
