//! The night's run, and the one that somebody asks for.

use crate::model::Run;
use crate::policy::{Act, POLICY};
use crate::run::{begin, keeps_of, run};
use crate::store as rows;
use ::store::jobs::{JobHandler, Periodic, Work, enqueue};
use ::store::settings::Setting;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::policy::Standing;
use kernel::problem::{Problem, Result};
use kernel::time::{DAY, HOUR, Instant};
use web::City;

pub const HANDLERS: &[JobHandler] = &[JobHandler::new(RUN, run_now)];
pub const PERIODIC: &[Periodic] = &[Periodic::new("keeping-tend", 1800, tend).at_startup()];

const RUN: &str = "keeping-run";

/// The hour of the night (China time) from which it runs, once a day.
const NIGHT: i64 = 3;

/// Days between a city's first meeting with these rules and its first run, so that somebody can look at what would go and hold what must
/// stay.
const GRACE: i64 = 7;

/// Before which no run of the night begins; set when a city first meets these rules.
const FROM: Setting<Option<Instant>> = Setting::new("keeping-from", || None);

fn first_night(now: Instant) -> Instant {
    Instant::start_of(now.date()).plus(GRACE * DAY + NIGHT * HOUR)
}

/// When the next run of the night is due.
pub fn next_run(tx: &mut Tx<'_>, now: Instant) -> Result<Instant> {
    let from = FROM.get(tx)?.unwrap_or_else(|| first_night(now));
    Ok(next_night(rows::last_night(tx)?, now).max(from))
}

/// Once a day from three in the night on, given when the last began. A program that was not running then makes up for it.
fn next_night(last: Option<Instant>, now: Instant) -> Instant {
    let tonight = Instant::start_of(now.date()).plus(NIGHT * HOUR);
    if last.is_some_and(|last| last >= tonight) { tonight.plus(DAY) } else { tonight }
}

/// Runs at night, and goes on with what has not ended.
fn tend(work: &Work<'_>) -> Result<()> {
    let now = work.ctx.now;
    let (met, due) = work.db.read_now(move |tx| {
        let due = rows::open_run(tx)?.is_some() || next_run(tx, now)? <= now;
        Ok((FROM.get(tx)?.is_some(), due))
    })?;
    if !met {
        let ctx = work.ctx.clone();
        work.db.write_now(&work.ctx, move |tx| FROM.set(tx, &ctx, &Some(first_night(now))))?;
    }
    if due { go(work, false) } else { Ok(()) }
}

fn run_now(work: &Work<'_>) -> Result<()> {
    go(work, true)
}

fn go(work: &Work<'_>, by_hand: bool) -> Result<()> {
    let keeps = keeps_of(work.tools.get::<City>()?)?;
    run(work.db, &work.ctx, &keeps, by_hand).map(drop)
}

/// Has what is due erased at once, in the background. 409 `keeping-runs` while a run goes on.
pub fn start(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Run> {
    POLICY.require(ctx, Act::Run, &Standing::city(), true)?;
    if rows::open_run(tx)?.is_some() {
        return Err(Problem::conflict("keeping-runs"));
    }
    let run = begin(ctx, tx, true)?;
    enqueue(tx, RUN, &(), ctx.now, Some(RUN))?;
    tx.record(ctx, Event::new("keeping.asked", run.id).with("number", run.number))?;
    Ok(run)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn once_a_night_from_three_on() {
        let at = |text: &str| Instant::parse_rfc3339(text).unwrap();
        let (one, noon) = (at("2026-03-05T01:00:00+08:00"), at("2026-03-05T12:00:00+08:00"));
        let (tonight, tomorrow) = (at("2026-03-05T03:00:00+08:00"), at("2026-03-06T03:00:00+08:00"));
        assert_eq!(next_night(None, one), tonight);
        assert_eq!(next_night(None, noon), tonight, "a program that was not running makes up for it");
        assert_eq!(next_night(Some(at("2026-03-04T03:10:00+08:00")), noon), tonight);
        assert_eq!(next_night(Some(at("2026-03-05T03:10:00+08:00")), noon), tomorrow);
    }
}
