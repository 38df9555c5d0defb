//! The writer: drains a queue of transactions and commits many callers' work together.
//!
//! Each caller's work runs inside a savepoint of its own; whoever fails or panics rolls back only that. Nobody is told
//! of success before the commit that holds their work is on disk. A burst of callers costs one flush, not one each.

use crate::audit::{Hash, Head};
use crate::dialect::Engine;
use crate::sealed::Keys;
use crate::tx::{Lane, Tx};
use kernel::id::IdMaker;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant as Stopwatch};

/// How one caller's work ended inside the transaction, and how to tell them.
pub(crate) struct Done {
    pub(crate) keep: bool,
    pub(crate) tell: Box<dyn FnOnce(Result<()>) + Send>,
}

pub(crate) struct Work {
    pub(crate) now: Instant,
    pub(crate) run: Box<dyn FnOnce(&mut Tx<'_>) -> Done + Send>,
}

/// Many writers may share one queue; each takes the lock for the moment of receiving only.
pub(crate) type Queue = Arc<parking_lot::Mutex<Receiver<Work>>>;

/// A slow transaction holds up everybody behind it; it is named in the log from here on.
const SLOW: Duration = Duration::from_millis(200);
/// One commit gathers work for at most this long.
const GATHER: Duration = Duration::from_millis(8);

pub(crate) struct Writer {
    pub(crate) engine: Box<dyn Engine>,
    pub(crate) reopen: Box<dyn Fn() -> Result<Box<dyn Engine>> + Send>,
    pub(crate) queue: Queue,
    pub(crate) keys: Keys,
    /// With what links are to be hashed, as a number.
    pub(crate) hash: Arc<AtomicU8>,
    /// Most callers in one commit.
    pub(crate) batch: usize,
}

impl Writer {
    pub(crate) fn run(mut self) {
        let mut lane = None;
        loop {
            let Ok(first) = self.queue.lock().recv() else { return };
            if self.engine.is_lost() {
                match (self.reopen)() {
                    Ok(engine) => {
                        self.engine = engine;
                        lane = None;
                    }
                    Err(problem) => {
                        tracing::error!(%problem, "the database cannot be reached; the request is refused");
                        refuse(first, &problem);
                        continue;
                    }
                }
            }
            if let Err(problem) = self.commit_batch(first, &mut lane) {
                tracing::error!(%problem, "a batch of writes failed");
                lane = None;
            }
        }
    }

    fn wanted(&self) -> Hash {
        Hash::of_number(self.hash.load(Ordering::Acquire))
    }

    fn commit_batch(&mut self, first: Work, lane: &mut Option<Lane>) -> Result<()> {
        if let Err(problem) = self.begin_or_reopen(lane) {
            refuse(first, &problem);
            return Err(problem);
        }
        let wanted = self.wanted();
        let Some(lane) = lane.as_mut() else { return Err(Problem::internal("a writer without a lane")) };
        let (before, last_id) = (lane.head, lane.ids.last());
        lane.wanted = wanted;
        let started = Stopwatch::now();
        let mut told: Vec<Done> = Vec::new();
        let mut next = Some(first);
        let (mut ran, mut kept) = (0, 0);
        while let Some(work) = next.take() {
            ran += 1;
            if let Some(done) = self.run_one(work, lane) {
                kept += usize::from(done.keep);
                told.push(done);
            }
            if ran < self.batch && started.elapsed() < GATHER {
                next = self.queue.try_lock().and_then(|q| q.try_recv().ok());
            }
        }
        metrics::histogram!("db_batch_size").record(u32::try_from(ran).unwrap_or(u32::MAX));
        let result = if kept == 0 {
            lane.head = before;
            self.engine.rollback()
        } else {
            self.commit(lane, (before, last_id))
        };
        if let Err(problem) = &result {
            lane.head = before;
            let _ = self.engine.rollback();
            for done in told {
                (done.tell)(Err(Problem::busy(format!("commit failed: {problem}"))));
            }
            return result;
        }
        metrics::counter!("db_commits_total").increment(1);
        for done in told {
            (done.tell)(Ok(()));
        }
        Ok(())
    }

