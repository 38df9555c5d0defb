//! Pages and their JSON twins.

use super::world::{World, signed_with, told};
use axum::http::Method;
use kernel::policy::Role;
use kernel::time::{MINUTE, SECOND};
use serde_json::{Value, json};
use testkit::{Page, Reply, TestApp, whole_city};
use web::outgoing::Outgoing;

told!(
    an_endpoint_is_set_up_tested_and_looked_at,
    every_page_is_whole_in_both_languages,
    addresses_that_must_not_be_sent_to_are_refused,
    programs_do_the_same,
    what_went_wrong_is_seen_and_sent_again,
    who_stops_does_not_read,
);

/// The secret that a page shows.
fn secret_on(page: &Page) -> String {
    let text = page.text();
    let from = text.find("whsec_").expect("a secret");
    text[from..].split('<').next().unwrap().trim().to_owned()
}

fn an_endpoint_is_set_up_tested_and_looked_at(w: &World) {
    let office = w.browser();
    assert!(office.get("/admin/webhooks").expect(200).has("还没有推送地址"));
    let url = w.receiver.url("/in");
    let fields = [("hook_name", "大数据平台"), ("hook_url", url.as_str()), ("hook_kinds", "case.reported")];
    let shown = office.submit("/admin/webhooks/new", "/admin/webhooks", &fields).expect(200);
    let secret = secret_on(&shown);
    let page = office.get("/admin/webhooks/WH-0001").expect(200);
    assert!(page.has("大数据平台") && page.has("案卷已上报") && !page.has("whsec_"));
    assert!(!office.get("/admin/webhooks/WH-0001/edit").expect(200).has("whsec_"));
    let to =
        office.submit("/admin/webhooks/WH-0001", "/admin/webhooks/WH-0001/ping", &[]).expect(303).location();
    w.t.run_jobs();
    let received = w.receiver.received();
    assert!(signed_with(&received[0], &secret));
    let delivery = office.get(&to.unwrap()).expect(200);
    assert!(delivery.has("webhook.ping") && delivery.has("HTTP 200") && delivery.has("已送达"));
    // renewed: another, also once
    let renewed =
        office.submit("/admin/webhooks/WH-0001/secret", "/admin/webhooks/WH-0001/secret", &[]).expect(200);
    assert_ne!(secret_on(&renewed), secret);
    assert!(office.get("/admin/webhooks/WH-0001").expect(200).has("旧密钥有效至"));
    // changed by a form that is old
    let page = office.get("/admin/webhooks/WH-0001/edit").csrf();
    let stale = [("csrf", page.as_str()), ("version", "1"), ("hook_name", "甲"), ("hook_url", url.as_str())];
    office.post("/admin/webhooks/WH-0001", &stale).expect(409);
    let fields = [("hook_name", "城市大脑"), ("hook_url", url.as_str())];
    office.submit("/admin/webhooks/WH-0001/edit", "/admin/webhooks/WH-0001", &fields).expect(303);
    assert!(office.get("/admin/webhooks").expect(200).has("城市大脑"));
    office.submit("/admin/webhooks/WH-0001", "/admin/webhooks/WH-0001/pause", &[]).expect(303);
    assert!(office.get("/admin/webhooks/WH-0001").expect(200).has("已暂停"));
    let resumption = "/admin/webhooks/WH-0001/resumption";
    office.submit(resumption, resumption, &[("hook_from_now", "1")]).expect(303);
    let removal = "/admin/webhooks/WH-0001/removal";
    office.submit(removal, removal, &[]).expect(303);
    office.get("/admin/webhooks/WH-0001").expect(404);
    w.t.run_jobs();
}

fn every_page_is_whole_in_both_languages(w: &World) {
    w.listen("/in");
    w.receiver.answer(|_| Reply::With(500, ("x-any", String::new()), "<b>故障</b>".to_owned()));
    let office = w.browser();
    let to =
        office.submit("/admin/webhooks/WH-0001", "/admin/webhooks/WH-0001/ping", &[]).location().unwrap();
    w.t.run_jobs();
    let base = "/admin/webhooks/WH-0001";
    let paths = ["/edit", "/secret", "/resumption", "/removal", "/replays", "?state=waiting", "?q=wh-0001"];
    let mut all: Vec<String> = paths.iter().map(|p| format!("{base}{p}")).collect();
    all.extend(["/admin/webhooks".to_owned(), "/admin/webhooks/new".to_owned(), base.to_owned(), to]);
    for client in [w.browser(), w.browser().english()] {
        for path in &all {
            let page = client.get(path).expect(200);
            assert!(page.missing_texts().is_empty(), "{path}: {:?}", page.missing_texts());
            assert!(!page.has("<b>故障"), "{path}: an answer came through unescaped");
            assert!(!page.has(" style=\"") && !page.has("<script>"), "{path}");
        }
    }
    assert!(w.browser().english().get(all.last().unwrap()).has("not accepted"));
    let file = w.browser().get(&format!("{base}?format=csv")).expect(200);
    assert!(file.has("webhook.ping") && file.has("HTTP 500"), "{}", file.text());
}

