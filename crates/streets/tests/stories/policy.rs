//! The role × action table, as people who do not program review it, and that lists agree with it.

use super::world::{BANK, EAST, HOSPITAL, MIGRATIONS, ROOT, SCHOOL, WEST, World};
use kernel::ctx::Ctx;
use kernel::policy::{Action, Role};
use places::PlaceIndex;
use streets::policy::{Act, POLICY, own};
use streets::queries::{Filter, list};
use testkit::{TestDb, grant, whole_city};

testkit::both_engines!(MIGRATIONS; lists_agree_with_the_table, the_office_keeps_what_it_governs);

#[test]
#[expect(clippy::disallowed_methods, reason = "tests have no settings file")]
fn the_table_is_the_reviewed_one() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/policy.md");
    let table = POLICY.table();
    if std::env::var("BLESS").is_ok() {
        std::fs::write(file, &table).unwrap();
    }
    assert_eq!(std::fs::read_to_string(file).unwrap_or_default(), table);
    assert_eq!(Act::ALL.len(), 7);
}

/// Everybody there is: each role on the root, on each office, on each unit that adopts, and on two at once.
fn everybody(w: &World<'_>) -> Vec<Ctx> {
    let mut all = vec![w.t.ctx_public(), w.t.ctx_member(50, "无", Vec::new())];
    for role in Role::ALL {
        all.push(w.t.ctx_member(51, "全", vec![whole_city(role)]));
        for unit in [ROOT, WEST, EAST, SCHOOL, BANK, HOSPITAL] {
            all.push(w.t.ctx_member(52, "一", vec![grant(role, &[w.units[unit].raw()])]));
        }
        let two = vec![grant(role, &[w.units[SCHOOL].raw()]), grant(Role::UnitClerk, &[w.units[BANK].raw()])];
        all.push(w.t.ctx_member(53, "二", two));
    }
    all
}

fn lists_agree_with_the_table(t: &TestDb) {
    let w = World::new(t);
    for (section, from, unit) in [(0, 0.0, SCHOOL), (0, 250.0, BANK), (1, 0.0, BANK), (2, 0.0, HOSPITAL)] {
        w.adopted(section, (from, from + 200.0), unit, "2026-01-01");
    }
    let rows = w.read(|tx| streets::queries::register_on(tx, tx.now().date()));
    let sections = w.sections.clone();
    let index = w.read(|tx| PlaceIndex::load(tx, tx.now().date()));
    for ctx in everybody(&w) {
        let listed = |mine: bool| {
            let (ctx, wanted) = (ctx.clone(), Filter { mine, ..Filter::default() });
            let found = w.read(move |tx| list(&ctx, tx, &wanted, None, 100)).rows;
            found.into_iter().map(|a| a.number).collect::<Vec<_>>()
        };
        let may = |act: Act| {
            let governing = |a: &streets::Adoption| {
                let section = sections.iter().find(|s| s.id == a.section_id).unwrap();
                index.governing(section.division_id)
            };
            let some = rows.iter().filter(|a| POLICY.may(&ctx, act, &a.standing(governing(a))));
            some.map(|a| a.number.clone()).collect::<Vec<_>>()
        };
        assert_eq!(listed(false), may(Act::Facts), "{:?}", ctx.grants());
        // "mine" are the stretches a person patrols for a unit; the office patrols where it governs, which is not "mine"
        let whole = own(&ctx).all;
        let of_units = ctx.grants().iter().all(|g| matches!(g.role, Role::UnitHead | Role::UnitClerk));
        if of_units && !whole {
            assert_eq!(listed(true), may(Act::Patrol), "{:?}", ctx.grants());
        } else if !whole {
            assert!(listed(true).iter().all(|n| may(Act::Patrol).contains(n)), "{:?}", ctx.grants());
        }
    }
}

fn the_office_keeps_what_it_governs(t: &TestDb) {
    let w = World::new(t);
    let west = w.of_unit(Role::Office, WEST);
    for (section, status) in [(0, None), (2, Some(403))] {
        let draft = w.draft(section, (0.0, 100.0), SCHOOL, "2026-01-01");
        let done = w.act(&west, move |ctx, tx, index| streets::commands::adopt(ctx, tx, index, &draft));
        assert_eq!(done.err().map(|p| p.status), status);
    }
    let draft = w.draft(0, (100.0, 200.0), SCHOOL, "2026-01-01");
    let refused = w.act(&w.of_unit(Role::UnitHead, SCHOOL), move |ctx, tx, index| {
        streets::commands::adopt(ctx, tx, index, &draft)
    });
    assert_eq!(refused.unwrap_err().status, 403);
    let refused = w.act(&west, |ctx, tx, _| streets::commands::show_leader(ctx, tx, "whole"));
    assert_eq!(refused.unwrap_err().status, 403, "the settings are the whole city's");
}
