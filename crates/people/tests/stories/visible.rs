//! The list shows exactly those accounts that `may` lets a person see.

use crate::common::{HASH, MIGRATIONS};
use kernel::ctx::{Actor, Ctx, Member};
use kernel::id::Id;
use kernel::policy::Role;
use people::model::PersonId;
use people::policy::{self, Act, POLICY};
use people::queries::{AccountFilter, GrantFilter};
use people::{queries, recognise, setup};
use std::sync::Arc;
use testkit::{TestDb, engines};
use web::list::Cursor;

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// Forty units in a random tree, sixty people with up to three random roles on random units.
fn population(t: &TestDb) -> Vec<PersonId> {
    let ctx = t.ctx_system();
    let ctx_in = ctx.clone();
    t.db.write_now(&ctx, move |tx| {
        let ctx = &ctx_in;
        let mut dice = Dice(42);
        let mut units = vec![setup::root(tx, ctx, "城市")?];
        for n in 1..40 {
            let above = units[dice.roll(units.len())].clone();
            units.push(setup::unit(tx, ctx, &above, &format!("单位{n}"), "", "bureau")?);
        }
        let mut people = Vec::new();
        for n in 0..60 {
            let unit = units[dice.roll(units.len())].clone();
            let mut roles = Vec::new();
            for _ in 0..dice.roll(4) {
                let role = Role::ALL[dice.roll(Role::ALL.len())];
                let on = if people::model::is_administrator(role) {
                    &units[0]
                } else {
                    &units[dice.roll(units.len())]
                };
                let clash = |(r, u): &(Role, &people::UnitRow)| {
                    people::model::collide(*r, role) || (*r == role && u.id == on.id)
                };
                if !roles.iter().any(clash) {
                    roles.push((role, on));
                }
            }
            people.push(
                setup::person(tx, ctx, &unit, &format!("p{n:02}"), "某人", HASH.clone(), false, &roles)?.id,
            );
        }
        Ok(people)
    })
    .unwrap()
}

#[test]
fn may_and_visible_to_agree() {
    for engine in engines() {
        let t = TestDb::open(engine, MIGRATIONS);
        let people = population(&t);
        let base = t.ctx_system();
        let (mut shown, mut hidden) = (0, 0);
        let actors = people.iter().map(|p| Some(*p)).chain([None]);
        for actor in actors {
            let (base, all) = (base.clone(), people.clone());
            let (agreed, not) =
                t.db.read_now(move |tx| {
                    let ctx = match actor {
                        Some(id) => {
                            let grants = recognise::grants_of(tx, id)?;
                            Ctx {
                                actor: Actor::Member(Arc::new(Member { id, name: String::new(), grants })),
                                ..base
                            }
                        }
                        None => Ctx { actor: Actor::Public, ..base },
                    };
                    let visible = queries::accounts_visible(tx, &ctx)?;
                    let mut allowed = Vec::new();
                    for id in &all {
                        let account = queries::person(tx, *id)?.unwrap();
                        if POLICY.may(&ctx, Act::SeeAccounts, &policy::of_account(account.unit_id, *id)) {
                            allowed.push(*id);
                        }
                    }
                    allowed.sort_unstable();
                    assert_eq!(visible, allowed, "{:?}", ctx.actor);
                    Ok((allowed.len(), all.len() - allowed.len()))
                })
                .unwrap();
            shown += agreed;
            hidden += not;
        }
        assert!(
            shown > 500 && hidden > 500,
            "the population tests something: {shown} shown, {hidden} hidden"
        );
    }
}

#[test]
fn accounts_and_grants_are_listed_by_unit_page_after_page() {
    for engine in engines() {
        let t = TestDb::open(engine, MIGRATIONS);
        population(&t);
        let ctx = t.ctx_system();
        t.db.read_now(move |tx| {
            let boss = Ctx {
                actor: Actor::Member(Arc::new(Member {
                    id: Id::new(-1),
                    name: String::new(),
                    grants: vec![
                        testkit::whole_city(Role::SystemAdmin),
                        testkit::whole_city(Role::SecurityAdmin),
                    ],
                })),
                ..ctx
            };
            let path = |tx: &mut store::Tx<'_>, unit| {
                queries::unit(tx, unit).map(|u| u.unwrap().path.as_str().to_owned())
            };
            let whole = queries::accounts(tx, &boss, &AccountFilter::default(), None, 10_000)?;
            let mut order = Vec::new();
            for line in &whole {
                order.push((path(tx, line.unit_id)?, line.id));
            }
            assert!(order.len() > 50 && order.is_sorted(), "{order:?}");
            let (mut paged, mut after) = (Vec::new(), None);
            loop {
                let page = queries::accounts(tx, &boss, &AccountFilter::default(), after, 7)?;
                let Some(last) = page.last() else { break };
                after = Some(Cursor { sort: 0, id: last.id.raw() });
                paged.extend(page.iter().map(|l| l.id));
            }
            assert_eq!(paged, whole.iter().map(|l| l.id).collect::<Vec<_>>());

            let whole = queries::grants(tx, &boss, &GrantFilter::default(), None, 10_000)?;
            let mut order = Vec::new();
            for line in &whole {
                order.push((path(tx, line.unit_id)?, line.id));
            }
            assert!(order.len() > 50 && order.is_sorted(), "{order:?}");
            let (mut paged, mut after) = (Vec::new(), None);
            loop {
                let page = queries::grants(tx, &boss, &GrantFilter::default(), after, 7)?;
                let Some(last) = page.last() else { break };
                after = Some(Cursor { sort: 0, id: last.id.raw() });
                paged.extend(page.iter().map(|l| l.id));
            }
            assert_eq!(paged, whole.iter().map(|l| l.id).collect::<Vec<_>>());
            Ok(())
        })
        .unwrap();
    }
}
