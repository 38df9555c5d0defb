//! Personal data go to somebody else: written down, consented to, and how it ended.

use super::world::{auditor, features, run, security, value};
use axum::http::Method;
use kernel::policy::Role;
use kernel::time::DAY;
use serde_json::{Value, json};
use testkit::{Client, TestApp, whole_city};

testkit::stories!(features();
    it_goes_nowhere_without_consent,
    every_wrong_field_is_named_at_once,
    programs_keep_the_register_too,
    whom_to_call_is_sealed_and_forgotten,
);

const REGISTER: &str = "/personal-provisions";

fn office(t: &TestApp) -> Client<'_> {
    t.member("文明办", vec![whole_city(Role::Office)])
}

fn leader(t: &TestApp) -> Client<'_> {
    t.member("主任", vec![whole_city(Role::Leader)])
}

fn fields() -> Vec<(&'static str, &'static str)> {
    vec![
        ("provision_kind", "entrust"),
        ("receiver", "演示印刷有限公司"),
        ("credit_code", "91350100M000100Y43"),
        ("contact", "张经理 13893712345"),
        ("purpose", "打印回访信封"),
        ("data", "姓名、地址"),
        ("people", "1200"),
        ("children", "1"),
        ("basis", "consent"),
        ("document", "合同 2026-17"),
        ("assessment", "影评 2026-3"),
        ("way", "当面交付加密光盘"),
        ("safeguards", "专机打印，不得复制，十日内销毁"),
        ("from_date", "2026-03-05"),
        ("until_date", "2026-03-20"),
    ]
}

fn proposed(t: &TestApp) -> String {
    let made = office(t).submit(&format!("{REGISTER}/new"), REGISTER, &fields()).expect(303);
    made.location().unwrap().split('?').next().unwrap().to_owned()
}

fn step(client: &Client<'_>, page: &str, step: &str, words: &str) -> testkit::http::Page {
    client.submit("/inbox", &format!("{page}/steps"), &[("step", step), ("words", words)])
}

fn it_goes_nowhere_without_consent(t: &TestApp) {
    let page = proposed(t);
    for client in [office(t), office(t).english(), leader(t), security(t), auditor(t)] {
        for path in [page.as_str(), REGISTER, "/personal-provisions?state=ended"] {
            let shown = client.get(path).expect(200);
            assert!(shown.missing_texts().is_empty(), "{path}: {:?}", shown.missing_texts());
        }
    }
    assert!(leader(t).get(&page).has("演示印刷有限公司") && leader(t).get(REGISTER).has("含儿童信息"));
    // who proposes is not who consents
    step(&office(t), &page, "approve", "").expect(403);
    step(&security(t), &page, "approve", "").expect(403);
    step(&leader(t), &page, "decline", "").expect(422);
    step(&leader(t), &page, "approve", "").expect(303);
    step(&leader(t), &page, "decline", "不妥").expect(409);
    step(&office(t), &page, "withdraw", "不需要了").expect(409);
    t.advance(16 * DAY);
    let late = office(t).get(&page).expect(200);
    assert!(late.has("还没有登记数据怎样收回"), "{}", late.text());
    step(&office(t), &page, "end", "").expect(422);
    step(&office(t), &page, "end", "光盘已收回，打印机存储已清除").expect(303);
    let ended = office(t).get(&page).expect(200);
    assert!(ended.has("光盘已收回") && !ended.has("还没有登记数据怎样收回"));
    let file = auditor(t).get("/personal-provisions?state=ended&format=csv").expect(200);
    assert!(file.has("PROV-2026-0001") && file.has("91350100M000100Y43") && file.has("影评 2026-3"));
    assert!(!file.has("13893712345"), "whom to call is not in the list");
    t.public().get(&page).expect(303);
    t.member("督查", vec![whole_city(Role::Inspector)]).get(&page).expect(403);
    leader(t).get("/personal-provisions/new").expect(403);
    office(t).get("/personal-provisions/PROV-2026-9999").expect(404);
}

