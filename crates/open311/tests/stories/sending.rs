//! Reports come in, once each, from whoever has a key for it.

use super::world::{World, stories};
use axum::body::Body;
use axum::http::Method;
use testkit::TestApp;
use web::scope::Scope;

stories!(
    a_report_becomes_a_case,
    a_key_does_what_it_was_made_for,
    every_fault_is_told_at_once,
    the_same_report_is_taken_once,
    pictures_come_with_the_report,
    places_can_be_named_by_their_number,
    words_are_added_once,
    a_token_leads_to_the_number,
);

fn a_report_becomes_a_case(t: &TestApp) {
    let w = World::new(t);
    let page = w
        .send(&[
            ("service_code", "event-0102"),
            ("attribute[condition]", "demolish"),
            ("attribute[urgent]", "true"),
            ("last_name", "张"),
            ("first_name", "三"),
            ("phone", "13812341234"),
            ("email", "zhang@example.cn"),
            ("device_id", "abc"),
            ("account_id", "7"),
            ("media_url", "https://example.cn/a.jpg"),
            ("jurisdiction_id", "620200"),
        ])
        .expect(201);
    assert_eq!(page.header("content-type"), "application/json; charset=utf-8");
    let number = World::number(&page);
    assert!(page.json()[0]["service_notice"].as_str().unwrap().contains("http://wm.example.cn/r/"));
    let (case, reporter) = t
        .test
        .db
        .read_now(move |tx| {
            let case = cases::store::case_by_number(tx, &number)?.unwrap();
            Ok((case.clone(), cases::store::reporter(tx, case.id)?.unwrap()))
        })
        .unwrap();
    assert_eq!((case.condition.as_str(), case.urgent, case.crs.as_str()), ("demolish", true, "wgs84"));
    assert_eq!(case.description.as_str(), "路边有一堆垃圾\nhttps://example.cn/a.jpg");
    assert!(case.section_id.is_some() && case.governing_unit == Some(w.street_office));
    assert_eq!(t.test.plain_on_disk(&["13812341234", "zhang@example.cn", "张三"]), Vec::<&str>::new());
    assert_eq!((reporter.name.as_str(), reporter.phone.as_str()), ("张三", "13812341234"));
}

fn a_key_does_what_it_was_made_for(t: &TestApp) {
    let w = World::new(t);
    for (key, status) in [
        ("", 403),
        ("cc_wrong", 403),
        (w.key(Scope::Read), 403),
        (w.key(Scope::Report), 201),
        (w.key(Scope::Act), 201),
        (w.key(Scope::Admin), 201),
    ] {
        let page = w.send(&[("api_key", key)]);
        assert_eq!(page.status, status, "{}", page.text());
        if status == 403 {
            assert_eq!(page.json()[0]["code"], 403);
        }
    }
    let bearer = |key: &str, method: Method, path: &str, body: &str| {
        let value = format!("Bearer {key}");
        let kind =
            if path.starts_with("/api") { "application/json" } else { "application/x-www-form-urlencoded" };
        let headers = [("authorization", value.as_str()), ("content-type", kind)];
        t.public().send(method, path, &headers, Body::from(body.to_owned()))
    };
    let form = "service_code=event-0101&description=x&lat=39.765&long=98.265";
    let path = "/open311/v2/requests.xml";
    assert_eq!(bearer(w.key(Scope::Report), Method::POST, path, form).status, 201);
    assert_eq!(bearer(w.key(Scope::Read), Method::POST, path, form).status, 403);
    let wrong = bearer("cc_wrong", Method::POST, path, form).expect(401);
    assert!(wrong.has("<errors><error><code>401</code>"), "{}", wrong.text());
    // the same everywhere: a key for reports lends no roles, one for reading changes nothing
    let report = "{\"description\":\"x\",\"address\":\"新华路\"}";
    assert_eq!(bearer(w.key(Scope::Report), Method::POST, "/api/v1/reports", report).status, 201);
    assert_eq!(bearer(w.key(Scope::Read), Method::POST, "/api/v1/reports", report).status, 403);
    assert_eq!(
        bearer(w.key(Scope::Report), Method::GET, "/api/v1/cases", "").json()["items"][0]["source"],
        "citizen"
    );
    let number = World::number(&w.send(&[("api_key", w.key(Scope::Act))]));
    let moves = format!("/api/v1/cases/{number}/moves");
    for scope in [Scope::Report, Scope::Read] {
        let page = bearer(w.key(scope), Method::POST, &moves, "{\"move\":\"confirmation\"}").expect(403);
        assert_eq!(page.json()["code"], "key-scope");
    }
}

