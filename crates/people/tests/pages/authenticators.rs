//! Passkeys and security keys as the second step.

use crate::browser::{Browser, MIGRATIONS, PASSWORD, Page, town_with};
use crate::soft::Soft;
use axum::http::StatusCode;
use kernel::time::{HOUR, MINUTE};
use serde_json::Value;
use testkit::TestDb;
use web::App;
use web::app::Settings;

testkit::both_engines!(MIGRATIONS;
    a_passkey_is_registered_and_asked_for,
    an_answer_is_good_once_in_its_own_session_and_for_a_while,
    a_copied_authenticator_is_noticed,
    administrators_keep_at_least_one_second_factor,
    without_a_name_and_https_there_are_no_passkeys,
);

fn city(t: &TestDb, base_url: &str) -> App {
    town_with(t, Settings { base_url: base_url.to_owned(), ..Settings::default() })
}

fn asked(browser: &mut Browser, from: &str, path: &str) -> Value {
    let sent = browser.post(from, path, &[]);
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
    serde_json::from_str(&sent.text).unwrap()
}

fn register(browser: &mut Browser, soft: &Soft, name: &str) -> Page {
    let asked = asked(browser, "/me/second-factor", "/me/authenticators/challenge");
    let answer = soft.create(&asked);
    let fields = [("authenticator_name", name), ("authenticator_answer", answer.as_str())];
    browser.post("/me/second-factor", "/me/authenticators", &fields)
}

const STEP: &str = "/sign-in/second-factor";

fn half_way(app: &App, login: &str, language: &str) -> Browser {
    let mut browser = Browser::new(app, language);
    assert_eq!(browser.sign_in(login).to, "/sign-in/second-factor?back=%2F");
    browser
}

fn challenge(browser: &mut Browser) -> Value {
    asked(browser, STEP, "/sign-in/second-factor/challenge")
}

fn prove(browser: &mut Browser, answer: &str) -> Page {
    browser.post(STEP, "/sign-in/second-factor/authenticator", &[("authenticator_answer", answer)])
}

fn inside(browser: &mut Browser) -> bool {
    browser.get("/me").status == StatusCode::OK
}

fn a_passkey_is_registered_and_asked_for(t: &TestDb) {
    let app = city(t, "http://localhost");
    let mut head = Browser::new(&app, "zh-CN");
    head.sign_in("head");
    let page = head.get("/me/second-factor").text;
    assert!(page.contains("data-authenticator=\"create\"") && page.contains("需要启用 JavaScript"), "{page}");
    let (mut office, mut phone) = (Soft::new(1), Soft::new(2));
    let first = register(&mut head, &office, "办公电脑");
    assert_eq!(first.status, StatusCode::OK, "{}", first.text);
    assert!(first.text.contains("恢复码"), "with the first factor come recovery codes");
    assert_eq!(register(&mut head, &phone, "手机").to, "/me/second-factor");
    let again = register(&mut head, &office, "又一次");
    assert!(
        again.status == StatusCode::UNPROCESSABLE_ENTITY && again.text.contains("已经登记过"),
        "{}",
        again.text
    );
    let nameless = register(&mut head, &Soft::new(3), "");
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    let no_script = [("authenticator_name", "x"), ("authenticator_answer", "")];
    let told = head.post("/me/second-factor", "/me/authenticators", &no_script);
    assert!(told.text.contains("启用 JavaScript 的浏览器"), "{}", told.text);
    let page = head.get("/me/second-factor").text;
    assert!(
        page.contains("办公电脑") && page.contains("手机") && page.contains("还有 10 个恢复码"),
        "{page}"
    );

    for soft in [&mut phone, &mut office] {
        let mut browser = half_way(&app, "head", "zh-CN");
        assert!(!inside(&mut browser), "half signed in is not signed in");
        let page = browser.get(STEP).text;
        assert!(page.contains("data-authenticator=\"get\"") && page.contains("name=\"factor_code\""));
        let asked = challenge(&mut browser);
        assert_eq!(asked["publicKey"]["allowCredentials"].as_array().unwrap().len(), 2);
        let answer = soft.get(&asked);
        let back = browser.post(
            STEP,
            "/sign-in/second-factor/authenticator",
            &[("authenticator_answer", answer.as_str()), ("back", "/units")],
        );
        assert_eq!(back.to, "/units", "{}", back.text);
        assert!(browser.get("/me").text.contains("密码 · 通行密钥"));
    }
    // a recovery code will do as well, once
    let code = first.text.split("id=\"once\">").nth(1).unwrap().lines().next().unwrap().trim().to_owned();
    let mut browser = half_way(&app, "head", "en");
    assert_eq!(browser.post(STEP, STEP, &[("factor_code", &code)]).to, "/");
    // removed, with the password, it is asked for no more
    for _ in 0..2 {
        let page = head.get("/me/second-factor").text;
        let removal = page.split("href=\"").filter_map(|s| s.split('"').next());
        let removal = removal
            .filter(|a| a.ends_with("/removal"))
            .find(|a| a.contains("authenticators"))
            .unwrap()
            .to_owned();
        let wrong = head.post(&removal, &removal, &[("old_password", "wrong")]);
        assert!(wrong.text.contains("密码不对"));
        assert_eq!(head.post(&removal, &removal, &[("old_password", PASSWORD)]).to, "/me/second-factor");
    }
    assert_eq!(Browser::new(&app, "en").sign_in("head").to, "/");
}

