//! Words written by hand are typed by a person; whoever kept the counterfoil can ask.

use super::world::{
    PHONE, batch, cases, city, counter, features, good, office, recorded, scans, settle, sheet, upload,
};
use axum::http::Method;
use kernel::policy::Role;
use paper::model::ScanState;
use serde_json::json;
use testkit::{TestApp, whole_city};

testkit::stories!(features();
    words_come_into_the_case, what_is_wrong_is_said, one_form_after_the_other, programs_type_too,
    whoever_kept_the_counterfoil_can_ask, what_is_over_is_put_away);

/// A form at the desk.
fn at_the_desk(t: &TestApp) -> String {
    city(t);
    let (made, sheets) = batch(t, 2);
    upload(&office(t), &[&good(t, &made, &sheets[0], 1)]).expect(303);
    settle(t);
    scans(t)[0].number.clone()
}

const WORDS: [(&str, &str); 5] = [
    ("description", "门口积水三天了，老人出门不方便"),
    ("address", "新华中路 18 号院门口"),
    ("reporter", "赵写表"),
    ("phone", PHONE),
    ("wants_answer", "1"),
];

fn words_come_into_the_case(t: &TestApp) {
    let number = at_the_desk(t);
    let page = format!("/paper/desk/{number}");
    for by in [office(t), office(t).english()] {
        let shown = by.get(&page).expect(200);
        assert!(shown.missing_texts().is_empty(), "{:?}", shown.missing_texts());
        assert!(shown.has(&format!("/paper/scans/{number}/parts/what")));
    }
    assert!(office(t).get("/today").expect(200).has("/paper/desk"), "the morning page says that one waits");
    office(t).submit(&page, &page, &WORDS).expect(303);
    let case = &cases(t)[0];
    assert_eq!(case.description.as_str(), "门口积水三天了，老人出门不方便");
    assert_eq!(
        (case.address.as_str(), case.title.as_str()),
        ("新华中路 18 号院门口", "新华中路 18 号院门口：占道经营")
    );
    let id = case.id;
    let reporter = t.test.db.read_now(move |tx| cases::store::reporter(tx, id)).unwrap().unwrap();
    assert_eq!(
        (reporter.name.as_str(), reporter.phone.as_str(), reporter.wants_answer),
        ("赵写表", PHONE, true)
    );
    let scan = &scans(t)[0];
    assert_eq!((scan.state, scan.done_by.as_str()), (ScanState::Done, "文明办"));
    assert_eq!((recorded(t, "paper.typed"), recorded(t, "case.transcribed")), (1, 1));
    // found by its words, and the number is not in the log
    assert!(office(t).get("/cases?q=门口积水").expect(200).has(&case.number));
    assert!(!office(t).get(&page).text().contains("积水三天"));
    office(t).get(&page).expect(409);
    assert!(office(t).get("/paper/desk").expect(200).missing_texts().is_empty());
}

fn what_is_wrong_is_said(t: &TestApp) {
    let page = format!("/paper/desk/{}", at_the_desk(t));
    for (name, value, field) in [
        ("description", "", "description"),
        ("address", "", "address"),
        ("phone", "12", "phone"),
        ("kind", "event-99999", "kind"),
        (
            "reporter",
            "很长的名字很长的名字很长的名字很长的名字很长的名字很长的名字很长的名字很长的名字多",
            "reporter",
        ),
    ] {
        let mut fields: Vec<_> = WORDS.iter().copied().filter(|(n, _)| *n != name).collect();
        fields.push((name, value));
        let shown = office(t).submit(&page, &page, &fields).expect(422);
        assert!(shown.has(&format!("f-{field}-error")), "{name}={value}");
        assert!(name == "description" || shown.has("门口积水三天了"), "what was typed is kept");
    }
    assert_eq!(scans(t)[0].state, ScanState::Desk);
    office(t).submit(&page, &page, &[WORDS[0], WORDS[1], ("version", "77")]).expect(409);
    counter(t).get(&page).expect(403);
}

