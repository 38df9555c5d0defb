//! What people see and do, and who may not.

use super::world::{CLEANING, World, street, told};
use axum::http::Method;
use honesty::policy::{Act, POLICY, visible_to};
use kernel::id::Id;
use kernel::policy::{Role, Standing, Tie};
use serde_json::json;
use testkit::{grant, whole_city};

told!(
    a_verifier_sees_it_at_the_form_and_says_false_alarm,
    only_what_was_confirmed_is_counted,
    strangers_units_and_own_work_are_turned_away,
    thresholds_are_the_offices,
    policy_and_list_agree,
);

fn a_verifier_sees_it_at_the_form_and_says_false_alarm(w: &World) {
    let photo = street(7);
    let first = w.answered(None, &[&photo]);
    let second = w.answered(None, &[&photo]);
    let verifier = w.verifier();
    let form = verifier.get(&format!("/cases/{}/verification", second.number)).expect(200);
    assert!(form.missing_texts().is_empty(), "{:?}", form.missing_texts());
    assert!(form.has("文件相同") && form.has("/photo-checks/PC-000001") && form.has(&first.number));
    assert!(verifier.get(&format!("/cases/{}", second.number)).expect(200).has("文件相同"));
    assert!(!verifier.get(&format!("/cases/{}", first.number)).expect(200).has("文件相同"));
    let page = verifier.get("/photo-checks/PC-000001").expect(200);
    assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
    assert!(page.has("以前的照片") && page.has("这张照片") && page.has("100%"));

    let (here, there) = ("/photo-checks/PC-000001", "/photo-checks/PC-000001/decision");
    let missing = verifier.submit(here, there, &[("reason", "一次清理两处")]).expect(422);
    assert!(missing.has("一次清理两处"), "what was typed stays");
    verifier.submit(here, there, &[("verdict", "false-alarm"), ("reason", " ")]).expect(422);
    verifier.submit(here, there, &[("verdict", "open"), ("reason", "想想")]).expect(422);
    let long = "长".repeat(501);
    verifier.submit(here, there, &[("verdict", "confirmed"), ("reason", &long)]).expect(422);
    verifier.submit(here, there, &[("verdict", "false-alarm"), ("reason", "一次清理两处")]).expect(303);
    let page = verifier.get(here).expect(200);
    assert!(page.has("误报") && page.has("一次清理两处") && page.has("核实 PC-000001 为误报"));
    assert!(!verifier.get(&format!("/cases/{}", second.number)).expect(200).has("文件相同"));
    // somebody who saw it before is told that it has changed
    let stale = json!({ "verdict": "confirmed", "reason": "相同", "version": 1 });
    verifier.json(&Method::POST, &format!("/api/v1{there}"), &stale).expect(409);
}

fn only_what_was_confirmed_is_counted(w: &World) {
    let photo = street(7);
    for _ in 0..3 {
        w.answered(None, &[&photo]);
    }
    // the second repeats the first; the third both
    assert_eq!(w.warnings().len(), 3);
    let office = w.t.member("文明办", vec![whole_city(Role::Office)]);
    assert_eq!(office.get("/api/v1/photo-checks/units").expect(200).json()["items"], json!([]));
    for (number, verdict) in [("PC-000001", "confirmed"), ("PC-000002", "false-alarm")] {
        let body = json!({ "verdict": verdict, "reason": "看过现场" });
        let path = format!("/api/v1/photo-checks/{number}/decision");
        assert_eq!(office.json(&Method::POST, &path, &body).expect(200).json()["state"], verdict);
    }
    let units = office.get("/api/v1/photo-checks/units").expect(200).json();
    assert_eq!(units["items"], json!([{ "unit": "环卫所", "confirmed": 1, "cases": 1 }]));
    assert!(office.get("/photo-checks/units").expect(200).has("环卫所"));
    let tomorrow = "/api/v1/photo-checks/units?day_from=2026-03-06";
    assert_eq!(office.get(tomorrow).expect(200).json()["items"], json!([]));
    let list = office.get("/photo-checks?state=open").expect(200);
    assert!(list.missing_texts().is_empty(), "{:?}", list.missing_texts());
    assert!(list.has("PC-000003") && !list.has("PC-000001"));
    assert!(office.get("/photo-checks?q=pc-000002").expect(200).has("PC-000002"));
    office.get("/photo-checks?state=nonsense").expect(422);
    let csv = office.get("/photo-checks?format=csv").expect(200);
    assert!(csv.has("PC-000001") && csv.has("属实") && csv.has("看过现场"));
    assert!(office.get("/photo-checks/units?format=csv").expect(200).has("环卫所"));
    let english = w.t.member("office", vec![whole_city(Role::Office)]).english();
    for path in ["/photo-checks", "/photo-checks/units", "/photo-checks/settings", "/photo-checks/PC-000001"]
    {
        let page = english.get(path).expect(200);
        assert!(page.missing_texts().is_empty(), "{path}: {:?}", page.missing_texts());
    }
}

