//! Learning in the background: every month, and when somebody asks for it.

use crate::policy::{Act, POLICY, city};
use crate::train::train;
use ::store::jobs::{JobHandler, Periodic, Work, enqueue};
use ::store::tasks::{self, Task};
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use serde::{Deserialize, Serialize};

const TRAIN: &str = "suggest-train-now";
const MONTH: i64 = 30 * 86_400;

pub const HANDLERS: &[JobHandler] = &[JobHandler::new(TRAIN, train_now)];
pub const PERIODIC: &[Periodic] = &[Periodic::new("suggest-train", MONTH, monthly)];

#[derive(Debug, Serialize, Deserialize)]
struct Asked {
    task: Id<Task>,
}

/// Lets it learn anew, in the background; twice asked for while it waits is once.
pub fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Id<Task>> {
    POLICY.require(ctx, Act::Edit, &city(), true)?;
    let task = tasks::start(tx, ctx, TRAIN, 0)?;
    let now = tx.now();
    enqueue(tx, TRAIN, &Asked { task }, now, None)?;
    tx.record(ctx, Event::city("suggest.asked"))?;
    Ok(task)
}

fn train_now(work: &Work<'_>) -> Result<()> {
    let Asked { task } = work.payload()?;
    let outcomes = train(work.db, &work.ctx)?;
    let report = serde_json::json!({
        "href": "/admin/dispatch-advice",
        "examples": outcomes.iter().map(|o| o.examples).max().unwrap_or(0),
    });
    tasks::Reporter::new(work.db, &work.ctx, task).finish(&report)
}

fn monthly(work: &Work<'_>) -> Result<()> {
    train(work.db, &work.ctx).map(drop)
}
