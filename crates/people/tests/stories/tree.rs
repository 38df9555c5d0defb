//! Whatever is moved where: the tree stays a tree, and every path is that of its unit.

use crate::common::MIGRATIONS;
use kernel::problem::Result;
use people::model::{Path, UnitFacts, UnitId};
use people::{UnitRow, commands, queries};
use proptest::prelude::*;
use store::Tx;
use testkit::{Engine, TestDb};

/// Every unit, as the register lists it.
fn all(tx: &mut Tx<'_>) -> Result<Vec<UnitRow>> {
    let filter = queries::UnitFilter::default();
    let lines = queries::units(tx, &filter, "", 1000)?;
    lines.into_iter().map(|l| Ok(queries::unit(tx, l.id)?.unwrap())).collect()
}

/// What is wrong with the tree.
fn faults(units: &[UnitRow]) -> Vec<String> {
    let by_id = |id: UnitId| units.iter().find(|u| u.id == id);
    let mut faults = Vec::new();
    for unit in units {
        let expected = match unit.parent_id {
            None => Path::root(unit.number),
            Some(parent) => {
                let Some(parent) = by_id(parent) else {
                    faults.push(format!("{} has a parent that is not there", unit.code));
                    continue;
                };
                parent.path.child(unit.number)
            }
        };
        if unit.path != expected {
            faults.push(format!(
                "{} lies at {} instead of {}",
                unit.code,
                unit.path.as_str(),
                expected.as_str()
            ));
        }
        let mut seen = vec![unit.id];
        let mut at = unit.parent_id;
        while let Some(id) = at {
            if seen.contains(&id) {
                faults.push(format!("{} stands in a circle", unit.code));
                break;
            }
            seen.push(id);
            at = by_id(id).and_then(|u| u.parent_id);
        }
    }
    faults
}

fn run(t: &TestDb, moves: Vec<(usize, usize, bool)>) {
    let ctx = t.ctx_system();
    let ctx_in = ctx.clone();
    let found =
        t.db.write_now(&ctx, move |tx| {
            let ctx = &ctx_in;
            let facts = |n: usize| UnitFacts {
                name: format!("单位{n}"),
                kind: "bureau".to_owned(),
                ..Default::default()
            };
            let root = commands::create_unit(tx, ctx, None, facts(0))?;
            let mut ids = vec![root.id];
            for n in 1..12 {
                let parent = ids[n / 2];
                ids.push(commands::create_unit(tx, ctx, Some(parent), facts(n))?.id);
            }
            for (what, below, merge) in moves {
                let (what, below) = (ids[what % ids.len()], ids[below % ids.len()]);
                // refusals are part of the game; a refused command has changed nothing but its lock
                let _ = if merge {
                    commands::merge_unit(tx, ctx, what, below, "合并").map(drop)
                } else {
                    commands::move_unit(tx, ctx, what, below).map(drop)
                };
            }
            all(tx)
        })
        .unwrap();
    assert_eq!(found.len(), 12);
    assert_eq!(faults(&found), Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn random_moves_keep_the_tree_whole(moves in proptest::collection::vec((0..12_usize, 0..12_usize, prop::bool::weighted(0.1)), 1..40)) {
        run(&TestDb::open(Engine::Embedded, MIGRATIONS), moves);
    }
}

#[test]
fn the_same_on_a_server() {
    let moves = (0..60).map(|n| ((n * 7) % 12, (n * 5 + 3) % 12, n % 17 == 0)).collect();
    run(&TestDb::open(Engine::Server, MIGRATIONS), moves);
}

/// Two who move units into each other at the same moment: one of them is refused.
#[test]
fn two_moves_at_once_make_no_circle() {
    let t = TestDb::open(Engine::Server, MIGRATIONS);
    let town = crate::common::town(&t);
    for _ in 0..20 {
        let (a, b, root) = (town.bureau.id, town.street.id, town.root.id);
        let swap = |what, below| {
            let (db, ctx) = (t.db.clone(), t.ctx_system());
            std::thread::spawn(move || {
                let ctx_in = ctx.clone();
                let _ = db.write_now(&ctx, move |tx| commands::move_unit(tx, &ctx_in, what, below));
            })
        };
        let both = [swap(a, b), swap(b, a)];
        for thread in both {
            thread.join().unwrap();
        }
        assert_eq!(faults(&t.db.read_now(all).unwrap()), Vec::<String>::new());
        for unit in [a, b] {
            let ctx = t.ctx_system();
            let ctx_in = ctx.clone();
            t.db.write_now(&ctx, move |tx| commands::move_unit(tx, &ctx_in, unit, root)).unwrap();
        }
    }
}
