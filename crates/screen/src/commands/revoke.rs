//! A display ends for good; its page says so.

use super::{event, load_for};
use crate::model::Display;
use crate::policy::Act;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::Result;

/// # Errors
/// 403, 404, 409 `stale` or `display-over`.
pub fn revoke(ctx: &Ctx, tx: &mut Tx<'_>, seen: (&str, i64)) -> Result<Display> {
    let mut display = load_for(ctx, tx, Act::Keep, seen)?;
    display.revoked_at = Some(ctx.now);
    tx.save(&display)?;
    display.version += 1;
    tx.record(ctx, event("screen.revoked", &display))?;
    Ok(display)
}
