//! Untyped input into what commands take.

use crate::settings::Limits;
use kernel::problem::{FieldError, Problem, Result};
use web::Form;
use web::form::Filled;

/// The form as the stored limits fill it.
pub(crate) fn filled(limits: &Limits) -> Filled {
    Filled::new()
        .set("on", if limits.on { "1" } else { "" })
        .set("per_number", limits.per_number)
        .set("per_city", limits.per_city)
        .set("evening", limits.evening)
        .set("morning", limits.morning)
}

/// The limits as somebody typed them; every field that is wrong is named.
pub(crate) fn limits(form: &Form) -> Result<Limits> {
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
    let limits = Limits {
        on: form.ticked("on"),
        per_number: number("per_number"),
        per_city: number("per_city"),
        evening: number("evening"),
        morning: number("morning"),
    };
    if errors.is_empty() { limits.check().map(|()| limits) } else { Err(Problem::invalid(errors)) }
}
