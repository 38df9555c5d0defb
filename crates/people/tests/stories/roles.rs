//! Roles are granted, limited, revoked; the three administrators stay apart.

use crate::common::{HASH, act, always, as_person, code, facts, grant, town};
use kernel::policy::{Reach, Role};
use kernel::time::{DAY, parse_date};
use people::commands::{self, NewAccount};
use people::model::{AccountMove, Days};
use people::{queries, recognise};
use testkit::TestDb;

testkit::both_engines!(crate::common::MIGRATIONS;
    a_role_reaches_what_is_below_and_the_root_reaches_all,
    nobody_holds_two_of_the_three,
    nobody_grants_to_themselves,
    the_three_cannot_do_each_others_work,
    a_role_holds_on_its_days_only,
    the_last_administrator_stays,
    a_closed_account_holds_nothing,
    people_to_be_told_are_the_nearest,
);

fn a_role_reaches_what_is_below_and_the_root_reaches_all(t: &TestDb) {
    let town = town(t);
    let head = as_person(t, &town.head);
    let mut expected = vec![town.bureau.id, town.school.id];
    expected.sort_unstable();
    assert_eq!(head.grants()[0].reach, Reach::Units(expected));
    assert_eq!(as_person(t, &town.system).grants()[0].reach, Reach::WholeCity);
    grant(t, &town.security, town.head.id, Role::Office, &town.root, always(t)).unwrap();
    assert_eq!(as_person(t, &town.head).grants()[1].reach, Reach::WholeCity);
    let twice = grant(t, &town.security, town.head.id, Role::Office, &town.root, always(t));
    assert_eq!(code(twice), "grant-exists");
}

fn nobody_holds_two_of_the_three(t: &TestDb) {
    let town = town(t);
    let powers = [Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor];
    let holders = [&town.system, &town.security, &town.auditor];
    // granted by the program itself, so that only this rule stands in the way
    let by_program = |to, role, days| {
        let ctx = t.ctx_system();
        let (ctx_in, unit) = (ctx.clone(), town.root.id);
        t.db.write_now(&ctx, move |tx| {
            commands::grant_role(tx, &ctx_in, commands::NewGrant { person: to, role, unit, days })
        })
    };
    for (holder, own) in holders.iter().zip(powers) {
        for role in powers.into_iter().filter(|r| *r != own) {
            assert_eq!(code(by_program(holder.id, role, always(t))), "administrators-apart");
        }
    }
    // nor later, when the days meet
    let later = Days { from: t.db.now().plus(30 * DAY).date(), until: None };
    assert_eq!(code(by_program(town.auditor.id, Role::SystemAdmin, later)), "administrators-apart");
    let on_unit = grant(t, &town.security, town.head.id, Role::Auditor, &town.bureau, always(t));
    assert_eq!(code(on_unit), "grant_unit:administrator-on-root");
}

fn nobody_grants_to_themselves(t: &TestDb) {
    let town = town(t);
    let own = grant(t, &town.security, town.security.id, Role::Office, &town.root, always(t));
    assert_eq!(code(own), "grant-to-yourself");
    let id = town.security.id;
    let mine = t.db.read_now(move |tx| queries::grants_of(tx, id)).unwrap()[0].id;
    let revoked = act(t, &town.security, move |tx, ctx| commands::revoke_role(tx, ctx, mine, ""));
    assert_eq!(code(revoked), "not-yourself");
}

fn the_three_cannot_do_each_others_work(t: &TestDb) {
    let town = town(t);
    let new = |login: &str| NewAccount {
        login: login.to_owned(),
        facts: facts("郑七", &town.street),
        language: kernel::ctx::Locale::ZhCn,
        password_hash: HASH.clone(),
        must_change: true,
    };
    let make = |by, login| {
        let new = new(login);
        act(t, by, move |tx, ctx| commands::create_account(tx, ctx, new))
    };
    assert_eq!(code(make(&town.security, "zheng")), "forbidden");
    assert_eq!(code(make(&town.auditor, "zheng")), "forbidden");
    let zheng = make(&town.system, "zheng").unwrap();
    assert_eq!(code(make(&town.system, "zheng")), "login:login-taken");
    assert_eq!(code(make(&town.system, "郑七")), "login:not-a-login");
    for by in [&town.system, &town.auditor, &town.head] {
        assert_eq!(code(grant(t, by, zheng.id, Role::UnitClerk, &town.street, always(t))), "forbidden");
    }
    grant(t, &town.security, zheng.id, Role::UnitClerk, &town.street, always(t)).unwrap();
    // who makes accounts does not become who grants: an administrator's password is out of reach without a second factor
    let id = town.security.id;
    let reset = act(t, &town.system, move |tx, ctx| commands::reset_password(tx, ctx, id, HASH.clone()));
    assert_eq!(code(reset), "administrator-without-factor");
    let other =
        act(t, &town.system, move |tx, ctx| commands::reset_password(tx, ctx, zheng.id, HASH.clone()));
    assert_eq!(code(other), "ok");
}

