//! Rows of suggestions.

use crate::model::{Sent, Suggestion};
use crate::self_check::Kept;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use store::keep::{Days, Due, Goes, Keep, Stays, Way, stays};
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
        pub(crate) oldest: Option<Instant>,
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

record! {
    /// What was sent since a day, and how it was answered.
    pub(crate) struct Answered {
        pub(crate) received: i64,
        /// About burdens that this program makes.
        pub(crate) burden: i64,
        pub(crate) answered: i64,
        /// Within [`crate::model::ANSWER_WITHIN`].
        pub(crate) in_time: i64,
        /// Still waiting after that time; also of what was sent earlier.
        pub(crate) late: i64,
    }
}

/// Reads all suggestions: a city has some thousands, and few open the page.
pub(crate) fn answered_since(tx: &mut Tx<'_>, since: Instant, now: Instant) -> Result<Answered> {
    let (within, late) = (crate::model::ANSWER_WITHIN, now.plus(-crate::model::ANSWER_WITHIN));
    let found = tx.one(
        sql!(Answered: "select coalesce(sum(case when sent_at >= $1 then 1 else 0 end), 0) as received,
             coalesce(sum(case when sent_at >= $1 and kind = 'burden' then 1 else 0 end), 0) as burden,
             coalesce(sum(case when sent_at >= $1 and answered_at is not null then 1 else 0 end), 0) as answered,
             coalesce(sum(case when sent_at >= $1 and answered_at - sent_at <= $2 then 1 else 0 end), 0) as in_time,
             coalesce(sum(case when answered_at is null and sent_at < $3 then 1 else 0 end), 0) as late
             from suggestion"),
        &[&since, &within, &late],
    )?;
    found.ok_or_else(|| Problem::internal("a count answered no row"))
}

/// The latest self-checks that were kept.
pub(crate) fn self_checks(tx: &mut Tx<'_>, before: i64, limit: i64) -> Result<Vec<Kept>> {
    tx.all(
        sql!(Kept: "select {*} from self_check where number < $1 order by number desc limit $2"),
        &[&before, &limit],
    )
}

pub(crate) fn self_check(tx: &mut Tx<'_>, number: i64) -> Result<Option<Kept>> {
    tx.one(sql!(Kept: "select {*} from self_check where number = $1"), &[&number])
}

/// Numbers of those of these ids that are suggestions.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut query = Query::<(i64, String)>::new("select id, number from suggestion");
    query.one_of("id", ids);
    tx.query(&query)
}

/// What somebody wrote to the office, and how to reach them. The answer and what is counted stay.
const SUGGESTIONS: Keep = Keep {
    key: "suggestions",
    tables: &["suggestion"],
    days: Days::new(365, 90, 1825),
    goes: Goes::Personal,
    laws: &["pipl-19", "pipl-47"],
    way: Way::Daily { count: due, erase: forget },
};

pub(crate) const KEEPS: &[&Keep] = &[&SUGGESTIONS];
pub(crate) const STAYS: &[Stays] = &[stays("self_check", "acts")];

fn due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.value(
        sql!((i64,): "select count(*) from suggestion where answered_at >= $1 and answered_at < $2 and body <> ''"),
        &[&from, &until],
    )
}

fn forget(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.erase(
        sql!(
            "update suggestion set body = '', contact = null, version = version + 1 where id in
              (select id from suggestion where answered_at >= $1 and answered_at < $2 and body <> '' order by id limit $3)"
        ),
        &[&from, &until, &most],
    )
}

/// Those whose words are kept.
pub(crate) fn worded(tx: &mut Tx<'_>) -> Result<Vec<Suggestion>> {
    tx.all(sql!(Suggestion: "select {*} from suggestion where body <> '' order by id"), &[])
}

pub(crate) fn forget_words(tx: &mut Tx<'_>, id: Id<Sent>) -> Result<()> {
    tx.erase(
        sql!("update suggestion set body = '', contact = null, version = version + 1 where id = $1"),
        &[&id],
    )
    .map(drop)
}
