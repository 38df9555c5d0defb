//! Pages of administrators and their JSON twins.

use super::world::{BACK, World, told};
use axum::http::Method;
use kernel::policy::Role;
use serde_json::json;
use testkit::whole_city;

told!(
    every_page_is_whole_in_both_languages,
    what_is_wrong_is_said,
    who_may_do_what,
    a_secret_is_renewed_and_a_program_stopped_and_removed,
    programs_do_the_same,
    discovery_says_what_is_there,
    sign_ins_are_forgotten_in_time,
);

fn every_page_is_whole_in_both_languages(w: &World) {
    let (program, _) = w.program(&[]);
    let base = format!("/admin/programs/{program}");
    let way = World::way(&program, "");
    for client in [w.security(), w.security().english()] {
        for path in ["", "/edit", "/secret", "/stop", "/removal"] {
            let page = client.get(&format!("{base}{path}")).expect(200);
            assert!(page.missing_texts().is_empty(), "{path}: {:?}", page.missing_texts());
        }
        for path in ["/admin/programs", "/admin/programs/new", "/me/programs"] {
            let page = client.get(path).expect(200);
            assert!(page.missing_texts().is_empty(), "{path}: {:?}", page.missing_texts());
        }
        assert!(client.get(&way.replace(&program, "SP-9")).expect(400).missing_texts().is_empty());
    }
    for client in [w.signed_in("clerk"), w.signed_in("clerk").english()] {
        let page = client.get(&World::way(&program, "&prompt=consent")).expect(200);
        assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
        let page = client.submit(&way, "/connect/consent", &[("agree", "")]).expect(200);
        assert!(page.missing_texts().is_empty(), "{:?}", page.missing_texts());
    }
    let csv = w.security().get("/admin/programs?format=csv").expect(200);
    assert!(csv.has("SP-0001") && csv.has("brain.example.cn"));
}

fn what_is_wrong_is_said(w: &World) {
    let good = [
        ("signon_name", "甲"),
        ("signon_purpose", "看板"),
        ("signon_redirects", BACK),
        ("signon_scopes", "profile"),
    ];
    for (field, value) in [
        ("signon_name", ""),
        ("signon_purpose", ""),
        ("signon_redirects", "http://brain.example.cn"),
        ("signon_scopes", "everything"),
    ] {
        let fields: Vec<_> = good.iter().map(|(n, v)| (*n, if *n == field { value } else { *v })).collect();
        let page = w.security().submit("/admin/programs/new", "/admin/programs", &fields).expect(422);
        assert!(page.has(&format!("#f-{field}")), "{field}");
    }
    assert!(w.security().get("/admin/programs").expect(200).has("还没有接入系统"));
    // a form that is old
    let (program, _) = w.program(&[]);
    let base = format!("/admin/programs/{program}");
    w.security().submit(&format!("{base}/edit"), &base, &good).expect(303);
    let token = w.security();
    let csrf = token.get("/admin/programs/new").csrf();
    let mut old = good.to_vec();
    old.extend([("csrf", csrf.as_str()), ("version", "1")]);
    token.post(&base, &old).expect(409);
}

fn who_may_do_what(w: &World) {
    let (program, _) = w.program(&[]);
    let base = format!("/admin/programs/{program}");
    let member = |role| w.t.member("某人", vec![whole_city(role)]);
    // whoever looks after the machine sees and stops, the auditor sees
    for role in [Role::SystemAdmin, Role::Auditor] {
        let page = member(role).get(&base).expect(200);
        assert!(!page.has("/edit") && !page.has("/secret"));
        member(role).get(&format!("{base}/edit")).expect(403);
        member(role).submit(&base, &format!("{base}/secret"), &[("version", "1")]).expect(403);
        member(role).submit(&base, "/admin/programs", &[("signon_name", "x")]).expect(403);
    }
    member(Role::Auditor).submit(&base, &format!("{base}/stop"), &[("version", "1")]).expect(403);
    for role in [Role::Office, Role::Leader, Role::UnitClerk] {
        member(role).get("/admin/programs").expect(403);
    }
    let stop = format!("{base}/stop");
    member(Role::SystemAdmin).submit(&stop, &stop, &[]).expect(303);
    member(Role::SystemAdmin).submit(&base, &format!("{base}/resumption"), &[("version", "2")]).expect(403);
    w.security().submit(&base, &format!("{base}/resumption"), &[]).expect(303);
}

