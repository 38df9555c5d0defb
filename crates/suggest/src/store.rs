//! Rows that are written. The only file of this crate, beside `queries.rs`, that holds SQL.

use crate::model::{State, Target, Trained};
use ::store::{Tx, sql};
use kernel::id::Id;
use kernel::problem::Result;

/// Versions whose contents are kept, so that a person can look back.
const KEPT: i64 = 3;

pub(crate) fn in_force(tx: &mut Tx<'_>, target: Target) -> Result<Option<Trained>> {
    tx.one(
        sql!(Trained: "select {*} from suggest_model where target = $1 and state = $2 order by number desc limit 1"),
        &[&target, &State::InForce],
    )
}

/// Only its id: asked for every form.
pub(crate) fn in_force_id(tx: &mut Tx<'_>, target: Target) -> Result<Option<Id<Trained>>> {
    let found = tx.one(
        sql!((Id<Trained>,): "select id from suggest_model where target = $1 and state = $2 order by number desc limit 1"),
        &[&target, &State::InForce],
    )?;
    Ok(found.map(|(id,)| id))
}

pub(crate) fn last_number(tx: &mut Tx<'_>, target: Target) -> Result<i64> {
    tx.value(sql!((i64,): "select coalesce(max(number), 0) from suggest_model where target = $1"), &[&target])
}

/// What was in force is so no more; what is older still loses its contents.
pub(crate) fn retire(tx: &mut Tx<'_>, target: Target, number: i64) -> Result<()> {
    tx.exec(
        sql!("update suggest_model set state = $2, version = version + 1 where target = $1 and state = $3"),
        &[&target, &State::Retired, &State::InForce],
    )?;
    let (old, nothing) = (number - KEPT, Vec::<u8>::new());
    tx.exec(
        sql!("update suggest_model set model = $3 where target = $1 and number <= $2"),
        &[&target, &old, &nothing],
    )
    .map(drop)
}
