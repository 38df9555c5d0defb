//! 每日简报: the last whole day on one sheet of paper. Five numbers beside the day before and the same day of the week before,
//! three problems with their place and who answers for them, and one thing that got better, if one did.
//!
//! A brief is read in the morning, when today has hardly begun: it tells of the day that is over. Every number is a list's, asked
//! with the same conditions that its link has.

pub mod better;
mod numbers;
pub(crate) mod sheet;
mod troubles;

pub use better::Better;
pub use numbers::{Counted, Number};
pub use troubles::{Trouble, Why};

use ::store::Tx;
use cases::queries;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::time::{Date, date_from_epoch_days, days_since_epoch, parse_date};

/// What a brief tells.
#[derive(Clone, Debug)]
pub struct Brief {
    /// The day that it is about, the day before it, and the same day of the week before.
    pub days: [Date; 3],
    pub numbers: Vec<Number>,
    pub troubles: Vec<Trouble>,
    pub better: Option<Better>,
    /// Whether the days before the time machine have all been worked out; else counts at the end of a day may be too small.
    pub complete: bool,
}

/// So many days later.
pub(crate) fn days_later(day: Date, by: i64) -> Date {
    date_from_epoch_days(i64::from(days_since_epoch(day)) + by)
}

/// The day that an address asks for with `on`; without it, yesterday.
///
/// # Errors
/// 422 at the field `on`: `not-a-date`, or `day-not-over` for today and later.
pub fn day_of(ctx: &Ctx, on: &str) -> Result<Date> {
    let today = ctx.now.date();
    if on.is_empty() {
        return Ok(days_later(today, -1));
    }
    let day = parse_date(on).ok_or_else(|| Problem::field("on", "not-a-date"))?;
    if day < today { Ok(day) } else { Err(Problem::field("on", "day-not-over")) }
}

/// Reads the brief of a day that is over, of what the person may see. Problems are those of now: what was solved overnight is
/// none any more.
pub fn read(ctx: &Ctx, tx: &mut Tx<'_>, day: Date) -> Result<Brief> {
    let days = [day, days_later(day, -1), days_later(day, -7)];
    let first = queries::first_day(tx)?;
    Ok(Brief {
        days,
        numbers: numbers::read(ctx, tx, days, first)?,
        troubles: troubles::read(ctx, tx)?,
        better: better::read(ctx, tx, day, first)?,
        complete: queries::is_complete(tx)?,
    })
}
