//! From reminder to summons, by the clock alone.

use super::world::{MIGRATIONS, World, sound};
use kernel::time::{DAY, HOUR, MINUTE};
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS; each_step_comes_at_its_time, what_is_late_at_once_gets_one_reminder,
    nothing_happens_while_it_is_off, who_acts_in_time_is_left_alone, a_new_deadline_is_a_new_occasion,
    repeat_offenders_are_summoned);

fn each_step_comes_at_its_time(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    // four working hours from 09:30, without the break from 12:00 to 14:30: due at 16:00
    w.task(1, 4);
    assert_eq!(w.due(1).to_civil().hour(), 16);
    w.pass();
    assert!(w.steps().is_empty());
    // a quarter of four hours left: 15:00
    t.clock.set(w.due(1).plus(-HOUR - MINUTE));
    w.pass();
    assert!(w.steps().is_empty());
    t.clock.set(w.due(1).plus(-HOUR));
    w.pass();
    w.pass();
    assert_eq!(w.steps(), ["soon issued"]);
    t.clock.set(w.due(1));
    w.pass();
    assert_eq!(w.steps(), ["soon issued", "deadline issued"]);
    // four working hours later: 18:00 is the end of duty, the rest runs from 08:30 to 10:30 next morning
    t.clock.set(w.due(1).plus(18 * HOUR));
    w.pass();
    assert_eq!(w.steps().len(), 2);
    t.clock.set(w.due(1).plus(18 * HOUR + 30 * MINUTE));
    w.pass();
    assert_eq!(w.steps(), ["soon issued", "deadline issued", "letter proposed"]);
    t.clock.advance(14 * DAY);
    w.pass();
    w.pass();
    assert_eq!(w.steps(), ["soon issued", "deadline issued", "letter proposed", "summons proposed"]);
    let numbers: Vec<Option<String>> = w.letters().into_iter().map(|l| l.number).collect();
    assert_eq!(numbers[0].as_deref(), Some("创催〔2026〕1号"));
    assert_eq!(numbers[1].as_deref(), Some("创催〔2026〕2号"));
    assert_eq!(numbers[2], None, "a proposal has no number");
    t.db.read_now(sound).unwrap();
}

fn what_is_late_at_once_gets_one_reminder(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    w.task(1, 4);
    t.clock.advance(30 * DAY);
    w.pass();
    w.pass();
    // the program was away for a month: one reminder, one letter, one summons; the earlier reminder is passed over
    assert_eq!(w.steps(), ["deadline issued", "letter proposed", "summons proposed"]);
}

fn nothing_happens_while_it_is_off(t: &TestDb) {
    let w = World::new(t);
    w.set(|ladder| ladder.on = false);
    w.task(1, 4);
    t.clock.advance(30 * DAY);
    w.pass();
    assert!(w.steps().is_empty());
    // the dry run says what would be
    let desk = w.desk.clone();
    let ready = t.db.read_now(move |tx| {
        let ladder = ladder::rules::LADDER.get(tx)?;
        ladder::climb::look(tx, &desk, &ladder, desk.sources.of("task")?, None, 100)
    });
    let steps: Vec<String> =
        ready.unwrap().0.into_iter().map(|r| format!("{} {:?}", r.step, r.doing)).collect();
    assert_eq!(steps, ["soon PassOver", "deadline Issue", "letter Issue", "summons Issue"]);
}

fn who_acts_in_time_is_left_alone(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    w.task(1, 4);
    t.clock.set(w.due(1));
    w.pass();
    assert_eq!(w.steps(), ["deadline issued"]);
    t.clock.advance(DAY);
    w.pass();
    assert_eq!(w.steps(), ["deadline issued", "letter proposed"]);
    // the unit answers before anybody has signed: the proposal lapses, the reminder has helped
    w.change(1, |s| s.clock = None);
    w.pass();
    assert_eq!(w.steps(), ["deadline closed", "letter lapsed"]);
    w.pass();
    assert_eq!(w.steps(), ["deadline closed", "letter lapsed"]);
}

fn a_new_deadline_is_a_new_occasion(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    w.task(1, 4);
    t.clock.set(w.due(1));
    w.pass();
    // a calendar moves the same deadline: nothing is said twice
    w.change(1, |s| s.clock.as_mut().unwrap().due = s.clock.as_ref().unwrap().due.plus(HOUR));
    t.clock.advance(2 * HOUR);
    w.pass();
    assert_eq!(w.steps(), ["deadline issued"]);
    // given out anew
    t.clock.advance(DAY);
    w.task(1, 4);
    t.clock.set(w.due(1));
    w.pass();
    assert_eq!(w.steps(), ["deadline closed", "deadline issued"]);
}

fn repeat_offenders_are_summoned(t: &TestDb) {
    use ladder::commands;
    use ladder::model::Rung;
    t.leave_jobs();
    let w = World::new(t);
    w.task(1, 400);
    for _ in 0..2 {
        let proposal =
            commands::Proposal { rung: Rung::Letter, text: "请立即整改".into(), answer_by: None };
        let subject = w.tasks.0.lock()[&1].clone();
        let letter =
            w.act(&w.office(), move |ctx, tx, desk| commands::propose(ctx, tx, desk, &subject, &proposal));
        let id = letter.unwrap().id;
        w.act(&w.leader(7), move |ctx, tx, desk| commands::sign(ctx, tx, desk, id)).unwrap();
        t.clock.advance(HOUR);
    }
    w.pass();
    assert_eq!(w.steps(), ["by-hand issued", "by-hand issued", "summons proposed"]);
}
