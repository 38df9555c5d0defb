//! What rules do, and what they never do.

use super::world::{CLEANING, LAMPS, ROADS, World, told};
use axum::http::Method;
use cases::workflow::State;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::policy::Role;
use routing::apply::{self, Outcome};
use serde_json::json;
use testkit::{grant, whole_city};

told!(
    the_first_that_fits_dispatches_and_says_so,
    what_a_person_decided_is_never_overruled,
    a_prepared_dispatch_fills_the_form_and_a_person_sends_it,
    a_rule_that_fails_leaves_the_case_to_people,
    asked_twice_at_once_a_case_is_dispatched_once,
    editions_are_kept_and_the_order_holds,
);

fn the_first_that_fits_dispatches_and_says_so(w: &World) {
    w.rule(&World::draft("路灯归路灯所", "event-01001", LAMPS, "dispatch"));
    w.rule(&World::draft("路灯归养护所", "event-01001", ROADS, "dispatch"));
    let lamp = w.registered("路灯不亮", 1);
    let rubbish = w.registered("垃圾成堆", 0);
    w.t.run_jobs();
    let lamp = w.case(&lamp.number);
    assert_eq!((lamp.state, lamp.lead_unit), (State::Dispatched, Some(Id::new(LAMPS))));
    assert!(lamp.due_at.is_some() || lamp.limit_amount.is_none(), "its clock runs");
    assert_eq!(w.case(&rubbish.number).state, State::Registered, "no rule fits");
    assert!(w.told(&lamp).ends_with(&["case.dispatched".into(), "case.dispatched-by-rule".into()]));
    let office = w.t.member("文明办", vec![whole_city(Role::Office)]);
    let page = office.get(&format!("/cases/{}", lamp.number)).expect(200);
    assert!(
        page.has("按分派规则 1（第 1 版）“路灯归路灯所”自动派遣。") && page.has("按三定方案"),
        "rule and reason"
    );
    // the public reads that it was dispatched, and nothing of rules
    let open = w.t.public().get(&format!("/public/cases/{}", lamp.number)).expect(200);
    assert!(!open.has("规则") && !open.has("三定"));
    assert!(office.get("/admin/routing-rules/1").expect(200).has(&lamp.number));
    let audit = w.t.member("审计", vec![whole_city(Role::Auditor)]).get("/admin/audit").expect(200);
    assert!(audit.missing_texts().is_empty(), "{:?}", audit.missing_texts());
}

fn what_a_person_decided_is_never_overruled(w: &World) {
    // a person was faster
    let sent = w.registered("垃圾成堆", 0);
    w.rule(&World::draft("垃圾归环卫所", "event-01000", CLEANING, "dispatch"));
    let faster = w.registered("垃圾成堆", 0);
    w.send(&faster, ROADS);
    w.t.run_jobs();
    assert_eq!(w.case(&faster.number).lead_unit, Some(Id::new(ROADS)));
    // a case from before the rule is left to whoever looks at it
    assert_eq!(w.case(&sent.number).state, State::Registered);
    // returned by the unit that a person chose
    w.send_back(&faster, ROADS);
    w.t.run_jobs();
    let back = w.case(&faster.number);
    assert_eq!((back.state, back.lead_unit), (State::Registered, None), "a person has touched it");
    assert!(!w.told(&back).contains(&"case.dispatched-by-rule".into()));
    // dispatched by the rule, returned by its unit: for people from now on
    let ruled = w.registered("垃圾成堆", 0);
    w.t.run_jobs();
    assert_eq!(w.case(&ruled.number).lead_unit, Some(Id::new(CLEANING)));
    w.send_back(&ruled, CLEANING);
    w.t.run_jobs();
    assert_eq!(w.case(&ruled.number).state, State::Registered);
    let office = w.t.member("文明办", vec![whole_city(Role::Office)]);
    let said = office.get(&format!("/api/v1/cases/{}/routing", ruled.number)).expect(200).json();
    assert_eq!(said["state"], "closed");
    let form = office.get(&format!("/cases/{}/dispatch", ruled.number)).expect(200);
    assert!(!form.has("已按规则填好"), "nothing is prepared for what a person must look at");
    // parts that a person cut off
    let (desk, whole) = (w.desk(), w.registered("垃圾和路灯", 1));
    let item = desk.catalogue.items()[0].id;
    let part =
        |title: &str| cases::commands::Part { title: title.into(), item, suggested: Some(Id::new(ROADS)) };
    let parts = [part("一"), part("二")];
    let made =
        w.act(&w.office(), move |ctx, tx| cases::commands::split(ctx, tx, &desk, whole.id, &parts)).unwrap();
    w.t.run_jobs();
    assert!(made.iter().all(|c| w.case(&c.number).state == State::Registered));
    // the command itself refuses, whoever calls it
    let desk = w.desk();
    let by = cases::commands::Ruled {
        to: cases::commands::Dispatch { lead: Id::new(CLEANING), assisting: Vec::new(), note: String::new() },
        condition: String::new(),
        rule: 1,
        edition: 1,
        name: String::new(),
        why: String::new(),
    };
    let ctx = w.t.test.ctx_system();
    let refused = w.act(&ctx, move |ctx, tx| cases::commands::dispatch_by_rule(ctx, tx, &desk, back.id, &by));
    assert_eq!(refused.unwrap_err().code, "not-by-rule");
}

