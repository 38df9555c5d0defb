//! What runs in the background: one job for each partner, which fetches, carries out, follows the log and sends; comparisons;
//! and a reconciler. A job's lease lets one process do this at a time; every write is fenced besides, so that a process that
//! slept through its lease does no harm.

use crate::model::{Partner, PartnerState};
use crate::{adapter, change, incoming, outgoing, pull, reconcile, send, settings, store as rows};
use ::store::Tx;
use ::store::jobs::{JobHandler, Periodic, Work, enqueue_outside};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::{HOUR, Instant, SECOND};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::time::{Duration, Instant as Stopwatch};
use web::City;

pub const HANDLERS: &[JobHandler] = &[
    JobHandler::new("exchange-run", run).attempts(i64::MAX),
    JobHandler::new("exchange-compare", compare),
    JobHandler::new("exchange-fetch", fetch),
    JobHandler::new("exchange-review", review),
];

pub const PERIODIC: &[Periodic] = &[Periodic::new("exchange-tend", 1800, tend).at_startup()];

/// How long one run works before it lets others come to their turn.
const TURN: Duration = Duration::from_secs(20);
/// How long until the log is looked at again, after something happened and after nothing did.
const SOON: i64 = SECOND;
const LATER: i64 = 5 * SECOND;

/// Sets a partner going: it is due now. Asked again while it runs, it runs once more.
pub(crate) fn wake(tx: &mut Tx<'_>, id: Id<Partner>) -> Result<()> {
    let now = tx.now();
    enqueue_outside(tx, "exchange-run", &id, now, Some(&format!("exchange-run:{id}")))
}

pub(crate) fn enqueue_compare(tx: &mut Tx<'_>, id: Id<Partner>) -> Result<()> {
    let now = tx.now();
    enqueue_outside(tx, "exchange-compare", &id, now, Some(&format!("exchange-compare:{id}")))
}

/// After a mapping changed: every order is looked at afresh.
pub(crate) fn enqueue_review(tx: &mut Tx<'_>, id: Id<Partner>) -> Result<()> {
    let now = tx.now();
    enqueue_outside(tx, "exchange-review", &id, now, Some(&format!("exchange-review:{id}")))
}

/// An order that is to be brought in.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Wanted {
    pub partner: Id<Partner>,
    pub order: String,
}

pub(crate) fn enqueue_fetch(tx: &mut Tx<'_>, wanted: &Wanted) -> Result<()> {
    let now = tx.now();
    let key = change::hash(&wanted.order);
    enqueue_outside(
        tx,
        "exchange-fetch",
        wanted,
        now,
        Some(&format!("exchange-fetch:{}:{key}", wanted.partner)),
    )
}

fn now_of(work: &Work<'_>) -> Ctx {
    Ctx { now: work.db.now(), ..work.ctx.clone() }
}

fn partner(work: &Work<'_>, id: Id<Partner>) -> Result<Option<Partner>> {
    let found = work.db.read_now(move |tx| rows::partner(tx, id))?;
    Ok(found.filter(|p| p.state == PartnerState::Active))
}

/// One turn of a partner.
fn run(work: &Work<'_>) -> Result<()> {
    let city = work.tools.get::<City>()?;
    let id: Id<Partner> = work.payload()?;
    let began = Stopwatch::now();
    let mut busy = false;
    loop {
        // whoever sets it going again wakes us
        let Some(partner) = partner(work, id)? else { return Ok(()) };
        let adapter = adapter::of(city, &partner)?;
        let mut more = pull::step(city, &now_of(work), &partner, &*adapter)?;
        more |= incoming::step(city, &now_of(work), &partner)?;
        more |= outgoing::step(city, &now_of(work), &partner)?;
        if partner.sends {
            more |= send::step(work.db, &now_of(work), &partner, &*adapter)?;
        }
        busy |= more;
        if !more {
            return rest(work, &partner, busy);
        }
        if began.elapsed() > TURN {
            work.again_at(work.db.now());
            return Ok(());
        }
    }
}

/// Nothing to do now: comes again when something may be due, or when it is time to look at the log.
fn rest(work: &Work<'_>, partner: &Partner, busy: bool) -> Result<()> {
    let (id, now) = (partner.id, work.db.now());
    let look = now.plus(if busy { SOON } else { LATER });
    let (due, health) = work.db.read_now(move |tx| Ok((rows::next_due(tx, id)?, rows::health(tx, id)?)))?;
    let sends = due.filter(|_| partner.sends).map(|due| due.0.max(health.rest_until));
    let pulls = partner.pulls.then_some(health.next_pull_at);
    let next = sends.into_iter().chain(pulls).filter(|at| *at > now.0).min().unwrap_or(look.0);
    work.again_at(Instant(next.min(look.0)));
    Ok(())
}

