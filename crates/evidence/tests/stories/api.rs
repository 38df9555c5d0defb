//! The same by program.

use super::world::{GOOD, MARKET, PDF, SCHOOL, city, features, picture, settle, today};
use axum::body::Body;
use axum::http::Method;
use kernel::policy::Role;
use kernel::time::DAY;
use serde_json::{Value, json};
use testkit::{Client, Page, TestApp, grant, whole_city};

testkit::stories!(features(); a_program_does_all_of_it, papers_are_told_by_their_bytes);

fn bytes(by: &Client<'_>, path: &str, bytes: &[u8]) -> Page {
    by.send(Method::POST, path, &[("content-type", "application/octet-stream")], Body::from(bytes.to_vec()))
}

fn a_program_does_all_of_it(t: &TestApp) {
    let c = city(t);
    let office = t.member("文明办", vec![whole_city(Role::Office)]).by_key();
    let leader = t.member("主任", vec![whole_city(Role::Leader)]).by_key();
    let unit = t.member("经办人", vec![grant(Role::UnitClerk, &[c.school.0])]).by_key();
    let due = t.test.db.now().plus(9 * DAY).date().to_string();
    let ask = json!({
        "period": c.period.number, "units": [c.school.1], "kind": "statement", "standards": [SCHOOL],
        "what": "情况说明", "due_on": due
    });
    let made = office.json(&Method::POST, "/api/v1/evidence/requests", &ask).expect(201).json();
    assert_eq!(made["items"][0]["state"], "open");
    let again = office.json(&Method::POST, "/api/v1/evidence/requests", &ask).expect(201).json();
    assert_eq!(
        (&again["items"][0]["state"], &again["items"][0]["why"]),
        (&json!("stopped"), &json!("asked"))
    );
    assert_eq!(again["items"][0]["pointers"][0]["number"], made["items"][0]["number"]);
    unit.json(&Method::POST, "/api/v1/evidence/requests", &ask).expect(403);
    let request = made["items"][0]["number"].as_str().unwrap();
    let draft = json!({
        "title": "答复", "statement": GOOD, "dated": today(t).to_string(), "request": request
    });
    let item = unit.json(&Method::POST, "/api/v1/evidence/items", &draft).expect(201).json();
    let at = format!("/api/v1/evidence/items/{}", item["number"].as_str().unwrap());
    assert_eq!(item["allowed_moves"], json!(["submit", "withdraw"]));
    let used = json!({ "period": c.period.number, "code": MARKET });
    let item = unit.json(&Method::POST, &format!("{at}/uses"), &used).expect(200).json();
    assert_eq!(item["standards"], json!([SCHOOL, MARKET]));
    let go = |by: &Client<'_>, verb: &str, item: &Value| {
        let path = format!("{at}/{verb}");
        by.json(&Method::POST, &path, &json!({ "version": item["version"] }))
    };
    let item = go(&unit, "submission", &item).expect(200).json();
    assert_eq!(item["state"], "first");
    go(&unit, "pass", &item).expect(403);
    assert_eq!(office.get("/api/v1/evidence/desk").expect(200).json()["items"][0]["number"], item["number"]);
    let item = go(&office, "pass", &item).expect(200).json();
    go(&office, "pass", &item).expect(409);
    let item = go(&leader, "pass", &item).expect(200).json();
    let grade = format!("{at}/uses/{}/grade", item["uses"][0]["id"].as_str().unwrap());
    let item = leader
        .json(&Method::PUT, &grade, &json!({ "version": item["version"], "grade": 9000 }))
        .expect(200)
        .json();
    let item = go(&leader, "filing", &item).expect(200).json();
    assert_eq!((&item["state"], &item["uses"][0]["grade"]), (&json!("filed"), &json!(9000)));
    let period = format!("/api/v1/evidence/periods/{}", c.period.number);
    assert_eq!(leader.get(&format!("{period}/grades")).expect(200).json()["items"][0]["grade"], 9000);
    assert_eq!(office.get(&format!("{period}/coverage")).expect(200).json()["filed"], 2);
    let ledger = unit.get("/api/v1/evidence/ledger").expect(200).json();
    assert_eq!((&ledger["months"][0]["requests"], &ledger["months"][0]["stopped"]), (&json!(1), &json!(1)));
    assert_eq!(
        office.get("/api/v1/evidence/requests?state=answered").expect(200).json()["items"][0]["number"],
        request
    );
    office.json(&Method::PUT, "/api/v1/evidence/quota", &json!({ "quota": 500 })).expect(422);
    office.json(&Method::PUT, "/api/v1/evidence/quota", &json!({ "quota": 5 })).expect(200);
    let now = office.get(&period).expect(200).json();
    let change = json!({
        "version": now["version"], "name": "改名", "opens": now["opens"], "closes": now["closes"], "state": "closed"
    });
    assert_eq!(office.json(&Method::PUT, &period, &change).expect(200).json()["state"], "closed");
    t.public().get("/api/v1/evidence/items").expect(401);
}

