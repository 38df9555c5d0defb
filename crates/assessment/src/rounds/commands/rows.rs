//! What a person says of one row: that it counts, or that it is set aside.

use super::{before, event, load_open, recount, rows_of, told};
use crate::rounds::change::Change;
use crate::rounds::model::Verdict;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};

/// Longest reason, in characters.
const LONGEST: usize = 200;

/// Says that a row counts although its number came before, or sets it aside: it is kept and shown, and not scored.
///
/// # Errors
/// 404 without such a row; `reason: required | too-long` for a row that is set aside; `round-fixed` (409).
pub fn judge(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    number: &str,
    row: i64,
    counts: bool,
    reason: &str,
) -> Result<Change> {
    let round = load_open(ctx, tx, number)?;
    let reason = reason.trim();
    if reason.chars().count() > LONGEST {
        return Err(Problem::field("row_reason", "too-long"));
    }
    if !counts && reason.is_empty() {
        return Err(Problem::field("row_reason", "required"));
    }
    rows_of::row(tx, round.id, row)?.ok_or_else(Problem::not_found)?;
    let was = before(tx, &round)?;
    let known = rows_of::verdicts(tx, round.id)?.into_iter().find(|v| v.row_number == row);
    let by = (ctx.person(), ctx.now);
    match known {
        Some(known) => tx.save(&Verdict {
            counts,
            reason: reason.to_owned(),
            decided_by: by.0,
            decided_at: by.1,
            ..known
        })?,
        None => {
            let id = tx.new_id();
            tx.insert(&Verdict {
                id,
                round_id: round.id,
                row_number: row,
                counts,
                reason: reason.to_owned(),
                decided_by: by.0,
                decided_at: by.1,
                version: 1,
            })?;
        }
    }
    let of = event(if counts { "assessment.row-counted" } else { "assessment.row-aside" }, &round);
    let change = recount(tx, round, &was)?;
    tx.record(ctx, told(of.with("row", row).with("reason", reason), &change))?;
    Ok(change)
}

/// Takes back what was said of a row.
///
/// # Errors
/// 404 where nothing was; `round-fixed` (409).
pub fn unjudge(ctx: &Ctx, tx: &mut Tx<'_>, number: &str, row: i64) -> Result<Change> {
    let round = load_open(ctx, tx, number)?;
    let known = rows_of::verdicts(tx, round.id)?.into_iter().find(|v| v.row_number == row);
    let known = known.ok_or_else(Problem::not_found)?;
    let was = before(tx, &round)?;
    rows_of::forget_verdict(tx, known.id)?;
    let of = event("assessment.row-unjudged", &round);
    let change = recount(tx, round, &was)?;
    tx.record(ctx, told(of.with("row", row), &change))?;
    Ok(change)
}
