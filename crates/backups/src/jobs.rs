//! Making backups, trying them, removing old ones.

use crate::commands::begin;
use crate::kept::to_remove;
use crate::model::{Kind, Outcome, Ran, Run};
use crate::settings::PLAN;
use crate::{Setup, store as rows};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::{Problem, Result};
use kernel::time::{DAY, Date, HOUR, Instant};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::backup::{self, Manifest};
use store::jobs::{JobHandler, Periodic, Work};
use store::{Location, Tx};
use web::City;

pub(crate) const RUN: &str = "backup-run";

pub(crate) const HANDLERS: &[JobHandler] = &[JobHandler::new(RUN, run)];
pub(crate) const PERIODIC: &[Periodic] = &[Periodic::new("backup-clock", 600, clock).at_startup()];

fn setup(city: &City) -> Result<Arc<Setup>> {
    city.kept::<Setup>().ok_or_else(|| Problem::internal("nobody said where backups go"))
}

/// Every ten minutes: whether the night's backup is due, and whether a drill follows it.
fn clock(work: &Work<'_>) -> Result<()> {
    let city: &City = work.tools.get()?;
    if city.kept::<Setup>().is_none_or(|setup| setup.folder.is_none()) {
        return Ok(());
    }
    work.db.write_now(&work.ctx, |tx| {
        tx.housekeeping();
        let plan = PLAN.get(tx)?;
        let now = tx.now();
        let tonight = Instant(Instant::start_of(now.date()).0 + plan.hour * HOUR);
        if !plan.on || now < tonight {
            return Ok(());
        }
        let last = rows::last(tx, Kind::Backup)?;
        if last.as_ref().is_none_or(|run| run.started_at < tonight) {
            return begin(tx, Kind::Backup, "").map(drop);
        }
        let since = rows::last(tx, Kind::Drill)?.map_or(i64::MIN, |run| run.started_at.0);
        let whole = last.is_some_and(|run| run.outcome == Outcome::Done);
        if plan.drill_days > 0 && whole && since < now.0 - plan.drill_days * DAY + HOUR {
            begin(tx, Kind::Drill, "")?;
        }
        Ok(())
    })
}

fn run(work: &Work<'_>) -> Result<()> {
    let id: Id<Ran> = work.payload()?;
    let found = work.db.read_now(move |tx| rows::get(tx, id))?;
    let Some(mut run) = found.filter(|run| run.outcome == Outcome::Running) else { return Ok(()) };
    let city: &City = work.tools.get()?;
    let result = match run.kind {
        Kind::Backup => make(work, city, &mut run),
        Kind::Drill => drill(work, city, &mut run),
    };
    run.ended_at = Some(work.db.now());
    run.outcome = if result.is_ok() { Outcome::Done } else { Outcome::Failed };
    if let Err(problem) = &result {
        run.why = in_short(problem);
        tracing::error!(kind = ?run.kind, why = run.why, "a backup or a drill failed");
    }
    let label = match run.outcome {
        Outcome::Done => "done",
        _ => "failed",
    };
    metrics::counter!("backup_runs_total", "kind" => kernel::workflow::Named::code(run.kind), "outcome" => label)
        .increment(1);
    let kind = run.kind;
    let ctx = kernel::ctx::Ctx { now: work.db.now(), ..work.ctx.clone() };
    work.db.write_now(&ctx, move |tx| {
        tx.housekeeping();
        rows::end(tx, &run)?;
        if run.outcome == Outcome::Failed { tell(tx, &run) } else { Ok(()) }
    })?;
    if result.is_ok() && kind == Kind::Backup { sweep(work, city) } else { Ok(()) }
}

fn in_short(problem: &Problem) -> String {
    let detail = problem.detail.as_deref().unwrap_or_default();
    let text = format!("{} {detail}", problem.code);
    text.trim().chars().filter(|c| !c.is_control()).take(300).collect()
}

/// Whoever looks after the machine learns of it in the inbox.
fn tell(tx: &mut Tx<'_>, run: &Run) -> Result<()> {
    let Some(root) = people::queries::directory(tx)?.into_iter().find(|unit| unit.path.depth() <= 1) else {
        return Ok(());
    };
    let found = people::queries::people_of_unit_with_role(tx, root.id, &[Role::SystemAdmin])?;
    let people: Vec<_> = found.into_iter().map(|a| a.id).collect();
    let kind = match run.kind {
        Kind::Backup => "backup-failed",
        Kind::Drill => "drill-failed",
    };
    let now = tx.now();
    web::notices::send_of(tx, now, &people, kind, &[], "/admin/backups")
}

