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

/// Whether a token may be one of ours; never a path.
fn sound(token: &str) -> bool {
    (16..=128).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// The file of a token.
fn path(db: &Db, token: &str) -> Option<PathBuf> {
    sound(token).then(|| folder(db).join(token))
}

/// Keeps the file; the token that gets it back.
pub(super) fn put(db: &Db, bytes: &[u8]) -> Result<String> {
    let folder = folder(db);
    std::fs::create_dir_all(&folder).map_err(Problem::internal)?;
    sweep(&folder);
    let token: String = store::secrets::random_word().chars().filter(char::is_ascii_alphanumeric).collect();
    let path = path(db, &token).ok_or_else(|| Problem::internal("a token that is no token"))?;
    std::fs::write(path, bytes).map_err(Problem::internal)?;
    Ok(token)
}

/// The file again, if it is still there.
pub(super) fn get(db: &Db, token: &str) -> Option<Vec<u8>> {
    std::fs::read(path(db, token)?).ok()
}

/// Forgets the file.
pub(super) fn remove(db: &Db, token: &str) {
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

#[cfg(test)]
mod tests {
    use super::sound;

    #[test]
    fn a_token_is_never_a_path() {
        assert!(sound("abcdefghijklmnop1234"));
        for bad in ["", "short", "../../../../secret.key", "abcdefghijklmnop/1234", "abcdefghijklmnop.json"] {
            assert!(!sound(bad), "{bad}");
        }
    }
}
