//! The screens and their JSON twins, by role and in both languages.

use super::hotline::{created, then};
use super::world::{World, told};
use axum::http::Method;
use cases::workflow::State;
use kernel::policy::Role;
use serde_json::json;
use testkit::Page;

told!(
    every_page_is_whole_in_both_languages,
    each_role_sees_and_does_what_it_may,
    a_trial_says_what_would_happen_and_does_nothing,
    differences_are_listed_filtered_exported_and_decided,
    programs_do_the_same,
);

/// A partner with something of everything.
fn busy(w: &World) {
    let partner = w.partner();
    w.hotline.tell(created("G1"));
    w.hotline.tell(created("G2"));
    w.hotline.tell(json!({"order": "G3"}));
    let mut odd = created("G4");
    odd["snapshot"]["category"] = json!("<b>没见过</b>");
    w.hotline.tell(odd);
    w.turn();
    w.dispatched("G1");
    w.hotline.tell(then("G1", 2, "closed", "<script>alert(1)</script>"));
    w.turn();
    w.hotline.refuse(422);
    w.dispatched("G2");
    w.turn();
    w.hotline.sensible_again();
    assert!(w.line(&partner).repairs() >= 3);
}

const PAGES: &[&str] = &[
    "/exchange/partners",
    "/exchange/partners/XP-0001",
    "/exchange/repairs",
    "/exchange/repairs?list=messages",
    "/exchange/repairs?list=values",
    "/exchange/differences",
    "/exchange/differences?state=all&aspect=state&partner=XP-0001",
    "/exchange/differences/XD-000001",
    "/exchange/partners/XP-0001/mapping",
    "/exchange/partners/XP-0001/mapping?kind=state",
    "/exchange/partners/XP-0001/mapping?kind=unit",
    "/exchange/partners/XP-0001/rules",
];

const SET_UP: &[&str] = &[
    "/exchange/partners/new",
    "/exchange/partners/XP-0001/edit",
    "/exchange/partners/XP-0001/key",
    "/exchange/partners/XP-0001/removal",
];

fn every_page_is_whole_in_both_languages(w: &World) {
    busy(w);
    let whole = |page: &Page, path: &str| {
        assert!(page.missing_texts().is_empty(), "{path}: {:?}", page.missing_texts());
        assert!(
            !page.has("<b>没见过") && !page.has("<script>alert"),
            "{path}: something came through unescaped"
        );
        assert!(!page.has(" style=\""), "{path}");
        assert!(!page.has("t-0k3n") && !page.has("13893712345") && !page.has("欧阳"), "{path}");
    };
    for (role, paths) in [(Role::Office, PAGES), (Role::SystemAdmin, SET_UP)] {
        for path in paths {
            whole(&w.browser(role).get(path).expect(200), path);
            whole(&w.browser(role).english().get(path).expect(200), path);
        }
    }
    let trial = "/exchange/partners/XP-0001/trial";
    whole(&w.browser(Role::Office).submit("/exchange/partners/XP-0001", trial, &[]).expect(200), trial);
}

fn each_role_sees_and_does_what_it_may(w: &World) {
    busy(w);
    let status = |role: Role, path: &str| w.browser(role).get(path).status;
    for path in PAGES {
        assert_eq!(w.t.public().get(path).status, 303, "{path}");
        assert_eq!(status(Role::UnitClerk, path), 403, "{path}");
        assert_eq!(status(Role::Inspector, path), 403, "{path}");
    }
    for (role, path, wanted) in [
        (Role::SystemAdmin, "/exchange/partners/XP-0001", 200),
        (Role::SystemAdmin, "/exchange/differences", 403),
        (Role::SystemAdmin, "/exchange/repairs", 403),
        (Role::Auditor, "/exchange/partners", 200),
        (Role::Auditor, "/exchange/differences", 403),
        (Role::Dispatcher, "/exchange/differences", 200),
        (Role::Dispatcher, "/exchange/partners/XP-0001/mapping", 403),
        (Role::Office, "/exchange/partners/new", 403),
        (Role::Office, "/exchange/partners/XP-0001/edit", 403),
    ] {
        assert_eq!(status(role, path), wanted, "{role:?} {path}");
    }
    // an edit keeps the credential; another address without it forgets it
    let admin = w.browser(Role::SystemAdmin);
    let edit = "/exchange/partners/XP-0001/edit";
    let url = w.hotline.url();
    let form = |url: &str| {
        let fields = [
            ("xp_name", "市民热线"),
            ("xp_kind", "hotline"),
            ("xp_carrier", "http"),
            ("xp_url", url),
            ("xp_pulls", "1"),
            ("xp_every", "10"),
            ("xp_crs", "wgs84"),
        ];
        admin.submit(edit, "/exchange/partners/XP-0001", &fields).expect(303);
    };
    form(&url);
    assert!(admin.get("/exchange/partners/XP-0001").has("已加密保存"));
    form(&format!("{url}/v2"));
    assert!(admin.get("/exchange/partners/XP-0001").has("未设置"));
    let removal = "/exchange/partners/XP-0001/removal";
    admin.submit(removal, removal, &[]).expect(303);
    admin.get("/exchange/partners/XP-0001").expect(404);
    assert!(w.dead().is_empty() && w.open().is_empty());
    assert_eq!(w.state("G1"), State::Dispatched, "its cases stay");
}

