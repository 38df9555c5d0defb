//! The way in, and everything that must not be one.

use super::world::{BACK, ISSUER, PASSWORD, World, told};
use kernel::time::{HOUR, MINUTE, SECOND};
use testkit::Page;
use web::Form;

told!(
    somebody_agrees_once_and_is_known_from_then_on,
    who_says_no_is_not_told_of,
    nobody_is_sent_where_the_program_did_not_say,
    what_a_program_asks_wrongly_is_said_to_it,
    a_code_is_good_once_for_one_program_and_a_minute,
    two_who_bring_one_code_at_once_get_one_answer,
    who_owes_a_password_does_not_come_in,
    a_program_may_want_nothing_shown,
    whoever_has_to_signs_in_once_more,
    what_is_told_ends_with_the_token_the_account_and_the_consent,
    a_program_on_ones_own_machine_keeps_no_secret,
);

/// A code for a person who agrees if asked.
fn code(client: &testkit::Client<'_>, program: &str) -> String {
    let way = World::way(program, "");
    let page = client.get(&way);
    let back =
        if page.status == 200 { client.submit(&way, "/connect/consent", &[("agree", "1")]) } else { page };
    World::part(&World::brought(&back), "code")
}

fn error(page: &Page) -> String {
    page.json()["error"].as_str().unwrap().to_owned()
}

fn somebody_agrees_once_and_is_known_from_then_on(w: &World) {
    let (program, secret) = w.program(&[]);
    let way = World::way(&program, "");
    // not signed in: first the form, then back to the question
    let stranger = w.t.public();
    let to = stranger.get(&way).expect(303).location().unwrap();
    assert!(to.starts_with("/sign-in?back=%2Fconnect%2Fauthorize"), "{to}");
    let clerk = w.signed_in("clerk");
    let page = clerk.get(&way).expect(200);
    assert!(page.has("城市大脑想知道您是谁") && page.has("指挥中心看板") && page.has("您的姓名"));
    assert!(page.has("brain.example.cn"));
    let leaving = clerk.submit(&way, "/connect/consent", &[("agree", "1")]).expect(200);
    let brought = World::brought(&leaving);
    assert_eq!((World::part(&brought, "state"), World::part(&brought, "iss")), ("s1".into(), ISSUER.into()));
    let given = w.exchange((&program, &secret), &[("code", &World::part(&brought, "code"))]).expect(200);
    assert_eq!(given.header("cache-control"), "no-store");
    let given = given.json();
    assert_eq!((given["token_type"].as_str(), given["expires_in"].as_i64()), (Some("Bearer"), Some(600)));
    let claims = World::claims(given["id_token"].as_str().unwrap());
    assert_eq!((claims["iss"].as_str(), claims["aud"].as_str()), (Some(ISSUER), Some(program.as_str())));
    assert_eq!(claims["nonce"], "n1");
    assert!(claims.get("name").is_none(), "names are asked for, not carried about");
    let told = w.who(given["access_token"].as_str().unwrap()).expect(200).json();
    assert_eq!((told["name"].as_str(), &told["sub"]), (Some("周五"), &claims["sub"]));
    assert_eq!(told["units"][0]["name"], "市教育局");
    assert_eq!(told["units"][0]["roles"][0], "unit-clerk");
    // the second time nobody is asked
    let again = clerk.get(&way).expect(303);
    let code = World::part(&World::brought(&again), "code");
    let second = w.exchange((&program, &secret), &[("code", &code)]).expect(200).json();
    assert_eq!(World::claims(second["id_token"].as_str().unwrap())["sub"], claims["sub"]);
    // another program knows them by another name
    let (other, its) = w.program(&[]);
    let code = self::code(&clerk, &other);
    let third = w.exchange((&other, &its), &[("code", &code)]).expect(200).json();
    assert_ne!(World::claims(third["id_token"].as_str().unwrap())["sub"], claims["sub"]);
    // it stands in the log, by whom
    let page = w.security().get(&format!("/admin/programs/{program}")).expect(200);
    assert!(page.has("周五") && page.has("已登录"));
}

