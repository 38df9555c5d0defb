use crate::policy::{Act, POLICY};
use crate::{calendar, store as rows};
use kernel::ctx::Ctx;
use kernel::policy::Standing;
use kernel::problem::{FieldError, Problem, Result};
use kernel::time::Date;
use store::{Event, Tx};

/// Closes the city's offices for a day, whatever the arrangement says: a storm, a local festival.
pub fn close_day(ctx: &Ctx, tx: &mut Tx<'_>, date: Date, reason: &str) -> Result<()> {
    POLICY.require(ctx, Act::Calendar, &Standing::city(), true)?;
    match reason.trim().chars().count() {
        0 => return Err(Problem::field("closure_reason", "required")),
        1..=60 => {}
        _ => {
            return Err(Problem::invalid(vec![FieldError::new("closure_reason", "too-long").arg("max", 60)]));
        }
    }
    rows::save_closure(tx, date, reason.trim())?;
    calendar::changed(tx)?;
    tx.record(ctx, Event::city("calendar.closed").with("date", date.to_string()).text(reason))
}

/// Takes a closure back.
pub fn open_day(ctx: &Ctx, tx: &mut Tx<'_>, date: Date) -> Result<()> {
    POLICY.require(ctx, Act::Calendar, &Standing::city(), true)?;
    if rows::remove_closure(tx, date)? == 0 {
        return Err(Problem::not_found());
    }
    calendar::changed(tx)?;
    tx.record(ctx, Event::city("calendar.opened").with("date", date.to_string()))
}