fn a_trial_says_what_would_happen_and_does_nothing(w: &World) {
    w.partner();
    w.hotline.tell(created("G1"));
    w.turn();
    w.dispatched("G1");
    w.t.run_jobs();
    let mut odd = created("G2");
    odd["snapshot"]["category"] = json!("没见过");
    for change in [
        then("G1", 2, "urged", "快"),
        then("G1", 3, "withdrawn", ""),
        then("G1", 6, "urged", ""),
        odd,
        then("G2", 2, "urged", ""),
        json!({"order": "G3"}),
    ] {
        w.hotline.tell(change);
    }
    let trial = "/exchange/partners/XP-0001/trial";
    let page = w.browser(Role::Dispatcher).submit("/exchange/partners/XP-0001", trial, &[]).expect(200);
    for text in [
        "记入案卷经过",
        "列入两边不一致",
        "等待前面的变更",
        "新建案卷",
        "没见过",
        "接着前面的变更",
        "进入待修清单",
    ] {
        assert!(page.has(text), "{text}: {}", page.text());
    }
    assert!(w.find("G2").is_none() && w.broken().is_empty());
    let api = w.browser(Role::Dispatcher).by_key();
    let told =
        api.json(&Method::POST, "/api/v1/exchange/partners/XP-0001/trial", &json!({})).expect(200).json();
    let what: Vec<&str> =
        told["items"].as_array().unwrap().iter().map(|i| i["what"].as_str().unwrap()).collect();
    assert_eq!(what, ["note", "differ", "wait", "create", "after", "repair"]);
    // and that is what happens
    w.turn();
    assert_eq!(w.state("G2"), State::Reported);
    assert_eq!((w.broken().len(), w.state("G1")), (1, State::Dispatched));
    w.hotline.say_instead(&testkit::Reply::Status(500), 1);
    let page = w.browser(Role::Dispatcher).submit("/exchange/partners/XP-0001", trial, &[]).expect(200);
    assert!(page.has("对方没有接受"));
}

fn differences_are_listed_filtered_exported_and_decided(w: &World) {
    busy(w);
    let office = w.browser(Role::Office);
    let case = w.case("G1").number;
    // who decides them is told in the morning, others are not
    let today = office.get("/today").expect(200);
    assert!(today.has("与对接系统不一致") && today.missing_texts().is_empty());
    assert!(!w.browser(Role::Verifier).get("/today").expect(200).has("与对接系统不一致"));
    let list = office.get("/exchange/differences").expect(200);
    assert!(
        list.has(&case) && list.has("办理中") && list.has("已结案") && list.has("以我方为准"),
        "{}",
        list.text()
    );
    assert!(!office.get("/exchange/differences?q=G77").expect(200).has(&case));
    assert!(office.get(&format!("/exchange/differences?q={case}&aspect=state")).expect(200).has("已结案"));
    let file = office.get("/exchange/differences?format=csv&aspect=state").expect(200);
    assert!(file.has("G1") && file.has("XD-"), "{}", file.text());
    office.get("/exchange/differences?format=xlsx").expect(200);
    office.get("/exchange/repairs?list=values&format=csv").expect(200);
    let of = w.differences(exchange::model::DifferenceState::Open);
    let of = of.iter().find(|d| d.aspect == exchange::model::Aspect::State).unwrap();
    let path = format!("/exchange/differences/{}", of.number);
    let refused = office.submit(&path, &path, &[("act", "ours")]);
    assert_eq!(refused.status, 422);
    assert!(refused.has("必须填写"));
    let impossible = office.submit(&path, &path, &[("act", "theirs"), ("xd_reason", "对方说了算")]);
    assert_eq!(impossible.status, 409);
    assert!(impossible.has("请在案卷页面办理"), "{}", impossible.text());
    office.submit(&path, &path, &[("act", "ours"), ("xd_reason", "还没有办完")]).expect(303);
    let shown = office.get(&path).expect(200);
    assert!(shown.has("还没有办完") && shown.has("王晓梅") && shown.has("保留我方的"));
    assert!(!office.get("/exchange/differences?aspect=state").expect(200).has(&case));
    assert!(office.get("/exchange/differences?aspect=state&state=settled").expect(200).has(&case));
    // mapped from the page, the word leaves the repair list
    let mapping = "/exchange/partners/XP-0001/mapping";
    let fields = [("kind", "category"), ("xv_theirs", "<b>没见过</b>"), ("xv_ours", "event-0102")];
    office.submit(mapping, mapping, &fields).expect(303);
    assert!(office.get(mapping).expect(200).has("已保存"));
    assert!(!office.get("/exchange/repairs?list=values").expect(200).has("没见过"));
    let wrong = [("kind", "category"), ("xv_theirs", "甲"), ("xv_ours", "event-9")];
    assert_eq!(office.submit(mapping, mapping, &wrong).status, 422);
    let rules = "/exchange/partners/XP-0001/rules";
    let fields = [
        ("win_state", "theirs"),
        ("win_deadline", "ours"),
        ("win_unit", "ours"),
        ("win_category", "ours"),
        ("win_text", "theirs"),
    ];
    office.submit(rules, rules, &fields).expect(303);
    assert!(office.get("/exchange/partners/XP-0001").expect(200).has("以对方为准"));
}

