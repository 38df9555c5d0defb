//! Whoever reports is asked, by forms and by programs.

use super::{MANHOLE, WHERE, answers, case_of, features, office, pairs, reported, send, token, world};
use axum::http::Method;
use image::{ImageFormat, RgbImage};
use kernel::time::{DAY, HOUR};
use serde_json::json;
use std::io::Cursor;
use testkit::TestApp;
use testkit::http::Page;

testkit::stories!(features();
    the_form_asks_again_and_loses_nothing,
    an_answer_brings_the_next_question,
    the_counter_is_asked_the_same,
    a_report_that_waited_for_a_signal_is_not_held_to_them,
    programs_answer_and_are_told_what_is_wrong,
);

fn picture(shade: u8) -> Vec<u8> {
    let picture = RgbImage::from_pixel(320, 240, image::Rgb([shade, 120, 60]));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// Names and values of the boxes that hold photos.
fn kept(page: &Page) -> Vec<String> {
    let boxes = page.text().split("name=\"kept_photo\" value=\"").skip(1);
    boxes.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn the_form_asks_again_and_loses_nothing(t: &TestApp) {
    let _w = world(t);
    let citizen = t.public();
    let kind = [("kind", ""), ("other_kind", MANHOLE), ("phone", "13812341234")];
    let typed = [&WHERE[..], &kind].concat();
    let files = [("photos", "路口.jpg", &*picture(10)), ("photos", "近看.jpg", &*picture(90))];
    let page = citizen.upload("/report", "/report", &typed, &files).expect(422);
    assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
    assert!(page.has("井盖不见了吗：必须填写") || page.has("井盖不见了吗：必填"), "{}", page.text());
    for left in
        ["路口少了井盖", "新华北路12号", "value=\"13812341234\"", "路口.jpg", "近看.jpg", "f-q_gone-error"]
    {
        assert!(page.has(left), "{left} is lost: {}", page.text());
    }
    // what is wrong now is asked for once more, and the photos wait on
    let photos = kept(&page);
    assert_eq!(photos.len(), 2);
    let again = [&typed[..], &[("q_gone", "yes"), ("q_wide", "很宽"), ("kept_photo", &photos[0])]].concat();
    let page = citizen.submit("/report", "/report", &again).expect(422);
    assert!(page.has("f-q_wide-error") && page.has("value=\"很宽\"") && !page.has("f-q_gone-error"));
    // one was taken out, and another chosen
    let photos = kept(&page);
    assert_eq!(photos.len(), 1);
    let last = [&typed[..], &[("q_gone", "yes"), ("q_wide", "70"), ("kept_photo", &photos[0])]].concat();
    let page = citizen.upload("/report", "/report", &last, &[("photos", "新.jpg", &picture(200))]);
    let case = case_of(t, &token(page));
    t.run_jobs();
    let id = case.id;
    let shots = t.test.db.read_now(move |tx| cases::queries::shots(tx, id)).unwrap();
    assert!(shots.len() == 2 && shots.iter().all(|s| s.state == store::files::FileState::Ready), "{shots:?}");
    assert_eq!(answers(t, id), pairs(&[("gone", "yes"), ("wide", "70")]));
    // a box that names nothing of ours, and one that was kept too long
    for wrong in ["../../city.db x", "1-abc x.jpg"] {
        let fields = [&typed[..], &[("q_gone", "no"), ("kept_photo", wrong)]].concat();
        assert!(citizen.submit("/report", "/report", &fields).expect(422).has("f-photos-error"), "{wrong}");
    }
    let page = citizen.upload("/report", "/report", &typed, &files).expect(422);
    let photos = kept(&page);
    let jobs = t.jobs();
    jobs.ensure_periodic().unwrap();
    t.advance(DAY + 2 * HOUR);
    jobs.run_due().unwrap();
    let late = [&typed[..], &[("q_gone", "no"), ("kept_photo", &photos[0])]].concat();
    let page = citizen.submit("/report", "/report", &late).expect(422);
    assert!(page.has("1 张照片保留超过一天") && kept(&page).is_empty(), "{}", page.text());
}

fn an_answer_brings_the_next_question(t: &TestApp) {
    let _w = world(t);
    // no kind, no questions; one that asks nothing neither
    assert_eq!(send(t, &[]).status, 303);
    assert_eq!(send(t, &[("kind", "event-01000")]).status, 303);
    // without script a button asks for them, and nothing is sent yet
    let page = send(t, &[("kind", MANHOLE), ("ask", "1")]).expect(200);
    assert!(page.has("井盖不见了吗") && !page.has("井口直径") && !page.has("field-wrong"), "{}", page.text());
    let page = send(t, &[("kind", MANHOLE), ("ask", "1"), ("q_gone", "yes")]).expect(200);
    assert!(page.has("井口直径") && page.has("（厘米）"));
    let page = send(t, &[("kind", MANHOLE), ("q_gone", "yes")]).expect(422);
    assert!(page.has("f-q_wide-error"));
    // an answer to what is not asked is left out, whatever it is
    let case = case_of(t, &token(send(t, &[("kind", MANHOLE), ("q_gone", "no"), ("q_wide", "很宽")])));
    assert_eq!(answers(t, case.id), pairs(&[("gone", "no")]));
    let case = case_of(t, &token(send(t, &[("kind", "event-01000"), ("q_gone", "yes")])));
    assert!(answers(t, case.id).is_empty());
    for (field, wrong) in [("q_gone", "maybe"), ("q_who", "飞机"), ("q_note", &*"长".repeat(501))] {
        let fields: Vec<(&str, &str)> =
            [("kind", MANHOLE), (field, wrong), ("q_gone", "no")].into_iter().collect();
        assert!(send(t, &fields).expect(422).has(&format!("f-{field}-error")), "{field}");
    }
    let (case, _) = reported(t);
    assert_eq!(
        answers(t, case.id),
        pairs(&[
            ("gone", "yes"),
            ("wide", "70.5"),
            ("who", "行人、学生"),
            ("note", "请打 13812341234"),
            ("name", "欧阳报事"),
        ])
    );
}

fn the_counter_is_asked_the_same(t: &TestApp) {
    let _w = world(t);
    let desk = office(t);
    let fields = [&WHERE[..], &[("source", "phone"), ("kind", MANHOLE)]].concat();
    let files = [("photos", "窗口.jpg", &*picture(40))];
    let page = desk.upload("/cases/new", "/cases", &fields, &files).expect(422);
    assert!(page.has("f-q_gone-error") && kept(&page).len() == 1 && page.missing_texts().is_empty());
    let photo = kept(&page).remove(0);
    let asks = [&fields[..], &[("ask", "1"), ("kept_photo", &photo)]].concat();
    let page = desk.submit("/cases/new", "/cases", &asks).expect(200);
    let photo = kept(&page).remove(0);
    let whole = [&fields[..], &[("q_gone", "no"), ("kept_photo", &photo)]].concat();
    let to = desk.submit("/cases/new", "/cases", &whole).expect(303).location().unwrap();
    assert!(desk.get(&to).expect(200).has("井盖不见了吗"));
}

fn a_report_that_waited_for_a_signal_is_not_held_to_them(t: &TestApp) {
    let _w = world(t);
    let key = ("sent_key", "0b6e6f0a-5d5e-4f6a-9a51-7d1c7c2f0042");
    let late = [("kind", MANHOLE), ("sent_late", "1"), key];
    let first = send(t, &late).expect(303);
    let case = case_of(t, first.location().unwrap().split("t=").nth(1).unwrap());
    assert!(answers(t, case.id).is_empty());
    // the answer was lost on the way, and it is sent once more
    assert_eq!(send(t, &late).expect(303).location(), first.location());
    // what was answered must fit all the same, so that it can be mended
    assert_eq!(send(t, &[("kind", MANHOLE), ("sent_late", "1"), ("q_gone", "maybe")]).status, 422);
    // sent at once and received, but its answer lost: the second try is the same report
    let key = ("sent_key", "0b6e6f0a-5d5e-4f6a-9a51-7d1c7c2f0043");
    let now = send(t, &[("kind", MANHOLE), ("q_gone", "no"), key]).expect(303);
    let again = send(t, &[("kind", MANHOLE), ("q_gone", "no"), key, ("sent_late", "1")]).expect(303);
    assert_eq!(again.location(), now.location());
}

fn programs_answer_and_are_told_what_is_wrong(t: &TestApp) {
    let _w = world(t);
    let send = |extras: serde_json::Value| {
        let body =
            json!({ "description": "井盖没了", "address": "新华北路", "kind": MANHOLE, "extras": extras });
        t.public().json(&Method::POST, "/api/v1/reports", &body)
    };
    let refused = |extras: serde_json::Value| -> Vec<(String, String)> {
        let page = send(extras).expect(422).json();
        let text = |v: &serde_json::Value| v.as_str().unwrap().to_owned();
        page["errors"].as_array().unwrap().iter().map(|e| (text(&e["field"]), text(&e["code"]))).collect()
    };
    assert_eq!(refused(json!({})), pairs(&[("extras.gone", "required")]));
    assert_eq!(refused(json!({ "gone": true })), pairs(&[("extras.wide", "required")]));
    assert_eq!(
        refused(json!({ "gone": true, "wide": "x", "colour": "red" })),
        pairs(&[("extras.colour", "no-such-question"), ("extras.wide", "not-a-number")])
    );
    assert_eq!(refused(json!({ "gone": {} }))[0].1, "not-as-described");
    let receipt = send(json!({ "gone": true, "wide": 70, "who": ["车辆", "行人"] })).expect(201).json();
    let case = case_of(t, receipt["token"].as_str().unwrap());
    assert_eq!(answers(t, case.id), pairs(&[("gone", "yes"), ("wide", "70"), ("who", "行人、车辆")]));
    // a kind that asks nothing takes no answers, and one without answers is as it always was
    let body = json!({ "description": "垃圾", "address": "新华北路", "kind": "event-01000" });
    t.public().json(&Method::POST, "/api/v1/reports", &body).expect(201);
    let kinds = t.public().get("/api/v1/catalogue").expect(200).json();
    let manhole = kinds.as_array().unwrap().iter().find(|k| k["code"] == MANHOLE).unwrap().clone();
    let wide = &manhole["extras"][1];
    assert_eq!((wide["code"].as_str(), wide["kind"].as_str()), (Some("wide"), Some("number")));
    assert_eq!(wide["after"], json!({ "code": "gone", "value": "yes" }));
    assert_eq!(wide["unit"], json!({ "zh": "厘米", "en": "cm" }));
}
