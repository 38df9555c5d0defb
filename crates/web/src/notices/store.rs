//! Rows of notices.

use super::Notice;
use kernel::ctx::{Ctx, Person};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use store::keep::Due;
use store::{Sealed, Tx, record, sealed_columns, sql};

sealed_columns! {
    /// What the line names: titles, people, what somebody wrote.
    pub NoticeArgs = "notice"."args" of "id";
}

record! {
    #[derive(Clone, Debug)]
    pub struct NoticeRow in "notice" {
        pub id: Id<Notice>,
        pub person: Id<Person>,
        pub at: Instant,
        pub kind: String,
        /// Names and values, as JSON.
        pub args: Sealed<NoticeArgs>,
        pub href: String,
        pub read_at: Option<Instant>,
    }
}

impl NoticeRow {
    /// What its text is filled in with.
    pub fn args(&self) -> Vec<(String, String)> {
        serde_json::from_str(&self.args).unwrap_or_default()
    }
}

/// Most unread notices that are shown or counted; beyond it the bell says "99+".
pub const AT_ONCE: i64 = 100;

/// How many wait, counted up to [`AT_ONCE`]. Asked with every page of somebody signed in, hence the limit.
pub fn unread_count(tx: &mut Tx<'_>, person: Id<Person>) -> Result<i64> {
    tx.value(
        sql!((i64,): "select count(*) from (select id from notice where person = $1 and read_at is null limit 100) as n"),
        &[&person],
    )
}

/// What waits, newest first.
pub fn unread(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Vec<NoticeRow>> {
    tx.all(
        sql!(NoticeRow: "select {*} from notice where person = $1 and read_at is null order by id desc limit $2"),
        &[&person, &AT_ONCE],
    )
}

pub(super) fn read(tx: &mut Tx<'_>, person: Id<Person>, before: i64, limit: i64) -> Result<Vec<NoticeRow>> {
    tx.all(
        sql!(NoticeRow: "select {*} from notice where person = $1 and read_at is not null and id < $2
                         order by id desc limit $3"),
        &[&person, &before, &limit],
    )
}

pub(super) fn mark(tx: &mut Tx<'_>, person: Id<Person>, id: Id<Notice>) -> Result<Option<String>> {
    let now = tx.now();
    let rows = tx.change(
        sql!((String,): "update notice set read_at = coalesce(read_at, $1) where id = $2 and person = $3 returning href"),
        &[&now, &id, &person],
    )?;
    Ok(rows.into_iter().next().map(|(href,)| href))
}

pub(super) fn mark_all(tx: &mut Tx<'_>, person: Id<Person>) -> Result<()> {
    let now = tx.now();
    tx.exec(sql!("update notice set read_at = $1 where person = $2 and read_at is null"), &[&now, &person])
        .map(drop)
}

pub(super) fn due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.value(sql!((i64,): "select count(*) from notice where at >= $1 and at < $2"), &[&from, &until])
}

pub(super) fn forget(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.erase(
        sql!(
            "delete from notice where id in
              (select id from notice where at >= $1 and at < $2 order by at limit $3)"
        ),
        &[&from, &until, &most],
    )
}
