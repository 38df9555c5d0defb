//! What is asked of communities and villages (基层), and how the public comes in: figures for the self-check.

use super::filter::end_of;
use crate::model::Source;
use ::store::{Query, Tx};
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::{Date, Instant};

/// Cases sent to these units from one day to another, each of which asks for a photo of the repair; how many were sent back to
/// them for another; and how many were sent back twice or more. Reads the cases of these units: for a page that few open.
pub fn asked_of(tx: &mut Tx<'_>, units: &[Id<Unit>], (from, until): (Date, Date)) -> Result<(i64, i64, i64)> {
    if units.is_empty() {
        return Ok((0, 0, 0));
    }
    let mut q = Query::<(i64, i64, i64)>::new(
        "select count(*), coalesce(sum(case when rework_count > 0 then 1 else 0 end), 0),
            coalesce(sum(case when rework_count > 1 then 1 else 0 end), 0) from case_file",
    );
    q.one_of("lead_unit", units)
        .filter("dispatched_at >= ? and dispatched_at < ?", &[&Instant::start_of(from), &end_of(until)]);
    Ok(tx.query(&q)?.into_iter().next().unwrap_or_default())
}

/// Reports since a day: all of them, those of which the program found the unit by itself, citizens' own, and those of them
/// sent without an account.
pub fn how_reported(tx: &mut Tx<'_>, from: Date) -> Result<(i64, i64, i64, i64)> {
    let mut q = Query::<(i64, i64, i64, i64)>::with(
        "select count(*), coalesce(sum(case when suggested_unit is not null then 1 else 0 end), 0),
            coalesce(sum(case when source = ? then 1 else 0 end), 0),
            coalesce(sum(case when source = ? and reported_by is null then 1 else 0 end), 0) from case_file",
        &[&Source::Citizen, &Source::Citizen],
    );
    q.filter("reported_at >= ?", &[&Instant::start_of(from)]);
    Ok(tx.query(&q)?.into_iter().next().unwrap_or_default())
}

/// Ratings that reporters gave to cases closed since a day.
pub fn ratings(tx: &mut Tx<'_>, from: Date) -> Result<i64> {
    let mut q = Query::<(i64,)>::new("select count(*) from case_file");
    q.filter("closed_at >= ? and satisfaction is not null", &[&Instant::start_of(from)]);
    Ok(tx.query(&q)?.first().map_or(0, |(n,)| *n))
}
