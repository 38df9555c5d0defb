//! A city with people who have accounts, and a program of somebody else's.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD as B64};
use kernel::policy::Role;
use people::setup;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;
use testkit::{Client, Engine, Page, TestApp, whole_city};
use web::app::Settings;

/// Each story becomes a test on both engines.
macro_rules! told {
    ($($story:ident),+ $(,)?) => {
        $(
            mod $story {
                #[test]
                fn embedded() {
                    super::$story(&super::World::new(testkit::Engine::Embedded));
                }
                #[test]
                fn server() {
                    super::$story(&super::World::new(testkit::Engine::Server));
                }
            }
        )+
    };
}
pub(super) use told;

pub(super) const PASSWORD: &str = "bicycle 47 lantern";
/// Hashed once: it is slow on purpose.
static HASH: LazyLock<String> = LazyLock::new(|| people::password::hash(PASSWORD).unwrap());

pub(super) const ISSUER: &str = "http://wm.example.cn";
pub(super) const BACK: &str = "https://brain.example.cn/back";
/// What only the browser's program knows, and what is shown of it.
pub(super) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

pub(super) fn challenge() -> String {
    B64.encode(Sha256::digest(VERIFIER))
}

pub(super) struct World {
    pub(super) t: TestApp,
}

impl World {
    pub(super) fn new(engine: Engine) -> Self {
        let settings = Settings { base_url: ISSUER.to_owned(), ..Settings::default() };
        let recogniser = Box::new(people::Recogniser::default());
        let t = TestApp::with(engine, vec![people::feature(), signon::feature()], recogniser, settings);
        t.test.leave_jobs();
        let ctx = t.test.ctx_system();
        let by = ctx.clone();
        let made = t.test.db.write_now(&ctx, move |tx| {
            people::settings::ADMINISTRATORS_NEED_FACTOR.set(tx, &by, &false)?;
            let root = setup::root(tx, &by, "嘉峪关市")?;
            let bureau = setup::unit(tx, &by, &root, "市教育局", "教育局", "bureau")?;
            let mut person = |login: &str, name: &str, role: Role, must_change: bool| {
                setup::person(tx, &by, &bureau, login, name, HASH.clone(), must_change, &[(role, &bureau)])
            };
            person("clerk", "周五", Role::UnitClerk, false)?;
            person("head", "李四", Role::UnitHead, false)?;
            person("newcomer", "郑新", Role::UnitClerk, true)
        });
        made.unwrap();
        Self { t }
    }

    pub(super) fn security(&self) -> Client<'_> {
        self.t.member("安全员", vec![whole_city(Role::SecurityAdmin)])
    }

    /// Somebody who has signed in with their password.
    pub(super) fn signed_in(&self, login: &str) -> Client<'_> {
        let client = self.t.public();
        client.submit("/sign-in", "/sign-in", &[("login", login), ("password", PASSWORD)]).expect(303);
        client
    }

    /// Enters a program by the form; its number and its secret.
    pub(super) fn program(&self, more: &[(&str, &str)]) -> (String, String) {
        let mut fields = vec![
            ("signon_name", "城市大脑"),
            ("signon_purpose", "指挥中心看板"),
            ("signon_redirects", BACK),
            ("signon_scopes", "profile"),
            ("signon_scopes", "units"),
        ];
        fields.extend(more);
        let page = self.security().submit("/admin/programs/new", "/admin/programs", &fields).expect(200);
        let part = |from: &str, text: &str| {
            let at = text.find(from).map_or_else(|| panic!("{from}: {text}"), |at| at + from.len());
            text[at..].split('<').next().unwrap().trim().to_owned()
        };
        (part("<dd class=\"mono\">", page.text()), part("id=\"once\" tabindex=\"0\">", page.text()))
    }

    /// Where the program sends a browser.
    pub(super) fn way(program: &str, more: &str) -> String {
        let back = web::ui::encode(BACK);
        format!(
            "/connect/authorize?response_type=code&client_id={program}&redirect_uri={back}&scope=openid+profile+units\
             &state=s1&nonce=n1&code_challenge={}&code_challenge_method=S256{more}",
            challenge()
        )
    }

    /// What the browser brings back to the program.
    pub(super) fn brought(page: &Page) -> Vec<(String, String)> {
        let to = page.location().or_else(|| {
            let refresh = page.header("refresh").to_owned();
            refresh.split_once("url=").map(|(_, to)| to.to_owned())
        });
        let to = url::Url::parse(&to.unwrap_or_else(|| panic!("nowhere: {}", page.text()))).unwrap();
        assert!(to.as_str().starts_with(BACK), "{to}");
        to.query_pairs().into_owned().collect()
    }

    pub(super) fn part(brought: &[(String, String)], name: &str) -> String {
        brought.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default()
    }

    /// The program exchanges a code.
    pub(super) fn exchange(&self, (program, secret): (&str, &str), more: &[(&str, &str)]) -> Page {
        let mut fields =
            vec![("grant_type", "authorization_code"), ("redirect_uri", BACK), ("code_verifier", VERIFIER)];
        fields.retain(|(name, _)| !more.iter().any(|(n, _)| n == name));
        fields.extend(more);
        let body: Vec<_> = fields.iter().map(|(n, v)| format!("{n}={}", web::ui::encode(v))).collect();
        let basic = format!("Basic {}", BASE64_STANDARD.encode(format!("{program}:{secret}")));
        let mut headers = vec![("content-type", "application/x-www-form-urlencoded")];
        if !secret.is_empty() {
            headers.push(("authorization", basic.as_str()));
        }
        self.t.public().send(axum::http::Method::POST, "/connect/token", &headers, body.join("&").into())
    }

    pub(super) fn who(&self, access: &str) -> Page {
        let bearer = format!("Bearer {access}");
        let headers = [("authorization", bearer.as_str())];
        self.t.public().send(
            axum::http::Method::GET,
            "/connect/userinfo",
            &headers,
            axum::body::Body::empty(),
        )
    }

    /// The claims of an ID token. Whether its signature is right is for programs nobody here wrote.
    pub(super) fn claims(token: &str) -> Value {
        serde_json::from_slice(&B64.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap()
    }
}