fn compare(work: &Work<'_>) -> Result<()> {
    let city = work.tools.get::<City>()?;
    let id: Id<Partner> = work.payload()?;
    let Some(partner) = partner(work, id)? else { return Ok(()) };
    let adapter = adapter::of(city, &partner)?;
    if !adapter.can_compare() {
        return Ok(());
    }
    let found = reconcile::compare(city, &now_of(work), &partner, &*adapter)?;
    let error = found.as_ref().err().map(|fault| fault.code);
    match &found {
        Ok(found) => {
            tracing::info!(partner = %partner.number, compared = found.compared, missing_here = found.missing_here,
            missing_there = found.missing_there, unreadable = found.unreadable, "compared with a partner");
        }
        Err(fault) => {
            tracing::warn!(partner = %partner.number, code = fault.code, detail = %fault.detail, "could not be compared");
        }
    }
    work.db.write_now(&now_of(work), move |tx| {
        tx.housekeeping();
        rows::compared(tx, id, error)?;
        // ours may have to be told again
        wake(tx, id)
    })
}

/// Brings an order in that has never come: as it stands now, as if its first change had been that.
fn fetch(work: &Work<'_>) -> Result<()> {
    let city = work.tools.get::<City>()?;
    let wanted: Wanted = work.payload()?;
    let Some(partner) = partner(work, wanted.partner)? else { return Ok(()) };
    let adapter = adapter::of(city, &partner)?;
    let found = adapter.order(&wanted.order);
    let found =
        found.map_err(|fault| kernel::problem::Problem::busy(format!("{}: {}", fault.code, fault.detail)))?;
    let Some(item) = found else { return Ok(()) };
    let Ok(snapshot) = change::order(&item) else { return Ok(()) };
    let revision = snapshot.revision;
    let at =
        if snapshot.reported_at.is_empty() { work.db.now().rfc3339() } else { snapshot.reported_at.clone() };
    let change = json!({
        "id": format!("fetched:{}:{revision}", wanted.order),
        "order": wanted.order,
        "revision": revision,
        "kind": "created",
        "at": at,
        "snapshot": item,
    });
    work.db.write_now(&now_of(work), move |tx| {
        tx.housekeeping();
        rows::ensure_order(tx, partner.id, &wanted.order, revision - 1)?;
        incoming::receive(tx, &partner, &[change], true)?;
        wake(tx, partner.id)
    })
}

/// Orders looked at in one write.
const REVIEWED: i64 = 100;

fn review(work: &Work<'_>) -> Result<()> {
    let city = work.tools.get::<City>()?;
    let id: Id<Partner> = work.payload()?;
    let Some(partner) = partner(work, id)? else { return Ok(()) };
    let desk = cases::desk::Desk::of_now(city)?;
    let mut after = 0;
    loop {
        let (ctx, of, desk) = (now_of(work), partner.clone(), desk.clone());
        let last = work.db.write_now(&ctx.clone(), move |tx| {
            tx.housekeeping();
            let orders = rows::orders_after(tx, id, after, REVIEWED)?;
            let last = orders.last().map(|o| o.id.raw());
            for mut order in orders {
                let codes = incoming::codes(tx, &desk, &of, (&order.state, &order.category, &order.unit))?;
                order.stage = codes.stage.or(order.stage);
                crate::compare::refresh(&ctx, tx, &desk, &of, &mut order)?;
                tx.save(&order)?;
            }
            Ok(last)
        })?;
        match last {
            Some(last) => after = last,
            None => {
                return work.db.write_now(&now_of(work), move |tx| {
                    tx.housekeeping();
                    wake(tx, id)
                });
            }
        }
    }
}

/// Every active partner has its job; once a night it is compared with; and what has ended long ago goes.
fn tend(work: &Work<'_>) -> Result<()> {
    work.db.write_now(&now_of(work), |tx| {
        tx.housekeeping();
        let now = tx.now();
        let hour = i64::from(now.to_civil().hour());
        let from = settings::COMPARE_HOUR.get(tx)?.clamp(0, 23);
        for partner in rows::active(tx)? {
            wake(tx, partner.id)?;
            let last = rows::health(tx, partner.id)?.compared_at;
            let long_ago = last.is_none_or(|last| now.0 - last.0 > 20 * HOUR);
            if long_ago && (from..from + 4).contains(&hour) {
                enqueue_compare(tx, partner.id)?;
            }
        }
        Ok(())
    })
}
