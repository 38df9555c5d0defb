//! 往日: cases as they stood at the end of a day. A day is asked of `case_past`; who sees a case is decided as of now, so that
//! nobody learns from the past what the present keeps from them.

use super::filter::{end_of, visible};
use super::{Dot, Filter, PublicCase};
use crate::past::{DATED, GOES_ON, LONGEST, number_of};
use crate::policy::visible_to;
use crate::store as rows;
use crate::workflow::State;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{FieldError, Problem, Result};
use kernel::time::{Date, Instant, parse_date};
use std::sync::LazyLock;
use store::{Query, Record, Tx, record, sql};
use web::list::{Cursor, PAGE_SIZE, Page, Params};

/// What of a case is the same on every day.
const KEPT: &str = "f.id, f.number, f.title, f.strikes, f.handler_id, f.source, f.address, f.suggested_unit, f.reported_by, f.reported_at, f.grid, f.along_m,
    f.outside_id, f.lng, f.lat, f.follower_count, f.is_public as public_now, p.id as past_id, p.from_day, p.until_day";

/// A case as it was: what stays the same from the case, what changes from the day's row, under the names of the case's own
/// columns, so that every condition of a list can be asked of it.
static AS_IT_WAS: LazyLock<String> = LazyLock::new(|| {
    let dated: Vec<String> = DATED.iter().map(|column| format!("p.{column}")).collect();
    format!(
        "(select {KEPT}, {} from case_past p join case_file f on f.id = p.case_id) as day_file",
        dated.join(", ")
    )
});

/// Where a list with this filter is read from.
pub(super) fn start(what: &str, filter: &Filter) -> String {
    format!("select {what} from {}", if filter.on.is_some() { AS_IT_WAS.as_str() } else { "case_file" })
}

/// The first day of which something is known: the earliest report.
pub fn first_day(tx: &mut Tx<'_>) -> Result<Option<Date>> {
    let first =
        tx.all(sql!((Instant,): "select reported_at from case_file order by reported_at, id limit 1"), &[])?;
    Ok(first.first().map(|(at,)| at.date()))
}

/// Whether the days before the time machine have all been worked out.
pub fn is_complete(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(rows::past::filled(tx)?.1)
}

/// The day that an address asks for with `on`; none for no day and for today, which is now.
///
/// # Errors
/// 422 at the field `on`: `not-a-date`, or `future-day` for one that has not come.
pub fn past_day(ctx: &Ctx, params: &Params) -> Result<Option<Date>> {
    match params.get("on") {
        "" => Ok(None),
        text => {
            let day = parse_date(text).ok_or_else(|| Problem::field("on", "not-a-date"))?;
            in_the_past(ctx, day)
        }
    }
}

fn in_the_past(ctx: &Ctx, day: Date) -> Result<Option<Date>> {
    let today = ctx.now.date();
    if day > today {
        return Err(Problem::field("on", "future-day"));
    }
    Ok((day != today).then_some(day))
}

/// The day as it can be asked for: none where it is today.
///
/// # Errors
/// 422 at the field `on`: `future-day`, or `before-first-day` with the argument `date`.
pub fn settled_day(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    day: Option<Date>,
    first: Option<Date>,
) -> Result<Option<Date>> {
    let Some(day) = day else { return Ok(None) };
    let Some(day) = in_the_past(ctx, day)? else { return Ok(None) };
    let known = first_day(tx)?.into_iter().chain(first).min();
    match known {
        Some(first) if day >= first => Ok(Some(day)),
        known => {
            let first = known.unwrap_or_else(|| ctx.now.date()).to_string();
            Err(Problem::invalid(vec![FieldError::new("on", "before-first-day").arg("date", first)]))
        }
    }
}

/// The filter with its day looked at.
pub(super) fn settled(ctx: &Ctx, tx: &mut Tx<'_>, filter: &Filter) -> Result<Filter> {
    Ok(Filter { on: settled_day(ctx, tx, filter.on, None)?, ..filter.clone() })
}

/// The rows of the day that the person may see, and of which the filter is about.
pub(super) fn on_day<R: Record>(ctx: &Ctx, filter: &Filter, day: Date, q: &mut Query<R>) {
    if !visible_to(ctx).all {
        let mut seen = Query::<(i64,)>::new("select id from case_file");
        visible(ctx, &mut seen);
        q.any_of("id", vec![seen]);
    }
    let day_number = number_of(day);
    let ends = |s: &State| s.is_over();
    let only_open = |o: &String| matches!(o.as_str(), "overdue" | "today" | "soon" | "waiting");
    if filter.only.iter().any(only_open) || (!filter.states.is_empty() && !filter.states.iter().any(ends)) {
        q.any_of("past_id", open_on(day_number));
    } else if let (Some(from), [State::Closed]) = (filter.closed_from, filter.states.as_slice()) {
        let mut closed = Query::<(i64,)>::new("select id from case_past");
        closed.filter("state = 'closed'", &[]);
        closed.filter("from_day >= ? and from_day <= ?", &[&number_of(from), &day_number]);
        closed.filter("until_day > ?", &[&day_number]);
        q.any_of("past_id", vec![closed]);
    } else {
        q.filter("from_day <= ? and until_day > ?", &[&day_number, &day_number]);
        // nothing is known of a case before it is reported: the list begins there
        q.filter("reported_at < ?", &[&end_of(day)]);
    }
}

