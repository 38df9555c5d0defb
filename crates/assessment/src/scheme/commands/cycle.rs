//! Cycles: their years, what each weighs, and scores from outside.

use super::rows;
use crate::policy::{self, Act};
use crate::scheme::model::{Cycle, Year};
use ::store::value::Json;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::problem::{Findings, Problem, Result};
use scoring::Exact;

/// Most years of a cycle.
const YEARS: i64 = 6;

#[derive(Clone, Debug)]
pub struct CycleDraft {
    pub name: String,
    pub first_year: i64,
    pub last_year: i64,
    /// Years that weigh something else than 1, or have a score from outside.
    pub years: Vec<Year>,
}

impl CycleDraft {
    fn check(&self) -> Result<Vec<Year>> {
        let mut findings = Findings::default();
        findings.check(!self.name.trim().is_empty(), "cycle_name", "required");
        findings.check(self.name.chars().count() <= 100, "cycle_name", "too-long");
        findings.check((2000..=2100).contains(&self.first_year), "first_year", "out-of-range");
        // years of a program may be any number
        let span = self.last_year.saturating_sub(self.first_year);
        findings.check((0..YEARS).contains(&span), "last_year", "out-of-range");
        for year in &self.years {
            let within = |x: &Exact| !x.is_negative() && *x <= Exact::from(1000);
            findings.check(within(&year.weight), "year_weight", "out-of-range");
            let share = |x: &Exact| !x.is_negative() && *x <= Exact::one();
            findings.check(year.given.as_ref().is_none_or(share), "year_given", "out-of-range");
        }
        findings.done()?;
        Ok((self.first_year..=self.last_year)
            .map(|year| {
                let known = self.years.iter().find(|y| y.year == year).cloned();
                known.unwrap_or(Year { year, weight: Exact::one(), given: None })
            })
            .collect())
    }
}

/// # Errors
/// `cycle_name`, `first_year`, `last_year`, `year_weight`, `year_given`.
pub fn make_cycle(ctx: &Ctx, tx: &mut Tx<'_>, draft: CycleDraft) -> Result<Cycle> {
    policy::require(ctx, Act::EditScheme)?;
    let years = draft.check()?;
    let cycle = Cycle {
        id: tx.new_id(),
        number: format!("CY-{:02}", tx.next_number("CY")?),
        name: draft.name.trim().to_owned(),
        first_year: draft.first_year,
        last_year: draft.last_year,
        years: Json(years),
        created_at: ctx.now,
        version: 1,
    };
    tx.insert(&cycle)?;
    let of = Event::new("assessment.cycle-made", cycle.id).with("number", cycle.number.as_str());
    tx.record(ctx, of.with("name", cycle.name.as_str()))?;
    Ok(cycle)
}

/// # Errors
/// As [`make_cycle`]; `stale` (409).
pub fn edit_cycle(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    number: &str,
    draft: CycleDraft,
    version: Option<i64>,
) -> Result<Cycle> {
    policy::require(ctx, Act::EditScheme)?;
    let before = rows::cycle(tx, number)?.ok_or_else(Problem::not_found)?;
    if version.is_some_and(|seen| seen != before.version) {
        return Err(Problem::stale());
    }
    let years = draft.check()?;
    let cycle = Cycle {
        name: draft.name.trim().to_owned(),
        first_year: draft.first_year,
        last_year: draft.last_year,
        years: Json(years),
        ..before
    };
    tx.save(&cycle)?;
    let of = Event::new("assessment.cycle-edited", cycle.id).with("number", cycle.number.as_str());
    let told = serde_json::to_string(&cycle.years.0).unwrap_or_default();
    tx.record(ctx, of.with("name", cycle.name.as_str()).with("years", told))?;
    Ok(Cycle { version: cycle.version + 1, ..cycle })
}

#[cfg(test)]
mod tests {
    use super::CycleDraft;

    #[test]
    fn years_of_any_size_are_refused_in_words() {
        for (first_year, last_year) in
            [(i64::MIN, 0), (0, i64::MIN), (i64::MIN, i64::MAX), (2024, 2023), (2024, 2030)]
        {
            let draft = CycleDraft { name: "周期".into(), first_year, last_year, years: Vec::new() };
            assert_eq!(draft.check().unwrap_err().status, 422, "{first_year} {last_year}");
        }
        let draft =
            CycleDraft { name: "周期".into(), first_year: 2024, last_year: 2026, years: Vec::new() };
        assert_eq!(draft.check().unwrap().len(), 3);
    }
}