fn every_wrong_field_is_named_at_once(t: &TestApp) {
    let client = office(t);
    let new = format!("{REGISTER}/new");
    let nothing = client.submit(&new, REGISTER, &[("people", "很多")]).expect(422);
    assert!(nothing.missing_texts().is_empty(), "{:?}", nothing.missing_texts());
    assert_eq!(nothing.text().matches("field-error").count(), 5, "{}", nothing.text());
    let with = |name: &str, value: &'static str| -> Vec<(&'static str, &'static str)> {
        fields().into_iter().map(|(n, v)| (n, if n == name { value } else { v })).collect()
    };
    for (name, value, what) in [
        ("credit_code", "91350100M000100Y44", "不是有效的统一社会信用代码"),
        ("people", "0", "请填 1 到"),
        ("until_date", "2026-03-04", "结束日期早于开始日期"),
        ("safeguards", " ", "必须填写"),
    ] {
        let page = client.submit(&new, REGISTER, &with(name, value)).expect(422);
        assert!(page.has(what) && page.has("打印回访信封"), "{name}: {}", page.text());
        assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
    }
    assert_eq!(value::<i64>(t, "select count(*) from keeping_provision"), 0);
    // whoever has no code leaves it out
    client.submit(&new, REGISTER, &with("credit_code", "")).expect(303);
}

fn programs_keep_the_register_too(t: &TestApp) {
    let (office, leader) = (office(t).by_key(), leader(t).by_key());
    let path = "/api/v1/personal-provisions";
    let made = json!({
        "kind": "provide", "receiver": "市公安局", "contact": "值班室", "purpose": "查找走失老人", "data": "上报照片", "people": 1,
        "basis": "emergency", "document": "公函 2026-8", "assessment": "影评 2026-4", "way": "当面查阅", "safeguards": "只看不拷",
        "from_date": "2026-03-05", "until_date": "2026-03-06"
    });
    let wrong = |name: &str, value: Value| {
        let mut body = made.clone();
        body[name] = value;
        office.json(&Method::POST, path, &body).expect(422).json()
    };
    assert_eq!(wrong("kind", json!("sell"))["errors"][0]["field"], "kind");
    assert_eq!(wrong("until_date", json!("明天"))["errors"][0]["field"], "until_date");
    assert_eq!(wrong("people", json!(-1))["errors"][0]["field"], "people");
    leader.json(&Method::POST, path, &made).expect(403);
    let entry = office.json(&Method::POST, path, &made).expect(201).json();
    assert_eq!(entry["allowed_steps"], json!(["approve", "decline", "withdraw"]));
    let steps = format!("{path}/{}/steps", entry["number"].as_str().unwrap());
    leader.json(&Method::POST, &steps, &json!({ "step": "approve", "version": 9 })).expect(409);
    let done =
        leader.json(&Method::POST, &steps, &json!({ "step": "approve", "version": 1 })).expect(200).json();
    assert_eq!((done["state"].as_str(), done["version"].as_i64()), (Some("approved"), Some(2)));
    office.json(&Method::POST, &steps, &json!({ "step": "end", "words": "未留存" })).expect(200);
    assert_eq!(office.get(path).json()["items"].as_array().unwrap().len(), 0);
    assert_eq!(
        office.get("/api/v1/personal-provisions?state=ended").json()["items"][0]["receiver"],
        "市公安局"
    );
}

fn whom_to_call_is_sealed_and_forgotten(t: &TestApp) {
    t.test.leave_jobs();
    let page = proposed(t);
    assert_eq!(t.test.mobiles_on_disk(), Vec::<String>::new());
    step(&leader(t), &page, "decline", "先做评估").expect(303);
    t.advance(1095 * DAY);
    assert_eq!(run(t).counts.0.get("provisions"), None, "three years at least");
    t.advance(2 * DAY);
    assert_eq!(run(t).counts.0.get("provisions"), Some(&1));
    assert_eq!(value::<i64>(t, "select count(*) from keeping_provision where contact <> ''"), 0);
    assert!(office(t).get(&page).expect(200).has("演示印刷有限公司"), "the entry itself stays");
}
