//! Batches: printed, counted, void, and what stands on a form.

use super::world::{batch, city, counter, features, office, recorded, sheet};
use axum::http::Method;
use kernel::policy::Role;
use paper::model::SheetState;
use serde_json::json;
use testkit::{TestApp, whole_city};

testkit::stories!(features();
    a_counter_prints_a_batch, what_is_wrong_is_said, forms_are_made_void, a_city_chooses_what_is_printed, programs_print_too,
    who_has_no_part_in_it_prints_nothing);

fn a_counter_prints_a_batch(t: &TestApp) {
    city(t);
    let fields = [("paper_place", "胜利街道便民服务中心"), ("paper_amount", "3")];
    let made = counter(t).submit("/paper", "/paper/batches", &fields).expect(303);
    let to = made.location().unwrap();
    assert!(to.starts_with("/paper/batches/PB-"), "{to}");
    for by in [counter(t), office(t).english()] {
        let page = by.get(&to).expect(200);
        assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
        assert!(page.has("胜利街道便民服务中心") && page.has("-000003"));
        assert!(by.get("/paper").expect(200).missing_texts().is_empty());
    }
    let file = counter(t).submit(&to, &format!("{to}/pdf"), &[]).expect(200);
    assert_eq!(file.header("content-type"), "application/pdf");
    assert!(file.bytes.starts_with(b"%PDF-"));
    assert_eq!((recorded(t, "paper.printed"), recorded(t, "paper.fetched")), (1, 1));
    let list = office(t).get("/paper?format=csv").expect(200);
    assert!(list.has("胜利街道便民服务中心"));
    assert!(office(t).get(&format!("{to}?format=csv")).expect(200).has("-000002"));
}

fn what_is_wrong_is_said(t: &TestApp) {
    city(t);
    for (place, amount, field) in [
        ("", "3", "paper_place"),
        ("中心", "0", "paper_amount"),
        ("中心", "501", "paper_amount"),
        ("中心", "x", "paper_amount"),
        ("中心", "", "paper_amount"),
        (&"长".repeat(61), "3", "paper_place"),
    ] {
        let fields = [("paper_place", place), ("paper_amount", amount)];
        let page = office(t).submit("/paper", "/paper/batches", &fields).expect(422);
        assert!(page.has(&format!("f-{field}-error")), "{place} {amount}");
    }
    assert_eq!(recorded(t, "paper.printed"), 0);
    office(t).get("/paper/batches/PB-2026-9999").expect(404);
}

fn forms_are_made_void(t: &TestApp) {
    city(t);
    let (made, sheets) = batch(t, 3);
    let (page, action) =
        (format!("/paper/batches/{}", made.number), format!("/paper/batches/{}/void", made.number));
    let by = office(t);
    assert!(by.submit(&page, &action, &[("reason", "")]).expect(422).has("f-reason-error"));
    by.submit(&page, &action, &[("sheet", "PF-2026-999999"), ("reason", "脏了")]).expect(404);
    by.submit(&page, &action, &[("sheet", &sheets[1].number), ("reason", "水泡坏了")]).expect(303);
    let states: Vec<SheetState> = sheets.iter().map(|s| sheet(t, &s.number).state).collect();
    assert_eq!(states, [SheetState::Printed, SheetState::Void, SheetState::Printed]);
    assert!(by.get(&page).expect(200).has("水泡坏了"));
    // all that are out
    by.submit(&page, &action, &[("reason", "换新版")]).expect(303);
    assert!(sheets.iter().all(|s| sheet(t, &s.number).state == SheetState::Void));
    assert_eq!(sheet(t, &sheets[1].number).reason, "水泡坏了", "what was void stays as it is");
    by.submit("/paper", &action, &[("reason", "换新版")]).expect(409);
    by.submit("/paper", &format!("{page}/pdf"), &[]).expect(409);
    assert_eq!(recorded(t, "paper.voided"), 2);
}

