//! What a wall in a command room shows of now: by the hour, by kind and place, on the map. Counts and places only: no words
//! of people.

use super::filter::{Filter, visible};
use super::list::CaseLine;
use super::rates::Group;
use crate::model::Item;
use crate::workflow::State;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::{HOUR, Instant};
use store::{Query, Record, Tx, record};

/// What was answered lately is open still or was closed since, which two indexes give: there is none of answers, which every
/// case of a large city would otherwise be read for.
pub(super) fn answered_lately<R: Record>(filter: &Filter, q: &mut Query<R>) {
    let (Some(from), None) = (filter.answered_from, filter.on) else { return };
    let open = State::open();
    let marks = vec!["?"; open.len()].join(", ");
    let from = Instant::start_of(from);
    let mut values: Vec<&dyn store::Bind> = vec![&from];
    values.extend(open.iter().map(|state| state as &dyn store::Bind));
    q.filter(&format!("closed_at >= ? or state in ({marks})"), &values);
}

/// Narrows to these divisions; none: the whole city.
fn within<R>(q: &mut Query<R>, divisions: &[i64]) {
    if !divisions.is_empty() {
        q.one_of("division_id", divisions);
    }
}

/// Reports by the hour from one moment until another: hours since 1970 in China, and how many came in. Reads that time's
/// reports: they are what is counted.
pub fn by_hour(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    (from, until): (Instant, Instant),
    divisions: &[i64],
) -> Result<Vec<(i64, i64)>> {
    // whole numbers divide without a rest on both engines
    let hour = format!("(reported_at + {}) / {HOUR}", 8 * HOUR);
    let mut q = Query::<(i64, i64)>::new(&format!("select {hour}, count(*) from case_file"));
    q.filter("reported_at >= ? and reported_at < ?", &[&from, &until]);
    within(&mut q, divisions);
    visible(ctx, &mut q);
    q.tail(&format!("group by {hour} order by 1"), &[]);
    tx.query(&q)
}

record! {
    /// Open cases of one kind or place; 0: of none.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct OpenBy {
        pub key: i64,
        pub open: i64,
        pub overdue: i64,
    }
}

/// Open cases by [`Group::Item`] or [`Group::Division`], most first. Reads what is open: the archive's size does not matter.
pub fn open_by(ctx: &Ctx, tx: &mut Tx<'_>, group: Group, divisions: &[i64]) -> Result<Vec<OpenBy>> {
    let column = group.column();
    let mut q = Query::<OpenBy>::with(
        &format!(
            "select coalesce({column}, 0) as key, count(*) as open,
             coalesce(sum(case when stage_due_at < ? then 1 else 0 end), 0) as overdue from case_file"
        ),
        &[&ctx.now],
    );
    q.one_of("state", &State::open());
    within(&mut q, divisions);
    visible(ctx, &mut q);
    q.tail(&format!("group by coalesce({column}, 0) order by 2 desc, 1"), &[]);
    tx.query(&q)
}

record! {
    /// Where an open case is, for a map that names nobody and nothing that somebody wrote.
    #[derive(Clone, Debug)]
    pub struct Spot {
        pub lng: f64,
        pub lat: f64,
        pub item_id: Option<Id<Item>>,
        pub stage_due_at: Option<Instant>,
    }
}

/// Open confirmed cases with a place, newest first, at most `limit`: what everybody may see.
pub fn spots(tx: &mut Tx<'_>, divisions: &[i64], limit: i64) -> Result<Vec<Spot>> {
    let mut q = Query::<Spot>::new("select {*} from case_file");
    q.one_of("state", &State::open()).filter("is_public = 1 and lat is not null and lng is not null", &[]);
    within(&mut q, divisions);
    q.tail("order by reported_at desc, id desc limit ?", &[&limit]);
    tx.query(&q)
}

/// The open cases that most others have reported too or follow, with how many did, most first. Reads what is open.
pub fn most_reported(ctx: &Ctx, tx: &mut Tx<'_>, limit: i64) -> Result<Vec<(CaseLine, i64)>> {
    let mut q = Query::<(i64, i64)>::new("select id, follower_count from case_file");
    q.one_of("state", &State::open()).filter("follower_count > 0", &[]);
    visible(ctx, &mut q);
    q.tail("order by follower_count desc, reported_at, id limit ?", &[&limit]);
    let counts = tx.query(&q)?;
    let ids: Vec<i64> = counts.iter().map(|(id, _)| *id).collect();
    let mut q = Query::<CaseLine>::new("select {*} from case_file");
    q.one_of("id", &ids);
    let lines = tx.query(&q)?;
    let line = |id: i64| lines.iter().find(|line| line.id.raw() == id).cloned();
    Ok(counts.into_iter().filter_map(|(id, count)| Some((line(id)?, count))).collect())
}
