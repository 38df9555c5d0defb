//! What people do: say whether a warning is right, and set from when on they are asked.

use crate::jobs;
use crate::model::{State, Warning};
use crate::policy::{Act, POLICY, city};
use crate::queries::{independent, load_for};
use crate::settings::{RULES, Rules};
use ::store::tasks::Task;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{FieldError, Problem, Result};
use kernel::workflow::Named;

const MOST_WORDS: usize = 500;

/// 属实 or 误报, with the reason. A decision can be changed by deciding again: both stand in the log.
pub fn decide(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    number: &str,
    state: State,
    reason: &str,
    version: Option<i64>,
) -> Result<Warning> {
    let mut warning = load_for(ctx, tx, Act::Decide, number)?;
    independent(ctx, tx, &warning)?;
    if version.is_some_and(|version| version != warning.version) {
        return Err(Problem::stale());
    }
    if state == State::Open {
        return Err(Problem::field("verdict", "not-a-choice"));
    }
    let reason = reason.trim();
    match reason.chars().count() {
        0 => return Err(Problem::field("reason", "required")),
        n if n > MOST_WORDS => {
            return Err(Problem::invalid(vec![FieldError::new("reason", "too-long").arg("max", MOST_WORDS)]));
        }
        _ => {}
    }
    warning.reason = reason.into();
    warning.state = state;
    warning.decided_by = ctx.person();
    warning.decided_at = Some(ctx.now);
    tx.save(&warning)?;
    warning.version += 1;
    let verb = if state == State::Confirmed { "honesty.confirmed" } else { "honesty.cleared" };
    let event = Event::new(verb, warning.id).with("number", warning.number.as_str());
    let event = event.with("kind", warning.kind.code()).with("case", warning.case_number.as_str());
    tx.record(ctx, event.text(reason))?;
    Ok(warning)
}

/// The city's thresholds. What was warned of before stays.
pub fn set_rules(ctx: &Ctx, tx: &mut Tx<'_>, rules: &Rules) -> Result<()> {
    POLICY.require(ctx, Act::Edit, &city(), true)?;
    rules.check()?;
    tx.housekeeping();
    RULES.set(tx, ctx, rules)
}

/// Goes through all earlier pictures, in the background.
pub fn go_back(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Id<Task>> {
    POLICY.require(ctx, Act::Edit, &city(), true)?;
    let task = jobs::enqueue_backfill(ctx, tx)?;
    tx.record(ctx, Event::city("honesty.backfilled"))?;
    Ok(task)
}
