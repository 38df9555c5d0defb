//! What pages and the API read.

use crate::model::{
    Aspect, Difference, DifferenceState, Health, InState, Incoming, Message, OutState, Partner, Value,
    ValueKind,
};
use crate::store as rows;
use ::store::{Query, Tx, sql};
use cases::model::Case;
use kernel::id::Id;
use kernel::problem::Result;
use std::collections::HashMap;
use web::list::{Cursor, Page};

/// A partner and how it does.
#[derive(Clone, Debug)]
pub struct Line {
    pub partner: Partner,
    pub health: Health,
    /// Counted up to [`COUNTED`] each.
    pub waiting_in: i64,
    pub broken_in: i64,
    pub waiting_out: i64,
    pub dead_out: i64,
    pub unmapped: i64,
    pub differences: i64,
}

impl Line {
    pub fn repairs(&self) -> i64 {
        (self.broken_in + self.dead_out + self.unmapped).min(COUNTED)
    }
}

/// Counts of a line end here: "1000 or more".
pub const COUNTED: i64 = 1000;

/// Every partner that was not removed: there are never more than a page.
pub fn partners(tx: &mut Tx<'_>) -> Result<Vec<Line>> {
    rows::partners(tx)?.into_iter().map(|partner| line(tx, partner)).collect()
}

pub fn partner(tx: &mut Tx<'_>, number: &str) -> Result<Line> {
    let partner = rows::by_number(tx, number)?;
    line(tx, partner)
}

fn line(tx: &mut Tx<'_>, partner: Partner) -> Result<Line> {
    let id = partner.id;
    Ok(Line {
        health: rows::health(tx, id)?,
        waiting_in: count(tx, "select 1 as one from xchg_in", id, "state = 'waiting'")?,
        broken_in: count(tx, "select 1 as one from xchg_in", id, "state = 'repair'")?,
        waiting_out: count(tx, "select 1 as one from xchg_out", id, "state = 'waiting'")?,
        dead_out: count(tx, "select 1 as one from xchg_out", id, "state = 'dead'")?,
        unmapped: count(tx, "select 1 as one from xchg_value", id, "ours = ''")?,
        differences: count(tx, "select 1 as one from xchg_difference", id, "state = 'open'")?,
        partner,
    })
}

fn count(tx: &mut Tx<'_>, from: &str, partner: Id<Partner>, which: &str) -> Result<i64> {
    let mut query = Query::<(i64,)>::new(from);
    query.filter("partner_id = ?", &[&partner]).filter(which, &[]).tail("limit ?", &[&COUNTED]);
    Ok(i64::try_from(tx.query(&query)?.len()).unwrap_or(COUNTED))
}

/// Of these ids, the numbers of partners, changes, messages and differences.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut found = Vec::new();
    for from in [
        "select id, number from xchg_partner",
        "select id, number from xchg_difference",
        "select id, number from xchg_in",
        "select id, message from xchg_out",
    ] {
        let mut query = Query::<(i64, String)>::new(from);
        query.one_of("id", ids);
        found.extend(tx.query(&query)?);
    }
    Ok(found)
}

/// Number and name of every partner, removed ones too, by id.
pub fn names(tx: &mut Tx<'_>) -> Result<HashMap<Id<Partner>, (String, String)>> {
    let all = tx.all(
        sql!((Id<Partner>, String, String): "select id, number, name from xchg_partner order by id limit 1000"),
        &[],
    )?;
    Ok(all.into_iter().map(|(id, number, name)| (id, (number, name))).collect())
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub partner: Option<Id<Partner>>,
    pub state: Option<DifferenceState>,
    pub aspect: Option<Aspect>,
    /// The whole number of an order or a case.
    pub number: String,
}

impl Filter {
    /// With the partner's number looked up; one that is not there finds nothing.
    pub fn with_partner(mut self, tx: &mut Tx<'_>, number: &str) -> Result<Self> {
        if !number.is_empty() {
            let found = names(tx)?.into_iter().find(|(_, (n, _))| n == number);
            self.partner = Some(found.map_or(Id::new(-1), |(id, _)| id));
        }
        Ok(self)
    }
}

fn limit(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX - 1) + 1
}

/// Differences, the latest first.
pub fn differences(
    tx: &mut Tx<'_>,
    filter: &Filter,
    after: Option<Cursor>,
    size: usize,
) -> Result<Page<Difference>> {
    let mut query = Query::<Difference>::new("select {*} from xchg_difference");
    if let Some(state) = &filter.state {
        query.filter("state = ?", &[state]);
    }
    if let Some(partner) = &filter.partner {
        query.filter("partner_id = ?", &[partner]);
    }
    if let Some(aspect) = &filter.aspect {
        query.filter("aspect = ?", &[aspect]);
    }
    if !filter.number.is_empty() {
        query.filter(
            "(order_no = ? or case_number = ? or number = ?)",
            &[&filter.number, &filter.number, &filter.number],
        );
    }
    if let Some(cursor) = after {
        query.filter("id < ?", &[&cursor.id]);
    }
    query.tail("order by id desc limit ?", &[&limit(size)]);
    let found = tx.query(&query)?;
    Ok(Page::from_rows(found, size, |d| Cursor { sort: 0, id: d.id.raw() }))
}

