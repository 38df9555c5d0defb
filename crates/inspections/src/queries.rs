//! What pages and the API read of inspections.

use crate::model::{Draw, Drawn, Inspection};
use crate::policy::{self, Act};
use crate::store as rows;
use crate::visits::{Sent, Visit};
use crate::workflow::State;
use ::store::{Query, Tx, record, sql};
use draw::Record;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{Date, Instant};
use kernel::workflow::Named;
use web::list::{Cursor, Page, Params};

/// What a list asks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    pub state: Option<State>,
}

impl Filter {
    /// # Errors
    /// 422 at `state` for a word that is none.
    pub fn read(params: &Params) -> Result<Self> {
        let state = match params.get("state") {
            "" => None,
            text => Some(State::parse(text).ok_or_else(|| Problem::field("state", "not-a-choice"))?),
        };
        Ok(Self { state })
    }
}

record! {
    /// An inspection in the list.
    #[derive(Clone, Debug)]
    pub struct Line {
        pub id: Id<Inspection>,
        pub number: String,
        pub name: String,
        pub state: State,
        pub from_date: Date,
        pub until_date: Date,
        /// Points that were drawn and are not replaced.
        pub points: i64,
        pub replaced: i64,
        pub created_by: String,
        pub created_at: Instant,
    }
}

/// Inspections, newest first.
pub fn inspections(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    filter: Filter,
    after: Option<Cursor>,
    size: usize,
) -> Result<Page<Line>> {
    policy::require(ctx, Act::See)?;
    let mut query = Query::<Line>::new(
        "select id, number, name, state, from_date, until_date,
            (select count(*) from inspection_point p where p.inspection_id = inspection.id and p.out_place = 0) as points,
            (select count(*) from inspection_point p where p.inspection_id = inspection.id and p.out_place > 0) as replaced,
            created_by, created_at from inspection",
    );
    if let Some(state) = filter.state {
        query.filter("state = ?", &[&state]);
    }
    if let Some(cursor) = after {
        query.filter("(created_at, id) < (?, ?)", &[&cursor.sort, &cursor.id]);
    }
    let limit = i64::try_from(size).unwrap_or(i64::MAX - 1) + 1;
    query.tail("order by created_at desc, id desc limit ?", &[&limit]);
    let rows = tx.query(&query)?;
    Ok(Page::from_rows(rows, size, |line| Cursor { sort: line.created_at.0, id: line.id.raw() }))
}

/// How many that is.
pub fn count(tx: &mut Tx<'_>, filter: Filter) -> Result<i64> {
    let mut query = Query::<(i64,)>::new("select count(*) from inspection");
    if let Some(state) = filter.state {
        query.filter("state = ?", &[&state]);
    }
    Ok(tx.query(&query)?.first().map_or(0, |(n,)| *n))
}

/// An inspection with what binds it.
#[derive(Clone, Debug)]
pub struct Whole {
    pub inspection: Inspection,
    pub draw: Option<Draw>,
    pub points: Vec<Drawn>,
}

impl Whole {
    /// Points that are visited.
    pub fn visited(&self) -> impl Iterator<Item = &Drawn> {
        self.points.iter().filter(|p| !p.is_out())
    }

    /// Points that were replaced, in their order.
    pub fn replaced(&self) -> Vec<&Drawn> {
        let mut out: Vec<&Drawn> = self.points.iter().filter(|p| p.is_out()).collect();
        out.sort_by_key(|p| p.out_place);
        out
    }

    /// # Errors
    /// 404 before the draw.
    pub fn record(&self) -> Result<Record> {
        let draw = self.draw.as_ref().ok_or_else(Problem::not_found)?;
        draw.record(&self.points)?.ok_or_else(Problem::not_found)
    }
}

fn read(tx: &mut Tx<'_>, number: &str) -> Result<Whole> {
    let inspection = rows::by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    let draw = rows::draw_of(tx, inspection.id)?;
    let points = rows::points_of(tx, inspection.id)?;
    Ok(Whole { inspection, draw, points })
}

