//! Sessions and API keys, and what is read to recognise whom they belong to.

use crate::model::{AccountState, ApiKey, Factor, How, PersonId, Proof, Session, Step, Way};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use store::{Sealed, Tx, record, sealed_columns, sql};
use web::scope::Scope;

sealed_columns! {
    /// The network address that somebody signed in from.
    pub SessionAddress = "session"."address" of "id";
    pub SessionAgent = "session"."agent" of "id";
}

record! {
    /// Somebody signed in from somewhere.
    #[derive(Clone, Debug)]
    pub struct SessionRow in "session" {
        pub id: Id<Session>,
        pub account_id: PersonId,
        pub token_hash: String,
        pub step: Step,
        pub how: How,
        pub proof: Proof,
        pub address: Sealed<SessionAddress>,
        pub agent: Sealed<SessionAgent>,
        pub created_at: Instant,
        pub seen_at: Instant,
        pub idle: i64,
        pub ends_at: Instant,
    }
}

impl SessionRow {
    /// The browser and the system it ran on, as far as its own long description tells.
    pub fn browser(&self) -> String {
        web::show::browser(&self.agent)
    }

    pub fn way(&self) -> Way {
        Way::by(self.how, self.proof)
    }

    pub fn holds(&self, now: Instant) -> bool {
        now < self.ends_at && now.0 < self.seen_at.0 + self.idle
    }
}

record! {
    /// A key by which a program acts for a person.
    #[derive(Clone, Debug)]
    pub struct ApiKeyRow in "api_key" {
        pub id: Id<ApiKey>,
        pub account_id: PersonId,
        pub name: String,
        pub key_hash: String,
        pub starts: String,
        pub scope: Scope,
        pub created_at: Instant,
        pub expires_at: Instant,
        pub seen_at: Option<Instant>,
        pub revoked_at: Option<Instant>,
        pub version: i64,
    }
}

impl ApiKeyRow {
    pub fn holds(&self, now: Instant) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

record! {
    /// Whom a session or a key belongs to, as far as one statement tells.
    pub(crate) struct Known {
        pub(crate) row_id: i64,
        pub(crate) seen_at: Option<Instant>,
        pub(crate) idle: i64,
        pub(crate) ends_at: Instant,
        pub(crate) account_id: PersonId,
        pub(crate) name: String,
        pub(crate) state: AccountState,
        pub(crate) must_change: bool,
        pub(crate) factor: Factor,
        pub(crate) how: How,
        pub(crate) proof: Proof,
        /// How many passkeys and security keys they have.
        pub(crate) authenticators: i64,
    }
}

pub(crate) fn known_by_session(tx: &mut Tx<'_>, token_hash: &str) -> Result<Option<Known>> {
    tx.one(
        sql!(Known: "select s.id as row_id, s.seen_at, s.idle, s.ends_at, s.account_id, a.name, a.state, c.must_change, c.factor,
             s.how, s.proof, (select count(*) from authenticator k where k.account_id = s.account_id) as authenticators
             from session s join account a on a.id = s.account_id join credential c on c.id = s.account_id
             where s.token_hash = $1 and s.step = 'whole'"),
        &[&token_hash],
    )
}

record! {
    /// Whom a key belongs to, and what it was made for.
    pub(crate) struct KnownByKey {
        pub(crate) row_id: i64,
        pub(crate) seen_at: Option<Instant>,
        pub(crate) ends_at: Instant,
        pub(crate) account_id: PersonId,
        pub(crate) name: String,
        pub(crate) state: AccountState,
        pub(crate) scope: Scope,
    }
}

/// Read for every report that another program sends, so no more is read than a key for reports needs.
pub(crate) fn known_by_key(tx: &mut Tx<'_>, key_hash: &str) -> Result<Option<KnownByKey>> {
    tx.one(
        sql!(KnownByKey: "select k.id as row_id, k.seen_at, k.expires_at as ends_at, k.account_id, a.name, a.state, k.scope
             from api_key k join account a on a.id = k.account_id where k.key_hash = $1 and k.revoked_at is null"),
        &[&key_hash],
    )
}

pub(crate) fn touch_session(tx: &mut Tx<'_>, id: i64, now: Instant) -> Result<()> {
    tx.exec(sql!("update session set seen_at = $1 where id = $2 and seen_at < $1"), &[&now, &id]).map(drop)
}

pub(crate) fn touch_key(tx: &mut Tx<'_>, id: i64, now: Instant) -> Result<()> {
    tx.exec(
        sql!("update api_key set seen_at = $1 where id = $2 and (seen_at is null or seen_at < $1)"),
        &[&now, &id],
    )
    .map(drop)
}

pub(crate) fn find_session(tx: &mut Tx<'_>, token_hash: &str, step: Step) -> Result<Option<SessionRow>> {
    tx.one(
        sql!(SessionRow: "select {*} from session where token_hash = $1 and step = $2"),
        &[&token_hash, &step],
    )
}

pub(crate) fn end_session(tx: &mut Tx<'_>, id: Id<Session>) -> Result<u64> {
    tx.exec(sql!("delete from session where id = $1"), &[&id])
}

/// Ends all sessions of a person but the one with this token (none is spared by an empty one).
pub(crate) fn end_sessions(tx: &mut Tx<'_>, account: PersonId, but_token_hash: &str) -> Result<u64> {
    tx.exec(
        sql!("delete from session where account_id = $1 and token_hash <> $2"),
        &[&account, &but_token_hash],
    )
}

/// Ends the sessions of a person that the provider opened.
pub(crate) fn end_provider_sessions(tx: &mut Tx<'_>, account: PersonId) -> Result<u64> {
    tx.exec(sql!("delete from session where account_id = $1 and how = 'provider'"), &[&account])
}

pub(crate) fn forget_ended_sessions(tx: &mut Tx<'_>, now: Instant) -> Result<u64> {
    tx.exec(sql!("delete from session where ends_at < $1 or seen_at + idle < $1"), &[&now])
}

pub(crate) fn find_key(tx: &mut Tx<'_>, id: Id<ApiKey>) -> Result<Option<ApiKeyRow>> {
    tx.one(sql!(ApiKeyRow: "select {*} from api_key where id = $1"), &[&id])
}

pub(crate) fn revoke_keys(tx: &mut Tx<'_>, account: PersonId, now: Instant) -> Result<u64> {
    tx.exec(
        sql!("update api_key set revoked_at = $1, version = version + 1 where account_id = $2 and revoked_at is null"),
        &[&now, &account],
    )
}
