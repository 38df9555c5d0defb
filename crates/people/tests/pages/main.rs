//! The pages as browsers see them: signing in, forms that come back filled, every page in both languages.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod authenticators;
mod browser;
mod pretended;
mod provider;
mod provider_settings;
mod sessions;
mod soft;

use axum::http::{Request, StatusCode, header};
use browser::{Browser, MIGRATIONS, PASSWORD, town};
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS;
    signing_in_leads_to_the_page_that_was_wanted,
    every_page_is_written_in_both_languages,
    units_and_accounts_are_kept_through_forms,
    a_program_asks_with_its_key,
    a_person_keeps_their_own_account,
);

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
                "/admin/sign-in",
                "/admin/sign-in/identities",
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