fn a_role_holds_on_its_days_only(t: &TestDb) {
    let town = town(t);
    // the clock starts on 5 March 2026
    let days = Days { from: parse_date("2026-03-07").unwrap(), until: parse_date("2026-03-08") };
    grant(t, &town.security, town.clerk.id, Role::Inspector, &town.root, days).unwrap();
    let holds = || as_person(t, &town.clerk).holds(Role::Inspector);
    let mut seen = Vec::new();
    for _ in 0..6 {
        seen.push(holds());
        t.clock.advance(DAY);
    }
    assert_eq!(seen, [false, false, true, true, false, false]);
    let past = Days { from: parse_date("2026-03-01").unwrap(), until: parse_date("2026-03-02") };
    let over = grant(t, &town.security, town.clerk.id, Role::Inspector, &town.root, past);
    assert_eq!(code(over), "last_day:ends-before");
}

fn the_last_administrator_stays(t: &TestDb) {
    let town = town(t);
    let id = town.auditor.id;
    let lock = |reason: &'static str| {
        act(t, &town.system, move |tx, ctx| {
            commands::change_account_state(tx, ctx, id, AccountMove::Lock, reason)
        })
    };
    assert_eq!(code(lock("离岗")), "last-administrator");
    let grant_id = t.db.read_now(move |tx| queries::grants_of(tx, id)).unwrap()[0].id;
    let revoke = || act(t, &town.security, move |tx, ctx| commands::revoke_role(tx, ctx, grant_id, "换人"));
    assert_eq!(code(revoke()), "last-administrator");
    grant(t, &town.security, town.head.id, Role::Auditor, &town.root, always(t)).unwrap();
    revoke().unwrap();
    assert_eq!(code(lock("")), "act_reason:required");
    lock("离岗").unwrap();
    assert_eq!(code(lock("离岗")), "move-not-allowed");
    let own = town.system.id;
    let own = act(t, &town.system, move |tx, ctx| {
        commands::change_account_state(tx, ctx, own, AccountMove::Lock, "不干了")
    });
    assert_eq!(code(own), "not-yourself");
}

fn a_closed_account_holds_nothing(t: &TestDb) {
    let town = town(t);
    let id = town.head.id;
    let turn = |act_: AccountMove| {
        act(t, &town.system, move |tx, ctx| commands::change_account_state(tx, ctx, id, act_, "调离"))
    };
    turn(AccountMove::Close).unwrap();
    let grants = t.db.read_now(move |tx| recognise::grants_of(tx, id)).unwrap();
    assert!(grants.is_empty());
    assert_eq!(
        code(grant(t, &town.security, id, Role::Office, &town.root, always(t))),
        "grant_person:account-closed"
    );
    turn(AccountMove::Reopen).unwrap();
    let grants = t.db.read_now(move |tx| recognise::grants_of(tx, id)).unwrap();
    assert!(grants.is_empty(), "who comes back gets roles anew");
}

fn people_to_be_told_are_the_nearest(t: &TestDb) {
    let town = town(t);
    let told = |unit: people::model::UnitId, roles: &'static [Role]| {
        let found = t.db.read_now(move |tx| queries::people_of_unit_with_role(tx, unit, roles)).unwrap();
        found.into_iter().map(|a| a.name).collect::<Vec<_>>().join(",")
    };
    assert_eq!(told(town.school.id, &[Role::UnitClerk]), "周五");
    assert_eq!(told(town.school.id, &[Role::UnitHead]), "李四");
    assert_eq!(told(town.school.id, &[Role::UnitHead, Role::UnitClerk]), "周五");
    assert_eq!(told(town.street.id, &[Role::UnitHead]), "");
    assert_eq!(told(town.street.id, &[Role::Auditor]), "孙三");
}
