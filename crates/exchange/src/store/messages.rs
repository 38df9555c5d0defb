//! Messages on their way to a partner.

use crate::model::{Message, Order, OutState, Partner};
use crate::seal::OutAnswer;
use ::store::{Tx, sql};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;

/// What may be sent now: of each order only the first that waits, in the order of its sequence.
pub(crate) fn sendable(tx: &mut Tx<'_>, partner: Id<Partner>, limit: i64) -> Result<Vec<Message>> {
    let now = tx.now();
    tx.all(
        sql!(Message: "select {*} from xchg_out m where m.partner_id = $1 and m.state = 'waiting' and m.next_at <= $2
               and m.held_until <= $2 and not exists (select 1 from xchg_out e where e.order_id = m.order_id
                 and e.state in ('waiting', 'dead') and e.seq < m.seq)
             order by m.next_at, m.id limit $3"),
        &[&partner, &now, &limit],
    )
}

/// When the next message may be due, held ones at the end of their hold.
pub(crate) fn next_due(tx: &mut Tx<'_>, partner: Id<Partner>) -> Result<Option<Instant>> {
    let (next,) = tx
        .one(
            sql!((Option<Instant>,): "select min(case when m.next_at > m.held_until then m.next_at else m.held_until end)
                 from xchg_out m where m.partner_id = $1 and m.state = 'waiting'
                   and not exists (select 1 from xchg_out e where e.order_id = m.order_id
                     and e.state in ('waiting', 'dead') and e.seq < m.seq)"),
            &[&partner],
        )?
        .unwrap_or_default();
    Ok(next)
}

/// Takes a message for one try, unless somebody else has it or has had it since it was read. Whether it did.
pub(crate) fn hold(tx: &mut Tx<'_>, m: &Message, until: Instant) -> Result<bool> {
    let now = tx.now();
    let held = tx.exec(
        sql!("update xchg_out set tries = tries + 1, held_until = $1, first_try_at = coalesce(first_try_at, $2)
              where id = $3 and state = 'waiting' and tries = $4 and held_until <= $2"),
        &[&until, &now, &m.id, &m.tries],
    )?;
    Ok(held == 1)
}

/// How a try ended.
pub(crate) struct End<'a> {
    pub state: OutState,
    pub next_at: Instant,
    pub status: Option<i64>,
    pub error: Option<&'a str>,
    pub answer: &'a str,
    pub ended_at: Option<Instant>,
}

/// Writes down how a try ended, if nobody else has begun another since. Whether it did.
pub(crate) fn settle(tx: &mut Tx<'_>, m: &Message, end: &End<'_>) -> Result<bool> {
    let answer = tx.seal::<OutAnswer>(m.id, end.answer)?;
    let settled = tx.exec(
        sql!(
            "update xchg_out set state = $1, next_at = $2, held_until = 0, last_status = $3, last_error = $4,
                answer = $5, ended_at = $6 where id = $7 and state = 'waiting' and tries = $8"
        ),
        &[&end.state, &end.next_at, &end.status, &end.error, &answer, &end.ended_at, &m.id, &m.tries],
    )?;
    Ok(settled == 1)
}

/// A try that could not begin yet (a picture is still examined): it does not count.
pub(crate) fn put_back(tx: &mut Tx<'_>, m: &Message, next: Instant) -> Result<()> {
    tx.exec(
        sql!(
            "update xchg_out set tries = tries - 1, held_until = 0, next_at = $3
              where id = $1 and state = 'waiting' and tries = $2"
        ),
        &[&m.id, &m.tries, &next],
    )
    .map(drop)
}

/// Whether something happened to an order here since a moment, or before it and they have not been told yet.
pub(crate) fn moved_since(tx: &mut Tx<'_>, order: Id<Order>, moment: Instant) -> Result<bool> {
    let found = tx.one(
        sql!((i64,): "select id from xchg_out where order_id = $1 and kind <> 'status'
             and (at >= $2 or state in ('waiting', 'dead')) order by id limit 1"),
        &[&order, &moment],
    )?;
    Ok(found.is_some())
}

pub(crate) fn message_known(tx: &mut Tx<'_>, order: Id<Order>, event: i64) -> Result<bool> {
    let found = tx.one(
        sql!((i64,): "select id from xchg_out where order_id = $1 and event_id = $2"),
        &[&order, &event],
    )?;
    Ok(found.is_some())
}

pub(crate) fn message(tx: &mut Tx<'_>, message: &str) -> Result<Message> {
    tx.one(sql!(Message: "select {*} from xchg_out where message = $1"), &[&message])?
        .ok_or_else(Problem::not_found)
}

/// Makes a given-up message wait again, with all its time. Whether it was one.
pub(crate) fn send_again(tx: &mut Tx<'_>, m: &Message) -> Result<bool> {
    let now = tx.now();
    let again = tx.exec(
        sql!("update xchg_out set state = 'waiting', next_at = $2, held_until = 0, first_try_at = null, ended_at = null
              where id = $1 and state = 'dead'"),
        &[&m.id, &now],
    )?;
    Ok(again == 1)
}

/// A given-up message will never be sent. Whether it was one.
pub(crate) fn skip(tx: &mut Tx<'_>, m: &Message) -> Result<bool> {
    let now = tx.now();
    let skipped = tx.exec(
        sql!("update xchg_out set state = $2, ended_at = $3 where id = $1 and state = 'dead'"),
        &[&m.id, &OutState::Skipped, &now],
    )?;
    Ok(skipped == 1)
}

/// What waits or was given up will never be sent: the partner was removed.
pub(crate) fn skip_all(tx: &mut Tx<'_>, partner: Id<Partner>) -> Result<()> {
    let now = tx.now();
    tx.exec(
        sql!("update xchg_out set state = $2, ended_at = $3 where partner_id = $1 and state in ('waiting', 'dead')"),
        &[&partner, &OutState::Skipped, &now],
    )
    .map(drop)
}

/// A partner is back after a time: what waits for its next try need not wait any longer.
pub(crate) fn hurry(tx: &mut Tx<'_>, partner: Id<Partner>) -> Result<()> {
    let now = tx.now();
    tx.exec(
        sql!("update xchg_out set next_at = $2 where partner_id = $1 and state = 'waiting' and next_at > $2"),
        &[&partner, &now],
    )
    .map(drop)
}
