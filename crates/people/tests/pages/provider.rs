//! Signing in through an identity provider: a small one of our own, on this machine, that can be made to lie.

use crate::browser::{Browser, MIGRATIONS, PASSWORD, Page, town_with};
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use kernel::time::{MINUTE, SECOND};
use parking_lot::Mutex;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use testkit::TestDb;
use testkit::receiver::{Received, Receiver, Reply};
use web::App;
use web::app::Settings;
use web::outgoing::Outgoing;

testkit::both_engines!(MIGRATIONS;
    a_linked_identity_signs_in_and_no_other,
    a_token_that_lies_signs_nobody_in,
    a_return_is_good_once_and_only_where_it_began,
    the_providers_second_factor_counts_where_the_city_says_so,
    passwords_rest_for_all_but_system_administrators,
    each_administrator_has_their_own_part_of_it,
    many_identities_are_linked_from_a_file,
    programs_link_and_end_sessions,
    trying_it_tells_what_is_wrong,
);

/// What the provider answers with, until it is told otherwise.
struct Provider {
    receiver: Receiver,
    said: Arc<Mutex<Said>>,
}

struct Said {
    key: EcdsaKeyPair,
    kid: String,
    /// The claims of the next token.
    claims: Map<String, Value>,
    /// Put into the discovery document.
    issuer: String,
    challenge: String,
    secret: String,
    /// Whether the last byte of the signature is changed.
    forged: bool,
    algorithm: &'static str,
    used: Vec<String>,
}

impl Provider {
    fn start() -> Self {
        let receiver = Receiver::start();
        let issuer = receiver.url("");
        let random = SystemRandom::new();
        let pair = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let said = Said {
            key: EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pair.as_ref(), &random).unwrap(),
            kid: "one".to_owned(),
            claims: Map::new(),
            issuer: issuer.clone(),
            challenge: String::new(),
            secret: "geheim".to_owned(),
            forged: false,
            algorithm: "ES256",
            used: Vec::new(),
        };
        let said = Arc::new(Mutex::new(said));
        let own = Arc::clone(&said);
        receiver.answer(move |asked| answer(&own, &issuer, asked));
        Self { receiver, said }
    }

    fn issuer(&self) -> String {
        self.receiver.url("")
    }
}

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn answer(said: &Mutex<Said>, address: &str, asked: &Received) -> Reply {
    let mut said = said.lock();
    let body = match asked.path.as_str() {
        "/.well-known/openid-configuration" => json!({
            "issuer": said.issuer, "authorization_endpoint": format!("{address}/auth"),
            "token_endpoint": format!("{address}/token"), "jwks_uri": format!("{address}/keys"),
            "response_types_supported": ["code"], "id_token_signing_alg_values_supported": ["ES256", "RS256"],
        }),
        "/keys" => {
            let point = said.key.public_key().as_ref();
            let part = |from: usize, to: usize| URL_SAFE_NO_PAD.encode(&point[from..to]);
            json!({ "keys": [{ "kty": "EC", "crv": "P-256", "use": "sig", "kid": said.kid,
                "x": part(1, 33), "y": part(33, 65) }] })
        }
        "/token" => match token(&mut said, asked) {
            Ok(body) => body,
            Err(error) => return json_reply(400, &json!({ "error": error })),
        },
        _ => return Reply::Status(404),
    };
    json_reply(200, &body)
}

fn json_reply(status: u16, body: &Value) -> Reply {
    Reply::With(status, ("content-type", "application/json".to_owned()), body.to_string())
}

