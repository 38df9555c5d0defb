//! Rows of runs.

use crate::model::{Kind, Outcome, Ran, Run};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use store::{Tx, sql};

pub(crate) fn get(tx: &mut Tx<'_>, id: Id<Ran>) -> Result<Option<Run>> {
    tx.one(sql!(Run: "select {*} from backup_run where id = $1"), &[&id])
}

/// The newest of a kind.
pub(crate) fn last(tx: &mut Tx<'_>, kind: Kind) -> Result<Option<Run>> {
    tx.one(
        sql!(Run: "select {*} from backup_run where kind = $1 order by started_at desc, id desc limit 1"),
        &[&kind],
    )
}

/// The newest of a kind that ended like this.
pub(crate) fn last_that(tx: &mut Tx<'_>, kind: Kind, outcome: Outcome) -> Result<Option<Run>> {
    tx.one(
        sql!(
            Run: "select {*} from backup_run where kind = $1 and outcome = $2
              order by started_at desc, id desc limit 1"
        ),
        &[&kind, &outcome],
    )
}

/// Backups whose file is there, oldest first.
pub(crate) fn present(tx: &mut Tx<'_>) -> Result<Vec<Run>> {
    tx.all(
        sql!(
            Run: "select {*} from backup_run where kind = $1 and outcome = $2 and file <> ''
              order by started_at, id"
        ),
        &[&Kind::Backup, &Outcome::Done],
    )
}

/// Says how a run ended; nothing when it had ended before.
pub(crate) fn end(tx: &mut Tx<'_>, run: &Run) -> Result<()> {
    tx.exec(
        sql!(
            "update backup_run set outcome = $1, ended_at = $2, file = $3, bytes = $4, records = $5, uploads = $6,
                data_keys = $7, audit_ends = $8, why = $9
              where id = $10 and outcome = $11"
        ),
        &[
            &run.outcome,
            &run.ended_at,
            &run.file,
            &run.bytes,
            &run.records,
            &run.uploads,
            &run.data_keys,
            &run.audit_ends,
            &run.why,
            &run.id,
            &Outcome::Running,
        ],
    )
    .map(drop)
}

/// The file is not there any more.
pub(crate) fn removed(tx: &mut Tx<'_>, id: Id<Ran>) -> Result<()> {
    tx.exec(sql!("update backup_run set file = '' where id = $1"), &[&id]).map(drop)
}

/// Forgets runs of before then whose file is gone.
pub(crate) fn forget(tx: &mut Tx<'_>, before: Instant) -> Result<u64> {
    tx.exec(
        sql!("delete from backup_run where started_at < $1 and (file = '' or kind <> $2)"),
        &[&before, &Kind::Backup],
    )
}