/// # Errors
/// 404 for a number that is no inspection's.
pub fn whole(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Whole> {
    policy::require(ctx, Act::See)?;
    read(tx, number)
}

/// For whoever may see a draw before everybody does.
///
/// # Errors
/// 404 before the draw.
pub fn proof(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Whole> {
    policy::require(ctx, Act::Prove)?;
    read(tx, number).and_then(drawn)
}

/// 404 before the draw.
fn drawn(whole: Whole) -> Result<Whole> {
    match whole.draw.as_ref().and_then(|d| d.drawn_at) {
        Some(_) => Ok(whole),
        None => Err(Problem::not_found()),
    }
}

/// What everybody may see of a draw: while it is not over, that it is bound, by what, and what will be mixed in.
///
/// # Errors
/// 404 for what nothing binds yet.
pub fn published(tx: &mut Tx<'_>, number: &str) -> Result<Whole> {
    let mut whole = read(tx, number)?;
    if whole.draw.is_none() {
        return Err(Problem::not_found());
    }
    if whole.inspection.state != State::Ended {
        whole.points.clear();
    }
    Ok(whole)
}

/// The whole draw, for everybody.
///
/// # Errors
/// 404 until the inspection has ended.
pub fn revealed(tx: &mut Tx<'_>, number: &str) -> Result<Whole> {
    match read(tx, number)? {
        whole if whole.inspection.state == State::Ended => Ok(whole),
        _ => Err(Problem::not_found()),
    }
}

record! {
    /// A commitment, as everybody sees it in the list.
    #[derive(Clone, Debug)]
    pub struct Bound {
        pub id: Id<Draw>,
        pub number: String,
        pub state: State,
        pub reason: String,
        pub public_source: String,
        pub register_hash: String,
        pub commitment: String,
        pub committed_at: Instant,
        pub drawn_at: Option<Instant>,
    }
}

/// Everything that was ever bound, newest first; what was given up too.
pub fn commitments(tx: &mut Tx<'_>, after: Option<Cursor>, size: usize) -> Result<Page<Bound>> {
    let mut query = Query::<Bound>::new(
        "select d.id as id, i.number as number, i.state as state, i.reason as reason, i.public_source as public_source,
            d.register_hash as register_hash, d.commitment as commitment, d.committed_at as committed_at,
            d.drawn_at as drawn_at from inspection_draw d join inspection i on i.id = d.inspection_id",
    );
    if let Some(cursor) = after {
        query.filter("(d.committed_at, d.id) < (?, ?)", &[&cursor.sort, &cursor.id]);
    }
    let limit = i64::try_from(size).unwrap_or(i64::MAX - 1) + 1;
    query.tail("order by d.committed_at desc, d.id desc limit ?", &[&limit]);
    Ok(Page::from_rows(tx.query(&query)?, size, |b| Cursor { sort: b.committed_at.0, id: b.id.raw() }))
}

/// For the log: numbers of inspections among these ids.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut query = Query::<(i64, String)>::new("select id, number from inspection");
    query.one_of("id", ids);
    tx.query(&query)
}

/// Inspections with this number, for the search box.
pub(crate) fn named(tx: &mut Tx<'_>, number: &str) -> Result<Vec<(String, String)>> {
    tx.all(sql!((String, String): "select number, name from inspection where number = $1"), &[&number])
}

/// A visit with its point.
#[derive(Clone, Debug)]
pub struct Stop {
    pub visit: Visit,
    pub point: Drawn,
}

/// Who is sent, and all visits in the order of people, days and ways. What visits found is for a later part of the program.
#[derive(Clone, Debug)]
pub struct Visits {
    pub sent: Vec<Sent>,
    pub stops: Vec<Stop>,
}

fn stops(visits: Vec<Visit>, points: &[Drawn]) -> Vec<Stop> {
    let point = |v: &Visit| points.iter().find(|p| p.id == v.point_id).cloned();
    visits.into_iter().filter_map(|visit| Some(Stop { point: point(&visit)?, visit })).collect()
}

/// # Errors
/// 404 for a number that is no inspection's.
pub fn visits_of(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<(Whole, Visits)> {
    policy::require(ctx, Act::Plan)?;
    let whole = read(tx, number)?;
    let sent = rows::sent_of(tx, whole.inspection.id)?;
    let stops = stops(rows::visits_of(tx, whole.inspection.id)?, &whole.points);
    Ok((whole, Visits { sent, stops }))
}

/// Whoever asks: their own visits of inspections that are drawn or under way, from this day on, with the inspection's number. Whose the
/// other visit of a point is, is not told.
pub fn own_visits(ctx: &Ctx, tx: &mut Tx<'_>, from: Date) -> Result<Vec<(String, Stop)>> {
    policy::somewhere(ctx, Act::Visit)?;
    let Some(me) = ctx.person() else { return Ok(Vec::new()) };
    let mine: Vec<Visit> = tx.all(
        sql!(Visit: "select {*} from inspection_visit where person_id = $1 and day >= $2 order by day, day_place, id"),
        &[&me, &from],
    )?;
    let mut found = Vec::new();
    let mut known: Vec<Whole> = Vec::new();
    for visit in mine {
        if !known.iter().any(|w| w.inspection.id == visit.inspection_id) {
            let inspection = tx
                .one(sql!(Inspection: "select {*} from inspection where id = $1"), &[&visit.inspection_id])?;
            let inspection = inspection.ok_or_else(Problem::not_found)?;
            let points = rows::points_of(tx, inspection.id)?;
            known.push(Whole { inspection, draw: None, points });
        }
        let Some(of) = known.iter().find(|w| w.inspection.id == visit.inspection_id) else { continue };
        if !of.inspection.state.runs() {
            continue;
        }
        let number = of.inspection.number.clone();
        found.extend(stops(vec![visit], &of.points).into_iter().map(|stop| (number.clone(), stop)));
    }
    Ok(found)
}

/// Whether it was said who goes where.
pub fn is_sent(tx: &mut Tx<'_>, inspection: Id<Inspection>) -> Result<bool> {
    Ok(!rows::sent_of(tx, inspection)?.is_empty())
}

/// A visit with its inspection and its point, whoever asks: for the crate that keeps what visits found, which asks its own policy.
pub fn visit(tx: &mut Tx<'_>, id: Id<Visit>) -> Result<Option<(Inspection, Stop)>> {
    let found = tx.one(sql!(Visit: "select {*} from inspection_visit where id = $1"), &[&id])?;
    let Some(visit) = found else { return Ok(None) };
    let inspection = inspection(tx, visit.inspection_id)?.ok_or_else(Problem::not_found)?;
    let point = tx.one(sql!(Drawn: "select {*} from inspection_point where id = $1"), &[&visit.point_id])?;
    Ok(point.map(|point| (inspection, Stop { visit, point })))
}

/// An inspection by its id, whoever asks.
pub fn inspection(tx: &mut Tx<'_>, id: Id<Inspection>) -> Result<Option<Inspection>> {
    tx.one(sql!(Inspection: "select {*} from inspection where id = $1"), &[&id])
}

/// An inspection by its number, whoever asks.
pub fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Inspection>> {
    rows::by_number(tx, number)
}

/// How many visits an inspection has.
pub fn visit_count(tx: &mut Tx<'_>, inspection: Id<Inspection>) -> Result<i64> {
    tx.value(sql!((i64,): "select count(*) from inspection_visit where inspection_id = $1"), &[&inspection])
}

/// Points that somebody visits in inspections that are not over: what another found there is not for them yet.
pub fn points_not_over(tx: &mut Tx<'_>, person: Id<kernel::ctx::Person>) -> Result<Vec<Id<Drawn>>> {
    let rows = tx.all(
        sql!(
            (Id<Drawn>,): "select distinct v.point_id from inspection_visit v join inspection i on i.id = v.inspection_id
              where v.person_id = $1 and i.state not in ('ended', 'cancelled')"
        ),
        &[&person],
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Inspections that have ended.
pub fn ended(tx: &mut Tx<'_>) -> Result<Vec<Id<Inspection>>> {
    let rows = tx.all(sql!((Id<Inspection>,): "select id from inspection where state = 'ended'"), &[])?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
