//! Name, day and weight of a round.

use super::{event, load_for};
use crate::policy::Act;
use crate::rounds::model::Round;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::time::Date;
use scoring::Exact;

/// Longest name of a round, in characters.
pub(super) const LONGEST: usize = 100;

/// What can be changed of a round at any time: none of it changes what it comes to.
#[derive(Clone, Debug)]
pub struct Edit {
    pub name: String,
    pub held_on: Date,
    /// Above 0 and at most 1,000, as a person writes it.
    pub weight: String,
    pub version: Option<i64>,
}

/// # Errors
/// `round_name: required | too-long`, `held_on: future-day`, `round_weight: not-a-number | out-of-range`, `stale` (409).
pub fn edit(ctx: &Ctx, tx: &mut Tx<'_>, number: &str, new: Edit) -> Result<Round> {
    let round = load_for(ctx, tx, Act::Import, number)?;
    if new.version.is_some_and(|seen| seen != round.version) {
        return Err(Problem::stale());
    }
    let mut findings = Findings::default();
    let name = new.name.trim().to_owned();
    findings.check(!name.is_empty(), "round_name", "required");
    findings.check(name.chars().count() <= LONGEST, "round_name", "too-long");
    findings.check(new.held_on <= ctx.now.date(), "held_on", "future-day");
    findings.take(weight(&new.weight).map_err(|code| FieldError::new("round_weight", code)));
    findings.done()?;
    let of = event("assessment.round-edited", &round);
    let of = of.with("name", name.as_str()).with("day", new.held_on.to_string());
    let of = of.with("weight", new.weight.trim());
    let changed = Round { name, held_on: Some(new.held_on), weight: new.weight.trim().to_owned(), ..round };
    tx.save(&changed)?;
    tx.record(ctx, of)?;
    Ok(Round { version: changed.version + 1, ..changed })
}

/// A weight as it was written; the code of what is wrong with it.
pub(crate) fn weight(text: &str) -> std::result::Result<Exact, &'static str> {
    let weight = Exact::parse(text).ok_or("not-a-number")?;
    if weight > Exact::zero() && weight <= Exact::from(1000) { Ok(weight) } else { Err("out-of-range") }
}
