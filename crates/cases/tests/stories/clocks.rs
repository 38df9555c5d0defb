//! Deadlines that depend on an arrangement nobody has published yet.

use super::world::{CLEANING, MIGRATIONS, World};
use cases::commands;
use cases::desk::Desk;
use kernel::calendar::{Arrangement, DayKind, WorkingCalendar};
use kernel::time::Instant;
use std::sync::Arc;
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS;
    an_unpublished_year_is_provisional_until_it_is_published,
    what_was_closed_in_time_is_told_again_when_the_deadline_moves,
);

/// The first five days of the coming year are published to be off; every deadline is worked out again.
fn publish(t: &TestDb, w: &mut World<'_>, year: i16) {
    let mut data = w.desk.calendar.data().clone();
    let off = (1..=5).map(|d| (jiff::civil::date(year, 1, d), DayKind::Off, "元旦".to_owned())).collect();
    data.publish(Arrangement::new(year, off).unwrap());
    w.desk = Arc::new(Desk { calendar: Arc::new(WorkingCalendar::new(data)), ..(*w.desk).clone() });
    let mut after = 0;
    while let Some(last) =
        w.act(&t.ctx_system(), move |ctx, tx, desk| commands::recompute(ctx, tx, desk, after, 1)).unwrap()
    {
        after = last;
    }
}

fn an_unpublished_year_is_provisional_until_it_is_published(t: &TestDb) {
    t.leave_jobs();
    // the last working day of a year: the deadline falls into the next one
    let year = t.db.now().date().year();
    t.clock.set(Instant::from_civil(jiff::civil::date(year, 12, 31).at(17, 0, 0, 0)));
    let mut w = World::new(t);
    let case = w.dispatched("跨年", CLEANING);
    assert!(case.due_provisional);
    let before = case.due_at.unwrap();
    // the arrangement comes: the days after New Year are off as well
    publish(t, &mut w, year + 1);
    let now = w.case(case.id);
    assert!(!now.due_provisional);
    assert!(now.due_at.unwrap() > before, "{:?} after {before:?}", now.due_at);
    assert_eq!(now.stage_due_at, now.due_at);
    assert!(w.history(case.id).contains(&"case.deadline-recomputed".to_owned()));
}

fn what_was_closed_in_time_is_told_again_when_the_deadline_moves(t: &TestDb) {
    t.leave_jobs();
    let year = t.db.now().date().year();
    t.clock.set(Instant::from_civil(jiff::civil::date(year, 12, 31).at(17, 0, 0, 0)));
    let mut w = World::new(t);
    let (late, early) = (w.dispatched("迟了", CLEANING), w.closed("按时", CLEANING));
    assert_eq!(early.on_time, Some(true));
    // two days after New Year the unit answers: too late, as far as anybody knows
    t.clock.set(Instant::from_civil(jiff::civil::date(year + 1, 1, 5).at(11, 0, 0, 0)));
    w.act(&w.clerk(CLEANING), move |ctx, tx, desk| {
        commands::answer(ctx, tx, desk, late.id, &super::world::fixed())
    })
    .unwrap();
    let verifier = w.verifier();
    w.act(&verifier, move |ctx, tx, desk| commands::pass(ctx, tx, desk, late.id, "", &[])).unwrap();
    let closed = w.act(&verifier, move |ctx, tx, desk| commands::close(ctx, tx, desk, late.id, "")).unwrap();
    assert_eq!(closed.on_time, Some(false));
    // then those days turn out to be off
    publish(t, &mut w, year + 1);
    let now = w.case(late.id);
    assert!(now.due_at.unwrap() > now.answered_at.unwrap(), "{:?} {:?}", now.due_at, now.answered_at);
    assert_eq!(now.on_time, Some(true));
    let told = t.db.read_now(move |tx| store::audit::history(tx, late.id)).unwrap();
    let told = told.iter().rfind(|line| line.verb == "case.result-recomputed").unwrap();
    assert!(
        told.facts().iter().any(|(name, value)| name == "on-time" && value == &serde_json::Value::Bool(true))
    );
    // what was in time stays so, and is not told twice
    assert_eq!(w.case(early.id).on_time, Some(true));
    assert!(!w.history(early.id).contains(&"case.result-recomputed".to_owned()));
}
