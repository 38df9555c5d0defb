//! What became of closed cases: those that came back, and those drawn for a second look.

use super::filter::{end_of, visible};
use crate::model::{Case, Item, Look, LookNote, LookState, Recurrence, Section};
use crate::policy::visible_to;
use crate::workflow::State;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{Date, Instant};
use kernel::workflow::Named;
use store::{Query, Record, Sealed, Tx, record, sql};
use web::list::{Cursor, PAGE_SIZE, Page, Params};

record! {
    /// 反弹: two cases that are one problem, the second after the first was closed. Unit, kind and section are those of the
    /// earlier one: it is its closing that did not hold.
    #[derive(Clone, Debug)]
    pub struct Pair {
        pub id: Id<Recurrence>,
        pub made_at: Instant,
        pub metres: Option<f64>,
        pub number: String,
        pub title: String,
        pub state: State,
        pub reported_at: Instant,
        pub earlier: String,
        pub closed_at: Option<Instant>,
        pub unit: Option<Id<Unit>>,
        pub item: Option<Id<Item>>,
        pub section: Option<Id<Section>>,
    }
}

/// Which pairs are wanted.
#[derive(Clone, Debug, Default)]
pub struct PairFilter {
    /// The day the later one was linked.
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub unit: Option<Id<Unit>>,
    pub item: Option<Id<Item>>,
    pub section: Option<Id<Section>>,
}

impl PairFilter {
    /// Reads an address' query.
    pub fn read(params: &Params) -> Result<Self> {
        let date = |name: &'static str| match params.get(name) {
            "" => Ok(None),
            text => text.parse::<Date>().map(Some).map_err(|_| Problem::field(name, "not-a-date")),
        };
        let id = |name: &'static str| match params.get(name) {
            "" => Ok(None),
            text => text.parse::<i64>().map(Some).map_err(|_| Problem::field(name, "not-a-choice")),
        };
        Ok(Self {
            from: date("from")?,
            until: date("until")?,
            unit: id("unit")?.map(Id::new),
            item: id("item")?.map(Id::new),
            section: id("section")?.map(Id::new),
        })
    }
}

/// Only cases that the person may see, where they do not see all.
fn seen<R: Record>(ctx: &Ctx, q: &mut Query<R>, column: &str) {
    if !visible_to(ctx).all {
        let mut mine = Query::<(i64,)>::new("select id from case_file");
        visible(ctx, &mut mine);
        q.any_of(column, vec![mine]);
    }
}

const PAIRS: &str = "select r.id as id, r.made_at as made_at, r.metres as metres, n.number as number, n.title as title,
    n.state as state, n.reported_at as reported_at, e.number as earlier, e.closed_at as closed_at, e.lead_unit as unit,
    e.item_id as item, e.section_id as section
    from case_recurrence r join case_file n on n.id = r.case_id join case_file e on e.id = r.earlier_id";

fn pairs_query(ctx: &Ctx, filter: &PairFilter, after: Option<Cursor>, limit: i64) -> Query<Pair> {
    let mut q = Query::<Pair>::new(PAIRS);
    // a link that a report only claims does not count before it is confirmed
    q.filter("r.ended_at is null and n.is_recurrence = 1", &[]);
    seen(ctx, &mut q, "r.case_id");
    if let Some(from) = filter.from {
        q.filter("r.made_at >= ?", &[&Instant::start_of(from)]);
    }
    if let Some(until) = filter.until {
        q.filter("r.made_at < ?", &[&end_of(until)]);
    }
    for (column, wanted) in [
        ("e.lead_unit", filter.unit.map(Id::raw)),
        ("e.item_id", filter.item.map(Id::raw)),
        ("e.section_id", filter.section.map(Id::raw)),
    ] {
        match wanted {
            None => {}
            Some(0) => {
                q.filter(&format!("{column} is null"), &[]);
            }
            Some(id) => {
                q.filter(&format!("{column} = ?"), &[&id]);
            }
        }
    }
    if let Some(c) = after {
        q.filter("(r.made_at, r.id) < (?, ?)", &[&c.sort, &c.id]);
    }
    q.tail("order by r.made_at desc, r.id desc limit ?", &[&limit]);
    q
}

