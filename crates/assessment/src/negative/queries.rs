//! Reading the negative list.

use super::model::{Entry, Event, Status, TITLES, Titles};
use super::standing::{Standing, standing};
use super::store as rows;
use crate::policy::{self, Act};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::time::Date;

/// Entries by their codes.
pub fn entries(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Entry>> {
    policy::require(ctx, Act::SeeNegative)?;
    rows::entries(tx)
}

/// # Errors
/// 404 where there is none.
pub fn entry(ctx: &Ctx, tx: &mut Tx<'_>, code: &str) -> Result<Entry> {
    policy::require(ctx, Act::SeeNegative)?;
    rows::entry(tx, code)?.ok_or_else(Problem::not_found)
}

/// # Errors
/// 404 where there is none that the actor may see.
pub fn event(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<(Event, Entry)> {
    if !policy::may(ctx, Act::SeeNegative) {
        return Err(Problem::not_found());
    }
    let event = rows::event(tx, number)?.ok_or_else(Problem::not_found)?;
    let entry = rows::entry_by_id(tx, event.entry_id)?.ok_or_else(Problem::not_found)?;
    Ok((event, entry))
}

/// What the city was, as it was entered.
pub fn titles(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Titles> {
    policy::require(ctx, Act::SeeNegative)?;
    TITLES.get(tx)
}

/// What counts on a day; without one, today. Without a status, that of the city on that day.
pub fn on(ctx: &Ctx, tx: &mut Tx<'_>, day: Option<Date>, status: Option<Status>) -> Result<Standing> {
    policy::require(ctx, Act::SeeNegative)?;
    let day = day.unwrap_or_else(|| ctx.now.date());
    let status = match status {
        Some(status) => status,
        None => TITLES.get(tx)?.on(day),
    };
    let entries = rows::entries(tx)?;
    Ok(standing(&rows::events(tx)?, &entries, status, day))
}
