//! Work that must follow from what was saved: a row written in the transaction that makes it due, so that neither can
//! exist without the other.
//!
//! A job runs at least once, never twice at the same time: whoever claims it moves its `run_at` ahead as a lease and
//! renews that while it runs; when a process dies, another takes over after the lease. So every handler must be
//! idempotent; one that only writes to the database is so by [`Work::once`]. Who fails is tried again later and later, then lies as a *dead letter* until a person retries it.
//! Work that looks at the state of things and mends it ("reconcilers": deadlines, sweeps) is a periodic job without
//! input. See [`worker`](crate::jobs::Worker) for what runs them.

mod dead;
mod worker;

use crate::tx::Tx;
use crate::{Sealed, record, sealed_columns, sql};
pub(crate) use dead::KEEP;
pub use dead::{DeadJob, dead, discard_dead, retry_dead};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{HOUR, Instant, MINUTE, SECOND};
pub use worker::{JobHandler, Jobs, Outcome, Periodic, Run, Toolbox, Work, Worker};

/// Mark for ids of jobs.
#[derive(Debug)]
pub enum Job {}

sealed_columns! {
    /// What a job is to work on: a letter and to whom, say.
    pub JobPayload = "job"."payload" of "id";
    /// Why it failed, which may name the addressee.
    pub JobError = "job"."last_error" of "id";
}

/// On which threads a job runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pool {
    /// What the city does itself.
    House = 0,
    /// What waits for somebody else's machine, so that a slow one never holds up the house.
    Outside = 1,
}

impl Pool {
    pub(crate) const BOTH: &'static [Pool] = &[Pool::House, Pool::Outside];
}

/// How long a claim holds without being renewed: after a crash, the job rests this long.
pub(crate) const LEASE: i64 = 2 * MINUTE;

/// Makes a job due at `run_at` (`tx.now()` for at once), if this transaction commits.
///
/// `only_one`: a key that no two waiting jobs share. Asking again while one waits changes nothing (except that it may
/// run earlier); asking again while one *runs* runs it once more afterwards, so no request is lost. The key must
/// determine the payload. Transactions that use the same key wait for each other on a database server, so a key that
/// every write would use belongs into a periodic job instead.
pub fn enqueue(
    tx: &mut Tx<'_>,
    kind: &'static str,
    payload: &impl serde::Serialize,
    run_at: Instant,
    only_one: Option<&str>,
) -> Result<()> {
    put(tx, Pool::House, kind, payload, run_at, only_one)
}

/// [`enqueue`] for work that waits for somebody else's machine: it runs on threads of its own.
pub fn enqueue_outside(
    tx: &mut Tx<'_>,
    kind: &'static str,
    payload: &impl serde::Serialize,
    run_at: Instant,
    only_one: Option<&str>,
) -> Result<()> {
    put(tx, Pool::Outside, kind, payload, run_at, only_one)
}

fn put(
    tx: &mut Tx<'_>,
    pool: Pool,
    kind: &'static str,
    payload: &impl serde::Serialize,
    run_at: Instant,
    only_one: Option<&str>,
) -> Result<()> {
    let pool = pool as i64;
    let payload = serde_json::to_string(payload).map_err(Problem::internal)?;
    let id: Id<Job> = tx.new_id();
    let payload = tx.seal::<JobPayload>(id, &payload)?;
    let (only_one, now) = (only_one.map(str::to_owned), tx.now());
    tx.exec(
        sql!(
            "insert into job (id, kind, payload, only_one, run_at, attempts, claim, again, created_at, pool)
              values ($1, $2, $3, $4, $5, 0, 0, 0, $6, $7)
              on conflict (only_one) do update set
                again = case when job.claim = 0 then 0 else 1 end,
                run_at = case when job.claim <> 0 then job.run_at
                              when job.dead_at is null and job.run_at < excluded.run_at then job.run_at
                              else excluded.run_at end,
                attempts = case when job.dead_at is null then job.attempts else 0 end,
                dead_at = null"
        ),
        &[&id, &kind, &payload, &only_one, &run_at, &now, &pool],
    )?;
    tx.ring_after_commit();
    Ok(())
}

