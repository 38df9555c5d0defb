//! Jobs: due if and only if what caused them was saved, never twice at once, never lost.

use kernel::problem::{Problem, Result};
use kernel::time::{DAY, HOUR, MINUTE, SECOND};
use parking_lot::Mutex;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant as Stopwatch};
use store::jobs::{self, Backlog, JobHandler, Jobs, Periodic, Toolbox, Work, Worker};
use store::tasks::{self, Reporter, TaskState};
use store::{Db, Event};
use testkit::{TestDb, both_engines};

both_engines!(&[];
    a_job_exists_only_if_its_cause_was_saved, a_job_waits_for_its_time, failures_are_tried_again_and_then_lie_dead,
    a_panic_is_a_failure, only_one_waits_and_none_is_lost, a_job_of_a_dead_process_is_taken_over,
    many_workers_run_each_job_once, periodic_jobs_are_never_doubled, a_worker_hears_of_new_work_at_once,
    unknown_kinds_wait_and_then_lie_dead, a_bar_moves_and_a_report_is_kept,
    what_is_done_with_its_end_is_done_once,
);

/// What the handlers of these tests note down.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    fn add(&self, note: &str) {
        self.0.lock().push(note.to_owned());
    }

    fn taken(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock())
    }
}

fn note(work: &Work<'_>) -> Result<()> {
    let text: String = work.payload()?;
    work.tools.get::<Notes>()?.add(&text);
    match text.as_str() {
        "fail" => Err(Problem::busy("not today")),
        "panic" => panic!("this job panics, as it should"),
        _ => Ok(()),
    }
}

const HANDLERS: &[JobHandler] = &[JobHandler::new("note", note).attempts(3)];

fn jobs(t: &TestDb) -> (Arc<Jobs>, Notes) {
    let notes = Notes::default();
    (t.jobs(HANDLERS, &[], Toolbox::default().with(notes.clone())), notes)
}

fn enqueue(t: &TestDb, text: &str, wait: i64, key: Option<&str>) {
    enqueue_on(&t.db, t, text, wait, key);
}

fn enqueue_on(db: &Db, t: &TestDb, text: &str, wait: i64, key: Option<&str>) {
    let (ctx, text, key) = (t.ctx_system(), text.to_owned(), key.map(str::to_owned));
    db.write_now(&ctx.clone(), move |tx| {
        jobs::enqueue(tx, "note", &text, ctx.now.plus(wait), key.as_deref())?;
        tx.record(&ctx, Event::city("test.done"))
    })
    .unwrap();
}

fn backlog(t: &TestDb) -> Backlog {
    t.db.read_now(jobs::backlog).unwrap()
}

fn a_job_exists_only_if_its_cause_was_saved(t: &TestDb) {
    let ctx = t.ctx_system();
    let refused = t.db.write_now(&ctx.clone(), move |tx| {
        jobs::enqueue(tx, "note", &"never", ctx.now, None)?;
        tx.record(&ctx, Event::city("test.done"))?;
        Err::<(), _>(Problem::stale())
    });
    assert!(refused.is_err());
    let (jobs, notes) = jobs(t);
    assert_eq!(jobs.run_all_due().unwrap(), 0);
    enqueue(t, "a", 0, None);
    enqueue(t, "b", 0, None);
    assert_eq!(jobs.run_all_due().unwrap(), 2);
    assert_eq!(notes.taken().len(), 2);
    assert_eq!(backlog(t), Backlog { due: 0, later: 0, dead: 0, due_since: None });
}

fn a_job_waits_for_its_time(t: &TestDb) {
    let (jobs, notes) = jobs(t);
    enqueue(t, "later", HOUR, None);
    assert_eq!(jobs.run_all_due().unwrap(), 0);
    assert_eq!(backlog(t).later, 1);
    t.clock.advance(HOUR);
    assert_eq!(jobs.run_all_due().unwrap(), 1);
    assert_eq!(notes.taken(), ["later"]);
}

