//! Writing a backup while the city works.

use super::rows::write_row;
use super::{Applied, AuditEnd, Begin, FORMAT, Manifest, io, tables};
use crate::db::{Db, connect};
use crate::dialect::Engine;
use crate::files::{Files, Piece, create_private, pieces, place, sealed, sync_folder};
use kernel::ctx::CityCode;
use kernel::problem::{Problem, Result};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Rows are gathered to entries of about this size before they are compressed.
const CHUNK: usize = 4 << 20;
/// Level 3 is zstd's own default: faster than disks, half the size of level 1 it is not worth going below.
const LEVEL: i32 = 3;

type Archive = tar::Builder<zstd::Encoder<'static, std::fs::File>>;

struct Writing {
    archive: Archive,
    manifest: Manifest,
}

/// What of the files goes into a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of them: those in a bucket are fetched.
    Everything,
    /// Only what lies in the city's folder. The bucket must be kept safe by other means, and the restored city needs it.
    FolderOnly,
}

/// Writes the whole city into `to`, which must not exist yet; what a crash leaves is called `<to>.partial`. Takes one
/// connection and one reader's snapshot; writers go on meanwhile.
pub fn write(db: &Db, city: &CityCode, to: &Path) -> Result<Manifest> {
    write_reaching(db, city, to, Reach::Everything)
}

/// [`write`] with a choice of what it reaches. Refuses with `backup-needs-bucket` when files lie in a bucket that this
/// program was not told of.
pub fn write_reaching(db: &Db, city: &CityCode, to: &Path, reach: Reach) -> Result<Manifest> {
    if to.exists() {
        return Err(Problem::conflict("backup-exists").arg("file", to.display()));
    }
    if reach == Reach::Everything && db.bucket().is_none() && db.read_now(place::any_in_s3)? {
        return Err(Problem::conflict("backup-needs-bucket"));
    }
    let partial = PathBuf::from(format!("{}.partial", to.display()));
    let _ = std::fs::remove_file(&partial);
    let out = create_private(&partial)?;
    let begin = Begin {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        city: city.to_string(),
        created_at: db.now(),
    };
    let manifest = Manifest {
        begin,
        migrations: Vec::new(),
        tables: BTreeMap::new(),
        series: BTreeMap::new(),
        audit: Vec::new(),
        files: 0,
        file_bytes: 0,
        files_elsewhere: 0,
        data_keys: BTreeMap::new(),
        entries: BTreeMap::new(),
    };
    let encoder = zstd::Encoder::new(out, LEVEL).map_err(io(&partial))?;
    let mut writing = Writing { archive: tar::Builder::new(encoder), manifest };
    let begin = serde_json::to_vec_pretty(&writing.manifest.begin).map_err(Problem::internal)?;
    writing.add("begin.json", &begin)?;

    let mut engine = connect(db.location(), true)?;
    engine.be_patient()?;
    engine.begin(false)?;
    let waiting = writing.add_database(engine.as_mut())?;
    engine.rollback()?;
    drop(engine);

    writing.add_files(db, &waiting)?;
    writing.add_moved(db, reach)?;
    let key = db.folder().join("secret.key");
    writing.add("secret.key", &std::fs::read(&key).map_err(io(&key))?)?;
    let manifest = writing.finish(&partial)?;
    std::fs::rename(&partial, to).map_err(io(to))?;
    let folder = to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    sync_folder(folder)?;
    Ok(manifest)
}

impl Writing {
    fn add(&mut self, name: &str, content: &[u8]) -> Result<()> {
        self.archive
            .append_data(&mut header(content.len() as u64), name, content)
            .map_err(Problem::internal)?;
        self.manifest.entries.insert(name.to_owned(), hex::encode(Sha256::digest(content)));
        Ok(())
    }

