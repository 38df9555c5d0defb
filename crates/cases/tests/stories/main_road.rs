//! From report to closing, with every step in the history and nobody checking their own work.

use super::world::{CLEANING, MIGRATIONS, World, fixed, to_unit};
use cases::commands;
use cases::model::Satisfaction;
use cases::workflow::State;
use kernel::time::HOUR;
use store::audit::{Verdict, verify};
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS; a_problem_is_reported_fixed_checked_and_closed, a_reporter_contests_once,
    nobody_checks_their_own_work, a_photo_or_a_reason_is_needed, rework_goes_back_on_the_time_that_was_left);

fn a_problem_is_reported_fixed_checked_and_closed(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let case = w.closed("人行道上有一堆垃圾", CLEANING);
    assert_eq!(case.state, State::Closed);
    assert_eq!(case.on_time, Some(true));
    assert!(case.number.starts_with("CASE-"), "{}", case.number);
    assert_eq!(
        w.history(case.id),
        [
            "case.reported",
            "case.confirmed",
            "case.registered",
            "case.dispatched",
            "case.answered",
            "case.passed",
            "case.closed"
        ]
    );
    let rated =
        w.act(&w.citizen(), move |ctx, tx, _| commands::rate(ctx, tx, case.id, Satisfaction::Good)).unwrap();
    assert_eq!(rated.satisfaction, Some(Satisfaction::Good));
    assert!(matches!(t.db.read_now(verify).unwrap(), Verdict::Whole { .. }));
}

fn a_reporter_contests_once(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let case = w.closed("垃圾还在", CLEANING);
    let contested = w
        .act(&w.citizen(), move |ctx, tx, desk| commands::contest(ctx, tx, desk, case.id, "没有清理干净"))
        .unwrap();
    assert_eq!(contested.state, State::Contested);
    let again = w
        .act(&w.verifier(), move |ctx, tx, desk| commands::reopen(ctx, tx, desk, case.id, "确实没有"))
        .unwrap();
    assert_eq!((again.state, again.rework_count, again.on_time), (State::Dispatched, 1, None));
    w.act(&w.clerk(CLEANING), move |ctx, tx, desk| commands::answer(ctx, tx, desk, case.id, &fixed()))
        .unwrap();
    w.act(&w.verifier(), move |ctx, tx, desk| commands::pass(ctx, tx, desk, case.id, "", &[])).unwrap();
    w.act(&w.verifier(), move |ctx, tx, desk| commands::close(ctx, tx, desk, case.id, "")).unwrap();
    let second =
        w.act(&w.citizen(), move |ctx, tx, desk| commands::contest(ctx, tx, desk, case.id, "还是没有"));
    assert_eq!(second.unwrap_err().code, "contested-before");
}

fn nobody_checks_their_own_work(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let case = w.answered("积水", CLEANING);
    // somebody who holds both hands: of the unit, and of the supervision
    let both = t.ctx_member(
        100 + CLEANING,
        "两头",
        vec![
            testkit::whole_city(kernel::policy::Role::Verifier),
            testkit::grant(kernel::policy::Role::UnitClerk, &[CLEANING]),
        ],
    );
    let own = w.act(&both, move |ctx, tx, desk| commands::pass(ctx, tx, desk, case.id, "", &[]));
    assert_eq!(own.unwrap_err().code, "own-work");
    let clerk =
        w.act(&w.clerk(CLEANING), move |ctx, tx, desk| commands::pass(ctx, tx, desk, case.id, "", &[]));
    assert_eq!(clerk.unwrap_err().status, 403);
    assert_eq!(w.case(case.id).state, State::Answered);
}

fn a_photo_or_a_reason_is_needed(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let case = w.dispatched("井盖", CLEANING);
    let bare = commands::Answer { no_photo: String::new(), ..fixed() };
    let refused =
        w.act(&w.clerk(CLEANING), move |ctx, tx, desk| commands::answer(ctx, tx, desk, case.id, &bare));
    assert_eq!(refused.unwrap_err().fields[0].code, "photo-or-reason");
    let other = w.act(&w.clerk(99), move |ctx, tx, desk| commands::answer(ctx, tx, desk, case.id, &fixed()));
    assert_eq!(other.unwrap_err().status, 404, "another unit does not even learn that the case exists");
    let stray = w.act(&w.office(), move |ctx, tx, desk| {
        commands::dispatch(ctx, tx, desk, case.id, &to_unit(CLEANING))
    });
    assert_eq!(stray.unwrap_err().code, "move-not-allowed");
}

fn rework_goes_back_on_the_time_that_was_left(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let case = w.answered("乱堆", CLEANING);
    let due = case.due_at.unwrap();
    // others take a day to look at it: the unit's clock stands meanwhile
    t.clock.advance(24 * HOUR);
    let back = w
        .act(&w.verifier(), move |ctx, tx, desk| commands::rework(ctx, tx, desk, case.id, "还有一半", &[]))
        .unwrap();
    assert_eq!((back.state, back.rework_count), (State::Handling, 1));
    assert!(back.due_at.unwrap() > due, "{:?} after {due:?}", back.due_at);
    assert!(!back.is_overdue(t.db.now()));
}
