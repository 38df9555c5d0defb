//! The time machine: whatever was done to cases, each day that is over shows what was seen on that day.

use super::world::{CLEANING, MIGRATIONS, WATER, World, fixed, to_unit};
use cases::commands::{self, Ask, Outcome, Part};
use cases::model::{Case, Satisfaction};
use cases::queries::{self, Filter};
use cases::workflow::State;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Result;
use kernel::time::{DAY, Date, HOUR, Instant, MINUTE};
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};
use testkit::{TestDb, grant};

testkit::both_engines!(MIGRATIONS;
    every_day_that_is_over_is_as_it_was_seen,
    a_day_shows_who_had_it_then_and_only_to_whom_it_is_shown_now,
    days_that_cannot_be_asked_for_are_refused,
);

/// What somebody sees at a moment: lines of the lists, in words, and figures.
#[derive(Debug, PartialEq)]
struct Seen {
    all: Vec<String>,
    open: Vec<String>,
    overdue: Vec<String>,
    figures: queries::DayFigures,
    units: Vec<queries::OnUnit>,
}

/// As it is now, at `now`; or as it was on a day.
fn seen(w: &World<'_>, now: Instant, on: Option<Date>) -> Seen {
    let ctx = Ctx { now, ..w.office() };
    w.t.db
        .read_now(move |tx| {
            let mut lines = |filter: Filter| -> Result<Vec<String>> {
                let mut lines = Vec::new();
                let filter = Filter { on, ..filter };
                queries::each(&ctx, tx, &filter, 1000, &mut |line| {
                    lines.push(format!("{line:?}"));
                    Ok(())
                })?;
                let counted = queries::count(&ctx, tx, &filter)?;
                assert_eq!(lines.len(), usize::try_from(counted).unwrap());
                let page = queries::list(&ctx, tx, &filter, None)?.rows;
                assert!(lines.iter().zip(&page).all(|(line, of_page)| *line == format!("{of_page:?}")));
                Ok(lines)
            };
            Ok(Seen {
                all: lines(Filter::default())?,
                open: lines(Filter { states: State::open(), ..Filter::default() })?,
                overdue: lines(Filter { only: vec!["overdue".into()], ..Filter::default() })?,
                figures: queries::figures_on(&ctx, tx, on)?,
                units: queries::open_by_unit(&ctx, tx, on)?,
            })
        })
        .unwrap()
}

fn pick<T: Copy>(rng: &mut TestRng, of: &[T]) -> T {
    of[usize::try_from(rng.next_u32()).unwrap() % of.len()]
}

