//! The pages as browsers see them: signing in, forms that come back filled, every page in both languages.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use kernel::policy::Role;
use people::{UnitRow, setup};
use std::sync::LazyLock;
use testkit::TestDb;
use tower::ServiceExt;
use web::{App, City};

const PASSWORD: &str = "bicycle 47 lantern";
static HASH: LazyLock<String> = LazyLock::new(|| people::password::hash(PASSWORD).unwrap());

const MIGRATIONS: &[store::Migration] = &{
    const WEB: &[store::Migration] = web::MIGRATIONS;
    let mut all = [people::MIGRATIONS[0]; WEB.len() + people::MIGRATIONS.len()];
    let mut n = 0;
    while n < all.len() {
        all[n] = if n < WEB.len() { WEB[n] } else { people::MIGRATIONS[n - WEB.len()] };
        n += 1;
    }
    all
};

static RUNTIME: LazyLock<tokio::runtime::Runtime> = LazyLock::new(|| tokio::runtime::Runtime::new().unwrap());

testkit::both_engines!(MIGRATIONS;
    signing_in_leads_to_the_page_that_was_wanted,
    every_page_is_written_in_both_languages,
    units_and_accounts_are_kept_through_forms,
    a_program_asks_with_its_key,
    a_person_keeps_their_own_account,
);

/// A browser with its cookies.
struct Browser {
    router: axum::Router,
    cookies: Vec<(String, String)>,
}

struct Page {
    status: StatusCode,
    to: String,
    text: String,
}

impl Browser {
    fn new(app: &App, language: &str) -> Self {
        Self { router: web::router(app), cookies: vec![("cc_lang".into(), language.into())] }
    }

    fn send(&mut self, request: axum::http::request::Builder, body: String) -> Page {
        let cookies: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let request = request.header(header::HOST, "localhost").header(header::COOKIE, cookies.join("; "));
        let request = request.body(Body::from(body)).unwrap();
        let response = RUNTIME.block_on(self.router.clone().oneshot(request)).unwrap();
        for set in response.headers().get_all(header::SET_COOKIE) {
            let (name, rest) = set.to_str().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(n, _)| n != name);
            let value = rest.split(';').next().unwrap();
            if !rest.contains("Max-Age=0") {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        let status = response.status();
        let to = response.headers().get(header::LOCATION).map_or("", |h| h.to_str().unwrap()).to_owned();
        let bytes = RUNTIME.block_on(response.into_body().collect()).unwrap().to_bytes();
        Page { status, to, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path), String::new())
    }

    /// Fills in the form of a page and sends it to `path`.
    fn post(&mut self, from: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.get(from).text;
        let hidden = |name: &str| {
            let at = page.find(&format!("name=\"{name}\" value=\""))?;
            page[at..].split('"').nth(3).map(str::to_owned)
        };
        let mut pairs: Vec<(String, String)> =
            fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        for name in ["csrf", "version"] {
            if let Some(value) = hidden(name) {
                pairs.push((name.to_owned(), value));
            }
        }
        let body: Vec<String> =
            pairs.iter().map(|(n, v)| format!("{}={}", web::ui::encode(n), web::ui::encode(v))).collect();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, body.join("&"))
    }

    fn sign_in(&mut self, login: &str) -> Page {
        self.post("/sign-in", "/sign-in", &[("login", login), ("password", PASSWORD)])
    }
}

fn town(t: &TestDb) -> App {
    let ctx = t.ctx_system();
    let ctx_in = ctx.clone();
    t.db.write_now(&ctx, move |tx| {
        let ctx = &ctx_in;
        people::settings::ADMINISTRATORS_NEED_FACTOR.set(tx, ctx, &false)?;
        let root = setup::root(tx, ctx, "嘉峪关市")?;
        let bureau = setup::unit(tx, ctx, &root, "市教育局", "教育局", "bureau")?;
        setup::unit(tx, ctx, &bureau, "明珠小学", "", "school")?;
        let mut person = |unit: &UnitRow, login: &str, name: &str, roles: &[(Role, &UnitRow)]| {
            setup::person(tx, ctx, unit, login, name, HASH.clone(), false, roles)
        };
        person(&root, "system", "赵一", &[(Role::SystemAdmin, &root)])?;
        person(&root, "security", "钱二", &[(Role::SecurityAdmin, &root)])?;
        person(&root, "auditor", "孙三", &[(Role::Auditor, &root)])?;
        person(&bureau, "head", "李四", &[(Role::UnitHead, &bureau)]).map(drop)
    })
    .unwrap();
    let app = App::new(
        vec![people::feature()],
        Box::new(people::Recogniser::default()),
        web::app::Settings::default(),
    )
    .unwrap();
    app.add_city(City::new(t.city.clone(), "嘉峪关市", t.db.clone()));
    app
}

