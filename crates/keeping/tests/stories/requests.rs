//! Somebody asks what the city holds of them, and to have it erased.

use super::world::{closed, features, known, run, security, tamper, value};
use axum::http::Method;
use kernel::policy::Role;
use kernel::time::DAY;
use serde_json::json;
use testkit::{Client, TestApp, whole_city};

testkit::stories!(features();
    what_is_held_is_found_and_handed_out,
    erasing_needs_the_leader,
    what_goes_on_or_is_held_stays,
    every_wrong_field_is_named,
    steps_follow_the_table,
    programs_keep_the_register_too,
    the_register_forgets_who_asked,
);

const PHONE: &str = "13893712345";
const REGISTER: &str = "/personal-requests";

fn office(t: &TestApp) -> Client<'_> {
    t.member("文明办", vec![whole_city(Role::Office)])
}

fn leader(t: &TestApp) -> Client<'_> {
    t.member("主任", vec![whole_city(Role::Leader)])
}

/// A request of this kind; where it stands.
fn asked(t: &TestApp, kind: &str) -> String {
    let fields = [
        ("request_kind", kind),
        ("name", "李报事"),
        ("phone", "138 9371 2345"),
        ("identity", "回拨电话核实"),
        ("wish", "请删除我的信息"),
        ("asked_on", "2026-03-05"),
    ];
    let made = office(t).submit(&format!("{REGISTER}/new"), REGISTER, &fields).expect(303);
    made.location().unwrap().split('?').next().unwrap().to_owned()
}

fn step(client: &Client<'_>, page: &str, step: &str, words: &str) -> testkit::http::Page {
    client.submit(page, &format!("{page}/steps"), &[("step", step), ("words", words)])
}

/// A report, a case that is followed, and a complaint of the same number.
fn leave(t: &TestApp) {
    closed(t, 1, 10);
    let words = [("kind", "complaint"), ("body", "窗口态度不好"), ("contact", "13893712345")];
    t.public().submit("/suggestions", "/suggestions", &words).expect(303);
    tamper(t, "update suggestion set answered_at = 1");
    t.run_jobs();
}

fn what_is_held_is_found_and_handed_out(t: &TestApp) {
    leave(t);
    let page = asked(t, "access");
    for client in [office(t), office(t).english(), leader(t)] {
        let shown = client.get(&page).expect(200);
        assert!(shown.missing_texts().is_empty(), "{:?}", shown.missing_texts());
        assert!(shown.has("路灯不亮 0") && shown.has("窗口态度不好") && shown.has("李报事"));
    }
    // 15 working days after a Thursday, by the calendar of a city that has published none
    assert!(office(t).get(&page).has("2026年3月26日"), "{}", office(t).get(&page).text());
    let file = office(t).get(&format!("{page}?format=csv")).expect(200);
    assert!(file.has("路灯不亮 0") && file.has("窗口态度不好"));
    assert_eq!(value::<i64>(t, "select count(*) from audit where verb = 'request.handed-out'"), 1);
    step(&office(t), &page, "answer", "已当面交付").expect(303);
    let ended = office(t).get(&page).expect(200);
    assert!(ended.has("已当面交付") && !ended.has("窗口态度不好"), "what is held is not shown for ever");
    t.member("安全员", vec![whole_city(Role::SecurityAdmin)]).get(&page).expect(403);
    t.public().get(&page).expect(303);
}

fn erasing_needs_the_leader(t: &TestApp) {
    leave(t);
    let page = asked(t, "erasure");
    step(&leader(t), &page, "erase", "删除").expect(409);
    step(&office(t), &page, "propose", "本人要求，案卷已结").expect(303);
    let shown = leader(t).get(&page).expect(200);
    assert!(shown.missing_texts().is_empty(), "{:?}", shown.missing_texts());
    // who asks for it is not who consents
    office(t).submit("/inbox", &format!("{page}/steps"), &[("step", "erase"), ("words", "删除")]).expect(403);
    assert_eq!(known(t), 1);
    step(&leader(t), &page, "erase", "同意").expect(303);
    assert_eq!(known(t), 0);
    assert_eq!(value::<i64>(t, "select count(*) from suggestion where body <> ''"), 0);
    assert_eq!(value::<i64>(t, "select count(*) from case_file"), 1, "the case stays");
    assert!(office(t).get(&page).has("已删除"));
    assert_eq!(value::<i64>(t, "select erased from keeping_request"), 2);
    assert_eq!(t.test.mobiles_on_disk(), Vec::<String>::new());
}