fn one_form_after_the_other(t: &TestApp) {
    city(t);
    let (made, sheets) = batch(t, 2);
    for one in &sheets {
        upload(&office(t), &[&good(t, &made, one, 0)]).expect(303);
        settle(t);
    }
    let first = scans(t)[0].number.clone();
    let page = office(t).get("/paper/desk").expect(200);
    assert!(page.has(&format!("action=\"/paper/desk/{first}\"")), "the one that waits longest");
    assert!(page.has(&format!("/paper/desk/{}\"", scans(t)[1].number)), "the other can be taken first");
    office(t).submit("/paper/desk", &format!("/paper/desk/{first}"), &WORDS).expect(303);
    let next = scans(t)[1].number.clone();
    assert!(office(t).get("/paper/desk").expect(200).has(&format!("action=\"/paper/desk/{next}\"")));
}

fn programs_type_too(t: &TestApp) {
    let number = at_the_desk(t);
    let key = office(t).by_key();
    let path = format!("/api/v1/paper/scans/{number}");
    let scan: serde_json::Value = serde_json::from_slice(&key.get(&path).expect(200).bytes).unwrap();
    assert_eq!(
        (&scan["state"], &scan["wants"], &scan["boxes"][1]["tick"]),
        (&json!("desk"), &json!("call"), &json!("ticked"))
    );
    let mut words = json!({"version": scan["version"], "description": "积水", "address": "", "phone": PHONE});
    key.json(&Method::POST, &format!("{path}/transcript"), &words).expect(422);
    words["address"] = json!("新华中路 18 号");
    let done = key.json(&Method::POST, &format!("{path}/transcript"), &words).expect(200);
    assert!(done.has("\"done\""));
    key.json(&Method::POST, &format!("{path}/transcript"), &words).expect(409);
    assert_eq!(cases(t)[0].description.as_str(), "积水");
}

fn whoever_kept_the_counterfoil_can_ask(t: &TestApp) {
    let _ = at_the_desk(t);
    let (out, back) = ("PF-", scans(t)[0].sheet_id.unwrap());
    let numbers: Vec<String> =
        (1..=2).map(|n| format!("{out}{}-{n:06}", t.test.db.now().date().year())).collect();
    assert_eq!(sheet(t, &numbers[0]).id, back);
    let ask = |number: &str| t.public().get(&format!("/paper/receipts?number={number}"));
    for by in [t.public(), t.public().english()] {
        assert!(by.get("/paper/receipts").expect(200).missing_texts().is_empty());
    }
    assert!(ask(&numbers[1]).expect(200).has("还没有收到"));
    let told = ask(&numbers[0].to_lowercase()).expect(200);
    assert!(told.has("正在核实") && !told.has("CASE-"), "not public yet: no number of a case");
    assert!(ask("PF-2026-999999").expect(422).has("f-number-error"));
    let api = |number: &str| t.public().get(&format!("/api/v1/paper/receipts/{number}"));
    assert!(api(&numbers[0]).expect(200).has("\"received\""));
    api("PF-2026-999999").expect(404);
    // once it is confirmed, what everybody sees of it
    let case = cases(t)[0].number.clone();
    t.member("核查员", vec![whole_city(Role::Verifier)])
        .submit(&format!("/cases/{case}/confirmation"), &format!("/cases/{case}/confirmation"), &[])
        .expect(303);
    let told = ask(&numbers[0]).expect(200);
    assert!(told.has(&case) && told.has(&format!("/public/cases/{case}")));
    assert!(api(&numbers[0]).expect(200).has("\"public\""));
    // the form's number is good on the page for receipts too
    let sent =
        t.public().submit("/track", "/track", &[("receipt", &numbers[0].to_lowercase()), ("phone", "")]);
    assert_eq!(sent.expect(303).location().unwrap(), format!("/paper/receipts?number={}", numbers[0]));
    // and at the counter
    let _ = office(t);
}

fn what_is_over_is_put_away(t: &TestApp) {
    let number = at_the_desk(t);
    let case = cases(t)[0].number.clone();
    store::db::tamper(&t.test.location, "update case_file set state = 'voided'").unwrap();
    let page = format!("/paper/desk/{number}");
    office(t).submit(&page, &page, &WORDS).expect(409);
    let scan = format!("/paper/scans/{number}");
    let version = scans(t)[0].version.to_string();
    let fields = [("reason", "案卷已作废"), ("version", version.as_str())];
    office(t).submit(&scan, &format!("{scan}/refusal"), &fields).expect(303);
    assert_eq!(scans(t)[0].state, ScanState::Refused);
    assert!(office(t).get(&scan).expect(200).has(&case));
}