fn strangers_units_and_own_work_are_turned_away(w: &World) {
    let photo = street(7);
    w.answered(None, &[&photo]);
    let case = w.answered(None, &[&photo]);
    w.t.public().get("/photo-checks").expect(303);
    w.t.public().get("/api/v1/photo-checks/PC-000001").expect(401);
    let clerk = w.t.member("经办人", vec![grant(Role::UnitClerk, &[CLEANING])]);
    clerk.get("/photo-checks").expect(403);
    clerk.get("/photo-checks/PC-000001").expect(404);
    assert!(!clerk.get(&format!("/cases/{}", case.number)).expect(200).has("文件相同"));
    // a verifier of the city who also works for the unit
    let both = w.t.member("两职", vec![whole_city(Role::Verifier), grant(Role::UnitClerk, &[CLEANING])]);
    assert!(!both.get("/photo-checks/PC-000001").expect(200).has("name=\"verdict\""));
    let body = json!({ "verdict": "false-alarm", "reason": "没有问题" });
    let refused = both.json(&Method::POST, "/api/v1/photo-checks/PC-000001/decision", &body).expect(403);
    assert_eq!(refused.json()["code"], "own-work");
    let elsewhere = w.t.member("外单位", vec![grant(Role::Verifier, &[999])]);
    elsewhere.get("/photo-checks/PC-000001").expect(404);
    elsewhere.json(&Method::POST, "/api/v1/photo-checks/PC-000001/decision", &body).expect(404);
    assert_eq!(elsewhere.get("/api/v1/photo-checks").expect(200).json()["items"], json!([]));
    w.verifier().get("/photo-checks/units").expect(403);
    w.verifier().get("/photo-checks/settings").expect(403);
    w.verifier().get("/photo-checks/PC-009999").expect(404);
}

fn thresholds_are_the_offices(w: &World) {
    let office = w.t.member("文明办", vec![whole_city(Role::Office)]);
    let at = "/photo-checks/settings";
    assert!(office.get(at).expect(200).missing_texts().is_empty());
    let with = |agreeing: &str| {
        office.submit(
            at,
            at,
            &[
                ("on", "1"),
                ("distance", "12"),
                ("agreeing", agreeing),
                ("agreeing_same_case", "80"),
                ("telling", "10"),
                ("minutes", "15"),
                ("metres", "500"),
                ("editors", "GIMP\n\n醒图"),
                ("camera_share", "0"),
                ("camera_pictures", "10"),
            ],
        )
    };
    let wrong = with("5").expect(422);
    assert!(wrong.has("30") && wrong.has("100"), "says between what");
    with("").expect(422);
    with("70").expect(303);
    let rules = w.t.test.db.read_now(|tx| honesty::settings::RULES.get(tx)).unwrap();
    assert_eq!((rules.agreeing, rules.metres, rules.minutes), (70, 500, 15));
    assert_eq!(rules.editors, ["gimp", "醒图"]);
}

fn policy_and_list_agree(w: &World) {
    w.t.test.leave_jobs();
    let units = [10, 20, 30];
    for role in Role::ALL {
        for grants in [vec![whole_city(role)], vec![grant(role, &[10, 20])], Vec::new()] {
            let ctx = w.t.test.ctx_member(5, "某人", grants);
            let visible = visible_to(&ctx, Act::See);
            for unit in units {
                let standing = Standing::of(Tie::Governs, Id::new(unit));
                let listed = visible.all
                    || visible
                        .ties
                        .iter()
                        .any(|(tie, units)| *tie == Tie::Governs && units.contains(&Id::new(unit)));
                assert_eq!(POLICY.may(&ctx, Act::See, &standing), listed, "{role:?} {unit}");
            }
        }
    }
}
