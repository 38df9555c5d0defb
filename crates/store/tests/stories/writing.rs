//! The writer: who fails takes nobody along, nobody hears "saved" before it is, and nothing is saved in silence.

use kernel::id::Id;
use kernel::problem::Problem;
use kernel::time::SECOND;
use std::collections::HashSet;
use std::sync::{Arc, Barrier};
use std::thread;
use store::{Event, Query, sql};
use testkit::{TestDb, both_engines};

both_engines!(&[];
    silence_is_refused, a_read_cannot_write, who_fails_takes_nobody_along, an_answer_means_it_is_saved,
    a_read_sees_one_moment, panicking_reads_do_not_use_up_the_readers, ids_grow_and_never_repeat, lists_go_on_by_key,
    number_series_count_by_themselves, what_one_engine_cannot_store_neither_stores,
);

fn put(tx: &mut store::Tx<'_>, name: &str) -> kernel::problem::Result<u64> {
    tx.exec(sql!("insert into setting (name, value, changed_at) values ($1, '1', 0)"), &[&name])
}

fn names(t: &TestDb) -> Vec<String> {
    let rows = t.db.read_now(|tx| tx.all(sql!((String,): "select name from setting order by name"), &[]));
    rows.unwrap().into_iter().map(|(name,)| name).collect()
}

fn silence_is_refused(t: &TestDb) {
    let problem = t.db.write_now(&t.ctx_system(), |tx| put(tx, "a")).unwrap_err();
    assert_eq!((problem.status, problem.code), (500, "internal"));
    assert!(problem.detail.unwrap().contains("recorded no event"));
    assert!(names(t).is_empty());
}

fn a_read_cannot_write(t: &TestDb) {
    let problem = t.db.read_now(|tx| put(tx, "a")).unwrap_err();
    assert_eq!(problem.code, "internal");
    assert!(names(t).is_empty());
}

fn who_fails_takes_nobody_along(t: &TestDb) {
    let start = Arc::new(Barrier::new(50));
    let callers: Vec<_> = (0..50)
        .map(|n| {
            let (db, ctx, start) = (t.db.clone(), t.ctx_system(), Arc::clone(&start));
            thread::spawn(move || {
                start.wait();
                db.write_now(&ctx.clone(), move |tx| {
                    put(tx, &format!("{n:02}"))?;
                    tx.record(&ctx, Event::city("test.done").with("n", n))?;
                    match n {
                        13 => Err(Problem::conflict("unlucky")),
                        27 => panic!("this caller panics, as it should"),
                        _ => Ok(n),
                    }
                })
            })
        })
        .collect();
    for (n, caller) in callers.into_iter().enumerate() {
        let answer = caller.join().unwrap();
        match n {
            13 => assert_eq!(answer.unwrap_err().code, "unlucky"),
            27 => assert_eq!(answer.unwrap_err().status, 503),
            _ => assert_eq!(answer.unwrap(), n),
        }
    }
    let expected: Vec<String> =
        (0..50).filter(|n| ![13, 27].contains(n)).map(|n| format!("{n:02}")).collect();
    assert_eq!(names(t), expected);
    let verdict = t.db.read_now(store::audit::verify).unwrap();
    assert!(matches!(verdict, store::audit::Verdict::Whole { links: 48, .. }), "{verdict:?}");
}

fn an_answer_means_it_is_saved(t: &TestDb) {
    let callers: Vec<_> = (0..8)
        .map(|caller| {
            let (db, ctx) = (t.db.clone(), t.ctx_system());
            thread::spawn(move || {
                for n in 0..25 {
                    let name = format!("{caller}-{n}");
                    let (given, by) = (name.clone(), ctx.clone());
                    db.write_now(&ctx, move |tx| {
                        put(tx, &given)?;
                        tx.record(&by, Event::city("test.done"))
                    })
                    .unwrap();
                    // another connection sees it at once, which it could not if it had not been committed
                    let seen = db
                        .read_now(move |tx| {
                            tx.one(sql!((i64,): "select 1 from setting where name = $1"), &[&name])
                        })
                        .unwrap();
                    assert!(seen.is_some());
                }
            })
        })
        .collect();
    for caller in callers {
        caller.join().unwrap();
    }
    assert_eq!(names(t).len(), 200);
}

fn a_read_sees_one_moment(t: &TestDb) {
    let (db, ctx) = (t.db.clone(), t.ctx_system());
    let counts = t.db.read_now(move |tx| {
        let before = tx.value(sql!((i64,): "select count(*) from setting"), &[])?;
        db.write_now(&ctx.clone(), move |tx| {
            put(tx, "a")?;
            tx.record(&ctx, Event::city("test.done"))
        })?;
        let after = tx.value(sql!((i64,): "select count(*) from setting"), &[])?;
        Ok((before, after))
    });
    assert_eq!(counts.unwrap(), (0, 0));
    assert_eq!(names(t), ["a"]);
}

