//! Rows of runs.

use crate::model::{Kind, Outcome, Ran, Run};
use crate::settings::PLAN;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use store::keep::{Days, Due, Goes, Keep, Way};
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

/// Backups hold what the city held on their day, sealed as it was: what was erased since is gone from them when they go.
const FILES: Keep = Keep {
    key: "backup-files",
    tables: &["backup_run"],
    days: Days::new(14, 2, 400),
    goes: Goes::File,
    laws: &["house"],
    way: Way::Own { job: "backup-clock", days: Some(|tx| PLAN.get(tx).map(|plan| plan.days)) },
};

const RUNS: Keep = Keep {
    key: "backup-runs",
    tables: &["backup_run"],
    days: Days::new(400, 184, 1095),
    goes: Goes::Row,
    laws: &["house"],
    way: Way::Daily { count: due, erase: forget },
};

pub(crate) const KEEPS: &[&Keep] = &[&FILES, &RUNS];

fn due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.value(
        sql!(
            (i64,): "select count(*) from backup_run
              where started_at >= $1 and started_at < $2 and (file = '' or kind <> $3)"
        ),
        &[&from, &until, &Kind::Backup],
    )
}

/// Never the row of a backup whose file is there.
fn forget(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.erase(
        sql!(
            "delete from backup_run where id in
              (select id from backup_run where started_at >= $1 and started_at < $2 and (file = '' or kind <> $3)
                order by id limit $4)"
        ),
        &[&from, &until, &Kind::Backup, &most],
    )
}
