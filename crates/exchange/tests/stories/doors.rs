//! The door at which partners push, and where the program may go.

use super::hotline::{created, then};
use super::world::{World, told};
use axum::body::Body;
use axum::http::Method;
use cases::workflow::State;
use kernel::policy::Role;
use serde_json::{Value, json};
use testkit::Page;
use web::outgoing::{Outgoing, PartnerNetworks};

told!(
    a_partner_pushes_with_its_key_and_nobody_else_does,
    what_is_pushed_again_is_known,
    where_the_program_may_go_is_the_operators_to_say,
);

fn push(w: &World, key: &str, body: &Value) -> Page {
    let headers = [("content-type", "application/json"), ("x-exchange-key", key)];
    w.t.public().send(
        Method::POST,
        "/api/v1/exchange/inbox/XP-0001/changes",
        &headers,
        Body::from(body.to_string()),
    )
}

/// Sets a partner up that only pushes; the key that is shown once.
fn set_up(w: &World) -> String {
    let admin = w.browser(Role::SystemAdmin);
    let url = w.hotline.url();
    let fields = [
        ("xp_name", "市12345热线"),
        ("xp_kind", "hotline"),
        ("xp_carrier", "http"),
        ("xp_url", url.as_str()),
        ("xp_token", "t-0k3n"),
        ("xp_takes", "1"),
        ("xp_sends", "1"),
        ("xp_every", "5"),
        ("xp_crs", "gcj02"),
    ];
    let page = admin.submit("/exchange/partners/new", "/exchange/partners", &fields).expect(200);
    key_on(&page)
}

fn key_on(page: &Page) -> String {
    let text = page.text();
    let from = text.find("xk_").expect("a key");
    text[from..].split('<').next().unwrap().trim().to_owned()
}

fn a_partner_pushes_with_its_key_and_nobody_else_does(w: &World) {
    let key = set_up(w);
    let body = json!({"changes": [created("G1")]});
    assert_eq!(push(w, "", &body).status, 403);
    assert_eq!(push(w, "xk_0000", &body).status, 403);
    let elsewhere = w.t.public().send(
        Method::POST,
        "/api/v1/exchange/inbox/XP-0077/changes",
        &[("content-type", "application/json"), ("x-exchange-key", key.as_str())],
        Body::from(body.to_string()),
    );
    assert_eq!(elsewhere.status, 403, "whether there is such a partner is nobody's business");
    let taken = push(w, &key, &body).expect(200).json();
    assert_eq!(taken["results"], json!([{"change": "G1/1", "result": "taken", "why": null}]));
    w.turn();
    assert_eq!(w.state("G1"), State::Reported);
    // how its order stands, for the partner alone
    let ask = |key: &str| {
        let path = "/api/v1/exchange/inbox/XP-0001/orders/G1";
        w.t.public().send(Method::GET, path, &[("x-exchange-key", key)], Body::empty())
    };
    let stands = ask(&key).expect(200).json();
    assert_eq!((stands["stage"].as_str(), stands["applied"].as_i64()), (Some("received"), Some(1)));
    assert_eq!(ask("").status, 403);
    // a new key closes the door to the old one
    let admin = w.browser(Role::SystemAdmin);
    let path = "/exchange/partners/XP-0001/key";
    let fresh = key_on(&admin.submit(path, path, &[]).expect(200));
    assert_eq!(push(w, &key, &body).status, 403);
    assert_eq!(push(w, &fresh, &body).status, 200);
    // pushed while paused: kept, carried out afterwards
    admin.submit("/exchange/partners/XP-0001", "/exchange/partners/XP-0001/pause", &[]).expect(303);
    push(w, &fresh, &json!({"changes": [created("G2")]})).expect(200);
    w.turn();
    assert!(w.find("G2").is_none());
    admin.submit("/exchange/partners/XP-0001", "/exchange/partners/XP-0001/resumption", &[]).expect(303);
    w.turn();
    assert_eq!(w.state("G2"), State::Reported);
}

fn what_is_pushed_again_is_known(w: &World) {
    let key = set_up(w);
    let mut twin = created("G1");
    twin["snapshot"]["text"] = json!("另一件事");
    let changes = json!([created("G1"), created("G1"), twin, {"id": 7}, then("G1", 2, "urged", "快")]);
    let told = push(w, &key, &json!({"changes": changes})).expect(200).json();
    let results: Vec<&str> =
        told["results"].as_array().unwrap().iter().map(|r| r["result"].as_str().unwrap()).collect();
    assert_eq!(results, ["taken", "known", "refused", "refused", "taken"]);
    assert_eq!(push(w, &key, &json!({"changes": []})).status, 422);
    assert_eq!(push(w, &key, &json!({"changes": vec![created("G1"); 101]})).status, 422);
    assert_eq!(push(w, &key, &json!([1, 2])).status, 422);
    w.turn();
    assert_eq!(w.verbs("G1").iter().filter(|v| *v == "case.heard").count(), 1);
    assert!(w.broken().is_empty(), "whoever pushes is told and sends it better");
}

fn where_the_program_may_go_is_the_operators_to_say(w: &World) {
    // as an operator has it who has opened nothing
    w.t.city.keep(PartnerNetworks(Outgoing::default()));
    let admin = w.browser(Role::SystemAdmin);
    for (url, text) in [
        ("http://hotline.example.cn/api", "只能用 https"),
        ("https://127.0.0.1/", "这是内部网络地址"),
        ("https://169.254.169.254/latest/", "这是内部网络地址"),
        ("https://a:b@hotline.example.cn/", "不能带用户名和密码"),
        ("", "必须填写"),
    ] {
        let fields = [
            ("xp_name", "甲"),
            ("xp_kind", "hotline"),
            ("xp_carrier", "http"),
            ("xp_url", url),
            ("xp_pulls", "1"),
            ("xp_every", "5"),
            ("xp_crs", "gcj02"),
        ];
        let page = admin.submit("/exchange/partners/new", "/exchange/partners", &fields);
        assert_eq!(page.status, 422, "{url}");
        assert!(page.has(text), "{url}: {}", page.text());
    }
    // a name that leads inside by the time it is asked is not connected to
    let mut draft = w.draft();
    draft.url = draft.url.replace("127.0.0.1", "localhost").replace("http:", "https:");
    let partner = w.add(draft);
    w.turn();
    assert_eq!(w.line(&partner).health.last_error.as_deref(), Some("inside"));
    assert!(w.hotline.receiver.received().is_empty(), "somebody connected");
}
