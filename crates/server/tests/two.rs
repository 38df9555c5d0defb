//! Two programs serve one city from one database while reports come in at both, cases are moved on through both in turn,
//! deadlines pass and another program is told by webhooks. One of them is killed and started again in the middle; both
//! take each other's jobs over as though they had slept through their leases. Nothing is done twice and nothing is left out.
//!
//! `CHUANGCHENG_TWO` asks for so many seconds of it. From two minutes on nobody hurries what a killed program held.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, tells its figures, and is told by variables where the test server is"
)]

mod serving;
mod two_parts;

use serving::{Database, found, free_address, start, verified};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use two_parts::check::{self, Figures};
use two_parts::load::{Callers, Sent};
use two_parts::town::Town;

const MORE: &[&str] = &["--webhook-allow", "127.0.0.0/8", "--workers", "2"];
/// Cases whose deadline passed long ago: each has every rung of the ladder before it.
const OVERDUE: usize = 12;

#[test]
fn two_programs_at_one_database_do_everything_once() {
    let seconds = std::env::var("CHUANGCHENG_TWO").ok().and_then(|n| n.parse().ok()).unwrap_or(9_u64);
    let (time, patient) = (Duration::from_secs(seconds), seconds >= 120);
    let database = Database::new("two");
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    found(data, Some(&database.url));
    let town = Town::settle(data, &database, if patient { 10 * OVERDUE } else { OVERDUE });

    let addresses = [free_address(), free_address()];
    let mut one = Some(start(data, Some(&database.url), &addresses[0], MORE));
    let two = start(data, Some(&database.url), &addresses[1], MORE);
    let stop = AtomicBool::new(false);
    let callers = Callers::new(addresses.clone(), &town, &stop);
    let sent: Vec<Sent> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..4)
            .map(|n| {
                scope.spawn({
                    let c = &callers;
                    move || c.work(n)
                })
            })
            .collect();
        let twins = scope.spawn(|| callers.twins());
        let sleepers = scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                town.wake_sleepers();
                std::thread::sleep(Duration::from_millis(300));
            }
        });
        std::thread::sleep(time / 3);
        drop(one.take());
        std::thread::sleep(Duration::from_millis(700));
        one = Some(start(data, Some(&database.url), &addresses[0], MORE));
        std::thread::sleep(time / 3 * 2);
        stop.store(true, Ordering::Relaxed);
        sleepers.join().expect("the sleepers");
        let mut sent: Vec<Sent> = running.into_iter().map(|r| r.join().expect("a caller")).collect();
        sent.push(twins.join().expect("the twins"));
        sent
    });
    let figures = at_rest(&town, patient);
    let (reports, moves) = check::reports(&town, &sent);
    let letters = check::ladder(&town);
    let Figures { events, received, again } = figures;
    println!(
        "{seconds} s, one program killed: {reports} reports, {moves} moves; {letters} letters on {} cases, numbers without gaps; \
         {events} events to the other program in {received} messages, {again} of them a second time with the same id",
        town.overdue.len(),
    );
    drop((one, two));
    verified(data, Some(&database.url));
}

/// Waits until nothing is left to be done.
fn at_rest(town: &Town, patient: bool) -> Figures {
    let begun = Instant::now();
    let (mut quiet_since, mut received) = (Instant::now(), 0);
    loop {
        std::thread::sleep(Duration::from_millis(300));
        let now = town.receiver.received().len();
        if now != received {
            (received, quiet_since) = (now, Instant::now());
        }
        if let Some(what) = town.left_to_do() {
            // what a killed program held is held for two minutes, which a short test does not wait for
            if !patient && quiet_since.elapsed() > Duration::from_secs(3) {
                town.let_go();
                quiet_since = Instant::now();
            }
            assert!(begun.elapsed() < Duration::from_mins(6), "still to be done: {what}");
            continue;
        }
        return check::messages(town);
    }
}
