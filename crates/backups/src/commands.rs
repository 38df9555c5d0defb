//! Asking for a backup or a drill, and setting when they are made.

use crate::jobs::RUN;
use crate::model::{Kind, Outcome, Ran, Run};
use crate::policy::{Act, require};
use crate::settings::{PLAN, Plan};
use crate::store as rows;
use ::store::jobs::enqueue_outside;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::HOUR;
use kernel::workflow::Named;

/// A run that has not ended after this long belongs to a program that died while nobody took its work over.
const STUCK: i64 = 12 * HOUR;

/// Asks for one now. `has_folder`: whether this program knows where backups go. 409 `backup-running` while one of the kind runs,
/// `backup-no-folder` without a folder. Records `backup.asked`.
pub fn ask(ctx: &Ctx, tx: &mut Tx<'_>, kind: Kind, has_folder: bool) -> Result<Id<Ran>> {
    require(ctx, Act::Run)?;
    if kind == Kind::Backup && !has_folder {
        return Err(Problem::conflict("backup-no-folder"));
    }
    let name = ctx.member().map(|m| m.name.clone()).unwrap_or_default();
    let id = begin(tx, kind, &name)?.ok_or_else(|| Problem::conflict("backup-running"))?;
    tx.record(ctx, Event::new("backup.asked", id).with("kind", kind.code()))?;
    Ok(id)
}

/// Writes a run down and makes it due; `None` while one of the kind runs.
pub(crate) fn begin(tx: &mut Tx<'_>, kind: Kind, name: &str) -> Result<Option<Id<Ran>>> {
    let now = tx.now();
    if let Some(mut last) = rows::last(tx, kind)?.filter(|run| run.outcome == Outcome::Running) {
        if now.0 - last.started_at.0 < STUCK {
            return Ok(None);
        }
        last.outcome = Outcome::Failed;
        last.ended_at = Some(now);
        "stuck".clone_into(&mut last.why);
        rows::end(tx, &last)?;
    }
    let run = Run {
        id: tx.new_id(),
        kind,
        outcome: Outcome::Running,
        asked_by: name.to_owned(),
        started_at: now,
        ended_at: None,
        file: String::new(),
        bytes: 0,
        records: 0,
        uploads: 0,
        data_keys: String::new(),
        audit_ends: String::new(),
        why: String::new(),
    };
    tx.insert(&run)?;
    enqueue_outside(tx, RUN, &run.id, now, None)?;
    Ok(Some(run.id))
}

/// Sets when backups are made and how long they stay.
pub fn set_plan(ctx: &Ctx, tx: &mut Tx<'_>, plan: &Plan) -> Result<()> {
    require(ctx, Act::Edit)?;
    plan.check()?;
    tx.housekeeping();
    PLAN.set(tx, ctx, plan)
}
