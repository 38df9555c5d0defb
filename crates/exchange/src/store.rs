//! Rows that are written. With `store/` and `queries.rs` the only files of this crate that hold SQL.

mod differences;
mod incoming;
pub(crate) mod keep;
mod messages;

pub(crate) use differences::*;
pub(crate) use incoming::*;
pub(crate) use messages::*;

use crate::model::{Health, Order, Partner, PartnerState, Value, ValueKind};
use ::store::follow::Place;
use ::store::{Tx, sql};
use cases::model::Case;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;

pub(crate) fn partner(tx: &mut Tx<'_>, id: Id<Partner>) -> Result<Option<Partner>> {
    tx.one(sql!(Partner: "select {*} from xchg_partner where id = $1"), &[&id])
}

/// By number; what was removed is not found.
pub(crate) fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Partner> {
    let found = tx.one(
        sql!(Partner: "select {*} from xchg_partner where number = $1 and state <> 'removed'"),
        &[&number],
    )?;
    found.ok_or_else(Problem::not_found)
}

pub(crate) fn partners(tx: &mut Tx<'_>) -> Result<Vec<Partner>> {
    tx.all(sql!(Partner: "select {*} from xchg_partner where state <> 'removed' order by id limit 100"), &[])
}

pub(crate) fn active(tx: &mut Tx<'_>) -> Result<Vec<Partner>> {
    tx.all(
        sql!(Partner: "select {*} from xchg_partner where state = $1 order by id limit 100"),
        &[&PartnerState::Active],
    )
}

pub(crate) fn health(tx: &mut Tx<'_>, id: Id<Partner>) -> Result<Health> {
    let found = tx.one(sql!(Health: "select {*} from xchg_health where partner_id = $1"), &[&id])?;
    Ok(found.unwrap_or(Health { partner_id: id.raw(), ..Health::default() }))
}

/// A fetch went well. 409 when somebody else has fetched from the same place meanwhile.
pub(crate) fn pulled(tx: &mut Tx<'_>, id: Id<Partner>, from: &str, to: &str, next: Instant) -> Result<()> {
    let now = tx.now();
    let moved = tx.exec(
        sql!(
            "update xchg_health set cursor = $3, next_pull_at = $4, pull_streak = 0, last_pull_at = $5,
                last_success = $5, last_error = null where partner_id = $1 and cursor = $2"
        ),
        &[&id, &from, &to, &next, &now],
    )?;
    if moved == 1 { Ok(()) } else { Err(Problem::stale()) }
}

pub(crate) fn pull_failed(tx: &mut Tx<'_>, id: Id<Partner>, error: &str, next: Instant) -> Result<()> {
    let now = tx.now();
    tx.exec(
        sql!(
            "update xchg_health set next_pull_at = $3, pull_streak = pull_streak + 1, last_failure = $4,
                last_error = $2 where partner_id = $1"
        ),
        &[&id, &error, &next, &now],
    )
    .map(drop)
}

/// The next fetch is due at once, and nobody rests any more.
pub(crate) fn due_now(tx: &mut Tx<'_>, id: Id<Partner>) -> Result<()> {
    tx.exec(
        sql!("update xchg_health set next_pull_at = 0, rest_until = 0, streak = 0 where partner_id = $1"),
        &[&id],
    )
    .map(drop)
}

pub(crate) fn send_went_well(tx: &mut Tx<'_>, id: Id<Partner>) -> Result<()> {
    let now = tx.now();
    tx.exec(
        sql!(
            "update xchg_health set streak = 0, rest_until = 0, last_success = $2, last_error = null
              where partner_id = $1"
        ),
        &[&id, &now],
    )
    .map(drop)
}

