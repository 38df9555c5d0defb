//! The staff's list of cases.

use super::{Filter, Sort, past};
use crate::clock::Timing;
use crate::model::{Case, Division, Item, Satisfaction, Source};
use crate::workflow::State;
use kernel::calendar::{Limit, TimeUnit};
use kernel::ctx::{Ctx, Person, Unit};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::{Date, Instant};
use store::{Query, Record, Tx, record};
use web::list::{Cursor, PAGE_SIZE, Page};

record! {
    /// A line of the list.
    #[derive(Clone, Debug)]
    pub struct CaseLine {
        pub id: Id<Case>,
        pub number: String,
        pub title: String,
        pub state: State,
        pub source: Source,
        pub item_id: Option<Id<Item>>,
        pub condition: String,
        pub urgent: bool,
        pub address: String,
        pub lead_unit: Option<Id<Unit>>,
        /// Whom of its people the unit has given it to.
        pub handler_id: Option<Id<Person>>,
        pub suggested_unit: Option<Id<Unit>>,
        pub reported_at: Instant,
        pub dispatched_at: Option<Instant>,
        pub answered_at: Option<Instant>,
        pub closed_at: Option<Instant>,
        pub stage_due_at: Option<Instant>,
        pub due_at: Option<Instant>,
        pub due_provisional: bool,
        pub limit_amount: Option<u32>,
        pub limit_unit: Option<String>,
        pub paused_at: Option<Instant>,
        pub parked_until: Option<Date>,
        pub on_time: Option<bool>,
        pub rework_count: i64,
        pub return_count: i64,
        pub extension_count: i64,
        pub contest_count: i64,
        pub satisfaction: Option<Satisfaction>,
        pub division_id: Option<Id<Division>>,
        pub outside_id: Option<String>,
        pub lng: Option<f64>,
        pub lat: Option<f64>,
    }
}

impl CaseLine {
    pub fn timing(&self) -> Timing {
        let unit = self.limit_unit.as_deref().and_then(TimeUnit::parse);
        Timing {
            state: self.state,
            item_id: self.item_id,
            condition: self.condition.clone(),
            stage_due_at: self.stage_due_at,
            dispatched_at: self.dispatched_at,
            paused_at: self.paused_at,
            on_time: self.on_time,
            limit: self.limit_amount.zip(unit).map(|(value, unit)| Limit { value, unit }),
        }
    }

    fn cursor(&self, sort: Sort) -> Cursor {
        let sort = match sort {
            Sort::Newest => self.reported_at,
            Sort::Due => self.stage_due_at.unwrap_or(Instant::ZERO),
        };
        Cursor { sort: sort.0, id: self.id.raw() }
    }
}

const START: &str = "select {*} from case_file";

/// A page of the list.
pub fn list(ctx: &Ctx, tx: &mut Tx<'_>, filter: &Filter, after: Option<Cursor>) -> Result<Page<CaseLine>> {
    let filter = &past::settled(ctx, tx, filter)?;
    let rows = i64::try_from(PAGE_SIZE).unwrap_or(50) + 1;
    let filter = &filter.meaning(tx)?;
    let mut q = Query::<CaseLine>::new(&past::start("{*}", filter));
    // a day of the past is asked of its own index, which has all states in one
    if filter.states.len() > 1 && filter.on.is_none() {
        // one index entry a row shown for each state, however many cases are stored
        let parts = filter.states.iter().map(|state| {
            let mut part = Query::<(i64,)>::new("select id from case_file");
            let of = Filter { states: vec![*state], ..filter.clone() };
            narrow(ctx, tx, &of, after, &mut part)?;
            part.tail("limit ?", &[&rows]);
            Ok(part)
        });
        q.any_of("id", parts.collect::<Result<_>>()?);
        order(&mut q, filter.sort);
    } else {
        narrow(ctx, tx, filter, after, &mut q)?;
    }
    q.tail("limit ?", &[&rows]);
    Ok(Page::from_rows(tx.query(&q)?, PAGE_SIZE, |line| line.cursor(filter.sort)))
}

/// What the filter lets through after that place, in its order.
fn narrow<R: Record>(
    ctx: &Ctx,
    tx: &Tx<'_>,
    filter: &Filter,
    after: Option<Cursor>,
    q: &mut Query<R>,
) -> Result<()> {
    filter.apply(ctx, tx, q)?;
    if let Some(c) = after {
        match filter.sort {
            Sort::Newest => q.filter("(reported_at, id) < (?, ?)", &[&c.sort, &c.id]),
            Sort::Due => q.filter("(stage_due_at, id) > (?, ?)", &[&c.sort, &c.id]),
        };
    }
    order(q, filter.sort);
    Ok(())
}

fn order<R>(q: &mut Query<R>, sort: Sort) {
    q.tail(
        match sort {
            Sort::Newest => "order by reported_at desc, id desc",
            Sort::Due => "order by stage_due_at, id",
        },
        &[],
    );
}

/// The cases with these numbers that the person may see, in the order of their deadlines: what a bulk action is about.
pub fn chosen(ctx: &Ctx, tx: &mut Tx<'_>, numbers: &[String]) -> Result<Vec<CaseLine>> {
    let mut q = Query::<CaseLine>::new(START);
    q.one_of("number", numbers);
    super::filter::visible(ctx, &mut q);
    q.tail("order by (case when stage_due_at is null then 1 else 0 end), stage_due_at, id", &[]);
    tx.query(&q)
}

/// How many there are in all. Reads as many index entries as it counts, so pages ask for it apart from the rows.
pub fn count(ctx: &Ctx, tx: &mut Tx<'_>, filter: &Filter) -> Result<i64> {
    let filter = &past::settled(ctx, tx, filter)?;
    let filter = &filter.meaning(tx)?;
    let mut q = Query::<(i64,)>::new(&past::start("count(*)", filter));
    filter.apply(ctx, tx, &mut q)?;
    Ok(tx.query(&q)?.first().map_or(0, |(n,)| *n))
}

/// Every case of the list, for exports, at most `limit`.
pub fn each(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    filter: &Filter,
    limit: usize,
    each: &mut dyn FnMut(CaseLine) -> Result<()>,
) -> Result<()> {
    let filter = &past::settled(ctx, tx, filter)?;
    let filter = &filter.meaning(tx)?;
    let mut q = Query::<CaseLine>::new(&past::start("{*}", filter));
    filter.apply(ctx, tx, &mut q)?;
    order(&mut q, filter.sort);
    q.tail("limit ?", &[&i64::try_from(limit).unwrap_or(i64::MAX)]);
    tx.each(&q, each)
}
