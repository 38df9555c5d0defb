//! What was sent, given up or passed over is sent once more: one delivery, or everything of a span of time. The messages keep
//! their ids, so that a receiver that has had them knows them again.

use super::{event, load_for, must_be_active};
use crate::jobs::{self, Span};
use crate::model::{DeliveryState, LONGEST_REPLAY};
use crate::policy::Act;
use crate::{queries, store as rows};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::first_at;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;

/// One delivery.
pub fn replay(ctx: &Ctx, tx: &mut Tx<'_>, number: &str, message: &str) -> Result<()> {
    let endpoint = load_for(ctx, tx, Act::Keep, number)?;
    must_be_active(&endpoint)?;
    let (delivery, _) = queries::delivery(tx, endpoint.id, message)?;
    if delivery.state == DeliveryState::Waiting {
        return Err(Problem::conflict("hook-waiting"));
    }
    rows::again(tx, endpoint.id, delivery.event_id, delivery.event_id + 1)?;
    let event = event("hook.replayed", &endpoint).with("record", delivery.number).with("message", message);
    tx.record(ctx, event)?;
    jobs::wake(tx, endpoint.id)
}

/// Everything that happened from one moment until another, also what was removed from the list meanwhile.
pub fn replay_span(ctx: &Ctx, tx: &mut Tx<'_>, number: &str, from: Instant, until: Instant) -> Result<()> {
    let endpoint = load_for(ctx, tx, Act::Keep, number)?;
    must_be_active(&endpoint)?;
    // what happens while it runs is told anyway
    let until = until.min(ctx.now);
    if from >= until {
        return Err(Problem::field("hook_until", "hook-span-empty"));
    }
    if until.0 - from.0 > LONGEST_REPLAY {
        return Err(Problem::field("hook_from", "hook-span-long"));
    }
    let span = Span {
        endpoint: endpoint.id,
        from: first_at(from.0.div_euclid(1000)),
        until: first_at(until.0.div_euclid(1000)),
    };
    jobs::enqueue_replay(tx, &span)?;
    let event = event("hook.span-replayed", &endpoint);
    tx.record(ctx, event.with("from", from.rfc3339()).with("until", until.rfc3339()))
}