fn what_goes_on_or_is_held_stays(t: &TestApp) {
    let numbers = closed(t, 2, 10);
    tamper(
        t,
        &format!("update case_file set state = 'handling', closed_at = null where number = '{}'", numbers[0]),
    );
    let hold = [("hold_kind", "case"), ("case_number", numbers[1].as_str()), ("reason", "诉讼")];
    security(t).submit("/admin/keeping/holds", "/admin/keeping/holds", &hold).expect(303);
    let page = asked(t, "erasure");
    let shown = office(t).get(&page);
    assert!(shown.has("尚未办结") && shown.has("保全中") && shown.has("可以删除 0 项"), "{}", shown.text());
    step(&office(t), &page, "propose", "本人要求").expect(303);
    step(&leader(t), &page, "erase", "同意").expect(303);
    assert_eq!((known(t), value::<i64>(t, "select erased from keeping_request")), (2, 0));
}

fn every_wrong_field_is_named(t: &TestApp) {
    let client = office(t);
    let sent = client.submit(
        &format!("{REGISTER}/new"),
        REGISTER,
        &[("request_kind", "nothing"), ("asked_on", "昨天")],
    );
    let page = sent.expect(422);
    assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
    let fields = [
        ("request_kind", "access"),
        ("name", ""),
        ("phone", "12"),
        ("identity", ""),
        ("wish", ""),
        ("asked_on", "2026-03-06"),
    ];
    let page = client.submit(&format!("{REGISTER}/new"), REGISTER, &fields).expect(422);
    assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
    assert_eq!(page.text().matches("field-error").count(), 5, "{}", page.text());
    assert_eq!(value::<i64>(t, "select count(*) from keeping_request"), 0);
}

fn steps_follow_the_table(t: &TestApp) {
    let page = asked(t, "correction");
    let client = office(t);
    step(&client, &page, "propose", "x").expect(409);
    step(&client, &page, "nothing", "x").expect(422);
    step(&client, &page, "answer", "").expect(422);
    client
        .submit("/inbox", &format!("{page}/steps"), &[("step", "answer"), ("words", "x"), ("version", "9")])
        .expect(409);
    step(&client, &page, "withdraw", "本人来电").expect(303);
    client.submit("/inbox", &format!("{page}/steps"), &[("step", "answer"), ("words", "x")]).expect(409);
    client.get("/personal-requests/REQ-2026-9999").expect(404);
    for path in [REGISTER, "/personal-requests?state=ended", "/personal-requests/new"] {
        let page = client.get(path).expect(200);
        assert!(page.missing_texts().is_empty(), "{path}: {:?}", page.missing_texts());
    }
    let list = client.get("/personal-requests?state=ended&format=csv").expect(200);
    assert!(list.has("REQ-2026-0001") && !list.has("李报事"));
    leader(t).get("/personal-requests/new").expect(403);
}

fn programs_keep_the_register_too(t: &TestApp) {
    leave(t);
    let (office, leader) = (office(t).by_key(), leader(t).by_key());
    let made = json!({
        "kind": "erasure", "name": "李报事", "phone": PHONE, "identity": "当面", "wish": "删除", "asked_on": "2026-03-05"
    });
    let request = office.json(&Method::POST, "/api/v1/personal-requests", &made).expect(201).json();
    let steps = format!("/api/v1/personal-requests/{}/steps", request["number"].as_str().unwrap());
    leader.json(&Method::POST, &steps, &json!({ "step": "propose", "words": "x" })).expect(403);
    office
        .json(&Method::POST, &steps, &json!({ "step": "propose", "words": "本人要求", "version": 1 }))
        .expect(200);
    office
        .json(&Method::POST, &steps, &json!({ "step": "withdraw", "words": "x", "version": 1 }))
        .expect(409);
    let done =
        leader.json(&Method::POST, &steps, &json!({ "step": "erase", "words": "同意" })).expect(200).json();
    assert_eq!((done["state"].as_str(), done["erased"].as_i64()), (Some("erased"), Some(2)));
    assert_eq!(
        office.get("/api/v1/personal-requests?state=ended").json()["items"].as_array().unwrap().len(),
        1
    );
    assert_eq!(known(t), 0);
}

fn the_register_forgets_who_asked(t: &TestApp) {
    t.test.leave_jobs();
    let page = asked(t, "access");
    step(&office(t), &page, "answer", "已交付").expect(303);
    t.advance(1095 * DAY);
    assert_eq!(run(t).counts.0.get("requests"), None, "three years at least");
    t.advance(2 * DAY);
    assert_eq!(run(t).counts.0.get("requests"), Some(&1));
    assert_eq!(
        value::<i64>(t, "select count(*) from keeping_request where name <> '' or phone_mark is not null"),
        0
    );
    office(t).get(&page).expect(200);
}