fn a_city_chooses_what_is_printed(t: &TestApp) {
    city(t);
    let by = office(t);
    for reader in [office(t), office(t).english()] {
        assert!(reader.get("/paper/design").expect(200).missing_texts().is_empty());
    }
    let fields = [
        ("kinds", "event-01002"),
        ("kinds", "event-01000"),
        ("returns", "市文明办"),
        ("paper_phone", "0937-6226666"),
    ];
    by.submit("/paper/design", "/paper/design", &fields).expect(303);
    let names = |made: &paper::model::Batch| made.kinds().into_iter().map(|k| k.name).collect::<Vec<_>>();
    let (made, _) = batch(t, 1);
    assert_eq!(names(&made), ["占道经营", "暴露垃圾", "其他问题"]);
    assert_eq!((made.returns.as_str(), made.phone.as_str()), ("市文明办", "0937-6226666"));
    // what is no kind, and twice the same
    for kinds in
        [[("kinds", "event-99999"), ("returns", "")], [("kinds", "event-01000"), ("kinds", "event-01000")]]
    {
        assert!(by.submit("/paper/design", "/paper/design", &kinds).expect(422).has("f-kinds-error"));
    }
    assert!(
        by.submit("/paper/design", "/paper/design", &[("returns", &"长".repeat(121))])
            .expect(422)
            .has("f-returns-error")
    );
    // the dispatcher prints, but does not choose
    let dispatcher = t.member("派遣员", vec![whole_city(Role::Dispatcher)]);
    dispatcher.get("/paper").expect(200);
    dispatcher.get("/paper/design").expect(403);
}

fn programs_print_too(t: &TestApp) {
    city(t);
    let key = office(t).by_key();
    let body = json!({"place": "新城社区", "amount": 2});
    let made = key.json(&Method::POST, "/api/v1/paper/batches", &body).expect(201);
    let made: serde_json::Value = serde_json::from_slice(&made.bytes).unwrap();
    let number = made["number"].as_str().unwrap().to_owned();
    assert_eq!((made["sheets"].as_array().unwrap().len(), &made["kinds"][3]), (2, &json!("其他问题")));
    let path = format!("/api/v1/paper/batches/{number}");
    assert!(
        key.json(&Method::POST, &format!("{path}/pdf"), &json!({})).expect(200).bytes.starts_with(b"%PDF-")
    );
    let one = made["sheets"][0]["number"].as_str().unwrap();
    let told = key
        .json(&Method::POST, &format!("{path}/void"), &json!({"sheet": one, "reason": "脏了"}))
        .expect(200);
    assert!(told.has("\"count\":1"));
    assert!(key.get(&path).expect(200).has("\"void\""));
    assert!(key.get("/api/v1/paper/batches").expect(200).has(&number));
    let design = json!({"kinds": ["event-01001"], "returns": "", "phone": "12345"});
    key.json(&Method::PUT, "/api/v1/paper/design", &design).expect(200);
    assert!(key.get("/api/v1/paper/design").expect(200).has("event-01001"));
    for wrong in [json!({"place": "", "amount": 2}), json!({"place": "x", "amount": 0})] {
        key.json(&Method::POST, "/api/v1/paper/batches", &wrong).expect(422);
    }
}

fn who_has_no_part_in_it_prints_nothing(t: &TestApp) {
    city(t);
    for role in [Role::Auditor, Role::SystemAdmin, Role::SecurityAdmin, Role::Inspector] {
        let other = t.member("别人", vec![whole_city(role)]);
        for path in ["/paper", "/paper/scans", "/paper/desk", "/paper/design"] {
            other.get(path).expect(403);
        }
    }
    // a counter prints and brings, and sees nothing of what was written
    for path in ["/paper/desk", "/paper/design"] {
        counter(t).get(path).expect(403);
    }
    counter(t).get("/paper/scans").expect(200);
    t.public().get("/paper").expect(303);
}
