//! Signing in. Slow work (checking the password) happens between two steps, outside any transaction:
//! [`candidate`] reads, the caller checks, then [`accept_password`] or [`refuse_password`] writes. With a second factor
//! on, accepting opens a session that counts for nothing until [`prove_second_factor`] has turned it into a whole one.
//!
//! Nothing tells whether an account exists: unknown, locked and closed ones are refused in the same words, after the same
//! time, and are counted the same.

use super::enter::{enter, wait_for_factor};
use super::told;
use crate::model::{AccountState, Attempts, Factor, Limit, PersonId, Step, login};
use crate::model::{How, Proof, Way};
use crate::recognise::{Owed, fingerprint, has_factor};
use crate::settings::PASSWORD_DAYS;
use crate::store::accounts::{self, AccountRow, CredentialRow};
use crate::store::sessions::{self, SessionRow};
use crate::store::{grants, provider};
use crate::totp;
use kernel::ctx::Ctx;
use kernel::policy::Role;
use kernel::problem::{Problem, Result};
use kernel::time::{DAY, Instant};
use store::secrets::Secrets;
use store::{Event, Tx};

/// Where somebody signs in from.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// Empty when it is not known; then only the login is counted.
    pub address: String,
    pub agent: String,
}

/// Who the login may be, and what their password has to match.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub login: String,
    person: Option<PersonId>,
    pub password_hash: Option<String>,
}

/// How an attempt ended. A refusal is a value, so that its count is saved.
#[derive(Clone, Debug)]
pub enum Outcome {
    In(Owed),
    /// The password was right; the second factor is asked for now.
    FactorNeeded,
    Refused(Problem),
}

pub(super) fn login_key(login: &str) -> String {
    format!("login:{login}")
}

pub(super) fn address_key(visitor: &Visitor) -> Option<String> {
    (!visitor.address.is_empty()).then(|| format!("address:{}", visitor.address))
}

fn wrong() -> Problem {
    Problem::new(422, "sign-in-refused")
}

pub(super) fn wait(tx: &mut Tx<'_>, login: &str, visitor: &Visitor, now: Instant) -> Result<Option<Problem>> {
    let mut minutes = accounts::attempts(tx, &login_key(login))?.wait(now);
    if let Some(key) = address_key(visitor) {
        minutes = minutes.max(accounts::attempts(tx, &key)?.wait(now));
    }
    Ok(minutes.map(|m| Problem::new(429, "sign-in-wait").arg("count", m)))
}

/// The first step: reads only. Refuses with 429 while the login or the address has to wait.
pub fn candidate(tx: &mut Tx<'_>, typed: &str, visitor: &Visitor) -> Result<Candidate> {
    // what cannot be a login is counted by its beginning: the table must not grow by what people paste
    let login = login(typed).unwrap_or_else(|| typed.trim().to_lowercase().chars().take(40).collect());
    let now = tx.now();
    if let Some(problem) = wait(tx, &login, visitor, now)? {
        return Err(problem);
    }
    let account = accounts::find_login(tx, &login)?;
    let password_hash = match &account {
        Some(account) => Some(accounts::credential(tx, account.id)?.password_hash),
        None => None,
    };
    Ok(Candidate { login, person: account.map(|a| a.id), password_hash })
}

pub(super) fn count_failure(tx: &mut Tx<'_>, ctx: &Ctx, login: &str, visitor: &Visitor) -> Result<()> {
    let keys = [Some((login_key(login), Limit::LOGIN)), address_key(visitor).map(|k| (k, Limit::ADDRESS))];
    for (key, limit) in keys.into_iter().flatten() {
        let attempts: Attempts = accounts::attempts(tx, &key)?.failed(&limit, ctx.now);
        accounts::set_attempts(tx, &key, &attempts)?;
    }
    Ok(())
}

/// The password was wrong, or there is no such account.
pub fn refuse_password(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    candidate: &Candidate,
    visitor: &Visitor,
) -> Result<Outcome> {
    count_failure(tx, ctx, &candidate.login, visitor)?;
    // an unknown login is not written into the log: people type their passwords there by mistake
    let event = match candidate.person {
        Some(person) => Event::new("account.sign-in-refused", person).with("login", &*candidate.login),
        None => Event::city("account.sign-in-unknown"),
    };
    tx.record(ctx, event.with("address", &*visitor.address))?;
    Ok(Outcome::Refused(wait(tx, &candidate.login, visitor, ctx.now)?.unwrap_or_else(wrong)))
}

