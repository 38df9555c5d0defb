//! What sealing makes of a report's intake: the same reports through the program's own door, sealed and not, in turns of one
//! run, so that whatever else the machine does falls on both.
//!
//! `cargo test --release -p cases --features null-cipher --test stories intake_cost -- --ignored --nocapture --test-threads 1`

use super::world::World;
use axum::http::Method;
use serde_json::json;
use std::io::Write as _;
use std::time::{Duration, Instant};
use store::sealed::{Algorithm, null, rotate};
use testkit::{Engine, TestApp};

/// Reports in one turn, and turns of each kind.
const AT_ONCE: u32 = 100;
const TURNS: u32 = 40;

/// What this process has used of the processors, in hundredths of a second.
fn used() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields = stat.rsplit_once(") ").unwrap().1.split(' ').skip(11).take(2);
    Duration::from_millis(fields.map(|ticks| ticks.parse::<u64>().unwrap() * 10).sum())
}

fn reports(t: &TestApp, from: u32) {
    for n in from..from + AT_ONCE {
        let report = json!({
            "description": format!("新华中路 {n} 号门前路灯不亮，晚上看不见路，请尽快修理，我每天下班从这里走"),
            "address": format!("新华中路 {n} 号"),
            "reporter": "李报事", "phone": format!("139{:08}", n), "mail": format!("li{n}@example.cn"),
        });
        t.public().json(&Method::POST, "/api/v1/reports", &report).expect(201);
    }
}

fn measure(engine: Engine, seal_with: Algorithm) {
    let features = vec![people::feature(), places::feature(), ladder::feature(), cases::feature()];
    let t = TestApp::new(engine, features);
    t.test.leave_jobs();
    rotate(&t.test.db, &t.test.ctx_system(), seal_with).unwrap();
    let _world = World::new(&t.test);
    reports(&t, 0);
    let mut sums = [(Duration::ZERO, Duration::ZERO); 2];
    for turn in 0..2 * TURNS {
        // plain, sealed, sealed, plain: what grows in between falls on both alike
        let sealed = matches!(turn % 4, 1 | 2);
        null::switch(!sealed);
        let (wall, cpu) = (Instant::now(), used());
        reports(&t, (turn + 1) * AT_ONCE);
        let sum = &mut sums[usize::from(sealed)];
        *sum = (sum.0 + wall.elapsed(), sum.1 + (used() - cpu));
    }
    null::switch(false);
    let each = |d: Duration| d.as_secs_f64() * 1e6 / f64::from(TURNS * AT_ONCE);
    let [plain, sealed] = sums;
    writeln!(
        std::io::stdout(),
        "{engine:?} {}: a report takes {:.0} µs plain, {:.0} µs sealed (ratio {:.3}); of the processor {:.0} and {:.0} µs (ratio {:.3})",
        seal_with.code(),
        each(plain.0),
        each(sealed.0),
        each(sealed.0) / each(plain.0),
        each(plain.1),
        each(sealed.1),
        each(sealed.1) / each(plain.1),
    )
    .unwrap();
}

#[test]
#[ignore = "measures instead of testing"]
fn sealing_and_a_whole_report() {
    for algorithm in Algorithm::ALL {
        measure(Engine::Embedded, algorithm);
    }
}
