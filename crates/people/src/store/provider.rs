//! The city's identity provider, and who its people are there.

use crate::model::{Identity, Passwords, PersonId};
use kernel::ctx::Locale;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use store::{Marked, Sealed, Tx, record, sealed_columns, sql};

sealed_columns! {
    /// With what the city proves itself to its provider: a backup must not hold it.
    pub ProviderSecret = "identity_provider"."client_secret" of "id";
    /// What the provider calls somebody: a staff number, or a name.
    pub IdentitySubject = "identity"."subject" of "id", mark exact "subject_mark";
}

record! {
    /// The provider: at most one row.
    #[derive(Clone)]
    pub struct ProviderRow in "identity_provider" {
        pub id: i64,
        pub issuer: String,
        pub client_id: String,
        pub client_secret: Sealed<ProviderSecret>,
        pub label_zh: String,
        pub label_en: String,
        /// The claim that names accounts.
        pub claim: String,
        /// Words of `acr` or `amr`, separated by spaces, that say the provider asked for a second factor.
        pub factor_values: String,
        pub switched_on: bool,
        pub passwords: Passwords,
        pub version: i64,
    }
}

/// Its id.
pub(crate) const ONLY: i64 = 1;

impl ProviderRow {
    /// What its button says.
    pub fn label(&self, locale: Locale) -> String {
        match locale {
            Locale::ZhCn => self.label_zh.clone(),
            Locale::En => self.label_en.clone(),
        }
    }

    /// The words by which the provider says that it asked for a second factor.
    pub fn factor_words(&self) -> Vec<&str> {
        self.factor_values.split_whitespace().collect()
    }

    /// Whether only system administrators may sign in with a password. Holds only while the provider is on, so that
    /// switching it off never locks a city out.
    pub fn passwords_rest(&self) -> bool {
        self.switched_on && self.passwords == Passwords::Emergency
    }
}

pub(crate) fn provider(tx: &mut Tx<'_>) -> Result<Option<ProviderRow>> {
    tx.one(sql!(ProviderRow: "select {*} from identity_provider where id = $1"), &[&ONLY])
}

record! {
    /// Who somebody is at the provider.
    #[derive(Clone, Debug)]
    pub struct IdentityRow in "identity" {
        pub id: Id<Identity>,
        pub account_id: PersonId,
        pub issuer: String,
        pub claim: String,
        pub subject: Sealed<IdentitySubject>,
        pub subject_mark: Marked<IdentitySubject>,
        pub linked_at: Instant,
        pub seen_at: Option<Instant>,
    }
}

pub(crate) fn identity(
    tx: &mut Tx<'_>,
    issuer: &str,
    claim: &str,
    subject: &str,
) -> Result<Option<IdentityRow>> {
    let mark = tx.mark::<IdentitySubject>(subject)?;
    tx.one(
        sql!(IdentityRow: "select {*} from identity where issuer = $1 and claim = $2 and subject_mark = $3"),
        &[&issuer, &claim, &mark],
    )
}

pub(crate) fn identities(tx: &mut Tx<'_>, account: PersonId) -> Result<Vec<IdentityRow>> {
    tx.all(sql!(IdentityRow: "select {*} from identity where account_id = $1 order by id"), &[&account])
}

/// How many identities the provider's settings as they are now lead to.
pub(crate) fn count(tx: &mut Tx<'_>, issuer: &str, claim: &str) -> Result<i64> {
    tx.value(
        sql!((i64,): "select count(*) from identity where issuer = $1 and claim = $2"),
        &[&issuer, &claim],
    )
}

pub(crate) fn touch(tx: &mut Tx<'_>, id: Id<Identity>, now: Instant) -> Result<()> {
    tx.exec(sql!("update identity set seen_at = $1 where id = $2"), &[&now, &id]).map(drop)
}

pub(crate) fn unlink(tx: &mut Tx<'_>, id: Id<Identity>) -> Result<u64> {
    tx.exec(sql!("delete from identity where id = $1"), &[&id])
}

pub(crate) fn unlink_all(tx: &mut Tx<'_>, account: PersonId) -> Result<u64> {
    tx.exec(sql!("delete from identity where account_id = $1"), &[&account])
}

/// Whether this return from the provider comes for the first time.
pub(crate) fn take_return(tx: &mut Tx<'_>, state_hash: &str, now: Instant) -> Result<bool> {
    let taken = tx.exec(
        sql!("insert into provider_return (state_hash, taken_at) values ($1, $2) on conflict do nothing"),
        &[&state_hash, &now],
    )?;
    Ok(taken == 1)
}

pub(crate) fn forget_returns(tx: &mut Tx<'_>, before: Instant) -> Result<u64> {
    tx.exec(sql!("delete from provider_return where taken_at < $1"), &[&before])
}