fn who_says_no_is_not_told_of(w: &World) {
    let (program, _) = w.program(&[]);
    let (clerk, way) = (w.signed_in("clerk"), World::way(&program, ""));
    let back = clerk.submit(&way, "/connect/consent", &[("agree", "")]).expect(200);
    let brought = World::brought(&back);
    assert_eq!(World::part(&brought, "error"), "access_denied");
    assert!(World::part(&brought, "code").is_empty());
    clerk.get(&way).expect(200);
    assert!(clerk.get("/me/programs").expect(200).has("您还没有同意过"));
    // an answer that no form of ours has sent
    clerk.post("/connect/consent", &[("asked", "x=1"), ("agree", "1")]).expect(403);
}

fn nobody_is_sent_where_the_program_did_not_say(w: &World) {
    let (program, _) = w.program(&[]);
    let clerk = w.signed_in("clerk");
    let evil = web::ui::encode("https://evil.example/back");
    let back = web::ui::encode(BACK);
    for (way, why) in [
        (World::way("SP-9999", ""), "没有这个编号"),
        (World::way(&program, "").replace(&back, &evil), "没有在本市登记"),
        (World::way(&program, "").replace(&back, &format!("{back}%2Fmore")), "没有在本市登记"),
        (World::way(&program, &format!("&redirect_uri={back}")), "没有在本市登记"),
        (World::way(&program, "&client_id=SP-0001"), "没有这个编号"),
        ("/connect/authorize".to_owned(), "没有这个编号"),
    ] {
        let page = clerk.get(&way).expect(400);
        assert!(page.has(why) && page.location().is_none(), "{way}");
    }
    // stopped
    let at = format!("/admin/programs/{program}/stop");
    w.security().submit(&at, &at, &[]).expect(303);
    assert!(clerk.get(&World::way(&program, "")).expect(400).has("已停用"));
}

fn what_a_program_asks_wrongly_is_said_to_it(w: &World) {
    let (program, _) = w.program(&[]);
    let way = World::way(&program, "");
    // said before anybody has to sign in
    let stranger = w.t.public();
    for (from, to, code) in [
        ("response_type=code", "response_type=token", "unsupported_response_type"),
        ("scope=openid+profile", "scope=profile", "invalid_scope"),
        ("code_challenge_method=S256", "code_challenge_method=plain", "invalid_request"),
        ("nonce=n1", "nonce=n1&nonce=n2", "invalid_request"),
        ("nonce=n1", "request=abc", "request_not_supported"),
    ] {
        let brought = World::brought(&stranger.get(&way.replace(from, to)).expect(303));
        assert_eq!(World::part(&brought, "error"), code, "{to}");
        assert_eq!(World::part(&brought, "state"), "s1");
    }
}

fn a_code_is_good_once_for_one_program_and_a_minute(w: &World) {
    let ((program, secret), clerk) = (w.program(&[]), w.signed_in("clerk"));
    let (other, its) = w.program(&[]);
    let me = (program.as_str(), secret.as_str());
    // without the right secret nothing is looked at
    let fresh = code(&clerk, &program);
    for who in [(program.as_str(), "wrong"), ("SP-9999", secret.as_str()), (program.as_str(), its.as_str())] {
        assert_eq!(error(&w.exchange(who, &[("code", &fresh)]).expect(401)), "invalid_client");
    }
    assert_eq!(error(&w.exchange((&other, &its), &[("code", &fresh)]).expect(400)), "invalid_grant");
    let given = w.exchange(me, &[("code", &fresh)]).expect(200).json();
    let access = given["access_token"].as_str().unwrap();
    w.who(access).expect(200);
    // a second time: one of the two has stolen it, so neither keeps anything
    assert_eq!(error(&w.exchange(me, &[("code", &fresh)]).expect(400)), "invalid_grant");
    w.who(access).expect(401);
    for (name, value) in [
        ("code_verifier", "another-word-that-is-long-enough-to-be-one-43"),
        ("redirect_uri", "https://brain.example.cn/other"),
    ] {
        let code = code(&clerk, &program);
        assert_eq!(error(&w.exchange(me, &[("code", &code), (name, value)]).expect(400)), "invalid_grant");
        // nobody may go on trying
        assert_eq!(error(&w.exchange(me, &[("code", &code)]).expect(400)), "invalid_grant", "{name}");
    }
    let late = code(&clerk, &program);
    w.t.advance(MINUTE);
    assert_eq!(error(&w.exchange(me, &[("code", &late)]).expect(400)), "invalid_grant");
    assert_eq!(error(&w.exchange(me, &[("code", "nonsense")]).expect(400)), "invalid_grant");
    let wrong = w.exchange(me, &[("grant_type", "password"), ("code", "x")]).expect(400);
    assert_eq!(error(&wrong), "unsupported_grant_type");
    let twice = w.exchange(me, &[("code", "x"), ("code", "y")]).expect(400);
    assert_eq!(error(&twice), "invalid_request");
}

