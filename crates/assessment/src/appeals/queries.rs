//! Reading appeals.

use super::model::{Appeal, State, TERMS};
use super::store as rows;
use crate::policy::{self, Act};
use crate::rounds::matching::plain;
use crate::rounds::model::Round;
use crate::rounds::queries as rounds;
use crate::rounds::workflow::State as RoundState;
use ::store::Tx;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use scoring::round::Point;
use web::list::{Cursor, Page};

/// Which appeals a person sees: those of their own units, or all.
fn units(ctx: &Ctx) -> Option<Vec<Id<Unit>>> {
    if policy::may(ctx, Act::See) { None } else { Some(policy::own_units(ctx)) }
}

/// # Errors
/// 404 where there is none that the actor may see.
pub fn appeal(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<(Appeal, Round)> {
    let found = rows::appeal(tx, number)?.ok_or_else(Problem::not_found)?;
    if units(ctx).is_some_and(|own| !own.contains(&found.unit_id)) {
        return Err(Problem::not_found());
    }
    let round = rounds::by_id(tx, found.round_id)?.ok_or_else(Problem::not_found)?;
    Ok((found, round))
}

/// # Errors
/// 403 for whoever may know nothing of any.
pub fn list(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    state: Option<State>,
    after: Option<Cursor>,
    most: usize,
) -> Result<Page<Appeal>> {
    if !policy::may_list(ctx) {
        return Err(Problem::forbidden().arg("action", "assessment-see-own"));
    }
    let found = rows::list(tx, units(ctx).as_deref(), state, after.map(|c| c.id), most + 1)?;
    Ok(Page::from_rows(found, most, |a| Cursor { sort: 0, id: a.id.raw() }))
}

/// Appeals on a row that the actor may see, the newest first.
pub fn of_row(ctx: &Ctx, tx: &mut Tx<'_>, round: Id<Round>, row: i64) -> Result<Vec<Appeal>> {
    let own = units(ctx);
    let mut all = rows::of_row(tx, round, row)?;
    all.retain(|a| own.as_ref().is_none_or(|own| own.contains(&a.unit_id)));
    Ok(all)
}

/// The last day on which a row of this round may be appealed against; none while it is not published.
pub fn last_day(tx: &mut Tx<'_>, round: &Round) -> Result<Option<Date>> {
    let Some(published) = round.published_at.filter(|_| round.state == RoundState::Published) else {
        return Ok(None);
    };
    let days = TERMS.get(tx)?.file;
    let (day, _) = places::calendar::working(tx)?.add_working_days(published.date(), days);
    Ok(Some(day))
}

/// The unit of the actor's own that may appeal against this point now.
pub fn may_file(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    round: &Round,
    row: i64,
    point: &Point,
) -> Result<Option<(Id<Unit>, String)>> {
    let own = policy::own_units(ctx);
    if own.is_empty() || point.lost == 0 || last_day(tx, round)?.is_none_or(|day| day < ctx.now.date()) {
        return Ok(None);
    }
    let known = people::queries::unit_names(tx, &own)?;
    let named = |name: &str| point.units.iter().any(|unit| plain(unit) == plain(name));
    let mut mine: Vec<_> = known.into_iter().filter(|(_, name)| named(name)).collect();
    mine.sort();
    let open = rows::of_row(tx, round.id, row)?;
    mine.retain(|(unit, _)| !open.iter().any(|a| a.unit_id == *unit && a.state != State::Withdrawn));
    Ok(mine.into_iter().next())
}
