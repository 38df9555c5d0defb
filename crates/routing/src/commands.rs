//! What people do with rules: write them, order them, ask for a dry run.

use crate::conditions::Conditions;
use crate::jobs;
use crate::model::{DryRun, Edition, Mode, Report, Rule};
use crate::policy::{Act, require};
use crate::store as rows;
use ::store::tasks::Task;
use ::store::value::Json;
use ::store::{Event, Tx};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{FieldError, Problem, Result};
use kernel::time::Date;
use kernel::workflow::Named;

/// A rule as somebody wants it; `forms` has checked it.
#[derive(Clone, Debug)]
pub struct Draft {
    pub name: String,
    pub active: bool,
    pub from_day: Option<Date>,
    pub until_day: Option<Date>,
    pub conditions: Conditions,
    pub extra: String,
    pub lead_unit: Id<Unit>,
    pub assisting: Vec<Id<Unit>>,
    pub limit_condition: String,
    pub mode: Mode,
    pub why: String,
}

/// Rules that a city may have: all of them are asked for every case.
pub const MOST: i64 = 300;

fn edition(ctx: &Ctx, tx: &mut Tx<'_>, rule: &Rule, draft: Draft) -> Edition {
    Edition {
        id: tx.new_id(),
        rule_id: rule.id,
        number: rule.edition,
        name: draft.name,
        active: draft.active,
        from_day: draft.from_day,
        until_day: draft.until_day,
        conditions: Json(draft.conditions),
        extra: draft.extra,
        lead_unit: draft.lead_unit,
        assisting: Json(draft.assisting.iter().map(|u| u.raw()).collect()),
        limit_condition: draft.limit_condition,
        mode: draft.mode,
        why: draft.why,
        made_by: ctx.person(),
        made_by_name: ctx.member().map(|m| m.name.clone()).unwrap_or_default(),
        made_at: ctx.now,
    }
}

fn told(verb: &'static str, rule: &Rule, edition: &Edition) -> Event {
    Event::new(verb, rule.id)
        .with("rule", rule.number)
        .with("edition", edition.number)
        .with("name", edition.name.as_str())
        .with("mode", edition.mode.code())
        .with("active", if edition.active { "on" } else { "off" })
        .text(&edition.why)
}

/// A new rule, behind all others.
pub fn create(ctx: &Ctx, tx: &mut Tx<'_>, draft: Draft) -> Result<Rule> {
    require(ctx, Act::Edit)?;
    let number = tx.next_number("routing-rule")?;
    if number > MOST {
        return Err(Problem::conflict("routing-too-many").arg("max", MOST.to_string()));
    }
    let rule = Rule {
        id: tx.new_id(),
        number,
        place: rows::last_place(tx)? + 1,
        edition: 1,
        created_at: ctx.now,
        version: 1,
    };
    tx.insert(&rule)?;
    let edition = edition(ctx, tx, &rule, draft);
    tx.insert(&edition)?;
    tx.record(ctx, told("routing.rule-made", &rule, &edition))?;
    Ok(rule)
}

fn load(ctx: &Ctx, tx: &mut Tx<'_>, number: i64) -> Result<Rule> {
    require(ctx, Act::Edit)?;
    rows::rule(tx, number)?.ok_or_else(Problem::not_found)
}

/// A new edition. What the rule said before stays readable.
pub fn change(ctx: &Ctx, tx: &mut Tx<'_>, number: i64, seen: i64, draft: Draft) -> Result<Rule> {
    let mut rule = load(ctx, tx, number)?;
    if rule.version != seen {
        return Err(Problem::stale());
    }
    rule.edition += 1;
    let edition = edition(ctx, tx, &rule, draft);
    tx.insert(&edition)?;
    tx.save(&rule)?;
    rule.version += 1;
    tx.record(ctx, told("routing.rule-changed", &rule, &edition))?;
    Ok(rule)
}

/// Before or behind its neighbour.
pub fn shift(ctx: &Ctx, tx: &mut Tx<'_>, number: i64, up: bool) -> Result<()> {
    let mut rule = load(ctx, tx, number)?;
    let Some(mut other) = rows::neighbour(tx, rule.place, up)? else {
        tx.housekeeping();
        return Ok(());
    };
    std::mem::swap(&mut rule.place, &mut other.place);
    tx.save(&rule)?;
    tx.save(&other)?;
    let event = Event::new("routing.rule-moved", rule.id)
        .with("rule", rule.number)
        .with("other", other.number)
        .with("way", if up { "before" } else { "behind" });
    tx.record(ctx, event)
}

/// Longest time that a dry run may look at, in days.
pub const LONGEST_RUN: i32 = 366;
/// Runs whose cases are kept.
const KEPT: i64 = 8;

/// Lets the rules be tried on the cases reported from one day to another, in the background.
pub fn try_rules(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    (from_day, until_day): (Date, Date),
    with_off: bool,
) -> Result<(DryRun, Id<Task>)> {
    require(ctx, Act::Try)?;
    if until_day < from_day {
        return Err(Problem::field("until", "before-start"));
    }
    let days = kernel::time::days_since_epoch(until_day) - kernel::time::days_since_epoch(from_day);
    if days >= LONGEST_RUN {
        return Err(Problem::invalid(vec![
            FieldError::new("until", "routing-too-long").arg("max", LONGEST_RUN),
        ]));
    }
    for old in rows::old_runs(tx, KEPT)? {
        rows::forget_run(tx, old.id)?;
    }
    let run = DryRun {
        id: tx.new_id(),
        number: tx.next_number("routing-run")?,
        from_day,
        until_day,
        with_off,
        started_by: ctx.member().map(|m| m.name.clone()).unwrap_or_default(),
        started_at: ctx.now,
        finished_at: None,
        report: Json(Report::default()),
        version: 1,
    };
    tx.insert(&run)?;
    let task = jobs::enqueue_run(ctx, tx, &run)?;
    let event = Event::city("routing.tried")
        .with("number", run.number)
        .with("from", from_day.to_string())
        .with("until", until_day.to_string());
    tx.record(ctx, event)?;
    Ok((run, task))
}
