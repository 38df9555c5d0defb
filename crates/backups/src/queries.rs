//! What was made and tried, newest first, and how it stands.

use crate::model::{Kind, Outcome, Run};
use crate::policy::{Act, require};
use crate::store as rows;
use ::store::{Query, Tx};
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::time::{DAY, Instant};
use web::list::{Cursor, PAGE_SIZE, Page};

const START: &str = "select {*} from backup_run";

/// A page of the list.
pub fn list(ctx: &Ctx, tx: &mut Tx<'_>, after: Option<Cursor>) -> Result<Page<Run>> {
    require(ctx, Act::See)?;
    let limit = i64::try_from(PAGE_SIZE).unwrap_or(50) + 1;
    let mut q = Query::<Run>::new(START);
    if let Some(c) = after {
        q.filter("(started_at, id) < (?, ?)", &[&c.sort, &c.id]);
    }
    q.tail("order by started_at desc, id desc limit ?", &[&limit]);
    Ok(Page::from_rows(tx.query(&q)?, PAGE_SIZE, |r| Cursor { sort: r.started_at.0, id: r.id.raw() }))
}

/// What the list shows, for exports.
pub fn each(ctx: &Ctx, tx: &mut Tx<'_>, limit: usize) -> Result<Vec<Run>> {
    require(ctx, Act::See)?;
    let mut q = Query::<Run>::new(START);
    q.tail("order by started_at desc, id desc limit ?", &[&i64::try_from(limit).unwrap_or(i64::MAX)]);
    tx.query(&q)
}

/// How a city stands with its backups.
#[derive(Clone, Debug)]
pub struct State {
    /// The newest that is whole.
    pub good: Option<Run>,
    /// The newest backup, however it ended.
    pub last: Option<Run>,
    pub drill: Option<Run>,
    /// Backups whose file is there, and their bytes together.
    pub files: i64,
    pub bytes: i64,
}

/// A good backup older than this is too old: one night was missed.
pub const TOO_OLD: i64 = 2 * DAY;

impl State {
    /// No good backup of the last two days.
    pub fn late(&self, now: Instant) -> bool {
        self.good.as_ref().is_none_or(|run| run.started_at.plus(TOO_OLD) < now)
    }

    /// The newest backup failed.
    pub fn failed(&self) -> bool {
        self.last.as_ref().is_some_and(|run| run.outcome == Outcome::Failed)
    }

    pub fn running(&self, kind: Kind) -> bool {
        let run = match kind {
            Kind::Backup => &self.last,
            Kind::Drill => &self.drill,
        };
        run.as_ref().is_some_and(|run| run.outcome == Outcome::Running)
    }
}

pub fn state(tx: &mut Tx<'_>) -> Result<State> {
    let present = rows::present(tx)?;
    Ok(State {
        good: rows::last_that(tx, Kind::Backup, Outcome::Done)?,
        last: rows::last(tx, Kind::Backup)?,
        drill: rows::last(tx, Kind::Drill)?,
        files: i64::try_from(present.len()).unwrap_or(i64::MAX),
        bytes: present.iter().map(|r| r.bytes).sum(),
    })
}