/// How many differences are open, counted up to [`COUNTED`].
pub fn open_differences(tx: &mut Tx<'_>) -> Result<i64> {
    tx.value(
        sql!((i64,): "select count(*) from (select 1 as one from xchg_difference where state = 'open' limit $1) as n"),
        &[&COUNTED],
    )
}

/// How many differences of a case are open.
pub fn open_of_case(tx: &mut Tx<'_>, case: Id<Case>) -> Result<i64> {
    tx.value(
        sql!((i64,): "select count(*) from xchg_difference where case_id = $1 and state = 'open'"),
        &[&case],
    )
}

pub fn difference(tx: &mut Tx<'_>, number: &str) -> Result<Difference> {
    rows::difference(tx, number)
}

/// Changes on the repair list, the latest first.
pub fn broken_changes(
    tx: &mut Tx<'_>,
    filter: &Filter,
    after: Option<Cursor>,
    size: usize,
) -> Result<Page<Incoming>> {
    let mut query = Query::<Incoming>::new("select {*} from xchg_in");
    query.filter("state = ?", &[&InState::Repair]);
    if let Some(partner) = &filter.partner {
        query.filter("partner_id = ?", &[partner]);
    }
    if !filter.number.is_empty() {
        query.filter("(order_no = ? or number = ?)", &[&filter.number, &filter.number]);
    }
    if let Some(cursor) = after {
        query.filter("id < ?", &[&cursor.id]);
    }
    query.tail("order by id desc limit ?", &[&limit(size)]);
    let found = tx.query(&query)?;
    Ok(Page::from_rows(found, size, |row| Cursor { sort: 0, id: row.id.raw() }))
}

/// Messages that were given up, the latest first.
pub fn dead_messages(
    tx: &mut Tx<'_>,
    filter: &Filter,
    after: Option<Cursor>,
    size: usize,
) -> Result<Page<Message>> {
    messages(tx, filter, Some(OutState::Dead), after, size)
}

/// Messages, the latest first.
pub fn messages(
    tx: &mut Tx<'_>,
    filter: &Filter,
    state: Option<OutState>,
    after: Option<Cursor>,
    size: usize,
) -> Result<Page<Message>> {
    let mut query = Query::<Message>::new("select {*} from xchg_out");
    if let Some(state) = &state {
        query.filter("state = ?", &[state]);
    }
    if let Some(partner) = &filter.partner {
        query.filter("partner_id = ?", &[partner]);
    }
    if !filter.number.is_empty() {
        query.filter("(order_no = ? or case_number = ?)", &[&filter.number, &filter.number]);
    }
    if let Some(cursor) = after {
        query.filter("id < ?", &[&cursor.id]);
    }
    query.tail("order by id desc limit ?", &[&limit(size)]);
    let found = tx.query(&query)?;
    Ok(Page::from_rows(found, size, |row| Cursor { sort: 0, id: row.id.raw() }))
}

/// Words that nobody has mapped, the latest first.
pub fn unmapped(tx: &mut Tx<'_>, filter: &Filter, after: Option<Cursor>, size: usize) -> Result<Page<Value>> {
    let mut query = Query::<Value>::new("select {*} from xchg_value");
    query.filter("ours = ''", &[]);
    if let Some(partner) = &filter.partner {
        query.filter("partner_id = ?", &[partner]);
    }
    if let Some(cursor) = after {
        query.filter("id < ?", &[&cursor.id]);
    }
    query.tail("order by id desc limit ?", &[&limit(size)]);
    let found = tx.query(&query)?;
    Ok(Page::from_rows(found, size, |row| Cursor { sort: 0, id: row.id.raw() }))
}

/// The words of one kind, those that nobody has mapped first. There are hundreds at most.
pub fn values(tx: &mut Tx<'_>, partner: Id<Partner>, kind: ValueKind) -> Result<Vec<Value>> {
    tx.all(
        sql!(Value: "select {*} from xchg_value where partner_id = $1 and kind = $2
             order by case when ours = '' then 0 else 1 end, theirs, id limit 2000"),
        &[&partner, &kind],
    )
}

/// An order of a partner, as the partner itself may ask for it: number, case, and what was carried out and told.
pub fn order(tx: &mut Tx<'_>, partner: Id<Partner>, order_no: &str) -> Result<Option<crate::model::Order>> {
    rows::order_by_no(tx, partner, order_no)
}