/// Tries one move of many on a case; most are refused in most states, which is fine. Whether it was made.
fn try_something(w: &World<'_>, rng: &mut TestRng, known: &[Id<Case>]) -> bool {
    let (id, other) = (pick(rng, known), pick(rng, known));
    let (office, verifier) = (w.office(), w.verifier());
    let unit = pick(rng, &[CLEANING, WATER]);
    let to = to_unit(unit);
    let lead = w.case(id).lead_unit.map_or(CLEANING, Id::raw);
    let clerk = w.clerk(lead);
    let verdict = pick(rng, &[Satisfaction::Good, Satisfaction::Bad]);
    let days = i64::from(rng.next_u32() % 9) + 1;
    let items = w.desk.catalogue.items();
    let item = items[usize::try_from(rng.next_u32() % 3).unwrap()].id;
    let outcome = pick(rng, &[Outcome::Held, Outcome::Recall, Outcome::File]);
    let parts = ["一", "二"].map(|title| Part { title: title.into(), item, suggested: None }).to_vec();
    // half of the time the next step of the main road, so that cases get somewhere
    let usual = match w.case(id).state {
        State::Reported => 0,
        State::Confirmed => 2,
        State::Registered => 4,
        State::Dispatched | State::Handling => 8,
        State::Answered => 11,
        State::Verified => 14,
        _ => 25,
    };
    let chance = rng.next_u32();
    let done = match if chance.is_multiple_of(2) { usual } else { (chance / 2) % 30 } {
        0 | 1 => w.act(&verifier, move |c, tx, d| commands::confirm(c, tx, d, id).map(drop)),
        2 | 3 => w.act(&office, move |c, tx, d| commands::register(c, tx, d, id, None, "").map(drop)),
        4..=6 => w.act(&office, move |c, tx, d| commands::accept(c, tx, d, id, None, "", &to).map(drop)),
        7 => w.act(&clerk, move |c, tx, d| commands::receive(c, tx, d, id).map(drop)),
        8..=10 => w.act(&clerk, move |c, tx, d| commands::answer(c, tx, d, id, &fixed()).map(drop)),
        11 | 12 => w.act(&verifier, move |c, tx, d| commands::pass(c, tx, d, id, "", &[]).map(drop)),
        13 => w.act(&verifier, move |c, tx, d| commands::rework(c, tx, d, id, "没清完", &[]).map(drop)),
        14 | 15 => w.act(&verifier, move |c, tx, d| commands::close(c, tx, d, id, "").map(drop)),
        16 => w.act(&w.citizen(), move |c, tx, d| commands::contest(c, tx, d, id, "没有修好").map(drop)),
        17 => w.act(&verifier, move |c, tx, d| commands::uphold(c, tx, d, id, "已修好").map(drop)),
        18 => w.act(&verifier, move |c, tx, d| commands::reopen(c, tx, d, id, "确实没修").map(drop)),
        19 => w.act(&w.citizen(), move |c, tx, _| commands::rate(c, tx, id, verdict).map(drop)),
        20 => {
            let again = commands::Dispatch { note: "派错了".into(), ..to };
            w.act(&office, move |c, tx, d| commands::redispatch(c, tx, d, id, &again).map(drop))
        }
        21 => w.act(&clerk, move |c, tx, d| commands::return_case(c, tx, d, id, "不归我管").map(drop)),
        22 => w.act(&clerk, move |c, tx, d| commands::dispute(c, tx, d, id, "红线外").map(drop)).and_then(
            |()| {
                w.t.clock.advance(2 * HOUR);
                w.act(&w.office(), move |c, tx, d| {
                    commands::rule(c, tx, d, id, Id::new(unit), "现场确认").map(drop)
                })
            },
        ),
        23 => w.act(&clerk, move |c, tx, d| commands::dispute(c, tx, d, id, "红线外").map(drop)),
        24 => w.act(&office, move |c, tx, d| {
            let until = c.now.plus(days * DAY).date();
            commands::park(c, tx, d, id, until, "冬季无法施工").map(drop)
        }),
        25 => w.act(&w.t.ctx_system(), move |c, tx, d| commands::wake_parked(c, tx, d).map(drop)),
        26 => w.act(&office, move |c, tx, d| match d.catalogue.items().len() {
            0 => Ok(()),
            _ if days < 3 => commands::void(c, tx, d, id, "重复").map(drop),
            _ if days < 5 => commands::refuse(c, tx, d, id, "不属实").map(drop),
            _ if days < 7 => commands::merge(c, tx, d, id, other).map(drop),
            _ => commands::unmerge(c, tx, d, id).map(drop),
        }),
        27 => {
            let ask = Ask::Extension { amount: 2 };
            w.act(&clerk, move |c, tx, _| commands::ask_time(c, tx, id, &ask, "要开挖")).and_then(|asked| {
                w.act(&w.office(), move |c, tx, d| {
                    commands::decide_time(c, tx, d, asked.id, true, "").map(drop)
                })
            })
        }
        28 => w.act(&office, move |c, tx, d| match days {
            1 | 2 => commands::split(c, tx, d, id, &parts).map(drop),
            3 | 4 => commands::gather(c, tx, d, id).map(drop),
            5 | 6 => commands::relate(c, tx, id, other).map(drop),
            7 => commands::end_recurrence(c, tx, id, "不是一回事"),
            _ => commands::second_look(c, tx, d, id, outcome, "还是脏", &[]).map(drop),
        }),
        _ => w.act(&office, move |c, tx, d| match days {
            1..=3 => commands::inquire(c, tx, d, id, "哪一盏？").map(drop),
            4..=6 => commands::enter_reply(c, tx, d, id, "第三盏").map(drop),
            7 => commands::take_back(c, tx, d, id).map(drop),
            _ => commands::lapse(c, tx, d, 0, 100).map(drop),
        }),
    };
    done.is_ok()
}

/// Five weeks of whatever may happen; how each day was seen at its end.
fn weeks(w: &World<'_>, rng: &mut TestRng) -> Vec<(Date, Seen)> {
    let secrets = w.t.db.secrets().clone();
    let mut seen_then = Vec::new();
    let mut made = 0;
    for _ in 0..35 {
        let day = w.t.db.now().date();
        for _ in 0..=rng.next_u32() % 3 {
            let case = w.report("墙边有垃圾");
            w.act(&w.citizen(), move |c, tx, _| commands::leave_mail(c, tx, case.id, "zhang@example.cn"))
                .unwrap();
        }
        let looked = secrets.clone();
        w.act(&w.t.ctx_system(), move |c, tx, _| commands::draw_looks(c, tx, &looked, None, 50)).unwrap();
        let known: Vec<Id<Case>> =
            w.t.db
                .read_now(|tx| cases::store::past::cases_after(tx, 0, 1000))
                .unwrap()
                .iter()
                .map(|c| c.id)
                .collect();
        for _ in 0..rng.next_u32() % 60 {
            if !known.is_empty() {
                made += usize::from(try_something(w, rng, &known));
            }
            w.t.clock.advance(i64::from(rng.next_u32() % 6) * MINUTE);
        }
        let midnight = Instant::start_of(day).plus(DAY);
        assert!(w.t.db.now() < midnight, "the day was too long for this story");
        // at the very end of the day; what is due at midnight is not late before it
        seen_then.push((day, seen_at_end(w, midnight)));
        w.t.clock.set(midnight.plus(8 * HOUR));
    }
    assert!(made > 300, "too little happened: {made}");
    seen_then
}

/// The lists as they are at the last moment of a day.
fn seen_at_end(w: &World<'_>, midnight: Instant) -> Seen {
    seen(w, midnight.plus(-1), None)
}

