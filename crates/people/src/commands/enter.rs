//! A session begins: one that waits for its second factor, or a whole one. Its token is always a fresh word, never one that
//! the browser had before, so that nobody can be made to sign in to a session that somebody else knows.

use super::sign_in::{Outcome, Visitor, login_key};
use super::told;
use crate::model::{How, Proof, Step, Way};
use crate::recognise::{fingerprint, owes};
use crate::settings::{SESSION_DAYS, SESSION_IDLE_HOURS};
use crate::store::accounts::{self, AccountRow};
use crate::store::sessions::SessionRow;
use kernel::ctx::{Actor, Ctx, Member};
use kernel::problem::Result;
use kernel::time::{DAY, HOUR, MINUTE};
use kernel::workflow::Named;
use std::sync::Arc;
use store::{Event, Tx};

/// How long the second factor may take.
const FACTOR_TIME: i64 = 10 * MINUTE;

/// The first step was right; the session counts for nothing until the second is.
pub(super) fn wait_for_factor(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    account: &AccountRow,
    visitor: &Visitor,
    token: &str,
    how: How,
) -> Result<()> {
    open(tx, ctx, account, visitor, token, Step::Factor, Way::by(how, Proof::None))?;
    tx.housekeeping();
    Ok(())
}

/// Signed in.
pub(super) fn enter(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    account: &AccountRow,
    visitor: &Visitor,
    token: &str,
    way: Way,
) -> Result<Outcome> {
    accounts::forget_attempts(tx, &login_key(&account.login))?;
    open(tx, ctx, account, visitor, token, Step::Whole, way)?;
    let member = Member { id: account.id, name: account.name.clone(), grants: Vec::new() };
    let as_person = Ctx { actor: Actor::Member(Arc::new(member)), ..ctx.clone() };
    let verb = match way.how {
        How::Password => "account.signed-in",
        How::Provider => "account.signed-in-provider",
    };
    let event = told(Event::new(verb, account.id), account)
        .with("address", &*visitor.address)
        .with("proof", way.proof.code());
    tx.record(&as_person, event)?;
    Ok(Outcome::In(owes(tx, account.id, way)?))
}

fn open(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    account: &AccountRow,
    visitor: &Visitor,
    token: &str,
    step: Step,
    way: Way,
) -> Result<()> {
    let (idle, whole) = match step {
        Step::Factor => (FACTOR_TIME, FACTOR_TIME),
        Step::Whole => (SESSION_IDLE_HOURS.get(tx)? * HOUR, SESSION_DAYS.get(tx)? * DAY),
    };
    let session = SessionRow {
        id: tx.new_id(),
        account_id: account.id,
        token_hash: fingerprint(token),
        step,
        how: way.how,
        proof: way.proof,
        address: visitor.address.as_str().into(),
        agent: visitor.agent.chars().take(200).collect::<String>().into(),
        created_at: ctx.now,
        seen_at: ctx.now,
        idle,
        ends_at: ctx.now.plus(whole),
    };
    tx.insert(&session)
}
