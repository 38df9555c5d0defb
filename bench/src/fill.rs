//! A city with many cases, made quickly: the rows are real, their lives are not lived through the commands.

use anyhow::{Result, anyhow};
use cases::model::{Case, Source};
use cases::workflow::State;
use kernel::ctx::{Actor, CityCode, Ctx, Member, Unit};
use kernel::id::Id;
use kernel::problem::Problem;
use kernel::time::{HOUR, Instant, MINUTE, SystemClock};
use std::path::Path;
use std::sync::Arc;
use store::{Db, Event, Location, Options};
use web::scope::Scope;

pub fn open(location: Location, folder: &Path) -> Result<Db> {
    Db::open(location, folder, Arc::new(SystemClock), &[], Options::default()).map_err(fail)
}

pub fn fail(problem: Problem) -> anyhow::Error {
    anyhow!("{problem}")
}

/// A key for reports, of the member of staff with this login.
pub fn key(db: &Db, city: &CityCode, login: &'static str) -> Result<String> {
    let system = Ctx::system(city.clone(), "bench", db.now());
    let asked = system.clone();
    let made = db.write_now(&system, move |tx| {
        let account = people::queries::person_by_login(tx, login)?.ok_or_else(Problem::not_found)?;
        let grants = people::recognise::grants_of(tx, account.id)?;
        let member = Member { id: account.id, name: account.name, grants };
        let theirs = Ctx { actor: Actor::Member(Arc::new(member)), ..asked };
        people::commands::make_api_key(tx, &theirs, "bench", Scope::Report, 30)
    });
    Ok(made.map_err(fail)?.1)
}

/// Adds `count` cases reported over 18 months to a city that has streets and units, a thousand a transaction.
pub fn fill(db: &Db, city: &CityCode, count: i64) -> Result<()> {
    let now = db.now();
    let ctx = Ctx::system(city.clone(), "bench", now);
    let units: Arc<[Id<Unit>]> = db
        .read_now(|tx| Ok(people::queries::all_units_options(tx)?.into_iter().map(|u| u.id).collect()))
        .map_err(fail)?;
    let span = 548 * 24 * HOUR;
    let mut done = 0;
    while done < count {
        let n = (count - done).min(1000);
        let (inner, units) = (ctx.clone(), Arc::clone(&units));
        db.write_now(&ctx, move |tx| {
            for k in done..done + n {
                let mut case = one(k, Instant(now.0 - span + span / count.max(1) * k), count, &units);
                case.id = tx.new_id();
                tx.insert(&case)?;
            }
            tx.record(&inner, Event::city("bench.filled").with("count", n))
        })
        .map_err(fail)?;
        done += n;
    }
    Ok(())
}

/// The k-th case of `count`: the older, the more surely closed; two thousand are open whatever the count.
fn one(k: i64, reported: Instant, count: i64, units: &[Id<Unit>]) -> Case {
    const OPEN: [State; 5] =
        [State::Reported, State::Registered, State::Dispatched, State::Handling, State::Answered];
    let open = k >= count - 2000;
    let state = if open { OPEN[usize::try_from(k).unwrap_or(0) % 5] } else { State::Closed };
    let due = reported.plus(16 * HOUR);
    Case {
        number: format!("CASE-2026-{k:08}"),
        state,
        source: Source::Citizen,
        title: format!("暴露垃圾：新华中路 {} 号", k % 900),
        description: format!("新华中路 {} 号门前人行道堆放装修垃圾，占用盲道约 6 米，请尽快清理。", k % 900)
            .into(),
        condition: String::new(),
        address: format!("新华中路 {} 号", k % 900),
        #[expect(clippy::cast_precision_loss, reason = "a position")]
        lng: Some(98.25 + (k % 1000) as f64 * 0.0001),
        #[expect(clippy::cast_precision_loss, reason = "a position")]
        lat: Some(39.74 + (k / 7 % 800) as f64 * 0.0001),
        lead_unit: (k % 7 != 0).then(|| units[usize::try_from(k).unwrap_or(0) % units.len()]),
        reported_at: reported,
        confirmed_at: Some(reported.plus(HOUR)),
        registered_at: Some(reported.plus(HOUR)),
        dispatched_at: Some(reported.plus(2 * HOUR)),
        answered_at: (!open).then(|| reported.plus((k % 30) * HOUR)),
        closed_at: (!open).then(|| reported.plus((k % 30) * HOUR + 30 * MINUTE)),
        stage_due_at: open.then_some(due),
        limit_amount: Some(8),
        limit_unit: Some("working_hour".to_owned()),
        due_at: Some(due),
        on_time: (!open).then_some(k % 30 <= 16),
        is_public: true,
        ..Case::blank(reported)
    }
}
