//! Erasing files: the original with what its camera noted, or all of it.
//!
//! A transaction marks the row; afterwards the bytes are removed in both places where they may lie. Originals are shared: the
//! same bytes sent twice lie once, so that an original goes only when no other row keeps it. A program that dies in between
//! leaves the mark, and the next sweep goes on. The row stays, with its hashes: by them the same photograph sent again is
//! found, and nothing of a picture can be read from them.

use super::folder::{Piece, fault, sealed, shown};
use super::{File, Files, Size, StoredFile, get, moving};
use crate::db::Db;
use crate::tx::Tx;
use crate::{coded, sql};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};

kernel::named! {
    /// What is left of a file.
    pub enum Left {
        All = "all",
        /// The pictures that are shown; the original is erased.
        Pictures = "pictures",
        Nothing = "nothing",
    }
}
coded!(Left);

/// Marks the untouched original as erased, and forgets what its camera noted and what the sender's machine called it. False
/// where there is nothing (more) to erase. The caller records why; the bytes go with [`remove_marked`].
pub fn erase_original(tx: &mut Tx<'_>, id: Id<File>) -> Result<bool> {
    let mut file = get(tx, id)?;
    if file.kept != Left::All {
        return Ok(false);
    }
    file.kept = Left::Pictures;
    forget(tx, file)
}

/// Marks all of a file as erased, pictures included.
pub fn erase_all(tx: &mut Tx<'_>, id: Id<File>) -> Result<bool> {
    let mut file = get(tx, id)?;
    if file.kept == Left::Nothing {
        return Ok(false);
    }
    file.kept = Left::Nothing;
    forget(tx, file)
}

fn forget(tx: &mut Tx<'_>, mut file: StoredFile) -> Result<bool> {
    file.erasing = true;
    file.name = String::new().into();
    (file.taken_at, file.lng, file.lat, file.camera, file.software) = (None, None, None, None, None);
    tx.thoroughly(|tx| tx.save(&file))?;
    Ok(true)
}

const AT_ONCE: i64 = 200;

/// Removes the bytes of what was marked; how many files were done. Does nothing while somebody moves files to or from the bucket:
/// what was carried there meanwhile must go too.
pub fn remove_marked(db: &Db, ctx: &Ctx) -> Result<u64> {
    let files = Files::of(db);
    let mut done = 0;
    loop {
        let marked = db.read_now(|tx| {
            tx.all(
                sql!(StoredFile: "select {*} from file where erasing = 1 order by id limit $1"),
                &[&AT_ONCE],
            )
        })?;
        if marked.is_empty() {
            return Ok(done);
        }
        let Some(_alone) = moving::alone(&files)? else { return Ok(done) };
        for file in marked {
            remove(db, &files, &file)?;
            let id = file.id;
            db.write_now(ctx, move |tx| {
                tx.housekeeping();
                tx.exec(sql!("update file set erasing = 0 where id = $1"), &[&id])
            })?;
            done += 1;
        }
    }
}

fn remove(db: &Db, files: &Files, file: &StoredFile) -> Result<()> {
    if file.kept == Left::Nothing {
        for size in [Size::Full, Size::Thumb] {
            remove_piece(files, &shown(file, size))?;
        }
    }
    let original = sealed(&file.sha256);
    if wanted(db, file)? {
        return Ok(());
    }
    // Somebody may send the same bytes at this moment. They are set aside first, and are put back when a row that keeps them is
    // there by then; whoever sends them later brings bytes of their own.
    let path = files.path_of(&original.key);
    let (_, aside) = files.new_quarantine()?;
    match std::fs::rename(&path, &aside) {
        Ok(()) if wanted(db, file)? => {
            return if path.exists() {
                unlink(&aside)
            } else {
                std::fs::rename(&aside, &path).map_err(fault(&path))
            };
        }
        Ok(()) => unlink(&aside)?,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
        Err(e) => return Err(fault(&path)(e)),
    }
    files.bucket.as_ref().map_or(Ok(()), |bucket| bucket.delete(&original.key))
}

/// Whether another row keeps the same original.
fn wanted(db: &Db, file: &StoredFile) -> Result<bool> {
    let (id, sha256, all) = (file.id, file.sha256.clone(), Left::All);
    db.read_now(move |tx| {
        let found = tx.one(
            sql!((i64,): "select id from file where sha256 = $1 and id <> $2 and kept = $3 and state <> 'refused' limit 1"),
            &[&sha256, &id, &all],
        )?;
        Ok(found.is_some())
    })
}

fn remove_piece(files: &Files, piece: &Piece) -> Result<()> {
    unlink(&files.path_of(&piece.key))?;
    files.bucket.as_ref().map_or(Ok(()), |bucket| bucket.delete(&piece.key))
}

fn unlink(path: &std::path::Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(fault(path)(e)),
        _ => Ok(()),
    }
}

/// The problem of whoever asks for what is erased: 410 `file-erased`.
pub(super) fn gone() -> Problem {
    Problem::new(410, "file-erased")
}
