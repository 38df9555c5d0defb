//! 反弹: the same kind at the same place again, soon after closing. Found by the program when a case is confirmed, said by
//! whoever reports it, or by a person; a person who sees that it is another problem ends the link.

use super::{load_for, reason, save};
use crate::model::{Case, Recurrence};
use crate::policy::Act;
use crate::rules::RULES;
use crate::store;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::geometry::{Bbox, distance_m};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::DAY;

fn metres(a: &Case, b: &Case) -> Option<f64> {
    Some(distance_m(a.place()?, b.place()?))
}

/// The closed case that this one is again, by the city's rules: of the same kind, near, closed shortly before it was
/// reported; of several the one closed last.
fn earlier(tx: &mut Tx<'_>, case: &Case) -> Result<Option<Case>> {
    let (Some(item), Some(place)) = (case.item_id, case.place()) else { return Ok(None) };
    let rules = RULES.get(tx)?;
    let within = f64::from(rules.recurrence_m);
    let since = case.reported_at.plus(-i64::from(rules.recurrence_days) * DAY);
    let Some(around) = Bbox::around([place]).map(|spot| spot.grown(within)) else { return Ok(None) };
    let closed = store::closed_in(tx, item, (since, case.reported_at), around)?;
    let fits = |old: &Case| old.id != case.id && metres(old, case).is_some_and(|m| m <= within);
    Ok(closed.into_iter().find(fits))
}

/// Called while a case is confirmed or registered, before it is saved. A link that somebody has ended is not made again.
pub(super) fn look_back(ctx: &Ctx, tx: &mut Tx<'_>, case: &mut Case) -> Result<()> {
    if case.is_recurrence || case.parent_id.is_some() {
        return Ok(());
    }
    let known = store::recurrences_of(tx, case.id)?;
    match known.into_iter().find(|r| r.ended_at.is_none()) {
        // whoever reported it said so; from now on it counts
        Some(said) => {
            let mut old = store::case(tx, said.earlier_id)?.ok_or_else(Problem::not_found)?;
            count(ctx, tx, case, &mut old)
        }
        None => {
            let Some(mut old) = earlier(tx, case)? else { return Ok(()) };
            if store::recurrences_of(tx, case.id)?.iter().any(|r| r.earlier_id == old.id) {
                return Ok(());
            }
            let made = Recurrence { made_by: None, ..link(ctx, tx, case, &old) };
            tx.insert(&made)?;
            count(ctx, tx, case, &mut old)
        }
    }
}

fn link(ctx: &Ctx, tx: &mut Tx<'_>, case: &Case, old: &Case) -> Recurrence {
    Recurrence {
        id: tx.new_id(),
        case_id: case.id,
        earlier_id: old.id,
        metres: metres(case, old),
        made_by: ctx.person(),
        made_at: ctx.now,
        ended_by: None,
        ended_at: None,
        version: 1,
    }
}

/// Counts the link on both sides, and tells it in both histories. The later case is saved by whoever calls.
fn count(ctx: &Ctx, tx: &mut Tx<'_>, case: &mut Case, old: &mut Case) -> Result<()> {
    case.is_recurrence = true;
    old.recurrence_count += 1;
    save(ctx, tx, old)?;
    tx.record(ctx, Event::new("case.recurred", old.id).with("number", case.number.as_str()))?;
    tx.record(ctx, Event::new("case.is-recurrence", case.id).with("number", old.number.as_str()))
}

/// What whoever reports it says: this is that closed case again. It counts once the report is confirmed.
pub(super) fn said_again(ctx: &Ctx, tx: &mut Tx<'_>, case: &Case, old: &Case) -> Result<()> {
    let made = Recurrence { made_by: None, ..link(ctx, tx, case, old) };
    tx.insert(&made)
}

/// A case filed because of a second look.
pub(super) fn file_again(ctx: &Ctx, tx: &mut Tx<'_>, case: &mut Case, old: &mut Case) -> Result<()> {
    let made = link(ctx, tx, case, old);
    tx.insert(&made)?;
    count(ctx, tx, case, old)
}

/// A person says that a case is an earlier one again.
pub fn relate(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Case>, earlier: Id<Case>) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Relate, id)?;
    let mut old = load_for(ctx, tx, Act::View, earlier)?;
    if case.id == old.id {
        return Err(Problem::field("earlier", "same-case"));
    }
    if case.is_recurrence {
        return Err(Problem::conflict("linked-before"));
    }
    if old.closed_at.is_none_or(|at| at > case.reported_at) {
        return Err(Problem::field("earlier", "not-closed-before"));
    }
    let known = store::recurrences_of(tx, id)?.into_iter().find(|r| r.earlier_id == old.id);
    match known {
        Some(known) => {
            tx.save(&Recurrence {
                made_by: ctx.person(),
                made_at: ctx.now,
                ended_by: None,
                ended_at: None,
                ..known
            })?;
        }
        None => {
            let made = link(ctx, tx, &case, &old);
            tx.insert(&made)?;
        }
    }
    count(ctx, tx, &mut case, &mut old)?;
    save(ctx, tx, &mut case)?;
    Ok(case)
}

/// It is another problem after all.
pub fn end_recurrence(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Case>, why: &str) -> Result<()> {
    let mut case = load_for(ctx, tx, Act::Relate, id)?;
    let why = reason(why)?;
    if !case.is_recurrence {
        return Err(Problem::conflict("already-decided"));
    }
    forget_recurrence(ctx, tx, &mut case, why)?;
    save(ctx, tx, &mut case)
}

/// Ends the link of a case that is not one any more: its place in the counts goes with it. The caller saves the case.
pub(super) fn forget_recurrence(ctx: &Ctx, tx: &mut Tx<'_>, case: &mut Case, why: &str) -> Result<()> {
    let links = store::recurrences_of(tx, case.id)?;
    for mut link in links.into_iter().filter(|r| r.ended_at.is_none()) {
        let mut old = store::case(tx, link.earlier_id)?.ok_or_else(Problem::not_found)?;
        link.ended_by = ctx.person();
        link.ended_at = Some(ctx.now);
        tx.save(&link)?;
        old.recurrence_count = (old.recurrence_count - 1).max(0);
        save(ctx, tx, &mut old)?;
        let ended = |of: Id<Case>, other: &str| Event::new("case.recurrence-ended", of).with("number", other);
        tx.record(ctx, ended(old.id, &case.number).text(why))?;
        tx.record(ctx, ended(case.id, &old.number).text(why))?;
    }
    case.is_recurrence = false;
    Ok(())
}
