//! Coming in: waiting after failures, second factor, sessions that end, keys.

use crate::common::{HASH, PASSWORD, Town, act, code, town};
use kernel::ctx::Member;
use kernel::problem::Result;
use kernel::time::{DAY, HOUR, MINUTE, SECOND};
use people::commands::{self, Outcome, Visitor};
use people::model::AccountMove;
use people::{AccountRow, Recogniser, queries, totp};
use testkit::TestDb;
use web::app::Recogniser as _;
use web::scope::Scope;

testkit::both_engines!(crate::common::MIGRATIONS;
    who_guesses_waits_longer_and_longer,
    a_stranger_learns_nothing_about_accounts,
    an_address_that_tries_many_logins_waits,
    sessions_end_when_idle_and_in_any_case,
    the_last_use_is_written_down_now_and_then,
    a_second_factor_is_asked_for_and_a_code_works_once,
    recovery_codes_replace_the_app_once_each,
    administrators_rest_until_they_have_a_second_factor,
    keys_act_for_their_person_until_they_expire,
    a_key_for_reports_lends_no_roles,
    signing_out_elsewhere_leaves_this_session,
);

fn from(address: &str) -> Visitor {
    Visitor { address: address.to_owned(), agent: "test".to_owned() }
}

/// An attempt as the page makes it.
fn attempt(t: &TestDb, login: &str, password: &str, address: &str, token: &str) -> Result<Outcome> {
    let (ctx, visitor) = (t.ctx_public(), from(address));
    let (login, seen) = (login.to_owned(), visitor.clone());
    let candidate = t.db.read_now(move |tx| commands::candidate(tx, &login, &seen))?;
    let right = password == PASSWORD && candidate.password_hash.is_some();
    let (ctx_in, token) = (ctx.clone(), token.to_owned());
    t.db.write_now(&ctx, move |tx| {
        if right {
            commands::accept_password(tx, &ctx_in, &candidate, &visitor, &token)
        } else {
            commands::refuse_password(tx, &ctx_in, &candidate, &visitor)
        }
    })
}

fn told(result: Result<Outcome>) -> String {
    match result {
        Ok(Outcome::In(owed)) => format!("in, owing {owed:?}"),
        Ok(Outcome::FactorNeeded) => "factor".to_owned(),
        Ok(Outcome::Refused(problem)) | Err(problem) => code::<()>(Err(problem)),
    }
}

fn who(t: &TestDb, token: &str) -> Option<Member> {
    let token = token.to_owned();
    t.db.read_now(move |tx| Recogniser::default().by_session(tx, &token)).unwrap()
}

fn who_guesses_waits_longer_and_longer(t: &TestDb) {
    town(t);
    for _ in 0..4 {
        assert_eq!(told(attempt(t, "head", "wrong", "", "-")), "sign-in-refused");
    }
    assert_eq!(told(attempt(t, "head", "wrong", "", "-")), "sign-in-wait");
    // now even the right password has to wait
    assert_eq!(told(attempt(t, "HEAD ", PASSWORD, "", "-")), "sign-in-wait");
    t.clock.advance(61 * SECOND);
    assert_eq!(told(attempt(t, "head", "wrong", "", "-")), "sign-in-wait");
    t.clock.advance(61 * SECOND);
    assert_eq!(told(attempt(t, "head", PASSWORD, "", "-")), "sign-in-wait");
    t.clock.advance(60 * SECOND);
    assert_eq!(told(attempt(t, "head", PASSWORD, "", "token")), "in, owing Nothing");
    // success forgets the failures
    assert_eq!(told(attempt(t, "head", "wrong", "", "-")), "sign-in-refused");
}

fn a_stranger_learns_nothing_about_accounts(t: &TestDb) {
    let Town { head, system, clerk, .. } = &town(t);
    let (locked, closed) = (head.id, clerk.id);
    act(t, system, move |tx, ctx| {
        commands::change_account_state(tx, ctx, locked, AccountMove::Lock, "长期休假")?;
        commands::change_account_state(tx, ctx, closed, AccountMove::Close, "调离")
    })
    .unwrap();
    for login in ["head", "clerk", "nobody", "不是登录名"] {
        let seen: Vec<String> = (0..6).map(|_| told(attempt(t, login, PASSWORD, "", "-"))).collect();
        let same = [
            "sign-in-refused",
            "sign-in-refused",
            "sign-in-refused",
            "sign-in-refused",
            "sign-in-wait",
            "sign-in-wait",
        ];
        assert_eq!(seen, same, "{login}");
    }
}

fn an_address_that_tries_many_logins_waits(t: &TestDb) {
    town(t);
    for n in 0..30 {
        attempt(t, &format!("login{n}"), "wrong", "198.51.100.7", "-").unwrap();
    }
    assert_eq!(told(attempt(t, "head", PASSWORD, "198.51.100.7", "-")), "sign-in-wait");
    assert_eq!(told(attempt(t, "head", PASSWORD, "198.51.100.8", "token")), "in, owing Nothing");
}