fn a_prepared_dispatch_fills_the_form_and_a_person_sends_it(w: &World) {
    let mut draft = World::draft("垃圾归环卫所", "event-01000", CLEANING, "prepare");
    draft["assisting"] = json!([format!("U-{ROADS}")]);
    w.rule(&draft);
    let case = w.registered("垃圾成堆", 0);
    w.t.run_jobs();
    assert_eq!(w.case(&case.number).state, State::Registered, "it only prepares");
    let office = w.t.member("文明办", vec![whole_city(Role::Office)]);
    let at = format!("/cases/{}/dispatch", case.number);
    let form = office.get(&at).expect(200);
    for wanted in [
        "规则 1（第 1 版）：垃圾归环卫所",
        "配合：养护所",
        &format!("<option value=\"{CLEANING}\" selected>"),
    ] {
        assert!(form.has(wanted), "{wanted}");
    }
    // a person thinks otherwise
    office.submit(&at, &at, &[("lead", &LAMPS.to_string())]).expect(303);
    let after = w.case(&case.number);
    assert_eq!(after.lead_unit, Some(Id::new(LAMPS)));
    assert!(!w.told(&after).contains(&"case.dispatched-by-rule".into()), "it is the person's dispatch");
    // without a kind nothing is prepared, and the form is as before
    let other = w.report("不知道是什么");
    assert!(!office.get(&format!("/cases/{}/acceptance", other.number)).expect(200).has("已按规则填好"));
}

fn a_rule_that_fails_leaves_the_case_to_people(w: &World) {
    // sound for a case with a short text; too much for one with a long one
    let mut draft = World::draft("坏规则", "event-01000", ROADS, "dispatch");
    let many = vec!["text"; 20].join(" + ");
    draft["expression"] = json!(format!("{many} != \"x\""));
    w.rule(&draft);
    w.rule(&World::draft("垃圾归环卫所", "event-01000", CLEANING, "dispatch"));
    let case = w.registered(&"长".repeat(2000), 0);
    w.t.run_jobs();
    let after = w.case(&case.number);
    assert_eq!(after.state, State::Registered, "what stands behind it might be its exception");
    assert!(w.told(&after).contains(&"routing.stuck".into()));
    let office = w.t.member("文明办", vec![whole_city(Role::Office)]);
    let page = office.get(&format!("/cases/{}", case.number)).expect(200);
    assert!(page.has("分派规则出错") && page.missing_texts().is_empty(), "{:?}", page.missing_texts());
    let said = office.get(&format!("/api/v1/cases/{}/routing", case.number)).expect(200).json();
    assert_eq!((&said["state"], &said["fault"]["code"]), (&json!("stuck"), &json!("too-much")));
    // a unit that is gone: left to people too, and nobody loses the case
    w.act(&w.office(), |_, tx| {
        tx.housekeeping();
        let mut unit = people::queries::unit(tx, Id::new(ROADS))?.unwrap();
        unit.state = people::model::UnitState::Closed;
        tx.save(&unit)
    })
    .unwrap();
    let short = w.registered("垃圾", 0);
    w.t.run_jobs();
    let short = w.case(&short.number);
    assert_eq!(short.state, State::Registered);
    assert!(w.told(&short).contains(&"routing.refused".into()), "{:?}", w.told(&short));
}