    /// Everything of the database's snapshot. Answers the files that wait in quarantine, as (name, SHA-256).
    fn add_database(&mut self, engine: &mut dyn Engine) -> Result<Vec<(String, String)>> {
        engine.query(
            "select area, number, fingerprint from migration order by applied_at, area, number",
            &[],
            &mut |row| {
                let applied = Applied { area: row.get(0)?, number: row.get(1)?, fingerprint: row.get(2)? };
                self.manifest.migrations.push(applied);
                Ok(())
            },
        )?;
        engine.query("select lane, seq, hash from audit_head order by lane", &[], &mut |row| {
            let hash = hex::encode(row.get::<Vec<u8>>(2)?);
            self.manifest.audit.push(AuditEnd { lane: row.get(0)?, seq: row.get(1)?, hash });
            Ok(())
        })?;
        self.manifest.data_keys = crate::sealed::prints(engine)?;
        for (table, columns) in tables(engine)? {
            let names: Vec<String> = columns.into_iter().map(|c| c.column).collect();
            self.add_table(engine, &table, &names)?;
        }
        self.add_words(engine)?;
        // after the snapshot was taken, so that no number it holds can be given out again
        self.manifest.series = engine.series()?.into_iter().collect();
        let mut waiting = Vec::new();
        engine.query(
            "select quarantine, sha256 from file where quarantine is not null",
            &[],
            &mut |row| {
                waiting.push((row.get(0)?, row.get(1)?));
                Ok(())
            },
        )?;
        Ok(waiting)
    }

    fn add_words(&mut self, engine: &mut dyn Engine) -> Result<()> {
        let mut chunks = Chunks::new("words".to_owned(), String::new());
        let (mut word, mut ids): (String, Vec<i64>) = Default::default();
        engine.each_word(&mut |next, id| {
            // an engine that keeps an inverted index tells a word's finds one after another
            if next != word || ids.len() >= 1000 {
                chunks.push_word(&word, &mut ids)?;
                next.clone_into(&mut word);
                chunks.flush_when_full(self)?;
            }
            ids.push(id);
            Ok(())
        })?;
        chunks.push_word(&word, &mut ids)?;
        chunks.flush(self)
    }

    fn add_table(&mut self, engine: &mut dyn Engine, table: &str, names: &[String]) -> Result<()> {
        let head = format!("{}\n", serde_json::to_string(names).map_err(Problem::internal)?);
        let mut chunks = Chunks::new(format!("tables/{table}"), head);
        let mut count = 0;
        let order = if names.iter().any(|n| n == "id") { " order by id" } else { "" };
        let select = format!("select {} from {table}{order}", names.join(", "));
        engine.query(&select, &[], &mut |row| {
            count += 1;
            write_row(&mut chunks.text, row, names.len())?;
            chunks.flush_when_full(self)
        })?;
        chunks.flush(self)?;
        self.manifest.tables.insert(table.to_owned(), count);
        Ok(())
    }

    fn add_files(&mut self, db: &Db, waiting: &[(String, String)]) -> Result<()> {
        let files = Files::of(db);
        for (token, sha256) in waiting {
            // examined since the snapshot: its bytes have moved, or were refused and are gone
            let quarantine = files.quarantine_path(token);
            let name = format!("files/quarantine/{token}");
            if !self.add_file(&name, &quarantine)? && !self.add_piece(&files, &name, &sealed(sha256))? {
                tracing::info!(token, "an upload was refused while the backup ran");
            }
        }
        for kind in ["sealed", "shown"] {
            self.add_folder(&format!("files/{kind}"), &db.folder().join("files").join(kind))?;
        }
        Ok(())
    }

    /// What the rows name and the folder does not have: it lies in the bucket, or has moved there meanwhile.
    fn add_moved(&mut self, db: &Db, reach: Reach) -> Result<()> {
        if db.bucket().is_none() && !db.read_now(place::any_in_s3)? {
            return Ok(());
        }
        let (files, mut after) = (Files::of(db), 0);
        loop {
            let rows = db.read_now(move |tx| place::all_after(tx, after, 500))?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.id.raw();
            for piece in rows.iter().flat_map(pieces) {
                let name = format!("files/{}", piece.key);
                if self.manifest.entries.contains_key(&name) {
                    continue;
                }
                if reach == Reach::FolderOnly {
                    self.manifest.files_elsewhere += 1;
                } else if !self.add_piece(&files, &name, &piece)? {
                    tracing::error!(
                        key = piece.key,
                        "a file that a row names is nowhere; the backup is without it"
                    );
                }
            }
        }
    }

