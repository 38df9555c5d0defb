//! The two doors to a city's database: [`Db::write`] and [`Db::read`].

use crate::audit::{Hash, WANTED};
use crate::bell::Bell;
use crate::dialect::{self, ColumnShape, Engine, IndexShape};
use crate::files::{Bucket, make_folder};
use crate::migrate::{self, Migration};
use crate::sealed::{self, Algorithm, Keys};
use crate::secrets::Secrets;
use crate::sql;
use crate::tx::Tx;
use crate::writer::{Done, Work, Writer};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::time::{Clock, Instant};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, OnceLock};
use tokio::sync::oneshot;

/// Where a city's data lie.
#[derive(Clone, Debug)]
pub enum Location {
    /// One file in the city's folder: the embedded engine.
    Embedded { file: PathBuf },
    /// A schema on a database server.
    Server { url: String, schema: String },
}

/// How many hands work at it.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    pub readers: usize,
    /// Writers on a database server; the embedded engine has one.
    pub writers: usize,
    /// Most callers in one commit of the embedded engine.
    pub batch: usize,
    /// With what a new city's first key seals personal data.
    pub seal_with: Algorithm,
}

impl Default for Options {
    fn default() -> Self {
        Self { readers: 4, writers: 8, batch: 512, seal_with: Algorithm::Aes }
    }
}

type Reading = Box<dyn FnOnce(&mut Tx<'_>) + Send>;

/// A city's database. Cheap to clone.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    location: Location,
    folder: PathBuf,
    secrets: Secrets,
    keys: Keys,
    clock: Arc<dyn Clock>,
    writes: Sender<Work>,
    reads: Sender<Reading>,
    bell: Arc<Bell>,
    happened: Arc<AtomicU64>,
    hash: Arc<AtomicU8>,
    bucket: OnceLock<Arc<Bucket>>,
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Db").field(&self.0.folder).finish()
    }
}

pub(crate) fn connect(location: &Location, write: bool) -> Result<Box<dyn Engine>> {
    Ok(match location {
        Location::Embedded { file } => Box::new(dialect::sqlite::open(file, write)?),
        Location::Server { url, schema } => Box::new(dialect::postgres::open(url, schema, write)?),
    })
}

impl Db {
    /// Opens a city's database, applying what is missing of `migrations` (this crate's own come first by themselves).
    /// `folder` holds the files and the key; it is made when it is missing.
    pub fn open(
        location: Location,
        folder: &Path,
        clock: Arc<dyn Clock>,
        migrations: &[Migration],
        options: Options,
    ) -> Result<Self> {
        make_folder(folder)?;
        let secrets = Secrets::open(&folder.join("secret.key"))?;
        let mut first = connect(&location, true)?;
        migrate::apply(first.as_mut(), migrations, clock.now())?;
        let keys = Keys::load(folder)?;
        sealed::agree(first.as_mut(), &keys, options.seal_with, clock.now())?;
        let wanted = WANTED.get(&mut Tx::new(first.as_mut(), None, clock.now(), &keys))?;
        let hash = Arc::new(AtomicU8::new(Hash::parse(&wanted).unwrap_or_default() as u8));
        let upgraded = sealed::upgrade(first.as_mut(), &keys, &secrets)?;
        if upgraded > 0 {
            tracing::info!(texts = upgraded, "personal data of before were sealed");
        }

        let (writes, queue) = channel::<Work>();
        let queue = Arc::new(parking_lot::Mutex::new(queue));
        let (writers, batch) = match location {
            Location::Embedded { .. } => (1, options.batch),
            Location::Server { .. } => (options.writers.max(1), 1),
        };
        let mut engine = Some(first);
        for n in 0..writers {
            let again = location.clone();
            let writer = Writer {
                engine: match engine.take() {
                    Some(engine) => engine,
                    None => connect(&location, true)?,
                },
                reopen: Box::new(move || connect(&again, true)),
                queue: Arc::clone(&queue),
                keys: keys.clone(),
                hash: Arc::clone(&hash),
                batch,
            };
            start(format!("db-write-{n}"), move || writer.run())?;
        }
        let (reads, queue) = channel::<Reading>();
        let queue = Arc::new(parking_lot::Mutex::new(queue));
        for n in 0..options.readers.max(1) {
            let engine = connect(&location, false)?;
            let (queue, location, clock) = (Arc::clone(&queue), location.clone(), Arc::clone(&clock));
            let keys = keys.clone();
            start(format!("db-read-{n}"), move || {
                read_loop(engine, &location, &queue, clock.as_ref(), &keys);
            })?;
        }
        Ok(Self(Arc::new(Inner {
            location,
            folder: folder.to_owned(),
            secrets,
            keys,
            clock,
            writes,
            reads,
            bell: Arc::default(),
            happened: Arc::default(),
            hash,
            bucket: OnceLock::new(),
        })))
    }