fn sessions_end_when_idle_and_in_any_case(t: &TestDb) {
    let town = town(t);
    attempt(t, "head", PASSWORD, "", "one").unwrap();
    assert_eq!(who(t, "one").unwrap().id, town.head.id);
    assert!(who(t, "two").is_none());
    t.clock.advance(8 * HOUR - SECOND);
    assert!(who(t, "one").is_some());
    t.clock.advance(SECOND);
    assert!(who(t, "one").is_none(), "eight hours without a request");

    attempt(t, "head", PASSWORD, "", "used").unwrap();
    for _ in 0..(30 * 24 / 6) {
        assert!(use_it(t, "used"));
        t.clock.advance(6 * HOUR);
    }
    assert!(who(t, "used").is_none(), "thirty days in any case");

    attempt(t, "head", PASSWORD, "", "locked out").unwrap();
    let id = town.head.id;
    act(t, &town.system, move |tx, ctx| {
        commands::change_account_state(tx, ctx, id, AccountMove::Lock, "停职")
    })
    .unwrap();
    assert!(who(t, "locked out").is_none());
}

/// A request: recognised, and noted if that is due.
fn use_it(t: &TestDb, token: &str) -> bool {
    let recogniser = std::sync::Arc::new(Recogniser::default());
    let (again, text) = (recogniser.clone(), token.to_owned());
    let found = t.db.read_now(move |tx| again.by_session(tx, &text)).unwrap().is_some();
    if let Some(note) = recogniser.used(token) {
        t.db.write_now(&t.ctx_system(), note).unwrap();
    }
    found
}

fn the_last_use_is_written_down_now_and_then(t: &TestDb) {
    let town = town(t);
    attempt(t, "head", PASSWORD, "", "token").unwrap();
    let recogniser = std::sync::Arc::new(Recogniser::default());
    let id = town.head.id;
    let mut notes = 0;
    for _ in 0..60 {
        let again = recogniser.clone();
        t.db.read_now(move |tx| again.by_session(tx, "token")).unwrap().unwrap();
        if let Some(note) = recogniser.used("token") {
            notes += 1;
            t.db.write_now(&t.ctx_system(), note).unwrap();
        }
        t.clock.advance(MINUTE);
    }
    assert_eq!(notes, 9, "sixty requests in an hour");
    let seen = t.db.read_now(move |tx| queries::sessions(tx, id)).unwrap()[0].seen_at;
    assert!(t.db.now().0 - seen.0 <= 7 * MINUTE);
}

/// Sets a second factor up; answers with its key and the recovery codes.
fn with_factor(t: &TestDb, person: &AccountRow) -> ([u8; 20], Vec<String>) {
    act(t, person, commands::begin_second_factor).unwrap();
    let (id, secrets) = (person.id, t.db.secrets().clone());
    let nonce = t.db.read_now(move |tx| queries::proofs(tx, id)).unwrap().factor_nonce;
    let key = totp::key(&secrets, id, &nonce);
    let shown = totp::now(&key, t.db.now());
    let codes =
        act(t, person, move |tx, ctx| commands::confirm_second_factor(tx, ctx, &secrets, &shown)).unwrap();
    t.clock.advance(31 * SECOND);
    (key, codes)
}

fn prove(t: &TestDb, waiting: &'static str, code: &str, token: &'static str) -> String {
    let (ctx, secrets, code) = (t.ctx_public(), t.db.secrets().clone(), code.to_owned());
    let ctx_in = ctx.clone();
    told(t.db.write_now(&ctx, move |tx| {
        commands::prove_second_factor(tx, &ctx_in, &secrets, waiting, &code, &Visitor::default(), token)
    }))
}

fn a_second_factor_is_asked_for_and_a_code_works_once(t: &TestDb) {
    let town = town(t);
    let (key, _) = with_factor(t, &town.head);
    assert_eq!(told(attempt(t, "head", PASSWORD, "", "half")), "factor");
    assert!(who(t, "half").is_none(), "half signed in is not signed in");
    assert_eq!(prove(t, "half", "000000", "-"), "factor_code:factor-wrong");
    let shown = totp::now(&key, t.db.now());
    assert_eq!(prove(t, "half", &shown, "whole"), "in, owing Nothing");
    assert!(who(t, "whole").is_some() && who(t, "half").is_none());
    // the same digits, seen over a shoulder, do not work again
    attempt(t, "head", PASSWORD, "", "second").unwrap();
    assert_eq!(prove(t, "second", &shown, "-"), "factor_code:factor-wrong");
    t.clock.advance(11 * MINUTE);
    assert_eq!(prove(t, "second", &totp::now(&key, t.db.now()), "-"), "sign-in-expired");
    // guessing digits is counted like guessing passwords
    attempt(t, "head", PASSWORD, "", "third").unwrap();
    let seen: Vec<String> = (0..6).map(|_| prove(t, "third", "123456", "-")).collect();
    assert_eq!(seen.last().map(String::as_str), Some("sign-in-wait"), "{seen:?}");
}

