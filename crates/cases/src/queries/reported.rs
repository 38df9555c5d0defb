//! Cases by the day they were reported: for who goes through the past.

use super::filter::end_of;
use crate::model::Case;
use ::store::{Query, Record, Tx};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::{Date, Instant};

/// What was reported from one day to another and is a case, or may become one.
fn within<R: Record>(start: &str, (from, until): (Date, Date)) -> Query<R> {
    let mut q = Query::<R>::new(start);
    q.filter("reported_at >= ? and reported_at < ?", &[&Instant::start_of(from), &end_of(until)])
        .filter("state not in ('voided', 'merged', 'refused', 'split')", &[]);
    q
}

/// A page of them in the order of their reports, from behind `after`.
pub fn reported(
    tx: &mut Tx<'_>,
    days: (Date, Date),
    after: Option<(Instant, Id<Case>)>,
    limit: i64,
) -> Result<Vec<Case>> {
    let mut q = within::<Case>("select {*} from case_file", days);
    if let Some((at, id)) = after {
        q.filter("(reported_at, id) > (?, ?)", &[&at, &id]);
    }
    q.tail("order by reported_at, id limit ?", &[&limit]);
    tx.query(&q)
}

/// How many there are. Reads as many index entries.
pub fn count_reported(tx: &mut Tx<'_>, days: (Date, Date)) -> Result<i64> {
    Ok(tx.query(&within::<(i64,)>("select count(*) from case_file", days))?.first().map_or(0, |(n,)| *n))
}