    /// Runs `work` in a write transaction. Answers when it is on disk. On `Err`, and on panic, nothing of it is saved.
    pub async fn write<T, F>(&self, ctx: &Ctx, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.send_write(ctx.now, work)?.await.unwrap_or_else(|_| Err(not_run()))
    }

    /// [`write`](Self::write) for threads of their own: jobs, commands, tests. Never from async code.
    pub fn write_now<T, F>(&self, ctx: &Ctx, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.send_write(ctx.now, work)?.blocking_recv().unwrap_or_else(|_| Err(not_run()))
    }

    fn send_write<T, F>(&self, now: Instant, work: F) -> Result<oneshot::Receiver<Result<T>>>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let (bell, counter) = (Arc::clone(&self.0.bell), Arc::clone(&self.0.happened));
        let run = Box::new(move |tx: &mut Tx<'_>| {
            let result = work(tx).and_then(|value| tx.finish().map(|()| value));
            let (rings, happened) = (tx.rings(), tx.happened());
            Done {
                keep: result.is_ok(),
                tell: Box::new(move |committed| {
                    if happened && result.is_ok() && committed.is_ok() {
                        counter.fetch_add(1, Ordering::Release);
                    }
                    if rings && result.is_ok() && committed.is_ok() {
                        bell.ring();
                    }
                    let _ = sender.send(result.and_then(|value| committed.map(|()| value)));
                }),
            }
        });
        self.0.writes.send(Work { now, run }).map_err(|_| Problem::busy("the writer has stopped"))?;
        Ok(receiver)
    }

    /// Runs `work` on a snapshot of the data, on a thread of its own.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.send_read(work)?.await.unwrap_or_else(|_| Err(not_run()))
    }

    /// [`read`](Self::read) for threads of their own. Never from async code.
    pub fn read_now<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.send_read(work)?.blocking_recv().unwrap_or_else(|_| Err(not_run()))
    }

    fn send_read<T, F>(&self, work: F) -> Result<oneshot::Receiver<Result<T>>>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let run: Reading = Box::new(move |tx| {
            let _ = sender.send(work(tx));
        });
        self.0.reads.send(run).map_err(|_| Problem::busy("the readers have stopped"))?;
        Ok(receiver)
    }

    pub fn now(&self) -> Instant {
        self.0.clock.now()
    }

    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.0.clock)
    }

    /// How many transactions with an event this program has saved in the city since it was opened: as long as it stays the
    /// same, so does what people are shown, but for what other programs do. It has grown before whoever saved is told so.
    pub fn happened(&self) -> u64 {
        self.0.happened.load(Ordering::Acquire)
    }

    /// Says in which bucket the city's files may be kept besides its folder. Once, before anything else is done with it.
    pub fn use_bucket(&self, bucket: Bucket) {
        let _ = self.0.bucket.set(Arc::new(bucket));
    }

    pub fn bucket(&self) -> Option<Arc<Bucket>> {
        self.0.bucket.get().map(Arc::clone)
    }

    pub(crate) fn bell(&self) -> &Bell {
        &self.0.bell
    }

    pub fn secrets(&self) -> &Secrets {
        &self.0.secrets
    }

    pub(crate) fn want_hash(&self, hash: Hash) {
        self.0.hash.store(hash as u8, Ordering::Release);
    }

    /// The keys with which personal data are sealed.
    pub fn keys(&self) -> &Keys {
        &self.0.keys
    }

    /// The city's folder: files, key, locks.
    pub fn folder(&self) -> &Path {
        &self.0.folder
    }

    pub fn location(&self) -> &Location {
        &self.0.location
    }

    /// Prepares every statement on the list; what fails, with its place. For the test that stands in for a compiler.
    pub fn check_statements(&self) -> Result<Vec<String>> {
        let mut engine = connect(&self.0.location, true)?;
        let mut faults = Vec::new();
        for statement in sql::statements() {
            let (text, fields) = (statement.make)();
            match engine.prepare(text) {
                Err(problem) => faults.push(format!("{}: {problem}", statement.place)),
                Ok(columns) => {
                    if !fields.is_empty() && columns != fields {
                        faults.push(format!(
                            "{}: answers {columns:?}, but is read into {fields:?}",
                            statement.place
                        ));
                    }
                }
            }
        }
        Ok(faults)
    }

    /// Takes what was erased out of the write-ahead log, the search index and freed rows, over a connection of its own. After
    /// [`Tx::erase`]; may take minutes in a large city, and holds up nobody. False: somebody's long reading was in the way of
    /// clearing the log, which the next time will do.
    pub fn rinse(&self) -> Result<bool> {
        connect(&self.0.location, true)?.rinse()
    }

    /// The schema as the engine describes it, in words that both engines share.
    pub fn shape(&self) -> Result<(Vec<ColumnShape>, Vec<IndexShape>)> {
        let mut engine = connect(&self.0.location, true)?;
        Ok((engine.columns()?, engine.indexes()?))
    }
}

