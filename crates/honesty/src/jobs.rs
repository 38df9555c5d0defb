//! What runs in the background: following the log for pictures that have been examined, and going through earlier ones.

use crate::examine::{BATCH, examine};
use crate::store as rows;
use ::store::follow::{self, Place};
use ::store::jobs::{JobHandler, Periodic, Work, enqueue};
use ::store::tasks::{self, Task};
use ::store::{Db, Tx};
use cases::model::Photo;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use serde::{Deserialize, Serialize};

const BACKFILL: &str = "honesty-backfill";

pub const HANDLERS: &[JobHandler] = &[JobHandler::new(BACKFILL, backfill_job)];

/// Seconds between two looks at the log: an answer is verified hours later.
const EVERY: i64 = 15;

pub const PERIODIC: &[Periodic] = &[Periodic::new("honesty-follow", EVERY, follow_log).at_startup()];

/// Links of the log read at a time.
const STEP: i64 = 500;
/// A place that moved less than this, past nothing of interest, is not worth a write.
const WORTH: i64 = 200;

fn now_of(db: &Db, ctx: &Ctx) -> Ctx {
    Ctx { now: db.now(), ..ctx.clone() }
}

/// Pictures whose files have been made ready since the last time. A city that has just got this program begins at the end
/// of its log: what was before is gone through when somebody asks for it.
fn follow_log(work: &Work<'_>) -> Result<()> {
    loop {
        let read = work.db.read_now(|tx| {
            let Some(place) = rows::place(tx)? else { return Ok(None) };
            let seen = follow::after(tx, &place, STEP)?;
            let mut photos: Vec<Photo> = Vec::new();
            for link in seen.iter().filter(|link| link.verb == "file.examined") {
                photos.extend(cases::queries::photos_of_file(tx, Id::new(link.entity))?);
            }
            let next = seen.iter().fold(place, |mut place: Place, link| {
                place.insert(link.lane, link.seq);
                place
            });
            Ok(Some((next, i64::try_from(seen.len()).unwrap_or(STEP), photos)))
        })?;
        let ctx = now_of(work.db, &work.ctx);
        let Some((next, looked, photos)) = read else {
            return work.db.write_now(&ctx, |tx| {
                let end = follow::end(tx)?;
                rows::save_place(tx, &end)
            });
        };
        let found = !photos.is_empty();
        for some in photos.chunks(BATCH) {
            examine(work.db, &now_of(work.db, &work.ctx), some.to_vec())?;
        }
        if found || looked >= WORTH {
            work.db.write_now(&ctx, move |tx| rows::save_place(tx, &next))?;
        }
        if looked < STEP {
            return Ok(());
        }
    }
}

/// Going through all pictures of before, once.
#[derive(Debug, Serialize, Deserialize)]
struct Backfill {
    task: Id<Task>,
}

/// Makes going through earlier pictures due, from where it stood; its progress can be watched as `task`.
pub(crate) fn enqueue_backfill(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Id<Task>> {
    let task = tasks::start(tx, ctx, BACKFILL, 0)?;
    let now = tx.now();
    enqueue(tx, BACKFILL, &Backfill { task }, now, None)?;
    Ok(task)
}

fn backfill_job(work: &Work<'_>) -> Result<()> {
    let Backfill { task } = work.payload()?;
    let mut reporter = tasks::Reporter::new(work.db, &work.ctx, task);
    let done = backfill(work.db, &work.ctx, &mut |done| reporter.advance(done, 0, "honesty-backfill-runs"))?;
    reporter.finish(&done)
}

/// What going through earlier pictures came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// Pictures looked at, those that had been examined before included.
    pub pictures: i64,
    pub warnings: i64,
}

/// Goes through all pictures that cases have, oldest first, and examines those that have not been. Where it was
/// interrupted it goes on; each picture is examined once, however often this runs.
pub fn backfill(db: &Db, ctx: &Ctx, told: &mut dyn FnMut(i64) -> Result<()>) -> Result<Gone> {
    let mut gone = Gone::default();
    // one that went through to the end begins anew: pictures of imports may be older than the last one seen
    let mut after = match db.read_now(rows::backfill)? {
        Some((photo, false)) => photo,
        Some((_, true)) | None => Id::new(0),
    };
    let limit = i64::try_from(BATCH).unwrap_or(16);
    loop {
        let photos = db.read_now(move |tx| cases::queries::photos_after(tx, after, limit))?;
        let last = photos.last().map(|photo| photo.id);
        gone.pictures += i64::try_from(photos.len()).unwrap_or(0);
        let ctx = now_of(db, ctx);
        gone.warnings += i64::try_from(examine(db, &ctx, photos)?).unwrap_or(0);
        after = last.unwrap_or(after);
        db.write_now(&ctx, move |tx| rows::save_backfill(tx, after, last.is_none()))?;
        told(gone.pictures)?;
        if last.is_none() {
            return Ok(gone);
        }
    }
}
