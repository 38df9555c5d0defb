//! Rows of appeals and corrections.

use super::model::{Appeal, Correction, State};
use crate::rounds::model::Round;
use ::store::{Query, Tx, sql};
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::Result;

pub(super) fn appeal(tx: &mut Tx<'_>, number: &str) -> Result<Option<Appeal>> {
    tx.one(sql!(Appeal: "select {*} from assessment_appeal where number = $1"), &[&number])
}

/// All of a row, the newest first.
pub(super) fn of_row(tx: &mut Tx<'_>, round: Id<Round>, row: i64) -> Result<Vec<Appeal>> {
    tx.all(
        sql!(Appeal: "select {*} from assessment_appeal where round_id = $1 and row_number = $2 order by id desc"),
        &[&round, &row],
    )
}

/// The newest first; of these units, or of all.
pub(super) fn list(
    tx: &mut Tx<'_>,
    units: Option<&[Id<Unit>]>,
    state: Option<State>,
    before: Option<i64>,
    most: usize,
) -> Result<Vec<Appeal>> {
    let mut query = Query::<Appeal>::new("select {*} from assessment_appeal");
    if let Some(units) = units {
        query.one_of("unit_id", units);
    }
    if let Some(state) = state {
        query.filter("state = ?", &[&state]);
    }
    if let Some(before) = before {
        query.filter("id < ?", &[&before]);
    }
    query.tail("order by id desc limit ?", &[&i64::try_from(most).unwrap_or(i64::MAX)]);
    tx.query(&query)
}

pub(crate) fn corrections(tx: &mut Tx<'_>, round: Id<Round>) -> Result<Vec<Correction>> {
    tx.all(
        sql!(Correction: "select {*} from assessment_correction where round_id = $1 order by row_number"),
        &[&round],
    )
}

/// Numbers of those of these ids that are appeals.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut query = Query::<(i64, String)>::new("select id, number from assessment_appeal");
    query.one_of("id", ids);
    tx.query(&query)
}
