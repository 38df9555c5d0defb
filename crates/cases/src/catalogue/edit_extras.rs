//! What an item asks: edited as a draft, and brought into force whole. Sets of before stay for the answers they got.

use super::VersionState;
use super::extras::{NewExtra, check_set};
use super::store::{self, ExtraSet};
use crate::model::Item;
use crate::policy::{Act, POLICY, city};
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use std::collections::HashMap;

fn new_set(ctx: &Ctx, tx: &mut Tx<'_>, item: Id<Item>) -> Result<ExtraSet> {
    let set = ExtraSet {
        id: tx.new_id(),
        item_id: item,
        state: VersionState::Draft,
        made_by: ctx.person(),
        made_at: ctx.now,
        version: 1,
    };
    tx.insert(&set)?;
    Ok(set)
}

fn drafted(tx: &mut Tx<'_>, item: Id<Item>) -> Result<ExtraSet> {
    let set = store::extra_set(tx, item, VersionState::Draft)?;
    set.ok_or_else(|| Problem::conflict("no-questions-drafted"))
}

/// The draft, and what it holds; begun with what is in force.
fn draft(ctx: &Ctx, tx: &mut Tx<'_>, item: Id<Item>) -> Result<(ExtraSet, Vec<NewExtra>)> {
    POLICY.require(ctx, Act::EditCatalogue, &city(), true)?;
    store::item(tx, item)?.ok_or_else(Problem::not_found)?;
    if let Some(set) = store::extra_set(tx, item, VersionState::Draft)? {
        let held = store::extras_of(tx, set.id)?;
        return Ok((set, held));
    }
    let held = match store::extra_set(tx, item, VersionState::InForce)? {
        Some(before) => store::extras_of(tx, before.id)?,
        None => Vec::new(),
    };
    Ok((new_set(ctx, tx, item)?, held))
}

fn write(ctx: &Ctx, tx: &mut Tx<'_>, mut set: ExtraSet, held: &[NewExtra]) -> Result<()> {
    check_set(held)?;
    set.made_by = ctx.person();
    set.made_at = ctx.now;
    tx.save(&set)?;
    store::write_extras(tx, set.id, held)?;
    let event = Event::new("catalogue.questions-drafted", set.item_id);
    tx.record(ctx, event.with("count", held.len()))
}

/// Puts a question into the draft, in place of the one with its code, else at its end.
///
/// # Errors
/// 422 of [`check_set`], at the fields of the form.
pub fn draft_extra(ctx: &Ctx, tx: &mut Tx<'_>, item: Id<Item>, extra: NewExtra) -> Result<()> {
    let (set, mut held) = draft(ctx, tx, item)?;
    match held.iter_mut().find(|e| e.code == extra.code) {
        Some(known) => *known = extra,
        None => held.push(extra),
    }
    write(ctx, tx, set, &held)
}

/// Takes a question out of the draft.
///
/// # Errors
/// 404 where there is none with this code; 409 where another is asked only after it.
pub fn drop_extra(ctx: &Ctx, tx: &mut Tx<'_>, item: Id<Item>, code: &str) -> Result<()> {
    let (set, mut held) = draft(ctx, tx, item)?;
    let at = held.iter().position(|e| e.code == code).ok_or_else(Problem::not_found)?;
    held.remove(at);
    ordered(&held)?;
    write(ctx, tx, set, &held)
}

/// Asks a question before the one that stands before it now.
///
/// # Errors
/// 404 where there is none with this code; 409 where it is asked only after that one.
pub fn raise_extra(ctx: &Ctx, tx: &mut Tx<'_>, item: Id<Item>, code: &str) -> Result<()> {
    let (set, mut held) = draft(ctx, tx, item)?;
    let at = held.iter().position(|e| e.code == code).ok_or_else(Problem::not_found)?;
    held.swap(at, at.saturating_sub(1));
    ordered(&held)?;
    write(ctx, tx, set, &held)
}

/// Whether what others wait for still stands before them.
fn ordered(held: &[NewExtra]) -> Result<()> {
    check_set(held).map_err(|_| Problem::conflict("asked-after"))
}

/// From now on the draft is asked.
///
/// # Errors
/// 409 where there is none.
pub fn publish_extras(ctx: &Ctx, tx: &mut Tx<'_>, item: Id<Item>) -> Result<()> {
    POLICY.require(ctx, Act::EditCatalogue, &city(), true)?;
    let set = drafted(tx, item)?;
    in_force(ctx, tx, set)
}

/// Forgets the draft.
///
/// # Errors
/// 409 where there is none.
pub fn discard_extras(ctx: &Ctx, tx: &mut Tx<'_>, item: Id<Item>) -> Result<()> {
    POLICY.require(ctx, Act::EditCatalogue, &city(), true)?;
    let set = drafted(tx, item)?;
    store::drop_draft(tx, set.id)?;
    tx.record(ctx, Event::new("catalogue.questions-discarded", item))
}

fn in_force(ctx: &Ctx, tx: &mut Tx<'_>, mut set: ExtraSet) -> Result<()> {
    if let Some(mut before) = store::extra_set(tx, set.item_id, VersionState::InForce)? {
        before.state = VersionState::Retired;
        tx.save(&before)?;
    }
    set.state = VersionState::InForce;
    set.made_by = ctx.person();
    set.made_at = ctx.now;
    tx.save(&set)?;
    store::touch(tx)?;
    let count = store::extras_of(tx, set.id)?.len();
    tx.record(ctx, Event::new("catalogue.questions-published", set.item_id).with("count", count))
}

/// Asks this from now on, in place of what is asked; the same as before changes nothing. A draft stays what it is.
///
/// # Errors
/// 404 without the item; 422 of [`check_set`].
pub fn set_extras(ctx: &Ctx, tx: &mut Tx<'_>, item: Id<Item>, extras: &[NewExtra]) -> Result<()> {
    POLICY.require(ctx, Act::EditCatalogue, &city(), true)?;
    store::item(tx, item)?.ok_or_else(Problem::not_found)?;
    check_set(extras)?;
    let before = match store::extra_set(tx, item, VersionState::InForce)? {
        Some(set) => store::extras_of(tx, set.id)?,
        None => Vec::new(),
    };
    if before == extras {
        tx.housekeeping();
        return Ok(());
    }
    let set = new_set(ctx, tx, item)?;
    store::write_extras(tx, set.id, extras)?;
    in_force(ctx, tx, set)
}

/// What a file says that items ask.
pub(super) fn take_over<'n>(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    told: impl Iterator<Item = (Id<Item>, &'n [NewExtra])>,
) -> Result<()> {
    // read at once: a file has hundreds of items, of which few ask anything
    let mut known: HashMap<Id<Item>, Vec<NewExtra>> = HashMap::new();
    for extra in store::extras_in_force(tx)? {
        known.entry(extra.item).or_default().push(extra.asked);
    }
    for (item, extras) in told {
        if known.get(&item).map_or(&[][..], Vec::as_slice) != extras {
            set_extras(ctx, tx, item, extras)?;
        }
    }
    Ok(())
}
