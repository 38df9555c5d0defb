//! What the office does in one go: correct the kind and place, and take a clear report straight to the unit.

use super::{Dispatch, confirm, dispatch, load_for, register, save};
use crate::desk::Desk;
use crate::model::{Case, Item};
use crate::policy::Act;
use crate::workflow::State;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};

/// Corrections to a report before it is a case.
#[derive(Clone, Debug)]
pub struct Classify {
    pub title: String,
    pub item: Option<Id<Item>>,
    pub urgent: bool,
    pub address: String,
}

pub fn classify(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>, with: &Classify) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Register, id)?;
    if !matches!(case.state, State::Reported | State::Confirmed | State::Registered) {
        return Err(Problem::conflict("too-late-to-correct"));
    }
    let title = with.title.trim();
    if title.is_empty() || title.chars().count() > 120 {
        return Err(Problem::field("title", "required"));
    }
    let name = desk.catalogue.name(with.item).to_owned();
    if with.item.is_some() && name.is_empty() {
        return Err(Problem::field("item", "not-a-choice"));
    }
    case.strikes = case.strikes.moved((&case.title, &case.description), (title, &case.description));
    title.clone_into(&mut case.title);
    case.item_id = with.item.or(case.item_id);
    case.urgent = with.urgent;
    with.address.trim().clone_into(&mut case.address);
    save(ctx, tx, &mut case)?;
    tx.record(ctx, Event::new("case.corrected", id).with("item", name))?;
    if case.state == State::Registered {
        desk.listeners.awaits_dispatch(ctx, tx, &case)?;
    }
    Ok(case)
}

/// 核实、立案、派遣 in one step, where one person may do all three and sees that it is clear.
pub fn accept(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    id: Id<Case>,
    item: Option<Id<Item>>,
    condition: &str,
    to: &Dispatch,
) -> Result<Case> {
    let case = load_for(ctx, tx, Act::Dispatch, id)?;
    if case.state == State::Reported {
        confirm(ctx, tx, desk, id)?;
    }
    if matches!(case.state, State::Reported | State::Confirmed) {
        register(ctx, tx, desk, id, item, condition)?;
    }
    dispatch(ctx, tx, desk, id, to)
}
