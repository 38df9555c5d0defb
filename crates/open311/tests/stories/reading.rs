//! Everybody reads what is public, and nothing else.

use super::world::{LAT, LONG, World, stories};
use testkit::TestApp;

stories!(
    only_public_cases_are_told_and_never_the_reporter,
    lists_are_narrowed,
    services_have_definitions,
    both_formats_and_no_other,
    steps_are_told_in_order,
    a_page_asks_the_same_again,
);

fn only_public_cases_are_told_and_never_the_reporter(t: &TestApp) {
    let w = World::new(t);
    let sent = w.send(&[
        ("last_name", "欧阳"),
        ("first_name", "小明"),
        ("phone", "13912345678"),
        ("email", "ouyang@example.cn"),
        ("description", "打电话 13912345678 找我"),
        ("address_string", "新华路118号"),
    ]);
    let number = World::number(&sent);
    let one = format!("/open311/v2/requests/{number}.json");
    t.public().get(&one).expect(404);
    assert_eq!(t.public().get("/open311/v2/requests.json").expect(200).text(), "[]");
    w.dispatched(&number);
    for path in [one.as_str(), "/open311/v2/requests.json", "/open311/v2/requests.xml?extensions=true"] {
        let page = t.public().get(path).expect(200);
        assert!(page.has(&number), "{path}");
        for hidden in ["13912345678", "ouyang", "小明", "118"] {
            assert!(!page.has(hidden), "{path} tells {hidden}: {}", page.text());
        }
    }
    let row = t.public().get(&one).json()[0].clone();
    assert_eq!(row["status"], "open");
    assert_eq!(row["service_code"], "event-0101");
    assert_eq!(row["agency_responsible"], "雄关街道办事处");
    assert_eq!(row["lat"], 39.765);
    assert_eq!(row["long"], 98.265);
    for name in ["requested_datetime", "updated_datetime", "expected_datetime"] {
        let text = row[name].as_str().unwrap();
        assert!(text.len() == 25 && text.ends_with("+08:00"), "{name} {text}");
    }
}

fn lists_are_narrowed(t: &TestApp) {
    let w = World::new(t);
    let garbage = World::number(&w.send(&[]));
    // of one moment neither would be the newer
    t.advance(kernel::time::SECOND);
    let building =
        World::number(&w.send(&[("service_code", "event-0102"), ("lat", "39.775"), ("long", "98.275")]));
    w.dispatched(&garbage);
    w.dispatched(&building);
    w.closed(&building);
    let found = |query: &str| -> Vec<String> {
        let page = t.public().get(&format!("/open311/v2/requests.json?{query}")).expect(200);
        let mut found: Vec<String> = page
            .json()
            .as_array()
            .unwrap()
            .iter()
            .map(|r| r["service_request_id"].as_str().unwrap().to_owned())
            .collect();
        found.sort();
        found
    };
    let (both, none): (Vec<String>, Vec<String>) = (vec![garbage.clone(), building.clone()], Vec::new());
    assert_eq!(found(""), both);
    assert_eq!(found("status=open"), std::slice::from_ref(&garbage));
    assert_eq!(found("status=closed"), std::slice::from_ref(&building));
    assert_eq!(found("status=open,closed"), both);
    assert_eq!(found("status=open&status=closed"), both);
    assert_eq!(found("service_code=event-0102"), std::slice::from_ref(&building));
    assert_eq!(found(&format!("service_request_id={garbage},{building}&status=open")), both);
    assert_eq!(
        found(&format!("service_request_id={garbage}&service_request_id=CASE-1-1")),
        std::slice::from_ref(&garbage)
    );
    assert_eq!(found("bbox=98.26,39.76,98.27,39.77"), std::slice::from_ref(&garbage));
    assert_eq!(found(&format!("lat={LAT}&long={LONG}&radius=100")), std::slice::from_ref(&garbage));
    assert_eq!(found(&format!("lat={LAT}&long={LONG}&radius=5000")), both);
    assert_eq!(found("end_date=2020-01-01T00:00:00Z"), none);
    let page = t.public().get("/open311/v2/requests.json?per_page=1");
    assert_eq!(page.json()[0]["service_request_id"], building.as_str(), "the newest first");
    assert!(page.header("link").contains("page=2"), "{}", page.header("link"));
    assert_eq!(found("per_page=1&page=2"), std::slice::from_ref(&garbage));
    assert_eq!(found("per_page=1&page=3"), none);
    for bad in [
        "status=done",
        "start_date=yesterday",
        "start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z",
        "start_date=2026-02-01&end_date=2026-01-01",
        "bbox=1,2,3",
        "bbox=9,9,1,1",
        "lat=39.7",
        "lat=39.7&long=98.2&radius=99999999",
        "page=0",
        "per_page=5000",
        "page=99999999999999999999",
        "page=9223372036854775807&per_page=1000",
    ] {
        let page = t.public().get(&format!("/open311/v2/requests.json?{bad}"));
        assert_eq!(page.status, 400, "{bad}: {}", page.text());
        assert_eq!(page.json()[0]["code"], 400);
    }
    t.public().get("/open311/v2/requests.json?service_code=event-9").expect(404);
    t.public().get("/open311/v2/requests.json?jurisdiction_id=wm.example.cn").expect(200);
    t.public().get("/open311/v2/requests.json?jurisdiction_id=elsewhere").expect(404);
}

