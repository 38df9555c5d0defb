//! What another system has to say of a case: a line in its history, which moves nothing.

use crate::model::Case;
use crate::policy::{Act, POLICY, city};
use crate::store;
use ::store::audit::{self, HistoryLine};
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::problem::{FieldError, Problem, Result};

/// Longest remark, in characters.
const REMARK: usize = 2000;

/// Of a case that everybody can see, or that was reported with the same key. `outside`: the number the other system gave
/// to what it says; the same one said again changes nothing.
pub fn remark(ctx: &Ctx, tx: &mut Tx<'_>, number: &str, outside: &str, words: &str) -> Result<Case> {
    POLICY.require(ctx, Act::Report, &city(), true)?;
    let known =
        |case: &Case| case.is_public || (case.reported_by.is_some() && case.reported_by == ctx.person());
    let case = store::case_by_number(tx, number)?.filter(known).ok_or_else(Problem::not_found)?;
    let words = words.trim();
    if words.is_empty() {
        return Err(Problem::field("description", "required"));
    }
    if words.chars().count() > REMARK {
        return Err(Problem::invalid(vec![FieldError::new("description", "too-long").arg("max", REMARK)]));
    }
    let said_before = |line: &HistoryLine| {
        line.verb == "case.remarked"
            && line.fact("outside") == outside
            && ctx.person().is_some_and(|p| line.actor == format!("person:{p}"))
    };
    if audit::history(tx, case.id)?.iter().any(said_before) {
        tx.housekeeping();
        return Ok(case);
    }
    tx.record(ctx, Event::new("case.remarked", case.id).with("outside", outside).text(words))?;
    Ok(case)
}
