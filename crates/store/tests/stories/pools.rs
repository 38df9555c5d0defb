//! Where jobs run, and when they come again by their own word.

use kernel::problem::Result;
use kernel::time::{HOUR, SECOND};
use parking_lot::{Condvar, Mutex};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant as Stopwatch};
use store::Event;
use store::jobs::{self, Backlog, JobHandler, Toolbox, Work, Worker};
use testkit::{TestDb, both_engines};

both_engines!(&[]; work_outside_does_not_hold_up_the_house, a_job_may_say_when_it_comes_again);

/// A far machine that answers when the test lets it.
type Gate = Arc<(Mutex<bool>, Condvar)>;

type Count = Arc<AtomicU32>;

fn far(work: &Work<'_>) -> Result<()> {
    let gate = work.tools.get::<Gate>()?;
    let mut open = gate.0.lock();
    while !*open {
        gate.1.wait(&mut open);
    }
    Ok(())
}

fn near(work: &Work<'_>) -> Result<()> {
    work.tools.get::<Count>()?.fetch_add(1, Ordering::SeqCst);
    Ok(())
}

fn backlog(t: &TestDb) -> Backlog {
    t.db.read_now(jobs::backlog).unwrap()
}

fn wait_until(what: &str, is: impl Fn() -> bool) {
    let patience = Stopwatch::now();
    while !is() {
        assert!(patience.elapsed() < Duration::from_mins(1), "{what}");
        thread::sleep(Duration::from_millis(5));
    }
}

fn work_outside_does_not_hold_up_the_house(t: &TestDb) {
    let (ran, gate) = (Count::default(), Gate::default());
    let handlers = [JobHandler::new("near", near), JobHandler::new("far", far)];
    let jobs = t.jobs(&handlers, &[], Toolbox::default().with(Arc::clone(&ran)).with(Arc::clone(&gate)));
    let ctx = t.ctx_system();
    t.db.write_now(&ctx.clone(), move |tx| {
        // more than there are threads for, and before what the house has to do
        for n in 0..10 {
            jobs::enqueue_outside(tx, "far", &n, ctx.now.plus(-SECOND), None)?;
        }
        jobs::enqueue(tx, "near", &(), ctx.now, None)?;
        tx.record(&ctx, Event::city("test.done"))
    })
    .unwrap();
    let worker = Worker::start(jobs, 1).unwrap();
    wait_until("the house waits for a far machine", || ran.load(Ordering::SeqCst) == 1);
    assert!(backlog(t).due + backlog(t).later >= 10, "nothing outside has ended yet");
    *gate.0.lock() = true;
    gate.1.notify_all();
    wait_until("what waited outside is done", || {
        // what is claimed lies ahead by its lease; the store's own periodic jobs stay
        backlog(t).due == 0 && backlog(t).later < 10
    });
    worker.stop();
}

fn a_job_may_say_when_it_comes_again(t: &TestDb) {
    fn twice(work: &Work<'_>) -> Result<()> {
        if work.tools.get::<Count>()?.fetch_add(1, Ordering::SeqCst) == 0 {
            work.again_at(work.ctx.now.plus(HOUR));
        }
        Ok(())
    }
    let ran = Count::default();
    let jobs = t.jobs(&[JobHandler::new("twice", twice)], &[], Toolbox::default().with(Arc::clone(&ran)));
    let ctx = t.ctx_system();
    t.db.write_now(&ctx.clone(), move |tx| {
        jobs::enqueue(tx, "twice", &(), ctx.now, Some("twice"))?;
        tx.record(&ctx, Event::city("test.done"))
    })
    .unwrap();
    assert_eq!(jobs.run_all_due().unwrap(), 1);
    t.clock.advance(HOUR - SECOND);
    assert_eq!(jobs.run_all_due().unwrap(), 0);
    assert_eq!(backlog(t).later, 1);
    t.clock.advance(SECOND);
    assert_eq!(jobs.run_all_due().unwrap(), 1);
    assert_eq!((ran.load(Ordering::SeqCst), backlog(t).later), (2, 0));
}
