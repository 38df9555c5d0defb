//! The same by the API.

use super::world::{World, told};
use axum::http::Method;
use kernel::policy::Role;
use serde_json::{Value, json};
use testkit::whole_city;

told!(programs_do_the_same);

fn programs_do_the_same(w: &World) {
    let api = "/api/v1/inspections";
    let office = w.t.member("文明办", vec![whole_city(Role::Office)]).by_key();
    let post = |path: &str, body: &Value, status: u16| {
        office.json(&Method::POST, &format!("{api}{path}"), body).expect(status).json()
    };
    let draft = json!({
        "name": "第一季度", "from": "2026-03-09", "until": "2026-03-13", "method": "total", "total": 6,
        "types": {"market": 1, "school": 1}, "by_division": true, "second_percent": 50, "public_source": "开奖号码",
    });
    let made = post("", &draft, 201);
    assert_eq!(
        (&made["number"], &made["state"], &made["version"]),
        (&json!("IN-2026-0001"), &json!("planned"), &json!(1))
    );
    let takes = |of: &Value| -> i64 {
        of["strata"].as_array().unwrap().iter().map(|s| s["take"].as_i64().unwrap()).sum()
    };
    assert_eq!(takes(&made), 6);
    let mut change = draft.clone();
    change["total"] = json!(8);
    office.json(&Method::PUT, &format!("{api}/IN-2026-0001"), &change).expect(422);
    change["version"] = json!(1);
    let changed = office.json(&Method::PUT, &format!("{api}/IN-2026-0001"), &change).expect(200).json();
    assert_eq!((takes(&changed), &changed["version"]), (8, &json!(2)));
    office.json(&Method::PUT, &format!("{api}/IN-2026-0001"), &change).expect(409);
    let bound = post("/IN-2026-0001/commitment", &json!({"version": 2}), 200);
    assert_eq!(bound["commitment"].as_str().unwrap().len(), 64);
    let said = json!({"version": 3, "public_value": "5 0 7", "witness": "甲"});
    post("/IN-2026-0001/draw", &json!({"version": 3, "public_value": "", "witness": "甲"}), 422);
    let drawn = post("/IN-2026-0001/draw", &said, 200);
    assert_eq!((&drawn["state"], &drawn["commitment"]), (&json!("drawn"), &bound["commitment"]));
    post("/IN-2026-0001/draw", &said, 409);
    post("/IN-2026-0001/start", &json!({"version": 4}), 200);
    let points = office.get(&format!("{api}/IN-2026-0001/points")).expect(200).json();
    let first = points["items"][0]["number"].clone();
    let swap = json!({"version": 5, "point": first, "reason": "找不到"});
    let stands_in = post("/IN-2026-0001/replacements", &swap, 200);
    assert_eq!(stands_in["stands_for"], first);
    let proof = office.get(&format!("{api}/IN-2026-0001/proof")).expect(200).json();
    assert_eq!(post("/check", &proof, 200), json!({"sound": true, "faults": []}));
    let mut forged = proof.clone();
    forged["replacements"][0]["reason"] = json!("别的");
    assert_eq!(post("/check", &forged, 200)["faults"][0]["part"], "supplement");
    post("/check", &json!({"format": "x"}), 422);
    post("/IN-2026-0001/end", &json!({"version": 6}), 200);
    post("/IN-2026-0001/cancellation", &json!({"version": 7, "reason": "x"}), 409);
    let listed = office.get(&format!("{api}?state=ended")).expect(200).json();
    assert_eq!((&listed["items"][0]["points"], &listed["items"][0]["replaced"]), (&json!(8), &json!(1)));
    // everybody
    let public = w.t.public();
    let draws = public.get("/api/v1/draws").expect(200).json();
    assert_eq!(draws["items"][0]["commitment"], bound["commitment"]);
    assert_eq!(public.get("/api/v1/draws/IN-2026-0001/proof").expect(200).json(), proof);
    // bad bodies
    post("", &json!({"name": 7}), 422);
    let mut wrong = draft;
    wrong["from"] = json!("gestern");
    wrong["method"] = json!("dice");
    post("", &wrong, 422);
}