fn every_fault_is_told_at_once(t: &TestApp) {
    let w = World::new(t);
    let page = w
        .send(&[
            ("description", ""),
            ("lat", "39.765"),
            ("long", ""),
            ("phone", "12"),
            ("email", "nobody"),
            ("attribute[urgent]", "perhaps"),
            ("attribute[condition]", "none such"),
            ("media_url", "javascript:alert(1)"),
        ])
        .expect(400);
    let told: Vec<String> = page
        .json()
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["description"].as_str().unwrap().split(':').next().unwrap().to_owned())
        .collect();
    for name in [
        "description",
        "lat",
        "address_string",
        "phone",
        "email",
        "attribute[urgent]",
        "attribute[condition]",
        "media_url",
    ] {
        assert!(told.iter().any(|t| t == name), "{name} is not among {told:?}");
    }
    for (fields, status, part) in [
        (vec![("lat", "31.2"), ("long", "121.5")], 400, "lat"),
        (vec![("service_code", "")], 400, "service_code"),
        (vec![("service_code", "event-9999")], 404, "event-9999"),
        (vec![("jurisdiction_id", "shanghai.gov.cn")], 404, "shanghai.gov.cn"),
        (vec![("lat", "NaN")], 400, "lat"),
        (vec![("lat", "0"), ("long", "0")], 400, "lat"),
        (vec![("address_id", "S-9999"), ("lat", ""), ("long", "")], 400, "address_id"),
    ] {
        let page = w.send(&fields).expect(status);
        assert!(page.has(part), "{fields:?}: {}", page.text());
    }
    let json = t.public().json(
        &Method::POST,
        "/open311/v2/requests.json",
        &serde_json::json!({"service_code": "event-0101"}),
    );
    assert_eq!(json.expect(400).json()[0]["code"], 400);
}

fn the_same_report_is_taken_once(t: &TestApp) {
    let w = World::new(t);
    let first = World::number(&w.send(&[("attribute[external_id]", "A-17")]).expect(201));
    let again = World::number(&w.send(&[("attribute[external_id]", "A-17")]).expect(201));
    assert_eq!(first, again);
    t.advance(3 * kernel::time::DAY);
    assert_eq!(first, World::number(&w.send(&[("attribute[external_id]", "A-17")]).expect(201)));
    assert_ne!(first, World::number(&w.send(&[("attribute[external_id]", "A-18")]).expect(201)));
    let form = |text: &str| {
        format!(
            "api_key={}&service_code=event-0101&lat=39.765&long=98.265&description={text}",
            w.key(Scope::Report)
        )
    };
    let send = |text: &str| {
        let headers = [("idempotency-key", "k1"), ("content-type", "application/x-www-form-urlencoded")];
        t.public().send(Method::POST, "/open311/v2/requests.json", &headers, Body::from(form(text)))
    };
    let one = World::number(&send("a").expect(201));
    assert_eq!(one, World::number(&send("a").expect(201)));
    assert_eq!(send("b").expect(409).json()[0]["code"], 409);
}

