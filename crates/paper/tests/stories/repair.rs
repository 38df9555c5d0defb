//! What the program could not read: nothing is lost, and a person decides.

use super::world::{
    BALLPOINT, batch, cases, city, counter, features, filled, good, jpeg, office, recorded, scanned, scans,
    settle, sheet, upload,
};
use axum::http::Method;
use paper::model::{Batch, Fault, ScanState, Sheet, SheetState};
use serde_json::json;
use testkit::TestApp;
use ticks::Gray;

testkit::stories!(features();
    a_picture_without_a_code_is_assigned_by_hand, a_copy_without_a_number_becomes_a_case_all_the_same,
    it_is_put_away_with_a_reason, it_is_turned_and_read_again, what_is_wrong_is_said, another_citys_form_is_told_apart,
    a_void_form_is_not_taken, what_is_no_picture_is_refused_at_the_door, programs_repair_too);

/// A scan on the repair list: nothing is ticked on its form.
fn unticked(t: &TestApp) -> (Batch, Vec<Sheet>) {
    city(t);
    let (made, sheets) = batch(t, 2);
    upload(&office(t), &[&scanned(&filled(t, &made, &sheets[0], &[], BALLPOINT), 1)]).expect(303);
    settle(t);
    assert_eq!(scans(t)[0].fault, Some(Fault::NoTick));
    (made, sheets)
}

fn page_of(t: &TestApp) -> String {
    format!("/paper/scans/{}", scans(t)[0].number)
}

fn a_picture_without_a_code_is_assigned_by_hand(t: &TestApp) {
    city(t);
    let (_, sheets) = batch(t, 1);
    upload(&office(t), &[&jpeg(&Gray::new(600, 800, |x, _| if x % 40 < 20 { 200 } else { 230 }))])
        .expect(303);
    settle(t);
    assert_eq!((scans(t)[0].state, scans(t)[0].fault), (ScanState::Repair, Some(Fault::NoCode)));
    let page = page_of(t);
    for by in [office(t), office(t).english()] {
        let shown = by.get(&page).expect(200);
        assert!(shown.missing_texts().is_empty() && shown.has(&format!("{page}/picture")));
    }
    let fields = [("sheet", sheets[0].number.to_lowercase()), ("kind", "event-01002".to_owned())];
    let fields: Vec<_> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let done = office(t).submit(&page, &format!("{page}/assignment"), &fields).expect(303);
    assert!(done.location().unwrap().starts_with("/paper/desk/"));
    assert!(cases(t)[0].title.ends_with("占道经营"));
    assert_eq!(sheet(t, &sheets[0].number).state, SheetState::Returned);
    assert_eq!(scans(t)[0].state, ScanState::Desk);
    // without parts to cut out, the whole picture is shown beside the fields
    assert!(office(t).get(&done.location().unwrap()).expect(200).has(&format!("{page}/picture")));
}

fn a_copy_without_a_number_becomes_a_case_all_the_same(t: &TestApp) {
    let (_, sheets) = unticked(t);
    let page = page_of(t);
    office(t).submit(&page, &format!("{page}/assignment"), &[("sheet", ""), ("kind", "")]).expect(303);
    let all = cases(t);
    assert_eq!((all.len(), all[0].item_id), (1, None));
    assert!(all[0].description.contains(&scans(t)[0].number));
    assert_eq!(sheet(t, &sheets[0].number).state, SheetState::Printed);
}

fn it_is_put_away_with_a_reason(t: &TestApp) {
    unticked(t);
    let page = page_of(t);
    let action = format!("{page}/refusal");
    assert!(office(t).submit(&page, &action, &[("reason", " ")]).expect(422).has("f-reason-error"));
    assert_eq!(scans(t)[0].state, ScanState::Repair);
    office(t).submit(&page, &action, &[("reason", "空白表")]).expect(303);
    assert_eq!((scans(t)[0].state, cases(t).len(), recorded(t, "paper.refused")), (ScanState::Refused, 0, 1));
    assert!(office(t).get(&page).expect(200).has("空白表"));
    office(t).submit("/paper/scans", &action, &[("reason", "x"), ("version", "9")]).expect(409);
}

fn it_is_turned_and_read_again(t: &TestApp) {
    unticked(t);
    let page = page_of(t);
    office(t).submit(&page, &format!("{page}/turn"), &[]).expect(303);
    assert_eq!(scans(t)[0].turn, 1);
    let wide = image::load_from_memory(&office(t).get(&format!("{page}/picture")).expect(200).bytes).unwrap();
    assert!(wide.width() > wide.height(), "a quarter turned");
    office(t).submit(&page, &format!("{page}/reading"), &[]).expect(303);
    assert_eq!(scans(t)[0].state, ScanState::Waiting);
    settle(t);
    assert_eq!((scans(t)[0].state, scans(t)[0].fault), (ScanState::Repair, Some(Fault::NoTick)));
}

