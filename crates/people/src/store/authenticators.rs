//! Passkeys and security keys, and what they have been asked to sign.

use crate::model::{Authenticator, PersonId};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use store::{Tx, record, sql};

record! {
    /// A person's passkey or security key.
    #[derive(Clone, Debug)]
    pub struct AuthenticatorRow in "authenticator" {
        pub id: Id<Authenticator>,
        pub account_id: PersonId,
        pub credential_id: String,
        pub name: String,
        /// Public key and counter, as the library writes them.
        pub passkey: String,
        pub created_at: Instant,
        pub seen_at: Option<Instant>,
        pub version: i64,
    }
}

pub(crate) fn of_person(tx: &mut Tx<'_>, account: PersonId) -> Result<Vec<AuthenticatorRow>> {
    tx.all(
        sql!(AuthenticatorRow: "select {*} from authenticator where account_id = $1 order by id"),
        &[&account],
    )
}

pub(crate) fn count(tx: &mut Tx<'_>, account: PersonId) -> Result<i64> {
    tx.value(sql!((i64,): "select count(*) from authenticator where account_id = $1"), &[&account])
}

pub(crate) fn by_credential(tx: &mut Tx<'_>, credential: &str) -> Result<Option<AuthenticatorRow>> {
    tx.one(sql!(AuthenticatorRow: "select {*} from authenticator where credential_id = $1"), &[&credential])
}

pub(crate) fn remove(tx: &mut Tx<'_>, id: Id<Authenticator>) -> Result<u64> {
    tx.exec(sql!("delete from authenticator where id = $1"), &[&id])
}

pub(crate) fn remove_all(tx: &mut Tx<'_>, account: PersonId) -> Result<u64> {
    tx.exec(sql!("delete from authenticator where account_id = $1"), &[&account])
}

/// Puts a challenge in the place of whatever the session was asked before.
pub(crate) fn ask(
    tx: &mut Tx<'_>,
    session_hash: &str,
    purpose: &str,
    state: &str,
    ends_at: Instant,
) -> Result<()> {
    tx.exec(
        sql!(
            "insert into authenticator_challenge (session_hash, purpose, state, ends_at) values ($1, $2, $3, $4)
              on conflict (session_hash) do update set purpose = excluded.purpose, state = excluded.state,
                ends_at = excluded.ends_at"
        ),
        &[&session_hash, &purpose, &state, &ends_at],
    )
    .map(drop)
}

/// Takes the session's challenge away: whatever is answered to it, it is not asked again.
pub(crate) fn take(
    tx: &mut Tx<'_>,
    session_hash: &str,
    purpose: &str,
    now: Instant,
) -> Result<Option<String>> {
    let taken = tx.change(
        sql!((String, String, Instant): "delete from authenticator_challenge where session_hash = $1
             returning purpose, state, ends_at"),
        &[&session_hash],
    )?;
    let fits = |(asked, _, ends): &(String, String, Instant)| asked == purpose && now < *ends;
    Ok(taken.into_iter().find(fits).map(|(_, state, _)| state))
}

pub(crate) fn forget_challenges(tx: &mut Tx<'_>, now: Instant) -> Result<u64> {
    tx.exec(sql!("delete from authenticator_challenge where ends_at < $1"), &[&now])
}
