//! Where bytes lie, and how they get there and out again.

use super::bucket::{Bucket, Patience};
use super::{Left, Original, StoredFile};
use crate::db::Db;
use crate::secrets::random_word;
use bytes::Bytes;
use futures::{Stream, StreamExt};
use kernel::problem::{Problem, Result};
use kernel::time::{Clock, Instant};
use sha2::{Digest, Sha256};
use std::io::{Cursor, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::io::AsyncWriteExt;

/// The city's files. Cheap to clone.
#[derive(Clone)]
pub struct Files {
    root: PathBuf,
    clock: Arc<dyn Clock>,
    pub(super) bucket: Option<Arc<Bucket>>,
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

/// Bytes that can be read from anywhere on.
pub trait Readable: Read + Seek + Send {}
impl<T: Read + Seek + Send> Readable for T {}

/// A file that is open for reading. Its bytes are those that its row names: they were hashed when it was opened.
pub struct Opened {
    pub file: Box<dyn Readable>,
    pub bytes: u64,
    pub media_type: String,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Opened({} bytes, {})", self.bytes, self.media_type)
    }
}

/// What is kept of a file: its original, and for a picture the two that are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// `sealed/ab/cd/<sha256>`, `shown/ab/cd/<id>-full.jpg`: below the folder, and in the bucket.
    pub(crate) key: String,
    /// Unknown for pictures from before hashes were kept.
    pub(crate) sha256: Option<String>,
    pub(crate) size: Option<Size>,
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
        Self { root: db.folder().join("files"), clock: db.clock(), bucket: db.bucket() }
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

    /// Opens a derived picture. 404 while there is none, 503 `files-away` while the storage does not answer. The caller has
    /// asked the policy. Not from async code.
    pub fn open_shown(&self, file: &StoredFile, size: Size) -> Result<Opened> {
        if file.kept == Left::Nothing {
            return Err(super::erase::gone());
        }
        self.open(&shown(file, size), "image/jpeg".to_owned())
    }

    /// Opens an original for whoever was let to it. Not from async code, and not in a transaction: it may be fetched from
    /// far away.
    pub fn open_original(&self, original: &Original) -> Result<Opened> {
        self.open(&sealed(&original.sha256), original.media_type.clone())
    }

    pub(crate) fn open_piece(&self, piece: &Piece) -> Result<Opened> {
        self.open(piece, String::new())
    }

    /// Looks into the folder, then into the bucket.
    fn open(&self, piece: &Piece, media_type: String) -> Result<Opened> {
        let path = self.path_of(&piece.key);
        match std::fs::File::open(&path) {
            Ok(file) => open_local(file, &path, piece, media_type),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => match &self.bucket {
                Some(bucket) => self.open_remote(bucket, piece, media_type),
                None => Err(Problem::not_found()),
            },
            Err(e) => Err(fault(&path)(e)),
        }
    }

    /// Everything is fetched and hashed before the first byte is given on.
    fn open_remote(&self, bucket: &Bucket, piece: &Piece, media_type: String) -> Result<Opened> {
        if piece.size.is_some() {
            let mut bytes = Vec::new();
            let (hash, _) = bucket.get(&piece.key, Patience::Reader, &mut bytes)?;
            check(piece, &hash)?;
            let length = bytes.len() as u64;
            return Ok(Opened { file: Box::new(Cursor::new(bytes)), bytes: length, media_type });
        }
        let (_, path) = self.new_quarantine()?;
        let mut options = std::fs::OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path).map_err(fault(&path))?;
        // only this handle leads to it: nothing is left when the program dies
        std::fs::remove_file(&path).map_err(fault(&path))?;
        let (hash, bytes) = bucket.get(&piece.key, Patience::Reader, &mut file)?;
        check(piece, &hash)?;
        file.seek(SeekFrom::Start(0)).map_err(fault(&path))?;
        Ok(Opened { file: Box::new(file), bytes, media_type })
    }

    /// Fetches an original that lies in the bucket only into `to`. False when it is not there either.
    pub(super) fn fetch_sealed(&self, sha256: &str, to: &Path) -> Result<bool> {
        let Some(bucket) = &self.bucket else { return Ok(false) };
        let mut out = create_private(to)?;
        let got = bucket.get(&sealed(sha256).key, Patience::Work, &mut out);
        let got = got.and_then(|(hash, _)| check(&sealed(sha256), &hash));
        let got = got.and_then(|()| out.sync_all().map_err(fault(to)));
        if got.is_err() {
            let _ = std::fs::remove_file(to);
        }
        match got {
            Err(problem) if problem.status == 404 => Ok(false),
            got => got.map(|()| true),
        }
    }

    pub(crate) fn path_of(&self, key: &str) -> PathBuf {
        self.root.join(key)
    }

    pub(super) fn new_quarantine(&self) -> Result<(String, PathBuf)> {
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
        self.path_of(&sealed(sha256).key)
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

/// The original of these bytes.
pub(crate) fn sealed(sha256: &str) -> Piece {
    let part = |from: usize| sha256.get(from..from + 2).unwrap_or("00");
    let key = format!("sealed/{}/{}/{sha256}", part(0), part(2));
    Piece { key, sha256: Some(sha256.to_owned()), size: None }
}

/// A picture made of a file.
pub(crate) fn shown(file: &StoredFile, size: Size) -> Piece {
    let id = file.id.raw();
    // ids grow with time; mixing spreads neighbours over all folders
    let mixed = hex::encode(id.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    let key = format!("shown/{}/{}/{id}-{}.jpg", &mixed[..2], &mixed[2..4], size.suffix());
    let sha256 = match size {
        Size::Full => file.full_sha256.clone(),
        Size::Thumb => file.thumb_sha256.clone(),
    };
    Piece { key, sha256, size: Some(size) }
}

/// Everything that is kept of a file that is ready.
pub(crate) fn pieces(file: &StoredFile) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if file.kept == Left::All {
        pieces.push(sealed(&file.sha256));
    }
    if file.width.is_some() && file.kept != Left::Nothing {
        pieces.extend([shown(file, Size::Full), shown(file, Size::Thumb)]);
    }
    pieces
}

/// Refuses bytes that are not those that were put away.
pub(super) fn check(piece: &Piece, hash: &str) -> Result<()> {
    match &piece.sha256 {
        Some(expected) if expected != hash => {
            Err(Problem::new(500, "file-damaged").detail(format!("{} has the hash {hash}", piece.key)))
        }
        _ => Ok(()),
    }
}

fn open_local(mut file: std::fs::File, path: &Path, piece: &Piece, media_type: String) -> Result<Opened> {
    if piece.size.is_some() {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(fault(path))?;
        check(piece, &hex::encode(Sha256::digest(&bytes)))?;
        let length = bytes.len() as u64;
        return Ok(Opened { file: Box::new(Cursor::new(bytes)), bytes: length, media_type });
    }
    check(piece, &hash_of(&mut file, path)?)?;
    file.seek(SeekFrom::Start(0)).map_err(fault(path))?;
    let bytes = file.metadata().map_err(fault(path))?.len();
    Ok(Opened { file: Box::new(file), bytes, media_type })
}

/// SHA-256 of all that can be read.
pub(super) fn hash_of(input: &mut impl Read, path: &Path) -> Result<String> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match input.read(&mut buffer).map_err(fault(path))? {
            0 => return Ok(hex::encode(hasher.finalize())),
            n => hasher.update(&buffer[..n]),
        }
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
