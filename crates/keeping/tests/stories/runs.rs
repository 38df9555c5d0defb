//! Erasing in the night, at somebody's wish, after a crash, and by two programs at once.

use super::world::{closed, features, keeps, known, run, security, security_ctx, tamper, value};
use axum::http::Method;
use kernel::time::{DAY, HOUR};
use serde_json::json;
use testkit::TestApp;

testkit::stories!(features();
    every_night_what_is_due_goes,
    somebody_has_it_done_at_once,
    a_run_that_was_broken_off_is_gone_on_with,
    two_programs_erase_once,
    looking_changes_nothing,
    other_things_go_by_their_own_terms,
);

/// The log's word on the last run.
fn told(t: &TestApp) -> String {
    value(t, "select detail from audit where verb = 'keeping.ran' order by id desc limit 1")
}

fn every_night_what_is_due_goes(t: &TestApp) {
    closed(t, 2, 357);
    t.jobs().ensure_periodic().unwrap();
    let runs = || value::<i64>(t, "select count(*) from keeping_run");
    // a city that meets these rules has a week to look at what would go
    for _ in 0..6 {
        t.run_jobs();
        t.advance(DAY);
    }
    assert_eq!(runs(), 0);
    t.advance(DAY);
    t.run_jobs();
    assert_eq!((runs(), known(t)), (1, 2), "nothing is due yet");
    t.advance(HOUR);
    t.run_jobs();
    assert_eq!(runs(), 1, "once a night");
    t.advance(2 * DAY);
    t.run_jobs();
    assert_eq!((runs(), known(t)), (2, 0));
    let told = told(t);
    assert!(told.contains("\"case-reporter\":2"), "{told}");
    assert!(!told.contains("李报事") && !told.contains("CASE-"), "{told}");
}

fn somebody_has_it_done_at_once(t: &TestApp) {
    closed(t, 1, 400);
    let client = security(t);
    client.submit("/admin/keeping", "/admin/keeping/runs", &[]).expect(303);
    client.submit("/inbox", "/admin/keeping/runs", &[]).expect(409);
    assert!(client.get("/admin/keeping").has("正在进行"));
    t.run_jobs();
    let page = client.get("/admin/keeping/runs").expect(200);
    assert!(page.has("安全员") && page.has("上报人和关注人"), "{}", page.text());
    assert_eq!(known(t), 0);

    let key = client.by_key();
    key.json(&Method::POST, "/api/v1/admin/keeping/runs", &json!({})).expect(202);
    t.run_jobs();
    let runs = key.get("/api/v1/admin/keeping/runs").expect(200).json();
    assert_eq!(runs["items"].as_array().unwrap().len(), 2);
    assert_eq!(runs["items"][1]["counts"]["case-reporter"], 1);
}

fn a_run_that_was_broken_off_is_gone_on_with(t: &TestApp) {
    t.test.leave_jobs();
    closed(t, 3, 400);
    // as a program left it that died after its first batch
    let at = t.test.db.now().0;
    tamper(
        t,
        &format!(
            "insert into keeping_run (id, number, by_hand, started_by, started_at, finished_at, counts, version)
             values (5, 9, 0, '', {at}, null, '{{\"case-reporter\":40}}', 2)"
        ),
    );
    t.advance(DAY);
    let ended = run(t);
    assert_eq!((ended.number, ended.counts.0.get("case-reporter")), (9, Some(&43)));
    assert!(ended.finished_at.is_some() && known(t) == 0);
    assert!(told(t).contains("\"case-reporter\":43"));
}

fn two_programs_erase_once(t: &TestApp) {
    t.test.leave_jobs();
    closed(t, 12, 400);
    let (db, ctx, keeps) = (t.test.db.clone(), t.test.ctx_system(), keeps(t));
    let ended: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> =
            (0..4).map(|_| scope.spawn(|| keeping::run::run(&db, &ctx, &keeps, false).unwrap())).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(ended.iter().any(Option::is_some));
    assert_eq!(known(t), 0);
    let counts: Vec<String> = {
        let query = store::Query::<(String,)>::new("select counts from keeping_run");
        t.test.db.read_now(move |tx| tx.query(&query)).unwrap().into_iter().map(|(text,)| text).collect()
    };
    let counted: i64 = counts
        .iter()
        .filter_map(|text| serde_json::from_str::<serde_json::Value>(text).unwrap()["case-reporter"].as_i64())
        .sum();
    assert_eq!(counted, 12, "{counts:?}");
}

fn looking_changes_nothing(t: &TestApp) {
    t.test.leave_jobs();
    closed(t, 2, 400);
    closed(t, 1, 350);
    let (ctx, keeps) = (security_ctx(t), keeps(t));
    let found = t.test.db.read_now(move |tx| keeping::queries::preview(&ctx, tx, &keeps)).unwrap();
    let waiting = |key: &str| found.iter().find(|(rule, _)| rule.rule.key == key).unwrap().1;
    let reporters = waiting("case-reporter").unwrap();
    assert_eq!((reporters.today, reporters.in_month, reporters.held), (2, 3, 0));
    assert_eq!(waiting("sessions"), None);
    assert!(security(t).get("/admin/keeping/preview").has("上报人和关注人"));
    assert_eq!((known(t), value::<i64>(t, "select count(*) from keeping_run")), (3, 0));
}

fn other_things_go_by_their_own_terms(t: &TestApp) {
    t.test.leave_jobs();
    let at = t.test.db.now().plus(-400 * DAY).0;
    let later = t.test.db.now().plus(-10 * DAY).0;
    for (id, at) in [(1, at), (2, later)] {
        tamper(
            t,
            &format!(
                "insert into notice (id, person, at, kind, args, href) values ({id}, 1, {at}, 'x', '[]', '/')"
            ),
        );
        tamper(
            t,
            &format!(
                "insert into task_progress (id, kind, state, done, total, message, report, started_by, created_at)
                 values ({id}, 'x', 'done', 1, 1, '', '', 'person:1', {at})"
            ),
        );
        tamper(
            t,
            &format!(
                "insert into account (id, login, name, phone, mail, unit_id, state, language, created_at, version, left_at)
                 values ({id}, 'u{id}', '王某', 'sealed', 'sealed', 1, 'closed', 'zh-CN', 1, 1, {at})"
            ),
        );
    }
    let counts = run(t).counts.0;
    for key in ["notices", "tasks", "accounts-left"] {
        assert_eq!(counts.get(key), Some(&1), "{key}: {counts:?}");
    }
    assert_eq!(value::<i64>(t, "select count(*) from notice"), 1);
    let names = "select count(*) from account where name = '王某' and (phone = '' or id = 2)";
    assert_eq!(value::<i64>(t, names), 2, "the name stays with what was done");
}
