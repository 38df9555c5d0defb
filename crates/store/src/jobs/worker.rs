//! What runs jobs: the table of handlers, and threads that claim, run and settle.

use super::{Claimed, Ending, LEASE, Pool, any_due, backoff, claim, end, ensure_periodic, renew, settle};
use crate::db::Db;
use crate::tx::Tx;
use crate::{files, idempotency, sealed};
use kernel::ctx::{CityCode, Ctx};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{Instant, SECOND};
use parking_lot::Mutex;
use std::any::{Any, TypeId};
use std::cell::Cell;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// What handlers may need besides the database: the mailer, the webhook client. One of each type.
#[derive(Clone, Default)]
pub struct Toolbox(HashMap<TypeId, Arc<dyn Any + Send + Sync>>);

impl std::fmt::Debug for Toolbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Toolbox({})", self.0.len())
    }
}

impl Toolbox {
    #[must_use]
    pub fn with<T: Send + Sync + 'static>(mut self, tool: T) -> Self {
        self.0.insert(TypeId::of::<T>(), Arc::new(tool));
        self
    }

    pub fn get<T: 'static>(&self) -> Result<&T> {
        let found = self.0.get(&TypeId::of::<T>()).and_then(|tool| tool.downcast_ref());
        found.ok_or_else(|| Problem::internal(format!("the toolbox holds no {}", std::any::type_name::<T>())))
    }
}

/// One run of a job, as its handler sees it.
#[derive(Debug)]
pub struct Work<'a> {
    pub db: &'a Db,
    /// The program itself, at the time the run began.
    pub ctx: Ctx,
    pub id: Id<super::Job>,
    /// 1 at the first try.
    pub attempt: i64,
    pub tools: &'a Toolbox,
    payload: &'a str,
    claim: i64,
    next: Cell<Option<Instant>>,
}

impl Work<'_> {
    /// What the job was enqueued with.
    pub fn payload<T: serde::de::DeserializeOwned>(&self) -> Result<T> {
        // periodic jobs have none
        serde_json::from_str(if self.payload.is_empty() { "null" } else { self.payload })
            .map_err(|e| Problem::internal(format!("payload of job {}: {e}", self.id)))
    }

    /// Does what the job is for and ends it, in one transaction: whoever dies, and whoever takes the job over while this run
    /// sleeps through its lease, it is done once. For jobs whose work is a short write to the database and nothing else,
    /// and not for periodic ones. 409 `stale` when somebody else has the job by now; nothing is saved then.
    pub fn once(&self, work: impl FnOnce(&Ctx, &mut Tx<'_>) -> Result<()> + Send + 'static) -> Result<()> {
        let (id, claim, ctx) = (self.id, self.claim, self.ctx.clone());
        self.db.write_now(
            &self.ctx,
            move |tx| {
                if end(tx, id, claim)? { work(&ctx, tx) } else { Err(Problem::stale()) }
            },
        )
    }

    /// Says that this job, once it has ended well, stays and comes again at a moment of its own choice.
    pub fn again_at(&self, at: Instant) {
        self.next.set(Some(at));
    }
}

/// What a handler is. It must be idempotent: a job whose process died runs again.
pub type Run = fn(&Work<'_>) -> Result<()>;

/// What to do with jobs of one kind.
#[derive(Clone, Copy, Debug)]
pub struct JobHandler {
    pub kind: &'static str,
    pub run: Run,
    /// After how many failed attempts it lies as a dead letter.
    pub attempts: i64,
}

impl JobHandler {
    /// Twelve attempts: the last comes about four hours after the first.
    pub const fn new(kind: &'static str, run: Run) -> Self {
        Self { kind, run, attempts: 12 }
    }

    #[must_use]
    pub const fn attempts(mut self, attempts: i64) -> Self {
        self.attempts = attempts;
        self
    }
}

/// A reconciler: runs every so many seconds, without input, in one process at a time, and is never given up.
#[derive(Clone, Copy, Debug)]
pub struct Periodic {
    pub name: &'static str,
    pub seconds: i64,
    pub run: Run,
    /// Whether it also runs when a program starts, unless it has just run.
    pub at_startup: bool,
}

impl Periodic {
    pub const fn new(name: &'static str, seconds: i64, run: Run) -> Self {
        Self { name, seconds, run, at_startup: false }
    }

    #[must_use]
    pub const fn at_startup(mut self) -> Self {
        self.at_startup = true;
        self
    }
}

#[derive(Clone, Copy, Debug)]
enum Entry {
    Once(JobHandler),
    Again(Periodic),
}

/// A job that [`Jobs::run_due`] ran.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub kind: String,
    pub result: Result<()>,
}

