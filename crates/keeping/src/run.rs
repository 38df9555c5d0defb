//! One run: what is due is erased, rule by rule, some at a time.
//!
//! Each batch is a transaction that erases, counts, and saves the run's row; a program that dies leaves a run that has not ended,
//! and the next one goes on with it. Two programs never count the same thing: who finds that the row has changed stops, for the
//! other carries it on. What goes is what was due when the run began and is not held when its batch comes.

use crate::model::Run;
use crate::queries::{held, in_force};
use crate::store as rows;
use ::store::files::erase::remove_marked;
use ::store::keep::{Due, Keep, Way};
use ::store::value::Json;
use ::store::{Db, Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use web::keep::Keeps;

/// Things erased in one transaction: others must not wait long behind it.
const AT_ONCE: i64 = 200;

/// Goes on with the run that has not ended, or begins one, and ends it. `None` when another program carries it on.
pub fn run(db: &Db, ctx: &Ctx, keeps: &Keeps, by_hand: bool) -> Result<Option<Run>> {
    match carry_on(db, ctx, keeps, by_hand) {
        Ok(run) => Ok(Some(run)),
        Err(problem) if problem.code == "stale" => Ok(None),
        Err(problem) => Err(problem),
    }
}

fn carry_on(db: &Db, ctx: &Ctx, keeps: &Keeps, by_hand: bool) -> Result<Run> {
    let begin = || {
        let asked = ctx.clone();
        db.write_now(ctx, move |tx| begin(&asked, tx, by_hand))
    };
    // another began it at the same moment: there is one to go on with now
    let mut run =
        begin().or_else(|problem| if problem.code == "keeping-runs" { begin() } else { Err(problem) })?;
    for rule in &keeps.rules {
        while batch(db, ctx, rule, &mut run)? == AT_ONCE {}
    }
    let files = remove_marked(db, ctx)?;
    let asked = ctx.clone();
    let ended = db.write_now(ctx, move |tx| end(&asked, tx, run))?;
    if (ended.total() > 0 || files > 0) && !db.rinse()? {
        tracing::info!(
            "somebody was reading while erased things were to be cleared from the log; the next run does it"
        );
    }
    Ok(ended)
}

/// The run that has not ended, or a new one. 409 `keeping-runs` when another program began one at this very moment.
pub(crate) fn begin(ctx: &Ctx, tx: &mut Tx<'_>, by_hand: bool) -> Result<Run> {
    tx.housekeeping();
    if let Some(run) = rows::open_run(tx)? {
        return Ok(run);
    }
    let run = Run {
        id: tx.new_id(),
        number: tx.next_number("keeping-run")?,
        by_hand,
        started_by: ctx.member().map(|member| member.name.clone()).unwrap_or_default(),
        started_at: ctx.now,
        finished_at: None,
        counts: Json(BTreeMap::new()),
        version: 1,
    };
    tx.insert(&run).map_err(|problem| match problem.code {
        "duplicate" => Problem::conflict("keeping-runs"),
        _ => problem,
    })?;
    Ok(run)
}

/// Erases some of what a rule says; how many.
fn batch(db: &Db, ctx: &Ctx, rule: &'static Keep, run: &mut Run) -> Result<i64> {
    let Way::Daily { erase, .. } = &rule.way else { return Ok(0) };
    let now = Ctx { now: db.now(), ..ctx.clone() };
    let mut next = run.clone();
    let (saved, count) = db.write_now(ctx, move |tx| {
        tx.housekeeping();
        let held = held(tx)?;
        let days = in_force(tx, rule)?.days;
        let count = erase(&now, tx, &Due::new(next.started_at, days, &held), AT_ONCE)?;
        if count > 0 {
            *next.counts.0.entry(rule.key.to_owned()).or_default() += count;
            tx.save(&next)?;
            next.version += 1;
        }
        Ok((next, count))
    })?;
    *run = saved;
    Ok(count)
}

/// The run's one event: how much by which rule, never what.
fn end(ctx: &Ctx, tx: &mut Tx<'_>, mut run: Run) -> Result<Run> {
    run.finished_at = Some(tx.now());
    tx.save(&run)?;
    run.version += 1;
    let counts: Map<String, Value> = run.counts.0.iter().map(|(k, n)| (k.clone(), Value::from(*n))).collect();
    let event = Event::new("keeping.ran", Id::<Run>::new(run.id.raw())).with("number", run.number);
    let event = event.with("total", run.total()).with("counts", Value::Object(counts));
    tx.record(ctx, event)?;
    Ok(run)
}

/// What is due at the city's own program, for the command line: refuses where no rules are known.
pub fn keeps_of(city: &web::City) -> Result<std::sync::Arc<Keeps>> {
    city.kept::<Keeps>().ok_or_else(|| Problem::internal("the city was opened without its rules of keeping"))
}
