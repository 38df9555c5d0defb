//! What would the rules have done?

use super::world::{CLEANING, LAMPS, ROADS, World, told};
use axum::http::Method;
use cases::workflow::State;
use kernel::policy::Role;
use serde_json::{Value, json};
use testkit::{grant, whole_city};

told!(
    it_tells_who_agrees_and_what_never_gets_its_turn,
    more_cases_than_one_page,
    nonsense_is_refused_and_strangers_stay_out
);

fn tried(w: &World, with_off: bool) -> Value {
    let office = w.t.member("文明办", vec![whole_city(Role::Office)]);
    let today = w.t.test.db.now().date().to_string();
    let asked = json!({ "from": today, "until": today, "with_off": with_off });
    let run = office.json(&Method::POST, "/api/v1/routing-runs", &asked).expect(202).json();
    w.t.run_jobs();
    office.get(&format!("/api/v1/routing-runs/{}", run["number"])).expect(200).json()
}

fn it_tells_who_agrees_and_what_never_gets_its_turn(w: &World) {
    // before there were rules, people sent four, one of them elsewhere; one waits; one lamp; one was dispatched by a rule
    for unit in [CLEANING, CLEANING, CLEANING, ROADS] {
        w.send(&w.registered("垃圾成堆", 0), unit);
    }
    let waiting = w.registered("垃圾又成堆", 0);
    w.send(&w.registered("路灯不亮", 1), LAMPS);
    let first = w.rule(&World::draft("垃圾归环卫所", "event-01000", CLEANING, "dispatch"));
    let ruled = w.registered("垃圾新的", 0);
    w.t.run_jobs();
    assert_eq!(w.case(&ruled.number).state, State::Dispatched);
    let behind = w.rule(&World::draft("垃圾归养护所", "event-01000", ROADS, "prepare"));
    let mut off = World::draft("路灯归路灯所", "event-01001", LAMPS, "prepare");
    off["active"] = json!(false);
    let off = w.rule(&off);

    let run = tried(w, false);
    assert_eq!((&run["cases"], &run["unmatched"], &run["faults"]), (&json!(7), &json!(1), &json!(0)));
    let rules = run["rules"].as_array().unwrap();
    assert_eq!(rules.len(), 2, "what is switched off is not asked");
    let counts = |r: &Value| {
        ["matched", "agree", "differ", "waiting", "by_rule", "shadowed"].map(|k| r[k].as_i64().unwrap())
    };
    assert_eq!((rules[0]["number"].as_i64(), counts(&rules[0])), (Some(first), [6, 3, 1, 1, 1, 0]));
    assert_eq!((rules[1]["number"].as_i64(), counts(&rules[1])), (Some(behind), [0, 0, 0, 0, 0, 6]));
    assert_eq!((&rules[0]["unreachable"], &rules[1]["unreachable"]), (&json!(false), &json!(true)));

    let office = w.t.member("文明办", vec![whole_city(Role::Office)]);
    let cases = |query: &str| {
        let page =
            office.get(&format!("/api/v1/routing-runs/{}/cases?{query}", run["number"])).expect(200).json();
        page["items"].as_array().unwrap().clone()
    };
    let differ = cases("verdict=differ");
    assert_eq!(differ.len(), 1);
    assert_eq!((&differ[0]["proposed"], &differ[0]["actual"]), (&json!("U-20"), &json!("U-40")));
    assert_eq!(cases("verdict=waiting")[0]["number"], waiting.number.as_str());
    assert_eq!(cases("verdict=by-rule")[0]["number"], ruled.number.as_str());
    assert_eq!(cases(&format!("rule={first}")).len(), 6);

    // the page says the same, every number opens to its cases, and it exports what it shows
    let at = format!("/admin/routing-rules/dry-runs/{}", run["number"]);
    for client in [&office, &w.t.member("office", vec![whole_city(Role::Office)]).english()] {
        let page = client.get(&at).expect(200);
        assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
    }
    let page = office.get(&at).expect(200);
    assert!(page.has("永远轮不到") && page.has("75.00%"), "three of four agree");
    let page = office.get(&format!("{at}?verdict=differ")).expect(200);
    assert!(page.has("1 个案卷") && page.has(differ[0]["number"].as_str().unwrap()));
    let csv = office.get(&format!("{at}?verdict=differ&format=csv")).expect(200);
    assert_eq!(csv.text().trim().lines().count(), 2, "{}", csv.text());
    let csv = office.get(&format!("{at}?of=rules&format=csv")).expect(200);
    assert!(csv.has("垃圾归养护所,2,1,0,0,0,0,0,6,0"), "{}", csv.text());
    office.get(&format!("{at}?format=xlsx")).expect(200);

    // with what is switched off too, and nothing of the cases has changed
    let run = tried(w, true);
    assert_eq!(run["rules"][2]["number"], off);
    assert_eq!((&run["rules"][2]["agree"], &run["unmatched"]), (&json!(1), &json!(0)));
    assert_eq!(w.case(&waiting.number).state, State::Registered);
}

fn more_cases_than_one_page(w: &World) {
    w.rule(&World::draft("垃圾归环卫所", "event-01000", CLEANING, "prepare"));
    let all = 210;
    for n in 0..all {
        w.report(&format!("第 {n} 件"));
    }
    let run = tried(w, false);
    assert_eq!((&run["cases"], &run["unmatched"]), (&json!(all), &json!(all)));
    let office = w.t.member("文明办", vec![whole_city(Role::Office)]);
    let (mut after, mut seen) = (String::new(), 0);
    loop {
        let page = office.get(&format!("/api/v1/routing-runs/1/cases?after={after}")).expect(200).json();
        seen += page["items"].as_array().unwrap().len();
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut after),
            None => break,
        }
    }
    assert_eq!(seen, all);
}

fn nonsense_is_refused_and_strangers_stay_out(w: &World) {
    let office = w.t.member("文明办", vec![whole_city(Role::Office)]);
    let asked = |from: &str, until: &str| json!({ "from": from, "until": until });
    for (from, until) in
        [("2026-03-02", "2026-03-01"), ("gestern", "2026-03-01"), ("2024-01-01", "2026-03-01")]
    {
        office.json(&Method::POST, "/api/v1/routing-runs", &asked(from, until)).expect(422);
    }
    // by hand, the form comes back with what was typed
    w.rule(&World::draft("垃圾归环卫所", "event-01000", CLEANING, "prepare"));
    let page = office.submit(
        "/admin/routing-rules",
        "/admin/routing-rules/dry-runs",
        &[("from", "2026-03-02"), ("until", "2026-03-01")],
    );
    assert!(page.expect(422).has("value=\"2026-03-02\""));
    let auditor = w.t.member("审计", vec![whole_city(Role::Auditor)]);
    auditor.get("/admin/routing-rules").expect(200);
    auditor.json(&Method::POST, "/api/v1/routing-runs", &asked("2026-03-01", "2026-03-02")).expect(403);
    office.json(&Method::POST, "/api/v1/routing-runs", &asked("2026-03-01", "2026-03-02")).expect(202);
    w.t.run_jobs();
    auditor.get("/admin/routing-rules/dry-runs/1").expect(403);
    w.t.member("经办人", vec![grant(Role::UnitClerk, &[ROADS])]).get("/admin/routing-rules").expect(403);
    w.t.public().get("/admin/routing-rules").expect(303);
    office.get("/admin/routing-rules/dry-runs/99").expect(404);
    office.get("/admin/routing-rules/dry-runs/x").expect(404);
    office.get("/admin/routing-rules/dry-runs/1?verdict=x").expect(422);
}