fn a_secret_is_renewed_and_a_program_stopped_and_removed(w: &World) {
    let (program, first) = w.program(&[("signon_trusted", "1")]);
    let base = format!("/admin/programs/{program}");
    let clerk = w.signed_in("clerk");
    // the office's own asks nobody
    let code = || World::part(&World::brought(&clerk.get(&World::way(&program, "")).expect(303)), "code");
    let secret = format!("{base}/secret");
    let shown = w.security().submit(&secret, &secret, &[]).expect(200);
    assert!(!shown.has(&first) && !w.security().get(&base).has("id=\"once\""));
    w.exchange((&program, &first), &[("code", &code())]).expect(401);
    let second = shown.text().split("tabindex=\"0\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let given = w.exchange((&program, &second), &[("code", &code())]).expect(200).json();
    let access = given["access_token"].as_str().unwrap();
    w.who(access).expect(200);
    let waiting = code();
    let stop = format!("{base}/stop");
    w.security().submit(&stop, &stop, &[]).expect(303);
    w.who(access).expect(401);
    w.exchange((&program, &second), &[("code", &waiting)]).expect(401);
    w.security().submit(&base, &format!("{base}/resumption"), &[]).expect(303);
    // what it was given before does not come to life again
    w.who(access).expect(401);
    w.exchange((&program, &second), &[("code", &waiting)]).expect(400);
    w.exchange((&program, &second), &[("code", &code())]).expect(200);
    let removal = format!("{base}/removal");
    w.security().submit(&removal, &removal, &[]).expect(303);
    w.security().get(&base).expect(404);
    clerk.get(&World::way(&program, "")).expect(400);
}

fn programs_do_the_same(w: &World) {
    let key = w.security().by_key();
    let draft =
        json!({ "name": "城市大脑", "purpose": "看板", "redirect_uris": [BACK], "scopes": ["profile"] });
    let made = key.json(&Method::POST, "/api/v1/programs", &draft).expect(201).json();
    let secret = made["secret"].as_str().unwrap();
    assert_eq!(secret.len(), 26);
    let at = format!("/api/v1/programs/{}", made["number"].as_str().unwrap());
    let one = key.get(&at).expect(200).json();
    assert_eq!((one["state"].as_str(), one["asks"].as_bool()), (Some("active"), Some(true)));
    assert!(!one.to_string().contains(secret));
    let mut changed = draft.clone();
    changed["name"] = "城市大脑二期".into();
    key.json(&Method::PUT, &at, &changed).expect(422);
    changed["version"] = 1.into();
    assert_eq!(key.json(&Method::PUT, &at, &changed).expect(200).json()["version"], 2);
    key.json(&Method::PUT, &at, &changed).expect(409);
    let renewed =
        key.json(&Method::POST, &format!("{at}/secret"), &json!({ "version": 2 })).expect(200).json();
    assert_ne!(renewed["secret"], secret);
    key.json(&Method::POST, &format!("{at}/stop"), &json!({ "version": 3 })).expect(200);
    key.json(&Method::POST, &format!("{at}/stop"), &json!({ "version": 4 })).expect(409);
    key.json(&Method::POST, &format!("{at}/resumption"), &json!({ "version": 4 })).expect(200);
    key.json(&Method::DELETE, &at, &json!({ "version": 5 })).expect(204);
    key.get(&at).expect(404);
    assert_eq!(key.get("/api/v1/programs").expect(200).json()["items"], json!([]));
    let wrong = json!({ "name": "", "purpose": "看板", "redirect_uris": [] });
    key.json(&Method::POST, "/api/v1/programs", &wrong).expect(422);
    assert_eq!(key.get("/api/v1/me/programs").expect(200).json()["items"], json!([]));
    key.json(&Method::DELETE, "/api/v1/me/programs/SP-0001", &json!({})).expect(404);
}

fn discovery_says_what_is_there(w: &World) {
    let stranger = w.t.public();
    let found = stranger.get("/.well-known/openid-configuration").expect(200).json();
    for (name, path) in [("token_endpoint", "/connect/token"), ("userinfo_endpoint", "/connect/userinfo")] {
        assert_eq!(found[name], format!("{}{path}", super::world::ISSUER));
    }
    let keys = stranger.get("/connect/keys").expect(200).json();
    assert_eq!((keys["keys"][0]["alg"].as_str(), keys["keys"][0].get("d")), (Some("ES256"), None));
    let no_form = stranger.json(&Method::POST, "/connect/token", &json!({})).expect(400).json();
    assert_eq!(no_form["error"], "invalid_request");
    let who = stranger.get("/connect/userinfo").expect(401);
    assert!(who.header("www-authenticate").starts_with("Bearer"));
}

fn sign_ins_are_forgotten_in_time(w: &World) {
    let (program, _) = w.program(&[("signon_trusted", "1")]);
    w.signed_in("clerk").get(&World::way(&program, "")).expect(303);
    let base = format!("/admin/programs/{program}");
    assert!(w.security().get(&base).expect(200).has("周五"));
    let rule = signon::feature().keeps[0];
    let store::keep::Way::Daily { count, erase } = &rule.way else { panic!("not by the daily run") };
    let due = |days| {
        let due = move |tx: &mut store::Tx<'_>| {
            let held = store::keep::Held::default();
            let now = tx.now();
            count(tx, &store::keep::Due::new(now, days, &held))
        };
        w.t.test.db.read_now(due)
    };
    assert_eq!(due(rule.days.usual).unwrap(), 0);
    w.t.advance((rule.days.usual + 1) * kernel::time::DAY);
    let ctx = w.t.test.ctx_system();
    let by = ctx.clone();
    let gone = w.t.test.db.write_now(&ctx, move |tx| {
        tx.housekeeping();
        let held = store::keep::Held::default();
        let now = tx.now();
        erase(&by, tx, &store::keep::Due::new(now, rule.days.usual, &held), 10)
    });
    assert_eq!(gone.unwrap(), 1);
    assert!(!w.security().get(&base).expect(200).has("周五"));
}
