//! Moving files between the folder and the bucket, while the city works: the job `file-move`, and what wakes it.
//!
//! For some files at a time: their bytes are written to the other place, read back from there and hashed; their rows say
//! where they are now, and that something may be left; they are removed where they were; the rows say that nothing is
//! left. A program that dies between two of these goes on there. One program at a time moves a city's files, by a lock on
//! its folder, and it first ends what was begun; so before anything is removed, the same bytes were found in the other
//! place, and nobody can have removed them there since.

use super::bucket::{Bucket, Patience};
use super::folder::{check, create_private, fault, hash_of, make_folder, move_to, pieces};
use super::{Files, Piece, Place, Size, StoredFile, place};
use crate::db::Db;
use crate::jobs::{self, Work};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::time::SECOND;
use std::fs::TryLockError;
use std::time::{Duration, Instant as Stopwatch};

/// How a turn ended.
#[derive(Debug)]
pub enum Turn {
    /// Everything is where it belongs, but for what cannot be moved.
    Done,
    /// There is more.
    More,
    /// Another program is moving this city's files.
    Elsewhere,
    /// The storage cannot be used now. How often in a row, and why.
    Trouble(i64, Problem),
}

/// Files of one go: as many are carried again when the program dies.
const AT_ONCE: i64 = 32;
/// How many are carried side by side.
const WIDTH: usize = 4;
/// How long a job goes on before others have their turn.
const TURN: Duration = Duration::from_secs(20);
/// Longest wait until a storage that cannot be used is tried again; the first is five seconds.
const LONGEST: i64 = 60;

pub(super) fn run(work: &Work<'_>) -> Result<()> {
    let began = Stopwatch::now();
    loop {
        let now = work.db.now();
        let ctx = Ctx { now, ..work.ctx.clone() };
        let ended = turn(work.db, &ctx)?;
        if !matches!(ended, Turn::More) {
            measure(work)?;
        }
        match ended {
            Turn::Done => return Ok(()),
            Turn::More if began.elapsed() < TURN => {}
            Turn::More => {
                work.again_at(now);
                return Ok(());
            }
            Turn::Elsewhere => {
                work.again_at(now.plus(10 * SECOND));
                return Ok(());
            }
            // never given up, hence no error: what waits is told by the measures and the self-check
            Turn::Trouble(tries, problem) => {
                let wait = (5_i64 << tries.clamp(1, 6)) / 2;
                tracing::warn!(%problem, tries, "files wait in the folder: their storage cannot be used");
                work.again_at(now.plus(wait.min(LONGEST) * SECOND));
                return Ok(());
            }
        }
    }
}

/// When a program starts and now and then: measures, and wakes the job when something waits.
pub(super) fn tend(work: &Work<'_>) -> Result<()> {
    let (found, left) = measure(work)?;
    let has_bucket = work.db.bucket().is_some();
    if !has_bucket && found.in_s3 > 0 {
        tracing::error!(files = found.in_s3, "files lie in a bucket that this program was not told of");
    }
    if has_bucket && (found.waiting > 0 || left) {
        work.db.write_now(&work.ctx, |tx| {
            tx.housekeeping();
            let now = tx.now();
            jobs::enqueue_outside(tx, "file-move", &(), now, Some("file-move"))
        })?;
    }
    Ok(())
}

/// What the measures say from now on; and whether something is left to be cleared.
fn measure(work: &Work<'_>) -> Result<(place::Whereabouts, bool)> {
    let has_bucket = work.db.bucket().is_some();
    let (found, left) = work.db.read_now(move |tx| {
        Ok((place::whereabouts(tx, has_bucket)?, !place::leftovers(tx, 1)?.is_empty()))
    })?;
    let city = work.ctx.city.to_string();
    let gauge = |name: &'static str, value: i64| {
        #[expect(clippy::cast_precision_loss, reason = "a measure; counts stay far below 2^52")]
        metrics::gauge!(name, "city" => city.clone()).set(value as f64);
    };
    gauge("files_waiting", found.waiting);
    gauge("files_not_movable", found.faults);
    gauge("files_storage_failing", i64::from(found.trouble.is_some()));
    gauge("files_in_s3", found.in_s3);
    Ok((found, left))
}

