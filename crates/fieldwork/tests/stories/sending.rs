//! Records that come whole from a telephone.

use super::world::{World, met, picture, told};
use axum::body::Body;
use axum::http::Method;
use fieldwork::commands::Outcome;
use fieldwork::workflow::State;
use kernel::time::MINUTE;
use serde_json::{Value, json};
use testkit::{Client, Page};

told!(
    a_day_is_taken_along,
    a_record_comes_once,
    what_is_wrong_is_told_by_its_place,
    another_reading_waits_for_the_office,
    what_was_returned_is_handed_in_again,
);

const EDGE: &str = "edge-of-a-part-9c2";

/// As the page for telephones sends it.
fn post(client: &Client<'_>, record: &Value, files: &[(&str, &str, &[u8])]) -> Page {
    let mut body = format!(
        "--{EDGE}\r\ncontent-disposition: form-data; name=\"record\"\r\ncontent-type: application/json\r\n\r\n{record}\r\n"
    )
    .into_bytes();
    for (path, name, bytes) in files {
        let head = format!(
            "--{EDGE}\r\ncontent-disposition: form-data; name=\"{path}\"; filename=\"{name}\"\r\ncontent-type: image/jpeg\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{EDGE}--\r\n").as_bytes());
    let kind = format!("multipart/form-data; boundary={EDGE}");
    client.send(Method::POST, "/api/v1/fieldwork/records", &[("content-type", &kind)], Body::from(body))
}

fn body(w: &World, visit: &Value, instance: &str, answers: Value) -> Value {
    let now = w.t.test.db.now();
    json!({
        "visit": visit, "checklist": w.edition().id.to_string(), "instance": instance,
        "started_at": now.plus(-10 * MINUTE).rfc3339(), "ended_at": now.rfc3339(),
        "at": {"lng": 98.262, "lat": 39.761, "accuracy": 8.0}, "answers": answers,
    })
}

fn day(w: &World, n: usize) -> Value {
    let today = w.visits(n).remove(0).visit.day;
    w.inspector(n).by_key().get(&format!("/api/v1/fieldwork/day?date={today}")).expect(200).json()
}

fn a_day_is_taken_along(w: &World) {
    let day = day(w, 0);
    let visits = day["visits"].as_array().unwrap();
    assert!(!visits.is_empty());
    let first = &visits[0];
    for field in
        ["id", "inspection", "number", "name", "type", "lng", "lat", "place", "checklist", "state", "record"]
    {
        assert!(first.get(field).is_some(), "{field}");
    }
    assert_eq!(
        (&first["state"], &first["record"], &first["type"]),
        (&json!("open"), &Value::Null, &json!("market"))
    );
    assert!(!day.to_string().contains("second"), "which visit is the second is not told");
    let list = &day["checklists"][0];
    assert_eq!(
        (&list["code"], &list["version"], &list["id"]),
        (&json!("short"), &json!("1"), &first["checklist"])
    );
    // expressions come as trees
    assert_eq!(list["model"]["items"][1]["relevant"]["op"], "=");
    let me = w.inspector(0).by_key();
    me.get("/api/v1/fieldwork/day?date=tomorrow").expect(422);
    me.get("/api/v1/fieldwork/day").expect(200);
}