    /// Runs one caller's work in its savepoint. `None` when it panicked: its answer channel is gone then.
    fn run_one(&mut self, work: Work, lane: &mut Lane) -> Option<Done> {
        let started = Stopwatch::now();
        let before = lane.head;
        // a transaction of a single caller needs no savepoint: it is rolled back whole
        let shared = self.batch > 1;
        if shared && let Err(problem) = self.engine.savepoint() {
            refuse(work, &problem);
            return None;
        }
        let (engine, keys) = (self.engine.as_mut(), &self.keys);
        let done = catch_unwind(AssertUnwindSafe(|| {
            let mut tx = Tx::new(engine, Some(lane), work.now, keys);
            (work.run)(&mut tx)
        }));
        if started.elapsed() > SLOW {
            tracing::warn!(millis = started.elapsed().as_millis(), "a slow write held up the others");
        }
        let keep = done.as_ref().is_ok_and(|d| d.keep);
        let ended = match (shared, keep) {
            (false, _) => Ok(()),
            (true, true) => self.engine.release(),
            (true, false) => self.engine.retreat(),
        };
        if !keep || ended.is_err() {
            lane.head = before;
        }
        match (done, ended) {
            (Ok(done), Ok(())) => Some(done),
            (Ok(done), Err(problem)) => {
                (done.tell)(Err(problem));
                None
            }
            (Err(_), _) => {
                tracing::error!("a write panicked; it was rolled back");
                None
            }
        }
    }

    /// Begins; once more on a fresh connection when the old one turns out to be dead, because nothing has run yet.
    fn begin_or_reopen(&mut self, lane: &mut Option<Lane>) -> Result<()> {
        match self.begin(lane) {
            Err(_) if self.engine.is_lost() => {
                self.engine = (self.reopen)()?;
                *lane = None;
                self.begin(lane)
            }
            other => other,
        }
    }

    fn begin(&mut self, lane: &mut Option<Lane>) -> Result<()> {
        let number = match lane {
            Some(lane) => lane.number,
            None => self.engine.take_lane()?,
        };
        self.engine.begin(true)?;
        if lane.is_none() || !self.engine.lane_is_private() {
            match self.load_lane(number) {
                Ok(fresh) => *lane = Some(fresh),
                Err(problem) => {
                    let _ = self.engine.rollback();
                    return Err(problem);
                }
            }
        }
        Ok(())
    }

    fn load_lane(&mut self, number: u8) -> Result<Lane> {
        let mut found = None;
        self.engine.query(
            "select seq, hash, last_id from audit_head where lane = $1",
            &[&number],
            &mut |row| {
                let hash: Vec<u8> = row.get(1)?;
                let hash = hash.try_into().map_err(|_| Problem::internal("an audit head is not 32 bytes"))?;
                let algorithm = Hash::Sha256;
                found = Some((Head { seq: row.get(0)?, hash, algorithm }, row.get::<i64>(2)?));
                Ok(())
            },
        )?;
        let (mut head, last) = found.unwrap_or((Head::START, 0));
        self.engine.query(
            "select algorithm from audit where lane = $1 and seq = $2",
            &[&number, &head.seq],
            &mut |row| {
                head.algorithm = row.get(0)?;
                Ok(())
            },
        )?;
        Ok(Lane { number, head, ids: IdMaker::new(number, last), wanted: self.wanted() })
    }

    fn commit(&mut self, lane: &Lane, before: (Head, i64)) -> Result<()> {
        // housekeeping may have made neither event nor id
        if (lane.head, lane.ids.last()) == before {
            return self.engine.commit();
        }
        self.engine.commit_with_head(lane.number, lane.head.seq, &lane.head.hash, lane.ids.last())
    }
}

fn refuse(work: Work, problem: &Problem) {
    // the work was never run: dropping it closes the caller's channel, which they are told as "busy"
    tracing::debug!(%problem, "a write was refused before it ran");
    drop(work);
}