fn addresses_that_must_not_be_sent_to_are_refused(w: &World) {
    // as an operator has it who has opened nothing
    w.t.city.keep(Outgoing::default());
    let office = w.browser();
    for (url, text) in [
        ("http://receiver.example.cn/", "只能向 https 地址推送"),
        ("https://127.0.0.1/", "这是内部网络地址"),
        ("https://10.0.0.8/x", "这是内部网络地址"),
        ("https://[::1]/", "这是内部网络地址"),
        ("https://169.254.169.254/latest/meta-data/", "这是内部网络地址"),
        ("https://0x7f000001/", "这是内部网络地址"),
        ("https://localhost:8443/", "这是内部网络地址"),
        ("https://u:p@receiver.example.cn/", "网址里不能带用户名和密码"),
        ("javascript:alert(1)", "不是完整的网址"),
        ("", "必须填写"),
    ] {
        let fields = [("hook_name", "甲"), ("hook_url", url)];
        let page = office.submit("/admin/webhooks/new", "/admin/webhooks", &fields);
        assert_eq!(page.status, 422, "{url}");
        assert!(page.has(text) || url.is_empty(), "{url}: {}", page.text());
        let body = json!({ "name": "甲", "url": url });
        let refused = office_api(w, &Method::POST, "/api/v1/webhooks", &body).expect(422).json();
        assert_eq!(refused["errors"][0]["field"], "hook_url", "{refused}");
    }
    assert!(w.line_count() == 0);
}

impl World {
    fn line_count(&self) -> usize {
        self.t.test.db.read_now(hooks::queries::endpoints).unwrap().len()
    }
}

fn office_api(w: &World, method: &Method, path: &str, body: &Value) -> Page {
    w.t.member_as(w.office.clone()).by_key().json(method, path, body)
}

fn programs_do_the_same(w: &World) {
    let ask = |method: Method, path: &str, body: Value| office_api(w, &method, path, &body);
    let types = ask(Method::GET, "/api/v1/webhook-event-types", json!({})).expect(200).json();
    assert!(types.as_array().unwrap().iter().any(|t| t["event_type"] == "case.dispatched"));
    let wrong = json!({ "name": "甲", "url": w.receiver.url("/in"), "event_types": ["case.nothing"] });
    let refused = ask(Method::POST, "/api/v1/webhooks", wrong).expect(422).json();
    assert_eq!(refused["errors"][0]["field"], "hook_kinds");
    let root = w.t.test.db.read_now(people::queries::root).unwrap().unwrap().code;
    let draft = json!({ "name": "甲", "url": w.receiver.url("/in"), "event_types": ["thing.changed"], "units": [root] });
    let made = ask(Method::POST, "/api/v1/webhooks", draft.clone()).expect(201).json();
    assert_eq!(made["number"], "WH-0001");
    let secret = made["secret"].as_str().unwrap().to_owned();
    w.happen_in(5, 1, "thing.changed", Some(w.root.raw()));
    w.t.run_jobs();
    assert!(signed_with(&w.receiver.received()[0], &secret));
    let sent =
        ask(Method::GET, "/api/v1/webhooks/WH-0001/deliveries?record=T-5", json!({})).expect(200).json();
    let message = sent["items"][0]["message"].as_str().unwrap().to_owned();
    assert_eq!((&sent["items"][0]["state"], &sent["next"]), (&json!("sent"), &Value::Null));
    let path = format!("/api/v1/webhooks/WH-0001/deliveries/{message}");
    let one = ask(Method::GET, &path, json!({})).expect(200).json();
    assert_eq!(one["body"], w.receiver.received()[0].body.as_str());
    assert_eq!(one["tries"][0]["status"], 200);
    ask(Method::POST, &format!("{path}/replay"), json!({})).expect(202);
    w.t.run_jobs();
    assert_eq!(w.receiver.received().len(), 2);
    let span =
        json!({ "from": w.t.test.db.now().plus(-MINUTE).rfc3339(), "until": w.t.test.db.now().rfc3339() });
    w.t.advance(2 * SECOND);
    ask(Method::POST, "/api/v1/webhooks/WH-0001/replays", span).expect(202);
    ask(Method::POST, "/api/v1/webhooks/WH-0001/ping", json!({})).expect(202);
    w.t.run_jobs();
    let renewed =
        ask(Method::POST, "/api/v1/webhooks/WH-0001/secret", json!({ "version": 1 })).expect(200).json();
    assert_ne!(renewed["secret"], secret.as_str());
    ask(Method::POST, "/api/v1/webhooks/WH-0001/pause", json!({ "version": 1 })).expect(409);
    let version = &renewed["version"];
    let paused =
        ask(Method::POST, "/api/v1/webhooks/WH-0001/pause", json!({ "version": version })).expect(200).json();
    assert_eq!(paused["state"], "paused");
    let body = json!({ "version": paused["version"], "from_now": true });
    let active = ask(Method::POST, "/api/v1/webhooks/WH-0001/resumption", body).expect(200).json();
    let mut changed = draft;
    changed["name"] = json!("乙");
    ask(Method::PUT, "/api/v1/webhooks/WH-0001", changed.clone()).expect(422);
    changed["version"] = active["version"].clone();
    let changed = ask(Method::PUT, "/api/v1/webhooks/WH-0001", changed).expect(200).json();
    assert_eq!((&changed["name"], &changed["units"][0]), (&json!("乙"), &json!(root)));
    let all = ask(Method::GET, "/api/v1/webhooks", json!({})).expect(200).json();
    assert_eq!(all["items"].as_array().unwrap().len(), 1);
    assert!(!all.to_string().contains("whsec_"));
    ask(Method::DELETE, "/api/v1/webhooks/WH-0001", json!({ "version": changed["version"] })).expect(204);
    ask(Method::GET, "/api/v1/webhooks/WH-0001", json!({})).expect(404);
    w.t.run_jobs();
}

