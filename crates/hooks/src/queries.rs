//! What pages and the API read.

use crate::model::{Delivery, DeliveryState, Endpoint, Health, Try};
use crate::store as rows;
use ::store::{Query, Tx, record, sql};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use web::list::{Cursor, Page};

/// An endpoint and how it does.
#[derive(Clone, Debug)]
pub struct Line {
    pub endpoint: Endpoint,
    pub health: Health,
    /// Counted up to [`COUNTED`].
    pub waiting: i64,
    pub dead: i64,
    pub owner: String,
}

/// Counts of a line end here: "1000 or more".
pub const COUNTED: i64 = 1000;

/// Every endpoint that was not removed, in the order of their numbers: there are never more than a page.
pub fn endpoints(tx: &mut Tx<'_>) -> Result<Vec<Line>> {
    let all = tx.all(
        sql!(Endpoint: "select {*} from hook_endpoint where state <> 'removed' order by id limit 200"),
        &[],
    )?;
    all.into_iter().map(|endpoint| line(tx, endpoint)).collect()
}

pub fn endpoint(tx: &mut Tx<'_>, number: &str) -> Result<Line> {
    let endpoint = rows::by_number(tx, number)?;
    line(tx, endpoint)
}

fn line(tx: &mut Tx<'_>, endpoint: Endpoint) -> Result<Line> {
    Ok(Line {
        health: rows::health(tx, endpoint.id)?,
        waiting: waiting(tx, endpoint.id, COUNTED)?,
        dead: count(tx, endpoint.id, DeliveryState::Dead, COUNTED)?,
        owner: people::queries::person_name(tx, endpoint.owner_id)?,
        endpoint,
    })
}

fn count(tx: &mut Tx<'_>, id: Id<Endpoint>, state: DeliveryState, most: i64) -> Result<i64> {
    tx.value(
        sql!((i64,): "select count(*) from (select 1 as one from hook_delivery where endpoint_id = $1 and state = $2
             limit $3) as n"),
        &[&id, &state, &most],
    )
}

/// Of these ids, the numbers of endpoints.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut query = Query::<(i64, String)>::new("select id, number from hook_endpoint");
    query.one_of("id", ids);
    tx.query(&query)
}

/// How many deliveries wait, counted up to `most`.
pub fn waiting(tx: &mut Tx<'_>, id: Id<Endpoint>, most: i64) -> Result<i64> {
    count(tx, id, DeliveryState::Waiting, most)
}

/// What the list of deliveries is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub state: Option<DeliveryState>,
    pub kind: String,
    /// A record's number, whole.
    pub number: String,
}

record! {
    /// A delivery in the list, without its body.
    #[derive(Clone, Debug)]
    pub struct DeliveryLine {
        pub event_id: i64,
        pub message: String,
        pub kind: String,
        pub number: String,
        pub at: Instant,
        pub state: DeliveryState,
        pub tries: i64,
        pub next_at: Instant,
        pub last_status: Option<i64>,
        pub last_error: Option<String>,
        pub finished_at: Option<Instant>,
    }
}

/// Deliveries of an endpoint, the latest event first.
pub fn deliveries(
    tx: &mut Tx<'_>,
    id: Id<Endpoint>,
    filter: &Filter,
    after: Option<Cursor>,
    size: usize,
) -> Result<Page<DeliveryLine>> {
    let mut query = Query::<DeliveryLine>::new("select {*} from hook_delivery");
    query.filter("endpoint_id = ?", &[&id]);
    if let Some(state) = &filter.state {
        query.filter("state = ?", &[state]);
    }
    if !filter.kind.is_empty() {
        query.filter("kind = ?", &[&filter.kind]);
    }
    if !filter.number.is_empty() {
        query.filter("number = ?", &[&filter.number]);
    }
    if let Some(cursor) = after {
        query.filter("event_id < ?", &[&cursor.id]);
    }
    let limit = i64::try_from(size).unwrap_or(i64::MAX - 1) + 1;
    query.tail("order by event_id desc limit ?", &[&limit]);
    let found = tx.query(&query)?;
    Ok(Page::from_rows(found, size, |d| Cursor { sort: 0, id: d.event_id }))
}

/// One delivery with its tries, the first try first.
pub fn delivery(tx: &mut Tx<'_>, id: Id<Endpoint>, message: &str) -> Result<(Delivery, Vec<Try>)> {
    let found = tx.one(
        sql!(Delivery: "select {*} from hook_delivery where endpoint_id = $1 and message = $2"),
        &[&id, &message],
    )?;
    let delivery = found.ok_or_else(Problem::not_found)?;
    // a delivery is tried some twenty times, and again after each replay
    let tries = tx.all(
        sql!(Try: "select {*} from hook_try where delivery_id = $1 order by id limit 500"),
        &[&delivery.id],
    )?;
    Ok((delivery, tries))
}

/// Codes and names.
pub type Named = Vec<(String, String)>;

/// The units and the divisions an endpoint is narrowed to.
pub fn names(tx: &mut Tx<'_>, endpoint: &Endpoint) -> Result<(Named, Named)> {
    let mut units = Vec::new();
    for unit in &endpoint.units.0 {
        if let Some(unit) = people::queries::unit(tx, *unit)? {
            units.push((unit.code, unit.name));
        }
    }
    let mut divisions = Vec::new();
    for division in &endpoint.divisions.0 {
        let division = places::queries::division(tx, *division)?;
        divisions.push((division.code, division.name));
    }
    Ok((units, divisions))
}

/// All units, for choosing.
pub fn unit_choices(tx: &mut Tx<'_>) -> Result<Named> {
    Ok(people::queries::all_units_options(tx)?.iter().map(people::queries::UnitOption::choice).collect())
}