/// A page of pairs, the last linked first. With a unit, kind or section the links of others are read and passed over: there
/// are some hundred a month.
pub fn pairs(ctx: &Ctx, tx: &mut Tx<'_>, filter: &PairFilter, after: Option<Cursor>) -> Result<Page<Pair>> {
    let rows = i64::try_from(PAGE_SIZE).unwrap_or(50) + 1;
    let found = tx.query(&pairs_query(ctx, filter, after, rows))?;
    Ok(Page::from_rows(found, PAGE_SIZE, |p| Cursor { sort: p.made_at.0, id: p.id.raw() }))
}

/// All of them for an export, at most `limit`.
pub fn all_pairs(ctx: &Ctx, tx: &mut Tx<'_>, filter: &PairFilter, limit: usize) -> Result<Vec<Pair>> {
    tx.query(&pairs_query(ctx, filter, None, i64::try_from(limit).unwrap_or(i64::MAX)))
}

record! {
    /// A second look, with its case.
    #[derive(Clone, Debug)]
    pub struct LookLine {
        pub id: Id<Look>,
        pub case_id: Id<Case>,
        pub number: String,
        pub title: String,
        pub address: String,
        pub unit: Option<Id<Unit>>,
        pub item: Option<Id<Item>>,
        pub closed_at: Instant,
        pub drawn_at: Instant,
        pub state: LookState,
        pub done_at: Option<Instant>,
        pub note: Sealed<LookNote>,
    }
}

const LOOKS: &str = "select k.id as id, k.case_id as case_id, c.number as number, c.title as title, c.address as address,
    c.lead_unit as unit, c.item_id as item, k.closed_at as closed_at, k.drawn_at as drawn_at, k.state as state,
    k.done_at as done_at, k.note as note
    from case_look k join case_file c on c.id = k.case_id";

fn looks_query(ctx: &Ctx, state: LookState, after: Option<Cursor>, limit: i64) -> Query<LookLine> {
    let mut q = Query::<LookLine>::new(LOOKS);
    q.filter("k.state = ?", &[&state]);
    seen(ctx, &mut q, "k.case_id");
    if state == LookState::Open {
        // one that was contested meanwhile waits until it is closed again
        q.filter("c.state = 'closed'", &[]);
        // what waits longest comes first
        if let Some(c) = after {
            q.filter("(k.drawn_at, k.id) > (?, ?)", &[&c.sort, &c.id]);
        }
        q.tail("order by k.drawn_at, k.id limit ?", &[&limit]);
    } else {
        if let Some(c) = after {
            q.filter("(k.drawn_at, k.id) < (?, ?)", &[&c.sort, &c.id]);
        }
        q.tail("order by k.drawn_at desc, k.id desc limit ?", &[&limit]);
    }
    q
}

/// A page of second looks in a state.
pub fn looks(ctx: &Ctx, tx: &mut Tx<'_>, state: LookState, after: Option<Cursor>) -> Result<Page<LookLine>> {
    let rows = i64::try_from(PAGE_SIZE).unwrap_or(50) + 1;
    let found = tx.query(&looks_query(ctx, state, after, rows))?;
    Ok(Page::from_rows(found, PAGE_SIZE, |l| Cursor { sort: l.drawn_at.0, id: l.id.raw() }))
}

/// All of a state for an export, at most `limit`.
pub fn all_looks(ctx: &Ctx, tx: &mut Tx<'_>, state: LookState, limit: usize) -> Result<Vec<LookLine>> {
    tx.query(&looks_query(ctx, state, None, i64::try_from(limit).unwrap_or(i64::MAX)))
}

/// How many second looks are in each state, of the whole city: what was drawn, and what came of it.
pub fn look_counts(tx: &mut Tx<'_>) -> Result<Vec<(LookState, i64)>> {
    let counted = tx.all(
        sql!((LookState, i64): "select k.state, count(*) from case_look k join case_file c on c.id = k.case_id
             where k.state <> 'open' or c.state = 'closed' group by k.state"),
        &[],
    )?;
    let of = |state: LookState| counted.iter().find(|(s, _)| *s == state).map_or(0, |(_, n)| *n);
    Ok(LookState::ALL.iter().map(|s| (*s, of(*s))).collect())
}