fn programs_do_the_same(w: &World) {
    let (admin, office) = (w.browser(Role::SystemAdmin).by_key(), w.browser(Role::Office).by_key());
    let draft = json!({"name": "12345", "kind": "hotline", "carrier": "http", "url": w.hotline.url(), "token": "t-0k3n",
        "pulls": true, "takes": true, "sends": true, "every_minutes": 5, "crs": "gcj02"});
    let made = admin.json(&Method::POST, "/api/v1/exchange/partners", &draft).expect(201).json();
    assert!(made["key"].as_str().unwrap().starts_with("xk_"));
    assert_eq!(office.json(&Method::POST, "/api/v1/exchange/partners", &draft).status, 403);
    let base = "/api/v1/exchange/partners/XP-0001";
    let one = office.get(base).expect(200);
    assert!(one.json()["has_token"] == true && !one.has("t-0k3n"));
    let word = json!({"kind": "state", "theirs": "已派单", "ours": "dispatched"});
    office.json(&Method::PUT, &format!("{base}/mapping"), &word).expect(200);
    assert_eq!(office.get(&format!("{base}/mapping")).expect(200).json()["items"][0]["ours"], "dispatched");
    office.json(&Method::DELETE, &format!("{base}/mapping"), &word).expect(204);
    let rules = json!({"version": 1, "state": "theirs", "deadline": "ours", "unit": "ours", "category": "ours", "text": "ours"});
    office.json(&Method::PUT, &format!("{base}/rules"), &rules).expect(200);
    assert_eq!(office.json(&Method::PUT, &format!("{base}/rules"), &rules).status, 409);
    w.hotline.tell(created("G1"));
    w.hotline.tell(json!({"order": "G3"}));
    office.json(&Method::POST, &format!("{base}/pull"), &json!({})).expect(202);
    w.t.run_jobs();
    assert_eq!(w.state("G1"), State::Reported);
    let broken = office.get("/api/v1/exchange/repairs/changes").expect(200).json();
    let item = &broken["items"][0];
    assert_eq!(item["fault"], "unreadable");
    let path = format!("/api/v1/exchange/repairs/changes/{}", item["number"].as_str().unwrap());
    let mend = json!({"act": "dismiss", "reason": "测试数据", "version": item["version"]});
    office.json(&Method::POST, &path, &mend).expect(202);
    w.dispatched("G1");
    w.turn();
    let found = office.get("/api/v1/exchange/differences?aspect=deadline").expect(200).json();
    let of = &found["items"][0];
    assert_eq!(of["order"], "G1");
    let path = format!("/api/v1/exchange/differences/{}", of["number"].as_str().unwrap());
    let body = json!({"act": "ours", "reason": "按立案条件", "version": of["version"]});
    assert_eq!(office.json(&Method::POST, &path, &body).expect(200).json()["state"], "settled");
    assert_eq!(office.json(&Method::POST, &path, &body).status, 409);
    assert_eq!(office.get("/api/v1/exchange/differences?state=eaten").status, 422);
    assert_eq!(
        office.get("/api/v1/exchange/repairs/messages?state=sent").expect(200).json()["items"]
            .as_array()
            .unwrap()
            .len(),
        3,
        "accepted, dispatched, and ours once more because our deadline holds"
    );
    office.json(&Method::POST, &format!("{base}/comparison"), &json!({})).expect(202);
    let seen = json!({"version": 2});
    admin.json(&Method::POST, &format!("{base}/pause"), &seen).expect(200);
    assert_eq!(office.json(&Method::POST, &format!("{base}/pull"), &json!({})).status, 409);
    admin.json(&Method::DELETE, base, &json!({"version": 3})).expect(204);
    office.get(base).expect(404);
}
