//! Dead letters: jobs that were given up, until a person retries or discards them, or their time is over.

use super::{Job, JobError, JobPayload};
use crate::keep::{Days, Due, Goes, Keep, Way};
use crate::tx::Tx;
use crate::{Event, Sealed, record, sql};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;

record! {
    /// A job that was given up, as the page of dead letters shows it.
    #[derive(Clone, Debug)]
    pub struct DeadJob {
        pub id: Id<Job>,
        pub kind: String,
        pub payload: Sealed<JobPayload>,
        pub attempts: i64,
        pub last_error: Option<Sealed<JobError>>,
        pub created_at: Instant,
        pub dead_at: Instant,
    }
}

/// Dead letters, oldest first, after the one with the id `after`.
pub fn dead(tx: &mut Tx<'_>, after: Option<Id<Job>>, limit: i64) -> Result<Vec<DeadJob>> {
    let after = after.map_or(0, Id::raw);
    tx.all(
        sql!(DeadJob: "select {*} from job where dead_at is not null and id > $1 order by id limit $2"),
        &[&after, &limit],
    )
}

/// Makes a dead letter due again, with all its attempts.
pub fn retry_dead(tx: &mut Tx<'_>, ctx: &Ctx, id: Id<Job>) -> Result<()> {
    let now = tx.now();
    let kinds = tx.change(
        sql!((String,): "update job set dead_at = null, attempts = 0, run_at = $1 where id = $2 and dead_at is not null
                         returning kind"),
        &[&now, &id],
    )?;
    let (kind,) = kinds.into_iter().next().ok_or_else(Problem::not_found)?;
    tx.ring_after_commit();
    tx.record(ctx, Event::new("job.retried", id).with("kind", kind))
}

/// Throws a dead letter away.
pub fn discard_dead(tx: &mut Tx<'_>, ctx: &Ctx, id: Id<Job>) -> Result<()> {
    let kinds = tx.change(
        sql!((String,): "delete from job where id = $1 and dead_at is not null returning kind"),
        &[&id],
    )?;
    let (kind,) = kinds.into_iter().next().ok_or_else(Problem::not_found)?;
    tx.record(ctx, Event::new("job.discarded", id).with("kind", kind))
}

/// What was given up: who it was to go to stands in it. What was done leaves no row.
pub(crate) const KEEP: Keep = Keep {
    key: "dead-letters",
    tables: &["job"],
    days: Days::new(90, 7, 365),
    goes: Goes::Row,
    laws: &["pipl-19"],
    way: Way::Daily { count: due, erase: forget },
};

fn due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.value(sql!((i64,): "select count(*) from job where dead_at >= $1 and dead_at < $2"), &[&from, &until])
}

fn forget(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.erase(
        sql!(
            "delete from job where id in
              (select id from job where dead_at >= $1 and dead_at < $2 order by id limit $3)"
        ),
        &[&from, &until, &most],
    )
}