fn panicking_reads_do_not_use_up_the_readers(t: &TestDb) {
    for _ in 0..10 {
        let answer =
            t.db.read_now(|_| -> kernel::problem::Result<()> { panic!("this reader panics, as it should") });
        assert_eq!(answer.unwrap_err().status, 503);
        let refused =
            t.db.read_now(|tx| tx.all(sql!((i64,): "select 1 from setting where value = $1"), &[&7_i64]));
        // SQLite compares and finds nothing, PostgreSQL refuses; neither may harm the connection
        drop(refused);
    }
    assert!(names(t).is_empty());
}

fn ids_grow_and_never_repeat(t: &TestDb) {
    let mut last = 0;
    let mut seen = HashSet::new();
    for step in [0, 1, -3600, 0, 2] {
        t.clock.advance(step * SECOND);
        let ids = t.db.write_now(&t.ctx_system(), |tx| {
            Ok((0..100).map(|_| tx.new_id::<()>().raw()).collect::<Vec<_>>())
        });
        let ids = ids.unwrap();
        assert!(ids.is_sorted());
        assert!(ids.iter().all(|id| seen.insert(*id)));
        if t.engine == testkit::Engine::Embedded {
            // with several lanes only the millisecond is ordered
            assert!(ids[0] > last, "{} after {last}", ids[0]);
        }
        last = ids[99];
    }
}

fn lists_go_on_by_key(t: &TestDb) {
    let ctx = t.ctx_system();
    let made: Vec<i64> = (0..25)
        .map(|n| {
            let ctx = ctx.clone();
            t.db.write_now(&ctx.clone(), move |tx| {
                let id = tx.new_id::<()>();
                tx.record(&ctx, Event::new("test.done", id).with("n", n))?;
                Ok(id.raw())
            })
            .unwrap()
        })
        .collect();
    let (mut got, mut after) = (Vec::new(), 0_i64);
    loop {
        let page = t.db.read_now(move |tx| {
            let mut query = Query::<(i64,)>::new("select entity from audit");
            query
                .filter("verb = ? and entity > ?", &[&"test.done", &after])
                .tail("order by entity limit ?", &[&10_i64]);
            tx.query(&query)
        });
        let page = page.unwrap();
        let Some((last,)) = page.last() else { break };
        after = *last;
        got.extend(page.into_iter().map(|(id,)| id));
    }
    let mut made = made;
    made.sort_unstable();
    assert_eq!(got, made);
    let newest = t.db.read_now(|tx| store::audit::recent(tx, None, 3)).unwrap();
    let next = t.db.read_now(move |tx| store::audit::recent(tx, Some(newest[2].id), 1)).unwrap();
    assert_eq!(next.len(), 1);
}

fn number_series_count_by_themselves(t: &TestDb) {
    let number =
        |series: &'static str| t.db.write_now(&t.ctx_system(), move |tx| tx.next_number(series)).unwrap();
    assert_eq!((number("CASE-2026"), number("CASE-2026"), number("case-2026")), (1, 2, 1));
    // names that a database would cut off or mix up
    assert_eq!((number("督查-2026"), number("信访-2026")), (1, 1));
    let long =
        "a series whose name is far longer than the sixty-three bytes that PostgreSQL gives to names, number";
    assert_eq!((number(long), number("it's; drop table job")), (1, 1));
    let start = Arc::new(Barrier::new(16));
    let callers: Vec<_> = (0..16)
        .map(|_| {
            let (db, ctx, start) = (t.db.clone(), t.ctx_system(), Arc::clone(&start));
            thread::spawn(move || {
                start.wait();
                db.write_now(&ctx, |tx| tx.next_number("CASE-2027")).unwrap()
            })
        })
        .collect();
    let numbers: HashSet<i64> = callers.into_iter().map(|c| c.join().unwrap()).collect();
    assert_eq!(numbers, (1..=16).collect());
}

fn what_one_engine_cannot_store_neither_stores(t: &TestDb) {
    let ctx = t.ctx_system();
    let problem =
        t.db.write_now(&ctx.clone(), move |tx| tx.record(&ctx, Event::city("test.done").text("a\0b")))
            .unwrap_err();
    assert_eq!((problem.status, problem.code), (422, "text-unreadable"));
    let _: Id<()> = Id::new(1);
}
