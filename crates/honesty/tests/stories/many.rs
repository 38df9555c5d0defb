//! How long a picture takes among very many: a measurement, run by hand.
//!
//! `scripts/with-postgres cargo test -p honesty many -- --ignored --nocapture`

use super::world::{World, street};
use alike::{Print, Raster};
use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Instant;

const EARLIER: u64 = 100_000;

/// Prints, all of one file, of drawn streets with some of their signs and small pixels changed: as like each other as streets are.
fn fill(w: &World, engine: testkit::Engine) {
    let drawn: Vec<Vec<u8>> =
        (100..200).map(|seed| Print::of(&Raster::of_bytes(&street(seed)).unwrap()).to_bytes()).collect();
    let mut state = 1_u64;
    let mut dice = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 40).unwrap()
    };
    let (open, close) = if engine == testkit::Engine::Embedded { ("x'", "'") } else { ("'\\x", "'::bytea") };
    for start in (0..EARLIER).step_by(1000) {
        let mut statement =
            "insert into honesty_print (photo_id, case_id, file_id, kind, taken_by, added_at, \
             sha256, has_camera, print) values "
                .to_owned();
        for n in start..start + 1000 {
            let mut print = drawn[dice() % drawn.len()].clone();
            for _ in 0..60 {
                let at = dice() % print.len();
                print[at] ^= 1 << (dice() % 8);
            }
            let comma = if n == start { "" } else { "," };
            let print = hex::encode(print);
            write!(statement, "{comma}({n}, {n}, (select min(id) from file), 'after', null, {n}, '{n}', 0, {open}{print}{close})")
                .unwrap();
        }
        store::db::tamper(&w.t.test.location, &statement).unwrap();
    }
}

fn measure(engine: testkit::Engine) {
    let w = World::new(engine);
    w.answered(None, &[&street(1)]);
    let alone = Instant::now();
    w.answered(None, &[&street(2)]);
    let alone = alone.elapsed();
    fill(&w, engine);
    let among = Instant::now();
    let case = w.answered(None, &[&street(1)]);
    let among = among.elapsed();
    let seconds = |d: std::time::Duration| format!("{:.2} s", d.as_secs_f64());
    let told = format!(
        "{engine:?}: a case answered and examined: {}; among {EARLIER}: {}",
        seconds(alone),
        seconds(among)
    );
    writeln!(std::io::stdout(), "{told}").unwrap();
    assert!(w.warnings().contains(&("same-bytes".to_owned(), case.number)));
}

#[test]
#[ignore = "a measurement"]
fn a_picture_among_very_many_embedded() {
    measure(testkit::Engine::Embedded);
}

#[test]
#[ignore = "a measurement"]
fn a_picture_among_very_many_server() {
    measure(testkit::Engine::Server);
}
