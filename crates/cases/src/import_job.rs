//! The import as long work: the file waits beside the database, a job reads it, the person watches a bar and finds the
//! report, with every row that was refused or repaired.

use crate::desk::Desk;
use crate::import::{Import, MAPPINGS};
use crate::policy::{Act, POLICY, city};
use ::store::jobs::{Work, enqueue};
use ::store::tasks::{self, Reporter, Task};
use ::store::{Db, Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use serde::{Deserialize, Serialize};
use sheets::{Mapping, Options, Report, Source};
use std::path::PathBuf;
use web::City;

pub(crate) const IMPORT: &str = "case-import";

/// What was asked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Asked {
    /// Name of the waiting file.
    pub file: String,
    /// Name of a mapping that ships, or the text of another one.
    pub mapping: String,
    pub system: String,
    pub dry_run: bool,
}

#[derive(Serialize, Deserialize)]
struct Payload {
    task: Id<Task>,
    asked: Asked,
}

/// What the task ends with, as `web` shows it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Outcome {
    #[serde(flatten)]
    pub report: Report,
    pub repaired_rows: u64,
    pub dry_run: bool,
    pub href: String,
}

fn waiting(db: &Db, name: &str) -> PathBuf {
    // names are ours: letters and digits
    db.folder().join("imports").join(name.chars().filter(char::is_ascii_alphanumeric).collect::<String>())
}

/// Puts a file aside for the job; the name under which it waits.
pub(crate) fn put_aside(db: &Db, bytes: &[u8]) -> Result<String> {
    let name = ::store::secrets::random_word();
    let path = waiting(db, &name);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(Problem::internal)?;
    }
    std::fs::write(&path, bytes).map_err(Problem::internal)?;
    Ok(name)
}

/// The mapping of this name, or the mapping that the text is.
pub(crate) fn mapping(text: &str) -> Result<Mapping> {
    let source = MAPPINGS.iter().find(|(name, _)| *name == text).map_or(text, |(_, source)| *source);
    source.parse().map_err(|e: sheets::Error| {
        Problem::invalid(vec![kernel::problem::FieldError::new("mapping_text", "bad-mapping").arg("what", e)])
    })
}

/// Starts the work.
pub(crate) fn start(ctx: &Ctx, tx: &mut Tx<'_>, asked: Asked) -> Result<Id<Task>> {
    POLICY.require(ctx, Act::Import, &city(), true)?;
    mapping(&asked.mapping)?;
    let task = tasks::start(tx, ctx, IMPORT, 0)?;
    let event = Event::city("case.import-started")
        .with("system", asked.system.as_str())
        .with("dry-run", asked.dry_run);
    tx.record(ctx, event)?;
    let now = tx.now();
    enqueue(tx, IMPORT, &Payload { task, asked }, now, None)?;
    Ok(task)
}

/// The job. Run again after a crash it goes on: rows that are there already are told as known.
pub(crate) fn run(work: &Work<'_>) -> Result<()> {
    let Payload { task, asked } = work.payload()?;
    let mut reporter = Reporter::new(work.db, &work.ctx, task);
    match import(work, &asked, task, &mut reporter) {
        Ok(outcome) => reporter.finish(&outcome)?,
        // our own faults are tried again; what is wrong with the file is told
        Err(problem) if problem.is_ours() && work.attempt < 3 => return Err(problem),
        Err(problem) => reporter.fail(&problem)?,
    }
    let _ = std::fs::remove_file(waiting(work.db, &asked.file));
    Ok(())
}

fn import(work: &Work<'_>, asked: &Asked, task: Id<Task>, reporter: &mut Reporter<'_>) -> Result<Outcome> {
    let city: &City = work.tools.get()?;
    let mapping = mapping(&asked.mapping)?;
    let index = places::kept::refresh_now(city)?;
    let desk = Desk::of_now(city)?;
    let fault = |e: sheets::Error| Problem::new(422, "file-unreadable").arg("what", e);
    let mut source = Source::open(waiting(work.db, &asked.file), &Options::default()).map_err(fault)?;
    // a first, quick reading, so that the bar has an end
    let total = i64::try_from(source.rows().map_err(fault)?.count()).unwrap_or(0);
    let import = Import {
        ctx: &work.ctx,
        db: work.db,
        desk,
        index,
        mapping: &mapping,
        system: &asked.system,
        dry_run: asked.dry_run,
    };
    let report = import.run(&mut source, &mut |rows| {
        // that the bar stands still for a moment is no reason to stop
        let _ = reporter.advance(i64::try_from(rows).unwrap_or(0), total, "");
    })?;
    let mut rows: Vec<u64> = report.repaired.iter().map(|r| r.row).collect();
    rows.dedup();
    let repaired_rows = rows.len() as u64;
    Ok(Outcome { repaired_rows, dry_run: asked.dry_run, href: format!("/cases/imports/{task}"), report })
}