/// Counts a failure; the streak with it.
pub(crate) fn send_failed(tx: &mut Tx<'_>, id: Id<Partner>, error: &str) -> Result<i64> {
    let now = tx.now();
    let changed = tx.change(
        sql!((i64,): "update xchg_health set streak = streak + 1, last_failure = $2, last_error = $3
              where partner_id = $1 returning streak"),
        &[&id, &now, &error],
    )?;
    Ok(changed.first().map_or(0, |(streak,)| *streak))
}

pub(crate) fn rest(tx: &mut Tx<'_>, id: Id<Partner>, until: Instant) -> Result<()> {
    tx.exec(
        sql!("update xchg_health set rest_until = $2 where partner_id = $1 and rest_until < $2"),
        &[&id, &until],
    )
    .map(drop)
}

pub(crate) fn compared(tx: &mut Tx<'_>, id: Id<Partner>, error: Option<&str>) -> Result<()> {
    let now = tx.now();
    tx.exec(
        sql!("update xchg_health set compared_at = $2, compare_error = $3 where partner_id = $1"),
        &[&id, &now, &error],
    )
    .map(drop)
}

pub(crate) fn place(tx: &mut Tx<'_>, id: Id<Partner>) -> Result<Place> {
    let rows = tx.all(sql!((i64, i64): "select lane, seq from xchg_place where partner_id = $1"), &[&id])?;
    Ok(rows.into_iter().collect())
}

/// Moves a partner's place in a lane from where it was read. 409 when somebody else has moved it meanwhile.
pub(crate) fn advance(tx: &mut Tx<'_>, id: Id<Partner>, lane: i64, from: i64, to: i64) -> Result<()> {
    let moved = tx.exec(
        sql!(
            "insert into xchg_place (partner_id, lane, seq) values ($1, $2, $3)
              on conflict (partner_id, lane) do update set seq = excluded.seq where xchg_place.seq = $4"
        ),
        &[&id, &lane, &to, &from],
    )?;
    if moved == 1 { Ok(()) } else { Err(Problem::stale()) }
}

pub(crate) fn value(
    tx: &mut Tx<'_>,
    id: Id<Partner>,
    kind: ValueKind,
    theirs: &str,
) -> Result<Option<Value>> {
    tx.one(
        sql!(Value: "select {*} from xchg_value where partner_id = $1 and kind = $2 and theirs = $3"),
        &[&id, &kind, &theirs],
    )
}

/// Notes that a word was met which nobody has mapped.
pub(crate) fn meet(tx: &mut Tx<'_>, id: Id<Partner>, kind: ValueKind, theirs: &str) -> Result<()> {
    let (row, now): (Id<Value>, _) = (tx.new_id(), tx.now());
    tx.exec(
        sql!(
            "insert into xchg_value (id, partner_id, kind, theirs, ours, met, first_at, version)
              values ($1, $2, $3, $4, '', 1, $5, 1)
              on conflict (partner_id, kind, theirs) do update set met = xchg_value.met + 1"
        ),
        &[&row, &id, &kind, &theirs, &now],
    )
    .map(drop)
}

/// Their word for one of ours: the one that was mapped first.
pub(crate) fn word_for(
    tx: &mut Tx<'_>,
    id: Id<Partner>,
    kind: ValueKind,
    ours: &str,
) -> Result<Option<String>> {
    let found = tx.one(
        sql!((String,): "select theirs from xchg_value where partner_id = $1 and kind = $2 and ours = $3
             order by id limit 1"),
        &[&id, &kind, &ours],
    )?;
    Ok(found.map(|(theirs,)| theirs))
}

pub(crate) fn forget_value(tx: &mut Tx<'_>, id: Id<Partner>, kind: ValueKind, theirs: &str) -> Result<u64> {
    tx.exec(
        sql!("delete from xchg_value where partner_id = $1 and kind = $2 and theirs = $3"),
        &[&id, &kind, &theirs],
    )
}

pub(crate) fn order(tx: &mut Tx<'_>, id: Id<Order>) -> Result<Option<Order>> {
    tx.one(sql!(Order: "select {*} from xchg_order where id = $1"), &[&id])
}

pub(crate) fn order_by_no(tx: &mut Tx<'_>, partner: Id<Partner>, order_no: &str) -> Result<Option<Order>> {
    tx.one(
        sql!(Order: "select {*} from xchg_order where partner_id = $1 and order_no = $2"),
        &[&partner, &order_no],
    )
}

/// Makes sure that an order has its row, so that changes have something to wait for.
pub(crate) fn ensure_order(
    tx: &mut Tx<'_>,
    partner: Id<Partner>,
    order_no: &str,
    applied: i64,
) -> Result<()> {
    let (row, now): (Id<Order>, _) = (tx.new_id(), tx.now());
    tx.exec(
        sql!("insert into xchg_order (id, partner_id, order_no, applied, sent, state, category, unit, words, taken_words,
                urged, heard_at, version)
              values ($1, $2, $3, $5, 0, '', '', '', '', '', 0, $4, 1) on conflict (partner_id, order_no) do nothing"),
        &[&row, &partner, &order_no, &now, &applied],
    )
    .map(drop)
}

/// The orders of a partner that a case answers for.
pub(crate) fn orders_of(tx: &mut Tx<'_>, partner: Id<Partner>, case: Id<Case>) -> Result<Vec<Order>> {
    tx.all(
        sql!(Order: "select {*} from xchg_order where partner_id = $1 and follows_id = $2 order by id limit 500"),
        &[&partner, &case],
    )
}

/// The orders that became this case, of any partner.
pub(crate) fn orders_made(tx: &mut Tx<'_>, case: Id<Case>) -> Result<Vec<Order>> {
    tx.all(sql!(Order: "select {*} from xchg_order where case_id = $1 order by id limit 20"), &[&case])
}

/// Orders of a partner that became cases, a page at a time.
pub(crate) fn orders_after(
    tx: &mut Tx<'_>,
    partner: Id<Partner>,
    after: i64,
    limit: i64,
) -> Result<Vec<Order>> {
    tx.all(
        sql!(Order: "select {*} from xchg_order where partner_id = $1 and id > $2 and follows_id is not null
             order by id limit $3"),
        &[&partner, &after, &limit],
    )
}
