//! Rows of what people outside were asked.

use crate::model::{Case, Forward};
use kernel::id::Id;
use kernel::problem::Result;
use store::{Tx, sql};

/// All of a case, oldest first.
pub fn forwards(tx: &mut Tx<'_>, case: Id<Case>) -> Result<Vec<Forward>> {
    tx.all(sql!(Forward: "select {*} from case_forward where case_id = $1 order by id"), &[&case])
}

/// The one that somebody still has to do something about.
pub fn open_forward(tx: &mut Tx<'_>, case: Id<Case>) -> Result<Option<Forward>> {
    tx.one(
        sql!(Forward: "select {*} from case_forward where case_id = $1 and state in ('asked', 'answered') order by id desc limit 1"),
        &[&case],
    )
}

/// The one whose link has this hash.
pub fn forward_by_hash(tx: &mut Tx<'_>, hash: &str) -> Result<Option<Forward>> {
    tx.one(sql!(Forward: "select {*} from case_forward where link_hash = $1"), &[&hash])
}

/// Those that wait for an answer, a page at a time.
pub fn asked_forwards(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<Forward>> {
    tx.all(
        sql!(Forward: "select {*} from case_forward where state = 'asked' and id > $1 order by id limit $2"),
        &[&after, &limit],
    )
}
