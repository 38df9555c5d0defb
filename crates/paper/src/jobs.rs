//! Reading what was brought, and taking what a scanner puts into a folder.

use crate::Setup;
use crate::commands::{bring, is_picture, settle};
use crate::model::{Door, Fault, Scan, ScanState, Sheet};
use crate::reader::{Named, Read, named, read};
use crate::store as rows;
use ::store::files::{self, FileState, Files, Size, StoredFile};
use ::store::jobs::{JobHandler, Periodic, Work};
use cases::desk::Desk;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{Instant, SECOND};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use ticks::Gray;
use web::City;
use web::form::FILE_LIMIT;

pub(crate) const READ: &str = "paper-read";

pub(crate) const HANDLERS: &[JobHandler] = &[JobHandler::new(READ, read_one)];
pub(crate) const PERIODIC: &[Periodic] = &[Periodic::new("paper-folder", 30, folder).at_startup()];

/// How long until a picture that is still being examined is asked for again.
const SOON: i64 = 2 * SECOND;

fn now_of(work: &Work<'_>) -> Ctx {
    Ctx { now: work.db.now(), ..work.ctx.clone() }
}

fn read_one(work: &Work<'_>) -> Result<()> {
    let id: Id<Scan> = work.payload()?;
    let found = work.db.read_now(move |tx| {
        let Some(scan) = rows::scan(tx, id)? else { return Ok(None) };
        let file = files::get(tx, scan.file_id)?;
        Ok(Some((scan, file)))
    })?;
    let Some((scan, file)) = found.filter(|(scan, _)| scan.state == ScanState::Waiting) else {
        return Ok(());
    };
    if file.state == FileState::Quarantined {
        // the house looks at every upload first; what it makes of it is read
        work.again_at(work.db.now().plus(SOON));
        return Ok(());
    }
    let city: &City = work.tools.get()?;
    let (sheet, outcome) = match picture(work, &file)? {
        Some(picture) => look(work, &picture)?,
        None => (None, Read { fault: Some(Fault::NoPicture), ..Read::default() }),
    };
    let label = outcome.fault.map_or("case", kernel::workflow::Named::code);
    metrics::counter!("paper_scans_total", "outcome" => label).increment(1);
    let (desk, index) = (Desk::of_now(city)?, places::kept::refresh_now(city)?);
    let ctx = now_of(work);
    let done = work
        .db
        .write_now(&ctx.clone(), move |tx| settle(&ctx, tx, (&desk, &index), scan, sheet.as_ref(), &outcome));
    match done {
        // somebody else was faster, with this scan or with another of the same sheet: the next run sees how it stands
        Err(problem) if problem.status == 409 => {
            work.again_at(work.db.now());
            Ok(())
        }
        done => done,
    }
}

/// The picture that the house made of an upload: upright, without what its camera noted.
fn picture(work: &Work<'_>, file: &StoredFile) -> Result<Option<Gray>> {
    if file.state != FileState::Ready || file.is_video() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let mut opened = Files::of(work.db).open_shown(file, Size::Full)?;
    opened.file.read_to_end(&mut bytes).map_err(Problem::internal)?;
    Ok(Gray::decode(&bytes))
}

fn look(work: &Work<'_>, picture: &Gray) -> Result<(Option<Sheet>, Read)> {
    let fault = |fault| Read { fault: Some(fault), ..Read::default() };
    let (id, code) = match named(work.db.secrets(), picture) {
        Named::Ours(id, code) => (id, code),
        Named::Foreign => return Ok((None, fault(Fault::ForeignCode))),
        Named::Nothing => return Ok((None, fault(Fault::NoCode))),
    };
    let found = work.db.read_now(move |tx| {
        let Some(sheet) = rows::sheet(tx, id)? else { return Ok(None) };
        Ok(rows::batch(tx, sheet.batch_id)?.map(|batch| (sheet, batch)))
    })?;
    // signed with our key, and not there: of a time that a restored backup does not know
    let Some((sheet, batch)) = found else { return Ok((None, fault(Fault::ForeignCode))) };
    let outcome = read(picture, &code, &sheet, &batch);
    Ok((Some(sheet), outcome))
}

/// Files taken in one run.
const AT_ONCE: usize = 50;
/// A file younger than this may still be growing.
const GROWING: i64 = 5 * SECOND;

/// Takes pictures out of this city's folder. What is no picture goes aside, where whoever looks after the scanner finds it; a
/// picture leaves the folder only after it was saved.
fn folder(work: &Work<'_>) -> Result<()> {
    let city: &City = work.tools.get()?;
    let Some(setup) = city.kept::<Setup>() else { return Ok(()) };
    let Some(root) = &setup.folder else { return Ok(()) };
    let inbox = root.join(work.ctx.city.to_string());
    std::fs::create_dir_all(&inbox).map_err(|e| fault(&inbox, &e))?;
    for path in waiting(&inbox, work.db.now())? {
        if let Err(problem) = take(work, &path) {
            // the next one may be well; this one is tried again
            tracing::warn!(file = %path.display(), code = problem.code, detail = problem.detail, "a scan was not taken");
        }
    }
    Ok(())
}

fn fault(path: &Path, e: &std::io::Error) -> Problem {
    Problem::internal(format!("{}: {e}", path.display()))
}

/// Files that are whole, by name.
fn waiting(inbox: &Path, now: Instant) -> Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(inbox).map_err(|e| fault(inbox, &e))? {
        let entry = entry.map_err(|e| fault(inbox, &e))?;
        let Ok(about) = entry.metadata() else { continue };
        let name = entry.file_name();
        let hidden = name.to_string_lossy().starts_with('.');
        let unfinished = Path::new(&name).extension().is_some_and(|e| e == "part" || e == "tmp");
        if !about.is_file() || hidden || unfinished {
            continue;
        }
        let age = about.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        let age = age.and_then(|at| i64::try_from(at.as_micros()).ok()).map(|at| now.0 - at);
        // one of the future is of a machine whose clock is wrong
        if age.is_none_or(|age| !(0..GROWING).contains(&age)) {
            all.push(entry.path());
        }
    }
    all.sort();
    all.truncate(AT_ONCE);
    Ok(all)
}

fn take(work: &Work<'_>, path: &Path) -> Result<()> {
    let length = std::fs::metadata(path).map_err(|e| fault(path, &e))?.len();
    let fits = length <= FILE_LIMIT as u64;
    let bytes = if fits { std::fs::read(path).map_err(|e| fault(path, &e))? } else { Vec::new() };
    if !is_picture(&bytes) || Gray::decode(&bytes).is_none() {
        return aside(path);
    }
    let received = Files::of(work.db).receive_now(&bytes[..], FILE_LIMIT as u64)?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let ctx = now_of(work);
    work.db.write_now(&ctx.clone(), move |tx| bring(&ctx, tx, Door::Folder, &received, &name).map(drop))?;
    std::fs::remove_file(path).map_err(|e| fault(path, &e))
}

/// What is no picture, larger than an upload may be, or damaged.
fn aside(path: &Path) -> Result<()> {
    let refused = path.with_file_name("refused");
    std::fs::create_dir_all(&refused).map_err(|e| fault(&refused, &e))?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    // of the same name as one before: both stay
    let free = (0_u32..).map(|n| if n == 0 { name.clone() } else { format!("{n}-{name}") });
    let to = free.map(|name| refused.join(name)).find(|to| !to.exists());
    tracing::warn!(file = %path.display(), "put aside: no JPEG or PNG that can be read");
    to.map_or(Ok(()), |to| std::fs::rename(path, &to).map_err(|e| fault(path, &e)))
}
