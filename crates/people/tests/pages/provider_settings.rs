//! The identity provider's settings: set, tried, linked in numbers, each by whom it belongs to.

use crate::browser::{Browser, MIGRATIONS};
use crate::pretended::{Provider, arrive, city, configure, signed_in};
use axum::http::StatusCode;
use kernel::time::MINUTE;
use serde_json::{Value, json};
use testkit::TestDb;
use testkit::receiver::Reply;

testkit::both_engines!(MIGRATIONS;
    each_administrator_has_their_own_part_of_it,
    many_identities_are_linked_from_a_file,
    programs_link_and_end_sessions,
    trying_it_tells_what_is_wrong,
);

fn each_administrator_has_their_own_part_of_it(t: &TestDb) {
    let provider = Provider::start();
    let app = city(t, &provider, &[]);
    let mut system = Browser::new(&app, "zh-CN");
    system.sign_in("system");
    let page = system.get("/admin/sign-in").text;
    assert!(page.contains("name=\"provider_issuer\"") && !page.contains("geheim"), "the secret is not shown");
    assert!(page.contains("http://localhost/sign-in/provider/return"));
    let link = [("identity_subject", "E-9")];
    let path = "/admin/accounts/head/identities";
    assert_eq!(system.post("/me", path, &link).status, StatusCode::FORBIDDEN);
    assert_eq!(system.get("/admin/accounts/head/identities/new").status, StatusCode::FORBIDDEN);

    let mut security = Browser::new(&app, "zh-CN");
    security.sign_in("security");
    let seen = security.get("/admin/sign-in");
    assert!(seen.status == StatusCode::OK && !seen.text.contains("name=\"provider_issuer\""));
    let change = [("provider_issuer", "https://evil.example"), ("version", "1")];
    assert_eq!(security.post("/me", "/admin/sign-in", &change).status, StatusCode::FORBIDDEN);
    assert_eq!(security.post("/me", "/admin/sign-in/trial", &[]).status, StatusCode::FORBIDDEN);
    let own = security.post("/me", "/admin/accounts/security/identities", &link);
    assert_eq!(own.status, StatusCode::CONFLICT, "{}", own.text);

    let mut auditor = Browser::new(&app, "zh-CN");
    auditor.sign_in("auditor");
    assert_eq!(auditor.get("/admin/sign-in").status, StatusCode::OK);
    assert_eq!(auditor.post("/me", path, &link).status, StatusCode::FORBIDDEN);
    assert_eq!(auditor.post("/me", "/admin/sign-in", &change).status, StatusCode::FORBIDDEN);
    let log = auditor.get("/admin/audit").text;
    assert!(log.contains("设置了统一身份认证") && !log.contains("geheim"), "{log}");
    let mut head = Browser::new(&app, "zh-CN");
    head.sign_in("head");
    assert_eq!(head.get("/admin/sign-in").status, StatusCode::FORBIDDEN);

    // bad input comes back with what was typed, without the secret
    let bad = configure(
        &app,
        &provider,
        &[("provider_issuer", "http://sso.example.org"), ("provider_label_en", "")],
    );
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        bad.text.contains("必须以 https:// 开头") && bad.text.contains("value=\"http://sso.example.org\""),
        "{}",
        bad.text
    );
    assert!(!bad.text.contains("geheim"));
    // the secret does not go along to another provider
    let issuer = provider.issuer();
    let moved = [("provider_issuer", "https://sso.example.org"), ("provider_secret", "")];
    assert_eq!(configure(&app, &provider, &moved).to, "/admin/sign-in");
    let kept = t.db.read_now(people::queries::provider).unwrap().unwrap();
    assert_eq!((kept.issuer.as_str(), kept.client_secret.as_str()), ("https://sso.example.org", ""));
    assert_eq!(configure(&app, &provider, &[("provider_issuer", &issuer)]).to, "/admin/sign-in");
}

fn many_identities_are_linked_from_a_file(t: &TestDb) {
    let provider = Provider::start();
    let app = city(t, &provider, &[]);
    let file =
        "登录名,姓名,工号\nhead,李四,E-1\nauditor,孙三,E-2\nnobody,无名,E-3\nsystem,赵一,E-1\nhead,李四,\n";
    let mut security = Browser::new(&app, "zh-CN");
    security.sign_in("security");
    let path = "/admin/sign-in/identities/import";
    let tried = security.upload(path, &[("act", "try")], file);
    assert!(
        tried.text.contains("没有这个登录名") && tried.text.contains("已经关联到另一个账户"),
        "{}",
        tried.text
    );
    assert!(security.get("/admin/sign-in/identities").text.contains("0 个身份"), "tried, not done");
    let done = security.upload(path, &[("act", "import")], file);
    assert_eq!(done.to, "/admin/sign-in/identities", "{}", done.text);
    let csv = security.get("/admin/sign-in/identities?format=csv").text;
    assert!(csv.contains("head,李四,市教育局,E-1") && csv.contains("auditor,孙三,嘉峪关市,E-2"), "{csv}");
    // what is exported is read again, and changes nothing
    let again = security.upload(path, &[("act", "try")], &csv);
    assert!(!again.text.contains("已经关联到"), "{}", again.text);
    assert_eq!(arrive(t, &mut Browser::new(&app, "en"), &provider, "E-2", "good1").to, "/units");
    let mut system = Browser::new(&app, "zh-CN");
    system.sign_in("system");
    assert_eq!(system.get("/admin/sign-in/identities").status, StatusCode::OK);
    assert_eq!(system.get(path).status, StatusCode::FORBIDDEN);
}