/// Makes a city's tables, or brings them up to date, and closes the connection again: for `migrate`, and for templates
/// of tests. How many migrations were applied.
pub fn prepare(location: &Location, migrations: &[Migration], now: Instant) -> Result<u32> {
    if let Location::Embedded { file } = location {
        file.parent().map_or(Ok(()), make_folder)?;
    }
    migrate::apply(connect(location, true)?.as_mut(), migrations, now)
}

/// Runs raw statements behind the program's back. For tests of tampering only.
pub fn tamper(location: &Location, sql: &str) -> Result<()> {
    connect(location, true)?.batch(sql)
}

/// Removes a city's data from a database server, or its file.
pub fn destroy(location: &Location) -> Result<()> {
    match location {
        Location::Server { url, schema } => dialect::postgres::drop_schema(url, schema),
        Location::Embedded { file } => {
            for suffix in ["", "-wal", "-shm"] {
                let path = PathBuf::from(format!("{}{suffix}", file.display()));
                match std::fs::remove_file(&path) {
                    Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                        return Err(Problem::internal(format!("{}: {e}", path.display())));
                    }
                    _ => {}
                }
            }
            Ok(())
        }
    }
}

fn not_run() -> Problem {
    Problem::busy("the database could not run it, or it panicked; nothing was saved")
}

fn start(name: String, run: impl FnOnce() + Send + 'static) -> Result<()> {
    std::thread::Builder::new().name(name).spawn(run).map(drop).map_err(Problem::internal)
}

fn read_loop(
    mut engine: Box<dyn Engine>,
    location: &Location,
    queue: &parking_lot::Mutex<Receiver<Reading>>,
    clock: &dyn Clock,
    keys: &Keys,
) {
    loop {
        let received = queue.lock().recv();
        let Ok(run) = received else { return };
        let mut begun = engine.begin(false);
        if begun.is_err() && engine.is_lost() {
            // nothing has run yet, so a fresh connection may serve it
            begun = connect(location, false).and_then(|fresh| {
                engine = fresh;
                engine.begin(false)
            });
        }
        if let Err(problem) = begun {
            tracing::error!(%problem, "a read could not begin; it is refused");
            continue;
        }
        let mut tx = Tx::new(engine.as_mut(), None, clock.now(), keys);
        if catch_unwind(AssertUnwindSafe(|| run(&mut tx))).is_err() {
            tracing::error!("a read panicked");
        }
        let _ = engine.rollback();
    }
}
