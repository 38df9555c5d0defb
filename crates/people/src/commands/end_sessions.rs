//! Signing out, here and elsewhere.

use super::told;
use crate::model::{PersonId, Session, Step};
use crate::policy::Act;
use crate::queries;
use crate::recognise::fingerprint;
use crate::store::{accounts, sessions};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use store::{Event, Tx};

pub fn sign_out(tx: &mut Tx<'_>, ctx: &Ctx, token: &str) -> Result<()> {
    let hash = fingerprint(token);
    let Some(session) = sessions::find_session(tx, &hash, Step::Whole)? else {
        // an old page: there is nothing to end
        tx.housekeeping();
        return Ok(());
    };
    sessions::end_session(tx, session.id)?;
    let account = accounts::find(tx, session.account_id)?.ok_or_else(Problem::not_found)?;
    tx.record(ctx, told(Event::new("account.signed-out", account.id), &account))
}

/// One of one's own sessions, chosen from the list.
pub fn end_session(tx: &mut Tx<'_>, ctx: &Ctx, id: Id<Session>) -> Result<()> {
    let account = accounts::own(tx, ctx)?;
    let session =
        queries::sessions(tx, account.id)?.into_iter().find(|s| s.id == id).ok_or_else(Problem::not_found)?;
    sessions::end_session(tx, id)?;
    let event = told(Event::new("account.session-ended", account.id), &account);
    tx.record(ctx, event.with("address", session.address.as_str()))
}

/// Everywhere but here; how many there were.
pub fn end_other_sessions(tx: &mut Tx<'_>, ctx: &Ctx, token: &str) -> Result<u64> {
    let account = accounts::own(tx, ctx)?;
    let ended = sessions::end_sessions(tx, account.id, &fingerprint(token))?;
    tx.record(ctx, told(Event::new("account.sessions-ended", account.id), &account).with("count", ended))?;
    Ok(ended)
}

/// One of somebody else's sessions, by an administrator.
pub fn end_session_of(tx: &mut Tx<'_>, ctx: &Ctx, person: PersonId, id: Id<Session>) -> Result<()> {
    let account = accounts::load_for(tx, ctx, Act::EndSessions, person)?;
    let session =
        queries::sessions(tx, person)?.into_iter().find(|s| s.id == id).ok_or_else(Problem::not_found)?;
    sessions::end_session(tx, id)?;
    let event = told(Event::new("account.session-ended-for", person), &account);
    tx.record(ctx, event.with("address", session.address.as_str()))
}

/// All of somebody else's sessions, by an administrator; how many there were.
pub fn end_sessions_of(tx: &mut Tx<'_>, ctx: &Ctx, person: PersonId) -> Result<u64> {
    let account = accounts::load_for(tx, ctx, Act::EndSessions, person)?;
    let ended = sessions::end_sessions(tx, person, "")?;
    tx.record(ctx, told(Event::new("account.sessions-ended-for", person), &account).with("count", ended))?;
    Ok(ended)
}
