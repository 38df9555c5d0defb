//! One matter, reported by many.

use super::world::{CLEANING, MIGRATIONS, World};
use cases::alike::Look;
use cases::commands;
use cases::queries::{clusters, nearby};
use cases::workflow::State;
use kernel::coords::Point;
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS;
    what_is_most_alike_comes_first,
    a_matter_reported_many_times_is_found_as_one,
);

const HERE: (f64, f64) = (98.277, 39.772);

fn what_is_most_alike_comes_first(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let water = w.confirm(w.pinned("路面积水很深", 1, HERE).id);
    let rubbish = w.confirm(w.pinned("垃圾桶旁边堆满垃圾", 0, (98.2774, 39.772)).id);
    w.confirm(w.pinned("垃圾堆满了", 0, (98.30, 39.772)).id);
    let hidden = w.pinned("垃圾堆在路边", 0, HERE);
    let item = w.desk.catalogue.items()[0].id;
    let point = Point { lng: HERE.0, lat: HERE.1 };
    let look = Look::new(Some(point), t.db.now(), Some(item), "这里堆满垃圾");
    let asked = look.clone();
    let public = t.db.read_now(move |tx| nearby(tx, &asked, 80.0, None, true)).unwrap();
    let numbers: Vec<&str> = public.iter().map(|n| n.number.as_str()).collect();
    // farther off, but of the same kind and in the same words
    assert_eq!(numbers, [rubbish.number.as_str(), water.number.as_str()]);
    assert!(public[0].alike > public[1].alike);
    let staff = t.db.read_now(move |tx| nearby(tx, &look, 80.0, None, false)).unwrap();
    assert!(staff.iter().any(|n| n.id == hidden.id), "staff see what nobody has confirmed yet");
}

fn a_matter_reported_many_times_is_found_as_one(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let many: Vec<_> = (0..8)
        .map(|n| w.pinned("路灯不亮，晚上很黑", 2, (HERE.0 + f64::from(n) * 0.00005, HERE.1)))
        .collect();
    w.pinned("垃圾没人收", 0, HERE);
    w.pinned("路灯不亮，晚上很黑", 2, (98.31, 39.80));
    let found = |who: &kernel::ctx::Ctx| {
        let ctx = who.clone();
        t.db.read_now(move |tx| clusters(&ctx, tx, 60)).unwrap()
    };
    let all = found(&w.office());
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].first.id, all[0].others.len()), (many[0].id, 7));
    assert!(found(&w.clerk(CLEANING)).is_empty(), "only what one may see");
    let first = many[0].id;
    for (other, _, _) in &all[0].others {
        let id = other.id;
        w.act(&w.office(), move |ctx, tx, desk| commands::merge(ctx, tx, desk, id, first)).unwrap();
    }
    assert!(found(&w.office()).is_empty());
    assert_eq!(w.case(first).follower_count, 7);
    // once the unit has it, a new report is still to be merged into it
    let to = super::world::to_unit(CLEANING);
    w.act(&w.office(), move |ctx, tx, desk| commands::accept(ctx, tx, desk, first, None, "", &to)).unwrap();
    let late = w.pinned("路灯不亮", 2, HERE);
    let again = found(&w.office());
    assert_eq!((again[0].first.id, again[0].others[0].0.id), (first, late.id));
    assert_eq!(w.case(late.id).state, State::Reported);
}
