//! Rows of the negative list.

use super::model::{Entry, Event};
use ::store::{Query, Tx, sql};
use kernel::id::Id;
use kernel::problem::Result;

pub(super) fn entries(tx: &mut Tx<'_>) -> Result<Vec<Entry>> {
    tx.all(sql!(Entry: "select {*} from assessment_negative_entry order by code"), &[])
}

pub(super) fn entry(tx: &mut Tx<'_>, code: &str) -> Result<Option<Entry>> {
    tx.one(sql!(Entry: "select {*} from assessment_negative_entry where code = $1"), &[&code])
}

pub(super) fn entry_by_id(tx: &mut Tx<'_>, id: Id<Entry>) -> Result<Option<Entry>> {
    tx.one(sql!(Entry: "select {*} from assessment_negative_entry where id = $1"), &[&id])
}

/// All of them, the last to happen first: a city has some dozens.
pub(super) fn events(tx: &mut Tx<'_>) -> Result<Vec<Event>> {
    tx.all(sql!(Event: "select {*} from assessment_negative_event order by happened_on desc, id desc"), &[])
}

pub(super) fn event(tx: &mut Tx<'_>, number: &str) -> Result<Option<Event>> {
    tx.one(sql!(Event: "select {*} from assessment_negative_event where number = $1"), &[&number])
}

/// Numbers of those of these ids that are events.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut query = Query::<(i64, String)>::new("select id, number from assessment_negative_event");
    query.one_of("id", ids);
    tx.query(&query)
}
