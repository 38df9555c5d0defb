//! The guarantee, tried with whatever may go wrong: of each record, a receiver takes the events in the order of the log, each
//! at least once, and an id is never given to two events.

use super::world::{World, of, step_of};
use hooks::{client::Client, send};
use kernel::time::{MINUTE, SECOND};
use parking_lot::Mutex;
use proptest::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;
use testkit::{Engine, Received, Reply};

#[derive(Clone, Debug)]
enum Step {
    /// Something happens to one of four things.
    Happen(i64),
    /// The job runs.
    Run,
    /// Time passes, in seconds.
    Pass(i64),
    /// A program takes what it can, sends the first so-many of it, and dies.
    Die(usize),
}

#[derive(Clone, Copy, Debug)]
enum Mood {
    Well,
    Fails(u16),
    HangsUp,
    /// Takes it, but the answer is lost on the way.
    TakesAndHangsUp,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        5 => (0..4_i64).prop_map(Step::Happen),
        3 => Just(Step::Run),
        2 => (1..600_i64).prop_map(Step::Pass),
        1 => (0..3_usize).prop_map(Step::Die),
    ];
    prop::collection::vec(step, 5..45)
}

fn moods() -> impl Strategy<Value = Vec<Mood>> {
    let mood = prop_oneof![
        4 => Just(Mood::Well),
        2 => prop_oneof![Just(500_u16), Just(404), Just(302), Just(429)].prop_map(Mood::Fails),
        1 => Just(Mood::HangsUp),
        1 => Just(Mood::TakesAndHangsUp),
    ];
    prop::collection::vec(mood, 1..12)
}

type Taken = Arc<Mutex<Vec<Received>>>;

fn try_it(engine: Engine, steps: Vec<Step>, moods: Vec<Mood>) {
    let w = World::new(engine);
    let endpoint = w.listen("/in");
    let taken: Taken = Arc::default();
    let (noting, mut turn) = (Arc::clone(&taken), 0);
    w.receiver.answer(move |request| {
        let mood = moods[turn % moods.len()];
        turn += 1;
        match mood {
            Mood::Well => {
                noting.lock().push(request.clone());
                Reply::Status(200)
            }
            Mood::Fails(status) => Reply::Status(status),
            Mood::HangsUp => Reply::HangUp,
            Mood::TakesAndHangsUp => {
                noting.lock().push(request.clone());
                Reply::HangUp
            }
        }
    });
    let mut happened: HashMap<i64, i64> = HashMap::new();
    for step in steps {
        match step {
            Step::Happen(thing) => {
                let next = happened.entry(thing).or_default();
                w.happen(thing, *next);
                *next += 1;
            }
            Step::Run => drop(w.t.run_jobs()),
            Step::Pass(seconds) => w.t.advance(seconds * SECOND),
            Step::Die(after) => {
                let ctx = w.ctx();
                hooks::feed::step(&w.t.city, &ctx, &ctx, &endpoint).unwrap();
                let client = Client::of(&w.t.city);
                for delivery in send::take(&w.t.test.db, &ctx, endpoint.id, 8).unwrap().iter().take(after) {
                    send::send(&w.t.city, &client, &endpoint, delivery).unwrap();
                }
            }
        }
    }
    // all is well in the end
    let noting = Arc::clone(&taken);
    w.receiver.answer(move |request| {
        noting.lock().push(request.clone());
        Reply::Status(200)
    });
    w.pass(12 * 60 * MINUTE, 20 * MINUTE);

    let all = taken.lock().clone();
    let mut seen = HashMap::new();
    let mut first = Vec::new();
    for request in &all {
        let step = step_of(request);
        match seen.insert(request.header("webhook-id").to_owned(), step) {
            None => first.push(step),
            Some(before) => assert_eq!(before, step, "one id for two events"),
        }
    }
    for (thing, count) in happened {
        assert_eq!(of(&first, thing), (0..count).collect::<Vec<_>>(), "thing {thing}: {first:?}");
    }
    let line = w.line(&endpoint);
    assert_eq!((line.waiting, line.dead), (0, 0));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn order_holds_whatever_fails_embedded(steps in steps(), moods in moods()) {
        try_it(Engine::Embedded, steps, moods);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn order_holds_whatever_fails_server(steps in steps(), moods in moods()) {
        try_it(Engine::Server, steps, moods);
    }
}
