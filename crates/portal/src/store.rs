//! Rows of suggestions.

use crate::model::{Sent, Suggestion};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use store::{Query, Tx, record, sql};

pub(crate) fn get(tx: &mut Tx<'_>, id: Id<Sent>) -> Result<Suggestion> {
    tx.one(sql!(Suggestion: "select {*} from suggestion where id = $1"), &[&id])?
        .ok_or_else(Problem::not_found)
}

/// What waits for an answer, oldest first, after the one with the id `after`.
pub(crate) fn waiting(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<Suggestion>> {
    tx.all(
        sql!(Suggestion: "select {*} from suggestion where answered_at is null and id > $1 order by id limit $2"),
        &[&after, &limit],
    )
}

/// What was answered, newest first, from before the one with the id `before`.
pub(crate) fn answered(tx: &mut Tx<'_>, before: i64, limit: i64) -> Result<Vec<Suggestion>> {
    tx.all(
        sql!(Suggestion: "select {*} from suggestion where answered_at is not null and id < $1 order by id desc limit $2"),
        &[&before, &limit],
    )
}

record! {
    pub(crate) struct Tally {
        pub(crate) received: i64,
        pub(crate) waiting: i64,
        pub(crate) oldest: Option<kernel::time::Instant>,
    }
}

/// How many were sent and how many wait. Counts the whole table, for a page that few open.
pub(crate) fn tally(tx: &mut Tx<'_>) -> Result<Tally> {
    let found = tx.one(
        sql!(Tally: "select count(*) as received, count(*) - count(answered_at) as waiting,
                       min(case when answered_at is null then sent_at end) as oldest from suggestion"),
        &[],
    )?;
    found.ok_or_else(|| Problem::internal("a count answered no row"))
}

/// Numbers of those of these ids that are suggestions.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut query = Query::<(i64, String)>::new("select id, number from suggestion");
    query.one_of("id", ids);
    tx.query(&query)
}