fn services_have_definitions(t: &TestApp) {
    let _w = World::new(t);
    let list = t.public().get("/open311/v2/services.json").expect(200).json();
    let codes: Vec<&str> =
        list.as_array().unwrap().iter().map(|s| s["service_code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["event-0101", "event-0102", "other"]);
    assert_eq!(list[0]["metadata"], true);
    assert_eq!(list[0]["type"], "realtime");
    let one = t.public().get("/open311/v2/services/event-0102.json").expect(200).json();
    assert_eq!(one["attributes"][0]["code"], "condition");
    assert_eq!(one["attributes"][0]["values"][0]["key"], "demolish");
    assert_eq!(one["attributes"][1]["code"], "urgent");
    assert_eq!(one["attributes"][1]["order"], 2);
    let xml = t.public().get("/open311/v2/services/event-0102.xml").expect(200);
    assert!(
        xml.has("<values><value><key>demolish</key><name>需拆除的</name></value></values>"),
        "{}",
        xml.text()
    );
    assert!(
        t.public().get("/open311/v2/services/none.xml").expect(404).has("<errors><error><code>404</code>")
    );
    assert!(t.public().english().get("/open311/v2/services/event-0102.json").has("in danger"));
}

fn both_formats_and_no_other(t: &TestApp) {
    let _w = World::new(t);
    let ask = |path: &str, accept: &str| {
        t.public().send(axum::http::Method::GET, path, &[("accept", accept)], axum::body::Body::empty())
    };
    for (path, accept, kind) in [
        ("/open311/v2/services", "", "application/json; charset=utf-8"),
        ("/open311/v2/services", "text/xml", "text/xml; charset=utf-8"),
        ("/open311/v2/services", "text/xml, */*", "application/json; charset=utf-8"),
        ("/open311/v2/services.xml", "application/json", "text/xml; charset=utf-8"),
        ("/open311/discovery.xml", "", "text/xml; charset=utf-8"),
    ] {
        let page = ask(path, accept).expect(200);
        assert_eq!(page.header("content-type"), kind, "{path} {accept}");
        assert_eq!(page.header("access-control-allow-origin"), "*");
    }
    for (path, accept, status) in [
        ("/open311/v2/services.yaml", "", 406),
        ("/open311/v2/services/event-0101.pdf", "", 406),
        ("/open311/v2/services", "text/csv", 406),
        ("/open311/v2/nothing.json", "", 404),
        ("/open311/v3/services.xml", "", 404),
    ] {
        let page = ask(path, accept).expect(status);
        assert!(page.has(&status.to_string()), "{path}: {}", page.text());
    }
    let wrong = t.public().send(
        axum::http::Method::DELETE,
        "/open311/v2/services.xml",
        &[],
        axum::body::Body::empty(),
    );
    assert!(wrong.expect(405).has("<errors><error><code>405</code>"));
    let discovery = t.public().get("/open311/discovery.json").expect(200).json();
    assert_eq!(discovery["endpoints"][0]["url"], "http://wm.example.cn/open311/v2");
}

fn steps_are_told_in_order(t: &TestApp) {
    let w = World::new(t);
    let number = World::number(&w.send(&[]));
    let hidden = World::number(&w.send(&[]));
    w.dispatched(&number);
    w.closed(&number);
    let one = t
        .public()
        .get(&format!("/open311/v2/servicerequestupdates.json?service_request_id={number}"))
        .expect(200)
        .json();
    let all = t.public().get("/open311/v2/servicerequestupdates.json").expect(200);
    assert!(!all.has(&hidden));
    assert_eq!(all.json(), one, "one public case: all steps are its steps");
    let statuses: Vec<&str> = one.as_array().unwrap().iter().map(|u| u["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["open", "open", "open", "open", "open", "open", "closed"]);
    assert!(all.has("已清理") && !all.has("13812341234"), "the unit's words, masked: {}", all.text());
    let at: Vec<&str> =
        one.as_array().unwrap().iter().map(|u| u["updated_datetime"].as_str().unwrap()).collect();
    assert!(at.is_sorted());
    let late = t.public().get("/open311/v2/servicerequestupdates.xml?end_date=2020-01-01").expect(200);
    assert!(late.has("<service_request_updates></service_request_updates>"), "{}", late.text());
    t.public()
        .get(&format!("/open311/v2/servicerequestupdates.json?service_request_id={hidden}"))
        .expect(404);
}

fn a_page_asks_the_same_again(t: &TestApp) {
    let w = World::new(t);
    for code in ["event-0101", "event-0102"] {
        w.dispatched(&World::number(&w.send(&[("service_code", code)])));
    }
    let page = t
        .public()
        .get("/open311/v2/requests.json?service_code=event-0101&service_code=event-0102&per_page=1")
        .expect(200);
    let next = page.header("link").trim_start_matches("<http://wm.example.cn").split('>').next().unwrap();
    let second = t.public().get(next).expect(200).json();
    assert_eq!(second.as_array().unwrap().len(), 1, "{next}");
    assert_ne!(second[0]["service_request_id"], page.json()[0]["service_request_id"]);
}