/// A staff office's program keeps the links.
fn programs_link_and_end_sessions(t: &TestDb) {
    let provider = Provider::start();
    let app = city(t, &provider, &[]);
    let mut security = Browser::new(&app, "en");
    security.sign_in("security");
    let key = |browser: &mut Browser, scope: &str| {
        let fields = [("key_name", "hr"), ("key_scope", scope), ("key_days", "30")];
        let page = browser.post("/me/keys/new", "/me/keys", &fields).text;
        let at = page.find("cc_").unwrap();
        page[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>()
    };
    let (admin, act) = (key(&mut security, "admin"), key(&mut security, "act"));
    let mut program = Browser::new(&app, "en");
    let links = "/api/v1/admin/accounts/head/identities";
    let draft = json!({ "subject": "E-7" }).to_string();
    assert_eq!(
        program.api("POST", links, &act, &draft).status,
        StatusCode::FORBIDDEN,
        "not what the key is for"
    );
    let made = program.api("POST", links, &admin, &draft);
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    assert_eq!(program.api("POST", links, &admin, &draft).status, StatusCode::UNPROCESSABLE_ENTITY);
    let own = program.api("POST", "/api/v1/admin/accounts/security/identities", &admin, &draft);
    assert_eq!(own.status, StatusCode::CONFLICT);
    let list: Value =
        serde_json::from_str(&program.api("GET", "/api/v1/admin/identities", &admin, "").text).unwrap();
    assert_eq!(
        (list["items"][0]["login"].as_str(), list["items"][0]["subject"].as_str()),
        (Some("head"), Some("E-7"))
    );
    let set = program.api("GET", "/api/v1/admin/sign-in", &admin, "").text;
    assert!(set.contains("\"linked\":1") && !set.contains("geheim"), "{set}");
    let mut head = Browser::new(&app, "en");
    assert_eq!(arrive(t, &mut head, &provider, "E-7", "good1").to, "/units");
    let ended = program.api("DELETE", "/api/v1/admin/accounts/head/sessions", &admin, "");
    assert_eq!(ended.text, "{\"ended\":1}");
    assert!(!signed_in(&mut head));
    assert_eq!(program.api("DELETE", &format!("{links}/E-7"), &admin, "").status, StatusCode::NO_CONTENT);
    assert_eq!(program.api("DELETE", &format!("{links}/E-7"), &admin, "").status, StatusCode::NOT_FOUND);
    // a key is no browser: it registers no passkey and begins no link
    let page = program.api("GET", "/me/second-factor", &admin, "").text;
    let csrf = page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let sent = program.api("POST", "/me/authenticators/challenge", &admin, &format!("csrf={csrf}"));
    assert_eq!(sent.status, StatusCode::FORBIDDEN, "{}", sent.text);
}

fn trying_it_tells_what_is_wrong(t: &TestDb) {
    let provider = Provider::start();
    let app = city(t, &provider, &[]);
    let mut zh = Browser::new(&app, "zh-CN");
    let mut en = Browser::new(&app, "en");
    zh.sign_in("system");
    en.sign_in("system");
    let tried = |browser: &mut Browser| browser.post("/admin/sign-in", "/admin/sign-in/trial", &[]).text;
    let fine = tried(&mut zh);
    assert_eq!(fine.matches(">通过<").count(), 3, "{fine}");
    "another".clone_into(&mut provider.said.lock().secret);
    assert!(tried(&mut zh).contains("不认得本系统的客户端标识或密钥"));
    assert!(tried(&mut en).contains("does not know our client id or secret"));
    "https://sso.example.org".clone_into(&mut provider.said.lock().issuer);
    assert!(tried(&mut zh).contains("自称的地址与填写的不一致"));
    assert!(tried(&mut en).contains("<span class=\"muted text-break\">https://sso.example.org</span>"));
    provider.receiver.answer(|_| Reply::Status(503));
    assert!(tried(&mut en).contains("answered with an error"));
    provider.receiver.answer(|_| Reply::With(200, ("content-type", "text/html".into()), "<html>".into()));
    assert!(tried(&mut zh).contains("不是预期的格式"));
    provider.receiver.answer(|_| Reply::HangUp);
    assert!(tried(&mut en).contains("openid-configuration"));
    let gone = provider.issuer();
    drop(provider);
    let told = tried(&mut zh);
    assert!(told.contains("连接不上") && told.contains(&gone), "{told}");
    // and whoever presses the button is told, too
    t.clock.advance(20 * MINUTE);
    let mut visitor = Browser::new(&app, "zh-CN");
    let told = visitor.get("/sign-in/provider");
    assert!(
        told.status == StatusCode::UNPROCESSABLE_ENTITY && told.text.contains("连接不上"),
        "{}",
        told.text
    );
}
