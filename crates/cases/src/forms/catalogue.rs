//! The catalogue: the limits of an item.

use crate::workflow::Stage;
use kernel::calendar::{Limit, TimeUnit};
use kernel::problem::{Findings, Problem, Result};
use web::Form;

/// A stage's limit as the form gives it; no amount removes it.
#[derive(Clone, Debug)]
pub(crate) struct LimitForm {
    pub stage: Stage,
    pub condition: String,
    pub condition_text: String,
    pub limit: Option<Limit>,
}

pub(crate) fn limit(form: &Form) -> Result<LimitForm> {
    let mut findings = Findings::default();
    let stage = findings.take(form.choice::<Stage>("stage")).flatten();
    let amount = findings.take(form.number::<u32>("amount")).flatten();
    let unit = TimeUnit::parse(form.text("time_unit"));
    let condition = findings.take(form.optional("condition_code", 20)).flatten().unwrap_or_default();
    let condition_text = findings.take(form.optional("condition_text", 200)).flatten().unwrap_or_default();
    findings.check(stage.is_some(), "stage", "required");
    findings.check(amount.is_none() || unit.is_some(), "time_unit", "required");
    findings.check(condition.is_empty() || !condition_text.is_empty(), "condition_text", "required");
    findings.done()?;
    let limit = amount.zip(unit).map(|(value, unit)| Limit { value, unit });
    let stage = stage.ok_or_else(|| Problem::field("stage", "required"))?;
    Ok(LimitForm { stage, condition, condition_text, limit })
}
