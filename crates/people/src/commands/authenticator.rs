//! A person's passkeys and security keys: asked for, registered, used, removed.

use super::enter::enter;
use super::second_factor::{must_keep_factor, recovery_codes};
use super::sign_in::{Outcome, Visitor, count_failure, wait, waiting};
use super::told;
use crate::model::{AccountState, Authenticator, Factor, Proof, Way};
use crate::passkeys::{self, Fault};
use crate::recognise::fingerprint;
use crate::store::accounts::{self, AccountRow};
use crate::store::authenticators::{self, AuthenticatorRow};
use crate::store::sessions;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{FieldError, Problem, Result};
use kernel::time::MINUTE;
use store::secrets::Secrets;
use store::{Event, Tx};
use webauthn_rs::Webauthn;
use webauthn_rs::prelude::{AuthenticationResult, Passkey};

/// How long an authenticator may take to answer.
const ANSWER_TIME: i64 = 5 * MINUTE;
/// Most authenticators of one person.
const MOST: usize = 20;
const REGISTER: &str = "register";
const PROVE: &str = "prove";

/// What the browser is to ask an authenticator for, so that it can be registered. `session`: the token of the session, to
/// which the challenge is bound.
pub fn ask_to_register(tx: &mut Tx<'_>, ctx: &Ctx, site: &Webauthn, session: &str) -> Result<String> {
    let account = accounts::own(tx, ctx)?;
    let known = authenticators::of_person(tx, account.id)?;
    if known.len() >= MOST {
        return Err(Problem::conflict("authenticators-many").arg("max", MOST));
    }
    let asked = passkeys::ask_to_register(site, account.id, &account.login, &account.name, &known)?;
    let ends = ctx.now.plus(ANSWER_TIME);
    authenticators::ask(tx, &fingerprint(session), REGISTER, &asked.state, ends)?;
    tx.housekeeping();
    Ok(asked.options)
}

/// The same for the second step of signing in.
pub fn ask_to_prove(tx: &mut Tx<'_>, ctx: &Ctx, site: &Webauthn, session: &str) -> Result<String> {
    let (_, account) = waiting(tx, ctx, session)?;
    let known = authenticators::of_person(tx, account.id)?;
    if known.is_empty() {
        return Err(Problem::conflict("no-authenticator"));
    }
    let asked = passkeys::ask_to_prove(site, &known)?;
    authenticators::ask(tx, &fingerprint(session), PROVE, &asked.state, ctx.now.plus(ANSWER_TIME))?;
    tx.housekeeping();
    Ok(asked.options)
}

/// What this session has been asked for registering. It is gone afterwards, whatever the answer is worth.
pub fn take_registration(tx: &mut Tx<'_>, ctx: &Ctx, session: &str) -> Result<Option<String>> {
    accounts::own(tx, ctx)?;
    tx.housekeeping();
    authenticators::take(tx, &fingerprint(session), REGISTER, ctx.now)
}

/// Likewise for proving.
pub fn take_proving(tx: &mut Tx<'_>, ctx: &Ctx, session: &str) -> Result<Option<String>> {
    waiting(tx, ctx, session)?;
    tx.housekeeping();
    authenticators::take(tx, &fingerprint(session), PROVE, ctx.now)
}

/// Keeps an authenticator that has been checked. Who had no second factor gets recovery codes, which are shown once.
pub fn add_authenticator(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    secrets: &Secrets,
    name: &str,
    passkey: &Passkey,
) -> Result<Vec<String>> {
    let account = accounts::own(tx, ctx)?;
    let name = name.trim();
    if name.is_empty() {
        return Err(Problem::field("authenticator_name", "required"));
    }
    if name.chars().count() > 40 {
        return Err(Problem::invalid(vec![FieldError::new("authenticator_name", "too-long").arg("max", 40)]));
    }
    let credential_id = passkeys::credential_id(passkey);
    if authenticators::by_credential(tx, &credential_id)?.is_some() {
        return Err(Problem::field("authenticator_name", "authenticator-known"));
    }
    let first = authenticators::count(tx, account.id)? == 0;
    let row = AuthenticatorRow {
        id: tx.new_id(),
        account_id: account.id,
        credential_id,
        name: name.to_owned(),
        passkey: passkeys::to_text(passkey)?,
        created_at: ctx.now,
        seen_at: None,
        version: 1,
    };
    tx.insert(&row)?;
    let codes = if first && accounts::credential(tx, account.id)?.factor != Factor::On {
        recovery_codes(tx, secrets, account.id)?
    } else {
        Vec::new()
    };
    tx.record(ctx, told(Event::new("account.authenticator-added", account.id), &account).with("name", name))?;
    Ok(codes)
}

/// The second step of signing in. `answer`: what [`passkeys::proved`] said of it.
pub fn prove_by_authenticator(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    waiting: &str,
    answer: std::result::Result<AuthenticationResult, Fault>,
    visitor: &Visitor,
    token: &str,
) -> Result<Outcome> {
    let (session, account) = super::sign_in::waiting(tx, ctx, waiting)?;
    if let Some(problem) = wait(tx, &account.login, visitor, ctx.now)? {
        tx.housekeeping();
        return Ok(Outcome::Refused(problem));
    }
    let used = match answer {
        Ok(result) => use_it(tx, ctx, &account, &result)?.ok_or("unknown"),
        Err(fault) => Err(fault),
    };
    if let Err(fault) = used {
        count_failure(tx, ctx, &account.login, visitor)?;
        let event = told(Event::new("account.authenticator-refused", account.id), &account);
        let event = event.with("authenticator-fault", fault).with("address", &*visitor.address);
        tx.record(ctx, event)?;
        let refused =
            Problem::new(422, "authenticator-refused").arg("fault", format!("authenticator-fault-{fault}"));
        return Ok(Outcome::Refused(wait(tx, &account.login, visitor, ctx.now)?.unwrap_or(refused)));
    }
    sessions::end_session(tx, session.id)?;
    enter(tx, ctx, &account, visitor, token, Way::by(session.how, Proof::Authenticator))
}

/// Writes down that it was used, with its counter. `None` when the account has no such authenticator any more.
fn use_it(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    account: &AccountRow,
    result: &AuthenticationResult,
) -> Result<Option<()>> {
    let found = authenticators::by_credential(tx, &hex::encode(result.cred_id()))?;
    let Some(mut row) = found.filter(|r| r.account_id == account.id && account.state == AccountState::Active)
    else {
        return Ok(None);
    };
    let Some(passkey) = passkeys::used(&row, result)? else { return Ok(None) };
    row.passkey = passkey;
    row.seen_at = Some(ctx.now);
    tx.save(&row)?;
    Ok(Some(()))
}

/// `old_hash`: the stored hash that the password was checked against, outside.
pub fn remove_authenticator(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    id: Id<Authenticator>,
    old_hash: &str,
) -> Result<AuthenticatorRow> {
    let account = accounts::own(tx, ctx)?;
    let credential = accounts::credential(tx, account.id)?;
    if credential.password_hash != old_hash {
        return Err(Problem::stale());
    }
    let mine = authenticators::of_person(tx, account.id)?;
    let last = mine.len() == 1 && credential.factor != Factor::On;
    let row = mine.into_iter().find(|a| a.id == id).ok_or_else(Problem::not_found)?;
    if last {
        must_keep_factor(tx, account.id)?;
        accounts::replace_recovery_codes(tx, account.id, &[])?;
    }
    authenticators::remove(tx, id)?;
    let event = told(Event::new("account.authenticator-removed", account.id), &account);
    tx.record(ctx, event.with("name", &*row.name))?;
    Ok(row)
}
