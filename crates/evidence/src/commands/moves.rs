//! From hand to hand: handed in, reviewed by one person, then by another, filed; returned with a reason; withdrawn.

use super::{event, item_at, name_of, reason, reuse::answered, save};
use crate::checks::Finding;
use crate::model::{Burden, Item, Use};
use crate::policy::{Act, POLICY, standing};
use crate::queries::looked;
use crate::store as rows;
use crate::workflow::{ITEM, State, Step};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::policy::Role;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;

/// What whoever makes the move must be let to do.
fn act_of(state: State, step: Step) -> Act {
    match (step, state) {
        (Step::Submit | Step::Withdraw, _) => Act::HandIn,
        (Step::PassFirst, _) | (Step::Return, State::First) => Act::First,
        (Step::PassSecond | Step::File | Step::Return, _) => Act::Second,
    }
}

/// What the tables do not say: nobody reviews what they made, and two reviews are by two people.
fn guard(ctx: &Ctx, item: &Item, step: Step) -> Result<()> {
    let me = ctx.person();
    let reviews = !matches!(step, Step::Submit | Step::Withdraw);
    if reviews && me.is_some() && item.made_id == me {
        return Err(Problem::conflict("evidence-own"));
    }
    if step == Step::PassSecond && me.is_some() && item.first_id == me {
        return Err(Problem::conflict("evidence-same-reviewer"));
    }
    Ok(())
}

/// The moves that this person may make now.
pub fn allowed(ctx: &Ctx, item: &Item, uses: &[Use]) -> Vec<Step> {
    let standing = standing(item, uses);
    let may = |step: Step| POLICY.may(ctx, act_of(item.state, step), &standing);
    ITEM.from(item.state).map(|m| m.name).filter(|s| may(*s) && guard(ctx, item, *s).is_ok()).collect()
}

/// Loads what somebody looked at, and takes it along; not saved yet.
fn take(ctx: &Ctx, tx: &mut Tx<'_>, (number, version): (&str, i64), step: Step) -> Result<(Item, Vec<Use>)> {
    let (item, uses) = super::load_item(ctx, tx, Act::See, number)?;
    POLICY.require(ctx, act_of(item.state, step), &standing(&item, &uses), true)?;
    if item.version != version {
        return Err(Problem::stale());
    }
    let to = ITEM.step(item.state, step)?.to;
    guard(ctx, &item, step)?;
    Ok((Item { state: to, ..item }, uses))
}

/// Hands an item in. Records `evidence.submitted`; a request that it was made for is answered by it.
///
/// # Errors
/// 409 `evidence-not-open` with the days, where none of its periods takes anything in today; 422 with everything that a check
/// forbids.
pub fn submit(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64)) -> Result<Item> {
    let (before, uses) = item_at(ctx, tx, Act::HandIn, of)?;
    let (mut item, _) = take(ctx, tx, of, Step::Submit)?;
    takes_in(ctx, tx, &uses)?;
    let found = looked(tx, &before, &uses)?;
    let hard: Vec<_> = found.into_iter().filter(|f| f.hard).map(|Finding { error, .. }| error).collect();
    if !hard.is_empty() {
        return Err(Problem::invalid(hard));
    }
    let files = rows::files(tx, item.id)?;
    let fresh = files.iter().filter(|file| before.submitted_at.is_none_or(|at| file.added_at > at)).count();
    if before.submitted_at.is_none() {
        rows::lay((tx, ctx.now), item.unit_id, Burden::Item, (1, 0), &item.number)?;
    }
    if fresh > 0 {
        let fresh = i64::try_from(fresh).unwrap_or(i64::MAX);
        rows::lay((tx, ctx.now), item.unit_id, Burden::File, (fresh, 0), &item.number)?;
    }
    if let Some(mut request) = rows::open_request_of(tx, &item)? {
        request.answer_item = Some(item.id);
        answered(ctx, tx, &mut request)?;
    }
    item.submitted_at = Some(ctx.now);
    item.reason.clear();
    (item.first_by, item.first_id, item.first_at) = (String::new(), None, None);
    (item.second_by, item.second_id, item.second_at) = (String::new(), None, None);
    save(tx, &mut item)?;
    let count = i64::try_from(files.len()).unwrap_or(i64::MAX);
    tx.record(ctx, event("evidence.submitted", &item).with("count", count))?;
    Ok(item)
}

