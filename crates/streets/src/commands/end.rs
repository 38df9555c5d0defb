//! An adoption ends, or is taken back because it was a mistake.

use super::{event, open_for, reason, save};
use crate::model::{Adoption, EndReason};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use kernel::workflow::Named;
use places::PlaceIndex;

/// `until` is the last day, in the past or in the future; `None` takes it back: it held on no day.
pub fn end(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    of: (&str, i64),
    until: Option<Date>,
    why: &str,
) -> Result<Adoption> {
    let (mut adoption, _) = open_for(ctx, tx, index, of)?;
    let why = reason(why)?;
    // its old end only: making it longer could lay it over what came after
    let ended = adoption.until_date.is_some_and(|end| until.is_none_or(|until| until > end));
    if until.is_some_and(|until| until < adoption.from_date) || (until.is_some() && ended) {
        return Err(Problem::field("adoption_until", "adoption-ends-first"));
    }
    let how = if until.is_some() { EndReason::Ended } else { EndReason::Mistake };
    let never = adoption.from_date.yesterday().map_err(Problem::internal)?;
    adoption.until_date = Some(until.unwrap_or(never));
    adoption.end_reason = Some(how);
    adoption.warned = false;
    save(tx, &mut adoption)?;
    let verb = if until.is_some() { "adoption.ended" } else { "adoption.taken-back" };
    let event = event(verb, &adoption).with("how", how.code()).with("until", until.map(|d| d.to_string()));
    tx.record(ctx, event.text(why))?;
    Ok(adoption)
}
