//! Signing in through an identity provider.

use crate::browser::{Browser, MIGRATIONS, PASSWORD, Page};
use crate::pretended::{Provider, Said, arrive, city, configure, go, link, signed_in};
use axum::http::StatusCode;
use kernel::time::{MINUTE, SECOND};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use serde_json::{Value, json};
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS;
    a_linked_identity_signs_in_and_no_other,
    a_token_that_lies_signs_nobody_in,
    a_return_is_good_once_and_only_where_it_began,
    the_providers_second_factor_counts_where_the_city_says_so,
    passwords_rest_for_all_but_system_administrators,
);

fn a_linked_identity_signs_in_and_no_other(t: &TestDb) {
    let provider = Provider::start();
    let app = city(t, &provider, &[]);
    let mut zh = Browser::new(&app, "zh-CN");
    assert!(zh.get("/sign-in?back=/units").text.contains("href=\"/sign-in/provider?back=%2Funits\""));
    let unlinked = arrive(t, &mut zh, &provider, "E-1001", "good1");
    assert_eq!(unlinked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unlinked.text.contains("身份“E-1001”还没有关联到本系统的账户"), "{}", unlinked.text);
    let mut en = Browser::new(&app, "en");
    let unlinked = arrive(t, &mut en, &provider, "E-1001", "good2");
    assert!(unlinked.text.contains("“E-1001” is not linked to an account here"), "{}", unlinked.text);
    assert!(!signed_in(&mut zh) && !signed_in(&mut en), "no account is made for whoever comes");

    // by the person, who gives their password and then goes there once
    zh.sign_in("head");
    let wrong = zh.post("/me/identities/new", "/me/identities", &[("old_password", "wrong")]);
    assert!(wrong.text.contains("密码不对") && !wrong.text.contains("/auth?"));
    let on = zh.post("/me/identities/new", "/me/identities", &[("old_password", PASSWORD)]).text;
    let there = on.split("id=\"provider\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let back = go(t, &provider, &there.replace("&#38;", "&").replace("&amp;", "&"), "E-1001", "good3");
    let mut other = Browser::new(&app, "zh-CN");
    other.sign_in("auditor");
    other.cookies.extend(zh.cookies.iter().filter(|(n, _)| n == "provider").cloned());
    let stolen = other.get(&back);
    assert!(
        stolen.text.contains("不属于本浏览器发起的登录"),
        "linked in the session that asked, or not at all"
    );
    let on = zh.post("/me/identities/new", "/me/identities", &[("old_password", PASSWORD)]).text;
    let there = on.split("id=\"provider\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let back = go(t, &provider, &there.replace("&#38;", "&").replace("&amp;", "&"), "E-1001", "good4");
    assert_eq!(zh.get(&back).to, "/me");
    assert!(zh.get("/me").text.contains("E-1001"));

    let mut fresh = Browser::new(&app, "zh-CN");
    assert_eq!(arrive(t, &mut fresh, &provider, "E-1001", "good5").to, "/units");
    let me = fresh.get("/me").text;
    assert!(me.contains("李四") && me.contains("<td data-label=\"登录方式\">统一身份认证</td>"), "{me}");
    // an identity belongs to one account
    let mut security = Browser::new(&app, "zh-CN");
    security.sign_in("security");
    let path = "/admin/accounts/auditor/identities";
    let taken = security.post(&format!("{path}/new"), path, &[("identity_subject", "E-1001")]);
    assert!(taken.status == StatusCode::UNPROCESSABLE_ENTITY && taken.text.contains("已经关联到另一个账户"));
    // unlinking ends what it opened
    let page = security.get("/admin/accounts/head").text;
    let removal =
        page.split("action=\"").filter_map(|s| s.split('"').next()).find(|a| a.contains("/identities/"));
    assert_eq!(security.post("/admin/accounts/head", removal.unwrap(), &[]).to, "/admin/accounts/head");
    assert!(!signed_in(&mut fresh));
    assert!(zh.get("/me").status == StatusCode::OK, "a password's session goes on");
    // a locked account is locked this way too
    link(&app, "head", "E-1001");
    let mut system = Browser::new(&app, "zh-CN");
    system.sign_in("system");
    let lock = [("move", "lock"), ("act_reason", "停职")];
    let locked = system.post("/admin/accounts/head/state?move=lock", "/admin/accounts/head/state", &lock);
    assert_eq!(locked.to, "/admin/accounts/head");
    let refused = arrive(t, &mut Browser::new(&app, "en"), &provider, "E-1001", "good6");
    assert!(refused.text.contains("this identity belongs to is locked or closed"), "{}", refused.text);
}

/// What is done to the provider's next answer, and what the reader is told in both languages.
type Lie = (&'static str, fn(&mut Said), &'static str, &'static str);

const LIES: &[Lie] = &[
    ("nonce", |s| set(s, "nonce", json!("another")), "不属于这次登录", "belongs to another sign-in"),
    ("no nonce", |s| drop(s.claims.remove("nonce")), "不属于这次登录", "belongs to another sign-in"),
    ("audience", |s| set(s, "aud", json!("another")), "不是发给本系统的", "made for another program"),
    ("party", |s| set(s, "azp", json!("another")), "不是发给本系统的", "made for another program"),
    (
        "audiences",
        |s| set(s, "aud", json!(["chuangcheng", "another"])),
        "不是发给本系统的",
        "made for another program",
    ),
    (
        "issuer",
        |s| set(s, "iss", json!("https://sso.example.org")),
        "签发者不是本市的认证平台",
        "made by another provider",
    ),
    ("expired", |s| shift(s, "exp", -361), "已过期", "has expired"),
    ("early", |s| shift(s, "iat", 61), "时间在将来", "from the future"),
    ("forged", |s| s.forged = true, "签名不对", "signature is wrong"),
    ("unsigned", |s| s.algorithm = "none", "身份令牌", "ID token"),
    ("secret", |s| s.algorithm = "HS256", "签名算法不被接受", "of a kind that is not accepted"),
    ("key", |s| s.algorithm = "RS256", "不是认证平台公布的", "does not publish"),
    ("nobody", |s| drop(s.claims.remove("sub")), "没有给出需要的声明", "did not give the claim"),
];

fn set(said: &mut Said, name: &str, value: Value) {
    said.claims.insert(name.to_owned(), value);
}

fn shift(said: &mut Said, name: &str, seconds: i64) {
    let value = said.claims[name].as_i64().unwrap() + seconds;
    set(said, name, json!(value));
}

fn a_token_that_lies_signs_nobody_in(t: &TestDb) {
    let provider = Provider::start();
    let app = city(t, &provider, &[]);
    link(&app, "head", "E-1001");
    for (n, (what, lie, zh, en)) in LIES.iter().enumerate() {
        for (language, wanted) in [("zh-CN", zh), ("en", en)] {
            let mut browser = Browser::new(&app, language);
            let there = browser.get("/sign-in/provider").to;
            let back = go(t, &provider, &there, "E-1001", &format!("good{language}{n}"));
            lie(&mut provider.said.lock());
            let told = browser.get(&back);
            assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}");
            assert!(told.text.contains(wanted), "{what}: {}", told.text);
            assert!(!signed_in(&mut browser), "{what}");
            let mut said = provider.said.lock();
            (said.forged, said.algorithm) = (false, "ES256");
        }
    }
    // the same way without a lie
    assert_eq!(arrive(t, &mut Browser::new(&app, "en"), &provider, "E-1001", "good-true").to, "/units");
    // keys that were changed are read again
    t.clock.advance(MINUTE);
    let pair = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
    {
        let mut said = provider.said.lock();
        let random = SystemRandom::new();
        said.key =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pair.as_ref(), &random).unwrap();
        "two".clone_into(&mut said.kid);
    }
    assert_eq!(arrive(t, &mut Browser::new(&app, "en"), &provider, "E-1001", "good-new").to, "/units");
}

fn a_return_is_good_once_and_only_where_it_began(t: &TestDb) {
    let provider = Provider::start();
    let app = city(t, &provider, &[]);
    link(&app, "head", "E-1001");
    let mut browser = Browser::new(&app, "zh-CN");
    let there = browser.get("/sign-in/provider?back=//evil.example").to;
    let back = go(t, &provider, &there, "E-1001", "good1");
    let carried = browser.cookies.clone();
    // in another browser: somebody is to be signed in as the attacker
    let told = Browser::new(&app, "en").get(&back);
    assert!(told.text.contains("does not belong to a sign-in begun in this browser"), "{}", told.text);
    // another state
    let told = browser.get(&back.replace("state=", "state=x"));
    assert!(told.text.contains("不属于本浏览器发起的登录"));
    // that refusal ended the way
    browser.cookies.clone_from(&carried);
    assert_eq!(browser.get(&back).to, "/", "the wanted page was not ours");
    assert!(signed_in(&mut browser));
    // the state again, with the cookie that a thief copied
    for (language, wanted) in [("zh-CN", "返回链接已经用过"), ("en", "was used before")] {
        let mut thief = Browser::new(&app, language);
        thief.cookies.extend(carried.iter().filter(|(n, _)| n == "provider").cloned());
        let told = thief.get(&back);
        assert!(told.text.contains(wanted) && !signed_in(&mut thief), "{}", told.text);
    }
    // the code again, on a way of one's own
    for (language, wanted) in
        [("zh-CN", "授权码无效、已用过或已过期"), ("en", "the authorisation code is wrong, was used before")]
    {
        let mut thief = Browser::new(&app, language);
        let told = arrive(t, &mut thief, &provider, "E-1001", "good1");
        assert!(told.text.contains(wanted) && !signed_in(&mut thief), "{}", told.text);
    }
    // too late
    let mut slow = Browser::new(&app, "zh-CN");
    let there = slow.get("/sign-in/provider").to;
    let back = go(t, &provider, &there, "E-1001", "good2");
    t.clock.advance(10 * MINUTE);
    assert!(slow.get(&back).text.contains("或者已经超时"));
    // another provider's answer
    let mut mixed = Browser::new(&app, "zh-CN");
    let there = mixed.get("/sign-in/provider").to;
    let back = go(t, &provider, &there, "E-1001", "good3");
    assert!(mixed.get(&format!("{back}&iss=https%3A%2F%2Fevil.example")).text.contains("不属于本浏览器"));
    // whoever keeps trying waits
    let told = Browser::new(&app, "zh-CN").get("/sign-in/provider/return?error=access_denied&state=x");
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
}

fn the_providers_second_factor_counts_where_the_city_says_so(t: &TestDb) {
    let provider = Provider::start();
    let app = city(t, &provider, &[]);
    link(&app, "auditor", "E-3");
    let ctx = t.ctx_system();
    let ctx_in = ctx.clone();
    t.db.write_now(&ctx, move |tx| people::settings::ADMINISTRATORS_NEED_FACTOR.set(tx, &ctx_in, &true))
        .unwrap();
    let with_amr = |browser: &mut Browser, code: &str| {
        let there = browser.get("/sign-in/provider?back=/admin/audit").to;
        let back = go(t, &provider, &there, "E-3", code);
        set(&mut provider.said.lock(), "amr", json!(["pwd", "mfa"]));
        browser.get(&back)
    };
    // the city has not said that it takes the provider's word
    let mut auditor = Browser::new(&app, "zh-CN");
    assert_eq!(with_amr(&mut auditor, "good1").to, "/me/second-factor");
    assert_eq!(auditor.get("/admin/audit").status, StatusCode::FORBIDDEN, "roles rest");
    t.clock.advance(SECOND);
    // the system administrator's own roles rest too, so the program does it for them here
    t.db.write_now(&t.ctx_system(), |tx| {
        let row = people::queries::provider(tx)?.unwrap();
        let facts = people::model::ProviderFacts {
            issuer: row.issuer,
            client_id: row.client_id,
            client_secret: None,
            label_zh: row.label_zh,
            label_en: row.label_en,
            claim: row.claim,
            factor_values: "mfa".to_owned(),
            switched_on: true,
            passwords: row.passwords,
        };
        let ctx = kernel::ctx::Ctx::system(kernel::ctx::CityCode::parse("620200").unwrap(), "test", tx.now());
        people::commands::configure_provider(tx, &ctx, facts, row.version)
    })
    .unwrap();
    let mut auditor = Browser::new(&app, "zh-CN");
    assert_eq!(with_amr(&mut auditor, "good2").to, "/admin/audit");
    assert!(auditor.get("/me").text.contains("认证平台已验证第二步"));
    assert_eq!(auditor.get("/admin/audit").status, StatusCode::OK);
    // without the word, the second factor is still owed
    let mut plain = Browser::new(&app, "zh-CN");
    assert_eq!(arrive(t, &mut plain, &provider, "E-3", "good3").to, "/me/second-factor");
}

fn passwords_rest_for_all_but_system_administrators(t: &TestDb) {
    let provider = Provider::start();
    let app = city(t, &provider, &[("provider_passwords", "emergency")]);
    let mut head = Browser::new(&app, "zh-CN");
    let (right, wrong) = (
        head.sign_in("head"),
        head.post("/sign-in", "/sign-in", &[("login", "head"), ("password", "wrong")]),
    );
    assert_eq!(
        (right.status, wrong.status),
        (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY)
    );
    let problem = |page: &Page| page.text.split("role=\"alert\"").nth(1).unwrap()[..300].to_owned();
    assert_eq!(problem(&right), problem(&wrong), "nothing tells that a password is right");
    assert!(right.text.contains("密码登录只留给系统管理员应急"));
    assert_eq!(Browser::new(&app, "zh-CN").sign_in("security").status, StatusCode::UNPROCESSABLE_ENTITY);
    // the emergency door, and it opens the others again
    let mut system = Browser::new(&app, "zh-CN");
    assert_eq!(system.sign_in("system").to, "/");
    assert_eq!(configure(&app, &provider, &[("provider_on", "")]).to, "/admin/sign-in");
    assert_eq!(Browser::new(&app, "zh-CN").sign_in("head").to, "/", "off is off");
}