/// The password was right. `token`: a fresh random word, which becomes the browser's cookie.
pub fn accept_password(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    candidate: &Candidate,
    visitor: &Visitor,
    token: &str,
) -> Result<Outcome> {
    let Some(person) = candidate.person else { return refuse_password(tx, ctx, candidate, visitor) };
    // others may have failed, or the password may have changed, while it was checked
    if let Some(problem) = wait(tx, &candidate.login, visitor, ctx.now)? {
        tx.housekeeping();
        return Ok(Outcome::Refused(problem));
    }
    let account = accounts::find(tx, person)?.ok_or_else(Problem::sign_in)?;
    let mut credential = accounts::credential(tx, person)?;
    if account.state != AccountState::Active
        || candidate.password_hash.as_ref() != Some(&credential.password_hash)
    {
        return refuse_password(tx, ctx, candidate, visitor);
    }
    // in the words of a wrong one: what is refused here must not tell which passwords are right
    if !may_use_password(tx, person)? {
        return refuse_password(tx, ctx, candidate, visitor);
    }
    let days = PASSWORD_DAYS.get(tx)?;
    if days > 0 && ctx.now.0 - credential.password_set_at.0 > days * DAY && !credential.must_change {
        credential.must_change = true;
        tx.save(&credential)?;
    }
    if has_factor(tx, person, credential.factor)? {
        wait_for_factor(tx, ctx, &account, visitor, token, How::Password)?;
        return Ok(Outcome::FactorNeeded);
    }
    enter(tx, ctx, &account, visitor, token, Way::PASSWORD)
}

/// Everybody, unless the city has its people sign in through the provider; a system administrator always.
fn may_use_password(tx: &mut Tx<'_>, person: PersonId) -> Result<bool> {
    if !provider::provider(tx)?.is_some_and(|p| p.passwords_rest()) {
        return Ok(true);
    }
    let today = tx.now().date();
    let held = grants::of_person(tx, person)?;
    Ok(held.iter().any(|g| g.role == Role::SystemAdmin.code() && g.days().holds_on(today)))
}

/// The session that waits for its second factor, and whose it is.
pub(super) fn waiting(tx: &mut Tx<'_>, ctx: &Ctx, token: &str) -> Result<(SessionRow, AccountRow)> {
    let session = sessions::find_session(tx, &fingerprint(token), Step::Factor)?.filter(|s| s.holds(ctx.now));
    let session = session.ok_or_else(|| Problem::new(410, "sign-in-expired"))?;
    let account = accounts::find(tx, session.account_id)?.ok_or_else(Problem::sign_in)?;
    Ok((session, account))
}

/// Six digits from the app, or a recovery code. `waiting`: the token of the session that waits; `token`: a fresh one.
pub fn prove_second_factor(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    secrets: &Secrets,
    waiting: &str,
    code: &str,
    visitor: &Visitor,
    token: &str,
) -> Result<Outcome> {
    let (session, account) = self::waiting(tx, ctx, waiting)?;
    if let Some(problem) = wait(tx, &account.login, visitor, ctx.now)? {
        tx.housekeeping();
        return Ok(Outcome::Refused(problem));
    }
    let credential = accounts::credential(tx, account.id)?;
    let proof = match account.state {
        AccountState::Active => proves(tx, ctx, secrets, credential, code)?,
        _ => None,
    };
    let Some(proof) = proof else {
        count_failure(tx, ctx, &account.login, visitor)?;
        let event = told(Event::new("account.factor-refused", account.id), &account);
        tx.record(ctx, event.with("address", &*visitor.address))?;
        let refused = wait(tx, &account.login, visitor, ctx.now)?;
        return Ok(Outcome::Refused(
            refused.unwrap_or_else(|| Problem::field("factor_code", "factor-wrong")),
        ));
    };
    sessions::end_session(tx, session.id)?;
    enter(tx, ctx, &account, visitor, token, Way::by(session.how, proof))
}

fn proves(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    secrets: &Secrets,
    mut credential: CredentialRow,
    code: &str,
) -> Result<Option<Proof>> {
    let key = totp::key(secrets, credential.id, &credential.factor_nonce);
    // a key that is only being set up proves nothing yet
    if credential.factor == Factor::On
        && let Some(step) = totp::step_of(&key, code, ctx.now, credential.factor_step)
    {
        credential.factor_step = step;
        tx.save(&credential)?;
        return Ok(Some(Proof::Code));
    }
    let hash = totp::recovery_hash(secrets, credential.id, code);
    Ok(accounts::use_recovery_code(tx, credential.id, &hash, ctx.now)?.then_some(Proof::Recovery))
}