    /// From the folder or the bucket. False when neither has it.
    fn add_piece(&mut self, files: &Files, name: &str, piece: &Piece) -> Result<bool> {
        let mut opened = match files.open_piece(piece) {
            Ok(opened) => opened,
            Err(problem) if problem.status == 404 => return Ok(false),
            Err(problem) => return Err(problem),
        };
        self.add_bytes(name, &mut opened.file, opened.bytes)?;
        Ok(true)
    }

    fn add_folder(&mut self, name: &str, folder: &Path) -> Result<()> {
        let mut entries: Vec<_> = match std::fs::read_dir(folder) {
            Ok(entries) => entries.collect::<std::io::Result<_>>().map_err(io(folder))?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(io(folder)(e)),
        };
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let Ok(part) = entry.file_name().into_string() else { continue };
            let name = format!("{name}/{part}");
            if entry.file_type().map_err(io(folder))?.is_dir() {
                self.add_folder(&name, &entry.path())?;
            } else {
                self.add_file(&name, &entry.path())?;
            }
        }
        Ok(())
    }

    /// False when there is no such file (any more).
    fn add_file(&mut self, name: &str, path: &Path) -> Result<bool> {
        let file = match std::fs::File::open(path) {
            Ok(file) => file,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            Err(e) => return Err(io(path)(e)),
        };
        let bytes = file.metadata().map_err(io(path))?.len();
        self.add_bytes(name, file, bytes)?;
        Ok(true)
    }

    fn add_bytes(&mut self, name: &str, from: impl Read, bytes: u64) -> Result<()> {
        let mut reader = Hashing { inner: from.take(bytes), hasher: Sha256::new() };
        self.archive.append_data(&mut header(bytes), name, &mut reader).map_err(io(Path::new(name)))?;
        self.manifest.entries.insert(name.to_owned(), hex::encode(reader.hasher.finalize()));
        self.manifest.files += 1;
        self.manifest.file_bytes += bytes;
        Ok(())
    }

    fn finish(mut self, partial: &Path) -> Result<Manifest> {
        let text = serde_json::to_vec_pretty(&self.manifest).map_err(Problem::internal)?;
        let mut header = header(text.len() as u64);
        self.archive.append_data(&mut header, "manifest.json", text.as_slice()).map_err(io(partial))?;
        let encoder = self.archive.into_inner().map_err(io(partial))?;
        let mut out = encoder.finish().map_err(io(partial))?;
        out.flush().and_then(|()| out.sync_all()).map_err(io(partial))?;
        Ok(self.manifest)
    }
}

/// Lines gathered to entries of bearable size.
struct Chunks {
    name: String,
    head: String,
    text: String,
    number: u32,
}

impl Chunks {
    fn new(name: String, head: String) -> Self {
        Self { name, text: head.clone(), head, number: 0 }
    }

    fn push_word(&mut self, word: &str, ids: &mut Vec<i64>) -> Result<()> {
        if ids.is_empty() {
            return Ok(());
        }
        let line: Vec<Json> = std::iter::once(word.into()).chain(ids.drain(..).map(Json::from)).collect();
        self.text.push_str(&serde_json::to_string(&line).map_err(Problem::internal)?);
        self.text.push('\n');
        Ok(())
    }

    fn flush_when_full(&mut self, to: &mut Writing) -> Result<()> {
        if self.text.len() < CHUNK { Ok(()) } else { self.flush(to) }
    }

    fn flush(&mut self, to: &mut Writing) -> Result<()> {
        if self.text.len() > self.head.len() {
            self.number += 1;
            to.add(&format!("{}/{:06}.jsonl", self.name, self.number), self.text.as_bytes())?;
            self.text.clear();
            self.text.push_str(&self.head);
        }
        Ok(())
    }
}

fn header(bytes: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes);
    header.set_mode(0o600);
    header
}

struct Hashing<R> {
    inner: R,
    hasher: Sha256,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..n]);
        Ok(n)
    }
}
