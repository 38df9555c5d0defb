//! An identity provider of our own, on this machine, that can be made to lie, and the way there and back.

use crate::browser::{Browser, Page, town_with};
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use kernel::time::SECOND;
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

/// What the provider answers with, until it is told otherwise.
pub(crate) struct Provider {
    pub(crate) receiver: Receiver,
    pub(crate) said: Arc<Mutex<Said>>,
}

pub(crate) struct Said {
    pub(crate) key: EcdsaKeyPair,
    pub(crate) kid: String,
    /// The claims of the next token.
    pub(crate) claims: Map<String, Value>,
    /// Put into the discovery document.
    pub(crate) issuer: String,
    pub(crate) challenge: String,
    pub(crate) secret: String,
    /// Whether the last byte of the signature is changed.
    pub(crate) forged: bool,
    pub(crate) algorithm: &'static str,
    pub(crate) used: Vec<String>,
}

impl Provider {
    pub(crate) fn start() -> Self {
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

    pub(crate) fn issuer(&self) -> String {
        self.receiver.url("")
    }
}

pub(crate) fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

pub(crate) fn answer(said: &Mutex<Said>, address: &str, asked: &Received) -> Reply {
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

pub(crate) fn json_reply(status: u16, body: &Value) -> Reply {
    Reply::With(status, ("content-type", "application/json".to_owned()), body.to_string())
}

pub(crate) fn token(said: &mut Said, asked: &Received) -> Result<Value, &'static str> {
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
pub(crate) fn city(t: &TestDb, provider: &Provider, more: &[(&str, &str)]) -> App {
    let settings = Settings {
        base_url: "http://localhost".to_owned(),
        outgoing: Outgoing { networks: vec![("127.0.0.0".parse().unwrap(), 8)], ..Outgoing::default() },
        ..Settings::default()
    };
    let app = town_with(t, settings);
    let saved = configure(&app, provider, more);
    assert_eq!(saved.to, "/admin/sign-in", "{}", saved.text);
    app
}

pub(crate) fn configure(app: &App, provider: &Provider, more: &[(&str, &str)]) -> Page {
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
pub(crate) fn query(address: &str, name: &str) -> String {
    let url = url::Url::parse(address).unwrap();
    url.query_pairs().find(|(n, _)| n == name).map(|(_, v)| v.into_owned()).unwrap_or_default()
}

/// Goes to the provider, which gets ready to say that this is `subject`; answers with the way back.
pub(crate) fn go(t: &TestDb, provider: &Provider, address: &str, subject: &str, code: &str) -> String {
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
pub(crate) fn arrive(
    t: &TestDb,
    browser: &mut Browser,
    provider: &Provider,
    subject: &str,
    code: &str,
) -> Page {
    let there = browser.get("/sign-in/provider?back=%2Funits").to;
    let back = go(t, provider, &there, subject, code);
    browser.get(&back)
}

pub(crate) fn link(app: &App, login: &str, subject: &str) {
    let mut security = Browser::new(app, "zh-CN");
    security.sign_in("security");
    let path = format!("/admin/accounts/{login}/identities");
    let linked = security.post(&format!("{path}/new"), &path, &[("identity_subject", subject)]);
    assert_eq!(linked.to, format!("/admin/accounts/{login}"), "{}", linked.text);
}

pub(crate) fn signed_in(browser: &mut Browser) -> bool {
    browser.get("/me").status == StatusCode::OK
}