fn note(run: &mut Run, manifest: &Manifest) {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    run.records = number(manifest.tables.values().sum());
    run.uploads = number(manifest.files);
    run.data_keys = manifest.data_keys.keys().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let ends = manifest.audit.iter().map(|end| format!("{} {} {}", end.lane, end.seq, end.hash));
    run.audit_ends = ends.collect::<Vec<_>>().join("\n");
}

fn length(file: &Path) -> i64 {
    std::fs::metadata(file).ok().and_then(|m| i64::try_from(m.len()).ok()).unwrap_or(0)
}

fn make(work: &Work<'_>, city: &City, run: &mut Run) -> Result<()> {
    let setup = setup(city)?;
    let folder = setup.folder.as_ref().ok_or_else(|| Problem::conflict("backup-no-folder"))?;
    std::fs::create_dir_all(folder).map_err(|e| Problem::internal(format!("{}: {e}", folder.display())))?;
    let name = format!("{}-{}.tar.zst", work.ctx.city, run.started_at.to_civil().strftime("%Y%m%d-%H%M%S"));
    let to = folder.join(&name);
    // of the same run, by a program that died after it had written it
    if to.exists() {
        std::fs::remove_file(&to).map_err(Problem::internal)?;
    }
    let manifest = backup::write(work.db, &work.ctx.city, &to)?;
    note(run, &manifest);
    run.bytes = length(&to);
    run.file = name;
    Ok(())
}

/// A folder of its own beside the city's files, gone when the drill ends.
struct Aside(PathBuf);

impl Aside {
    fn new(city: &Path) -> Result<Self> {
        let path = city.join("drill");
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).map_err(|e| Problem::internal(format!("{}: {e}", path.display())))?;
        Ok(Self(path))
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Restores the newest backup, or one that is made for it where there is none. The restore proves it whole.
fn drill(work: &Work<'_>, city: &City, run: &mut Run) -> Result<()> {
    let setup = setup(city)?;
    let aside = Aside::new(work.db.folder())?;
    let present = work.db.read_now(rows::present)?;
    let newest = present.last().zip(setup.folder.as_ref()).map(|(made, folder)| folder.join(&made.file));
    let file = match newest.filter(|file| file.exists()) {
        Some(file) => file,
        None if present.is_empty() => {
            let file = aside.0.join("made-for-it.tar.zst");
            backup::write(work.db, &work.ctx.city, &file)?;
            file
        }
        // there should be one
        None => return Err(Problem::not_found().detail("the newest backup's file is gone")),
    };
    let restored = aside.0.join("city");
    std::fs::create_dir_all(&restored).map_err(Problem::internal)?;
    let keys = work.db.folder().join(store::sealed::KEY_FILE);
    if keys.exists() {
        store::sealed::bring(&keys, &restored)?;
    }
    let location = Location::Embedded { file: restored.join("city.db") };
    let manifest = backup::restore(&file, &location, &restored, &setup.migrations, work.db.now())?;
    note(run, &manifest);
    run.bytes = length(&file);
    run.file = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(())
}

/// Removes backups whose time is over; only files that the program made and wrote down.
fn sweep(work: &Work<'_>, city: &City) -> Result<()> {
    let setup = setup(city)?;
    let Some(folder) = setup.folder.clone() else { return Ok(()) };
    let (present, plan) = work.db.read_now(|tx| Ok((rows::present(tx)?, PLAN.get(tx)?)))?;
    let made: Vec<Date> = present.iter().map(|run| run.started_at.date()).collect();
    for n in to_remove(&made, work.db.now().date(), plan.days, plan.months) {
        let run = &present[n];
        match std::fs::remove_file(folder.join(&run.file)) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                tracing::warn!(file = run.file, error = %e, "an old backup could not be removed");
                continue;
            }
            _ => {}
        }
        let id = run.id;
        work.db.write_now(&work.ctx, move |tx| {
            tx.housekeeping();
            rows::removed(tx, id)
        })?;
    }
    Ok(())
}