fn recovery_codes_replace_the_app_once_each(t: &TestDb) {
    let town = town(t);
    let (_, codes) = with_factor(t, &town.head);
    assert_eq!(codes.len(), 10);
    attempt(t, "head", PASSWORD, "", "a").unwrap();
    assert_eq!(prove(t, "a", &codes[3].to_uppercase(), "b"), "in, owing Nothing");
    attempt(t, "head", PASSWORD, "", "c").unwrap();
    assert_eq!(prove(t, "c", &codes[3], "-"), "factor_code:factor-wrong");
    let id = town.head.id;
    assert_eq!(t.db.read_now(move |tx| queries::proofs(tx, id)).unwrap().recovery_codes, 9);
    // only who grants roles resets it
    let by_system = act(t, &town.system, move |tx, ctx| commands::reset_second_factor(tx, ctx, id));
    assert_eq!(code(by_system), "forbidden");
    act(t, &town.security, move |tx, ctx| commands::reset_second_factor(tx, ctx, id)).unwrap();
    assert_eq!(told(attempt(t, "head", PASSWORD, "", "d")), "in, owing Nothing");
}

fn administrators_rest_until_they_have_a_second_factor(t: &TestDb) {
    let town = town(t);
    let ctx = t.ctx_system();
    let ctx_in = ctx.clone();
    t.db.write_now(&ctx, move |tx| people::settings::ADMINISTRATORS_NEED_FACTOR.set(tx, &ctx_in, &true))
        .unwrap();
    assert_eq!(told(attempt(t, "security", PASSWORD, "", "s")), "in, owing SecondFactor");
    assert!(who(t, "s").unwrap().grants.is_empty());
    assert_eq!(told(attempt(t, "head", PASSWORD, "", "h")), "in, owing Nothing");
    with_factor(t, &town.security);
    assert_eq!(who(t, "s").unwrap().grants.len(), 1);
    let drop = act(t, &town.security, |tx, ctx| commands::drop_second_factor(tx, ctx, &HASH));
    assert_eq!(code(drop), "factor-required");
}

fn a_key_for_reports_lends_no_roles(t: &TestDb) {
    let town = town(t);
    let (_, key) =
        act(t, &town.head, |tx, ctx| commands::make_api_key(tx, ctx, "随手拍小程序", Scope::Report, 30))
            .unwrap();
    let holder = t.db.read_now(move |tx| Recogniser::default().by_api_key(tx, &key)).unwrap().unwrap();
    assert_eq!((holder.scope, holder.member.id), (Scope::Report, town.head.id));
    assert!(holder.member.grants.is_empty(), "the head of a unit has roles, the key has none");
}

fn keys_act_for_their_person_until_they_expire(t: &TestDb) {
    let town = town(t);
    let (row, key) =
        act(t, &town.head, |tx, ctx| commands::make_api_key(tx, ctx, "统计程序", Scope::Read, 30)).unwrap();
    let by_key = |key: &str| {
        let key = key.to_owned();
        t.db.read_now(move |tx| Recogniser::default().by_api_key(tx, &key)).unwrap()
    };
    let holder = by_key(&key).unwrap();
    assert_eq!(holder.scope, Scope::Read);
    let member = holder.member;
    assert_eq!((member.id, member.grants.len()), (town.head.id, 1));
    assert!(by_key("cc_wrong").is_none());
    assert!(who(t, &key).is_none(), "a key is no session");
    t.clock.advance(30 * DAY);
    assert!(by_key(&key).is_none());
    t.clock.advance(-DAY);
    let id = row.id;
    let other = act(t, &town.clerk, move |tx, ctx| commands::revoke_api_key(tx, ctx, id));
    assert_eq!(code(other), "not-found");
    act(t, &town.head, move |tx, ctx| commands::revoke_api_key(tx, ctx, id)).unwrap();
    assert!(by_key(&key).is_none());
    let long = act(t, &town.head, |tx, ctx| commands::make_api_key(tx, ctx, "永久", Scope::Read, 9999));
    assert_eq!(code(long), "key_days:days-between");
}

fn signing_out_elsewhere_leaves_this_session(t: &TestDb) {
    let town = town(t);
    for token in ["one", "two", "three"] {
        attempt(t, "head", PASSWORD, "198.51.100.9", token).unwrap();
    }
    let id = town.head.id;
    assert_eq!(t.db.read_now(move |tx| queries::sessions(tx, id)).unwrap().len(), 3);
    let ended = act(t, &town.head, |tx, ctx| commands::end_other_sessions(tx, ctx, "two")).unwrap();
    assert_eq!(ended, 2);
    assert!(who(t, "one").is_none() && who(t, "two").is_some());
    act(t, &town.head, |tx, ctx| commands::sign_out(tx, ctx, "two")).unwrap();
    assert!(who(t, "two").is_none());
}
