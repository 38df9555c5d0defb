//! Where bytes lie, and how they get there and out again.

use super::File;
use crate::db::Db;
use crate::secrets::random_word;
use bytes::Bytes;
use futures::{Stream, StreamExt};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{Clock, Instant};
use sha2::{Digest, Sha256};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::io::AsyncWriteExt;

/// The city's files. Cheap to clone.
#[derive(Clone)]
pub struct Files {
    root: PathBuf,
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for Files {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Files").field(&self.root).finish()
    }
}

/// An upload that has arrived whole and belongs to nothing yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    /// Name in the quarantine folder; not guessable.
    pub token: String,
    pub sha256: String,
    pub bytes: u64,
}

/// Which of the derived pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    Full,
    Thumb,
}

impl Size {
    fn suffix(self) -> &'static str {
        match self {
            Size::Full => "full",
            Size::Thumb => "thumb",
        }
    }
}

/// A file that is open for reading.
#[derive(Debug)]
pub struct Opened {
    pub file: std::fs::File,
    pub bytes: u64,
    pub media_type: String,
}

pub(super) fn fault(path: &Path) -> impl Fn(std::io::Error) -> Problem + '_ {
    move |e| {
        let detail = format!("{}: {e}", path.display());
        match e.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Problem::busy(detail),
            _ => Problem::internal(detail),
        }
    }
}

fn too_large(limit: u64) -> Problem {
    Problem::new(413, "file-too-large").arg("megabytes", limit / 1_000_000)
}

impl Files {
    pub fn of(db: &Db) -> Self {
        Self { root: db.folder().join("files"), clock: db.clock() }
    }

    /// Streams an upload into quarantine while hashing it; refuses with 413 what is longer than `limit`.
    pub async fn receive<S, E>(&self, mut body: S, limit: u64) -> Result<Quarantined>
    where
        S: Stream<Item = std::result::Result<Bytes, E>> + Unpin,
        E: std::fmt::Display,
    {
        let (token, path) = self.new_quarantine()?;
        let result = async {
            let mut out = tokio::fs::File::from_std(create_private(&path)?);
            let (mut hasher, mut bytes) = (Sha256::new(), 0_u64);
            while let Some(chunk) = body.next().await {
                let chunk = chunk.map_err(|e| Problem::new(400, "upload-broken").detail(e))?;
                bytes += chunk.len() as u64;
                if bytes > limit {
                    return Err(too_large(limit));
                }
                hasher.update(&chunk);
                out.write_all(&chunk).await.map_err(fault(&path))?;
            }
            out.flush().await.map_err(fault(&path))?;
            out.sync_all().await.map_err(fault(&path))?;
            Ok(Quarantined { token, sha256: hex::encode(hasher.finalize()), bytes })
        }
        .await;
        self.received(&path, result)
    }

    /// [`receive`](Self::receive) for threads of their own: imports, the demonstration city, tests.
    pub fn receive_now(&self, mut body: impl Read, limit: u64) -> Result<Quarantined> {
        let (token, path) = self.new_quarantine()?;
        let result = (|| {
            let mut out = create_private(&path)?;
            let (mut hasher, mut bytes) = (Sha256::new(), 0_u64);
            let mut buffer = vec![0; 64 * 1024];
            loop {
                let n = body.read(&mut buffer).map_err(|e| Problem::new(400, "upload-broken").detail(e))?;
                if n == 0 {
                    break;
                }
                bytes += n as u64;
                if bytes > limit {
                    return Err(too_large(limit));
                }
                hasher.update(&buffer[..n]);
                out.write_all(&buffer[..n]).map_err(fault(&path))?;
            }
            out.sync_all().map_err(fault(&path))?;
            Ok(Quarantined { token, sha256: hex::encode(hasher.finalize()), bytes })
        })();
        self.received(&path, result)
    }

