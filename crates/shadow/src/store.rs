//! Rows that are written. The only file of this crate that holds SQL.

use crate::model::{Plan, ShadowDay};
use ::store::{Tx, sql};
use assessment::scheme::model::Scheme;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Date;

pub(crate) fn plan(tx: &mut Tx<'_>, scheme: Id<Scheme>) -> Result<Option<Plan>> {
    tx.one(sql!(Plan: "select {*} from shadow_plan where scheme_id = $1"), &[&scheme])
}

pub(crate) fn plans(tx: &mut Tx<'_>) -> Result<Vec<Plan>> {
    tx.all(sql!(Plan: "select {*} from shadow_plan order by id"), &[])
}

pub(crate) fn day(tx: &mut Tx<'_>, scheme: Id<Scheme>, day: Date) -> Result<Option<ShadowDay>> {
    tx.one(sql!(ShadowDay: "select {*} from shadow_day where scheme_id = $1 and day = $2"), &[&scheme, &day])
}

/// Days of a scheme, the newest first.
pub(crate) fn days(tx: &mut Tx<'_>, scheme: Id<Scheme>, most: i64) -> Result<Vec<ShadowDay>> {
    tx.all(
        sql!(ShadowDay: "select {*} from shadow_day where scheme_id = $1 order by day desc limit $2"),
        &[&scheme, &most],
    )
}
