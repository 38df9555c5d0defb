//! Sessions: listed, ended, and of no use to whoever copied or planted one.

use crate::browser::{Browser, MIGRATIONS, PASSWORD, town};
use axum::http::StatusCode;
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS;
    a_copied_session_ends_with_the_session,
    a_planted_session_does_not_survive_signing_in,
    administrators_see_and_end_sessions,
);

const CHROME: &str = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0";

fn signed_in(app: &web::App, login: &str, language: &str) -> Browser {
    let mut browser = Browser::new(app, language);
    assert_eq!(browser.sign_in(login).to, "/");
    browser
}

/// A browser with the cookies of another.
fn copy(app: &web::App, of: &Browser) -> Browser {
    let mut thief = Browser::new(app, "zh-CN");
    thief.cookies.clone_from(&of.cookies);
    thief
}

fn a_copied_session_ends_with_the_session(t: &TestDb) {
    let app = town(t);
    let mut head = signed_in(&app, "head", "zh-CN");
    let mut thief = copy(&app, &head);
    assert_eq!(thief.get("/me").status, StatusCode::OK, "as long as it lasts, a session is whoever holds it");
    head.post("/me", "/sign-out", &[]);
    assert_eq!(thief.get("/me").to, "/sign-in?back=%2Fme");

    // likewise when it is ended from another place
    let mut first = signed_in(&app, "head", "zh-CN");
    let mut second = signed_in(&app, "head", "zh-CN");
    let mut thief = copy(&app, &first);
    assert_eq!(second.post("/me", "/me/sessions/others/end", &[]).to, "/me");
    assert_eq!(thief.get("/me").status, StatusCode::SEE_OTHER);
    assert_eq!(first.get("/me").status, StatusCode::SEE_OTHER);
    assert_eq!(second.get("/me").status, StatusCode::OK);
}

fn a_planted_session_does_not_survive_signing_in(t: &TestDb) {
    let app = town(t);
    let planted = "abcdefghjkmnpqrstuvwxyz234";
    let mut victim = Browser::new(&app, "zh-CN");
    victim.cookies.push(("session".into(), planted.into()));
    assert_eq!(victim.sign_in("head").to, "/");
    let now: Vec<&String> = victim.cookies.iter().filter(|(n, _)| n == "session").map(|(_, v)| v).collect();
    assert!(now.len() == 1 && now[0] != planted, "{now:?}");
    let mut attacker = Browser::new(&app, "zh-CN");
    attacker.cookies.push(("session".into(), planted.into()));
    assert_eq!(attacker.get("/me").status, StatusCode::SEE_OTHER);

    // nor does a real one of the attacker's own become the victim's
    let mut attacker = signed_in(&app, "auditor", "zh-CN");
    let theirs = attacker.cookies.iter().find(|(n, _)| n == "session").unwrap().1.clone();
    let mut victim = Browser::new(&app, "zh-CN");
    victim.cookies.push(("session".into(), theirs));
    // the sign-in page leads on, as somebody is signed in; its form works all the same
    let form = victim.get("/me").text;
    let csrf = form.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let sent = victim.send_form("/sign-in", &[("login", "head"), ("password", PASSWORD), ("csrf", &csrf)]);
    assert_eq!(sent.to, "/");
    assert!(victim.get("/me").text.contains("李四"));
    // the session that the browser had ends with it, and the attacker gained nothing
    assert_eq!(attacker.get("/me").status, StatusCode::SEE_OTHER);
}

fn administrators_see_and_end_sessions(t: &TestDb) {
    let app = town(t);
    let mut head = Browser::new(&app, "zh-CN");
    CHROME.clone_into(&mut head.agent);
    head.sign_in("head");
    let own = head.get("/me").text;
    assert!(own.contains("Chrome · Linux") && own.contains("登录方式") && own.contains("本机"), "{own}");

    let mut auditor = signed_in(&app, "auditor", "en");
    let seen = auditor.get("/admin/accounts/head").text;
    assert!(seen.contains("Chrome · Linux") && !seen.contains("/sessions/end"), "the auditor only looks");
    let path = "/admin/accounts/head/sessions/end";
    assert_eq!(auditor.post("/me", path, &[]).status, StatusCode::FORBIDDEN);
    assert_eq!(head.post("/me", path, &[]).status, StatusCode::FORBIDDEN);

    let mut security = signed_in(&app, "security", "en");
    assert_eq!(security.post("/admin/accounts/head", path, &[]).to, "/admin/accounts/head");
    assert_eq!(head.get("/me").status, StatusCode::SEE_OTHER);
    assert!(security.get("/admin/accounts/head").text.contains("Not signed in anywhere."));

    head.sign_in("head");
    let mut system = signed_in(&app, "system", "zh-CN");
    let page = system.get("/admin/accounts/head").text;
    let one = page.split("action=\"").filter_map(|s| s.split('"').next());
    let one = one.filter(|a| a.contains("/sessions/")).find(|a| *a != path).unwrap().to_owned();
    assert_eq!(system.post("/admin/accounts/head", &one, &[]).to, "/admin/accounts/head");
    assert_eq!(head.get("/me").status, StatusCode::SEE_OTHER);
    let log = auditor.get("/admin/audit?area=account").text;
    assert!(log.contains("signed 李四 (head) out at all 1 places"), "{log}");
}
