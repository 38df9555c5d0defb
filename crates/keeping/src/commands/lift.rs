//! A hold ends: what was held goes with the next run, if it is due.

use super::{by, reason};
use crate::model::Hold;
use crate::policy::{Act, POLICY};
use crate::store as rows;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::policy::Standing;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;

/// 409 `hold-lifted` when it has ended already.
pub fn lift(ctx: &Ctx, tx: &mut Tx<'_>, number: &str, why: &str) -> Result<Hold> {
    POLICY.require(ctx, Act::Hold, &Standing::city(), true)?;
    let mut hold = rows::hold(tx, number)?;
    if !hold.holds() {
        return Err(Problem::conflict("hold-lifted"));
    }
    let why = reason(why)?;
    (hold.lifted_by, hold.lifted_at, hold.lift_reason) = (by(ctx), Some(ctx.now), why.clone());
    tx.save(&hold)?;
    hold.version += 1;
    let event = Event::new("keeping.lifted", hold.id).with("number", hold.number.as_str());
    tx.record(ctx, event.with("kind", hold.kind.code()).with("what", hold.what.as_str()).text(&why))?;
    Ok(hold)
}