/// Whether one of the periods takes something in today.
fn takes_in(ctx: &Ctx, tx: &mut Tx<'_>, uses: &[Use]) -> Result<()> {
    let today = ctx.now.date();
    let mut shut = None;
    for of in uses {
        let Some(period) = rows::period(tx, of.period_id)? else { continue };
        if period.takes_on(today) {
            return Ok(());
        }
        shut = Some(period);
    }
    let Some(period) = shut else { return Ok(()) };
    let problem = Problem::conflict("evidence-not-open").arg("opens", period.opens);
    Err(problem.arg("closes", period.closes).arg("name", period.name))
}

/// Lets an item pass the review that it waits for. Records `evidence.passed`.
///
/// # Errors
/// 409 `evidence-own`, `evidence-same-reviewer`, `move-not-allowed`.
pub fn pass(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64)) -> Result<Item> {
    let (now, _) = super::load_item(ctx, tx, Act::See, of.0)?;
    let step = if now.state == State::First { Step::PassFirst } else { Step::PassSecond };
    let (mut item, _) = take(ctx, tx, of, step)?;
    if step == Step::PassFirst {
        (item.first_by, item.first_id, item.first_at) = (name_of(ctx), ctx.person(), Some(ctx.now));
    } else {
        (item.second_by, item.second_id, item.second_at) = (name_of(ctx), ctx.person(), Some(ctx.now));
    }
    save(tx, &mut item)?;
    tx.record(ctx, event("evidence.passed", &item).with("state", item.state.code()))?;
    Ok(item)
}

/// Puts an item into the volume; it never changes any more. Records `evidence.filed`.
pub fn file(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64)) -> Result<Item> {
    let (mut item, _) = take(ctx, tx, of, Step::File)?;
    (item.filed_by, item.filed_at) = (name_of(ctx), Some(ctx.now));
    save(tx, &mut item)?;
    tx.record(ctx, event("evidence.filed", &item))?;
    Ok(item)
}

/// Sends an item back to its unit, which is told why. Records `evidence.returned`.
///
/// # Errors
/// 422 at `reason`; 409 as [`pass`].
pub fn send_back(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64), why: &str) -> Result<Item> {
    let (mut item, _) = take(ctx, tx, of, Step::Return)?;
    item.reason = reason(why)?;
    save(tx, &mut item)?;
    rows::lay((tx, ctx.now), item.unit_id, Burden::Return, (1, 0), &item.number)?;
    tx.record(ctx, event("evidence.returned", &item).text(&item.reason))?;
    let roles = [Role::UnitHead, Role::UnitClerk];
    let people = people::queries::people_of_unit_with_role(tx, item.unit_id, &roles)?;
    let people: Vec<_> = people.into_iter().map(|person| person.id).collect();
    let args = [("number", item.number.clone()), ("title", item.title.clone())];
    web::notices::send(tx, &people, "evidence-returned", &args, &format!("/evidence/items/{}", item.number))?;
    Ok(item)
}

/// The unit gives an item up. Records `evidence.withdrawn`.
///
/// # Errors
/// 422 at `reason`.
pub fn withdraw(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64), why: &str) -> Result<Item> {
    let (mut item, _) = take(ctx, tx, of, Step::Withdraw)?;
    item.reason = reason(why)?;
    save(tx, &mut item)?;
    tx.record(ctx, event("evidence.withdrawn", &item).text(&item.reason))?;
    Ok(item)
}
