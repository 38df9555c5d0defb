//! Rows that are written. The only file of this crate, beside `queries.rs`, that holds SQL.

use crate::model::{Delivery, DeliveryBody, DeliveryState, Endpoint, EndpointState, Health, StopReason, Try};
use ::store::follow::Place;
use ::store::keep::{Days, Due, Goes, Keep, Stays, Way, stays};
use ::store::{Tx, sql};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;

pub(crate) fn endpoint(tx: &mut Tx<'_>, id: Id<Endpoint>) -> Result<Option<Endpoint>> {
    tx.one(sql!(Endpoint: "select {*} from hook_endpoint where id = $1"), &[&id])
}

/// By number; what was removed is not found.
pub(crate) fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Endpoint> {
    let found = tx.one(
        sql!(Endpoint: "select {*} from hook_endpoint where number = $1 and state <> 'removed'"),
        &[&number],
    )?;
    found.ok_or_else(Problem::not_found)
}

/// How many there are.
pub(crate) fn count(tx: &mut Tx<'_>) -> Result<i64> {
    tx.value(sql!((i64,): "select count(*) from hook_endpoint where state <> 'removed'"), &[])
}

pub(crate) fn active(tx: &mut Tx<'_>) -> Result<Vec<Endpoint>> {
    tx.all(sql!(Endpoint: "select {*} from hook_endpoint where state = 'active' order by id"), &[])
}

/// Stops an active endpoint; whether it was one.
pub(crate) fn stop(tx: &mut Tx<'_>, id: Id<Endpoint>, why: StopReason) -> Result<bool> {
    let stopped = tx.exec(
        sql!(
            "update hook_endpoint set state = $2, stop_reason = $3, version = version + 1
              where id = $1 and state = 'active'"
        ),
        &[&id, &EndpointState::Stopped, &why],
    )?;
    Ok(stopped == 1)
}

pub(crate) fn health(tx: &mut Tx<'_>, id: Id<Endpoint>) -> Result<Health> {
    let found = tx.one(sql!(Health: "select {*} from hook_health where endpoint_id = $1"), &[&id])?;
    Ok(found.unwrap_or(Health { endpoint_id: id.raw(), ..Health::default() }))
}

/// Forgets failures: an endpoint that is set going again begins anew.
pub(crate) fn heal(tx: &mut Tx<'_>, id: Id<Endpoint>) -> Result<()> {
    tx.exec(
        sql!(
            "update hook_health set streak = 0, failing_since = null, rest_until = 0 where endpoint_id = $1"
        ),
        &[&id],
    )
    .map(drop)
}

pub(crate) fn succeeded(tx: &mut Tx<'_>, id: Id<Endpoint>, now: Instant) -> Result<()> {
    tx.exec(
        sql!(
            "update hook_health set streak = 0, failing_since = null, rest_until = 0, last_success = $2
              where endpoint_id = $1"
        ),
        &[&id, &now],
    )
    .map(drop)
}

