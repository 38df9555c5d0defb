//! The page and its JSON twins.

use super::world::{files, open, runs};
use axum::http::Method;
use kernel::policy::Role;
use serde_json::json;
use testkit::{TestApp, whole_city};

testkit::stories!(vec![people::feature(), backups::feature()];
    whoever_looks_after_the_machine_asks_and_sets, the_auditor_only_reads, what_is_wrong_is_said, programs_do_the_same);

const PATH: &str = "/admin/backups";
const GOOD: [(&str, &str); 5] =
    [("on", "1"), ("hour", "4"), ("days", "20"), ("months", "6"), ("drill_days", "7")];

fn admin(t: &TestApp) -> testkit::Client<'_> {
    t.member("系统管理员", vec![whole_city(Role::SystemAdmin)])
}

fn whoever_looks_after_the_machine_asks_and_sets(t: &TestApp) {
    open(t);
    for client in [admin(t), admin(t).english()] {
        let page = client.get(PATH).expect(200);
        assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
    }
    let desk = admin(t);
    desk.submit(PATH, PATH, &[("kind", "backup")]).expect(303);
    desk.submit(PATH, PATH, &[("kind", "backup")]).expect(409);
    t.run_jobs();
    let page = desk.get(PATH).expect(200);
    assert!(page.has(&runs(t)[0].file) && page.has("系统管理员"));
    assert!(desk.get("/admin/backups?format=csv").expect(200).has(&files(t)[0]));
    desk.submit(PATH, "/admin/backups/plan", &GOOD).expect(303);
    assert!(desk.get(PATH).has("value=\"20\""));
}

fn the_auditor_only_reads(t: &TestApp) {
    open(t);
    let auditor = t.member("审计", vec![whole_city(Role::Auditor)]);
    let page = auditor.get(PATH).expect(200);
    assert!(!page.has("name=\"kind\"") && !page.has("/admin/backups/plan"));
    auditor.submit(PATH, PATH, &[("kind", "drill")]).expect(403);
    auditor.submit(PATH, "/admin/backups/plan", &GOOD).expect(403);
    for role in [Role::Office, Role::Leader, Role::SecurityAdmin, Role::UnitClerk] {
        t.member("别人", vec![whole_city(role)]).get(PATH).expect(403);
    }
    assert_eq!(runs(t).len(), 0);
}

fn what_is_wrong_is_said(t: &TestApp) {
    open(t);
    for (field, value) in [("hour", "24"), ("days", "1"), ("months", ""), ("drill_days", "x")] {
        let fields: Vec<_> = GOOD.iter().map(|(n, v)| (*n, if *n == field { value } else { *v })).collect();
        let page = admin(t).submit(PATH, "/admin/backups/plan", &fields).expect(422);
        assert!(page.has(&format!("f-{field}-error")), "{field}");
    }
    admin(t).submit(PATH, PATH, &[("kind", "nonsense")]).expect(422);
    assert_eq!(runs(t).len(), 0);
}

fn programs_do_the_same(t: &TestApp) {
    open(t);
    let key = admin(t).by_key();
    let asked = key.json(&Method::POST, "/api/v1/backups", &json!({ "kind": "backup" })).expect(202).json();
    assert_eq!((&asked["outcome"], &asked["asked_by"]), (&json!("running"), &json!("系统管理员")));
    let again = key.json(&Method::POST, "/api/v1/backups", &json!({ "kind": "backup" }));
    assert_eq!(again.expect(409).json()["code"], "backup-running");
    t.run_jobs();
    let list = key.get("/api/v1/backups").expect(200).json();
    assert_eq!((&list["late"], &list["items"][0]["outcome"]), (&json!(false), &json!("done")));
    let plan = json!({ "on": false, "hour": 5, "days": 30, "months": 0, "drill_days": 0 });
    key.json(&Method::PUT, "/api/v1/backups/plan", &plan).expect(200);
    assert_eq!(key.get("/api/v1/backups/plan").expect(200).json(), plan);
    let wrong = json!({ "on": true, "hour": 5, "days": 1, "months": 0, "drill_days": 0 });
    assert_eq!(
        key.json(&Method::PUT, "/api/v1/backups/plan", &wrong).expect(422).json()["errors"][0]["field"],
        "days"
    );
}