fn pictures_come_with_the_report(t: &TestApp) {
    let w = World::new(t);
    let upload = |key: &str, files: &[(&str, &str, &[u8])]| {
        let fields = [("api_key", key), ("service_code", "event-0101"), ("address_string", "新华路12号")];
        // the page is only where the test client looks for a token, which this door does not want
        t.public().upload("/report", "/open311/v2/requests.json", &fields, files)
    };
    let png: &[u8] = b"\x89PNG\r\n\x1a\nnot really";
    let two = upload(w.key(Scope::Report), &[("media", "a.png", png), ("media[]", "b.png", png)]).expect(201);
    let number = World::number(&two);
    let photos = t
        .test
        .db
        .read_now(move |tx| {
            let case = cases::store::case_by_number(tx, &number)?.unwrap();
            cases::store::photos(tx, case.id)
        })
        .unwrap();
    assert_eq!(photos.len(), 2);
    let seven = vec![("media", "a.png", png); 7];
    assert_eq!(upload(w.key(Scope::Report), &seven).expect(413).json()[0]["code"], 413);
    assert!(upload(w.key(Scope::Report), &[("avatar", "a.png", png)]).expect(400).has("media"));
    // what is handed out may not be a voice
    let said = sound::samples::wav(1000);
    let refused = upload(w.key(Scope::Report), &[("media", "a.wav", &said)]).expect(400);
    assert!(refused.has("/recording"), "{}", refused.text());
    upload("cc_wrong", &[("media", "a.png", png)]).expect(403);
}

fn places_can_be_named_by_their_number(t: &TestApp) {
    let w = World::new(t);
    let page = w.send(&[("address_id", "S-0001"), ("lat", ""), ("long", "")]).expect(201);
    let number = World::number(&page);
    w.dispatched(&number);
    let one = t.public().get(&format!("/open311/v2/requests/{number}.json")).expect(200).json();
    assert_eq!(one[0]["address_id"], "S-0001");
    assert!((one[0]["lat"].as_f64().unwrap() - 39.765).abs() < 1e-5);
}

fn words_are_added_once(t: &TestApp) {
    let w = World::new(t);
    let number = World::number(&w.send(&[]));
    let say = |key: &str, number: &str, id: &str, words: &str| {
        let fields = [
            ("api_key", key),
            ("service_request_id", number),
            ("update_id", id),
            ("description", words),
            ("status", "OPEN"),
            ("updated_datetime", "2026-03-05T09:30:00+08:00"),
            ("email", "a@example.cn"),
        ];
        t.public().post("/open311/v2/servicerequestupdates.xml", &fields)
    };
    let key = w.key(Scope::Report);
    let page = say(key, &number, "u1", "还在那里").expect(201);
    assert!(page.has("<service_request_updates><request_update><update_id>u1</update_id></request_update>"));
    say(key, &number, "u1", "还在那里").expect(201);
    t.advance(3 * kernel::time::DAY);
    say(key, &number, "u1", "还在那里").expect(201);
    say(key, &number, "u2", "更多了").expect(201);
    assert!(say(key, &number, "u3", "").expect(400).has("description"));
    say(key, "CASE-1999-000001", "u4", "没有").expect(404);
    say("", &number, "u5", "没有").expect(403);
    let remarks = {
        let number = number.clone();
        t.test.db.read_now(move |tx| {
            let case = cases::store::case_by_number(tx, &number)?.unwrap();
            let lines = store::audit::history(tx, case.id)?;
            Ok(lines
                .into_iter()
                .filter(|l| l.verb == "case.remarked")
                .filter_map(|l| l.words())
                .collect::<Vec<_>>())
        })
    }
    .unwrap();
    assert_eq!(remarks, ["还在那里", "更多了"]);
    // nobody but staff reads them
    w.dispatched(&number);
    let updates = format!("/open311/v2/servicerequestupdates.json?service_request_id={number}");
    assert!(!t.public().get(&updates).expect(200).has("更多了"));
}

fn a_token_leads_to_the_number(t: &TestApp) {
    let w = World::new(t);
    let page = w.send(&[]);
    let notice = page.json()[0]["service_notice"].as_str().unwrap().to_owned();
    let token =
        notice.rsplit("/r/").next().unwrap().trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let found = t.public().get(&format!("/open311/v2/tokens/{token}.json")).expect(200).json();
    assert_eq!(found[0]["service_request_id"], World::number(&page).as_str());
    assert_eq!(found[0]["token"], token.as_str());
    t.public().get("/open311/v2/tokens/nonsense.xml").expect(404);
}
