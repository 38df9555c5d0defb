//! What runs in the background: one job for each endpoint, which follows the log and sends; replays of a span of time; and
//! a reconciler.

use crate::client::Client;
use crate::model::{Endpoint, EndpointState, StopReason};
use crate::store as rows;
use crate::{commands, feed, send};
use ::store::Tx;
use ::store::follow;
use ::store::jobs::{JobHandler, Periodic, Work, enqueue, enqueue_outside};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::{Instant, SECOND};
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant as Stopwatch};
use web::City;

pub const HANDLERS: &[JobHandler] =
    &[JobHandler::new("hook-run", run).attempts(i64::MAX), JobHandler::new("hook-replay", replay)];

pub const PERIODIC: &[Periodic] = &[Periodic::new("hook-tend", 3600, tend).at_startup()];

/// Messages that are on their way to one endpoint at the same time. One that fails is spoken to by one voice only.
const WIDTH: i64 = 8;
/// How long one run works before it lets others come to their turn.
const TURN: Duration = Duration::from_secs(20);
/// How long until the log is looked at again, after something happened and after nothing did.
const SOON: i64 = SECOND;
const LATER: i64 = 3 * SECOND;

/// Sets an endpoint going: it is due now. Asked again while it runs, it runs once more.
pub(crate) fn wake(tx: &mut Tx<'_>, id: Id<Endpoint>) -> Result<()> {
    let now = tx.now();
    enqueue_outside(tx, "hook-run", &id, now, Some(&format!("hook-run:{id}")))
}

fn now_of(work: &Work<'_>) -> Ctx {
    Ctx { now: work.db.now(), ..work.ctx.clone() }
}

/// One turn of an endpoint. The job's lease lets one process do this at a time; deliveries and place are fenced besides, so
/// that a process that slept through its lease does no harm.
fn run(work: &Work<'_>) -> Result<()> {
    let city = work.tools.get::<City>()?;
    let id: Id<Endpoint> = work.payload()?;
    let began = Stopwatch::now();
    let client = Client::of(city);
    let mut busy = false;
    loop {
        let ctx = now_of(work);
        let asked = ctx.clone();
        let found = work.db.read_now(move |tx| {
            let Some(endpoint) = rows::endpoint(tx, id)?.filter(|e| e.state == EndpointState::Active) else {
                return Ok(None);
            };
            let owner = feed::owner(tx, &asked, &endpoint)?;
            Ok(Some((endpoint, rows::health(tx, id)?, owner)))
        })?;
        // whoever sets it going again wakes us
        let Some((endpoint, health, owner)) = found else { return Ok(()) };
        let Some(owner) = owner else {
            let ctx_in = ctx.clone();
            return work
                .db
                .write_now(&ctx, move |tx| commands::stop(&ctx_in, tx, &endpoint, StopReason::Owner));
        };
        let more = feed::step(city, &ctx, &owner, &endpoint)?;
        let resting = health.rest_until > ctx.now.0;
        let width = if health.streak > 0 { 1 } else { WIDTH };
        let taken = if resting { Vec::new() } else { send::take(work.db, &ctx, id, width)? };
        busy |= more || !taken.is_empty();
        if taken.is_empty() && !more {
            return rest(work, id, health.rest_until, busy);
        }
        send_all(work, city, &client, &endpoint, &taken)?;
        if began.elapsed() > TURN {
            work.again_at(work.db.now());
            return Ok(());
        }
    }
}

/// Sends what was taken side by side, each settled as its answer comes.
fn send_all(
    work: &Work<'_>,
    city: &City,
    client: &Client,
    endpoint: &Endpoint,
    taken: &[crate::model::Delivery],
) -> Result<()> {
    let (db, ctx) = (work.db, &work.ctx);
    let one = |delivery| {
        let answer = send::send(city, client, endpoint, delivery)?;
        send::settle(db, &Ctx { now: db.now(), ..ctx.clone() }, endpoint, delivery, answer)
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = taken.iter().map(|delivery| scope.spawn(move || one(delivery))).collect();
        running.into_iter().try_for_each(|thread| {
            thread.join().unwrap_or_else(|_| Err(kernel::problem::Problem::internal("a sending panicked")))
        })
    })
}

/// Nothing to do now: comes again when something may be due, or when it is time to look at the log.
fn rest(work: &Work<'_>, id: Id<Endpoint>, rest_until: i64, busy: bool) -> Result<()> {
    let now = work.db.now();
    let look = now.plus(if busy { SOON } else { LATER });
    let due = work.db.read_now(move |tx| rows::next_due(tx, id))?;
    let due = due.map_or(look, |due| Instant(due.0.max(rest_until)));
    work.again_at(if now < due { due.min(look) } else { look });
    Ok(())
}

/// A span of the log for an endpoint once more.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Span {
    pub endpoint: Id<Endpoint>,
    /// Ids of events: from this one up to, not including, that.
    pub from: i64,
    pub until: i64,
}

pub(crate) fn enqueue_replay(tx: &mut Tx<'_>, span: &Span) -> Result<()> {
    let now = tx.now();
    enqueue(tx, "hook-replay", span, now, None)
}

const PAGE: i64 = 500;

/// Makes what there was wait again, and makes anew from the log what there is not any more.
fn replay(work: &Work<'_>) -> Result<()> {
    let city = work.tools.get::<City>()?;
    let span: Span = work.payload()?;
    let (id, until, mut from) = (span.endpoint, span.until, span.from);
    loop {
        let ctx = now_of(work);
        let (asked, of) = (ctx.clone(), city.clone());
        let read = work.db.read_now(move |tx| {
            let Some(endpoint) = rows::endpoint(tx, id)? else { return Ok(None) };
            let Some(owner) = feed::owner(tx, &asked, &endpoint)? else { return Ok(None) };
            let seen = follow::span(tx, from, until, PAGE)?;
            let made = feed::Feed::new(tx, &of, owner, &endpoint)?.deliveries(tx, &seen)?;
            Ok(Some((seen.len(), seen.last().map(|event| event.id), made)))
        })?;
        let Some((looked, Some(last), made)) = read else { return Ok(()) };
        let more = i64::try_from(looked).is_ok_and(|n| n == PAGE);
        work.db.write_now(&ctx, move |tx| {
            tx.housekeeping();
            rows::again(tx, id, from, last + 1)?;
            feed::put(tx, made)?;
            wake(tx, id)
        })?;
        if !more {
            return Ok(());
        }
        from = last + 1;
    }
}

/// Every active endpoint has its job, and what has ended long ago goes.
fn tend(work: &Work<'_>) -> Result<()> {
    work.db.write_now(&now_of(work), |tx| {
        tx.housekeeping();
        rows::active(tx)?.into_iter().try_for_each(|endpoint| wake(tx, endpoint.id))
    })
}
