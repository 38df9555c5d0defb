//! Untyped input into what commands take.

use crate::settings::Plan;
use kernel::problem::{FieldError, Problem, Result};
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
    let mut errors = Vec::new();
    let mut number = |name: &'static str| match form.number::<i64>(name) {
        Ok(Some(n)) => n,
        Ok(None) => {
            errors.push(FieldError::new(name, "required"));
            0
        }
        Err(error) => {
            errors.push(error);
            0
        }
    };
    let plan = Plan {
        on: form.ticked("on"),
        hour: number("hour"),
        days: number("days"),
        months: number("months"),
        drill_days: number("drill_days"),
    };
    if errors.is_empty() { plan.check().map(|()| plan) } else { Err(Problem::invalid(errors)) }
}