    fn received(&self, path: &Path, result: Result<Quarantined>) -> Result<Quarantined> {
        if result.is_err() {
            // what is left of a broken upload would be swept in a day; it need not lie there
            let _ = std::fs::remove_file(path);
            return result;
        }
        sync_folder(&self.quarantine_folder())?;
        result
    }

    /// Opens a derived picture. 404 while there is none. The caller has asked the policy.
    pub fn open_shown(&self, id: Id<File>, size: Size) -> Result<Opened> {
        open(&self.shown_path(id, size), "image/jpeg".to_owned())
    }

    pub(super) fn open_original(&self, sha256: &str, media_type: String) -> Result<Opened> {
        open(&self.sealed_path(sha256), media_type)
    }

    fn new_quarantine(&self) -> Result<(String, PathBuf)> {
        make_folder(&self.quarantine_folder())?;
        let token = format!("{}-{}", self.clock.now().micros(), random_word());
        let path = self.quarantine_path(&token);
        Ok((token, path))
    }

    pub(crate) fn quarantine_folder(&self) -> PathBuf {
        self.root.join("quarantine")
    }

    pub(crate) fn quarantine_path(&self, token: &str) -> PathBuf {
        self.quarantine_folder().join(token)
    }

    pub(crate) fn sealed_path(&self, sha256: &str) -> PathBuf {
        let part = |from: usize| sha256.get(from..from + 2).unwrap_or("00").to_owned();
        self.root.join("sealed").join(part(0)).join(part(2)).join(sha256)
    }

    pub(crate) fn shown_path(&self, id: Id<File>, size: Size) -> PathBuf {
        // ids grow with time; mixing spreads neighbours over all folders
        let mixed = hex::encode(id.raw().unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
        let name = format!("{}-{}.jpg", id.raw(), size.suffix());
        self.root.join("shown").join(&mixed[..2]).join(&mixed[2..4]).join(name)
    }

    /// Writes a derived file so that it is either whole or not there.
    pub(super) fn place(&self, path: &Path, content: &[u8]) -> Result<()> {
        let (_, temporary) = self.new_quarantine()?;
        let mut out = create_private(&temporary)?;
        out.write_all(content).and_then(|()| out.sync_all()).map_err(fault(&temporary))?;
        move_to(&temporary, path)
    }
}

/// When a quarantine file was begun, as its name tells.
pub(super) fn begun(token: &str) -> Option<Instant> {
    token.split_once('-')?.0.parse().ok().map(Instant)
}

/// Moves a file, durably: both folders are flushed.
pub(super) fn move_to(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        make_folder(folder)?;
    }
    std::fs::rename(from, to).map_err(fault(from))?;
    for path in [from, to] {
        if let Some(folder) = path.parent() {
            sync_folder(folder)?;
        }
    }
    Ok(())
}

fn open(path: &Path, media_type: String) -> Result<Opened> {
    match std::fs::File::open(path) {
        Ok(file) => {
            let bytes = file.metadata().map_err(fault(path))?.len();
            Ok(Opened { file, bytes, media_type })
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Err(Problem::not_found()),
        Err(e) => Err(fault(path)(e)),
    }
}

/// Makes a folder that only the program's own user may look into, and those above it.
pub(crate) fn make_folder(path: &Path) -> Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(fault(path))?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// Makes a new file that only the program's own user may read.
pub(crate) fn create_private(path: &Path) -> Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(fault(path))
}

/// Makes names in a folder survive a power cut.
pub(crate) fn sync_folder(path: &Path) -> Result<()> {
    std::fs::File::open(path).and_then(|f| f.sync_all()).map_err(fault(path))
}

/// The uploader's name for a file, without folders and control characters, at most 200 letters.
pub(super) fn readable_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
    if clean.trim().is_empty() { "file".to_owned() } else { clean.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_for_reading_only() {
        assert_eq!(readable_name("C:\\照片\\路灯 1.jpg"), "路灯 1.jpg");
        assert_eq!(readable_name("../../etc/passwd"), "passwd");
        assert_eq!(readable_name("a\0\nb"), "ab");
        assert_eq!(readable_name("/"), "file");
    }
}