/// Counts a failure; the streak with it.
pub(crate) fn failed(tx: &mut Tx<'_>, id: Id<Endpoint>, now: Instant) -> Result<Health> {
    let changed = tx.change(
        sql!(Health: "update hook_health set streak = streak + 1, failing_since = coalesce(failing_since, $2),
                last_failure = $2 where endpoint_id = $1
              returning endpoint_id, streak, failing_since, rest_until, last_success, last_failure"),
        &[&id, &now],
    )?;
    changed.into_iter().next().ok_or_else(|| Problem::internal("an endpoint without its health"))
}

pub(crate) fn rest(tx: &mut Tx<'_>, id: Id<Endpoint>, until: Instant) -> Result<()> {
    tx.exec(
        sql!("update hook_health set rest_until = $2 where endpoint_id = $1 and rest_until < $2"),
        &[&id, &until],
    )
    .map(drop)
}

pub(crate) fn place(tx: &mut Tx<'_>, id: Id<Endpoint>) -> Result<Place> {
    let rows =
        tx.all(sql!((i64, i64): "select lane, seq from hook_cursor where endpoint_id = $1"), &[&id])?;
    Ok(rows.into_iter().collect())
}

/// Moves an endpoint's place in a lane from where it was read. 409 when somebody else has moved it meanwhile.
pub(crate) fn advance(tx: &mut Tx<'_>, id: Id<Endpoint>, lane: i64, from: i64, to: i64) -> Result<()> {
    let moved = tx.exec(
        sql!(
            "insert into hook_cursor (endpoint_id, lane, seq) values ($1, $2, $3)
              on conflict (endpoint_id, lane) do update set seq = excluded.seq where hook_cursor.seq = $4"
        ),
        &[&id, &lane, &to, &from],
    )?;
    if moved == 1 { Ok(()) } else { Err(Problem::stale()) }
}

pub(crate) fn set_place(tx: &mut Tx<'_>, id: Id<Endpoint>, place: &Place) -> Result<()> {
    tx.exec(sql!("delete from hook_cursor where endpoint_id = $1"), &[&id])?;
    for (lane, seq) in place {
        tx.exec(
            sql!("insert into hook_cursor (endpoint_id, lane, seq) values ($1, $2, $3)"),
            &[&id, lane, seq],
        )?;
    }
    Ok(())
}

/// Puts a delivery down, unless the event is on its way to this endpoint or has been. Whether it did.
pub(crate) fn put(tx: &mut Tx<'_>, d: &Delivery) -> Result<bool> {
    let body = tx.seal::<DeliveryBody>(d.id, &d.body)?;
    let put = tx.exec(
        sql!("insert into hook_delivery (id, endpoint_id, event_id, message, kind, record, number, at, body, state, tries,
                next_at, held_until)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, 0)
              on conflict (endpoint_id, event_id) do nothing"),
        &[
            &d.id, &d.endpoint_id, &d.event_id, &d.message, &d.kind, &d.record, &d.number, &d.at, &body,
            &DeliveryState::Waiting, &d.next_at,
        ],
    )?;
    Ok(put == 1)
}

