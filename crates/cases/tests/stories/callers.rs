//! Cases by the telephone number of whoever reported them: who may look, what is told, and that it is recorded.

use super::world::{CLEANING, STREET_OFFICE, WATER, World};
use axum::http::Method;
use cases::model::{Case, Reporter};
use kernel::id::Id;
use kernel::policy::Role;
use serde_json::json;
use testkit::{TestApp, grant, whole_city};
use web::Feature;

fn features() -> Vec<Feature> {
    vec![people::feature(), places::feature(), ladder::feature(), cases::feature()]
}

testkit::stories!(features();
    who_may_know_reporters_finds_what_a_number_reported,
    nobody_else_does,
    a_street_office_finds_what_it_governs,
    a_case_tells_what_else_came_from_its_number,
    a_clerk_on_the_telephone_sees_what_the_caller_has_open,
    programs_find_the_same,
);

const PHONE: &str = "13893712345";
const HERE: (f64, f64) = (98.277, 39.772);

fn left(w: &World<'_>, case: &Case, phone: &'static str) {
    let id = case.id;
    w.act(&w.office(), move |ctx, tx, _| {
        tx.insert(&Reporter { case_id: id.raw(), phone: phone.into(), ..Reporter::default() })?;
        tx.record(ctx, store::Event::city("test.reporter"))
    })
    .unwrap();
}

/// Two cases of the number near each other, one far off that is over, one of another number.
fn reported(w: &World<'_>) -> [Case; 4] {
    let near = w.confirm(w.pinned("路灯不亮", 2, HERE).id);
    let again = w.confirm(w.pinned("门口没有灯", 1, (98.2772, 39.772)).id);
    let far = w.confirm(w.pinned("积水很深", 1, (98.31, 39.80)).id);
    let other = w.confirm(w.pinned("路灯坏了", 2, (98.2771, 39.772)).id);
    for case in [&near, &again, &far] {
        left(w, case, PHONE);
    }
    left(w, &other, "13700137000");
    [near, again, far, other]
}

/// How often somebody's look-up has been recorded, and that no record says the number.
fn recorded(t: &TestApp) -> i64 {
    t.test
        .db
        .read_now(|tx| {
            let plain = tx.value(
                store::sql!((i64,): "select count(*) from audit where detail like '%3893712345%'"),
                &[],
            )?;
            assert_eq!(plain, 0);
            tx.value(
                store::sql!((i64,): "select count(*) from audit where verb = 'case.caller-looked-up'"),
                &[],
            )
        })
        .unwrap()
}

fn who_may_know_reporters_finds_what_a_number_reported(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let [near, again, far, other] = reported(&w);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    assert!(office.get("/cases").expect(200).has("href=\"/cases/callers\""));
    // what is no number is said, and what was typed is still there
    let wrong = office.submit("/cases/callers", "/cases/callers", &[("phone", "12 34")]).expect(422);
    assert!(wrong.has("12 34") && wrong.has("aria-invalid"));
    assert_eq!(recorded(t), 0, "nothing was found yet");
    for written in [PHONE, "+86 138 9371 2345", "138-9371-2345"] {
        let to = office.submit("/cases/callers", "/cases/callers", &[("phone", written)]).expect(303);
        let to = to.location().unwrap().clone();
        assert!(to.starts_with("/cases?caller=") && !to.contains("1389"), "{to}");
        let page = office.get(&to).expect(200);
        for case in [&near, &again, &far] {
            assert!(page.has(&case.number), "{}", case.number);
        }
        assert!(!page.has(&other.number));
        // on a screen that others see, the number is covered
        assert!(page.has("138****2345") && !page.has(PHONE));
    }
    assert_eq!(recorded(t), 3);
    // a whole number among the words of a list is one too, and so is a file of the list
    assert!(office.get(&format!("/cases?q={PHONE}")).expect(200).has(&far.number));
    assert_eq!(recorded(t), 4);
    let to = office.submit("/cases/callers", "/cases/callers", &[("phone", PHONE)]).expect(303);
    let file = office.get(&format!("{}&format=csv", to.location().unwrap())).expect(200);
    assert!(file.has(&near.number) && !file.has(&other.number));
    assert_eq!(recorded(t), 5);
    // other searches are nobody's look-up
    office.get("/cases?q=路灯").expect(200);
    assert_eq!(recorded(t), 5);
    // a number that nobody left finds nothing
    let to = office.submit("/cases/callers", "/cases/callers", &[("phone", "13600136000")]).expect(303);
    let none = office.get(&to.location().unwrap()).expect(200);
    assert!(!none.has(&near.number));
    for wrong in ["/cases?caller=13893712345", "/cases?caller=!!!!!!!!!!!!"] {
        office.get(wrong).expect(422);
    }
}

