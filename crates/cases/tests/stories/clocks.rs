//! Deadlines that depend on an arrangement nobody has published yet.

use super::world::{CLEANING, MIGRATIONS, World};
use cases::commands;
use cases::desk::Desk;
use kernel::calendar::{Arrangement, DayKind, WorkingCalendar};
use kernel::time::Instant;
use std::sync::Arc;
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS; an_unpublished_year_is_provisional_until_it_is_published);

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
    let mut data = w.desk.calendar.data().clone();
    let off = (1..=5).map(|d| (jiff::civil::date(year + 1, 1, d), DayKind::Off, "元旦".to_owned())).collect();
    data.publish(Arrangement::new(year + 1, off).unwrap());
    w.desk = Arc::new(Desk { calendar: Arc::new(WorkingCalendar::new(data)), ..(*w.desk).clone() });
    let mut after = 0;
    while let Some(last) =
        w.act(&t.ctx_system(), move |ctx, tx, desk| commands::recompute(ctx, tx, desk, after, 1)).unwrap()
    {
        after = last;
    }
    let now = w.case(case.id);
    assert!(!now.due_provisional);
    assert!(now.due_at.unwrap() > before, "{:?} after {before:?}", now.due_at);
    assert_eq!(now.stage_due_at, now.due_at);
    assert!(w.history(case.id).contains(&"case.deadline-recomputed".to_owned()));
}