/// Throws away jobs of a kind that were due before a moment and have not begun: what nobody needs to be told any more.
/// How many there were.
pub fn discard_waiting(tx: &mut Tx<'_>, kind: &str, before: Instant) -> Result<u64> {
    tx.housekeeping();
    tx.exec(
        sql!("delete from job where kind = $1 and run_at < $2 and claim = 0 and attempts = 0"),
        &[&kind, &before],
    )
}

record! {
    /// A job that somebody holds.
    #[derive(Clone, Debug)]
    pub(crate) struct Claimed {
        pub(crate) id: Id<Job>,
        pub(crate) kind: String,
        pub(crate) payload: Sealed<JobPayload>,
        pub(crate) run_at: Instant,
        pub(crate) attempts: i64,
        pub(crate) claim: i64,
    }
}

/// Takes the job that has been due longest. Optimistic, so that one text serves both engines: who loses the race for a
/// row tries the next.
pub(crate) fn claim(tx: &mut Tx<'_>, pools: &[Pool]) -> Result<Option<Claimed>> {
    tx.housekeeping();
    for pool in pools {
        let claimed = claim_of(tx, *pool)?;
        if claimed.is_some() {
            return Ok(claimed);
        }
    }
    Ok(None)
}

fn claim_of(tx: &mut Tx<'_>, pool: Pool) -> Result<Option<Claimed>> {
    let (now, pool) = (tx.now(), pool as i64);
    loop {
        let mut due = tx.all(
            sql!(Claimed: "select {*} from job where pool = $2 and dead_at is null and run_at <= $1
                 order by run_at, id limit 16"),
            &[&now, &pool],
        )?;
        if due.is_empty() {
            return Ok(None);
        }
        // claimers that start at different rows seldom meet
        let claim = tx.new_raw_id();
        let start = usize::try_from(claim & 0xffff_ffff).unwrap_or(0) % due.len();
        due.rotate_left(start);
        for mut job in due {
            let got = tx.exec(
                sql!(
                    "update job set claim = $1, again = 0, attempts = attempts + 1, run_at = $2
                      where id = $3 and claim = $4 and run_at = $5 and dead_at is null"
                ),
                &[&claim, &now.plus(LEASE), &job.id, &job.claim, &job.run_at],
            )?;
            if got == 1 {
                job.claim = claim;
                job.attempts += 1;
                return Ok(Some(job));
            }
        }
    }
}

/// Whether anything is due: asked before claiming, so that an idle worker writes nothing.
pub(crate) fn any_due(tx: &mut Tx<'_>, pools: &[Pool], now: Instant) -> Result<bool> {
    for pool in pools {
        let pool = *pool as i64;
        let due = tx.one(
            sql!((i64,): "select id from job where pool = $2 and dead_at is null and run_at <= $1
                 order by run_at, id limit 1"),
            &[&now, &pool],
        )?;
        if due.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Holds on to a job that still runs.
pub(crate) fn renew(tx: &mut Tx<'_>, id: i64, claim: i64) -> Result<()> {
    tx.housekeeping();
    let until = tx.now().plus(LEASE);
    tx.exec(sql!("update job set run_at = $1 where id = $2 and claim = $3"), &[&until, &id, &claim]).map(drop)
}

/// How a run ended.
#[derive(Clone, Debug)]
pub(crate) enum Ending {
    Done,
    /// A periodic job, or one that asked for it, comes again.
    Next(Instant),
    Retry(Instant, String),
    Dead(String),
}

/// Writes down how a claimed job ended, unless somebody else has taken it over.
pub(crate) fn settle(tx: &mut Tx<'_>, job: &Claimed, ending: &Ending) -> Result<()> {
    tx.housekeeping();
    let now = tx.now();
    let (id, claim) = (&job.id, &job.claim);
    match ending {
        Ending::Done => {
            end(tx, *id, *claim)?;
        }
        // a periodic job's created_at is when it last ran, which is what keeps a restart from doubling it
        Ending::Next(at) => {
            tx.exec(
                sql!("update job set claim = 0, attempts = 0, last_error = null, created_at = cast($1 as bigint),
                        run_at = case when again = 1 then cast($1 as bigint) else cast($2 as bigint) end, again = 0
                      where id = $3 and claim = $4"),
                &[&now, at, id, claim],
            )?;
        }
        Ending::Retry(at, error) => {
            let error = tx.seal::<JobError>(job.id, error)?;
            tx.exec(
                sql!(
                    "update job set claim = 0, again = 0, last_error = $1,
                        run_at = case when again = 1 then cast($2 as bigint) else cast($3 as bigint) end
                      where id = $4 and claim = $5"
                ),
                &[&error, &now, at, id, claim],
            )?;
        }
        Ending::Dead(error) => {
            let error = tx.seal::<JobError>(job.id, error)?;
            tx.exec(
                sql!("update job set claim = 0, again = 0, last_error = $1, dead_at = $2 where id = $3 and claim = $4"),
                &[&error, &now, id, claim],
            )?;
        }
    }
    Ok(())
}

/// Makes sure that a periodic job has its one row; `pull`: and that it runs now unless it has just run.
pub(crate) fn ensure_periodic(tx: &mut Tx<'_>, kind: &'static str, first: Instant, pull: bool) -> Result<()> {
    tx.housekeeping();
    let id: Id<Job> = tx.new_id();
    let (key, now) = (format!("periodic:{kind}"), tx.now());
    tx.exec(
        sql!(
            "insert into job (id, kind, payload, only_one, run_at, attempts, claim, again, created_at)
              values ($1, $2, '', $3, $4, 0, 0, 0, 0) on conflict (only_one) do nothing"
        ),
        &[&id, &kind, &key, &first],
    )?;
    if pull {
        tx.exec(
            sql!("update job set run_at = $1 where only_one = $2 and claim = 0 and run_at > $1 and created_at < $3"),
            &[&now, &key, &now.plus(-MINUTE)],
        )?;
    }
    Ok(())
}

/// Ends a claimed job that has done its work. False: somebody else has taken it over, or it has ended already.
pub(crate) fn end(tx: &mut Tx<'_>, id: Id<Job>, claim: i64) -> Result<bool> {
    tx.housekeeping();
    let gone = tx.exec(sql!("delete from job where id = $1 and claim = $2 and again = 0"), &[&id, &claim])?;
    if gone == 1 {
        return Ok(true);
    }
    // it was asked for once more while it ran
    let now = tx.now();
    let again = tx.exec(
        sql!("update job set claim = 0, again = 0, attempts = 0, run_at = $1, last_error = null where id = $2 and claim = $3"),
        &[&now, &id, &claim],
    )?;
    Ok(again == 1)
}

/// How long to wait before attempt `attempts + 1`: 5 s, 10 s, 20 s … at most an hour, ± a quarter that depends on the
/// job, so that what failed together does not come back together.
pub(crate) fn backoff(id: i64, attempts: i64) -> i64 {
    let step = u32::try_from(attempts.clamp(1, 12) - 1).unwrap_or(0);
    let base = ((5 * SECOND) << step).min(HOUR);
    let mixed = (id.unsigned_abs() ^ attempts.unsigned_abs()).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    let quarter = base / 4;
    base - quarter + i64::try_from(mixed).unwrap_or(0) % (2 * quarter)
}

record! {
    /// How much work lies there.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Backlog {
        pub due: i64,
        pub later: i64,
        pub dead: i64,
        /// When the oldest due job became due.
        pub due_since: Option<Instant>,
    }
}

/// Counts the queue, for the health page and for tests. Reads every row of a table that is nearly empty when all is well.
pub fn backlog(tx: &mut Tx<'_>) -> Result<Backlog> {
    let now = tx.now();
    let found = tx.one(
        sql!(Backlog: "select
                coalesce(cast(sum(case when dead_at is null and run_at <= $1 then 1 else 0 end) as bigint), 0) as due,
                coalesce(cast(sum(case when dead_at is null and run_at > $1 then 1 else 0 end) as bigint), 0) as later,
                count(dead_at) as dead,
                min(case when dead_at is null and run_at <= $1 then run_at end) as due_since
              from job"),
        &[&now],
    )?;
    found.ok_or_else(|| Problem::internal("a count answered no row"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_grows_to_an_hour_and_differs_between_jobs() {
        let waits: Vec<i64> = (1..20).map(|n| backoff(77, n)).collect();
        assert!(waits[0] >= 3 * SECOND && waits[0] <= 7 * SECOND, "{waits:?}");
        assert!(waits.iter().all(|w| *w <= HOUR * 5 / 4), "{waits:?}");
        assert!(waits[15] >= HOUR * 3 / 4, "{waits:?}");
        assert_ne!(backoff(1, 5), backoff(2, 5));
    }
}
