//! Untyped input into what commands take.

use crate::settings::Limits;
use kernel::problem::{Findings, Result};
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
    let mut findings = Findings::default();
    let mut number = |name| findings.take(form.needed_number::<i64>(name)).unwrap_or_default();
    let limits = Limits {
        on: form.ticked("on"),
        per_number: number("per_number"),
        per_city: number("per_city"),
        evening: number("evening"),
        morning: number("morning"),
    };
    findings.done()?;
    limits.check()?;
    Ok(limits)
}
