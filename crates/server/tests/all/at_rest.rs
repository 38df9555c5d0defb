//! The point of sealing: whatever people leave here, what lies on the disk does not show their telephone numbers, identity
//! numbers and addresses of mail. A city is used through its doors, then everything it keeps is looked through.

use std::collections::BTreeSet;
use testkit::{TestApp, engines};

/// Every number and address that the story leaves somewhere.
pub(crate) const LEFT: &[&str] = &[
    "13893712345",
    "13993754321",
    "15009370001",
    "18609370002",
    "li.reporter@example.cn",
    "follower@example.cn",
    "110105194912310026",
    "李报事",
    "13893712346",
    "15009370003",
    "13893712347",
    "15009370004",
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
pub(crate) fn use_it(app: &TestApp) {
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
    // somebody types a number where the login belongs
    let typed = [("login", "15009370004"), ("password", "not a password")];
    app.public().submit("/sign-in", "/sign-in", &typed).expect(422);
    // somebody of the staff keeps a filter, is told something, and sends a picture with a number in its name
    let ctx = app.test.ctx_member(7, "王晓梅", vec![testkit::whole_city(kernel::policy::Role::Office)]);
    let received = store::files::Files::of(&app.test.db).receive_now(&b"no picture"[..], 100).unwrap();
    let by = ctx.clone();
    app.test
        .db
        .write_now(&ctx, move |tx| {
            web::saved::keep(tx, &by, "/cases", "回访", "q=13893712346")?;
            let told = [("name", "李报事 15009370003".to_owned())];
            web::notices::send(tx, &by.person().into_iter().collect::<Vec<_>>(), "role-lent", &told, "/me")?;
            store::files::adopt(tx, &by, &received, "13893712347.jpg").map(drop)
        })
        .unwrap();
    let kept = app.test.db.read_now(move |tx| {
        let params = web::list::Params::parse("q=13893712346");
        Ok(web::saved::views(tx, &ctx, "/cases", &params)?.here().is_some())
    });
    assert!(kept.unwrap(), "what is sealed is read again");
}

/// Who writes a sealed column: records, whose fields are sealed at the door, and statements that seal by themselves. Each was
/// looked at; a new one is entered here after it was.
const WRITERS: &[(&str, &str)] = &[
    ("account.mail", "crates/people/src/store/accounts.rs"),
    ("account.phone", "crates/people/src/store/accounts.rs"),
    ("adoption.phone", "crates/streets/src/model.rs"),
    ("adoption.phone", "crates/streets/src/store.rs"),
    ("assessment_negative_event.account", "crates/assessment/src/negative/model.rs"),
    ("audit_text.text", "crates/store/src/audit.rs"),
    ("case_extra.value", "crates/cases/src/store/extras.rs"),
    ("case_file.description", "crates/cases/src/model.rs"),
    ("case_file.description", "crates/cases/src/store/erase.rs"),
    ("case_follower.contact", "crates/cases/src/store.rs"),
    ("case_forward.ask", "crates/cases/src/model/forward.rs"),
    ("case_forward.ask", "crates/cases/src/store/erase.rs"),
    ("case_forward.mail", "crates/cases/src/model/forward.rs"),
    ("case_forward.mail", "crates/cases/src/store/erase.rs"),
    ("case_forward.party", "crates/cases/src/model/forward.rs"),
    ("case_forward.party", "crates/cases/src/store/erase.rs"),
    ("case_forward.phone", "crates/cases/src/model/forward.rs"),
    ("case_forward.phone", "crates/cases/src/store/erase.rs"),
    ("case_forward.reply", "crates/cases/src/model/forward.rs"),
    ("case_forward.reply", "crates/cases/src/store/erase.rs"),
    ("case_look.note", "crates/cases/src/model/recurrence.rs"),
    ("case_look.note", "crates/cases/src/store/erase.rs"),
    ("case_question.body", "crates/cases/src/model/question.rs"),
    ("case_question.body", "crates/cases/src/store/erase.rs"),
    ("case_question.reply", "crates/cases/src/model/question.rs"),
    ("case_question.reply", "crates/cases/src/store/erase.rs"),
    ("case_question.wish", "crates/cases/src/model/question.rs"),
    ("case_question.wish", "crates/cases/src/store/erase.rs"),
    ("case_recording.words", "crates/cases/src/model/recording.rs"),
    ("case_recording.words", "crates/cases/src/store/erase.rs"),
    ("case_reporter.mail", "crates/cases/src/model.rs"),
    ("case_reporter.mail", "crates/cases/src/store.rs"),
    ("case_reporter.name", "crates/cases/src/model.rs"),
    ("case_reporter.name", "crates/cases/src/store.rs"),
    ("case_reporter.phone", "crates/cases/src/model.rs"),
    ("case_reporter.phone", "crates/cases/src/store.rs"),
    ("case_reporter.reference", "crates/cases/src/model.rs"),
    ("case_reporter.reference", "crates/cases/src/store.rs"),
    ("case_voice.words", "crates/cases/src/model/voice.rs"),
    ("case_voice.words", "crates/cases/src/store/erase.rs"),
    ("delegation.reason", "crates/people/src/store/grants.rs"),
    ("evidence_file.caption", "crates/evidence/src/model.rs"),
    ("field_reading.answers", "crates/fieldwork/src/model.rs"),
    ("field_record.answers", "crates/fieldwork/src/model.rs"),
    ("file.name", "crates/store/src/files/mod.rs"),
    ("honesty_warning.reason", "crates/honesty/src/model.rs"),
    ("hook_delivery.body", "crates/hooks/src/model.rs"),
    ("hook_delivery.body", "crates/hooks/src/store.rs"),
    ("hook_try.answer", "crates/hooks/src/model.rs"),
    ("inspection_draw.secret", "crates/inspections/src/model.rs"),
    ("idempotency.answer", "crates/store/src/idempotency.rs"),
    ("identity.subject", "crates/people/src/store/provider.rs"),
    ("identity_provider.client_secret", "crates/people/src/store/provider.rs"),
    ("job.last_error", "crates/store/src/jobs/mod.rs"),
    ("job.payload", "crates/store/src/jobs/mod.rs"),
    ("keeping_provision.contact", "crates/keeping/src/provisions/model.rs"),
    ("keeping_provision.contact", "crates/keeping/src/provisions/store.rs"),
    ("keeping_request.answer", "crates/keeping/src/requests/model.rs"),
    ("keeping_request.answer", "crates/keeping/src/requests/store.rs"),
    ("keeping_request.identity", "crates/keeping/src/requests/model.rs"),
    ("keeping_request.identity", "crates/keeping/src/requests/store.rs"),
    ("keeping_request.name", "crates/keeping/src/requests/model.rs"),
    ("keeping_request.name", "crates/keeping/src/requests/store.rs"),
    ("keeping_request.phone", "crates/keeping/src/requests/model.rs"),
    ("keeping_request.phone", "crates/keeping/src/requests/store.rs"),
    ("keeping_request.wish", "crates/keeping/src/requests/model.rs"),
    ("keeping_request.wish", "crates/keeping/src/requests/store.rs"),
    ("ladder_letter.answer", "crates/ladder/src/model.rs"),
    ("ladder_letter.meet_whom", "crates/ladder/src/model.rs"),
    ("ladder_letter.minutes", "crates/ladder/src/model.rs"),
    ("ladder_letter.reason", "crates/ladder/src/model.rs"),
    ("ladder_letter.text", "crates/ladder/src/model.rs"),
    ("ladder_undertaking.text", "crates/ladder/src/model.rs"),
    ("notice.args", "crates/web/src/notices/store.rs"),
    ("paper_scan.phone", "crates/paper/src/model.rs"),
    ("paper_scan.phone", "crates/paper/src/store.rs"),
    ("paper_scan.reason", "crates/paper/src/model.rs"),
    ("paper_scan.reason", "crates/paper/src/store.rs"),
    ("patrol.note", "crates/streets/src/model.rs"),
    ("patrol.note", "crates/streets/src/store.rs"),
    ("push_subscription.agent", "crates/web/src/push/store.rs"),
    ("push_subscription.auth", "crates/web/src/push/store.rs"),
    ("push_subscription.endpoint", "crates/web/src/push/store.rs"),
    ("push_subscription.p256dh", "crates/web/src/push/store.rs"),
    ("saved_filter.query", "crates/web/src/saved/store.rs"),
    ("session.address", "crates/people/src/store/sessions.rs"),
    ("session.agent", "crates/people/src/store/sessions.rs"),
    ("sms_message.args", "crates/sms/src/model.rs"),
    ("sms_message.args", "crates/sms/src/store.rs"),
    ("sms_message.href", "crates/sms/src/model.rs"),
    ("sms_message.href", "crates/sms/src/store.rs"),
    ("sms_message.phone", "crates/sms/src/model.rs"),
    ("sms_message.phone", "crates/sms/src/store.rs"),
    ("suggestion.answer", "crates/portal/src/model.rs"),
    ("suggestion.body", "crates/portal/src/model.rs"),
    ("suggestion.body", "crates/portal/src/store.rs"),
    ("suggestion.contact", "crates/portal/src/model.rs"),
    ("suggestion.contact", "crates/portal/src/store.rs"),
    ("task_progress.report", "crates/store/src/tasks.rs"),
    ("unit.contact_name", "crates/people/src/store/units.rs"),
    ("unit.contact_phone", "crates/people/src/store/units.rs"),
    ("xchg_difference.ours", "crates/exchange/src/model.rs"),
    ("xchg_difference.reason", "crates/exchange/src/model.rs"),
    ("xchg_difference.theirs", "crates/exchange/src/model.rs"),
    ("xchg_in.body", "crates/exchange/src/model.rs"),
    ("xchg_in.detail", "crates/exchange/src/model.rs"),
    ("xchg_in.detail", "crates/exchange/src/store/incoming.rs"),
    ("xchg_out.answer", "crates/exchange/src/model.rs"),
    ("xchg_out.answer", "crates/exchange/src/store/messages.rs"),
    ("xchg_out.body", "crates/exchange/src/model.rs"),
    ("xchg_partner.token", "crates/exchange/src/model.rs"),
    ("survey_words.text", "crates/surveys/src/model.rs"),
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
