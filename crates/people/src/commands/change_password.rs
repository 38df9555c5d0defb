//! A person changes their own password. Whoever else is signed in as them is signed out.

use super::sign_in::{Visitor, count_failure};
use super::told;
use crate::recognise::fingerprint;
use crate::store::{accounts, sessions};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use store::{Event, Tx};

/// `old_hash`: the stored hash that the old password was checked against, outside; `session`: the one to keep.
pub fn change_password(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    old_hash: &str,
    new_hash: String,
    session: &str,
) -> Result<()> {
    let account = accounts::own(tx, ctx)?;
    let mut credential = accounts::credential(tx, account.id)?;
    if credential.password_hash != old_hash {
        return Err(Problem::stale());
    }
    credential.password_hash = new_hash;
    credential.password_set_at = ctx.now;
    credential.must_change = false;
    tx.save(&credential)?;
    sessions::end_sessions(tx, account.id, &fingerprint(session))?;
    accounts::forget_attempts(tx, &super::sign_in::login_key(&account.login))?;
    tx.record(ctx, told(Event::new("account.password-changed", account.id), &account))
}

/// The old password was wrong: counted like a failed sign-in, so that an open screen is no place to guess at.
pub fn password_refused(tx: &mut Tx<'_>, ctx: &Ctx, visitor: &Visitor) -> Result<()> {
    let account = accounts::own(tx, ctx)?;
    count_failure(tx, ctx, &account.login, visitor)?;
    tx.record(
        ctx,
        told(Event::new("account.password-refused", account.id), &account).with("address", &*visitor.address),
    )
}
