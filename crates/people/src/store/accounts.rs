//! Accounts and what proves who somebody is.

use crate::model::{AccountState, Attempts, Factor, PersonId, UnitId};
use crate::policy::{self, Act, POLICY};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use store::{Marked, Sealed, Tx, hashed_columns, record, sealed_columns, sql};

sealed_columns! {
    pub AccountPhone = "account"."phone" of "id", mark phone "phone_mark";
    pub AccountMail = "account"."mail" of "id";
}

record! {
    /// A person with an account.
    #[derive(Clone, Debug)]
    pub struct AccountRow in "account" {
        pub id: PersonId,
        pub login: String,
        pub name: String,
        pub phone: Sealed<AccountPhone>,
        pub phone_mark: Marked<AccountPhone>,
        pub mail: Sealed<AccountMail>,
        pub unit_id: UnitId,
        pub state: AccountState,
        pub language: String,
        pub created_at: Instant,
        pub version: i64,
    }
}

record! {
    /// What proves that a person is who they say. `id` is the account's.
    #[derive(Clone)]
    pub(crate) struct CredentialRow in "credential" {
        pub(crate) id: PersonId,
        pub(crate) password_hash: String,
        pub(crate) password_set_at: Instant,
        pub(crate) must_change: bool,
        pub(crate) factor: Factor,
        pub(crate) factor_nonce: String,
        pub(crate) factor_step: i64,
        pub(crate) version: i64,
    }
}

pub(crate) fn find(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<AccountRow>> {
    tx.one(sql!(AccountRow: "select {*} from account where id = $1"), &[&id])
}

pub(crate) fn find_login(tx: &mut Tx<'_>, login: &str) -> Result<Option<AccountRow>> {
    tx.one(sql!(AccountRow: "select {*} from account where login = $1"), &[&login])
}

pub(crate) fn credential(tx: &mut Tx<'_>, id: PersonId) -> Result<CredentialRow> {
    tx.one(sql!(CredentialRow: "select {*} from credential where id = $1"), &[&id])?
        .ok_or_else(|| Problem::internal(format!("account {id} has no credential")))
}

/// The only door to another person's account: loads it and asks the policy. Who may not see it is told it is not there.
pub(crate) fn load_for(tx: &mut Tx<'_>, ctx: &Ctx, act: Act, id: PersonId) -> Result<AccountRow> {
    let account = find(tx, id)?.ok_or_else(Problem::not_found)?;
    let standing = policy::of_account(account.unit_id, account.id);
    let known = POLICY.may(ctx, Act::SeeAccounts, &standing);
    POLICY.require(ctx, act, &standing, known)?;
    Ok(account)
}

/// The person who asks; strangers are sent to the sign-in page.
pub(crate) fn own(tx: &mut Tx<'_>, ctx: &Ctx) -> Result<AccountRow> {
    let id = ctx.person().ok_or_else(Problem::sign_in)?;
    find(tx, id)?.ok_or_else(Problem::sign_in)
}

/// Puts the words by which a person is found into the index. Telephone and mail are sealed and not among them; a whole
/// telephone number is found by its mark.
pub(crate) fn index(tx: &mut Tx<'_>, account: &AccountRow) -> Result<()> {
    let words = format!("{} {}", account.login, account.name);
    tx.index_words(account.id, &store::words::index_tokens(&words))
}

/// Makes others who decide about the same person's roles wait until this transaction has ended.
pub(crate) fn lock(tx: &mut Tx<'_>, id: PersonId) -> Result<()> {
    match tx.exec(sql!("update account set version = version + 1 where id = $1"), &[&id])? {
        1 => Ok(()),
        _ => Err(Problem::not_found()),
    }
}

hashed_columns! {
    /// A login, which may be a password typed into the wrong field, or a network address.
    GuardKey = "sign_in_guard"."key" of "key";
}

record! {
    struct GuardRow {
        failures: i64,
        last_at: i64,
        blocked_until: i64,
    }
}

pub(crate) fn attempts(tx: &mut Tx<'_>, key: &str) -> Result<Attempts> {
    let key = tx.keyed_hash::<GuardKey>(key)?;
    let row = tx.one(sql!(GuardRow: "select {*} from sign_in_guard where key = $1"), &[&key])?;
    Ok(row.map_or_else(Attempts::default, |r| Attempts {
        failures: r.failures,
        last_at: r.last_at,
        blocked_until: r.blocked_until,
    }))
}

pub(crate) fn set_attempts(tx: &mut Tx<'_>, key: &str, attempts: &Attempts) -> Result<()> {
    let key = tx.keyed_hash::<GuardKey>(key)?;
    tx.exec(
        sql!(
            "insert into sign_in_guard (key, failures, last_at, blocked_until) values ($1, $2, $3, $4)
              on conflict (key) do update set failures = excluded.failures, last_at = excluded.last_at,
                blocked_until = excluded.blocked_until"
        ),
        &[&key, &attempts.failures, &attempts.last_at, &attempts.blocked_until],
    )
    .map(drop)
}

pub(crate) fn forget_attempts(tx: &mut Tx<'_>, key: &str) -> Result<()> {
    let key = tx.keyed_hash::<GuardKey>(key)?;
    tx.exec(sql!("delete from sign_in_guard where key = $1"), &[&key]).map(drop)
}

/// Rows nobody has touched since `before`.
pub(crate) fn forget_old_attempts(tx: &mut Tx<'_>, before: Instant) -> Result<u64> {
    tx.exec(sql!("delete from sign_in_guard where last_at < $1"), &[&before])
}

pub(crate) fn replace_recovery_codes(tx: &mut Tx<'_>, id: PersonId, hashes: &[String]) -> Result<()> {
    tx.exec(sql!("delete from recovery_code where account_id = $1"), &[&id])?;
    for hash in hashes {
        tx.exec(sql!("insert into recovery_code (account_id, code_hash) values ($1, $2)"), &[&id, hash])?;
    }
    Ok(())
}

/// Whether the code was one of the person's unused ones; it is used up then.
pub(crate) fn use_recovery_code(tx: &mut Tx<'_>, id: PersonId, hash: &str, now: Instant) -> Result<bool> {
    let used = tx.exec(
        sql!("update recovery_code set used_at = $1 where account_id = $2 and code_hash = $3 and used_at is null"),
        &[&now, &id, &hash],
    )?;
    Ok(used == 1)
}

pub(crate) fn recovery_codes_left(tx: &mut Tx<'_>, id: PersonId) -> Result<i64> {
    tx.value(
        sql!((i64,): "select count(*) from recovery_code where account_id = $1 and used_at is null"),
        &[&id],
    )
}

/// When a person left; `None` when they are back or were only locked out.
pub(crate) fn note_left(tx: &mut Tx<'_>, id: PersonId, at: Option<Instant>) -> Result<()> {
    tx.exec(sql!("update account set left_at = $1 where id = $2"), &[&at, &id]).map(drop)
}

/// How to reach somebody who has left; the name stays with what they did.
pub(crate) fn forget_contact(tx: &mut Tx<'_>, id: PersonId) -> Result<()> {
    let empty = String::new();
    tx.erase(
        sql!(
            "update account set phone = $1, phone_mark = null, mail = $1, version = version + 1 where id = $2"
        ),
        &[&empty, &id],
    )
    .map(drop)
}