fn what_went_wrong_is_seen_and_sent_again(w: &World) {
    w.listen("/in");
    w.receiver.answer(|_| Reply::Status(410));
    w.happen(1, 1);
    w.t.run_jobs();
    let office = w.browser();
    let list = office.get("/admin/webhooks").expect(200);
    assert!(list.has("对方已停止接收"));
    assert!(office.get("/inbox").expect(200).has("WH-0001"));
    let dead = office.get("/admin/webhooks/WH-0001?state=dead").expect(200);
    assert!(dead.has("T-1") && dead.has("HTTP 410"));
    w.receiver.answer(|_| Reply::Status(200));
    let resumption = "/admin/webhooks/WH-0001/resumption";
    office.submit(resumption, resumption, &[]).expect(303);
    w.t.run_jobs();
    let message = w.receiver.received()[0].header("webhook-id").to_owned();
    let page = format!("/admin/webhooks/WH-0001/deliveries/{message}");
    office.submit(&page, &format!("{page}/replay"), &[]).expect(303);
    w.t.run_jobs();
    assert_eq!(w.receiver.received().len(), 2);
    assert!(office.get(&page).expect(200).has("已送达"));
    let fields = [("hook_from", "2026-03-05T00:00"), ("hook_until", "2026-03-04T00:00")];
    let replays = "/admin/webhooks/WH-0001/replays";
    assert!(office.submit(replays, replays, &fields).expect(422).has("结束时间要晚于开始时间"));
    let fields = [("hook_from", "2026-03-05T00:00"), ("hook_until", "2026-03-06T00:00")];
    office.submit(replays, replays, &fields).expect(303);
    w.t.run_jobs();
}

fn who_stops_does_not_read(w: &World) {
    let mut draft = w.draft("/in?token=geheim");
    draft.name = "甲".to_owned();
    let endpoint = w.listen_to(draft);
    w.happen(1, 1);
    w.t.run_jobs();
    let message = w.receiver.received()[0].header("webhook-id").to_owned();
    let of = |t: &TestApp, role| t.member("甲", vec![whole_city(role)]).get("/admin/webhooks/WH-0001");
    for role in [Role::SystemAdmin, Role::Auditor] {
        let person = w.t.member("甲", vec![whole_city(role)]);
        let page = person.get(&format!("/admin/webhooks/WH-0001/deliveries/{message}")).expect(200);
        assert!(page.has("只有文明办能看推送内容") && !page.has("&quot;thing&quot;"), "{role:?}");
        let page = of(&w.t, role).expect(200);
        assert!(!page.has("geheim"), "{role:?}");
        assert_eq!(page.has("/pause"), role == Role::SystemAdmin);
        let path = format!("/api/v1/webhooks/WH-0001/deliveries/{message}");
        let told = person.by_key().json(&Method::GET, &path, &json!({})).expect(200).json();
        assert_eq!((&told["body"], &told["tries"][0]["answer"]), (&Value::Null, &Value::Null));
    }
    for role in [Role::Verifier, Role::UnitClerk, Role::SecurityAdmin] {
        of(&w.t, role).expect(403);
    }
    // nor does the log tell what may be a secret in an address
    let history = w.t.test.db.read_now(move |tx| store::audit::history(tx, endpoint.id)).unwrap();
    assert!(history.iter().all(|e| !e.detail.contains("geheim")), "{history:?}");
}
