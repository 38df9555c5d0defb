//! What pages and programs read.

use crate::model::{Hold, HoldKind, Run, Set};
use crate::policy::{Act, POLICY};
use crate::store as rows;
use ::store::keep::{Due, Held, Keep, Way};
use ::store::{Query, Tx, sql};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::policy::Standing;
use kernel::problem::Result;
use kernel::time::{DAY, Instant};
use web::keep::Keeps;

/// A rule as it is in force.
#[derive(Debug)]
pub struct InForce {
    pub rule: &'static Keep,
    pub days: i64,
    /// Who set other than the usual days.
    pub set: Option<Set>,
}

pub fn rules(ctx: &Ctx, tx: &mut Tx<'_>, keeps: &Keeps) -> Result<Vec<InForce>> {
    POLICY.require(ctx, Act::See, &Standing::city(), true)?;
    keeps.rules.iter().map(|rule| in_force(tx, rule)).collect()
}

pub(crate) fn in_force(tx: &mut Tx<'_>, rule: &'static Keep) -> Result<InForce> {
    let set = rows::set(tx, rule.key)?;
    let days = match (&rule.way, &set) {
        (Way::Own { days: Some(days), .. }, _) => days(tx)?,
        // a later version of the program may allow less than somebody set
        (_, Some(set)) if rule.days.allow(set.days) => set.days,
        _ => rule.days.usual,
    };
    Ok(InForce { rule, days, set })
}

/// What holds keep from going.
pub fn held(tx: &mut Tx<'_>) -> Result<Held> {
    let mut held = Held::default();
    for hold in rows::holds(tx)? {
        match hold.kind {
            HoldKind::Case => held.cases.extend(hold.case_id.map(Id::raw)),
            HoldKind::Unit => {
                if let Some(unit) = hold.unit_id {
                    held.units.push(unit.raw());
                    held.units.extend(people::queries::units_under(tx, unit)?.iter().map(|unit| unit.raw()));
                }
            }
            HoldKind::Before => {
                let day = hold.before_day.map(Instant::start_of);
                held.before = held.before.max(day);
            }
        }
    }
    held.units.sort_unstable();
    held.units.dedup();
    Ok(held)
}

/// What a rule would erase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    pub today: i64,
    /// In the thirty days that follow, today's included.
    pub in_month: i64,
    /// What is due today and held.
    pub held: i64,
}

/// Days that a look ahead goes.
pub const AHEAD: i64 = 30;

/// Counts what would go, and changes nothing. `None` for rules that a job of their own carries out. Reads what is due: for a
/// person who asks.
pub fn preview(ctx: &Ctx, tx: &mut Tx<'_>, keeps: &Keeps) -> Result<Vec<(InForce, Option<Waiting>)>> {
    POLICY.require(ctx, Act::See, &Standing::city(), true)?;
    let (held, free) = (held(tx)?, Held::default());
    keeps.rules.iter().map(|rule| waiting(tx, rule, ctx.now, &held, &free)).collect()
}

fn waiting(
    tx: &mut Tx<'_>,
    rule: &'static Keep,
    now: Instant,
    held: &Held,
    free: &Held,
) -> Result<(InForce, Option<Waiting>)> {
    let found = in_force(tx, rule)?;
    let Way::Daily { count, .. } = &rule.way else { return Ok((found, None)) };
    let today = count(tx, &Due::new(now, found.days, held))?;
    let in_month = count(tx, &Due::new(now.plus(AHEAD * DAY), found.days, held))?;
    let all = if held == free { today } else { count(tx, &Due::new(now, found.days, free))? };
    Ok((found, Some(Waiting { today, in_month, held: all - today })))
}

/// Runs, newest first, from before the one with this number.
pub fn runs(ctx: &Ctx, tx: &mut Tx<'_>, before: i64, limit: i64) -> Result<Vec<Run>> {
    POLICY.require(ctx, Act::See, &Standing::city(), true)?;
    tx.all(
        sql!(Run: "select {*} from keeping_run where number < $1 order by number desc limit $2"),
        &[&before, &limit],
    )
}

/// Holds that are on, or that were lifted, newest first, from before the one with this id.
pub fn holds(ctx: &Ctx, tx: &mut Tx<'_>, on: bool, before: i64, limit: i64) -> Result<Vec<Hold>> {
    POLICY.require(ctx, Act::See, &Standing::city(), true)?;
    let mut query = Query::<Hold>::new("select {*} from keeping_hold");
    query.filter(if on { "lifted_at is null" } else { "lifted_at is not null" }, &[]);
    query.filter("id < ?", &[&before]).tail("order by id desc limit ?", &[&limit]);
    tx.query(&query)
}

/// Numbers of those of these ids that are holds.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut query = Query::<(i64, String)>::new("select id, number from keeping_hold");
    query.one_of("id", ids);
    tx.query(&query)
}