/// Moves some files to where they belong. For the job, and for `chuangcheng files move`.
pub fn turn(db: &Db, ctx: &Ctx) -> Result<Turn> {
    let files = Files::of(db);
    let Some(bucket) = files.bucket.clone() else { return Ok(Turn::Done) };
    let Some(_alone) = alone(&files)? else { return Ok(Turn::Elsewhere) };
    let mover = Mover { db, ctx, files: &files, bucket: &bucket };
    match mover.some() {
        Ok(more) => {
            if db.read_now(place::trouble)?.is_some() {
                db.write_now(ctx, place::trouble_is_over)?;
            }
            Ok(if more { Turn::More } else { Turn::Done })
        }
        Err(problem) if problem.code == "files-away" => {
            let why: String = problem.detail.clone().unwrap_or_default().chars().take(300).collect();
            let tries = db.write_now(ctx, move |tx| place::note_trouble(tx, &why))?;
            Ok(Turn::Trouble(tries, problem))
        }
        Err(problem) => Err(problem),
    }
}

/// Keeps other programs from moving or removing this city's files until it is dropped; `None` while another does.
pub(super) fn alone(files: &Files) -> Result<Option<std::fs::File>> {
    let path = files.path_of("moving.lock");
    make_folder(&files.path_of(""))?;
    let opened = std::fs::File::options().create(true).truncate(false).write(true).open(&path);
    let lock = opened.map_err(fault(&path))?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(lock)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(e)) => Err(Problem::internal(e)),
    }
}

struct Mover<'a> {
    db: &'a Db,
    ctx: &'a Ctx,
    files: &'a Files,
    bucket: &'a Bucket,
}

