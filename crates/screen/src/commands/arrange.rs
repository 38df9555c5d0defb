//! What a display shows: its title, which panels in which order, and of which part of the city.

use super::{Arrangement, event, load_for};
use crate::model::Display;
use crate::policy::Act;
use ::store::Tx;
use ::store::value::Json;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::workflow::Named;

/// # Errors
/// 403, 404, 409 `stale` or `display-over`.
pub fn arrange(ctx: &Ctx, tx: &mut Tx<'_>, seen: (&str, i64), shows: Arrangement) -> Result<Display> {
    let mut display = load_for(ctx, tx, Act::Arrange, seen)?;
    display.title = shows.title;
    display.panels = Json(shows.panels);
    display.division_id = shows.division;
    tx.save(&display)?;
    display.version += 1;
    let panels: Vec<&str> = display.panels.0.iter().map(|p| p.code()).collect();
    tx.record(ctx, event("screen.arranged", &display).with("panels", panels.join(" ")))?;
    Ok(display)
}
