//! The same by program.

use super::world::{features, office_page, tokens};
use axum::http::Method;
use kernel::policy::Role;
use serde_json::json;
use testkit::{TestApp, whole_city};

testkit::stories!(features(); a_program_makes_and_closes_one);

fn a_program_makes_and_closes_one(t: &TestApp) {
    t.test.leave_jobs();
    let office = office_page(t).by_key();
    let made = office.json(&Method::POST, "/api/v1/surveys", &json!({ "name": "市民", "audience": "市民" }));
    let made = made.expect(201).json();
    assert_eq!(
        (&made["number"], &made["state"], &made["mock"]),
        (&json!("SV-0001"), &json!("draft"), &json!(true))
    );
    let at = "/api/v1/surveys/SV-0001";
    let scale = json!([{ "text": "满意", "counts": 10000 }, { "text": "不满意", "counts": 0 }]);
    let questions = json!([
        { "kind": "scale", "text": "您对路面保洁满意吗？", "options": scale },
        { "kind": "single", "text": "最不满意的是哪里？", "options": [{ "text": "路面" }, { "text": "绿化" }],
          "when": { "question": 1, "options": [2] } }
    ]);
    let wrong = json!({ "version": 1, "questions": [{ "kind": "picture", "text": "?" }] });
    office.json(&Method::PUT, &format!("{at}/questions"), &wrong).expect(422);
    let fill = json!({ "version": 1, "questions": questions });
    let filled = office.json(&Method::PUT, &format!("{at}/questions"), &fill).expect(200).json();
    assert_eq!((&filled["version"], &filled["doubts"]), (&json!(2), &json!([])));
    assert_eq!(filled["questions"][1]["when"], json!({ "question": 1, "options": [2] }));
    office.json(&Method::PUT, &format!("{at}/questions"), &fill).expect(409);
    let publish = |version: i64| json!({ "version": version, "seen": true });
    let bare = office.json(&Method::POST, &format!("{at}/publication"), &publish(2)).expect(409).json();
    assert_eq!(bare["code"], "survey-no-segments");
    let nowhere =
        json!({ "version": 2, "segments": [{ "division": "999", "name": "一段", "households": 40 }] });
    office.json(&Method::PUT, &format!("{at}/segments"), &nowhere).expect(422);
    let traits = json!({ "version": 2, "traits": [{ "name": "性别", "categories": [{ "name": "男", "people": 48000 }, { "name": "女" }] }] });
    office.json(&Method::PUT, &format!("{at}/traits"), &traits).expect(422);
    let traits = json!({ "version": 2, "source": "人口普查", "traits": [{ "name": "性别", "categories": [{ "name": "男", "people": 48000 }, { "name": "女", "people": 46500 }] }] });
    let sample = office.json(&Method::PUT, &format!("{at}/traits"), &traits).expect(200).json();
    assert_eq!(sample["version"], 3);
    let quotas = json!({ "version": 3, "quotas": { "0": 5, "1": 5 } });
    office.json(&Method::PUT, &format!("{at}/quotas"), &quotas).expect(200);
    let plan = json!({ "margin": 0, "effect": 150, "response": 70, "each": 20, "tries": 3, "per_day": 15 });
    office.json(&Method::PUT, &format!("{at}/plan"), &json!({ "version": 4, "plan": plan })).expect(422);
    office.get(&format!("{at}/results")).expect(409);
    assert!(tokens(t, "SV-0001").is_empty());
    let copy = office.json(&Method::POST, &format!("{at}/copies"), &json!({})).expect(201).json();
    assert_eq!(copy["edition"], 2);
    let clerk = t.member("经办人", vec![whole_city(Role::UnitClerk)]).by_key();
    clerk.json(&Method::POST, "/api/v1/surveys", &json!({ "name": "x", "audience": "市民" })).expect(403);
    clerk.get(&format!("{at}/results")).expect(403);
}
