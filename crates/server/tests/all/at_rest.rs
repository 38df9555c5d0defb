//! The point of sealing: whatever people leave here, what lies on the disk does not show their telephone numbers, identity
//! numbers and addresses of mail. A city is used through its doors, then everything it keeps is looked through.

use std::collections::BTreeSet;
use testkit::{TestApp, engines};

/// Every number and address that the story leaves somewhere.
const LEFT: &[&str] = &[
    "13893712345",
    "13993754321",
    "15009370001",
    "18609370002",
    "li.reporter@example.cn",
    "follower@example.cn",
    "110105194912310026",
    "李报事",
];

#[test]
fn nothing_on_the_disk_shows_who_reported() {
    for engine in engines() {
        let app = crate::program(engine);
        app.test.leave_jobs();
        use_it(&app);
        assert_eq!(
            app.test.plain_on_disk(&["CASE-2026-"]),
            ["CASE-2026-"],
            "there is something to look through"
        );
        assert_eq!(app.test.plain_on_disk(LEFT), Vec::<&str>::new());
        assert_eq!(app.test.mobiles_on_disk(), Vec::<String>::new());

        // the same search finds what lies there plain
        let planted = "update case_file set grid = '请电 13893712345 或 110105194912310026'";
        store::db::tamper(&app.test.location, planted).unwrap();
        assert_eq!(app.test.plain_on_disk(LEFT), ["13893712345", "110105194912310026"]);
        assert!(app.test.mobiles_on_disk().iter().all(|found| found == "13893712345"));
        assert!(!app.test.mobiles_on_disk().is_empty());
    }
}

/// What people leave in a day.
fn use_it(app: &TestApp) {
    // by the public form; the words hold numbers too
    let said = [
        ("description", "路灯不亮，我的电话 13993754321，身份证 110105194912310026"),
        ("address", "新华南路 12 号门前"),
        ("reporter", "李报事"),
        ("phone", "138 9371 2345"),
        ("mail", "li.reporter@example.cn"),
    ];
    app.public().submit("/report", "/report", &said).expect(303);
    // whoever comes by number and telephone finds the case
    let number = app
        .test
        .db
        .read_now(|tx| {
            Ok(tx.query(&store::Query::<(String,)>::new("select number from case_file"))?.remove(0).0)
        })
        .unwrap();
    let found =
        app.public().submit("/track", "/track", &[("receipt", number.as_str()), ("phone", "13893712345")]);
    assert!(found.expect(303).location().unwrap().starts_with("/r/"));
    // somebody follows it
    store::db::tamper(&app.test.location, "update case_file set is_public = 1").unwrap();
    let page = format!("/public/cases/{number}");
    for contact in ["follower@example.cn", "18609370002"] {
        app.public().submit(&page, &format!("{page}/followers"), &[("contact", contact)]).expect(303);
    }
    // a complaint to the office
    let words =
        [("kind", "complaint"), ("body", "窗口态度不好，请回电 15009370001"), ("contact", "15009370001")];
    app.public().submit("/suggestions", "/suggestions", &words).expect(303);
}

/// Who writes a sealed column: records, whose fields are sealed at the door, and statements that seal by themselves. Each was
/// looked at; a new one is entered here after it was.
const WRITERS: &[(&str, &str)] = &[
    ("account.mail", "crates/people/src/store/accounts.rs"),
    ("account.phone", "crates/people/src/store/accounts.rs"),
    ("adoption.phone", "crates/streets/src/model.rs"),
    ("audit_text.text", "crates/store/src/audit.rs"),
    ("case_file.description", "crates/cases/src/model.rs"),
    ("case_follower.contact", "crates/cases/src/store.rs"),
    ("case_forward.ask", "crates/cases/src/model/forward.rs"),
    ("case_forward.mail", "crates/cases/src/model/forward.rs"),
    ("case_forward.party", "crates/cases/src/model/forward.rs"),
    ("case_forward.phone", "crates/cases/src/model/forward.rs"),
    ("case_forward.reply", "crates/cases/src/model/forward.rs"),
    ("case_reporter.mail", "crates/cases/src/model.rs"),
    ("case_reporter.mail", "crates/cases/src/store.rs"),
    ("case_reporter.name", "crates/cases/src/model.rs"),
    ("case_reporter.name", "crates/cases/src/store.rs"),
    ("case_reporter.phone", "crates/cases/src/model.rs"),
    ("case_reporter.phone", "crates/cases/src/store.rs"),
    ("case_reporter.reference", "crates/cases/src/model.rs"),
    ("case_reporter.reference", "crates/cases/src/store.rs"),
    ("idempotency.answer", "crates/store/src/idempotency.rs"),
    ("job.last_error", "crates/store/src/jobs/mod.rs"),
    ("job.payload", "crates/store/src/jobs/mod.rs"),
    ("suggestion.body", "crates/portal/src/model.rs"),
    ("suggestion.contact", "crates/portal/src/model.rs"),
    ("task_progress.report", "crates/store/src/tasks.rs"),
    ("unit.contact_name", "crates/people/src/store/units.rs"),
    ("unit.contact_phone", "crates/people/src/store/units.rs"),
];

#[test]
fn whoever_writes_a_sealed_column_was_looked_at() {
    let mut found = BTreeSet::new();
    for statement in store::sql::statements() {
        let (text, _) = (statement.make)();
        let file = statement.place.split(':').next().unwrap_or_default();
        for at in store::sealed::columns().iter().filter(|_| file.contains("/src/")) {
            let listed = text
                .split_once(&format!("insert into {} (", at.table))
                .and_then(|(_, rest)| rest.split_once(')'));
            let inserted = listed.is_some_and(|(names, _)| names.split(',').any(|n| n.trim() == at.column));
            let set = text
                .split_once(&format!("update {} set ", at.table))
                .map(|(_, rest)| rest.replace(',', " , "));
            let set = set.is_some_and(|rest| format!(" {rest}").contains(&format!(" {} = ", at.column)));
            if inserted || set {
                found.insert((format!("{}.{}", at.table, at.column), file.to_owned()));
            }
        }
    }
    let known: BTreeSet<(String, String)> =
        WRITERS.iter().map(|(column, file)| ((*column).to_owned(), (*file).to_owned())).collect();
    assert_eq!(found, known);
    let columns: BTreeSet<String> =
        store::sealed::columns().iter().map(|at| format!("{}.{}", at.table, at.column)).collect();
    let written: BTreeSet<String> = found.into_iter().map(|(column, _)| column).collect();
    assert_eq!(written, columns, "a column that nobody writes is misspelt");
}