/// What was open on a day: for each span of runs those that can include the day, which an index gives without the rest.
fn open_on(day: i64) -> Vec<Query<(i64,)>> {
    (1..=LONGEST)
        .map(|span| (span, if span == LONGEST { 0 } else { day - (1 << span) }))
        .chain([(GOES_ON, 0)])
        .map(|(span, after)| {
            let mut part = Query::<(i64,)>::new("select id from case_past");
            part.filter("is_open = 1 and span = ?", &[&span]);
            part.filter("from_day > ? and from_day <= ?", &[&after, &day]);
            part.filter("until_day > ?", &[&day]);
            part
        })
        .collect()
}

record! {
    /// A day in figures.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct DayFigures {
        /// At its end.
        pub open: i64,
        pub overdue: i64,
        /// On that day.
        pub reported: i64,
        pub closed: i64,
    }
}

fn one(ctx: &Ctx, tx: &mut Tx<'_>, filter: &Filter) -> Result<i64> {
    let mut q = Query::<(i64,)>::new(&start("count(*)", filter));
    filter.apply(ctx, tx, &mut q)?;
    Ok(tx.query(&q)?.first().map_or(0, |(n,)| *n))
}

/// The figures of a day that is over; reads what was open and what came in and was closed on it, whatever the archive's size.
/// For today, the same of now.
pub fn figures_on(ctx: &Ctx, tx: &mut Tx<'_>, day: Option<Date>) -> Result<DayFigures> {
    let date = day.unwrap_or_else(|| ctx.now.date());
    let open = Filter { states: State::open(), on: day, ..Filter::default() };
    let overdue = Filter { only: vec!["overdue".to_owned()], ..open.clone() };
    // parts of a case that was split later have its day of reporting: on the day itself they were not there
    let reported =
        Filter { reported_from: Some(date), reported_until: Some(date), on: day, ..Filter::default() };
    let closed =
        Filter { states: vec![State::Closed], closed_from: Some(date), on: day, ..Filter::default() };
    Ok(DayFigures {
        open: one(ctx, tx, &open)?,
        overdue: one(ctx, tx, &overdue)?,
        reported: one(ctx, tx, &reported)?,
        closed: one(ctx, tx, &closed)?,
    })
}

record! {
    /// What a unit had on a day.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct OnUnit {
        /// None: no unit had been told.
        pub lead_unit: Option<Id<Unit>>,
        pub open: i64,
        pub overdue: i64,
    }
}

/// Open cases of the day by unit, the most overdue first.
pub fn open_by_unit(ctx: &Ctx, tx: &mut Tx<'_>, day: Option<Date>) -> Result<Vec<OnUnit>> {
    let filter = Filter { states: State::open(), on: day, ..Filter::default() };
    let late = day.map_or(ctx.now, end_of);
    let what = "lead_unit, count(*) as open, coalesce(sum(case when stage_due_at < ? then 1 else 0 end), 0) as overdue";
    let mut q = Query::<OnUnit>::with(&start(what, &filter), &[&late]);
    filter.apply(ctx, tx, &mut q)?;
    q.tail("group by lead_unit order by 3 desc, 2 desc, 1", &[]);
    tx.query(&q)
}

/// Those that everybody saw then and still may see: what was made private since is not shown.
fn public<R: Record>(day: Date, what: &str) -> Query<R> {
    let mut q = Query::<R>::new(&format!("select {what} from {}", *AS_IT_WAS));
    q.filter("is_public = 1 and public_now = 1", &[]);
    q.any_of("past_id", open_on(number_of(day)));
    q
}

/// Public cases that were open on a day and have a place, newest first, at most so many.
pub fn dots_on(tx: &mut Tx<'_>, day: Date, limit: i64) -> Result<Vec<Dot>> {
    let mut q = public::<Dot>(day, "{*}");
    q.filter("lat is not null", &[]).tail("order by reported_at desc, id desc limit ?", &[&limit]);
    tx.query(&q)
}

/// Public cases that were open on a day, newest first.
pub fn public_on(tx: &mut Tx<'_>, day: Date, after: Option<Cursor>) -> Result<Page<PublicCase>> {
    let rows = i64::try_from(PAGE_SIZE).unwrap_or(50) + 1;
    let mut q = public::<PublicCase>(day, "{*}");
    if let Some(c) = after {
        q.filter("(reported_at, id) < (?, ?)", &[&c.sort, &c.id]);
    }
    q.tail("order by reported_at desc, id desc limit ?", &[&rows]);
    Ok(Page::from_rows(tx.query(&q)?, PAGE_SIZE, |c| Cursor { sort: c.reported_at.0, id: c.id.raw() }))
}
