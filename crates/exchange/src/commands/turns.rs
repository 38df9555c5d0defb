//! Pause, resume, remove; fetch and compare at once.

use super::{event, load_for, open_for};
use crate::model::{Partner, PartnerState};
use crate::policy::Act;
use crate::{jobs, store as rows};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};

fn must_be_active(partner: &Partner) -> Result<()> {
    if partner.state == PartnerState::Active { Ok(()) } else { Err(Problem::conflict("exchange-paused")) }
}

/// Nothing is fetched, carried out or sent. Nothing is lost either: the place in the log and theirs stay where they are.
pub fn pause(ctx: &Ctx, tx: &mut Tx<'_>, seen: (&str, i64)) -> Result<Partner> {
    let mut partner = open_for(ctx, tx, Act::Configure, seen)?;
    must_be_active(&partner)?;
    partner.state = PartnerState::Paused;
    tx.save(&partner)?;
    partner.version += 1;
    tx.record(ctx, event("exchange.paused", &partner))?;
    Ok(partner)
}

pub fn resume(ctx: &Ctx, tx: &mut Tx<'_>, seen: (&str, i64)) -> Result<Partner> {
    let mut partner = open_for(ctx, tx, Act::Configure, seen)?;
    if partner.state != PartnerState::Paused {
        return Err(Problem::conflict("exchange-not-paused"));
    }
    partner.state = PartnerState::Active;
    tx.save(&partner)?;
    partner.version += 1;
    tx.record(ctx, event("exchange.resumed", &partner))?;
    rows::due_now(tx, partner.id)?;
    jobs::wake(tx, partner.id)?;
    Ok(partner)
}

/// For good. Its cases stay what they are; what waits to be sent is not.
pub fn remove(ctx: &Ctx, tx: &mut Tx<'_>, seen: (&str, i64)) -> Result<()> {
    let mut partner = open_for(ctx, tx, Act::Configure, seen)?;
    partner.state = PartnerState::Removed;
    partner.token = "".into();
    tx.save(&partner)?;
    rows::skip_all(tx, partner.id)?;
    rows::end_all(tx, partner.id)?;
    tx.record(ctx, event("exchange.partner-removed", &partner))
}

pub fn pull_now(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<()> {
    let partner = load_for(ctx, tx, Act::Run, number)?;
    must_be_active(&partner)?;
    rows::due_now(tx, partner.id)?;
    rows::hurry(tx, partner.id)?;
    tx.record(ctx, event("exchange.pulled", &partner))?;
    jobs::wake(tx, partner.id)
}

pub fn compare_now(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<()> {
    let partner = load_for(ctx, tx, Act::Run, number)?;
    must_be_active(&partner)?;
    if partner.carrier == crate::model::Carrier::Folder {
        return Err(Problem::conflict("exchange-cannot-compare"));
    }
    tx.record(ctx, event("exchange.compared", &partner))?;
    jobs::enqueue_compare(tx, partner.id)
}
