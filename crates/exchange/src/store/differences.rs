//! Where the two disagree.

use crate::model::{Aspect, Difference, Partner};
use ::store::{Tx, sql};
use kernel::id::Id;
use kernel::problem::{Problem, Result};

pub(crate) fn open_difference(
    tx: &mut Tx<'_>,
    partner: Id<Partner>,
    order_no: &str,
    aspect: Aspect,
) -> Result<Option<Difference>> {
    tx.one(
        sql!(Difference: "select {*} from xchg_difference where partner_id = $1 and order_no = $2 and aspect = $3
             and state = 'open'"),
        &[&partner, &order_no, &aspect],
    )
}

/// What was decided last of an order and aspect.
pub(crate) fn last_settled(
    tx: &mut Tx<'_>,
    partner: Id<Partner>,
    order_no: &str,
    aspect: Aspect,
) -> Result<Option<Difference>> {
    tx.one(
        sql!(Difference: "select {*} from xchg_difference where partner_id = $1 and order_no = $2 and aspect = $3
             and state = 'settled' order by id desc limit 1"),
        &[&partner, &order_no, &aspect],
    )
}

pub(crate) fn difference(tx: &mut Tx<'_>, number: &str) -> Result<Difference> {
    tx.one(sql!(Difference: "select {*} from xchg_difference where number = $1"), &[&number])?
        .ok_or_else(Problem::not_found)
}

/// A removed partner disagrees with nobody.
pub(crate) fn end_all(tx: &mut Tx<'_>, partner: Id<Partner>) -> Result<()> {
    let now = tx.now();
    tx.exec(
        sql!(
            "update xchg_difference set state = 'gone', open_key = null, ended_at = $2, version = version + 1
              where partner_id = $1 and state = 'open'"
        ),
        &[&partner, &now],
    )
    .map(drop)
}
