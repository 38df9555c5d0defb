//! Pages that are made once for all strangers. What is changed behind the program's back tells a kept page from a new one.

use kernel::policy::Role;
use kernel::time::SECOND;
use testkit::{TestApp, engines, whole_city};

/// A confirmed case with this title.
fn confirmed(app: &TestApp, title: &str) -> String {
    let said = [("description", "路灯不亮已经三天"), ("address", "新华南路 12 号门前")];
    app.public().submit("/report", "/report", &said).expect(303);
    let change = format!("update case_file set is_public = 1, title = '{title}'");
    store::db::tamper(app.test.db.location(), &change).unwrap();
    let list = app.public().get("/public/cases").expect(200);
    list.text().split("/public/cases/CASE-").nth(1).and_then(|t| t.split('"').next()).unwrap().to_owned()
}

fn rename(app: &TestApp, title: &str) {
    let change = format!("update case_file set title = '{title}'");
    store::db::tamper(app.test.db.location(), &change).unwrap();
}

#[test]
fn strangers_share_a_page_until_something_happens() {
    for engine in engines() {
        let app = crate::program(engine);
        app.test.leave_jobs();
        let record = format!("/public/cases/CASE-{}", confirmed(&app, "路灯不亮"));
        let first = app.public().get(&record).expect(200);
        assert!(first.has("路灯不亮"));
        rename(&app, "路灯昏暗");

        let second = app.public();
        let page = second.get(&record).expect(200);
        assert!(page.has("路灯不亮") && !page.has("路灯昏暗"), "made once");
        assert_eq!(page.header("cache-control"), "no-store", "kept here, nowhere else");
        assert_ne!(page.csrf(), first.csrf(), "each visitor's forms are their own");

        // nobody who would be shown something else gets it
        assert!(app.public().english().get(&record).has("路灯昏暗"), "in another language");
        assert!(app.public().get_part(&record).has("路灯昏暗"), "a part of it");
        assert!(app.public().get(&format!("{record}?x=1")).has("路灯昏暗"), "another address");
        let office = app.member("文明办", vec![whole_city(Role::Office)]);
        assert!(office.get(&record).has("路灯昏暗"), "somebody who has signed in");

        // a form of a kept page is good, and what happens makes it new
        let sent = second.submit(&record, &format!("{record}/followers"), &[("contact", "a@example.cn")]);
        assert_eq!(sent.expect(303).location().as_deref(), Some(record.as_str()));
        let told = second.get(&record).expect(200);
        assert!(told.has("路灯昏暗"));
        rename(&app, "路灯修好");
        let third = app.public().get(&record);
        assert!(third.has("路灯修好"), "what one visitor was told is not kept for others");

        // what another program did is seen two seconds later
        rename(&app, "路灯亮了");
        assert!(app.public().get(&record).has("路灯修好"));
        app.advance(2 * SECOND);
        assert!(app.public().get(&record).has("路灯亮了"));
        store::db::tamper(app.test.db.location(), "update case_file set is_public = 0").unwrap();
        app.advance(2 * SECOND);
        app.public().get(&record).expect(404);
        app.public().get("/public/cases").expect(200);
    }
}
