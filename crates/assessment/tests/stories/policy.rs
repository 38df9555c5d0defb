//! The role × action table, as people who do not program review it, and that lists agree with it.

use super::rounds::{WORKBOOK, act, bring, features, office, tables};
use assessment::policy::{Act, POLICY};
use assessment::rounds::commands::{leave, step};
use assessment::rounds::model::NameKind;
use assessment::rounds::queries::{Filter, list, see};
use assessment::rounds::workflow::Step;
use kernel::policy::{Action, Role};
use testkit::{TestApp, grant, whole_city};

testkit::stories!(features(); units_see_their_own_points_of_published_rounds_only);

#[test]
#[expect(clippy::disallowed_methods, reason = "tests have no settings file")]
fn the_table_is_the_reviewed_one() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/policy.md");
    let table = POLICY.table();
    if std::env::var("BLESS").is_ok() {
        std::fs::write(file, &table).unwrap();
    }
    assert_eq!(std::fs::read_to_string(file).unwrap_or_default(), table);
    assert_eq!(Act::ALL.len(), 13);
}

/// A unit of the register with the name of one that the workbook names.
pub(super) fn unit(t: &TestApp) -> i64 {
    let ctx = t.test.ctx_system();
    let made = t.test.db.write_now(&ctx.clone(), move |tx| {
        let root = people::setup::root(tx, &ctx, "嘉峪关市")?;
        people::setup::unit(tx, &ctx, &root, "商务局", "", "bureau")
    });
    made.unwrap().id.raw()
}

fn units_see_their_own_points_of_published_rounds_only(t: &TestApp) {
    let ctx = office(t);
    bring(t, &ctx, WORKBOOK.into(), Some(tables())).unwrap();
    let id = unit(t);
    let clerk = t.test.ctx_member(7, "经办人", vec![grant(Role::UnitClerk, &[id])]);
    let stranger = t.test.ctx_member(8, "别的单位", vec![grant(Role::UnitClerk, &[999_999])]);
    let inspector = t.test.ctx_member(9, "督查员", vec![whole_city(Role::Inspector)]);
    let sees = |who: &kernel::ctx::Ctx| {
        let who = who.clone();
        t.test.db.read_now(move |tx| see(&who, tx, "AR-000001")).is_ok()
    };
    let listed = |who: &kernel::ctx::Ctx| {
        let who = who.clone();
        t.test.db.read_now(move |tx| list(&who, tx, &Filter::default(), None, 50)).map(|(page, ..)| page.rows)
    };
    assert!(!sees(&clerk) && listed(&clerk).unwrap().is_empty(), "a draft is the office's");
    for (kind, text) in [(NameKind::Item, "公益广告"), (NameKind::Unit, "市容局")] {
        act(t, &ctx, move |ctx, tx| leave(ctx, tx, "AR-000001", kind, text)).unwrap();
    }
    for to in [Step::Check, Step::Publish] {
        act(t, &ctx, move |ctx, tx| step(ctx, tx, "AR-000001", to, "", None)).unwrap();
    }
    assert!(sees(&clerk));
    let rows = listed(&clerk).unwrap();
    assert_eq!(rows.len(), 1);
    let own: Vec<_> = rows[0].own.iter().map(|line| (line.name.as_str(), line.points)).collect();
    assert_eq!(own, [("商务局", 2)], "and no other unit's");
    // a unit that is in no register of units sees no names, and so nothing
    assert!(!sees(&stranger));
    assert!(listed(&stranger).unwrap().iter().all(|row| row.own.is_empty()));
    assert_eq!(listed(&inspector).unwrap_err().status, 403);
    assert!(!sees(&inspector));
}
