//! Beginning, ending and cancelling.

use super::{Which, event, load_for, reason, save, stepped};
use crate::model::Inspection;
use crate::workflow::Step;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::Result;

/// People are on their way. Records `inspection.started`.
pub fn start(ctx: &Ctx, tx: &mut Tx<'_>, which: Which<'_>) -> Result<Inspection> {
    let inspection = load_for(ctx, tx, which)?;
    let inspection = save(tx, stepped(&inspection, Step::Start)?)?;
    tx.record(ctx, event("inspection.started", &inspection))?;
    Ok(inspection)
}

/// It is over: from now on everybody sees secret and points. Records `inspection.ended`.
pub fn end(ctx: &Ctx, tx: &mut Tx<'_>, which: Which<'_>) -> Result<Inspection> {
    let inspection = load_for(ctx, tx, which)?;
    let inspection = save(tx, stepped(&inspection, Step::End)?)?;
    tx.record(ctx, event("inspection.ended", &inspection))?;
    Ok(inspection)
}

/// Gives it up. That it was committed or drawn stays published, with the reason. Records `inspection.cancelled`.
///
/// # Errors
/// 422 without a reason.
pub fn cancel(ctx: &Ctx, tx: &mut Tx<'_>, which: Which<'_>, why: &str) -> Result<Inspection> {
    let inspection = load_for(ctx, tx, which)?;
    let next = stepped(&inspection, Step::Cancel)?;
    let why = reason(why)?;
    let inspection = save(tx, Inspection { reason: why.clone(), ..next })?;
    tx.record(ctx, event("inspection.cancelled", &inspection).text(&why))?;
    Ok(inspection)
}