fn token(said: &mut Said, asked: &Received) -> Result<Value, &'static str> {
    let basic = STANDARD.encode(format!("chuangcheng:{}", said.secret));
    if asked.header("authorization") != format!("Basic {basic}") {
        return Err("invalid_client");
    }
    let field = |name: &str| {
        let pairs = asked.body.split('&').filter_map(|p| p.split_once('='));
        pairs.clone().find(|(n, _)| *n == name).map(|(_, v)| v.to_owned()).unwrap_or_default()
    };
    let code = field("code");
    let proved = URL_SAFE_NO_PAD.encode(Sha256::digest(field("code_verifier")));
    if !code.starts_with("good") || said.used.contains(&code) || proved != said.challenge {
        return Err("invalid_grant");
    }
    said.used.push(code);
    let header = json!({ "alg": said.algorithm, "typ": "JWT", "kid": said.kid });
    let text = format!("{}.{}", encoded(&header), encoded(&Value::Object(said.claims.clone())));
    let mut signature = said.key.sign(&SystemRandom::new(), text.as_bytes()).unwrap().as_ref().to_vec();
    if said.forged {
        signature[63] ^= 1;
    }
    Ok(json!({ "token_type": "Bearer", "access_token": "a", "expires_in": 60,
        "id_token": format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature)) }))
}

/// The city with this machine opened to it, and the provider set by its system administrator.
fn city(t: &TestDb, provider: &Provider, more: &[(&str, &str)]) -> App {
    let settings = Settings {
        base_url: "http://localhost".to_owned(),
        outgoing: Outgoing { networks: vec![("127.0.0.0".parse().unwrap(), 8)] },
        ..Settings::default()
    };
    let app = town_with(t, settings);
    let saved = configure(&app, provider, more);
    assert_eq!(saved.to, "/admin/sign-in", "{}", saved.text);
    app
}

fn configure(app: &App, provider: &Provider, more: &[(&str, &str)]) -> Page {
    let mut system = Browser::new(app, "zh-CN");
    system.sign_in("system");
    let issuer = provider.issuer();
    let mut fields = vec![
        ("provider_issuer", issuer.as_str()),
        ("provider_client", "chuangcheng"),
        ("provider_secret", "geheim"),
        ("provider_label_zh", "统一身份认证登录"),
        ("provider_label_en", "Sign in with the city"),
        ("provider_claim", "sub"),
        ("provider_passwords", "everybody"),
        ("provider_on", "1"),
    ];
    for (name, value) in more {
        fields.retain(|(n, _)| n != name);
        fields.push((name, value));
    }
    system.post("/admin/sign-in", "/admin/sign-in", &fields)
}

/// A word of an address's query.
fn query(address: &str, name: &str) -> String {
    let url = url::Url::parse(address).unwrap();
    url.query_pairs().find(|(n, _)| n == name).map(|(_, v)| v.into_owned()).unwrap_or_default()
}

/// Goes to the provider, which gets ready to say that this is `subject`; answers with the way back.
fn go(t: &TestDb, provider: &Provider, address: &str, subject: &str, code: &str) -> String {
    let mut said = provider.said.lock();
    said.challenge = query(address, "code_challenge");
    assert_eq!(query(address, "code_challenge_method"), "S256");
    let now = t.db.now().0 / SECOND;
    let claims = json!({ "iss": provider.issuer(), "aud": "chuangcheng", "sub": subject, "iat": now, "exp": now + 300,
        "nonce": query(address, "nonce") });
    said.claims.clone_from(claims.as_object().unwrap());
    format!("/sign-in/provider/return?code={code}&state={}", query(address, "state"))
}

/// The whole way: button, provider, back.
fn arrive(t: &TestDb, browser: &mut Browser, provider: &Provider, subject: &str, code: &str) -> Page {
    let there = browser.get("/sign-in/provider?back=%2Funits").to;
    let back = go(t, provider, &there, subject, code);
    browser.get(&back)
}

fn link(app: &App, login: &str, subject: &str) {
    let mut security = Browser::new(app, "zh-CN");
    security.sign_in("security");
    let path = format!("/admin/accounts/{login}/identities");
    let linked = security.post(&format!("{path}/new"), &path, &[("identity_subject", subject)]);
    assert_eq!(linked.to, format!("/admin/accounts/{login}"), "{}", linked.text);
}

fn signed_in(browser: &mut Browser) -> bool {
    browser.get("/me").status == StatusCode::OK
}

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
    assert!(tried(&mut en).contains("<span class=\"muted mono\">https://sso.example.org</span>"));
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