/// The table of handlers of one city's program.
#[derive(Debug)]
pub struct Jobs {
    db: Db,
    city: CityCode,
    handlers: HashMap<&'static str, Entry>,
    tools: Toolbox,
    /// Id and claim of what runs now, whose leases are renewed.
    running: Mutex<HashMap<i64, i64>>,
}

impl Jobs {
    /// The features' handlers and reconcilers; those of this crate are added. Two of one name are refused.
    pub fn new(
        db: Db,
        city: CityCode,
        handlers: &[JobHandler],
        periodic: &[Periodic],
        tools: Toolbox,
    ) -> Result<Arc<Self>> {
        let own = [files::PERIODIC, idempotency::PERIODIC, sealed::PERIODIC];
        let once =
            files::HANDLERS.iter().chain(sealed::JOBS).chain(handlers).map(|h| (h.kind, Entry::Once(*h)));
        let again = own.into_iter().flatten().chain(periodic).map(|p| (p.name, Entry::Again(*p)));
        let mut table = HashMap::new();
        for (name, entry) in once.chain(again) {
            if table.insert(name, entry).is_some() {
                return Err(Problem::internal(format!("two handlers for jobs of kind {name}")));
            }
        }
        Ok(Arc::new(Self { db, city, handlers: table, tools, running: Mutex::default() }))
    }

    fn ctx(&self, name: &'static str) -> Ctx {
        Ctx::system(self.city.clone(), name, self.db.now())
    }

    /// Gives every periodic job its row. Done by [`Worker::start`]; tests call it when they want them to run.
    pub fn ensure_periodic(&self) -> Result<()> {
        let ctx = self.ctx("jobs");
        let again = |entry: &Entry| if let Entry::Again(p) = entry { Some(*p) } else { None };
        let mut wanted: Vec<Periodic> = self.handlers.values().filter_map(again).collect();
        wanted.sort_by_key(|p| p.name);
        self.db.write_now(&ctx, move |tx| {
            for p in wanted {
                let wait = if p.at_startup { 0 } else { p.seconds };
                let first = tx.now().plus(wait * SECOND);
                ensure_periodic(tx, p.name, first, p.at_startup)?;
            }
            Ok(())
        })
    }

    /// Runs what is due now, and what becomes due by that, on this thread. For tests and for `work --once`.
    pub fn run_due(&self) -> Result<Vec<Outcome>> {
        let mut outcomes = Vec::new();
        let mut ended = None;
        while let Some(job) = self.turn(Pool::BOTH, ended.take())? {
            let (ending, result) = self.run(&job);
            outcomes.push(Outcome { kind: job.kind.clone(), result });
            ended = Some((job, ending));
        }
        Ok(outcomes)
    }

    /// [`run_due`](Self::run_due), refusing when a job failed; how many ran.
    pub fn run_all_due(&self) -> Result<usize> {
        let outcomes = self.run_due()?;
        for outcome in &outcomes {
            if let Err(problem) = &outcome.result {
                return Err(problem.clone().detail(format!("job {}: {problem}", outcome.kind)));
            }
        }
        Ok(outcomes.len())
    }

    /// Settles the job that ended and claims the next: one commit for both.
    fn turn(&self, pools: &'static [Pool], ended: Option<(Claimed, Ending)>) -> Result<Option<Claimed>> {
        let now = self.db.now();
        if ended.is_none() && !self.db.read_now(move |tx| any_due(tx, pools, now))? {
            return Ok(None);
        }
        self.db.write_now(&self.ctx("jobs"), move |tx| {
            if let Some((job, ending)) = &ended {
                settle(tx, job, ending)?;
            }
            claim(tx, pools)
        })
    }

