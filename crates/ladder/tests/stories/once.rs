//! Each step once: in any order of runs, after restarts, with clocks that jump, and with two programs at one database.

use super::world::{MIGRATIONS, World, sound};
use kernel::time::{DAY, HOUR, MINUTE};
use ladder::model::Rung;
use proptest::prelude::*;
use store::{Db, Options};
use testkit::{Engine, TestDb};

testkit::both_engines!(MIGRATIONS; two_programs_at_one_database, the_job_of_two_programs);

/// Another program at the same city.
fn second(t: &TestDb) -> Db {
    let options = Options { readers: 2, writers: 2, ..Options::default() };
    Db::open(t.location.clone(), t.folder(), t.clock.clone(), MIGRATIONS, options).unwrap()
}

fn two_programs_at_one_database(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let other = second(t);
    for id in 1..=12 {
        w.task(id, 4);
    }
    t.clock.advance(30 * DAY);
    std::thread::scope(|scope| {
        for db in [&t.db, &other, &t.db, &other] {
            let w = &w;
            scope.spawn(move || {
                for _ in 0..3 {
                    w.pass_on(db);
                }
            });
        }
    });
    t.db.read_now(sound).unwrap();
    let all = t.db.read_now(ladder::store::every).unwrap();
    let count = |rung: Rung| all.iter().filter(|l| l.rung == rung).count();
    // a unique key may have made one run lose; nothing is lost for good
    w.pass();
    assert_eq!((count(Rung::Reminder), count(Rung::Letter), count(Rung::Summons)), (12, 12, 12));
}

fn the_job_of_two_programs(t: &TestDb) {
    let w = World::new(t);
    let other = second(t);
    let city = web::City::new(t.city.clone(), "嘉峪关市", t.db.clone());
    city.set_calendar(super::world::calendar(t.db.now().date().year()));
    ladder::sources::bring(&city, w.tasks.clone());
    w.task(1, 4);
    t.clock.set(w.due(1));
    let tools = || store::jobs::Toolbox::default().with(city.clone());
    let here = t.jobs(ladder::jobs::HANDLERS, ladder::jobs::PERIODIC, tools());
    let there = store::jobs::Jobs::new(
        other,
        t.city.clone(),
        ladder::jobs::HANDLERS,
        ladder::jobs::PERIODIC,
        tools(),
    )
    .unwrap();
    for round in 0..4 {
        for jobs in [&here, &there] {
            jobs.ensure_periodic().unwrap();
            jobs.run_due().unwrap();
        }
        if round == 1 {
            t.clock.advance(6 * MINUTE);
        }
    }
    assert_eq!(w.steps(), ["deadline issued"]);
    // its papers were kept once each, with their hashes in the log
    let id = w.letters()[0].id;
    let lines = t.db.read_now(move |tx| store::audit::history(tx, id)).unwrap();
    let made = lines.iter().filter(|l| l.verb == "ladder.paper-made").count();
    assert_eq!(made, 2, "one DOCX and one PDF");
    here.run_due().unwrap();
}

/// What may happen to a city.
#[derive(Clone, Debug)]
enum Happening {
    /// The periodic job runs, here or in the other program.
    Run {
        other: bool,
    },
    /// Minutes pass, or a clock is set back.
    Clock(i64),
    /// The program dies and starts again.
    Restart,
    /// A task is given out anew, is answered, or comes back on the old deadline.
    GiveOut(i64),
    Answer(i64),
    Return(i64),
    /// The office signs whatever waits.
    Sign,
}

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    let task = 1..=2_i64;
    let one = prop_oneof![
        4 => any::<bool>().prop_map(|other| Happening::Run { other }),
        3 => (0..4000_i64).prop_map(Happening::Clock),
        1 => (-600..0_i64).prop_map(Happening::Clock),
        1 => Just(Happening::Restart),
        1 => task.clone().prop_map(Happening::GiveOut),
        1 => task.clone().prop_map(Happening::Answer),
        1 => task.prop_map(Happening::Return),
        1 => Just(Happening::Sign),
    ];
    prop::collection::vec(one, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]
    #[test]
    fn each_step_happens_once_whatever_happens(what in happenings()) {
        let t = TestDb::open(Engine::Embedded, MIGRATIONS);
        t.leave_jobs();
        let w = World::new(&t);
        w.task(1, 4);
        w.task(2, 8);
        let clocks: Vec<_> = [1, 2].into_iter().map(|id| w.tasks.0.lock()[&id].clock.clone()).collect();
        let mut old = clocks;
        let mut db = second(&t);
        for one in &what {
            match one {
                Happening::Run { other: false } => w.pass(),
                Happening::Run { other: true } => w.pass_on(&db),
                Happening::Clock(minutes) => t.clock.advance(minutes * MINUTE),
                Happening::Restart => db = second(&t),
                Happening::GiveOut(id) => {
                    t.clock.advance(MINUTE);
                    w.task(*id, 4);
                    old[usize::try_from(*id - 1).unwrap()] = w.tasks.0.lock()[id].clock.clone();
                }
                Happening::Answer(id) => w.change(*id, |s| s.clock = None),
                Happening::Return(id) => {
                    let clock = old[usize::try_from(*id - 1).unwrap()].clone();
                    w.change(*id, |s| s.clock = clock);
                }
                Happening::Sign => sign_all(&w),
            }
            t.db.read_now(sound).unwrap();
        }
        // left alone for long enough, everything that runs has had every rung: nothing was lost either
        t.clock.advance(400 * DAY);
        w.pass();
        w.pass_on(&db);
        t.db.read_now(sound).unwrap();
        let all = t.db.read_now(ladder::store::every).unwrap();
        for (id, subject) in w.tasks.0.lock().iter() {
            let Some(clock) = &subject.clock else { continue };
            for step in ["deadline", "letter", "summons"] {
                let had = all.iter().filter(|l| {
                    l.subject_id == *id && l.step == step && l.occasion == clock.occasion
                });
                prop_assert_eq!(had.count(), 1, "task {} {}", id, step);
            }
        }
    }
}

fn sign_all(w: &World<'_>) {
    let all = w.t.db.read_now(ladder::store::every).unwrap();
    for letter in all.into_iter().filter(|l| l.rung == Rung::Letter && l.state.waits_for_office()) {
        let id = letter.id;
        let draft =
            ladder::commands::Draft { text: "请整改".into(), ..ladder::commands::Draft::default() };
        if letter.state == ladder::workflow::State::Proposed {
            w.act(&w.office(), move |ctx, tx, _| ladder::commands::submit(ctx, tx, id, &draft)).unwrap();
        }
        // the ground may be lost since: then it is not signed
        let _ = w.act(&w.leader(7), move |ctx, tx, desk| ladder::commands::sign(ctx, tx, desk, id));
    }
    w.t.clock.advance(HOUR);
}