fn signing_in_leads_to_the_page_that_was_wanted(t: &TestDb) {
    let app = town(t);
    let mut browser = Browser::new(&app, "zh-CN");
    let sent = browser.get("/units?kind=school");
    assert_eq!(
        (sent.status, sent.to.as_str()),
        (StatusCode::SEE_OTHER, "/sign-in?back=%2Funits%3Fkind%3Dschool")
    );

    let wrong = browser.post("/sign-in", "/sign-in", &[("login", "head"), ("password", "wrong")]);
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("登录名或密码不对") && wrong.text.contains("value=\"head\""));
    assert!(!wrong.text.contains("value=\"wrong\""), "passwords do not come back");

    let fields = [("login", "head"), ("password", PASSWORD), ("back", "/units?kind=school")];
    let right = browser.post("/sign-in", "/sign-in", &fields);
    assert_eq!(right.to, "/units?kind=school");
    assert!(browser.get("/units?kind=school").text.contains("明珠小学"));
    let out = browser.post("/me", "/sign-out", &[]);
    assert_eq!(out.to, "/sign-in?left=1");
    assert_eq!(browser.get("/me").status, StatusCode::SEE_OTHER);

    let outside = [("login", "head"), ("password", PASSWORD), ("back", "//evil.example")];
    assert_eq!(browser.post("/sign-in", "/sign-in", &outside).to, "/");
    let forged = browser.send(Request::post("/sign-out"), "csrf=forged".to_owned());
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
}

fn every_page_is_written_in_both_languages(t: &TestDb) {
    let app = town(t);
    let pages: [(&str, &[&str]); 4] = [
        (
            "system",
            &[
                "/units",
                "/units/new",
                "/units/U-0003",
                "/units/U-0002/edit",
                "/units/U-0002/parent",
                "/units/U-0002/closure",
                "/units/U-0002/merger",
                "/admin/accounts",
                "/admin/accounts/new",
                "/admin/accounts/head",
                "/admin/accounts/head/edit",
                "/admin/accounts/head/state?move=lock",
                "/admin/accounts/head/state?move=close",
                "/admin/accounts?q=nobody",
            ],
        ),
        (
            "security",
            &["/admin/roles", "/admin/roles/new?person=head", "/admin/roles?past=1", "/admin/accounts/head"],
        ),
        (
            "auditor",
            &["/admin/audit", "/admin/audit?area=account", "/admin/audit?person=nobody", "/admin/roles"],
        ),
        (
            "head",
            &[
                "/me",
                "/me/profile",
                "/me/password",
                "/me/second-factor",
                "/me/second-factor/removal",
                "/me/keys/new",
                "/me/lending/new",
                "/units/U-0003/contact",
                "/units?q=nothing",
                "/admin/accounts",
            ],
        ),
    ];
    for language in ["zh-CN", "en"] {
        for (login, paths) in pages {
            let mut browser = Browser::new(&app, language);
            for path in ["/sign-in", "/sign-in/second-factor"] {
                let page = browser.get(path);
                assert!(page.status == StatusCode::OK && !page.text.contains('⟦'), "{path}");
                assert!(!page.text.contains("sidenav"), "{path}: the staff's shell before the sign-in");
            }
            assert_eq!(browser.sign_in(login).to, "/");
            for path in paths {
                let page = browser.get(path);
                assert_eq!(page.status, StatusCode::OK, "{login} {path}: {}", page.text);
                let missing =
                    page.text.find('⟦').map(|at| page.text[at..].chars().take(60).collect::<String>());
                assert_eq!(missing, None, "{language} {path}");
                assert!(
                    !page.text.contains(" style="),
                    "{path}: the security policy refuses style attributes"
                );
            }
        }
    }
}

