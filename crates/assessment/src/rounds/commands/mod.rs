//! What people do with rounds.

mod edit;
mod keep;
mod raise;
mod rows;
mod say;
mod step;

pub(crate) use edit::weight;
pub use edit::{Edit, edit};
pub use keep::{NewRound, keep};
pub use raise::{raise, words};
pub use rows::{judge, unjudge};
pub use say::{leave, say, take_back};
pub use step::step;

use super::change::Change;
use super::model::Round;
use super::store as rows_of;
use super::summary::Summary;
use super::worked::Worked;
use crate::policy::{self, Act};
use ::store::value::Json;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};

/// The only door to a round for whoever changes something.
fn load_for(ctx: &Ctx, tx: &mut Tx<'_>, act: Act, number: &str) -> Result<Round> {
    policy::require(ctx, act)?;
    rows_of::by_number(tx, number)?.ok_or_else(Problem::not_found)
}

/// The same, where texts and rows are judged.
///
/// # Errors
/// `round-fixed` (409) as soon as it is no draft any more.
fn load_open(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Round> {
    let round = load_for(ctx, tx, Act::Match, number)?;
    if round.is_open() { Ok(round) } else { Err(Problem::conflict("round-fixed").arg("number", number)) }
}

fn event(verb: &'static str, round: &Round) -> Event {
    Event::new(verb, round.id).with("number", round.number.as_str())
}

/// Works a round out again after a decision, keeps what it comes to now, and says what moved.
fn recount(tx: &mut Tx<'_>, mut round: Round, before: &Summary) -> Result<Change> {
    let after = Summary::of(&Worked::load(tx, round.id)?);
    round.summary = Json(Some(after.clone()));
    tx.save(&round)?;
    Ok(Change::between(before, &after).only_moved())
}

/// What the round came to before a decision.
fn before(tx: &mut Tx<'_>, round: &Round) -> Result<Summary> {
    match &round.summary.0 {
        Some(summary) => Ok(summary.clone()),
        None => Ok(Summary::of(&Worked::load(tx, round.id)?)),
    }
}

/// How a score is written into the log: exact.
fn told(event: Event, change: &Change) -> Event {
    event.with("before", change.before.score.to_string()).with("after", change.after.score.to_string())
}
