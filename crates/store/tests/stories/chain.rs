//! The audit log: whole as long as nobody touches it, and a named broken link when somebody does.

use kernel::id::Id;
use std::thread;
use store::audit::{self, Hash, Verdict};
use store::db::tamper;
use store::{Event, Options};
use testkit::{Engine, TestDb, both_engines};

both_engines!(&[];
    an_untouched_log_is_whole, every_altered_column_is_found, a_missing_link_is_found, swapped_links_are_found,
    a_changed_end_is_found, a_changed_text_is_found, a_text_may_be_erased_by_the_program_only, rolled_back_events_leave_no_gap,
    many_writers_make_whole_chains, a_log_may_change_its_hash_and_says_so, history_tells_what_happened,
);

/// Seven events in one lane; every other one with a text.
fn seven(engine: Engine) -> TestDb {
    let t = TestDb::open_with(engine, &[], Options { writers: 1, readers: 1, ..Options::default() });
    for n in 1..=7_i64 {
        let ctx = t.ctx_member(5, "王工", vec![]);
        t.db.write_now(&ctx.clone(), move |tx| {
            let event = Event::new("test.done", Id::<()>::new(n)).with("n", n);
            tx.record(&ctx, if n % 2 == 1 { event.text("路灯不亮") } else { event })
        })
        .unwrap();
    }
    t
}

fn verdict(t: &TestDb) -> Verdict {
    t.db.read_now(audit::verify).unwrap()
}

fn broken_at(t: &TestDb) -> i64 {
    match verdict(t) {
        Verdict::Broken { seq, .. } => seq,
        whole @ Verdict::Whole { .. } => panic!("{whole:?} although it was touched"),
    }
}

fn an_untouched_log_is_whole(t: &TestDb) {
    assert_eq!(verdict(t), Verdict::Whole { links: 0, lanes: 0 });
    let t = seven(t.engine);
    assert_eq!(verdict(&t), Verdict::Whole { links: 7, lanes: 1 });
}

fn every_altered_column_is_found(t: &TestDb) {
    let columns = audit::link_columns();
    assert!(columns.len() >= 12);
    for seq in [3, 4] {
        for column in columns {
            let t = seven(t.engine);
            let to = match *column {
                "id" | "at" | "entity" => format!("{column} + 1000"),
                "lane" | "seq" => "1000".to_owned(),
                "algorithm" => "1".to_owned(),
                "text_hash" => format!("(select hash from audit where seq = {})", seq - 1),
                "hash" => "(select hash from audit where seq = 1)".to_owned(),
                _ => "'x'".to_owned(),
            };
            tamper(&t.location, &format!("update audit set {column} = {to} where seq = {seq}")).unwrap();
            let at = broken_at(&t);
            // a link that claims to be of another lane or place is missing from its own
            let named = if *column == "lane" { vec![seq] } else { vec![seq, 1000] };
            assert!(named.contains(&at), "{column} of link {seq}: broken at {at}, {:?}", verdict(&t));
        }
    }
}

fn a_missing_link_is_found(t: &TestDb) {
    for seq in [1, 4, 7] {
        let t = seven(t.engine);
        tamper(&t.location, &format!("delete from audit where seq = {seq}")).unwrap();
        assert_eq!(broken_at(&t), seq);
    }
    let t = seven(t.engine);
    tamper(&t.location, "delete from audit").unwrap();
    assert_eq!(broken_at(&t), 1);
    let t = seven(t.engine);
    tamper(&t.location, "delete from audit_head").unwrap();
    assert_eq!(broken_at(&t), 1);
}

fn swapped_links_are_found(t: &TestDb) {
    let t = seven(t.engine);
    tamper(
        &t.location,
        "update audit set seq = 1000 where seq = 3; update audit set seq = 3 where seq = 4; update audit set seq = 4 where seq = 1000",
    )
    .unwrap();
    assert_eq!(broken_at(&t), 3);
}

fn a_changed_end_is_found(t: &TestDb) {
    for change in
        ["seq = seq - 1", "seq = seq + 1", "hash = (select hash from audit where seq = 2)", "lane = 9"]
    {
        let t = seven(t.engine);
        tamper(&t.location, &format!("update audit_head set {change}")).unwrap();
        assert!(matches!(verdict(&t), Verdict::Broken { .. }), "{change}");
    }
    // cutting off the end together with moving the head back to it shows too, because hashes name the end
    let t = seven(t.engine);
    tamper(&t.location, "delete from audit where seq = 7; update audit_head set seq = 6").unwrap();
    assert_eq!(broken_at(&t), 7);
}

fn a_changed_text_is_found(t: &TestDb) {
    let event = "(select id from audit where seq = 3)";
    for touch in [
        format!("update audit_text set text = 'x' where event_id = {event}"),
        format!("delete from audit_text where event_id = {event}"),
    ] {
        let t = seven(t.engine);
        tamper(&t.location, &touch).unwrap();
        assert_eq!(broken_at(&t), 3, "{touch}");
    }
    for touch in [
        "insert into audit_text (event_id, text) select id, 'x' from audit where seq = 4",
        "insert into audit_text (event_id, text) values (1, 'x')",
    ] {
        let t = seven(t.engine);
        tamper(&t.location, touch).unwrap();
        assert!(matches!(verdict(&t), Verdict::Broken { .. }), "{touch}");
    }
}

