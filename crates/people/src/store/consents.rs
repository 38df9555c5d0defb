//! The consent ledger.

use crate::model::{Consent, PersonId, Purpose};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use store::{KeyedHash, Tx, hashed_columns, record, sql};

hashed_columns! {
    /// Of the fingerprint of a telephone number, whose key stands in every backup.
    pub ConsentPhone = "consent"."phone_hash" of "id";
}

record! {
    /// A consent, as it was given to a certain wording.
    #[derive(Clone, Debug)]
    pub struct ConsentRow in "consent" {
        pub id: Id<Consent>,
        pub account_id: Option<PersonId>,
        pub phone_hash: Option<KeyedHash<ConsentPhone>>,
        pub purpose: Purpose,
        pub text_version: String,
        pub text_hash: String,
        pub given_at: Instant,
        pub withdrawn_at: Option<Instant>,
        pub version: i64,
    }
}

/// A person's consents to a purpose that have not been withdrawn.
pub(crate) fn of_account(tx: &mut Tx<'_>, account: PersonId, purpose: Purpose) -> Result<Vec<ConsentRow>> {
    tx.all(
        sql!(ConsentRow: "select {*} from consent where account_id = $1 and purpose = $2 and withdrawn_at is null order by id"),
        &[&account, &purpose],
    )
}

/// The same for whoever holds a phone number.
pub(crate) fn of_phone(tx: &mut Tx<'_>, phone_hash: &str, purpose: Purpose) -> Result<Vec<ConsentRow>> {
    let phone_hash = tx.keyed_hash::<ConsentPhone>(phone_hash)?;
    tx.all(
        sql!(ConsentRow: "select {*} from consent where phone_hash = $1 and purpose = $2 and withdrawn_at is null order by id"),
        &[&phone_hash, &purpose],
    )
}

/// Every consent a person ever gave, newest first.
pub(crate) fn history(tx: &mut Tx<'_>, account: PersonId) -> Result<Vec<ConsentRow>> {
    tx.all(
        sql!(ConsentRow: "select {*} from consent where account_id = $1 order by id desc limit 200"),
        &[&account],
    )
}
