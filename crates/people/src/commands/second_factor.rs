//! A person begins, proves and drops a second factor.

use super::told;
use crate::model::{Factor, PersonId, is_administrator};
use crate::settings::ADMINISTRATORS_NEED_FACTOR;
use crate::store::{accounts, authenticators, grants};
use crate::totp;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use store::secrets::{Secrets, random_word};
use store::{Event, Tx};

const RECOVERY_CODES: usize = 10;

/// A new key is ready to be shown; it counts once a code of it has been given. Showing it again changes nothing.
pub fn begin_second_factor(tx: &mut Tx<'_>, ctx: &Ctx) -> Result<()> {
    let account = accounts::own(tx, ctx)?;
    let mut credential = accounts::credential(tx, account.id)?;
    match credential.factor {
        Factor::On => return Err(Problem::conflict("factor-on")),
        Factor::Pending => {}
        Factor::Off => {
            credential.factor = Factor::Pending;
            credential.factor_nonce = random_word();
            credential.factor_step = 0;
            tx.save(&credential)?;
        }
    }
    tx.housekeeping();
    Ok(())
}

/// The app works: from now on it is asked for. Answers with the recovery codes, which are shown once.
pub fn confirm_second_factor(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    secrets: &Secrets,
    code: &str,
) -> Result<Vec<String>> {
    let account = accounts::own(tx, ctx)?;
    let mut credential = accounts::credential(tx, account.id)?;
    if credential.factor != Factor::Pending {
        return Err(Problem::conflict("factor-not-begun"));
    }
    let key = totp::key(secrets, account.id, &credential.factor_nonce);
    let step =
        totp::step_of(&key, code, ctx.now, 0).ok_or_else(|| Problem::field("factor_code", "factor-wrong"))?;
    credential.factor = Factor::On;
    credential.factor_step = step;
    tx.save(&credential)?;
    let codes = recovery_codes(tx, secrets, account.id)?;
    tx.record(ctx, told(Event::new("account.factor-on", account.id), &account))?;
    Ok(codes)
}

/// New recovery codes instead of those there were, as people write them.
pub(super) fn recovery_codes(tx: &mut Tx<'_>, secrets: &Secrets, person: PersonId) -> Result<Vec<String>> {
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| random_word()[..10].to_owned()).collect();
    let hashes: Vec<String> = codes.iter().map(|c| totp::recovery_hash(secrets, person, c)).collect();
    accounts::replace_recovery_codes(tx, person, &hashes)?;
    Ok(codes.iter().map(|c| format!("{}-{}", &c[..5], &c[5..])).collect())
}

/// Refuses an administrator who would be left without any second factor.
pub(super) fn must_keep_factor(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    if ADMINISTRATORS_NEED_FACTOR.get(tx)? {
        for grant in grants::of_person(tx, person)? {
            if is_administrator(grant.role()?) {
                return Err(Problem::conflict("factor-required"));
            }
        }
    }
    Ok(())
}

/// `old_hash`: the stored hash that the password was checked against, outside.
pub fn drop_second_factor(tx: &mut Tx<'_>, ctx: &Ctx, old_hash: &str) -> Result<()> {
    let account = accounts::own(tx, ctx)?;
    let mut credential = accounts::credential(tx, account.id)?;
    if credential.password_hash != old_hash {
        return Err(Problem::stale());
    }
    if credential.factor == Factor::Off {
        return Err(Problem::conflict("factor-not-begun"));
    }
    let last = authenticators::count(tx, account.id)? == 0;
    if last {
        must_keep_factor(tx, account.id)?;
        accounts::replace_recovery_codes(tx, account.id, &[])?;
    }
    credential.factor = Factor::Off;
    credential.factor_nonce.clear();
    tx.save(&credential)?;
    tx.record(ctx, told(Event::new("account.factor-off", account.id), &account))
}
