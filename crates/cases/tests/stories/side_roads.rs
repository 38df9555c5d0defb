//! What real work needs beside the main road: more time, parking, disputes, parts, duplicates.

use super::world::{CLEANING, MIGRATIONS, WATER, World, to_unit};
use cases::commands::{self, Ask, Part};
use cases::workflow::State;
use kernel::time::DAY;
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS; more_time_is_asked_for_granted_and_capped, parking_stops_the_clock,
    a_wrong_unit_returns_it, a_dispute_is_ruled, parts_lead_their_parent, duplicates_are_merged_and_unmerged,
    two_people_at_once);

fn more_time_is_asked_for_granted_and_capped(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let case = w.dispatched("大坑", CLEANING);
    let due = case.due_at.unwrap();
    let clerk = w.clerk(CLEANING);
    let too_much = Ask::Extension { amount: 5 };
    let refused = w.act(&clerk, move |ctx, tx, _| commands::ask_time(ctx, tx, case.id, &too_much, "要开挖"));
    assert_eq!(refused.unwrap_err().fields[0].code, "more-than-limit");
    for round in 1..=2 {
        let ask = Ask::Extension { amount: 2 };
        let request =
            w.act(&clerk, move |ctx, tx, _| commands::ask_time(ctx, tx, case.id, &ask, "要开挖")).unwrap();
        let ask = Ask::Extension { amount: 1 };
        let twice = w.act(&clerk, move |ctx, tx, _| commands::ask_time(ctx, tx, case.id, &ask, "再要"));
        assert_eq!(twice.unwrap_err().code, "already-asked");
        let own =
            w.act(&clerk, move |ctx, tx, desk| commands::decide_time(ctx, tx, desk, request.id, true, ""));
        assert_eq!(own.unwrap_err().status, 403);
        let granted = w
            .act(&w.office(), move |ctx, tx, desk| commands::decide_time(ctx, tx, desk, request.id, true, ""))
            .unwrap();
        assert_eq!(granted.extension_count, round);
        assert!(granted.due_at.unwrap() > due);
    }
    let ask = Ask::Extension { amount: 1 };
    let third = w.act(&clerk, move |ctx, tx, _| commands::ask_time(ctx, tx, case.id, &ask, "还要"));
    assert_eq!(third.unwrap_err().code, "extensions-used-up");
}

fn parking_stops_the_clock(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let case = w.dispatched("施工冻土", CLEANING);
    let (due, until) = (case.due_at.unwrap(), t.db.now().plus(30 * DAY).date());
    let ask = Ask::Parking { until };
    let request = w
        .act(&w.clerk(CLEANING), move |ctx, tx, _| commands::ask_time(ctx, tx, case.id, &ask, "冬季无法施工"))
        .unwrap();
    let parked = w
        .act(&w.office(), move |ctx, tx, desk| commands::decide_time(ctx, tx, desk, request.id, true, "同意"))
        .unwrap();
    assert_eq!((parked.state, parked.stage_due_at), (State::Parked, None));
    t.clock.advance(10 * DAY);
    assert!(!w.case(case.id).is_overdue(t.db.now()));
    // not yet: the date has not come
    assert_eq!(w.act(&t.ctx_system(), commands::wake_parked).unwrap(), 0);
    t.clock.advance(21 * DAY);
    assert_eq!(w.act(&t.ctx_system(), commands::wake_parked).unwrap(), 1);
    let back = w.case(case.id);
    assert_eq!(back.state, State::Handling);
    assert!(back.due_at.unwrap() > due.plus(30 * DAY), "{:?}", back.due_at);
}

fn a_wrong_unit_returns_it(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let case = w.dispatched("不归我管", CLEANING);
    let silent =
        w.act(&w.clerk(CLEANING), move |ctx, tx, desk| commands::return_case(ctx, tx, desk, case.id, " "));
    assert_eq!(silent.unwrap_err().fields[0].code, "required");
    let back = w
        .act(&w.clerk(CLEANING), move |ctx, tx, desk| {
            commands::return_case(ctx, tx, desk, case.id, "是水务的")
        })
        .unwrap();
    assert_eq!(
        (back.state, back.return_count, back.lead_unit, back.due_at),
        (State::Registered, 1, None, None)
    );
    let again = w
        .act(&w.office(), move |ctx, tx, desk| commands::dispatch(ctx, tx, desk, case.id, &to_unit(WATER)))
        .unwrap();
    assert_eq!(again.lead_unit, Some(kernel::id::Id::new(WATER)));
    assert!(again.due_at.is_some());
}