/// What may be sent now, longest due first: of each record only the first that waits, in the order of the log.
pub(crate) fn sendable(tx: &mut Tx<'_>, id: Id<Endpoint>, limit: i64) -> Result<Vec<Delivery>> {
    let now = tx.now();
    tx.all(
        sql!(Delivery: "select {*} from hook_delivery d
             where d.endpoint_id = $1 and d.state = 'waiting' and d.next_at <= $2 and d.held_until <= $2
               and not exists (select 1 from hook_delivery e where e.endpoint_id = d.endpoint_id
                 and e.record = d.record and e.state = 'waiting' and e.event_id < d.event_id)
             order by d.next_at, d.event_id limit $3"),
        &[&id, &now, &limit],
    )
}

/// When the next delivery may be due, held ones at the end of their hold.
pub(crate) fn next_due(tx: &mut Tx<'_>, id: Id<Endpoint>) -> Result<Option<Instant>> {
    let (next,) = tx
        .one(
            sql!((Option<Instant>,): "select min(case when d.next_at > d.held_until then d.next_at else d.held_until end)
                 from hook_delivery d where d.endpoint_id = $1 and d.state = 'waiting'
                   and not exists (select 1 from hook_delivery e where e.endpoint_id = d.endpoint_id
                     and e.record = d.record and e.state = 'waiting' and e.event_id < d.event_id)"),
            &[&id],
        )?
        .unwrap_or_default();
    Ok(next)
}

/// Takes a delivery for one try, unless somebody else has it or has had it since it was read. Whether it did.
pub(crate) fn hold(tx: &mut Tx<'_>, d: &Delivery, until: Instant) -> Result<bool> {
    let now = tx.now();
    let held = tx.exec(
        sql!("update hook_delivery set tries = tries + 1, held_until = $1, first_try_at = coalesce(first_try_at, $2)
              where id = $3 and state = 'waiting' and tries = $4 and held_until <= $2"),
        &[&until, &now, &d.id, &d.tries],
    )?;
    Ok(held == 1)
}

/// Writes down how a try ended, if nobody else has begun another since. Whether it did.
pub(crate) fn settle(tx: &mut Tx<'_>, d: &Delivery, end: &End<'_>) -> Result<bool> {
    let settled = tx.exec(
        sql!("update hook_delivery set state = $1, next_at = $2, held_until = 0, last_status = $3, last_error = $4,
                finished_at = $5
              where id = $6 and state = 'waiting' and tries = $7"),
        &[&end.state, &end.next_at, &end.status, &end.error, &end.finished_at, &d.id, &d.tries],
    )?;
    Ok(settled == 1)
}

/// How a try ended.
pub(crate) struct End<'a> {
    pub state: DeliveryState,
    pub next_at: Instant,
    pub status: Option<i64>,
    pub error: Option<&'a str>,
    pub finished_at: Option<Instant>,
}

pub(crate) fn note_try(tx: &mut Tx<'_>, row: &Try) -> Result<()> {
    tx.insert(row)
}

/// An endpoint is back after a time: what waits for its next try need not wait any longer.
pub(crate) fn pull(tx: &mut Tx<'_>, id: Id<Endpoint>) -> Result<()> {
    let now = tx.now();
    tx.exec(
        sql!("update hook_delivery set next_at = $2 where endpoint_id = $1 and state = 'waiting' and next_at > $2"),
        &[&id, &now],
    )
    .map(drop)
}

/// What waits will never be sent.
pub(crate) fn skip_waiting(tx: &mut Tx<'_>, id: Id<Endpoint>) -> Result<()> {
    let now = tx.now();
    tx.exec(
        sql!("update hook_delivery set state = $2, finished_at = $3 where endpoint_id = $1 and state = 'waiting'"),
        &[&id, &DeliveryState::Skipped, &now],
    )
    .map(drop)
}

/// Makes deliveries of events with ids from `from` up to `until` wait again, with all their time; how many.
pub(crate) fn again(tx: &mut Tx<'_>, id: Id<Endpoint>, from: i64, until: i64) -> Result<u64> {
    let now = tx.now();
    tx.exec(
        sql!("update hook_delivery set state = $4, next_at = $5, held_until = 0, first_try_at = null, finished_at = null
              where endpoint_id = $1 and event_id >= $2 and event_id < $3 and state <> 'waiting'"),
        &[&id, &from, &until, &DeliveryState::Waiting, &now],
    )
}

/// What was sent to other programs. It holds nothing of who reported, who acted, or what people wrote.
const DELIVERIES: Keep = Keep {
    key: "hook-deliveries",
    tables: &["hook_delivery", "hook_try"],
    days: Days::new(30, 7, 365),
    goes: Goes::Row,
    laws: &["house"],
    way: Way::Daily { count: due, erase: forget },
};

pub(crate) const KEEPS: &[&Keep] = &[&DELIVERIES];
pub(crate) const STAYS: &[Stays] =
    &[stays("hook_endpoint", "settings"), stays("hook_health", "state"), stays("hook_cursor", "state")];

fn due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.value(
        sql!((i64,): "select count(*) from hook_delivery where finished_at >= $1 and finished_at < $2"),
        &[&from, &until],
    )
}

fn forget(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.erase(
        sql!(
            "delete from hook_try where delivery_id in
              (select id from hook_delivery where finished_at >= $1 and finished_at < $2 order by finished_at, id limit $3)"
        ),
        &[&from, &until, &most],
    )?;
    tx.erase(
        sql!(
            "delete from hook_delivery where id in
              (select id from hook_delivery where finished_at >= $1 and finished_at < $2 order by finished_at, id limit $3)"
        ),
        &[&from, &until, &most],
    )
}