    fn run(&self, job: &Claimed) -> (Ending, Result<()>) {
        let unknown: Run = |_| Err(Problem::internal("nothing here handles jobs of this kind"));
        let (name, run, attempts, seconds) = match self.handlers.get(job.kind.as_str()) {
            Some(Entry::Once(h)) => (h.kind, h.run, h.attempts, None),
            Some(Entry::Again(p)) => (p.name, p.run, i64::MAX, Some(p.seconds)),
            // an older process than the one that enqueued it: wait until that one takes it
            None => ("unknown", unknown, 12, None),
        };
        let work = Work {
            db: &self.db,
            ctx: self.ctx(name),
            id: job.id,
            attempt: job.attempts,
            tools: &self.tools,
            payload: &job.payload,
            claim: job.claim,
            next: Cell::new(None),
        };
        self.running.lock().insert(job.id.raw(), job.claim);
        let result = catch_unwind(AssertUnwindSafe(|| run(&work))).unwrap_or_else(|panic| {
            Err(Problem::internal(format!("panicked: {}", words_of(panic.as_ref()))))
        });
        self.running.lock().remove(&job.id.raw());

        let now = self.db.now();
        let outcome = if result.is_ok() { "done" } else { "failed" };
        metrics::counter!("jobs_total", "kind" => name, "outcome" => outcome).increment(1);
        let ending = match (&result, seconds) {
            (Ok(()), None) => work.next.get().map_or(Ending::Done, Ending::Next),
            (Ok(()), Some(seconds)) => Ending::Next(now.plus(seconds * SECOND)),
            (Err(problem), _) => {
                tracing::warn!(job = %job.id, kind = job.kind, attempt = job.attempts, %problem, "a job failed");
                let error: String = problem.to_string().chars().take(2000).collect();
                let wait = backoff(job.id.raw(), job.attempts);
                match seconds {
                    Some(seconds) => Ending::Retry(now.plus(wait.min(seconds * SECOND)), error),
                    None if job.attempts >= attempts => Ending::Dead(error),
                    None => Ending::Retry(now.plus(wait), error),
                }
            }
        };
        (ending, result)
    }

    fn work_until(&self, pools: &'static [Pool], stop: &AtomicBool) {
        let mut ended = None;
        while !stop.load(Ordering::Relaxed) {
            let heard = self.db.bell().count();
            match self.turn(pools, ended.take()) {
                Ok(Some(job)) => {
                    let (ending, _) = self.run(&job);
                    ended = Some((job, ending));
                }
                // another process cannot ring our bell, hence the second
                Ok(None) => self.db.bell().wait(heard, Duration::from_secs(1)),
                Err(problem) => {
                    tracing::error!(%problem, "jobs cannot be claimed; trying again in a second");
                    self.db.bell().wait(self.db.bell().count(), Duration::from_secs(1));
                }
            }
        }
        if let Some((job, ending)) = ended {
            let settled = self.db.write_now(&self.ctx("jobs"), move |tx| settle(tx, &job, &ending));
            if let Err(problem) = settled {
                tracing::warn!(%problem, "a finished job could not be settled; it will run once more");
            }
        }
    }

    fn renew_until(&self, stop: &AtomicBool) {
        let pause = Duration::from_micros(LEASE.unsigned_abs() / 4);
        let mut waited = Duration::ZERO;
        let tick = Duration::from_millis(250);
        while !stop.load(Ordering::Relaxed) {
            std::thread::sleep(tick);
            waited += tick;
            if waited < pause {
                continue;
            }
            waited = Duration::ZERO;
            let running: Vec<(i64, i64)> =
                self.running.lock().iter().map(|(id, claim)| (*id, *claim)).collect();
            if running.is_empty() {
                continue;
            }
            let renewed = self.db.write_now(&self.ctx("jobs"), move |tx| {
                running.iter().try_for_each(|(id, claim)| renew(tx, *id, *claim))
            });
            if let Err(problem) = renewed {
                tracing::warn!(%problem, "leases of running jobs could not be renewed");
            }
        }
    }
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "without words".to_owned())
}

/// How many jobs of a city may wait for other machines at the same time, in one process.
const OUTSIDE: usize = 4;

/// Threads that run jobs until they are told to stop.
#[derive(Debug)]
pub struct Worker {
    jobs: Arc<Jobs>,
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Worker {
    /// Starts `threads` threads for the house and a few for what waits outside, and gives the periodic jobs their rows.
    pub fn start(jobs: Arc<Jobs>, threads: usize) -> Result<Self> {
        jobs.ensure_periodic()?;
        let mut worker = Self { jobs, stop: Arc::default(), threads: Vec::new() };
        for n in 0..threads.max(1) {
            worker.spawn(format!("job-{n}"), |jobs, stop| jobs.work_until(&[Pool::House], stop))?;
        }
        for n in 0..OUTSIDE {
            worker.spawn(format!("job-out-{n}"), |jobs, stop| jobs.work_until(&[Pool::Outside], stop))?;
        }
        worker.spawn("job-leases".to_owned(), Jobs::renew_until)?;
        Ok(worker)
    }

    fn spawn(&mut self, name: String, run: fn(&Jobs, &AtomicBool)) -> Result<()> {
        let (jobs, stop) = (Arc::clone(&self.jobs), Arc::clone(&self.stop));
        let thread = std::thread::Builder::new().name(name).spawn(move || run(&jobs, &stop));
        self.threads.push(thread.map_err(Problem::internal)?);
        Ok(())
    }

    /// Lets what runs come to its end, then returns. Dropping does the same.
    pub fn stop(self) {}
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.jobs.db.bell().ring();
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a thread that runs jobs panicked");
            }
        }
    }
}
