//! Roles lent while somebody is away.

use crate::common::{Town, act, as_person, code, town};
use kernel::policy::Role;
use kernel::problem::Result;
use kernel::time::{DAY, parse_date};
use people::commands::{self, Lending};
use people::{AccountRow, DelegationRow, queries};
use testkit::TestDb;

testkit::both_engines!(crate::common::MIGRATIONS;
    what_is_lent_ends_by_itself,
    what_is_lent_is_not_lent_on,
    the_powers_of_administrators_are_not_lent,
    lending_is_ended_by_those_concerned,
);

fn lend(t: &TestDb, from: &AccountRow, to: &AccountRow) -> Result<DelegationRow> {
    let lending = Lending {
        borrower: to.id,
        from: parse_date("2026-03-06").unwrap(),
        until: parse_date("2026-03-07").unwrap(),
        reason: "外出学习".to_owned(),
    };
    act(t, from, move |tx, ctx| commands::lend_roles(tx, ctx, lending))
}

fn is_head(t: &TestDb, person: &AccountRow) -> bool {
    as_person(t, person).holds(Role::UnitHead)
}

fn what_is_lent_ends_by_itself(t: &TestDb) {
    let Town { head, clerk, bureau, .. } = &town(t);
    lend(t, head, clerk).unwrap();
    assert_eq!(code(lend(t, head, clerk)), "lent-already");
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push(is_head(t, clerk));
        t.clock.advance(DAY);
    }
    assert_eq!(seen, [false, true, true, false]);
    t.clock.advance(-3 * DAY);
    let unit = bureau.id;
    let told =
        t.db.read_now(move |tx| queries::people_of_unit_with_role(tx, unit, &[Role::UnitHead])).unwrap();
    assert_eq!(told.len(), 2, "notices reach both while it runs");
    let notices = {
        let id = clerk.id;
        t.db.read_now(move |tx| web::notices::unread(tx, id)).unwrap()
    };
    assert_eq!(notices.len(), 1);
}

fn what_is_lent_is_not_lent_on(t: &TestDb) {
    let Town { head, clerk, auditor, .. } = &town(t);
    lend(t, head, clerk).unwrap();
    // the clerk lends too: that is the clerk's own role, not the head's
    lend(t, clerk, auditor).unwrap();
    t.clock.advance(DAY);
    assert!(is_head(t, clerk));
    assert!(!is_head(t, auditor));
    assert!(as_person(t, auditor).holds(Role::UnitClerk));
}

fn the_powers_of_administrators_are_not_lent(t: &TestDb) {
    let Town { system, security, auditor, head, clerk, .. } = &town(t);
    for administrator in [system, security, auditor] {
        assert_eq!(code(lend(t, administrator, head)), "nothing-to-lend");
    }
    assert_eq!(code(lend(t, head, head)), "borrower:not-yourself");
    t.clock.advance(5 * DAY);
    assert_eq!(code(lend(t, head, clerk)), "first_day:in-the-past");
}

fn lending_is_ended_by_those_concerned(t: &TestDb) {
    let Town { head, clerk, security, system, .. } = &town(t);
    for by in [head, clerk, security] {
        let id = lend(t, head, clerk).unwrap().id;
        let stranger = act(t, system, move |tx, ctx| commands::end_lending(tx, ctx, id));
        assert_eq!(code(stranger), "not-found");
        act(t, by, move |tx, ctx| commands::end_lending(tx, ctx, id)).unwrap();
        t.clock.advance(DAY);
        assert!(!is_head(t, clerk));
        t.clock.advance(-DAY);
    }
}
