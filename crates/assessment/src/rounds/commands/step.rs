//! A round goes from state to state.

use super::{before, event, load_for, rows_of};
use crate::policy::Act;
use crate::rounds::model::Round;
use crate::rounds::workflow::{ROUND, State, Step};
use ::store::Tx;
use ::store::value::Json;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;

/// Longest reason, in characters.
const LONGEST: usize = 300;

/// Takes the step. `reason` is wanted where a published round is withdrawn. `version`: of the round as it was seen.
///
/// # Errors
/// 409 where the state does not allow it, `stale` (409), `step_reason: required | too-long`, `round-open` (409) with the number of
/// texts that nobody has said anything of, where it would be fixed with them.
pub fn step(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    number: &str,
    step: Step,
    reason: &str,
    version: Option<i64>,
) -> Result<Round> {
    let round = load_for(ctx, tx, Act::Move, number)?;
    let to = ROUND.step(round.state, step)?.to;
    if version.is_some_and(|seen| seen != round.version) {
        return Err(Problem::stale());
    }
    let reason = reason.trim();
    if reason.chars().count() > LONGEST {
        return Err(Problem::field("step_reason", "too-long"));
    }
    if step == Step::Withdraw && reason.is_empty() {
        return Err(Problem::field("step_reason", "required"));
    }
    let summary = before(tx, &round)?;
    if step == Step::Check && summary.open > 0 {
        return Err(Problem::conflict("round-open").arg("number", number).arg("count", summary.open));
    }
    // named so that the log can tell it in words
    let of = event("assessment.round-moved", &round).with("from", round.state.code());
    let of = of.with("round-state", to.code());
    let reason = if step == Step::Withdraw { reason.to_owned() } else { String::new() };
    let of = of.with("reason", reason.as_str());
    let published_at = (to == State::Published).then_some(ctx.now);
    tx.save(&Round { state: to, reason, summary: Json(Some(summary)), published_at, ..round })?;
    tx.record(ctx, of)?;
    rows_of::by_number(tx, number)?.ok_or_else(Problem::not_found)
}
