//! Rows of subscriptions.

use super::Owner;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use store::keep::Due;
use store::{Marked, Sealed, Tx, record, sealed_columns, sql};

sealed_columns! {
    /// A browser's address at its push service: it tells one person's browser from all others.
    pub PushEndpoint = "push_subscription"."endpoint" of "id", mark exact "endpoint_hash";
    pub PushKey = "push_subscription"."p256dh" of "id";
    pub PushAuth = "push_subscription"."auth" of "id";
    pub PushAgent = "push_subscription"."agent" of "id";
}

/// Mark for ids of subscriptions.
#[derive(Debug)]
pub enum Subscription {}

record! {
    /// A browser that is told.
    #[derive(Clone, Debug)]
    pub struct SubscriptionRow in "push_subscription" {
        pub id: Id<Subscription>,
        pub owner_kind: String,
        pub owner: i64,
        /// Its address at its push service. Whoever knows it and the two keys could send to it.
        pub endpoint: Sealed<PushEndpoint>,
        pub endpoint_hash: Marked<PushEndpoint>,
        pub p256dh: Sealed<PushKey>,
        pub auth: Sealed<PushAuth>,
        pub locale: String,
        pub agent: Sealed<PushAgent>,
        pub at_night: bool,
        pub consent: String,
        pub created_at: Instant,
        pub sent_at: Option<Instant>,
        pub failing_since: Option<Instant>,
    }
}

impl SubscriptionRow {
    /// The browser and the system it runs on.
    pub fn browser(&self) -> String {
        crate::show::browser(&self.agent)
    }
}

/// An owner's browsers, oldest first.
pub fn of_owner(tx: &mut Tx<'_>, owner: Owner) -> Result<Vec<SubscriptionRow>> {
    let (kind, id) = (owner.kind(), owner.id());
    tx.all(
        sql!(SubscriptionRow: "select {*} from push_subscription where owner_kind = $1 and owner = $2 order by id"),
        &[&kind, &id],
    )
}

pub(super) fn get(tx: &mut Tx<'_>, id: Id<Subscription>) -> Result<Option<SubscriptionRow>> {
    tx.one(sql!(SubscriptionRow: "select {*} from push_subscription where id = $1"), &[&id])
}

/// A new one, or what the old one of the same address wants now.
pub(super) fn put(tx: &mut Tx<'_>, row: &SubscriptionRow, known: Option<Id<Subscription>>) -> Result<()> {
    let Some(id) = known else { return tx.insert(row) };
    let (key, auth) = (tx.seal::<PushKey>(id, &row.p256dh)?, tx.seal::<PushAuth>(id, &row.auth)?);
    tx.exec(
        sql!(
            "update push_subscription set p256dh = $1, auth = $2, locale = $3, at_night = $4, consent = $5
              where id = $6"
        ),
        &[&key, &auth, &row.locale, &row.at_night, &row.consent, &id],
    )
    .map(drop)
}

/// A browser tells one person at a time: who used it before is not told there any more.
pub(super) fn take_over(tx: &mut Tx<'_>, endpoint: &str, person: i64) -> Result<()> {
    let endpoint_hash = tx.mark::<PushEndpoint>(endpoint)?;
    tx.exec(
        sql!(
            "delete from push_subscription where endpoint_hash = $1 and owner_kind = 'person' and owner <> $2"
        ),
        &[&endpoint_hash, &person],
    )
    .map(drop)
}

pub(super) fn remove(tx: &mut Tx<'_>, owner: Owner, id: Id<Subscription>) -> Result<bool> {
    let (kind, of) = (owner.kind(), owner.id());
    let gone = tx.exec(
        sql!("delete from push_subscription where id = $1 and owner_kind = $2 and owner = $3"),
        &[&id, &kind, &of],
    )?;
    Ok(gone > 0)
}

/// The push service knows the browser no more: nobody is told there.
pub(super) fn forget(tx: &mut Tx<'_>, endpoint: &str) -> Result<()> {
    let endpoint_hash = tx.mark::<PushEndpoint>(endpoint)?;
    tx.exec(sql!("delete from push_subscription where endpoint_hash = $1"), &[&endpoint_hash]).map(drop)
}

pub(super) fn sent(tx: &mut Tx<'_>, id: Id<Subscription>) -> Result<()> {
    let now = tx.now();
    tx.exec(
        sql!("update push_subscription set sent_at = $1, failing_since = null where id = $2"),
        &[&now, &id],
    )
    .map(drop)
}

pub(super) fn failed(tx: &mut Tx<'_>, id: Id<Subscription>) -> Result<()> {
    let now = tx.now();
    tx.exec(
        sql!("update push_subscription set failing_since = coalesce(failing_since, $1) where id = $2"),
        &[&now, &id],
    )
    .map(drop)
}

/// A person's own browsers go when the person leaves.
pub(super) fn due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.value(
        sql!((i64,): "select count(*) from push_subscription
              where owner_kind = 'report' and created_at >= $1 and created_at < $2"),
        &[&from, &until],
    )
}

pub(super) fn forget_old(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.erase(
        sql!(
            "delete from push_subscription where id in
              (select id from push_subscription where owner_kind = 'report' and created_at >= $1 and created_at < $2
               order by id limit $3)"
        ),
        &[&from, &until, &most],
    )
}

/// Every browser that was told of somebody's or something's news.
pub(super) fn forget_owner(tx: &mut Tx<'_>, owner: Owner) -> Result<i64> {
    tx.erase(
        sql!("delete from push_subscription where owner_kind = $1 and owner = $2"),
        &[&owner.kind(), &owner.id()],
    )
}