fn papers_are_told_by_their_bytes(t: &TestApp) {
    let c = city(t);
    let unit = t.member("经办人", vec![grant(Role::UnitClerk, &[c.trade.0])]).by_key();
    let draft = json!({
        "unit": c.trade.1, "kind": "rule", "title": "管理办法", "dated": today(t).to_string(),
        "uses": [{ "period": c.period.number, "code": MARKET }]
    });
    let item = unit.json(&Method::POST, "/api/v1/evidence/items", &draft).expect(201).json();
    let at = format!("/api/v1/evidence/items/{}", item["number"].as_str().unwrap());
    bytes(&unit, &format!("{at}/files?name=a.pdf"), PDF).expect(202);
    bytes(&unit, &format!("{at}/files?name=b.pdf"), b"<html>not what it says</html>").expect(202);
    bytes(&unit, &format!("{at}/files?name=c.jpg"), &picture(900, 900, 3)).expect(202);
    settle(t);
    let item = unit.get(&at).expect(200).json();
    let files: Vec<(&str, &str)> = item["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (f["state"].as_str().unwrap(), f["media_type"].as_str().or(f["fault"].as_str()).unwrap()))
        .collect();
    assert_eq!(files, [("ready", "application/pdf"), ("refused", "not-a-picture"), ("ready", "image/jpeg")]);
    let stopped =
        unit.json(&Method::POST, &format!("{at}/submission"), &json!({ "version": item["version"] }));
    let stopped = stopped.expect(422);
    assert!(stopped.has("evidence-refused") && stopped.has("evidence-caption"), "{}", stopped.text());
    let file = |n: usize| format!("{at}/files/{}", item["files"][n]["id"].as_str().unwrap());
    let gone = unit.send(Method::DELETE, &file(1), &[], Body::empty()).expect(200).json();
    let said = json!({ "version": gone["version"], "caption": {
        "time": "三月", "place": "市场", "people": "商户", "subject": "检查", "background": "整治", "cause": "规范经营"
    } });
    let item = unit.json(&Method::PUT, &format!("{}/caption", file(2)), &said).expect(200).json();
    unit.json(&Method::POST, &format!("{at}/submission"), &json!({ "version": item["version"] })).expect(200);
    let fetched = unit.send(Method::POST, &format!("{}/original", file(0)), &[], Body::empty()).expect(200);
    assert_eq!((fetched.bytes.as_slice(), fetched.header("content-type")), (PDF, "application/pdf"));
    let other = t.member("别的单位", vec![grant(Role::UnitClerk, &[c.community.0])]).by_key();
    other.send(Method::POST, &format!("{}/original", file(0)), &[], Body::empty()).expect(404);
    unit.send(Method::DELETE, &file(2), &[], Body::empty()).expect(409);
}