impl Mover<'_> {
    /// Ends what was begun, else begins anew. Whether there may be more.
    fn some(&self) -> Result<bool> {
        let left = self.db.read_now(|tx| place::leftovers(tx, AT_ONCE))?;
        if !left.is_empty() {
            return self.end_begun(left).map(|()| true);
        }
        let rows = self.db.read_now(|tx| {
            let to = place::wanted(tx, true)?;
            place::to_move(tx, to, 0, AT_ONCE)
        })?;
        let Some(to) = rows.first().map(|row| place::other(row.place)) else { return Ok(false) };
        let (mut moved, mut failure) = (Vec::new(), None);
        let (mut rows, results) = self.carry_all(rows, to);
        for (row, result) in rows.iter_mut().zip(results) {
            match result {
                Ok(carried) => {
                    *row = carried;
                    moved.push(row.clone());
                }
                Err(problem) if matches!(problem.code, "file-damaged" | "file-missing") => {
                    tracing::error!(file = %row.id, %problem, "a file cannot be moved");
                    row.move_fault = Some(problem.code.to_owned());
                }
                // what was carried before the storage went away still counts
                Err(problem) => failure = failure.or(Some(problem)),
            }
        }
        let kept: Vec<StoredFile> =
            rows.into_iter().filter(|row| row.leftover || row.move_fault.is_some()).collect();
        self.db.write_now(self.ctx, move |tx| {
            tx.housekeeping();
            for row in &kept {
                tx.save(row)?;
            }
            Ok(())
        })?;
        metrics::counter!("files_moved_total", "to" => kernel::workflow::Named::code(to))
            .increment(moved.len() as u64);
        self.clear(&moved)?;
        failure.map_or(Ok(true), Err)
    }

    /// The place that a row names is looked at once more before the other is cleared; where that fails, both stay as they
    /// are for a person to look at.
    fn end_begun(&self, left: Vec<StoredFile>) -> Result<()> {
        let (mut whole, mut broken) = (Vec::new(), Vec::new());
        for mut file in left {
            match self.carry(&file, file.place) {
                Ok(_) => whole.push(file),
                Err(problem) if matches!(problem.code, "file-damaged" | "file-missing") => {
                    tracing::error!(file = %file.id, %problem, "a moved file is not what it was");
                    (file.leftover, file.move_fault) = (false, Some(problem.code.to_owned()));
                    broken.push(file);
                }
                Err(problem) => return Err(problem),
            }
        }
        self.db.write_now(self.ctx, move |tx| {
            tx.housekeeping();
            broken.iter().try_for_each(|file| tx.save(file))
        })?;
        self.clear(&whole)
    }

    fn carry_all(&self, rows: Vec<StoredFile>, to: Place) -> (Vec<StoredFile>, Vec<Result<StoredFile>>) {
        let each = rows.len().div_ceil(WIDTH).max(1);
        let results = std::thread::scope(|scope| {
            let running: Vec<_> = rows
                .chunks(each)
                .map(|some| {
                    scope.spawn(move || some.iter().map(|file| self.carry(file, to)).collect::<Vec<_>>())
                })
                .collect();
            let panicked = || vec![Err(Problem::internal("moving a file panicked")); each];
            running.into_iter().flat_map(|thread| thread.join().unwrap_or_else(|_| panicked())).collect()
        });
        (rows, results)
    }

    /// Sees to it that all of a file's bytes are in a place, by looking at them there. The row as it then should be.
    fn carry(&self, file: &StoredFile, to: Place) -> Result<StoredFile> {
        let mut row = file.clone();
        for piece in pieces(file) {
            let hash = match to {
                Place::S3 => self.up(&piece, file)?,
                Place::Folder => self.down(&piece)?,
            };
            match piece.size {
                Some(Size::Full) => row.full_sha256 = Some(hash),
                Some(Size::Thumb) => row.thumb_sha256 = Some(hash),
                None => {}
            }
        }
        row.place = to;
        row.leftover = true;
        Ok(row)
    }

    fn up(&self, piece: &Piece, file: &StoredFile) -> Result<String> {
        let path = self.files.path_of(&piece.key);
        let expected = match std::fs::File::open(&path) {
            Ok(mut local) => {
                let hash = hash_of(&mut local, &path)?;
                check(piece, &hash)?;
                let media_type = match piece.size {
                    Some(_) => "image/jpeg",
                    None => file.media_type.as_deref().unwrap_or("application/octet-stream"),
                };
                self.bucket.put(&piece.key, &path, media_type)?;
                Some(hash)
            }
            // another upload of the same bytes has gone before, or an earlier run got this far
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => None,
            Err(e) => return Err(fault(&path)(e)),
        };
        let back = self.bucket.get(&piece.key, Patience::Work, &mut std::io::sink());
        let (hash, _) = back.map_err(|problem| missing(problem, piece))?;
        if expected.as_ref().is_some_and(|expected| *expected != hash) {
            return Err(Problem::new(503, "files-away").detail(format!("{} came back changed", piece.key)));
        }
        check(piece, &hash)?;
        Ok(hash)
    }

    fn down(&self, piece: &Piece) -> Result<String> {
        let path = self.files.path_of(&piece.key);
        if let Ok(mut local) = std::fs::File::open(&path) {
            let hash = hash_of(&mut local, &path)?;
            // without a hash to compare with, only the bucket knows what it should be
            if piece.sha256.is_some() && check(piece, &hash).is_ok() {
                return Ok(hash);
            }
        }
        let (_, temporary) = self.files.new_quarantine()?;
        let fetched = self.fetch(piece, &temporary);
        if fetched.is_err() {
            let _ = std::fs::remove_file(&temporary);
        }
        let hash = fetched?;
        move_to(&temporary, &path)?;
        let mut local = std::fs::File::open(&path).map_err(fault(&path))?;
        if hash_of(&mut local, &path)? != hash {
            return Err(Problem::internal(format!("{} is not what was written", path.display())));
        }
        Ok(hash)
    }

    fn fetch(&self, piece: &Piece, to: &std::path::Path) -> Result<String> {
        let mut out = create_private(to)?;
        let got = self.bucket.get(&piece.key, Patience::Work, &mut out);
        let (hash, _) = got.map_err(|problem| missing(problem, piece))?;
        check(piece, &hash)?;
        out.sync_all().map_err(fault(to))?;
        Ok(hash)
    }

    /// Removes files where they were moved from.
    fn clear(&self, moved: &[StoredFile]) -> Result<()> {
        for file in moved {
            for piece in pieces(file) {
                if file.place == Place::Folder {
                    self.bucket.delete(&piece.key)?;
                    continue;
                }
                let path = self.files.path_of(&piece.key);
                match std::fs::remove_file(&path) {
                    Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(fault(&path)(e)),
                    _ => {}
                }
            }
        }
        let ids: Vec<_> = moved.iter().map(|file| file.id).collect();
        self.db.write_now(self.ctx, move |tx| place::cleared(tx, &ids))
    }
}

/// That neither place has the bytes is no trouble of the storage.
fn missing(problem: Problem, piece: &Piece) -> Problem {
    if problem.status == 404 {
        Problem::new(500, "file-missing").detail(format!("{} is in neither place", piece.key))
    } else {
        problem
    }
}