fn a_dispute_is_ruled(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let case = w.dispatched("盲道缺砖", CLEANING);
    let due = case.due_at.unwrap();
    w.act(&w.clerk(CLEANING), move |ctx, tx, desk| commands::dispute(ctx, tx, desk, case.id, "红线外"))
        .unwrap();
    t.clock.advance(3 * DAY);
    assert!(!w.case(case.id).is_overdue(t.db.now()));
    let unit = kernel::id::Id::new(CLEANING);
    let same = w
        .act(&w.office(), move |ctx, tx, desk| commands::rule(ctx, tx, desk, case.id, unit, "现场确认"))
        .unwrap();
    assert_eq!(same.state, State::Dispatched);
    assert!(same.due_at.unwrap() > due && !same.is_overdue(t.db.now()));
}

fn parts_lead_their_parent(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let case = w.report("又有垃圾又有积水");
    let items: Vec<_> = w.desk.catalogue.items().iter().map(|i| i.id).collect();
    let office = w.office();
    w.act(&office, move |ctx, tx, desk| commands::confirm(ctx, tx, desk, case.id)).unwrap();
    let part = |n: usize| Part { title: format!("第{n}部分"), item: items[n], suggested: None };
    let parts = vec![part(0), part(1)];
    let made = w.act(&office, move |ctx, tx, desk| commands::split(ctx, tx, desk, case.id, &parts)).unwrap();
    assert_eq!(made.len(), 2);
    assert_eq!(made[0].number, format!("{}-1", case.number));
    for (child, unit) in made.iter().zip([CLEANING, WATER]) {
        let id = child.id;
        let early =
            w.act(&t.ctx_system(), move |ctx, tx, desk| commands::gather(ctx, tx, desk, case.id)).unwrap();
        assert!(early.is_none());
        w.act(&office, move |ctx, tx, desk| commands::dispatch(ctx, tx, desk, id, &to_unit(unit))).unwrap();
        w.act(&w.clerk(unit), move |ctx, tx, desk| {
            commands::answer(ctx, tx, desk, id, &super::world::fixed())
        })
        .unwrap();
        w.act(&w.verifier(), move |ctx, tx, desk| commands::pass(ctx, tx, desk, id, "", &[])).unwrap();
        w.act(&w.verifier(), move |ctx, tx, desk| commands::close(ctx, tx, desk, id, "")).unwrap();
    }
    let parent =
        w.act(&t.ctx_system(), move |ctx, tx, desk| commands::gather(ctx, tx, desk, case.id)).unwrap();
    assert_eq!(parent.unwrap().state, State::Verified);
}

fn duplicates_are_merged_and_unmerged(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let (first, second, third) = (w.report("垃圾一"), w.report("垃圾二"), w.report("垃圾三"));
    let office = w.office();
    w.act(&office, move |ctx, tx, desk| commands::merge(ctx, tx, desk, third.id, second.id)).unwrap();
    w.act(&office, move |ctx, tx, desk| commands::merge(ctx, tx, desk, second.id, first.id)).unwrap();
    assert_eq!(w.case(first.id).follower_count, 2);
    assert_eq!(w.case(third.id).merged_into, Some(first.id), "what was merged follows along");
    let circle = w.act(&office, move |ctx, tx, desk| commands::merge(ctx, tx, desk, first.id, third.id));
    assert_eq!(circle.unwrap_err().fields[0].code, "same-case");
    let back = w.act(&office, move |ctx, tx, desk| commands::unmerge(ctx, tx, desk, second.id)).unwrap();
    assert_eq!((back.state, back.merged_into), (State::Reported, None));
}

fn two_people_at_once(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let case = w.report("同时");
    // both have read version 1; the second to save is told
    let mut stale = case.clone();
    w.act(&w.office(), move |ctx, tx, desk| commands::confirm(ctx, tx, desk, case.id)).unwrap();
    stale.title = "改了".into();
    let second = w.act(&w.office(), move |ctx, tx, _| {
        tx.save(&stale)?;
        tx.record(ctx, store::Event::city("case.corrected"))
    });
    assert_eq!(second.unwrap_err().code, "stale");
}
