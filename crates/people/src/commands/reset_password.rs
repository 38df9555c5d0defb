//! Somebody else helps a person who cannot get in any more: a new password, or no second factor of any kind.

use super::told;
use crate::model::{Factor, PersonId, is_administrator};
use crate::policy::Act;
use crate::recognise::has_factor;
use crate::store::accounts::{self, AccountRow};
use crate::store::{authenticators, grants, sessions};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use store::{Event, Tx};

/// The new password must be changed at the next sign-in. An administrator's password is reset only while a second factor
/// stands in the way: whoever makes accounts must not become who grants roles.
pub fn reset_password(tx: &mut Tx<'_>, ctx: &Ctx, id: PersonId, new_hash: String) -> Result<AccountRow> {
    let account = accounts::load_for(tx, ctx, Act::EditAccounts, id)?;
    if ctx.person() == Some(id) {
        return Err(Problem::conflict("not-yourself"));
    }
    let mut credential = accounts::credential(tx, id)?;
    let by_program = ctx.person().is_none();
    if !by_program && !has_factor(tx, id, credential.factor)? && administers(tx, id)? {
        return Err(Problem::conflict("administrator-without-factor"));
    }
    credential.password_hash = new_hash;
    credential.password_set_at = ctx.now;
    credential.must_change = true;
    tx.save(&credential)?;
    sessions::end_sessions(tx, id, "")?;
    accounts::forget_attempts(tx, &super::sign_in::login_key(&account.login))?;
    tx.record(ctx, told(Event::new("account.password-reset", id), &account))?;
    Ok(account)
}

/// Only who grants roles may do this, so that nobody who resets passwords gets past both.
pub fn reset_second_factor(tx: &mut Tx<'_>, ctx: &Ctx, id: PersonId) -> Result<AccountRow> {
    let account = accounts::load_for(tx, ctx, Act::GrantRoles, id)?;
    if ctx.person() == Some(id) {
        return Err(Problem::conflict("not-yourself"));
    }
    let mut credential = accounts::credential(tx, id)?;
    credential.factor = Factor::Off;
    credential.factor_nonce.clear();
    tx.save(&credential)?;
    authenticators::remove_all(tx, id)?;
    accounts::replace_recovery_codes(tx, id, &[])?;
    sessions::end_sessions(tx, id, "")?;
    tx.record(ctx, told(Event::new("account.factor-reset", id), &account))?;
    Ok(account)
}

fn administers(tx: &mut Tx<'_>, id: PersonId) -> Result<bool> {
    for grant in grants::of_person(tx, id)? {
        if is_administrator(grant.role()?) {
            return Ok(true);
        }
    }
    Ok(false)
}
