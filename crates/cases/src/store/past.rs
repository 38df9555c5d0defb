//! Rows of the time machine.

use crate::model::Case;
use crate::past::Past;
use ::store::{Tx, sql};
use kernel::id::Id;
use kernel::problem::Result;

/// How a case stands now.
pub fn last(tx: &mut Tx<'_>, case: Id<Case>) -> Result<Option<Past>> {
    tx.one(
        sql!(Past: "select {*} from case_past where case_id = $1 order by from_day desc limit 1"),
        &[&case],
    )
}

/// All its runs of days, oldest first.
pub fn runs(tx: &mut Tx<'_>, case: Id<Case>) -> Result<Vec<Past>> {
    tx.all(sql!(Past: "select {*} from case_past where case_id = $1 order by from_day"), &[&case])
}

pub fn forget(tx: &mut Tx<'_>, case: Id<Case>) -> Result<()> {
    tx.exec(sql!("delete from case_past where case_id = $1"), &[&case]).map(drop)
}

/// How far the log of before has been worked through: the id after which cases wait, and whether there are none.
pub fn filled(tx: &mut Tx<'_>) -> Result<(i64, bool)> {
    let rows = tx.all(sql!((i64, bool): "select after_id, done from case_past_fill where id = 1"), &[])?;
    Ok(rows.first().copied().unwrap_or((0, true)))
}

pub fn set_filled(tx: &mut Tx<'_>, after: i64, done: bool) -> Result<()> {
    tx.exec(sql!("update case_past_fill set after_id = $1, done = $2 where id = 1"), &[&after, &done])
        .map(drop)
}

/// Cases after this id, in the order of their ids.
pub fn cases_after(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<Case>> {
    tx.all(sql!(Case: "select {*} from case_file where id > $1 order by id limit $2"), &[&after, &limit])
}
