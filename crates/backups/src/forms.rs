//! Untyped input into what commands take.

use crate::settings::Plan;
use kernel::problem::{Findings, Result};
use web::Form;
use web::form::Filled;

/// The form as the stored plan fills it.
pub(crate) fn filled(plan: &Plan) -> Filled {
    Filled::new()
        .set("on", if plan.on { "1" } else { "" })
        .set("hour", plan.hour)
        .set("days", plan.days)
        .set("months", plan.months)
        .set("drill_days", plan.drill_days)
}

/// The plan as somebody typed it; every field that is wrong is named.
pub(crate) fn plan(form: &Form) -> Result<Plan> {
    let mut findings = Findings::default();
    let mut number = |name| findings.take(form.needed_number::<i64>(name)).unwrap_or_default();
    let plan = Plan {
        on: form.ticked("on"),
        hour: number("hour"),
        days: number("days"),
        months: number("months"),
        drill_days: number("drill_days"),
    };
    findings.done()?;
    plan.check()?;
    Ok(plan)
}