fn every_day_that_is_over_is_as_it_was_seen(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    w.rules(|rules| rules.look_days = 1);
    // another course of events for each engine, the same in every run
    let seed = [if t.engine == testkit::Engine::Embedded { 7 } else { 11 }; 32];
    let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let then = weeks(&w, &mut rng);
    let now = t.db.now();
    let compare = |how: &str| {
        for (day, as_seen) in &then {
            let past = seen(&w, now, Some(*day));
            let differ = |a: &[String], b: &[String]| -> Vec<String> {
                a.iter()
                    .filter(|l| !b.contains(l))
                    .chain(b.iter().filter(|l| !a.contains(l)))
                    .cloned()
                    .collect()
            };
            assert_eq!(differ(&past.all, &as_seen.all), Vec::<String>::new(), "{how}: {day}");
            assert_eq!((past.figures, &past.units), (as_seen.figures, &as_seen.units), "{how}: {day}");
            // in the same order too
            assert!(past == *as_seen, "{how}: {day}");
        }
    };
    assert!(
        then.iter().any(|(_, s)| !s.overdue.is_empty()) && then.iter().any(|(_, s)| s.figures.closed > 0)
    );
    compare("as it was written down");
    // a city from before the time machine: its log tells the same
    let wipe = |tx: &mut store::Tx<'_>| {
        tx.housekeeping();
        for case in cases::store::past::cases_after(tx, 0, 1000)? {
            cases::store::past::forget(tx, case.id)?;
        }
        cases::store::past::set_filled(tx, 0, false)
    };
    t.db.write_now(&t.ctx_system(), wipe).unwrap();
    while !t.db.read_now(queries::is_complete).unwrap() {
        let desk = w.desk.clone();
        t.db.write_now(&t.ctx_system(), move |tx| cases::past::catch_up(tx, &desk)).unwrap();
    }
    compare("as the log tells it");
}

fn a_day_shows_who_had_it_then_and_only_to_whom_it_is_shown_now(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let case = w.dispatched("积水", CLEANING);
    let first = t.db.now().date();
    t.clock.advance(3 * DAY);
    w.act(&w.clerk(CLEANING), move |c, tx, d| commands::return_case(c, tx, d, case.id, "是水务的")).unwrap();
    w.act(&w.office(), move |c, tx, d| commands::dispatch(c, tx, d, case.id, &to_unit(WATER))).unwrap();
    t.clock.advance(DAY);
    let of = |ctx: Ctx, unit: Option<i64>| {
        let ctx = Ctx { now: t.db.now(), ..ctx };
        let filter = Filter { on: Some(first), unit: unit.map(Id::new), ..Filter::default() };
        t.db.read_now(move |tx| queries::list(&ctx, tx, &filter, None)).unwrap().rows
    };
    // whose it was that day
    assert_eq!(of(w.office(), None)[0].lead_unit, Some(Id::new(CLEANING)));
    assert_eq!((of(w.office(), Some(CLEANING)).len(), of(w.office(), Some(WATER)).len()), (1, 0));
    // the unit that has it now may read its past; the one that gave it back sees it no more, as in the present list
    assert_eq!((of(w.clerk(WATER), None).len(), of(w.clerk(CLEANING), None).len()), (1, 0));
    let stranger = t.ctx_member(9, "外人", vec![grant(Role::Auditor, &[1])]);
    assert_eq!(of(stranger, None).len(), 0);
    // what was made private since is on no map of everybody
    let public = |tx: &mut store::Tx<'_>| {
        let day = tx.now().plus(-DAY).date();
        let listed = queries::public_on(tx, day, None)?.rows;
        let dots = queries::dots_on(tx, day, 10)?;
        assert!(dots.iter().all(|dot| listed.iter().any(|line| line.number == dot.number)));
        Ok(dots.len())
    };
    let pinned = w.pinned("路灯", 0, (98.277, 39.772));
    w.confirm(pinned.id);
    t.clock.advance(DAY);
    assert_eq!(t.db.read_now(public).unwrap(), 1);
    w.act(&w.office(), move |c, tx, d| commands::void(c, tx, d, pinned.id, "拍到了人")).unwrap();
    assert_eq!(t.db.read_now(public).unwrap(), 0);
}

fn days_that_cannot_be_asked_for_are_refused(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let ask = |day: Date| {
        let (ctx, filter) =
            (Ctx { now: t.db.now(), ..w.office() }, Filter { on: Some(day), ..Filter::default() });
        let found = t.db.read_now(move |tx| queries::count(&ctx, tx, &filter));
        found.map_err(|problem| problem.fields[0].code)
    };
    let today = t.db.now().date();
    let (before, after) = (t.db.now().plus(-DAY).date(), t.db.now().plus(DAY).date());
    assert_eq!((ask(after), ask(today), ask(before)), (Err("future-day"), Ok(0), Err("before-first-day")));
    w.report("积水");
    t.clock.advance(DAY);
    assert_eq!((ask(today), ask(before)), (Ok(1), Err("before-first-day")));
}
