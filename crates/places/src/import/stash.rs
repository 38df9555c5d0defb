//! Keeps an uploaded file between its dry run and the import, so that nobody has to choose it twice. Files lie in the
//! city's folder under a name nobody can guess, and are swept after a day.

use kernel::problem::{Problem, Result};
use std::path::{Path, PathBuf};
use std::time::Duration;
use store::Db;

const KEPT: Duration = Duration::from_hours(24);

fn folder(db: &Db) -> PathBuf {
    db.folder().join("imports")
}

/// The file of a token; the token is checked to be one of ours, never a path.
fn path(db: &Db, token: &str) -> Option<PathBuf> {
    let sound = token.len() >= 16 && token.len() <= 128 && token.bytes().all(|b| b.is_ascii_alphanumeric());
    sound.then(|| folder(db).join(token))
}

/// Keeps the file; the token that gets it back.
pub fn put(db: &Db, bytes: &[u8]) -> Result<String> {
    let folder = folder(db);
    std::fs::create_dir_all(&folder).map_err(Problem::internal)?;
    sweep(&folder);
    let token: String = store::secrets::random_word().chars().filter(char::is_ascii_alphanumeric).collect();
    let path = path(db, &token).ok_or_else(|| Problem::internal("a token that is no token"))?;
    std::fs::write(path, bytes).map_err(Problem::internal)?;
    Ok(token)
}

/// The file again, if it is still there.
pub fn get(db: &Db, token: &str) -> Option<Vec<u8>> {
    std::fs::read(path(db, token)?).ok()
}

/// Forgets the file.
pub fn remove(db: &Db, token: &str) {
    if let Some(path) = path(db, token) {
        // gone already is as good
        let _ = std::fs::remove_file(path);
    }
}

fn sweep(folder: &Path) {
    let old = |entry: &std::fs::DirEntry| {
        let modified = entry.metadata().and_then(|m| m.modified()).ok();
        modified.and_then(|at| at.elapsed().ok()).is_some_and(|age| age > KEPT)
    };
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten().filter(old) {
        let _ = std::fs::remove_file(entry.path());
    }
}
