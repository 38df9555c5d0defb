//! Looking at every file: is it there, is it what it was, and does anything lie there that no row names?

use super::folder::{check, hash_of, pieces};
use super::{Files, StoredFile, place};
use crate::db::Db;
use crate::sql;
use crate::tx::Tx;
use kernel::problem::{Problem, Result};
use kernel::time::{DAY, Instant, SECOND};
use std::path::Path;

/// What was found.
#[derive(Debug, Default)]
pub struct Account {
    pub files: u64,
    /// Originals and pictures.
    pub pieces: u64,
    pub bytes: u64,
    /// What is wrong, as (key, code): `file-damaged`, `file-missing`.
    pub faults: Vec<(String, &'static str)>,
    /// What no row names, by where it lies and its key, if it is older than a day.
    pub unknown: Vec<(super::Place, String)>,
}

const AT_ONCE: i64 = 200;

/// Reads every byte of every file. Refuses with `files-away` when the storage does not answer.
pub fn files(db: &Db) -> Result<Account> {
    let mut account = Account::default();
    let files = Files::of(db);
    let mut after = 0;
    loop {
        let rows = db.read_now(move |tx| place::all_after(tx, after, AT_ONCE))?;
        let Some(last) = rows.last() else { break };
        after = last.id.raw();
        for row in &rows {
            account.files += 1;
            look(&files, row, &mut account)?;
        }
    }
    account.unknown = unknown(db, &files)?;
    Ok(account)
}

fn look(files: &Files, row: &StoredFile, account: &mut Account) -> Result<()> {
    for piece in pieces(row) {
        account.pieces += 1;
        let seen = files.open_piece(&piece).and_then(|mut opened| {
            account.bytes += opened.bytes;
            check(&piece, &hash_of(&mut opened.file, Path::new(&piece.key))?)
        });
        match seen {
            Ok(()) => {}
            Err(problem) if problem.status == 404 => account.faults.push((piece.key, "file-missing")),
            Err(problem) if problem.code == "file-damaged" => {
                account.faults.push((piece.key, "file-damaged"));
            }
            Err(problem) => return Err(problem),
        }
    }
    Ok(())
}

/// Removes what no row names, as [`files`] found it; how many there were. Nothing else than the program puts files into
/// these places, so this is what a crash or a restored older backup leaves.
pub fn remove_unknown(db: &Db, unknown: &[(super::Place, String)]) -> Result<u64> {
    let files = Files::of(db);
    let mut removed = 0;
    for (place, key) in unknown {
        match (place, &files.bucket) {
            (super::Place::S3, Some(bucket)) => bucket.delete(key)?,
            (super::Place::S3, None) => continue,
            (super::Place::Folder, _) => {
                let path = files.path_of(key);
                std::fs::remove_file(&path).map_err(super::folder::fault(&path))?;
            }
        }
        removed += 1;
    }
    Ok(removed)
}

fn unknown(db: &Db, files: &Files) -> Result<Vec<(super::Place, String)>> {
    let old = db.now().plus(-DAY);
    let mut keys = Vec::new();
    for kind in ["sealed", "shown"] {
        walk(&files.path_of(kind), kind, old, &mut keys)?;
    }
    let mut found = named_by_nothing(db, super::Place::Folder, keys)?;
    let Some(bucket) = &files.bucket else { return Ok(found) };
    let mut after: Option<String> = None;
    loop {
        let (listed, next) = bucket.list(after.as_deref())?;
        let keys = listed.into_iter().filter(|l| l.modified < old.0 / SECOND).map(|l| l.key).collect();
        found.extend(named_by_nothing(db, super::Place::S3, keys)?);
        match next {
            Some(next) => after = Some(next),
            None => return Ok(found),
        }
    }
}

fn walk(folder: &Path, key: &str, old: Instant, keys: &mut Vec<String>) -> Result<()> {
    let fault = super::folder::fault(folder);
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(fault(e)),
    };
    for entry in entries {
        let entry = entry.map_err(&fault)?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let (path, key) = (entry.path(), format!("{key}/{name}"));
        let about = entry.metadata().map_err(&fault)?;
        if about.is_dir() {
            walk(&path, &key, old, keys)?;
            continue;
        }
        let modified = about.modified().map_err(&fault)?;
        let since = modified.duration_since(std::time::UNIX_EPOCH).map_err(Problem::internal)?;
        if i64::try_from(since.as_micros()).is_ok_and(|micros| micros < old.0) {
            keys.push(key);
        }
    }
    Ok(())
}

fn named_by_nothing(db: &Db, place: super::Place, keys: Vec<String>) -> Result<Vec<(super::Place, String)>> {
    db.read_now(move |tx| {
        let mut found = Vec::new();
        for key in keys {
            if !is_named(tx, &key)? {
                found.push((place, key));
            }
        }
        Ok(found)
    })
}

/// Whether a row names what lies under this key. What has another form than ours is somebody else's, and left alone.
fn is_named(tx: &mut Tx<'_>, key: &str) -> Result<bool> {
    let name = key.rsplit('/').next().unwrap_or_default();
    if key.starts_with("sealed/") {
        return Ok(tx
            .one(sql!((i64,): "select id from file where sha256 = $1 and (kept = 'all' or erasing = 1) limit 1"), &[&name])?
            .is_some());
    }
    let id = name.split('-').next().and_then(|id| id.parse::<i64>().ok());
    let Some(id) = id.filter(|_| key.starts_with("shown/")) else { return Ok(true) };
    Ok(tx
        .one(
            sql!((i64,): "select id from file where id = $1 and (kept <> 'nothing' or erasing = 1)"),
            &[&id],
        )?
        .is_some())
}
