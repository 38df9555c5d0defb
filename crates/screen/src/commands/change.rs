//! Where a display hangs, what it is called and until when. One that has expired is in use again with a later day.

use super::{Registration, event, load_for};
use crate::model::Display;
use crate::policy::Act;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::Result;

/// # Errors
/// 403, 404, 409 `stale` or `display-over`.
pub fn change(ctx: &Ctx, tx: &mut Tx<'_>, seen: (&str, i64), at: Registration) -> Result<Display> {
    let mut display = load_for(ctx, tx, Act::Keep, seen)?;
    display.name = at.name;
    display.place = at.place;
    display.until_date = at.until;
    tx.save(&display)?;
    display.version += 1;
    tx.record(ctx, event("screen.changed", &display).with("until", display.until_date.to_string()))?;
    Ok(display)
}
