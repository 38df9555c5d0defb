//! Idempotency keys.

use kernel::time::{DAY, SECOND};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use store::idempotency::{Answer, once, request_hash};
use store::jobs::Toolbox;
use store::{Event, Options};
use testkit::{TestDb, both_engines};

both_engines!(&[]; thirty_two_callers_work_once, a_refusal_frees_the_key, keys_are_forgotten_after_a_day);

fn answer(body: &str) -> Answer {
    Answer { status: 201, body: body.to_owned() }
}

fn thirty_two_callers_work_once(t: &TestDb) {
    // as many writers as a city has
    let t = &TestDb::open_with(t.engine, &[], Options::default());
    let (ran, start) = (Arc::new(AtomicU32::new(0)), Arc::new(Barrier::new(32)));
    let callers: Vec<_> = (0..32)
        .map(|n| {
            let (db, ctx, ran, start) = (t.db.clone(), t.ctx_system(), Arc::clone(&ran), Arc::clone(&start));
            thread::spawn(move || {
                start.wait();
                db.write_now(&ctx.clone(), move |tx| {
                    let by = ctx.clone();
                    once(tx, &ctx, "key", &request_hash(&[b"POST", b"/cases", b"{}"]), move |tx| {
                        ran.fetch_add(1, Ordering::SeqCst);
                        tx.record(&by, Event::city("test.done"))?;
                        Ok(answer(&format!("caller {n}")))
                    })
                })
            })
        })
        .collect();
    let answers: Vec<Answer> = callers.into_iter().map(|c| c.join().unwrap().unwrap()).collect();
    assert_eq!(ran.load(Ordering::SeqCst), 1);
    assert!(answers.iter().all(|a| *a == answers[0]), "{answers:?}");

    let ctx = t.ctx_system();
    let other =
        t.db.write_now(&ctx.clone(), move |tx| once(tx, &ctx, "key", "another", |_| Ok(answer("never"))));
    let problem = other.unwrap_err();
    assert_eq!((problem.status, problem.code), (409, "idempotency-key-reused"));

    // another person's key of the same name is another key
    let ctx = t.ctx_member(7, "甲", vec![]);
    let theirs = t.db.write_now(&ctx.clone(), move |tx| {
        let by = ctx.clone();
        once(tx, &ctx, "key", "another", move |tx| {
            tx.record(&by, Event::city("test.done"))?;
            Ok(answer("theirs"))
        })
    });
    assert_eq!(theirs.unwrap(), answer("theirs"));
}

fn a_refusal_frees_the_key(t: &TestDb) {
    for expected in [Err(()), Ok(answer("second try")), Ok(answer("second try"))] {
        let (ctx, fail) = (t.ctx_system(), expected.is_err());
        let got = t.db.write_now(&ctx.clone(), move |tx| {
            let by = ctx.clone();
            once(tx, &ctx, "key", "h", move |tx| {
                tx.record(&by, Event::city("test.done"))?;
                if fail { Err(kernel::problem::Problem::stale()) } else { Ok(answer("second try")) }
            })
        });
        assert_eq!(got.map_err(|_| ()), expected);
    }
}

fn keys_are_forgotten_after_a_day(t: &TestDb) {
    let ask = |body: &'static str| {
        let ctx = t.ctx_system();
        t.db.write_now(&ctx.clone(), move |tx| {
            let by = ctx.clone();
            once(tx, &ctx, "key", "h", move |tx| {
                tx.record(&by, Event::city("test.done"))?;
                Ok(answer(body))
            })
        })
        .unwrap()
        .body
    };
    let jobs = t.jobs(&[], &[], Toolbox::default());
    jobs.ensure_periodic().unwrap();
    assert_eq!(ask("first"), "first");
    t.clock.advance(DAY - SECOND);
    jobs.run_all_due().unwrap();
    assert_eq!(ask("second"), "first");
    t.clock.advance(3601 * SECOND);
    jobs.run_all_due().unwrap();
    assert_eq!(ask("third"), "third");
}