fn failures_are_tried_again_and_then_lie_dead(t: &TestDb) {
    let (jobs, notes) = jobs(t);
    enqueue(t, "fail", 0, None);
    for attempt in 1..=3 {
        let outcomes = jobs.run_due().unwrap();
        assert_eq!(outcomes.len(), 1, "attempt {attempt}");
        assert_eq!(outcomes[0].result.as_ref().unwrap_err().code, "busy");
        assert_eq!(jobs.run_due().unwrap().len(), 0, "it must wait after attempt {attempt}");
        t.clock.advance(HOUR);
    }
    assert_eq!(jobs.run_due().unwrap().len(), 0);
    let dead = t.db.read_now(|tx| jobs::dead(tx, None, 10)).unwrap();
    assert_eq!((dead.len(), dead[0].attempts, dead[0].kind.as_str()), (1, 3, "note"));
    assert!(dead[0].last_error.as_ref().unwrap().contains("not today"));
    notes.taken();

    let (ctx, id) = (t.ctx_member(5, "王工", vec![]), dead[0].id);
    let by = ctx.clone();
    t.db.write_now(&ctx, move |tx| jobs::retry_dead(tx, &by, id)).unwrap();
    assert_eq!(jobs.run_due().unwrap().len(), 1);
    assert_eq!(notes.taken(), ["fail"]);
    for _ in 0..2 {
        t.clock.advance(HOUR);
        jobs.run_due().unwrap();
    }
    assert_eq!(backlog(t).dead, 1);
    let by = ctx.clone();
    t.db.write_now(&ctx, move |tx| jobs::discard_dead(tx, &by, id)).unwrap();
    assert_eq!(backlog(t).dead, 0);
    let twice = t.db.write_now(&ctx.clone(), move |tx| jobs::discard_dead(tx, &ctx, id));
    assert_eq!(twice.unwrap_err().status, 404);
}

fn a_panic_is_a_failure(t: &TestDb) {
    let (jobs, _) = jobs(t);
    enqueue(t, "panic", 0, None);
    let outcomes = jobs.run_due().unwrap();
    assert!(outcomes[0].result.as_ref().unwrap_err().to_string().contains("this job panics, as it should"));
    assert_eq!(backlog(t).later, 1);
}

/// Asks for itself while it runs, twice.
fn ask_again(work: &Work<'_>) -> Result<()> {
    let runs = work.tools.get::<Arc<AtomicU32>>()?.fetch_add(1, Ordering::SeqCst);
    if runs < 2 {
        let now = work.ctx.now;
        work.db.write_now(&work.ctx, move |tx| {
            tx.housekeeping();
            jobs::enqueue(tx, "again", &(), now, Some("again"))
        })?;
    }
    Ok(())
}

fn only_one_waits_and_none_is_lost(t: &TestDb) {
    let (jobs, notes) = jobs(t);
    for _ in 0..5 {
        enqueue(t, "one", HOUR, Some("k"));
    }
    // asking for it sooner brings it forward
    enqueue(t, "one", MINUTE, Some("k"));
    t.clock.advance(MINUTE);
    assert_eq!(jobs.run_all_due().unwrap(), 1);
    t.clock.advance(DAY);
    assert_eq!(jobs.run_all_due().unwrap(), 0);
    notes.taken();

    // asked for again while it runs: it runs once more
    let runs = Arc::new(AtomicU32::new(0));
    let tools = Toolbox::default().with(Arc::clone(&runs));
    let jobs = t.jobs(&[JobHandler::new("again", ask_again)], &[], tools);
    t.db.write_now(&t.ctx_system(), |tx| {
        tx.housekeeping();
        let now = tx.now();
        jobs::enqueue(tx, "again", &(), now, Some("again"))
    })
    .unwrap();
    assert_eq!(jobs.run_all_due().unwrap(), 3);
    assert_eq!(runs.load(Ordering::SeqCst), 3);

    // a dead one comes back to life when it is asked for
    let (jobs, _) = self::jobs(t);
    enqueue(t, "fail", 0, Some("dead"));
    for _ in 0..3 {
        jobs.run_due().unwrap();
        t.clock.advance(HOUR);
    }
    assert_eq!(backlog(t).dead, 1);
    enqueue(t, "fail", 0, Some("dead"));
    assert_eq!((backlog(t).dead, backlog(t).due), (0, 1));
    t.leave_jobs();
}

