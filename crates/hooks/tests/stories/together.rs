//! Two programs on one city, each with its own connections and threads; and endpoints beside each other.

use super::world::{World, features, of, once, step_of, told};
use kernel::time::{MINUTE, SECOND};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant as Stopwatch};
use store::Db;
use store::jobs::{Jobs, Toolbox, Worker};
use testkit::{Receiver, Reply};
use web::outgoing::{Catalogue, Outgoing};
use web::{City, Feature};

told!(two_programs_never_send_a_try_twice, a_slow_endpoint_does_not_hold_up_others);

/// Another program that serves the same city.
fn other_program(w: &World) -> City {
    let migrations: Vec<_> = features().iter().flat_map(|f| f.migrations.iter().copied()).collect();
    let test = &w.t.test;
    let db = Db::open(
        test.location.clone(),
        test.folder(),
        test.db.clock(),
        &migrations,
        store::Options::default(),
    )
    .unwrap();
    let city = City::new(test.city.clone(), "嘉峪关市", db);
    city.keep(Catalogue::of(&features()));
    city.keep((*w.t.city.kept::<Outgoing>().unwrap()).clone());
    city
}

fn jobs(city: &City) -> Arc<Jobs> {
    let handlers: Vec<_> = features().iter().flat_map(|f: &Feature| f.jobs.iter().copied()).collect();
    Jobs::new(city.db().clone(), city.code().clone(), &handlers, &[], Toolbox::default().with(city.clone()))
        .unwrap()
}

/// Waits as long as something comes: how fast that is, the machine's other work decides.
fn wait_until(w: &World, what: &str, mut is: impl FnMut() -> bool) {
    let (mut patience, mut came) = (Stopwatch::now(), 0);
    while !is() {
        let now = w.receiver.received().len();
        if now > came {
            (patience, came) = (Stopwatch::now(), now);
        }
        assert!(patience.elapsed() < Duration::from_secs(90), "{what}: {came} came");
        std::thread::sleep(Duration::from_millis(10));
    }
}

const THINGS: i64 = 12;
const STEPS: i64 = 20;

fn two_programs_never_send_a_try_twice(w: &World) {
    w.t.test.leave_jobs();
    let endpoint = w.listen("/in");
    // every fourth try fails
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    w.receiver.answer(move |_| {
        let n = counted.fetch_add(1, Ordering::SeqCst);
        Reply::Status(if n % 4 == 3 { 500 } else { 200 })
    });
    let other = other_program(w);
    let workers: Vec<Worker> =
        [&w.t.city, &other].into_iter().map(|city| Worker::start(jobs(city), 2).unwrap()).collect();
    for step in 0..STEPS {
        for thing in 0..THINGS {
            w.happen(thing, step);
        }
    }
    wait_until(w, "everything is sent", || {
        // the clock of tests stands still by itself
        w.t.advance(SECOND);
        once(&w.receiver.received()).len() == usize::try_from(THINGS * STEPS).unwrap()
            && w.line(&endpoint).waiting == 0
    });
    drop(workers);
    let received = w.receiver.received();
    let failed = count.load(Ordering::SeqCst) / 4;
    assert_eq!(received.len(), usize::try_from(THINGS * STEPS).unwrap() + failed, "a try came twice");
    // in order as taken: the first success of each
    let mut taken = Vec::new();
    for (n, request) in received.iter().enumerate() {
        if n % 4 != 3 {
            taken.push(step_of(request));
        }
    }
    for thing in 0..THINGS {
        assert_eq!(of(&taken, thing), (0..STEPS).collect::<Vec<_>>(), "thing {thing}");
    }
}

fn a_slow_endpoint_does_not_hold_up_others(w: &World) {
    w.t.test.leave_jobs();
    let slow = Receiver::start();
    slow.answer(|_| Reply::Slow(Duration::from_secs(4)));
    let mut draft = w.draft("/slow");
    draft.url = slow.url("/slow");
    w.listen_to(draft);
    w.listen("/quick");
    let worker = Worker::start(jobs(&w.t.city), 1).unwrap();
    for thing in 0..4 {
        w.happen(thing, 1);
    }
    let began = Stopwatch::now();
    wait_until(w, "the quick one has all", || {
        w.t.advance(SECOND);
        w.receiver.received().len() == 4
    });
    assert!(began.elapsed() < Duration::from_millis(3500), "{:?}", began.elapsed());
    // and the house's own thread was never asked to wait
    w.t.advance(MINUTE);
    wait_until(w, "the slow one gets its own", || slow.received().len() == 4);
    drop(worker);
}
