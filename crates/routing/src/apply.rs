//! What happens to a case that waits for its unit: the first rule that fits prepares its dispatch, or dispatches it.
//!
//! Whatever a person has decided stands. A case that anybody has dispatched before, that a unit has returned, or whose unit
//! somebody named when it was cut off another, is left alone: [`cases::commands::may_be_routed`].

use crate::book::{Book, Decision, Entry};
use crate::facts::{Facts, Surroundings};
use crate::language::Fault;
use crate::model::{Action, Mode};
use crate::store as rows;
use ::store::{Event, Tx};
use cases::commands::{Dispatch, Ruled};
use cases::desk::Desk;
use cases::model::Case;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use std::sync::Arc;
use web::City;

/// What the rules say of a case now.
#[derive(Clone, Debug)]
pub enum Found {
    Nothing,
    Rule(Box<Entry>, Box<Facts>),
    Stuck(Box<Entry>, Fault),
}

/// Asks the rules about a case. Reads; changes nothing.
pub fn find(city: &City, tx: &mut Tx<'_>, case: &Case) -> Result<Found> {
    let book = Book::of(city, tx)?;
    if book.entries().is_empty() {
        return Ok(Found::Nothing);
    }
    let (desk, index) = (Desk::of_in(city, tx)?, places::kept::refresh_in(city, tx)?);
    let facts = Surroundings::new(desk, index).facts(tx, case, book.asks_for_sites())?;
    let today = tx.now().date();
    Ok(match book.decide(&facts, today) {
        Decision::Nothing => Found::Nothing,
        Decision::By(entry) => Found::Rule(Box::new(entry.clone()), Box::new(facts.clone())),
        Decision::Stuck(entry, fault) => Found::Stuck(Box::new(entry.clone()), fault),
    })
}

/// What a rule does with a case of this kind, as the command of `cases` wants it.
pub fn ruled(entry: &Entry, kind: &str) -> Ruled {
    let edition = &entry.edition;
    Ruled {
        to: Dispatch { lead: edition.lead_unit, assisting: edition.assisting_units(), note: String::new() },
        condition: edition.condition_for(kind).to_owned(),
        rule: entry.rule.number,
        edition: edition.number,
        name: edition.name.clone(),
        why: edition.why.clone(),
    }
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// No rule that dispatches, or a person was faster.
    LeftAlone,
    Dispatched,
    /// Case or rule have changed since the rules were asked: ask again.
    Changed,
}

/// Dispatches the case as the rule says, if neither of them has changed since the rule was asked.
pub fn dispatch(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Arc<Desk>,
    seen: &Case,
    entry: &Entry,
    kind: &str,
) -> Result<Outcome> {
    tx.housekeeping();
    let case = cases::store::case(tx, seen.id)?.ok_or_else(Problem::not_found)?;
    if !cases::commands::may_be_routed(&case) || rows::action(tx, case.id)?.is_some() {
        return Ok(Outcome::LeftAlone);
    }
    let rule = rows::rule_by_id(tx, entry.rule.id)?;
    if case.version != seen.version || rule.is_none_or(|r| r.version != entry.rule.version) {
        return Ok(Outcome::Changed);
    }
    let after = cases::commands::dispatch_by_rule(ctx, tx, desk, case.id, &ruled(entry, kind))?;
    let row = Action {
        case_id: after.id,
        rule_id: entry.rule.id,
        edition: entry.edition.number,
        unit_id: entry.edition.lead_unit,
        at: ctx.now,
    };
    rows::insert_action(tx, &row)?;
    Ok(Outcome::Dispatched)
}

/// Tries again when somebody changes something in between, which seldom happens twice.
const TRIES: usize = 4;

/// Asks the rules about a case and does what they say.
pub fn route(city: &City, ctx: &Ctx, id: Id<Case>) -> Result<Outcome> {
    let db = city.db();
    for _ in 0..TRIES {
        let of = city.clone();
        let found = db.read_now(move |tx| {
            let Some(case) = cases::store::case(tx, id)?.filter(cases::commands::may_be_routed) else {
                return Ok(None);
            };
            Ok(Some((find(&of, tx, &case)?, case)))
        })?;
        let Some((found, case)) = found else { return Ok(Outcome::LeftAlone) };
        let now = Ctx { now: db.now(), ..ctx.clone() };
        let outcome = match found {
            Found::Rule(entry, facts) if entry.edition.mode == Mode::Dispatch => {
                let desk = Desk::of_now(city)?;
                db.write_now(&now.clone(), move |tx| dispatch(&now, tx, &desk, &case, &entry, &facts.kind))
            }
            // somebody must know that the rules stand still for this case
            Found::Stuck(entry, fault) => db.write_now(&now.clone(), move |tx| {
                let event = Event::new("routing.stuck", case.id)
                    .with("rule", entry.rule.number)
                    .with("edition", entry.edition.number)
                    .with("fault", fault.code);
                tx.record(&now, event).map(|()| Outcome::LeftAlone)
            }),
            _ => return Ok(Outcome::LeftAlone),
        };
        match outcome {
            Ok(Outcome::Changed) => {}
            // the unit is gone: a person decides
            Err(problem) if !problem.is_ours() && problem.code != "stale" => {
                let now = Ctx { now: db.now(), ..ctx.clone() };
                return db.write_now(&now.clone(), move |tx| {
                    let event = Event::new("routing.refused", id).with("problem", problem.code);
                    tx.record(&now, event).map(|()| Outcome::LeftAlone)
                });
            }
            Err(problem) if problem.code == "stale" => {}
            other => return other,
        }
    }
    Err(Problem::busy("the case keeps changing"))
}
