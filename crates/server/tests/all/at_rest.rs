//! The point of sealing: whatever people leave here, what lies on the disk does not show their telephone numbers, identity
//! numbers and addresses of mail. A city is used through its doors, then everything it keeps is looked through.

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
        assert!(app.test.kept().len() > 10_000, "there is something to look through");
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