/// A handler that dies with its process: it never comes back while the test looks.
fn a_job_of_a_dead_process_is_taken_over(t: &TestDb) {
    let (first, notes) = jobs(t);
    enqueue(t, "x", 0, None);
    // another process's claim, seen from here: the lease is all there is
    store::db::tamper(
        &t.location,
        &format!("update job set claim = 77, attempts = 1, run_at = {}", t.db.now().plus(2 * MINUTE).0),
    )
    .unwrap();
    assert_eq!(first.run_all_due().unwrap(), 0);
    t.clock.advance(2 * MINUTE + SECOND);
    assert_eq!(first.run_all_due().unwrap(), 1);
    assert_eq!(notes.taken(), ["x"]);
}

fn many_workers_run_each_job_once(t: &TestDb) {
    let notes = Notes::default();
    // two programs on the same city, each with its own connections
    let other =
        Db::open(t.location.clone(), t.folder(), t.db.clock(), &[], store::Options::default()).unwrap();
    let all: Vec<Arc<Jobs>> = [&t.db, &other]
        .into_iter()
        .map(|db| {
            Jobs::new(db.clone(), t.city.clone(), HANDLERS, &[], Toolbox::default().with(notes.clone()))
                .unwrap()
        })
        .collect();
    for n in 0..120 {
        enqueue_on(if n % 2 == 0 { &t.db } else { &other }, t, &n.to_string(), 0, None);
    }
    let workers: Vec<Worker> = all.into_iter().map(|jobs| Worker::start(jobs, 3).unwrap()).collect();
    let patience = Stopwatch::now();
    while backlog(t).due > 0 || notes.0.lock().len() < 120 {
        assert!(patience.elapsed() < Duration::from_mins(1), "{:?}", backlog(t));
        thread::sleep(Duration::from_millis(20));
    }
    for worker in workers {
        worker.stop();
    }
    let mut taken: Vec<u32> = notes.taken().iter().map(|n| n.parse().unwrap()).collect();
    taken.sort_unstable();
    assert_eq!(taken, (0..120).collect::<Vec<_>>());
    assert_eq!(backlog(t).due, 0);
}

fn periodic_jobs_are_never_doubled(t: &TestDb) {
    fn tick(work: &Work<'_>) -> Result<()> {
        work.tools.get::<Notes>()?.add("tick");
        if work.attempt > 1 || work.tools.get::<AtomicU32>()?.load(Ordering::SeqCst) == 0 {
            return Ok(());
        }
        Err(Problem::busy("once"))
    }
    let notes = Notes::default();
    let periodic = [Periodic::new("tick", 600, tick).at_startup()];
    let make = |fails: u32| {
        t.jobs(&[], &periodic, Toolbox::default().with(notes.clone()).with(AtomicU32::new(fails)))
    };
    let (a, b) = (make(0), make(0));
    for jobs in [&a, &b] {
        jobs.ensure_periodic().unwrap();
        jobs.run_due().unwrap();
    }
    assert_eq!(notes.taken(), ["tick"], "two programs that start together run it once");
    // the store has periodic work of its own, which is run beside it
    let both = || {
        a.run_all_due().unwrap();
        b.run_all_due().unwrap();
        notes.taken()
    };
    t.clock.advance(599 * SECOND);
    assert!(both().is_empty());
    t.clock.advance(SECOND);
    assert_eq!(both(), ["tick"]);
    // a program that starts later runs it at once, because it has not just run
    t.clock.advance(300 * SECOND);
    let c = make(1);
    c.ensure_periodic().unwrap();
    c.run_due().unwrap();
    assert_eq!(notes.taken(), ["tick"]);
    // it failed; it is tried again soon and never dies
    t.clock.advance(10 * SECOND);
    c.run_due().unwrap();
    assert_eq!(notes.taken(), ["tick"]);
    t.clock.advance(DAY);
    c.run_due().unwrap();
    assert_eq!(notes.taken(), ["tick"]);
}

fn a_worker_hears_of_new_work_at_once(t: &TestDb) {
    let (jobs, notes) = jobs(t);
    let worker = Worker::start(jobs, 2).unwrap();
    thread::sleep(Duration::from_millis(100));
    let started = Stopwatch::now();
    for n in 0..5 {
        enqueue(t, "ring", 0, None);
        while notes.0.lock().len() <= n {
            assert!(started.elapsed() < Duration::from_secs(30));
            thread::sleep(Duration::from_millis(1));
        }
    }
    // five polls of a second each would take longer
    assert!(started.elapsed() < Duration::from_millis(2500), "{:?}", started.elapsed());
    worker.stop();
}

