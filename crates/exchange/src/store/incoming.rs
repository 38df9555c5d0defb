//! Changes as they came.

use crate::model::{InState, Incoming, Partner};
use crate::seal::InDetail;
use ::store::{Tx, sql};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;

/// The fingerprint under which a change is known.
pub(crate) fn known_hash(tx: &mut Tx<'_>, partner: Id<Partner>, change: &str) -> Result<Option<String>> {
    let found = tx.one(
        sql!((String,): "select hash from xchg_in where partner_id = $1 and change_id = $2"),
        &[&partner, &change],
    )?;
    Ok(found.map(|(hash,)| hash))
}

/// Changes that may be carried out: of each order, those up to the one behind the last.
pub(crate) fn ripe(tx: &mut Tx<'_>, partner: Id<Partner>, limit: i64) -> Result<Vec<Incoming>> {
    tx.all(
        sql!(Incoming: "select {*} from xchg_in i where i.partner_id = $1
               and (i.state = 'waiting' or (i.state = 'repair' and i.fault = 'gap'))
               and exists (select 1 from xchg_order o where o.partner_id = i.partner_id and o.order_no = i.order_no
                 and o.applied + 1 >= i.revision)
             order by i.order_no, i.revision, i.id limit $2"),
        &[&partner, &limit],
    )
}

/// Takes a change for good, unless somebody else has. Whether it did.
pub(crate) fn finish(tx: &mut Tx<'_>, row: &Incoming) -> Result<bool> {
    let now = tx.now();
    let done = tx.exec(
        sql!(
            "update xchg_in set state = $3, fault = null, detail = '', ended_at = $4, version = version + 1
              where id = $1 and version = $2"
        ),
        &[&row.id, &row.version, &InState::Done, &now],
    )?;
    Ok(done == 1)
}

pub(crate) fn to_repair(tx: &mut Tx<'_>, row: &Incoming, fault: &str, detail: &str) -> Result<()> {
    let detail: String = detail.chars().take(500).collect();
    let detail = tx.seal::<InDetail>(row.id, &detail)?;
    tx.exec(
        sql!(
            "update xchg_in set state = $3, fault = $4, detail = $5, version = version + 1
              where id = $1 and version = $2"
        ),
        &[&row.id, &row.version, &InState::Repair, &fault, &detail],
    )
    .map(drop)
}

/// Changes that have waited since before a moment for one that never came: to the repair list. How many.
pub(crate) fn find_gaps(tx: &mut Tx<'_>, partner: Id<Partner>, before: Instant) -> Result<u64> {
    tx.exec(
        sql!(
            "update xchg_in set state = 'repair', fault = 'gap', version = version + 1
              where partner_id = $1 and state = 'waiting' and received_at < $2
                and exists (select 1 from xchg_order o where o.partner_id = xchg_in.partner_id
                  and o.order_no = xchg_in.order_no and o.applied + 1 < xchg_in.revision)
                and not exists (select 1 from xchg_in j where j.partner_id = xchg_in.partner_id
                  and j.order_no = xchg_in.order_no and j.revision < xchg_in.revision
                  and j.state in ('waiting', 'repair'))"
        ),
        &[&partner, &before],
    )
}

/// When the next change will have waited too long, counted from when it came.
pub(crate) fn oldest_waiting(tx: &mut Tx<'_>, partner: Id<Partner>) -> Result<Option<Instant>> {
    let (at,) = tx
        .one(
            sql!((Option<Instant>,): "select min(received_at) from xchg_in where partner_id = $1 and state = 'waiting'"),
            &[&partner],
        )?
        .unwrap_or_default();
    Ok(at)
}

pub(crate) fn incoming(tx: &mut Tx<'_>, number: &str) -> Result<Incoming> {
    tx.one(sql!(Incoming: "select {*} from xchg_in where number = $1"), &[&number])?
        .ok_or_else(Problem::not_found)
}

/// Whether any change of an order has come that is not dismissed.
pub(crate) fn anything_of(tx: &mut Tx<'_>, partner: Id<Partner>, order_no: &str) -> Result<bool> {
    let found = tx.one(
        sql!((i64,): "select id from xchg_in where partner_id = $1 and order_no = $2 and state in ('waiting', 'repair')
             order by id limit 1"),
        &[&partner, &order_no],
    )?;
    Ok(found.is_some())
}