fn a_record_comes_once(w: &World) {
    let day = day(w, 0);
    let visit = &day["visits"][0]["id"];
    let me = w.inspector(0).by_key();
    let answers = json!({"given": {"clean": "unmet", "dirt": ["a.jpg"], "lamps": 4}});
    let bytes = picture();
    let sent = body(w, visit, "6f0c", answers);
    let files: [(&str, &str, &[u8]); 1] = [("dirt", "a.jpg", &bytes)];
    let made = post(&me, &sent, &files).expect(201).json();
    let number = made["number"].as_str().unwrap().to_owned();
    assert_eq!(made["href"], format!("/fieldwork/records/{number}"));
    let same = post(&me, &sent, &files).expect(200).json();
    assert_eq!(same["number"], made["number"]);
    w.t.run_jobs();
    let one = me.get(&format!("/api/v1/fieldwork/records/{number}")).expect(200).json();
    assert_eq!(one["files"].as_array().unwrap().len(), 1);
    assert_eq!(one["files"][0]["state"], "ready");
    let shares: Vec<(&str, &str)> = one["observations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|o| (o["standard"].as_str().unwrap(), o["outcome"].as_str().unwrap()))
        .collect();
    assert_eq!(shares, [("S-1", "unmet"), ("S-2", "unmet")]);
    let path = one["files"][0]["path"].as_str().unwrap();
    assert_eq!(me.get(path).expect(200).bytes[..2], [0xff, 0xd8]);
    let after = self::day(w, 0);
    assert_eq!(after["visits"][0]["state"], "handed_in");
    // a browser's session without the page's word is not enough
    let browser = w.inspector(0);
    post(&browser, &sent, &[]).expect(403);
}

fn what_is_wrong_is_told_by_its_place(w: &World) {
    let day = day(w, 0);
    let visit = &day["visits"][0]["id"];
    let me = w.inspector(0).by_key();
    let answers = json!({"given": {"clean": "unmet", "dirt": ["gone.jpg"], "lamps": -1}, "rows": {"stalls": [{"given": {"sign": "maybe"}}]}});
    let told = post(&me, &body(w, visit, "x", answers), &[]).expect(422).json();
    let faults: Vec<(&str, &str)> = told["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (f["path"].as_str().unwrap(), f["code"].as_str().unwrap()))
        .collect();
    for wanted in [
        ("lamps", "answer-constraint"),
        ("stalls[1]/sign", "answer-unknown-choice"),
        ("dirt", "answer-file-missing"),
    ] {
        assert!(faults.contains(&wanted), "{faults:?}");
    }
    assert_eq!(
        told["faults"].as_array().unwrap().iter().find(|f| f["path"] == "lamps").unwrap()["message"]["zh"],
        "不能是负数。"
    );
    assert!(told["errors"].as_array().unwrap().iter().any(|e| e["field"] == "stalls[1]/sign"));
    // nothing was taken, and the same name may come again
    assert_eq!(self::day(w, 0)["visits"][0]["state"], "open");
    let mut wrong = body(w, visit, "x", met());
    wrong["ended_at"] = json!("gestern");
    post(&me, &wrong, &[]).expect(422);
    wrong["surplus"] = json!(1);
    post(&me, &wrong, &[]).expect(422);
    let mut other = body(w, visit, "x", met());
    other["checklist"] = json!("17");
    post(&me, &other, &[]).expect(422);
    other["visit"] = json!(w.visits(1)[0].visit.id.to_string());
    post(&me, &other, &[]).expect(404);
    let broken = me.send(
        Method::POST,
        "/api/v1/fieldwork/records",
        &[("content-type", "text/plain")],
        Body::from("x"),
    );
    broken.expect(400);
    post(&me, &body(w, visit, "x", met()), &[]).expect(201);
}

fn another_reading_waits_for_the_office(w: &World) {
    let stop = w.visits(0).remove(0);
    let first = w.sent(0, &stop, "one", met());
    let other = json!({"given": {"clean": "unmet", "lamps": 2}});
    let me = w.inspector(0).by_key();
    let sent = body(w, &json!(stop.visit.id.to_string()), "two", other.clone());
    let told = post(&me, &sent, &[]).expect(409).json();
    assert_eq!((&told["code"], &told["href"]), (&json!("fieldwork-second-reading"), &json!(first.href())));
    // again: the same, and nothing twice
    assert_eq!(post(&me, &sent, &[]).expect(409).json()["href"], first.href());
    let office = w.office();
    let page = office.get("/fieldwork/records?state=rival").expect(200);
    assert!(page.has("待取舍"));
    let list = office.get("/fieldwork/records?format=csv").expect(200);
    assert_eq!(list.text().lines().count(), 3);
    let rival =
        page.text().split("/fieldwork/records/FR-").nth(1).map(|t| format!("FR-{}", &t[..11])).unwrap();
    // only what counts is observed
    let observed = office.get("/fieldwork/observations?format=csv").expect(200).text().lines().count() - 1;
    assert_eq!(observed, 4);
    let at = format!("/fieldwork/records/{rival}");
    assert!(office.get(&at).expect(200).has(&first.number));
    office.submit(&at, &format!("{at}/choice"), &[("field_reason", "")]).expect(422);
    office.submit(&at, &format!("{at}/choice"), &[("field_reason", "第一份是误按")]).expect(303);
    assert!(office.get(&at).expect(200).has("已提交"));
    assert!(office.get(&first.href()).expect(200).has("不采用"));
    let observed = office.get("/fieldwork/observations?format=csv").expect(200).text().lines().count() - 1;
    assert_eq!(observed, 2, "the other record's are gone");
    // a third one is not used
    let told = post(&me, &body(w, &json!(stop.visit.id.to_string()), "three", other), &[]);
    told.expect(409);
    let page = office.get("/fieldwork/records?state=rival").expect(200);
    let third =
        page.text().split("/fieldwork/records/FR-").nth(1).map(|t| format!("FR-{}", &t[..11])).unwrap();
    let at = format!("/fieldwork/records/{third}");
    office
        .submit(&at, &format!("{at}/setting-aside"), &[("version", "1"), ("field_reason", "重复")])
        .expect(303);
    assert!(office.get(&at).expect(200).has("重复"));
}

fn what_was_returned_is_handed_in_again(w: &World) {
    let stop = w.visits(0).remove(0);
    let record = w.sent(0, &stop, "one", met());
    let office = w.office();
    let at = record.href();
    office.submit(&at, &format!("{at}/return"), &[("field_reason", "灯数请再数一遍")]).expect(303);
    assert_eq!(office.get("/fieldwork/observations?format=csv").expect(200).text().lines().count(), 1);
    let me = w.inspector(0);
    assert!(me.get("/fieldwork").expect(200).has("灯数请再数一遍"));
    let again = json!({"given": {"clean": "met", "lamps": 9}});
    let sent = w.send(0, w.sending(&stop, "two", again)).unwrap();
    let Outcome::New(second) = sent else { panic!("{sent:?}") };
    assert_eq!(
        (second.number.as_str(), second.turn, second.state),
        (record.number.as_str(), 2, State::HandedIn)
    );
    // the sending of before is still the same record
    let same = w.send(0, w.sending(&stop, "one", met())).unwrap();
    assert!(matches!(same, Outcome::Same(r) if r.id == record.id));
    let page = office.get(&at).expect(200);
    assert!(page.has("历次提交") && page.has("灯数请再数一遍"), "{}", page.text());
    office.submit(&at, &format!("{at}/acceptance"), &[]).expect(303);
    assert!(office.get(&at).expect(200).has("已通过"));
    let csrf = office.get(&at).csrf();
    office.post(&format!("{at}/acceptance"), &[("csrf", &csrf), ("version", "1")]).expect(409);
    // another's name
    let other = w.visits(1).remove(0);
    assert_eq!(w.send(1, w.sending(&other, "one", met())).unwrap_err().code, "fieldwork-instance-taken");
    // late, after the end, it is taken all the same
    w.end();
    let late = w.visits(0).remove(1);
    assert!(matches!(w.send(0, w.sending(&late, "late", met())).unwrap(), Outcome::New(_)));
}