fn unknown_kinds_wait_and_then_lie_dead(t: &TestDb) {
    enqueue(t, "x", 0, None);
    let jobs = t.jobs(&[], &[], Toolbox::default());
    for _ in 0..12 {
        assert_eq!(jobs.run_due().unwrap().len(), 1);
        t.clock.advance(2 * HOUR);
    }
    let dead = t.db.read_now(|tx| jobs::dead(tx, None, 10)).unwrap();
    assert!(dead[0].last_error.as_ref().unwrap().contains("nothing here handles"));
    let twice = [JobHandler::new("same", note), JobHandler::new("same", note)];
    assert!(Jobs::new(t.db.clone(), t.city.clone(), &twice, &[], Toolbox::default()).is_err());
}

fn a_bar_moves_and_a_report_is_kept(t: &TestDb) {
    let ctx = t.ctx_member(5, "王工", vec![]);
    let by = ctx.clone();
    let id = t.db.write_now(&ctx, move |tx| {
        tx.record(&by, Event::city("test.done"))?;
        tasks::start(tx, &by, "import", 1000)
    });
    let id = id.unwrap();
    let mut reporter = Reporter::new(&t.db, &ctx, id);
    for done in 0..1000 {
        reporter.advance(done, 1000, "rows").unwrap();
    }
    let half = t.db.read_now(move |tx| tasks::get(tx, id)).unwrap();
    assert_eq!((half.state, half.started_by.as_str()), (TaskState::Running, "person:5"));
    reporter.finish(&[3, 4]).unwrap();
    let done = t.db.read_now(move |tx| tasks::get(tx, id)).unwrap();
    assert_eq!(
        (done.state, done.percent(), done.report::<Vec<i32>>().unwrap()),
        (TaskState::Done, Some(100), vec![3, 4])
    );
    assert_eq!(t.db.read_now(|tx| tasks::recent(tx, "import", 10)).unwrap().len(), 1);
    // most of the thousand steps were not written
    let reports =
        t.db.read_now(|tx| tx.value(store::sql!((i64,): "select count(*) from audit"), &[])).unwrap();
    assert_eq!(reports, 1);
}

/// What happens to a run of a job in the middle of it.
struct Interruption(Box<dyn Fn(i64) + Send + Sync>);

fn write_once(work: &Work<'_>) -> Result<()> {
    work.tools.get::<Interruption>()?.0(work.attempt);
    work.once(|ctx, tx| tx.record(ctx, Event::city("test.once")))
}

/// A run sleeps through its lease; another process takes the job over and does it; the sleeper wakes and changes nothing.
/// And a run that dies after its write leaves nothing to be done again.
fn what_is_done_with_its_end_is_done_once(t: &TestDb) {
    const ONCE: &[JobHandler] = &[JobHandler::new("once", write_once)];
    let other = t.jobs(ONCE, &[], Toolbox::default().with(Interruption(Box::new(|_| ()))));
    let (clock, ran) = (t.clock.clone(), Arc::new(AtomicU32::new(0)));
    let counted = Arc::clone(&ran);
    let asleep = Interruption(Box::new(move |attempt| {
        if attempt == 1 {
            clock.advance(HOUR);
            counted.fetch_add(u32::try_from(other.run_all_due().unwrap()).unwrap(), Ordering::SeqCst);
        }
    }));
    let jobs = t.jobs(ONCE, &[], Toolbox::default().with(asleep));
    let ctx = t.ctx_system();
    t.db.write_now(&ctx.clone(), move |tx| {
        jobs::enqueue(tx, "once", &"x", ctx.now, None)?;
        tx.record(&ctx, Event::city("test.done"))
    })
    .unwrap();
    let outcomes = jobs.run_due().unwrap();
    assert_eq!(ran.load(Ordering::SeqCst), 1, "the other process took it over");
    assert_eq!(outcomes[0].result.as_ref().unwrap_err().code, "stale");
    let place = store::follow::Place::new();
    let seen = t.db.read_now(move |tx| store::follow::after(tx, &place, 100)).unwrap();
    assert_eq!(seen.iter().filter(|e| e.verb == "test.once").count(), 1);
    assert_eq!(backlog(t), Backlog { due: 0, later: 0, dead: 0, due_since: None });
}