fn what_is_wrong_is_said(t: &TestApp) {
    let (made, sheets) = unticked(t);
    let page = page_of(t);
    let action = format!("{page}/assignment");
    upload(&office(t), &[&good(t, &made, &sheets[1], 0)]).expect(303);
    settle(t);
    let try_it =
        |number: &str, kind: &str| office(t).submit(&page, &action, &[("sheet", number), ("kind", kind)]);
    for (number, kind, field) in [
        ("PF-2026-999999", "", "sheet"),
        (sheets[1].number.as_str(), "", "sheet"),
        (sheets[0].number.as_str(), "event-99999", "kind"),
    ] {
        assert!(try_it(number, kind).expect(422).has(&format!("f-{field}-error")), "{number} {kind}");
    }
    // two people at once: the second is told
    office(t).submit(&page, &action, &[("sheet", ""), ("version", "77")]).expect(409);
    assert_eq!(cases(t).len(), 1);
    counter(t).get(&page).expect(403);
    office(t).get("/paper/scans/PS-2026-999999").expect(404);
    office(t).get("/paper/scans?state=lost").expect(422);
}

fn another_citys_form_is_told_apart(t: &TestApp) {
    city(t);
    let (made, sheets) = batch(t, 1);
    let drawn = {
        // the same form with a word that this city has not signed
        let theirs = store::secrets::Secrets::fixed([9; 32]);
        let text = paper::reader::code(&theirs, sheets[0].id);
        let plan = paper::layout::Form::of(made.kinds().len()).plan();
        let code = qrcode::QrCode::with_error_correction_level(&text, qrcode::EcLevel::Q).unwrap();
        let black: Vec<bool> = code.to_colors().into_iter().map(|c| c == qrcode::Color::Dark).collect();
        ticks::trial::blank(&plan, &black, 150.0 / 25.4)
    };
    upload(&office(t), &[&scanned(&drawn, 1)]).expect(303);
    settle(t);
    assert_eq!(scans(t)[0].fault, Some(Fault::ForeignCode));
}

fn a_void_form_is_not_taken(t: &TestApp) {
    city(t);
    let (made, sheets) = batch(t, 1);
    let action = format!("/paper/batches/{}/void", made.number);
    office(t).submit("/paper", &action, &[("reason", "换新版")]).expect(303);
    upload(&office(t), &[&good(t, &made, &sheets[0], 0)]).expect(303);
    settle(t);
    assert_eq!((scans(t)[0].fault, cases(t).len()), (Some(Fault::Void), 0));
}

fn what_is_no_picture_is_refused_at_the_door(t: &TestApp) {
    city(t);
    for bytes in [&b"%PDF-1.7"[..], b"<html>", b""] {
        let page = upload(&office(t), &[bytes]).expect(422);
        assert!(page.has("f-pages-error"));
    }
    office(t).upload("/paper/scans", "/paper/scans", &[], &[]).expect(422);
    // begins like one, and is none: it is on the list, and can be put away
    upload(&office(t), &[b"\xff\xd8\xff\xe0 broken"]).expect(303);
    settle(t);
    assert_eq!((scans(t)[0].state, scans(t)[0].fault), (ScanState::Repair, Some(Fault::NoPicture)));
    let page = page_of(t);
    assert!(office(t).get(&page).expect(200).missing_texts().is_empty());
    office(t).get(&format!("{page}/picture")).expect(404);
    office(t).submit(&page, &format!("{page}/refusal"), &[("reason", "坏文件")]).expect(303);
}

fn programs_repair_too(t: &TestApp) {
    let (_, sheets) = unticked(t);
    let key = office(t).by_key();
    let list = key.get("/api/v1/paper/scans?state=repair").expect(200);
    let list: serde_json::Value = serde_json::from_slice(&list.bytes).unwrap();
    let (number, version) = (list["items"][0]["number"].as_str().unwrap(), &list["items"][0]["version"]);
    assert_eq!(list["items"][0]["fault"], "no-tick");
    assert_eq!(list["items"][0]["boxes"].as_array().unwrap().len(), 6);
    let path = format!("/api/v1/paper/scans/{number}");
    key.get(&format!("{path}/picture")).expect(200);
    let turned = key.json(&Method::POST, &format!("{path}/turn"), &json!({"version": version})).expect(200);
    let turned: serde_json::Value = serde_json::from_slice(&turned.bytes).unwrap();
    let body = json!({"version": turned["version"], "sheet": sheets[0].number, "kind": "event-01000"});
    let made = key.json(&Method::POST, &format!("{path}/assignment"), &body).expect(200);
    let made: serde_json::Value = serde_json::from_slice(&made.bytes).unwrap();
    assert_eq!((&made["state"], &made["sheet"]), (&json!("desk"), &json!(sheets[0].number)));
    key.json(&Method::POST, &format!("{path}/reading"), &json!({"version": made["version"]})).expect(409);
    let away = json!({"version": made["version"], "reason": "不是本市的问题"});
    assert!(key.json(&Method::POST, &format!("{path}/refusal"), &away).expect(200).has("refused"));
    counter(t).by_key().get(&path).expect(403);
}
