//! The city edits its ladder.

use crate::model::Rung;
use crate::policy::{Act, POLICY, city};
use crate::rules::{Condition, LADDER, Ladder};
use crate::store;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::workflow::Named;

fn sensible(condition: Condition) -> bool {
    match condition {
        Condition::Left { percent } => (1..=99).contains(&percent),
        Condition::Late { percent } => percent <= 10_000,
        Condition::Reminders { count } => (1..=20).contains(&count),
        Condition::Letters { count, days, .. } => (1..=20).contains(&count) && (1..=366).contains(&days),
    }
}

fn check(ladder: &Ladder) -> Result<()> {
    let mut found = Findings::default();
    for rung in Rung::ALL {
        let form = ladder.form(*rung);
        let prefix = form.prefix.trim();
        if prefix.is_empty() || prefix.chars().count() > 20 || prefix.contains(['〔', '〕', '号']) {
            found.add(FieldError::new(format!("prefix_{}", rung.code()), "not-a-prefix"));
        }
        let others = Rung::ALL.iter().filter(|r| *r != rung);
        if others.into_iter().any(|r| ladder.form(*r).prefix == form.prefix) {
            found.add(FieldError::new(format!("prefix_{}", rung.code()), "same-prefix"));
        }
        if form.answer_within.is_some_and(|l| l.value == 0 || l.value > 366) {
            found.add(FieldError::new(format!("answer_{}", rung.code()), "out-of-range"));
        }
    }
    for rule in &ladder.rules {
        if !rule.when.iter().all(|c| sensible(*c)) {
            found.add(FieldError::new(format!("rule_{}", rule.code), "out-of-range"));
        }
    }
    found.check(ladder.organ.chars().count() <= 60, "organ", "too-long-60");
    found.done()
}

/// Steps, conditions, prefixes, the switch. Setting it to what it is changes nothing.
pub fn edit(ctx: &Ctx, tx: &mut Tx<'_>, ladder: &Ladder) -> Result<()> {
    POLICY.require(ctx, Act::Edit, &city(), true)?;
    check(ladder)?;
    tx.housekeeping();
    LADDER.set(tx, ctx, ladder)
}

/// The year's numbers of a rung go on after `last`, which was given out elsewhere. Never back.
pub fn raise(ctx: &Ctx, tx: &mut Tx<'_>, rung: Rung, last: i64) -> Result<()> {
    POLICY.require(ctx, Act::Edit, &city(), true)?;
    if !(1..=99_999).contains(&last) {
        return Err(Problem::field("last", "out-of-range"));
    }
    let series = format!("{}-{}", rung.code(), ctx.now.date().year());
    if !store::raise_series(tx, &series, last)? {
        return Err(Problem::field("last", "used-already"));
    }
    tx.record(ctx, Event::city("ladder.series-raised").with("series", series).with("last", last))
}
