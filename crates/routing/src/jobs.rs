//! Background work: cases that wait for their unit, and dry runs.

use crate::model::DryRun;
use crate::store as rows;
use crate::{apply, dry};
use ::store::Tx;
use ::store::jobs::{JobHandler, Work, enqueue};
use ::store::tasks::{self, Reporter, Task};
use cases::desk::Listener;
use cases::model::Case;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use serde::{Deserialize, Serialize};
use web::City;

const ROUTE: &str = "routing-case";
const TRY: &str = "routing-dry-run";

pub const HANDLERS: &[JobHandler] =
    &[JobHandler::new(ROUTE, route), JobHandler::new(TRY, dry_run).attempts(3)];

/// Hears of cases that wait for their unit, in the transaction that makes them wait.
#[derive(Debug)]
pub(crate) struct Ear;

impl Listener for Ear {
    fn awaits_dispatch(&self, _: &Ctx, tx: &mut Tx<'_>, case: &Case) -> Result<()> {
        if !cases::commands::may_be_routed(case) || !rows::any_automatic(tx)? {
            return Ok(());
        }
        let now = tx.now();
        enqueue(tx, ROUTE, &case.id, now, Some(&format!("{ROUTE}-{}", case.id)))
    }
}

fn route(work: &Work<'_>) -> Result<()> {
    let id: Id<Case> = work.payload()?;
    apply::route(work.tools.get::<City>()?, &work.ctx, id).map(drop)
}

#[derive(Debug, Serialize, Deserialize)]
struct Asked {
    run: i64,
    task: Id<Task>,
}

pub(crate) fn enqueue_run(ctx: &Ctx, tx: &mut Tx<'_>, run: &DryRun) -> Result<Id<Task>> {
    let task = tasks::start(tx, ctx, TRY, 0)?;
    let now = tx.now();
    enqueue(tx, TRY, &Asked { run: run.number, task }, now, None)?;
    Ok(task)
}

fn dry_run(work: &Work<'_>) -> Result<()> {
    let Asked { run, task } = work.payload()?;
    let mut reporter = Reporter::new(work.db, &work.ctx, task);
    let report = dry::run(work.tools.get::<City>()?, &work.ctx, run, &mut reporter)?;
    let told = serde_json::json!({
        "href": format!("/admin/routing-rules/dry-runs/{run}"),
        "cases": report.cases,
        "agree": report.sum(|r| r.agree),
        "differ": report.sum(|r| r.differ),
    });
    reporter.finish(&told)
}