fn asked_twice_at_once_a_case_is_dispatched_once(w: &World) {
    w.rule(&World::draft("垃圾归环卫所", "event-01000", CLEANING, "dispatch"));
    let cases: Vec<_> = (0..6).map(|n| w.registered(&format!("垃圾 {n}"), 0)).collect();
    // as two programs over one database would, each with all cases
    let outcomes: Vec<Outcome> = std::thread::scope(|scope| {
        let ask = || {
            let ctx = Ctx { now: w.t.test.db.now(), ..w.t.test.ctx_system() };
            cases.iter().map(|c| apply::route(&w.t.city, &ctx, c.id).unwrap()).collect::<Vec<_>>()
        };
        let (one, other) = (scope.spawn(ask), scope.spawn(ask));
        [one.join().unwrap(), other.join().unwrap()].concat()
    });
    assert_eq!(outcomes.iter().filter(|o| **o == Outcome::Dispatched).count(), cases.len());
    w.t.run_jobs();
    for case in cases {
        let told = w.told(&case);
        assert_eq!(told.iter().filter(|v| *v == "case.dispatched-by-rule").count(), 1, "{told:?}");
    }
}

fn editions_are_kept_and_the_order_holds(w: &World) {
    let first = w.rule(&World::draft("一", "event-01000", CLEANING, "dispatch"));
    let second = w.rule(&World::draft("二", "event-01000", ROADS, "dispatch"));
    let office = w.t.member("文明办", vec![whole_city(Role::Office)]);
    let of = |number: i64| format!("/api/v1/routing-rules/{number}");
    office.json(&Method::POST, &format!("{}/place", of(second)), &json!({ "way": "up" })).expect(200);
    let case = w.registered("垃圾", 0);
    w.t.run_jobs();
    assert_eq!(w.case(&case.number).lead_unit, Some(Id::new(ROADS)), "it stands before the other now");
    // switched off in a new edition, with who and why
    let mut draft = World::draft("二", "event-01000", ROADS, "dispatch");
    draft["active"] = json!(false);
    draft["why"] = json!("冬季不用");
    office.json(&Method::PUT, &of(second), &draft).expect(422);
    draft["version"] = json!(1);
    office.json(&Method::PUT, &of(second), &draft).expect(409);
    draft["version"] = office.get(&of(second)).expect(200).json()["rule"]["version"].clone();
    let changed = office.json(&Method::PUT, &of(second), &draft).expect(200).json();
    assert_eq!((&changed["rule"]["edition"], &changed["rule"]["state"]), (&json!(2), &json!("off")));
    assert_eq!(changed["editions"][1]["active"], true, "what it said before is kept");
    assert_eq!(changed["rule"]["made_by"], "文明办");
    let case = w.registered("垃圾", 0);
    w.t.run_jobs();
    assert_eq!(w.case(&case.number).lead_unit, Some(Id::new(CLEANING)));
    // dated: not before its day
    let mut later = World::draft("三", "event-01001", LAMPS, "dispatch");
    later["from"] = json!("2099-01-01");
    w.rule(&later);
    let lamp = w.registered("路灯", 1);
    w.t.run_jobs();
    assert_eq!(w.case(&lamp.number).state, State::Registered);
    let list = office.get("/api/v1/routing-rules").expect(200).json();
    let states: Vec<&str> =
        list["items"].as_array().unwrap().iter().map(|r| r["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["off", "in-force", "not-yet"]);
    assert_eq!(list["items"][1]["number"], first);
    let clerk = w.t.member("经办人", vec![grant(Role::UnitClerk, &[ROADS])]);
    for path in ["/api/v1/routing-rules".to_owned(), of(first)] {
        clerk.get(&path).expect(403);
    }
    let dispatcher = w.t.member("派遣员", vec![whole_city(Role::Dispatcher)]);
    dispatcher.get(&of(first)).expect(200);
    dispatcher.json(&Method::PUT, &of(first), &draft).expect(403);
}
