//! 保全: what is held is not erased, until somebody lifts it.

use super::world::{closed, features, keeps, known, run, security, security_ctx, tamper, unit, value};
use axum::http::Method;
use kernel::time::DAY;
use serde_json::json;
use testkit::TestApp;

testkit::stories!(features();
    a_held_case_stays_until_it_is_lifted,
    cases_of_a_unit_and_of_those_below_it_are_held,
    everything_before_a_day_is_held,
    what_is_not_there_cannot_be_held,
    programs_hold_and_lift,
);

const HOLDS: &str = "/admin/keeping/holds";

fn held_and_due(t: &TestApp) -> (i64, i64) {
    let (ctx, keeps) = (security_ctx(t), keeps(t));
    let found = t.test.db.read_now(move |tx| keeping::queries::preview(&ctx, tx, &keeps)).unwrap();
    let waiting = found.iter().find(|(rule, _)| rule.rule.key == "case-reporter").unwrap().1.unwrap();
    (waiting.held, waiting.today)
}

fn a_held_case_stays_until_it_is_lifted(t: &TestApp) {
    t.test.leave_jobs();
    let numbers = closed(t, 3, 400);
    let client = security(t);
    let hold = [("hold_kind", "case"), ("case_number", numbers[1].as_str()), ("reason", "(2026)甘02行初7号")];
    client.submit(HOLDS, HOLDS, &hold).expect(303);
    assert!(client.get(HOLDS).has(&numbers[1]));
    assert_eq!(held_and_due(t), (1, 2));
    assert_eq!(run(t).counts.0.get("case-reporter"), Some(&2));
    assert_eq!(known(t), 1);

    let number: String = value(t, "select number from keeping_hold");
    let lifting = format!("{HOLDS}/{number}/lifting");
    client.submit(&lifting, &lifting, &[("reason", "")]).expect(422);
    client.submit(&lifting, &lifting, &[("reason", "判决生效")]).expect(303);
    client.submit("/inbox", &lifting, &[("reason", "再来")]).expect(409);
    assert!(client.get(&format!("{HOLDS}?state=lifted")).has("判决生效"));
    assert_eq!(run(t).counts.0.get("case-reporter"), Some(&1));
    assert_eq!(known(t), 0);
    let told: i64 = value(t, "select count(*) from audit where verb in ('keeping.held', 'keeping.lifted')");
    assert_eq!(told, 2);
}

fn cases_of_a_unit_and_of_those_below_it_are_held(t: &TestApp) {
    t.test.leave_jobs();
    unit(t, 20, "市容局", None);
    unit(t, 21, "环卫所", Some(20));
    unit(t, 30, "水务局", None);
    let numbers = closed(t, 4, 400);
    for (number, column, unit) in
        [(&numbers[0], "lead_unit", 21), (&numbers[1], "governing_unit", 20), (&numbers[2], "lead_unit", 30)]
    {
        tamper(t, &format!("update case_file set {column} = {unit} where number = '{number}'"));
    }
    let hold = [("hold_kind", "unit"), ("unit", "U-20"), ("reason", "审计")];
    security(t).submit(HOLDS, HOLDS, &hold).expect(303);
    assert_eq!(held_and_due(t), (2, 2));
    assert_eq!(run(t).counts.0.get("case-reporter"), Some(&2));
    assert_eq!(known(t), 2);
}

fn everything_before_a_day_is_held(t: &TestApp) {
    t.test.leave_jobs();
    closed(t, 1, 700);
    closed(t, 2, 400);
    let day = t.test.db.now().plus(-600 * DAY).date().to_string();
    let hold = [("hold_kind", "before"), ("before_day", day.as_str()), ("reason", "清查")];
    security(t).submit(HOLDS, HOLDS, &hold).expect(303);
    assert_eq!(held_and_due(t), (1, 2));
    run(t);
    assert_eq!(known(t), 1);
}

fn what_is_not_there_cannot_be_held(t: &TestApp) {
    let client = security(t);
    for wrong in [
        [("hold_kind", "case"), ("case_number", "CASE-2026-999999"), ("reason", "x")],
        [("hold_kind", "case"), ("case_number", ""), ("reason", "x")],
        [("hold_kind", "unit"), ("unit", "U-99"), ("reason", "x")],
        [("hold_kind", "before"), ("before_day", "明天"), ("reason", "x")],
        [("hold_kind", "before"), ("before_day", ""), ("reason", "x")],
        [("hold_kind", "before"), ("before_day", "2026-01-01"), ("reason", "")],
        [("hold_kind", ""), ("case_number", ""), ("reason", "x")],
    ] {
        let page = client.submit(HOLDS, HOLDS, &wrong).expect(422);
        assert!(page.missing_texts().is_empty(), "{wrong:?}: {:?}", page.missing_texts());
    }
    assert_eq!(value::<i64>(t, "select count(*) from keeping_hold"), 0);
    client.get(&format!("{HOLDS}/HOLD-2026-0001/lifting")).expect(404);
}

fn programs_hold_and_lift(t: &TestApp) {
    t.test.leave_jobs();
    let numbers = closed(t, 1, 400);
    let key = security(t).by_key();
    let path = "/api/v1/admin/keeping/holds";
    let made = json!({ "kind": "case", "what": numbers[0], "reason": "诉讼" });
    let hold = key.json(&Method::POST, path, &made).expect(201).json();
    key.json(&Method::POST, path, &json!({ "kind": "case", "what": "CASE-1", "reason": "诉讼" })).expect(422);
    key.json(&Method::POST, path, &json!({ "kind": "all", "what": "", "reason": "诉讼" })).expect(422);
    assert_eq!(key.get(path).expect(200).json()["items"][0]["what"], json!(numbers[0]));
    let lifting = format!("{path}/{}/lifting", hold["number"].as_str().unwrap());
    key.json(&Method::POST, &lifting, &json!({ "reason": "结束" })).expect(200);
    key.json(&Method::POST, &lifting, &json!({ "reason": "结束" })).expect(409);
    assert_eq!(key.get(&format!("{path}?state=lifted")).json()["items"][0]["lift_reason"], "结束");
}
