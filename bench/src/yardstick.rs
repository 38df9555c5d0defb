//! What our numbers are measured against, in the same run on the same machine: an axum server that answers nothing, the
//! same rows written by bare drivers, and the same list read by a bare driver in front of a constant page.

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::State;
use axum::routing::{get, post};
use kernel::time::{Clock, SystemClock};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

/// Serves until it is killed: `/` answers two bytes; `/list` runs `sql` on a pool of threads and answers a page of
/// `bytes` bytes.
pub fn serve(listen: &str, database: Option<(PathBuf, String)>, bytes: usize) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async move {
        let page: Arc<str> = "x".repeat(bytes).into();
        let pool = database.map(|(file, sql)| Pool::start(&file, &sql)).transpose()?;
        let app = Router::new()
            .route("/", get(|| async { "ok" }))
            .route("/", post(|_: axum::body::Bytes| async { "ok" }))
            .route("/list", get(list))
            .with_state((pool, page));
        let listener = tokio::net::TcpListener::bind(listen).await.context("listen")?;
        axum::serve(listener, app).await.context("serve")
    })
}

type ListState = (Option<Pool>, Arc<str>);

async fn list(State((pool, page)): State<ListState>) -> String {
    if let Some(pool) = pool {
        let (sender, receiver) = tokio::sync::oneshot::channel();
        let _ = pool.0.send(sender);
        let _ = receiver.await;
    }
    page.to_string()
}

/// Threads with a read connection each.
#[derive(Clone)]
struct Pool(mpsc::Sender<tokio::sync::oneshot::Sender<usize>>);

impl Pool {
    fn start(file: &Path, sql: &str) -> Result<Self> {
        let (sender, receiver) = mpsc::channel::<tokio::sync::oneshot::Sender<usize>>();
        let receiver = Arc::new(std::sync::Mutex::new(receiver));
        for _ in 0..4 {
            let connection = rusqlite::Connection::open(file)?;
            connection.execute_batch("pragma cache_size=-8000; pragma query_only=ON;")?;
            let (receiver, sql) = (Arc::clone(&receiver), sql.to_owned());
            std::thread::spawn(move || {
                loop {
                    let Ok(Ok(answer)) = receiver.lock().map(|r| r.recv()) else { return };
                    let _ = answer.send(read_all(&connection, &sql).unwrap_or(0));
                }
            });
        }
        Ok(Self(sender))
    }
}

/// Reads every column of every row into owned values, as anybody must who wants to show them.
fn read_all(connection: &rusqlite::Connection, sql: &str) -> Result<usize> {
    let mut statement = connection.prepare_cached(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    let mut size = 0;
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            let value: rusqlite::types::Value = row.get(column)?;
            size += usize::from(value != rusqlite::types::Value::Null);
        }
    }
    Ok(size)
}

/// Ids that no earlier round has used: rounds begin microseconds apart and use fewer ids than these pass.
fn first_id() -> Result<u64> {
    Ok(u64::try_from(SystemClock.now().0)? * 10)
}

/// Writes the rows of one report with bare rusqlite: `callers` threads hand their work to one writer that commits what
/// has gathered. Returns reports a second.
pub fn bare_writes(file: &Path, statements: &[String], callers: usize, duration: Duration) -> Result<f64> {
    let connection = rusqlite::Connection::open(file)?;
    connection.execute_batch("pragma journal_mode=WAL; pragma synchronous=FULL; pragma wal_autocheckpoint=4000; pragma cache_size=-8000;")?;
    connection.set_prepared_statement_cache_capacity(64);
    let (sender, receiver) = mpsc::channel::<(i64, mpsc::Sender<()>)>();
    let (stop, done) = (AtomicBool::new(false), AtomicU64::new(0));
    let next = AtomicU64::new(first_id()?);
    let started = Instant::now();
    std::thread::scope(|scope| -> Result<()> {
        // a writer that fails takes this with it, and nobody waits for its answer
        let receiver = receiver;
        for _ in 0..callers {
            let (sender, stop, done, next) = (sender.clone(), &stop, &done, &next);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let (answer, answered) = mpsc::channel();
                    let id = i64::try_from(next.fetch_add(10, Ordering::Relaxed)).unwrap_or(0);
                    if sender.send((id, answer)).is_err() || answered.recv().is_err() {
                        return;
                    }
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        drop(sender);
        scope.spawn(|| {
            std::thread::sleep(duration);
            stop.store(true, Ordering::Relaxed);
        });
        while let Ok(first) = receiver.recv() {
            connection.execute_batch("begin immediate")?;
            let mut batch = vec![first];
            loop {
                let (id, _) = batch.last().context("a batch is never empty")?;
                for sql in statements {
                    connection.prepare_cached(sql)?.execute([id])?;
                }
                match receiver.try_recv() {
                    Ok(more) if batch.len() < 512 => batch.push(more),
                    _ => break,
                }
            }
            connection.execute_batch("commit")?;
            for (_, answer) in batch {
                let _ = answer.send(());
            }
        }
        Ok(())
    })?;
    #[expect(clippy::cast_precision_loss, reason = "counts of a benchmark")]
    let n = done.load(Ordering::Relaxed) as f64;
    Ok(n / started.elapsed().as_secs_f64())
}

/// The same on a PostgreSQL server: one connection a caller, a transaction each.
pub fn bare_postgres_writes(
    url: &str,
    schema: &str,
    statements: &[String],
    callers: usize,
    duration: Duration,
) -> Result<f64> {
    let (stop, done) = (AtomicBool::new(false), AtomicU64::new(0));
    let next = AtomicU64::new(first_id()?);
    let started = Instant::now();
    std::thread::scope(|scope| -> Result<()> {
        let handles: Vec<_> = (0..callers)
            .map(|_| {
                let (stop, done, next) = (&stop, &done, &next);
                scope.spawn(move || -> Result<()> {
                    let mut client = postgres::Client::connect(url, postgres::NoTls)?;
                    client.batch_execute(&format!(
                        "set search_path to {schema}; set synchronous_commit to on"
                    ))?;
                    let prepared: Vec<_> = statements
                        .iter()
                        .map(|s| client.prepare(s))
                        .collect::<std::result::Result<_, _>>()?;
                    while !stop.load(Ordering::Relaxed) {
                        let id = i64::try_from(next.fetch_add(10, Ordering::Relaxed)).unwrap_or(0);
                        let mut tx = client.transaction()?;
                        for statement in &prepared {
                            tx.execute(statement, &[&id])?;
                        }
                        tx.commit()?;
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                    Ok(())
                })
            })
            .collect();
        std::thread::sleep(duration);
        stop.store(true, Ordering::Relaxed);
        handles.into_iter().try_for_each(|h| h.join().unwrap_or_else(|_| anyhow::bail!("a caller panicked")))
    })?;
    #[expect(clippy::cast_precision_loss, reason = "counts of a benchmark")]
    let n = done.load(Ordering::Relaxed) as f64;
    Ok(n / started.elapsed().as_secs_f64())
}