/// What the reader is told, and how the authenticator is made to lie.
type Lie = (&'static str, fn(&mut Soft));

fn an_answer_is_good_once_in_its_own_session_and_for_a_while(t: &TestDb) {
    let app = city(t, "http://localhost");
    let mut head = Browser::new(&app, "zh-CN");
    head.sign_in("head");
    let mut soft = Soft::new(1);
    register(&mut head, &soft, "办公电脑");

    // again in the session for which it was made, and in another
    let mut browser = half_way(&app, "head", "zh-CN");
    let asked = challenge(&mut browser);
    let answer = soft.get(&asked);
    let before = browser.cookies.clone();
    assert_eq!(prove(&mut browser, &answer).to, "/");
    browser.cookies = before;
    let told =
        browser.send_form("/sign-in/second-factor/authenticator", &[("authenticator_answer", &answer)]);
    assert!(told.status == StatusCode::FORBIDDEN || told.status == StatusCode::GONE, "{}", told.status);
    for (language, wanted) in [
        ("zh-CN", "已用过、已过期，或不属于这次登录"),
        ("en", "was used before, has expired, or belongs to another"),
    ] {
        let mut thief = half_way(&app, "head", language);
        let told = prove(&mut thief, &answer);
        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(told.text.contains(wanted), "no challenge was made: {}", told.text);
        challenge(&mut thief);
        let told = prove(&mut thief, &answer);
        assert!(told.text.contains(wanted), "another challenge: {}", told.text);
        assert!(!inside(&mut thief));
    }
    // a wrong answer uses the challenge up; failures are counted, and forgotten after a day
    t.clock.advance(25 * HOUR);
    let mut browser = half_way(&app, "head", "zh-CN");
    let asked = challenge(&mut browser);
    let told = prove(&mut browser, "{}");
    assert!(told.text.contains("回应的格式不对"), "{}", told.text);
    let answer = soft.get(&asked);
    assert!(prove(&mut browser, &answer).text.contains("已用过、已过期"));
    // five minutes
    let mut browser = half_way(&app, "head", "zh-CN");
    let asked = challenge(&mut browser);
    t.clock.advance(5 * MINUTE);
    let answer = soft.get(&asked);
    assert!(prove(&mut browser, &answer).text.contains("已用过、已过期"));
    // another site, no finger, somebody else's key
    let lies: [Lie; 3] = [
        ("来自另一个网站", |s| "http://localhost.evil.example".clone_into(&mut s.origin)),
        ("没有核验指纹、人脸或 PIN", |s| s.verifies = false),
        ("签名不对", Soft::forge),
    ];
    for (wanted, lie) in lies {
        t.clock.advance(25 * HOUR);
        let mut browser = half_way(&app, "head", "zh-CN");
        let asked = challenge(&mut browser);
        let mut liar = Soft::new(1);
        std::mem::swap(&mut liar, &mut soft);
        lie(&mut liar);
        let answer = liar.get(&asked);
        let told = prove(&mut browser, &answer);
        assert!(told.text.contains(wanted) && !inside(&mut browser), "{wanted}: {}", told.text);
        "http://localhost".clone_into(&mut liar.origin);
        liar.verifies = true;
        soft = liar;
    }
}

fn a_copied_authenticator_is_noticed(t: &TestDb) {
    let app = city(t, "http://localhost");
    let mut head = Browser::new(&app, "zh-CN");
    head.sign_in("head");
    let mut soft = Soft::new(1);
    register(&mut head, &soft, "蓝色 U 盾");
    let used = |soft: &mut Soft| {
        let mut browser = half_way(&app, "head", "zh-CN");
        let asked = challenge(&mut browser);
        let answer = soft.get(&asked);
        prove(&mut browser, &answer)
    };
    soft.counter = 10;
    assert_eq!(used(&mut soft).to, "/");
    // the copy counts on from where it was copied
    soft.counter = 5;
    let told = used(&mut soft);
    assert!(told.text.contains("计数器倒退，这个密钥可能被复制过"), "{}", told.text);
    soft.counter = 11;
    assert_eq!(used(&mut soft).to, "/");
    let mut auditor = Browser::new(&app, "zh-CN");
    auditor.sign_in("auditor");
    let log = auditor.get("/admin/audit").text;
    assert!(log.contains("登记了通行密钥“蓝色 U 盾”") && log.contains("计数器倒退"), "{log}");
}

fn administrators_keep_at_least_one_second_factor(t: &TestDb) {
    let app = city(t, "http://localhost");
    let ctx = t.ctx_system();
    let ctx_in = ctx.clone();
    t.db.write_now(&ctx, move |tx| people::settings::ADMINISTRATORS_NEED_FACTOR.set(tx, &ctx_in, &true))
        .unwrap();
    let mut security = Browser::new(&app, "zh-CN");
    assert_eq!(security.sign_in("security").to, "/me/second-factor");
    assert_eq!(security.get("/admin/roles").status, StatusCode::FORBIDDEN, "roles rest");
    let mut soft = Soft::new(7);
    register(&mut security, &soft, "指纹");
    assert_eq!(security.get("/admin/roles").status, StatusCode::OK, "a passkey is a second factor");
    let page = security.get("/me/second-factor").text;
    let removal = page
        .split("href=\"")
        .filter_map(|s| s.split('"').next())
        .find(|a| a.contains("/me/authenticators/"))
        .unwrap()
        .to_owned();
    let kept = security.post(&removal, &removal, &[("old_password", PASSWORD)]);
    assert!(
        kept.status == StatusCode::CONFLICT && kept.text.contains("管理员必须使用第二步验证"),
        "{}",
        kept.text
    );
    let mut browser = half_way(&app, "security", "zh-CN");
    let asked = challenge(&mut browser);
    let answer = soft.get(&asked);
    assert_eq!(prove(&mut browser, &answer).to, "/");

    // another security administrator's business: whoever lost everything starts anew
    let mut head = Browser::new(&app, "zh-CN");
    head.sign_in("head");
    register(&mut head, &Soft::new(8), "丢了的手机");
    let reset = "/admin/accounts/head/second-factor";
    assert!(browser.get("/admin/accounts/head").text.contains("丢了的手机"));
    assert_eq!(browser.post("/admin/accounts/head", reset, &[]).to, "/admin/accounts/head");
    assert!(!inside(&mut head), "signed out everywhere");
    assert_eq!(head.sign_in("head").to, "/");
}

fn without_a_name_and_https_there_are_no_passkeys(t: &TestDb) {
    for address in ["http://127.0.0.1:8080", "http://wm.example.gov.cn"] {
        assert!(people_page(t, address).contains("以域名和 HTTPS 访问"), "{address}");
    }
    assert!(people_page(t, "https://wm.example.gov.cn").contains("data-authenticator=\"create\""));
}

fn people_page(t: &TestDb, base_url: &str) -> String {
    let settings = Settings { base_url: base_url.to_owned(), ..Settings::default() };
    let app = crate::browser::program(t, settings);
    if t.db.read_now(people::queries::root).unwrap().is_none() {
        city(t, base_url);
    }
    let mut head = Browser::new(&app, "zh-CN");
    head.sign_in("head");
    head.get("/me/second-factor").text
}