fn nobody_else_does(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let [near, ..] = reported(&w);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let list = office.submit("/cases/callers", "/cases/callers", &[("phone", PHONE)]).expect(303);
    let list = list.location().unwrap().clone();
    let before = recorded(t);
    for roles in [
        vec![grant(Role::UnitClerk, &[CLEANING])],
        vec![whole_city(Role::Inspector)],
        // a second role does not lift it: who handles cases is not told who reported them
        vec![grant(Role::UnitClerk, &[CLEANING]), whole_city(Role::Office)],
    ] {
        let them = t.member("李", roles);
        them.get("/cases/callers").expect(403);
        them.get(&list).expect(403);
        assert!(!them.get("/cases").expect(200).has("/cases/callers"));
        let asked = json!({ "phone": PHONE });
        them.json(&Method::POST, "/api/v1/cases/callers", &asked).expect(403);
        assert!(!them.get(&format!("/cases?q={PHONE}")).has(&near.number) || near.lead_unit.is_none());
    }
    t.public().get(&list).expect(303);
    assert_eq!(recorded(t), before);
}

fn a_street_office_finds_what_it_governs(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let [near, again, far, _] = reported(&w);
    for (case, unit) in [(&near, STREET_OFFICE), (&again, WATER), (&far, STREET_OFFICE)] {
        let (id, unit) = (case.id, Id::new(unit));
        w.act(&w.office(), move |ctx, tx, _| {
            let mut case = cases::store::case(tx, id)?.unwrap();
            case.governing_unit = Some(unit);
            tx.save(&case)?;
            tx.record(ctx, store::Event::city("test.governed"))
        })
        .unwrap();
    }
    let local = t.member("街道", vec![grant(Role::Dispatcher, &[STREET_OFFICE])]);
    let to = local.submit("/cases/callers", "/cases/callers", &[("phone", PHONE)]).expect(303);
    let page = local.get(&to.location().unwrap()).expect(200);
    assert!(page.has(&near.number) && page.has(&far.number) && !page.has(&again.number));
    let count = to.location().unwrap().replace("/cases?", "/cases/count?");
    assert!(local.get(&count).expect(200).has("2"));
    let counted = local.get(&format!("{}&state=reported", to.location().unwrap())).expect(200);
    assert!(!counted.has(&again.number));
}

fn a_case_tells_what_else_came_from_its_number(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let [near, again, far, other] = reported(&w);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let page = office.get(&format!("/cases/{}", near.number)).expect(200);
    assert!(page.has("同一电话上报") && page.has(&again.number) && page.has(&far.number));
    assert!(page.has("href=\"/cases?caller="), "the number leads to all of them");
    // of those nearby, the one of the same number comes first and says so; another number's does not
    let at = |number: &str| page.text().find(&format!("/merge?into={number}")).unwrap();
    assert!(at(&again.number) < at(&other.number));
    let merge = office.get(&format!("/cases/{}/merge", near.number)).expect(200);
    assert_eq!(merge.text().matches("同一电话上报").count(), 1);
    // nothing is merged by itself
    assert!(w.case(again.id).merged_into.is_none());
    // who handles a case is told none of it
    let dispatched = w.dispatched("井盖缺失", CLEANING);
    left(&w, &dispatched, PHONE);
    let clerk = t.member("李", vec![grant(Role::UnitClerk, &[CLEANING])]);
    let theirs = clerk.get(&format!("/cases/{}", dispatched.number)).expect(200);
    assert!(!theirs.has("同一电话上报") && !theirs.has("caller=") && !theirs.has(PHONE));
}

fn a_clerk_on_the_telephone_sees_what_the_caller_has_open(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let [near, ..] = reported(&w);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let known =
        |phone: &str| office.submit("/cases/new", "/cases/callers/known", &[("phone", phone)]).expect(200);
    assert!(known("138 9371 2345").has(&near.number));
    assert_eq!(recorded(t), 1);
    // a number that nobody left has nothing, and what is none is refused
    assert!(!known("13600136000").has("CASE-"));
    office.submit("/cases/new", "/cases/callers/known", &[("phone", "138 9371")]).expect(422);
    // who enters what they see themselves is not told who else reported
    let inspector = t.member("巡查", vec![whole_city(Role::Inspector)]);
    assert!(!inspector.get("/cases/new").expect(200).has("/cases/callers/known"));
    inspector.submit("/cases/new", "/cases/callers/known", &[("phone", PHONE)]).expect(403);
}

fn programs_find_the_same(t: &TestApp) {
    t.test.leave_jobs();
    let w = World::new(&t.test);
    let [near, again, far, _] = reported(&w);
    let office = t.member("王晓梅", vec![whole_city(Role::Office)]);
    let found =
        office.json(&Method::POST, "/api/v1/cases/callers", &json!({ "phone": PHONE })).expect(200).json();
    let numbers = |page: &serde_json::Value| -> Vec<String> {
        page["items"].as_array().unwrap().iter().map(|c| c["number"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(numbers(&found), [far.number.clone(), again.number.clone(), near.number.clone()]);
    let caller = found["caller"].as_str().unwrap();
    let list = office.get(&format!("/api/v1/cases?caller={caller}&state=open")).expect(200).json();
    assert_eq!(numbers(&list).len(), 3);
    assert_eq!(recorded(t), 2);
    let wrong =
        office.json(&Method::POST, "/api/v1/cases/callers", &json!({ "phone": "12" })).expect(422).json();
    assert_eq!(wrong["errors"][0]["field"], "phone");
    let shown = office.get("/admin/audit");
    assert!(shown.status == 403 || !shown.has(PHONE));
}
