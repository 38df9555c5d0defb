//! How fast the layer is by itself. Not a test: `scripts/with-postgres --durable cargo test --release -p store -- --ignored
//! --nocapture speed`.

use kernel::id::Id;
use std::thread;
use std::time::{Duration, Instant};
use store::{Event, Options, jobs};
use testkit::{TestDb, engines};

#[test]
#[ignore = "measures instead of testing"]
fn speed() {
    for engine in engines() {
        for callers in [1, 8, 64, 256] {
            for with_job in [false, true] {
                let t = TestDb::open_with(engine, &[], Options { writers: 16, ..Options::default() });
                t.leave_jobs();
                let until = Instant::now() + Duration::from_secs(3);
                let all: Vec<_> = (0..callers)
                    .map(|_| {
                        let (db, ctx) = (t.db.clone(), t.ctx_system());
                        thread::spawn(move || {
                            let mut waits = Vec::new();
                            while Instant::now() < until {
                                let (by, started) = (ctx.clone(), Instant::now());
                                db.write_now(&ctx, move |tx| {
                                    let id = tx.new_id::<()>();
                                    if with_job {
                                        jobs::enqueue(tx, "x", &id, by.now, None)?;
                                    }
                                    tx.record(
                                        &by,
                                        Event::new("case.reported", id).with("number", "CASE-2026-000001"),
                                    )
                                })
                                .unwrap();
                                waits.push(started.elapsed());
                            }
                            waits
                        })
                    })
                    .collect();
                let mut waits: Vec<Duration> = all.into_iter().flat_map(|c| c.join().unwrap()).collect();
                waits.sort_unstable();
                let at = |part: usize| waits[waits.len() * part / 100].as_secs_f64() * 1e3;
                println!(
                    "{engine:?} {callers:3} callers{}: {:6} /s, p50 {:.2} ms, p99 {:.2} ms",
                    if with_job { " + job" } else { "      " },
                    waits.len() / 3,
                    at(50),
                    at(99)
                );
            }
        }
    }
    let _ = Id::<()>::new(0);
}

store::sealed_columns! {
    Line = "speed_of_test"."line" of "id";
}

/// What sealing and opening a text of so many bytes takes: `cargo test -p store -- --ignored --nocapture sealing`.
#[test]
#[ignore = "measures instead of testing"]
fn sealing() {
    const TIMES: u32 = 20_000;
    for seal_with in store::sealed::Algorithm::ALL {
        let options = Options { seal_with, ..Options::default() };
        let t = TestDb::open_with(testkit::Engine::Embedded, &[], options);
        for length in [11, 200] {
            let text = "1".repeat(length);
            let (sealed, opened) =
                t.db.write_now(&t.ctx_system(), move |tx| {
                    tx.housekeeping();
                    let started = Instant::now();
                    let mut stored = String::new();
                    for _ in 0..TIMES {
                        stored = tx.seal::<Line>(7, &text)?;
                    }
                    let sealed = started.elapsed() / TIMES;
                    let started = Instant::now();
                    for _ in 0..TIMES {
                        assert_eq!(tx.unseal::<Line>(7, &stored)?, text);
                    }
                    Ok((sealed, started.elapsed() / TIMES))
                })
                .unwrap();
            println!("{} {length:3} bytes: seal {sealed:?}, open {opened:?}", seal_with.code());
        }
    }
}