fn a_text_may_be_erased_by_the_program_only(t: &TestDb) {
    let t = seven(t.engine);
    let newest = t.db.read_now(|tx| audit::recent(tx, None, 1)).unwrap();
    let (event, ctx) = (newest[0].id, t.ctx_system());
    assert_eq!(newest[0].text.as_deref(), Some("路灯不亮"));
    let (again, by) = (ctx.clone(), ctx.clone());
    t.db.write_now(&ctx, move |tx| audit::erase_text(tx, &by, event)).unwrap();
    assert_eq!(verdict(&t), Verdict::Whole { links: 8, lanes: 1 });
    let twice = t.db.write_now(&ctx, move |tx| audit::erase_text(tx, &again, event)).unwrap_err();
    assert_eq!(twice.status, 404);
}

fn a_log_may_change_its_hash_and_says_so(t: &TestDb) {
    let t = seven(t.engine);
    let ctx = t.ctx_system();
    audit::hash_with(&t.db, &ctx, Hash::Sm3).unwrap();
    let by = ctx.clone();
    t.db.write_now(&ctx, move |tx| tx.record(&by, Event::city("test.done").text("井盖破损"))).unwrap();
    // seven, the change, the setting, the event
    assert_eq!(verdict(&t), Verdict::Whole { links: 10, lanes: 1 });
    let kinds = t.db.read_now(|tx| {
        tx.query(&store::Query::<(String, i64)>::new(
            "select verb, algorithm from audit where seq > 6 order by seq",
        ))
    });
    let kinds: Vec<(String, i64)> = kinds.unwrap();
    let kinds: Vec<(&str, i64)> = kinds.iter().map(|(verb, n)| (verb.as_str(), *n)).collect();
    assert_eq!(
        kinds,
        [("test.done", 0), ("audit.hash-changed", 1), ("setting.changed", 1), ("test.done", 1)]
    );
    // whoever opens the city next goes on with it
    let again =
        store::Db::open(t.location.clone(), t.folder(), t.db.clock(), &[], Options::default()).unwrap();
    let by = ctx.clone();
    again.write_now(&ctx, move |tx| tx.record(&by, Event::city("test.done"))).unwrap();
    audit::hash_with(&t.db, &ctx, Hash::Sha256).unwrap();
    assert!(matches!(verdict(&t), Verdict::Whole { links: 13.., .. }));
    // texts and links of both kinds are proved
    tamper(&t.location, "update audit set detail = '{}x' where seq = 10 and lane = 0").unwrap();
    assert_eq!(broken_at(&t), 10);
    tamper(&t.location, "update audit set detail = '{}' where seq = 10 and lane = 0").unwrap();
    assert!(matches!(verdict(&t), Verdict::Whole { .. }));
    // a change that no event tells of is none of the program's
    tamper(&t.location, "update audit set verb = 'test.done' where verb = 'audit.hash-changed' and seq = 8")
        .unwrap();
    assert_eq!(broken_at(&t), 8);
}

fn rolled_back_events_leave_no_gap(t: &TestDb) {
    let t = seven(t.engine);
    let ctx = t.ctx_system();
    for _ in 0..3 {
        let by = ctx.clone();
        let refused = t.db.write_now(&ctx, move |tx| {
            tx.record(&by, Event::city("test.undone").text("x"))?;
            Err::<(), _>(kernel::problem::Problem::stale())
        });
        assert_eq!(refused.unwrap_err().code, "stale");
    }
    let by = ctx.clone();
    t.db.write_now(&ctx, move |tx| tx.record(&by, Event::city("test.done"))).unwrap();
    assert_eq!(verdict(&t), Verdict::Whole { links: 8, lanes: 1 });
}

fn many_writers_make_whole_chains(t: &TestDb) {
    let t = TestDb::open_with(t.engine, &[], Options { writers: 8, readers: 1, ..Options::default() });
    let callers: Vec<_> = (0..8)
        .map(|_| {
            let (db, ctx) = (t.db.clone(), t.ctx_system());
            thread::spawn(move || {
                for n in 0..500_i64 {
                    let by = ctx.clone();
                    let done = db.write_now(&ctx, move |tx| {
                        tx.record(&by, Event::new("test.done", Id::<()>::new(n)))?;
                        if n % 50 == 49 { Err(kernel::problem::Problem::stale()) } else { Ok(()) }
                    });
                    assert_eq!(done.is_ok(), n % 50 != 49);
                }
            })
        })
        .collect();
    for caller in callers {
        caller.join().unwrap();
    }
    let verdict = verdict(&t);
    let Verdict::Whole { links, lanes } = verdict else { panic!("{verdict:?}") };
    assert_eq!(links, 8 * 490);
    assert_eq!(lanes, if t.engine == Engine::Embedded { 1 } else { 8 });
}

fn history_tells_what_happened(t: &TestDb) {
    let ctx = t.ctx_member(5, "王工", vec![]);
    let id = Id::<()>::new(77);
    t.db.write_now(&ctx.clone(), move |tx| {
        tx.record(&ctx, Event::new("case.opened", id).with("number", "CASE-2026-000001"))?;
        tx.record(&ctx, Event::new("case.closed", id).text("已修复"))
    })
    .unwrap();
    let lines = t.db.read_now(move |tx| audit::history(tx, id)).unwrap();
    assert_eq!(lines.len(), 2);
    assert_eq!(
        (lines[0].sentence_key().as_str(), lines[0].fact("number").as_str()),
        ("event-case-opened", "CASE-2026-000001")
    );
    assert_eq!((lines[1].actor.as_str(), lines[1].actor_name.as_str()), ("person:5", "王工"));
    assert_eq!(lines[1].text.as_deref(), Some("已修复"));
}
