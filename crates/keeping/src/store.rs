//! Rows that are written. The only file of this crate, beside `queries.rs`, that holds SQL.

use crate::model::{Hold, Run, Set};
use ::store::{Tx, sql};
use kernel::problem::{Problem, Result};
use kernel::time::Instant;

pub(crate) fn set(tx: &mut Tx<'_>, rule: &str) -> Result<Option<Set>> {
    tx.one(sql!(Set: "select {*} from keeping_days where rule = $1"), &[&rule])
}

pub(crate) fn hold(tx: &mut Tx<'_>, number: &str) -> Result<Hold> {
    tx.one(sql!(Hold: "select {*} from keeping_hold where number = $1"), &[&number])?
        .ok_or_else(Problem::not_found)
}

/// Every hold that is on: a city has some dozens.
pub(crate) fn holds(tx: &mut Tx<'_>) -> Result<Vec<Hold>> {
    tx.all(sql!(Hold: "select {*} from keeping_hold where lifted_at is null order by id"), &[])
}

/// The run that has not ended.
pub(crate) fn open_run(tx: &mut Tx<'_>) -> Result<Option<Run>> {
    tx.one(sql!(Run: "select {*} from keeping_run where finished_at is null order by id limit 1"), &[])
}

/// When the last run of the night began.
pub(crate) fn last_night(tx: &mut Tx<'_>) -> Result<Option<Instant>> {
    tx.value(sql!((Option<Instant>,): "select max(started_at) from keeping_run where by_hand = 0"), &[])
}
