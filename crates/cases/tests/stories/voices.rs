//! 好了、没好: who may say it, how often, and that it decides nothing.

use super::world::{CLEANING, MIGRATIONS, World, to_unit};
use cases::commands::{self, Say};
use cases::model::{Case, VoiceTie};
use cases::workflow::State;
use kernel::coords::Point;
use kernel::id::Id;
use kernel::problem::Result;
use store::secrets::Secrets;
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS;
    those_who_know_the_place_say_it_and_nobody_twice,
    it_is_said_between_answer_and_closing_only,
    after_rework_people_are_asked_anew,
);

const HERE: (f64, f64) = (98.277, 39.772);

fn answered(w: &World<'_>) -> Case {
    let id = w.pinned("垃圾", 0, HERE).id;
    let to = to_unit(CLEANING);
    w.act(&w.office(), move |ctx, tx, desk| commands::accept(ctx, tx, desk, id, None, "", &to)).unwrap();
    w.act(&w.clerk(CLEANING), move |ctx, tx, desk| {
        commands::answer(ctx, tx, desk, id, &super::world::fixed())
    })
    .unwrap()
}

fn say(w: &World<'_>, id: Id<Case>, said: Say) -> Result<cases::model::Voice> {
    w.act(&w.citizen(), move |ctx, tx, _| commands::say(ctx, tx, &Secrets::fixed([7; 32]), id, &said))
}

fn near(fixed: bool, device: &str, origin: &str) -> Say {
    Say {
        fixed,
        place: Some(Point { lng: HERE.0 + 0.0005, lat: HERE.1 }),
        device: device.to_owned(),
        origin: origin.to_owned(),
        ..Say::default()
    }
}

/// 好了, 没好.
fn count(t: &TestDb, id: Id<Case>) -> (usize, usize) {
    let all =
        t.db.read_now(move |tx| {
            let round = cases::store::case(tx, id)?.unwrap().answered_at.unwrap();
            cases::store::voices(tx, id, round)
        })
        .unwrap();
    let fixed = all.iter().filter(|v| v.fixed).count();
    (fixed, all.len() - fixed)
}

fn those_who_know_the_place_say_it_and_nobody_twice(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let case = answered(&w);
    let id = case.id;
    let far = Say { place: Some(Point { lng: 98.30, lat: 39.772 }), ..near(true, "a", "1") };
    assert_eq!(say(&w, id, far).unwrap_err().fields[0].code, "not-near");
    let nowhere = Say { place: None, ..near(true, "a", "1") };
    assert_eq!(say(&w, id, nowhere).unwrap_err().fields[0].code, "not-near");
    let voice = say(&w, id, near(false, "a", "1")).unwrap();
    assert_eq!((voice.tie, voice.metres.map(f64::round)), (VoiceTie::Near, Some(43.0)));
    let stored = "select device from case_voice where device like 'h1.%'";
    let hashed = t.db.read_now(move |tx| tx.query(&store::Query::<(String,)>::new(stored))).unwrap();
    assert_eq!(hashed.len(), 1, "a keyed hash, not the browser's name");
    assert_eq!(count(t, id), (0, 1));
    // the same browser changes its word
    say(&w, id, near(true, "a", "1")).unwrap();
    assert_eq!(count(t, id), (1, 0));
    // a follower, also from the browser that has spoken already, is the same person
    w.act(&w.citizen(), move |ctx, tx, _| commands::follow(ctx, tx, id, "13800138000")).unwrap();
    let follower =
        |device: &str| Say { contact: "13800138000".to_owned(), place: None, ..near(false, device, "2") };
    let stranger = Say { contact: "13800138001".to_owned(), ..follower("b") };
    assert_eq!(say(&w, id, stranger).unwrap_err().fields[0].code, "not-a-follower");
    say(&w, id, follower("a")).unwrap();
    assert_eq!(count(t, id), (0, 1));
    say(&w, id, follower("b")).unwrap();
    say(&w, id, follower("c")).unwrap();
    assert_eq!(count(t, id), (0, 2), "one contact is one voice, on however many devices");
    // whoever holds the report's link
    let reporter = Say { reported: Some(id), place: None, ..near(true, "d", "3") };
    assert_eq!(say(&w, id, reporter).unwrap().tie, VoiceTie::Reporter);
    let other = w.report("别的").id;
    let false_link = Say { reported: Some(other), place: None, ..near(true, "e", "3") };
    assert_eq!(say(&w, id, false_link).unwrap_err().fields[0].code, "not-near");
    // one address is not a crowd
    for n in 0..5 {
        say(&w, id, near(true, &format!("house-{n}"), "4")).unwrap();
    }
    assert_eq!(say(&w, id, near(true, "house-6", "4")).unwrap_err().code, "voices-enough");
    say(&w, id, near(false, "house-1", "4")).unwrap();
    // it moved nothing
    assert_eq!(w.case(id).state, State::Answered);
    let number = case.number;
    let verifier = w.verifier();
    let full = t.db.read_now(move |tx| cases::queries::full(&verifier, tx, &number)).unwrap();
    assert_eq!(full.voices.len(), 8);
}

fn it_is_said_between_answer_and_closing_only(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let early = w.confirm(w.pinned("垃圾", 0, HERE).id);
    assert_eq!(say(&w, early.id, near(true, "a", "1")).unwrap_err().code, "no-voice-now");
    let hidden = w.pinned("垃圾", 0, HERE);
    assert_eq!(say(&w, hidden.id, near(true, "a", "1")).unwrap_err().status, 404);
    let case = answered(&w);
    let id = case.id;
    let long = Say { words: "长".repeat(201), ..near(true, "a", "1") };
    assert_eq!(say(&w, id, long).unwrap_err().fields[0].code, "too-long");
    let verifier = w.verifier();
    w.act(&verifier, move |ctx, tx, desk| commands::pass(ctx, tx, desk, id, "", &[])).unwrap();
    say(&w, id, near(true, "a", "1")).unwrap();
    w.act(&verifier, move |ctx, tx, desk| commands::close(ctx, tx, desk, id, "")).unwrap();
    assert_eq!(say(&w, id, near(false, "a", "1")).unwrap_err().code, "no-voice-now");
}

fn after_rework_people_are_asked_anew(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let id = answered(&w).id;
    say(&w, id, near(false, "a", "1")).unwrap();
    w.act(&w.verifier(), move |ctx, tx, desk| commands::rework(ctx, tx, desk, id, "没清完", &[])).unwrap();
    w.act(&w.clerk(CLEANING), move |ctx, tx, desk| {
        commands::answer(ctx, tx, desk, id, &super::world::fixed())
    })
    .unwrap();
    assert_eq!(count(t, id), (0, 0));
    say(&w, id, near(true, "a", "1")).unwrap();
    assert_eq!(count(t, id), (1, 0));
}