fn two_who_bring_one_code_at_once_get_one_answer(w: &World) {
    let ((program, secret), clerk) = (w.program(&[]), w.signed_in("clerk"));
    let code = code(&clerk, &program);
    let bring = || w.exchange((&program, &secret), &[("code", &code)]).status;
    let mut answers: Vec<u16> = std::thread::scope(|scope| {
        let bringing: Vec<_> = (0..4).map(|_| scope.spawn(bring)).collect();
        bringing.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    answers.sort_unstable();
    assert_eq!(answers, [200, 400, 400, 400]);
}

fn who_owes_a_password_does_not_come_in(w: &World) {
    let (program, _) = w.program(&[]);
    let new = w.signed_in("newcomer");
    assert_eq!(new.get(&World::way(&program, "")).expect(303).location().as_deref(), Some("/me/password"));
    let silent = new.get(&World::way(&program, "&prompt=none")).expect(303);
    assert_eq!(World::part(&World::brought(&silent), "error"), "interaction_required");
    // nor by the answer to a question that was never asked
    let way = World::way(&program, "");
    let token = new.get("/me").csrf();
    let query = way.split_once('?').unwrap().1;
    let page = new.post("/connect/consent", &[("csrf", &token), ("asked", query), ("agree", "1")]);
    assert!(page.header("refresh").is_empty() && page.location().is_none_or(|to| !to.contains("code=")));
}

fn a_program_may_want_nothing_shown(w: &World) {
    let (program, _) = w.program(&[]);
    let silent = World::way(&program, "&prompt=none");
    let said = |page: Page| World::part(&World::brought(&page), "error");
    assert_eq!(said(w.t.public().get(&silent)), "login_required");
    let clerk = w.signed_in("clerk");
    assert_eq!(said(clerk.get(&silent)), "consent_required");
    code(&clerk, &program);
    assert!(said(clerk.get(&silent)).is_empty());
    // consent again, though it was given
    clerk.get(&World::way(&program, "&prompt=consent")).expect(200);
    w.t.advance(HOUR);
    assert!(said(clerk.get(&World::way(&program, "&max_age=7200"))).is_empty());
    assert_eq!(said(clerk.get(&World::way(&program, "&max_age=60&prompt=none"))), "login_required");
}

fn whoever_has_to_signs_in_once_more(w: &World) {
    let (program, _) = w.program(&[]);
    let clerk = w.signed_in("clerk");
    code(&clerk, &program);
    let got = |page: Page| !World::part(&World::brought(&page), "code").is_empty();
    for more in ["&prompt=login", "&max_age=0"] {
        w.t.advance(HOUR);
        let way = World::way(&program, more);
        let former = clerk.cookie("session").unwrap();
        let form = clerk.get(&way).expect(303).location().unwrap();
        assert!(form.starts_with("/sign-in?again=1&back="), "{form}");
        let page = clerk.get(&form).expect(200);
        assert!(page.text().contains("再登录一次"), "{}", page.text());
        let back = Form::from_query(form.split_once('?').unwrap().1).unwrap().text("back").to_owned();
        // the note does nothing for the session that was there, nor another's note for this city
        clerk.get(&back).expect(303);
        clerk.get(&format!("{way}&again=1.deadbeef")).expect(303);
        // a wrong password keeps the old session and asks again
        let wrong = [("login", "clerk"), ("password", "wrong"), ("back", back.as_str())];
        clerk.submit(&form, "/sign-in", &wrong).expect(422);
        assert_eq!(clerk.cookie("session").as_deref(), Some(former.as_str()));
        w.t.advance(MINUTE);
        let right = [("login", "clerk"), ("password", PASSWORD), ("back", back.as_str())];
        let to = clerk.submit(&form, "/sign-in", &right).expect(303).location().unwrap();
        assert_eq!(to, back);
        assert!(got(clerk.get(&to)), "{more}");
        // the former session is nobody's now
        let old = w.t.public();
        old.set_cookie("session", &former);
        old.get("/me").expect(303);
        // after ten minutes the note is old
        w.t.advance(11 * MINUTE);
        clerk.get(&back).expect(303);
    }
    // a stranger signs in once, not twice
    let stranger = w.t.public();
    let form = stranger.get(&World::way(&program, "&prompt=login")).expect(303).location().unwrap();
    let back = Form::from_query(form.split_once('?').unwrap().1).unwrap().text("back").to_owned();
    let right = [("login", "clerk"), ("password", PASSWORD), ("back", back.as_str())];
    assert_eq!(stranger.submit(&form, "/sign-in", &right).expect(303).location().unwrap(), back);
    assert!(got(stranger.get(&back)));
    // who takes too long to agree signs in again, and is asked then
    clerk.submit("/me/programs", &format!("/me/programs/{program}/withdrawal"), &[]).expect(303);
    let way = World::way(&program, "&max_age=3600");
    let page = clerk.get(&way).expect(200);
    w.t.advance(2 * HOUR);
    let query = way.split_once('?').unwrap().1;
    let late = clerk.post("/connect/consent", &[("csrf", &page.csrf()), ("asked", query), ("agree", "1")]);
    assert!(late.expect(303).location().unwrap().starts_with("/sign-in?again=1"));
}

fn what_is_told_ends_with_the_token_the_account_and_the_consent(w: &World) {
    let (program, secret) = w.program(&[]);
    let token = |client: &testkit::Client<'_>| {
        let code = code(client, &program);
        let given = w.exchange((&program, &secret), &[("code", &code)]).expect(200).json();
        given["access_token"].as_str().unwrap().to_owned()
    };
    let (clerk, head) = (w.signed_in("clerk"), w.signed_in("head"));
    let (of_clerk, of_head) = (token(&clerk), token(&head));
    w.who(&of_clerk).expect(200);
    clerk.submit("/me/programs", &format!("/me/programs/{program}/withdrawal"), &[]).expect(303);
    w.who(&of_clerk).expect(401);
    w.who(&of_head).expect(200);
    clerk.get(&World::way(&program, "")).expect(200);
    clerk.submit("/inbox", &format!("/me/programs/{program}/withdrawal"), &[]).expect(404);
    // an account that is locked
    store::db::tamper(&w.t.test.location, "update account set state = 'locked' where login = 'head'")
        .unwrap();
    w.who(&of_head).expect(401);
    store::db::tamper(&w.t.test.location, "update account set state = 'active' where login = 'head'")
        .unwrap();
    w.who(&of_head).expect(200);
    w.t.advance(10 * MINUTE + SECOND);
    w.who(&of_head).expect(401);
    for nonsense in ["", "x", "SP-0001"] {
        w.who(nonsense).expect(401);
    }
    // neither is a key of a person's one
    w.who(&head.cookie("session").unwrap()).expect(401);
    // nor what a program got one of a person's
    let bearer = format!("Bearer {}", token(&head));
    let headers = [("authorization", bearer.as_str())];
    w.t.public().send(axum::http::Method::GET, "/api/v1/me", &headers, axum::body::Body::empty()).expect(401);
}

fn a_program_on_ones_own_machine_keeps_no_secret(w: &World) {
    let fields = [
        ("signon_name", "离线巡查"),
        ("signon_purpose", "电脑上的程序"),
        ("signon_redirects", BACK),
        ("signon_public", "1"),
    ];
    let to = w.security().submit("/admin/programs/new", "/admin/programs", &fields).expect(303).location();
    let program = to.unwrap().rsplit('/').next().unwrap().to_owned();
    let clerk = w.signed_in("clerk");
    let first = code(&clerk, &program);
    let given = w.exchange((&program, ""), &[("client_id", &program), ("code", &first)]).expect(200).json();
    // it may learn nothing, so it is told nothing
    let told = w.who(given["access_token"].as_str().unwrap()).expect(200).json();
    assert_eq!(told.as_object().unwrap().keys().collect::<Vec<_>>(), ["sub"]);
    let second = code(&clerk, &program);
    let with = w.exchange((&program, "guess"), &[("code", &second)]).expect(401);
    assert_eq!(error(&with), "invalid_client");
}
