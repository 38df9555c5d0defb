//! An account is locked, unlocked, closed or opened again.

use super::{not_the_last, told};
use crate::model::{AccountMove, AccountState, PersonId};
use crate::policy::Act;
use crate::store::accounts::{self, AccountRow};
use crate::store::{grants, provider, sessions};
use crate::workflow;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use store::{Event, Tx};

pub fn change_account_state(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    id: PersonId,
    act: AccountMove,
    reason: &str,
) -> Result<AccountRow> {
    let mut account = accounts::load_for(tx, ctx, Act::EditAccounts, id)?;
    let step = workflow::ACCOUNT.step(account.state, act)?;
    if ctx.person() == Some(id) {
        return Err(Problem::conflict("not-yourself"));
    }
    if reason.trim().is_empty() && step.to != AccountState::Active {
        return Err(Problem::field("act_reason", "required"));
    }
    let held = grants::of_person(tx, id)?;
    if step.to != AccountState::Active {
        not_the_last(tx, id, &held)?;
        sessions::end_sessions(tx, id, "")?;
    }
    if step.to == AccountState::Closed {
        // whoever comes back gets roles anew
        sessions::revoke_keys(tx, id, ctx.now)?;
        grants::revoke_all(tx, id, ctx.now)?;
        // at the provider this may be somebody else one day
        provider::unlink_all(tx, id)?;
    }
    account.state = step.to;
    tx.save(&account)?;
    accounts::note_left(tx, id, (step.to == AccountState::Closed).then_some(ctx.now))?;
    let verb = match act {
        AccountMove::Lock => "account.locked",
        AccountMove::Unlock => "account.unlocked",
        AccountMove::Close => "account.closed",
        AccountMove::Reopen => "account.reopened",
    };
    tx.record(ctx, told(Event::new(verb, id), &account).text(reason))?;
    Ok(account)
}
