//! How long things are kept is set within what the law allows.

use super::world::{auditor, closed, features, keeps, known, run, security, security_ctx, value};
use axum::http::Method;
use kernel::policy::Role;
use serde_json::json;
use testkit::{TestApp, whole_city};

testkit::stories!(features();
    the_security_administrator_sets_days_with_a_reason,
    days_outside_the_bounds_are_refused,
    other_days_hold_from_the_next_run_on,
    others_see_or_do_nothing,
    every_page_is_in_words,
    programs_read_and_set_the_same,
);

const PAGE: &str = "/admin/keeping/rules/case-reporter";

fn the_security_administrator_sets_days_with_a_reason(t: &TestApp) {
    let client = security(t);
    client.submit(PAGE, PAGE, &[("days", "180"), ("reason", "党组会议定")]).expect(303);
    let page = client.get("/admin/keeping").expect(200);
    assert!(page.has("180 天") && page.has("党组会议定") && page.has("已调整"));
    let log: String = value(t, "select detail from audit where verb = 'keeping.days-set'");
    assert!(log.contains("\"before\":365") && log.contains("\"after\":180"), "{log}");
    // whoever saw it before somebody else changed it is told so
    let stale = [("days", "200"), ("reason", "x"), ("version", "0")];
    client.submit("/inbox", PAGE, &stale).expect(409);
}

fn days_outside_the_bounds_are_refused(t: &TestApp) {
    let client = security(t);
    for (days, reason) in [("89", "x"), ("1826", "x"), ("", "x"), ("abc", "x"), ("180", " ")] {
        let page = client.submit(PAGE, PAGE, &[("days", days), ("reason", reason)]).expect(422);
        assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
    }
    let page = client.submit(PAGE, PAGE, &[("days", "89"), ("reason", "x")]);
    assert!(page.has("应在 90 到 1,825 天之间") || page.has("应在 90 到 1825 天之间"), "{}", page.text());
    client
        .submit(
            "/admin/keeping/rules/sessions",
            "/admin/keeping/rules/sessions",
            &[("days", "3"), ("reason", "x")],
        )
        .expect(409);
    client.get("/admin/keeping/rules/nothing").expect(404);
    assert_eq!(value::<i64>(t, "select count(*) from keeping_days"), 0);
}

fn other_days_hold_from_the_next_run_on(t: &TestApp) {
    t.test.leave_jobs();
    closed(t, 2, 200);
    assert_eq!(run(t).counts.0.get("case-reporter"), None);
    let (ctx, rule) = (security_ctx(t), keeps(t).rule("case-reporter").unwrap());
    let inner = ctx.clone();
    let set =
        move |tx: &mut store::Tx<'_>| keeping::commands::set_days(&inner, tx, rule, 100, "会议定", None);
    t.test.db.write_now(&ctx, set).unwrap();
    assert_eq!(run(t).counts.0.get("case-reporter"), Some(&2));
    assert_eq!(known(t), 0);
}

fn others_see_or_do_nothing(t: &TestApp) {
    let auditor = auditor(t);
    for page in ["/admin/keeping", "/admin/keeping/preview", "/admin/keeping/runs", "/admin/keeping/holds"] {
        auditor.get(page).expect(200);
        for role in [Role::Leader, Role::Office, Role::SystemAdmin, Role::UnitHead] {
            t.member("甲", vec![whole_city(role)]).get(page).expect(403);
        }
        t.public().get(page).expect(303);
    }
    auditor.get(PAGE).expect(403);
    auditor.submit("/inbox", PAGE, &[("days", "180"), ("reason", "x")]).expect(403);
    auditor.submit("/inbox", "/admin/keeping/runs", &[]).expect(403);
    auditor
        .submit(
            "/inbox",
            "/admin/keeping/holds",
            &[("hold_kind", "before"), ("before_day", "2026-01-01"), ("reason", "x")],
        )
        .expect(403);
}

fn every_page_is_in_words(t: &TestApp) {
    t.test.leave_jobs();
    closed(t, 1, 400);
    run(t);
    for client in [security(t), security(t).english()] {
        for path in
            ["/admin/keeping", PAGE, "/admin/keeping/preview", "/admin/keeping/runs", "/admin/keeping/holds"]
        {
            let page = client.get(path).expect(200);
            assert!(page.missing_texts().is_empty(), "{path}: {:?}", page.missing_texts());
        }
    }
    for path in ["/admin/keeping", "/admin/keeping/preview", "/admin/keeping/runs"] {
        for format in ["xlsx", "csv"] {
            let file = security(t).get(&format!("{path}?format={format}")).expect(200);
            assert!(file.header("content-disposition").contains(format), "{path}");
        }
    }
    assert!(security(t).get("/admin/keeping/runs?format=csv").has("上报人和关注人"));
}

fn programs_read_and_set_the_same(t: &TestApp) {
    let key = security(t).by_key();
    let rules = key.get("/api/v1/admin/keeping/rules").expect(200).json();
    let of = |rules: &serde_json::Value| {
        rules["items"].as_array().unwrap().iter().find(|rule| rule["key"] == "case-words").unwrap().clone()
    };
    let rule = of(&rules);
    assert_eq!(
        (rule["days"].as_i64(), rule["least_days"].as_i64(), rule["version"].as_i64()),
        (Some(1095), Some(184), Some(0))
    );
    let set =
        |body: serde_json::Value| key.json(&Method::PUT, "/api/v1/admin/keeping/rules/case-words", &body);
    set(json!({ "days": 400, "reason": "会议定", "version": 0 })).expect(200);
    set(json!({ "days": 500, "reason": "会议定", "version": 0 })).expect(409);
    set(json!({ "days": 1, "reason": "会议定" })).expect(422);
    set(json!({ "days": 400, "reason": "" })).expect(422);
    assert_eq!(of(&key.get("/api/v1/admin/keeping/rules").json())["days"], 400);
    assert_eq!(key.get("/api/v1/admin/keeping/preview").expect(200).json()["items"][0]["today"], 0);
}
