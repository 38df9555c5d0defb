//! Reading cycles and schemes.

use super::figures::{Fed, Figures, work_out};
use super::model::{Cycle, Scheme};
use super::store as rows;
use super::tree::{self, Fault, Placed};
use super::years::{self, CycleScore};
use crate::policy::{self, Act};
use crate::rounds::model::Round;
use crate::rounds::queries as rounds;
use crate::rounds::worked::worked;
use crate::rounds::workflow::State;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use scoring::Missing;
use web::City;

/// Most rounds that feed a scheme.
const FED: usize = 40;

/// All editions, the newest first.
pub fn schemes(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Scheme>> {
    policy::require(ctx, Act::See)?;
    rows::schemes(tx)
}

pub fn cycles(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Cycle>> {
    policy::require(ctx, Act::See)?;
    rows::cycles(tx)
}

/// A scheme with its tree in order, and what keeps it from being published.
#[derive(Clone, Debug)]
pub struct Full {
    pub scheme: Scheme,
    pub placed: Vec<Placed>,
    pub faults: Vec<Fault>,
    /// Names of units that the register does not have.
    pub strangers: Vec<String>,
}

/// # Errors
/// 404 where there is none that the actor may see.
pub fn full(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Full> {
    if !policy::may(ctx, Act::See) {
        return Err(Problem::not_found());
    }
    let scheme = rows::scheme(tx, number)?.ok_or_else(Problem::not_found)?;
    let placed = tree::ordered(&rows::nodes(tx, scheme.id)?);
    let faults = tree::checked(&placed).err().unwrap_or_default();
    let known: Vec<String> = people::queries::all_units_options(tx)?.into_iter().map(|u| u.name).collect();
    let mut strangers: Vec<String> = Vec::new();
    for of in &placed {
        for unit in std::iter::once(&of.node.lead_unit).chain(&of.node.units.0) {
            if !unit.is_empty() && !known.contains(unit) && !strangers.contains(unit) {
                strangers.push(unit.clone());
            }
        }
    }
    Ok(Full { scheme, placed, faults, strangers })
}

/// The scheme that another was copied from.
pub fn origin(tx: &mut Tx<'_>, scheme: &Scheme) -> Result<Option<Scheme>> {
    scheme.based_on.map_or(Ok(None), |id| rows::scheme_by_id(tx, id))
}

/// A round by its number, or all rounds of a year that count.
pub(crate) fn fed_by(ctx: &Ctx, tx: &mut Tx<'_>, by: &str) -> Result<Vec<Round>> {
    match by.parse::<i64>() {
        Ok(year) => {
            let of_year =
                |round: &Round| i64::from(round.day().year()) == year && round.state != State::Withdrawn;
            Ok(rounds::trend(ctx, tx)?
                .into_iter()
                .map(|(round, _)| round)
                .filter(of_year)
                .take(FED)
                .collect())
        }
        Err(_) => Ok(vec![rounds::see_whole(ctx, tx, by)?]),
    }
}

/// What a scheme comes to with a round (`AR-…`), or with all rounds of a year that count; none where its tree is faulty or nothing
/// feeds it.
pub fn figures(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    city: &City,
    full: &Full,
    by: &str,
    missing: Missing,
) -> Result<Option<Figures>> {
    let Ok(tree) = tree::checked(&full.placed) else { return Ok(None) };
    let found = fed_by(ctx, tx, by)?;
    let mut fed = Vec::new();
    for (occasion, round) in (1..).zip(&found) {
        let period = u32::try_from(round.day().month()).unwrap_or_default();
        fed.push(Fed { worked: worked(city, tx, round)?, occasion, period });
    }
    if fed.is_empty() {
        return Ok(None);
    }
    Ok(Some(work_out(&full.scheme, &full.placed, &tree, &fed, missing)))
}

/// A cycle with what its years come to.
///
/// # Errors
/// 404 where there is none that the actor may see.
pub fn cycle(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<(Cycle, CycleScore)> {
    if !policy::may(ctx, Act::See) {
        return Err(Problem::not_found());
    }
    let cycle = rows::cycle(tx, number)?.ok_or_else(Problem::not_found)?;
    let published = rounds::published(ctx, tx)?;
    let score = years::score(&cycle, &published);
    Ok((cycle, score))
}

/// Numbers of those of these ids that are schemes or cycles.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    rows::numbers(tx, ids)
}
