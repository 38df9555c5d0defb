//! What is learnt, shown, taken, and when it keeps silent.

use super::world::{CLEANING, LAMPS, World, told};
use axum::http::Method;
use kernel::policy::Role;
use serde_json::json;
use suggest::settings::Rules;
use testkit::{grant, whole_city};

told!(
    it_learns_from_closed_cases_and_a_click_fills_the_form,
    with_too_few_or_nothing_better_it_keeps_silent,
    the_office_looks_at_it_and_others_do_not,
);

const FEW: Rules = Rules { on: true, least_cases: 50, margin: 10, least_share: 5 };

fn it_learns_from_closed_cases_and_a_click_fills_the_form(w: &World) {
    w.t.test.leave_jobs();
    w.rules(FEW);
    w.past(60);
    let outcomes = w.train();
    assert_eq!(outcomes, w.train(), "the same cases give the same");
    for outcome in &outcomes {
        assert_eq!((outcome.state.as_str(), outcome.examples), ("in-force", 60), "{outcome:?}");
        assert_eq!((outcome.figures.learnt, outcome.figures.tried), (48, 12));
        assert_eq!((outcome.figures.first, outcome.figures.baseline), (12, 6), "{outcome:?}");
    }
    let case = w.report("胜利路口夜里路灯不亮");
    let office = w.t.member("文明办", vec![whole_city(Role::Office)]);
    let at = format!("/cases/{}/acceptance", case.number);
    let form = office.get(&at).expect(200);
    assert!(form.missing_texts().is_empty(), "{:?}", form.missing_texts());
    let offer = form.text().split("class=\"callout offer\"").nth(1).unwrap_or("nothing is offered");
    let offer = offer.split("</form>").next().unwrap_or_default();
    for wanted in ["建议责任单位", "data-value=\"event-01001\"", "依据："] {
        assert!(offer.contains(wanted), "{wanted}: {offer}");
    }
    assert!(form.has("首选正确 100.0 %") && form.has("正确 50.0 %"), "how good it is stands beside it");
    // without script the link opens the form with the value in its field
    let link = office.get(&format!("{at}?lead={LAMPS}&item=event-01001")).expect(200);
    assert!(link.has(&format!("<option value=\"{LAMPS}\" selected>")));
    assert!(link.has("<option value=\"event-01001\" selected>"));
    let advice = office.get(&format!("/api/v1/cases/{}/advice", case.number)).expect(200).json();
    assert_eq!(advice["items"][0]["choices"][0]["value"], "event-01001");
    assert_eq!(advice["items"][1]["choices"][0]["value"], LAMPS.to_string());
    let words = advice["items"][0]["choices"][0]["words"].to_string();
    assert!(words.contains("不亮"), "{words}");

    // taken once as advised, once otherwise, which was too unlikely to be offered; the office sees how often
    let unit = |number: &str, lead: i64| {
        let at = format!("/cases/{number}/acceptance");
        let lead = lead.to_string();
        office.submit(&at, &at, &[("item", "event-01001"), ("lead", &lead)]).expect(303);
    };
    unit(&case.number, LAMPS);
    let other = w.report("夜里路灯不亮");
    unit(&other.number, CLEANING);
    let taken = office.get("/api/v1/dispatch-advice").expect(200).json()["taken"].clone();
    let wanted = json!([
        { "target": "item", "offers": 2, "first": 2, "third": 2 },
        { "target": "unit", "offers": 2, "first": 1, "third": 1 },
    ]);
    assert_eq!(taken, wanted);
    assert!(office.get("/admin/dispatch-advice").expect(200).has("50.00%"));
    // what comes back broken does no harm
    let third = w.report("路灯不亮");
    let at = format!("/cases/{}/acceptance", third.number);
    let broken = [("item", "event-01001"), ("lead", "30"), ("offered", "unit:x;;item:1:2:3")];
    office.submit(&at, &at, &broken).expect(303);
}

fn with_too_few_or_nothing_better_it_keeps_silent(w: &World) {
    w.t.test.leave_jobs();
    w.past(20);
    assert!(w.train().iter().all(|outcome| outcome.state == "too-few"));
    let case = w.report("路灯不亮");
    let office = w.t.member("文明办", vec![whole_city(Role::Office)]);
    let at = format!("/cases/{}/acceptance", case.number);
    assert!(!office.get(&at).expect(200).has("建议责任单位"));
    w.past(40);
    // half of them are of the commonest kind: a first choice that is always right is fifty points better
    w.rules(Rules { margin: 60, ..FEW });
    assert!(w.train().iter().all(|outcome| outcome.state == "weak"));
    assert!(!office.get(&at).expect(200).has("建议责任单位"));
    w.rules(FEW);
    assert!(w.train().iter().all(|outcome| outcome.state == "in-force"));
    assert!(office.get(&at).expect(200).has("建议责任单位"));
    w.rules(Rules { on: false, ..FEW });
    assert!(!office.get(&at).expect(200).has("建议责任单位"));
    w.rules(Rules { least_cases: 1000, ..FEW });
    w.train();
    assert!(!office.get(&at).expect(200).has("建议责任单位"), "what was in force is so no more");
}

fn the_office_looks_at_it_and_others_do_not(w: &World) {
    w.t.test.leave_jobs();
    w.rules(FEW);
    w.past(60);
    let office = w.t.member("文明办", vec![whole_city(Role::Office)]);
    let at = "/admin/dispatch-advice";
    assert!(office.get(at).expect(200).has("还没有学习过"));
    let to = office.submit(at, "/admin/dispatch-advice/trainings", &[]).expect(303).location().unwrap();
    w.t.run_jobs();
    assert!(office.get(&to).expect(200).has("60"));
    for client in [office, w.t.member("office", vec![whole_city(Role::Office)]).english()] {
        let page = client.get(at).expect(200);
        assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
        assert!(page.has("100.0 %"));
    }
    let office = w.t.member("文明办", vec![whole_city(Role::Office)]);
    assert!(office.get("/admin/dispatch-advice?format=csv").expect(200).has("100.0 %"));
    let with = |cases: &str| {
        office.submit(at, at, &[("on", "1"), ("least_cases", cases), ("margin", "5"), ("least_share", "10")])
    };
    assert!(with("3").expect(422).has("1000000"));
    with("").expect(422);
    with("200").expect(303);
    let rules = w.t.test.db.read_now(|tx| suggest::settings::RULES.get(tx)).unwrap();
    assert_eq!(rules, Rules { on: true, least_cases: 200, margin: 5, least_share: 10 });
    assert!(w.t.member("审计", vec![whole_city(Role::Auditor)]).get("/admin/audit").status < 500);

    w.t.public().get(at).expect(303);
    let clerk = w.t.member("经办人", vec![grant(Role::UnitClerk, &[CLEANING])]);
    clerk.get(at).expect(403);
    let dispatcher = w.t.member("派遣员", vec![whole_city(Role::Dispatcher)]);
    assert!(!dispatcher.get(at).expect(200).has("name=\"least_cases\""));
    dispatcher.submit(at, at, &[("on", "1")]).expect(403);
    dispatcher.submit(at, "/admin/dispatch-advice/trainings", &[]).expect(403);
    let case = w.report("路灯不亮");
    let path = format!("/api/v1/cases/{}/advice", case.number);
    clerk.get(&path).expect(404);
    w.t.public().get(&path).expect(401);
    dispatcher.json(&Method::GET, &path, &json!(null)).expect(200);
}