fn units_and_accounts_are_kept_through_forms(t: &TestDb) {
    let app = town(t);
    let mut system = Browser::new(&app, "zh-CN");
    system.sign_in("system");
    let bad = [
        ("unit_parent", "U-0001"),
        ("unit_name", "新华街道"),
        ("unit_kind", "street_office"),
        ("credit_code", "123"),
    ];
    let again = system.post("/units/new", "/units", &bad);
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains("value=\"新华街道\"") && again.text.contains("不是有效的统一社会信用代码"));
    assert!(again.text.contains("<option value=\"street_office\" selected>"));
    let made = system.post("/units/new", "/units", &bad[..3]);
    assert_eq!(made.to, "/units/U-0004");
    let page = system.get("/units/U-0004").text;
    assert!(page.contains("已新建新华街道") && page.contains("系统") | page.contains("赵一"), "{page}");
    let moved = system.post("/units/U-0004/parent", "/units/U-0004/parent", &[("unit_parent", "U-0002")]);
    assert_eq!(moved.to, "/units/U-0004");
    let circle = system.post("/units/U-0002/parent", "/units/U-0002/parent", &[("unit_parent", "U-0004")]);
    assert!(circle.text.contains("不能放到自己或自己的下级里"));

    let fields = [
        ("login", "wu.liu"),
        ("person_name", "吴六"),
        ("account_unit", "U-0004"),
        ("person_phone", "138 1234 1234"),
    ];
    let told = system.post("/admin/accounts/new", "/admin/accounts", &fields);
    assert!(told.status == StatusCode::OK && told.text.contains("只显示这一次"));
    let edited = [("person_name", "吴六六"), ("account_unit", "U-0002")];
    let saved = system.post("/admin/accounts/wu.liu/edit", "/admin/accounts/wu.liu", &edited);
    assert_eq!(saved.to, "/admin/accounts/wu.liu");
    assert!(system.get("/admin/accounts/wu.liu").text.contains("吴六六"));

    let csv = system.get("/units?format=csv").text;
    assert!(csv.contains("U-0004,新华街道,,街道办事处,U-0002"), "{csv}");
    let grant = [("grant_person", "wu.liu"), ("grant_role", "unit-clerk"), ("grant_unit", "U-0004")];
    assert_eq!(system.post("/admin/accounts/new", "/admin/roles", &grant).status, StatusCode::FORBIDDEN);

    let mut security = Browser::new(&app, "en");
    security.sign_in("security");
    assert_eq!(security.post("/admin/roles/new", "/admin/roles", &grant).to, "/admin/roles");
    let page = security.get("/admin/roles").text;
    assert!(page.contains("unit clerk") && page.contains("Granted to 吴六六"));
    let own = [("grant_person", "security"), ("grant_role", "office"), ("grant_unit", "U-0001")];
    let refused = security.post("/admin/roles/new", "/admin/roles", &own);
    assert!(refused.status == StatusCode::CONFLICT && refused.text.contains("cannot grant to themselves"));
    assert_eq!(security.get("/units/new").status, StatusCode::FORBIDDEN);
    assert_eq!(security.get("/admin/audit").status, StatusCode::FORBIDDEN);

    let mut auditor = Browser::new(&app, "zh-CN");
    auditor.sign_in("auditor");
    let log = auditor.get("/admin/audit").text;
    assert!(log.contains("钱二 授予吴六六（wu.liu）在新华街道的单位经办人角色，自"), "{log}");
    assert_eq!(auditor.post("/admin/audit", "/admin/audit/verification", &[]).to, "/admin/audit");
    assert!(auditor.get("/admin/audit").text.contains("日志链完整"));
}

fn a_program_asks_with_its_key(t: &TestDb) {
    let app = town(t);
    let mut head = Browser::new(&app, "en");
    head.sign_in("head");
    let page = head
        .post("/me/keys/new", "/me/keys", &[("key_name", "stats"), ("key_scope", "read"), ("key_days", "30")])
        .text;
    let at = page.find("cc_").unwrap();
    let key: String = page[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    let mut program = Browser::new(&app, "en");
    let bearer = |path: &str| Request::get(path).header(header::AUTHORIZATION, format!("Bearer {key}"));
    let me: serde_json::Value =
        serde_json::from_str(&program.send(bearer("/api/v1/me"), String::new()).text).unwrap();
    assert_eq!(me["login"], "head");
    assert_eq!(me["grants"][0]["unit"], "U-0002");
    let units = program.send(bearer("/api/v1/units?kind=school"), String::new()).text;
    let units: serde_json::Value = serde_json::from_str(&units).unwrap();
    assert_eq!(
        (units["items"][0]["code"].as_str(), units["items"][0]["parent"].as_str()),
        (Some("U-0003"), Some("U-0002"))
    );
    assert_eq!(program.send(bearer("/api/v1/units/U-9999"), String::new()).status, StatusCode::NOT_FOUND);
    assert_eq!(program.get("/api/v1/me").status, StatusCode::UNAUTHORIZED);
    let text = program.get("/api/v1/openapi.json").text;
    assert!(text.contains("/api/v1/units/{code}"));
}

fn a_person_keeps_their_own_account(t: &TestDb) {
    let app = town(t);
    let mut head = Browser::new(&app, "zh-CN");
    head.sign_in("head");
    let new = "a quiet river at noon";
    let wrong = [("old_password", "wrong"), ("new_password", new), ("new_password_again", new)];
    assert!(head.post("/me/password", "/me/password", &wrong).text.contains("密码不对"));
    let differ = [("old_password", PASSWORD), ("new_password", new), ("new_password_again", "x")];
    assert!(head.post("/me/password", "/me/password", &differ).text.contains("两次输入不一样"));
    let right = [("old_password", PASSWORD), ("new_password", new), ("new_password_again", new)];
    assert_eq!(head.post("/me/password", "/me/password", &right).to, "/me");
    let profile =
        [("person_phone", "0937-6226666"), ("person_mail", "li@example.cn"), ("own_language", "en")];
    assert_eq!(head.post("/me/profile", "/me/profile", &profile).to, "/me");
    assert!(head.get("/me").text.contains("How you are reached"), "the language is chosen with the profile");

    head.post("/me/second-factor", "/me/second-factor/beginning", &[]);
    let page = head.get("/me/second-factor").text;
    assert!(page.contains("<svg") && page.contains("name=\"factor_code\""));
    let wrong = head.post("/me/second-factor", "/me/second-factor", &[("factor_code", "000000")]);
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let lend = [
        ("borrower", "nobody"),
        ("first_day", "2026-03-06"),
        ("last_day", "2026-03-07"),
        ("act_reason", "leave"),
    ];
    assert!(head.post("/me/lending/new", "/me/lending", &lend).text.contains("there is no such login"));
}
