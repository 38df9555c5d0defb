//! 派遣: one unit leads, others may assist; the unit's clock starts.

use super::{load_for, reason, settle, take};
use crate::clock;
use crate::desk::Desk;
use crate::model::Case;
use crate::policy::Act;
use crate::store;
use crate::workflow::{State, Step};
use ::store::{Event, Tx};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{Problem, Result};

/// To whom, and what to mind.
#[derive(Clone, Debug)]
pub struct Dispatch {
    pub lead: Id<Unit>,
    pub assisting: Vec<Id<Unit>>,
    pub note: String,
}

pub fn dispatch(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>, to: &Dispatch) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Dispatch, id)?;
    let event = take(&mut case, Step::Dispatch)?;
    hand_over(ctx, tx, desk, case, to, Step::Dispatch, event)
}

/// 改派: the dispatcher corrects the unit before it has answered. The new unit gets the full time.
pub fn redispatch(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>, to: &Dispatch) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Dispatch, id)?;
    let before = case.lead_unit;
    let event = take(&mut case, Step::Redispatch)?;
    reason(&to.note)?;
    if before == Some(to.lead) {
        return Err(Problem::field("lead", "same-unit"));
    }
    store::withdraw_requests(tx, id)?;
    store::withdraw_questions(tx, id, ctx.now)?;
    hand_over(ctx, tx, desk, case, to, Step::Redispatch, event)
}

/// What a routing rule decided, and which one.
#[derive(Clone, Debug)]
pub struct Ruled {
    pub to: Dispatch,
    /// 立案条件, for a case that was registered without one; empty for none.
    pub condition: String,
    pub rule: i64,
    pub edition: i64,
    pub name: String,
    /// Why the rule is so, in words.
    pub why: String,
}

/// Whether a rule may still say whose it is: nobody has dispatched it before, no unit has returned it, and nobody named its
/// unit when it was cut off another case. What a person has decided is never overruled.
pub fn may_be_routed(case: &Case) -> bool {
    case.state == State::Registered
        && case.dispatched_at.is_none()
        && case.lead_unit.is_none()
        && case.return_count == 0
        && case.parent_id.is_none()
}

/// [`dispatch`] by a rule: says so on the case, with the reason.
pub fn dispatch_by_rule(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>, by: &Ruled) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Dispatch, id)?;
    if !may_be_routed(&case) {
        return Err(Problem::conflict("not-by-rule"));
    }
    let known = |item| desk.catalogue.conditions(item).iter().any(|(code, _)| *code == by.condition);
    if case.condition.is_empty() && case.item_id.is_some_and(known) {
        case.condition.clone_from(&by.condition);
    }
    let event = take(&mut case, Step::Dispatch)?;
    let said = Event::new("case.dispatched-by-rule", id)
        .with("rule", by.rule)
        .with("edition", by.edition)
        .with("name", by.name.as_str())
        .text(&by.why);
    let after = hand_over(ctx, tx, desk, case, &by.to, Step::Dispatch, event)?;
    tx.record(ctx, said)?;
    Ok(after)
}

fn hand_over(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    mut case: Case,
    to: &Dispatch,
    step: Step,
    event: Event,
) -> Result<Case> {
    let unit = crate::units::active(tx, to.lead)?;
    let unit = unit.ok_or_else(|| Problem::field("lead", "not-a-choice"))?;
    let assisting: Vec<Id<Unit>> = to.assisting.iter().copied().filter(|u| *u != to.lead).collect();
    store::set_assisting(tx, case.id, &assisting)?;
    case.lead_unit = Some(to.lead);
    clock::start_handling(&mut case, desk, ctx.now);
    let limit = case.limit();
    let event = event
        .with("unit", unit.name.as_str())
        .with("assisting-count", assisting.len())
        .with("amount", limit.map(|l| l.value))
        .with("limit-unit", limit.map(|l| l.unit.as_str()))
        .text(to.note.trim());
    settle(ctx, tx, desk, case, step, event)
}
