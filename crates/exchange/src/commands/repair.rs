//! 待修清单: what could not be carried out, and what could not be delivered. Nothing on it goes away by itself but a gap that is
//! filled; a person tries again, goes on without, or puts it away with a reason.

use super::reason;
use crate::model::{InState, Incoming, OutState, Partner};
use crate::policy::{self, Act};
use crate::{jobs, store as rows};
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;

kernel::named! {
    /// What to do with a change on the list.
    pub enum Mend {
        /// Try once more: the mapping, the catalogue or the case may be other now.
        Again = "again",
        /// It is put away; the changes behind it go on without it.
        Dismiss = "dismiss",
        /// The missing changes will not come: go on with this one.
        Pass = "pass",
    }
}

kernel::named! {
    /// What to do with a message that was given up.
    pub enum Resend { Again = "again", Skip = "skip" }
}

fn partner(tx: &mut Tx<'_>, row: kernel::id::Id<Partner>) -> Result<Partner> {
    rows::partner(tx, row)?.ok_or_else(Problem::not_found)
}

pub fn mend(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    (number, version): (&str, i64),
    what: Mend,
    why: &str,
) -> Result<Incoming> {
    policy::require(ctx, Act::Repair)?;
    let mut row = rows::incoming(tx, number)?;
    if row.version != version {
        return Err(Problem::stale());
    }
    if row.state != InState::Repair {
        return Err(Problem::conflict("exchange-not-broken"));
    }
    let why = if what == Mend::Again { why.trim() } else { reason(why)? };
    let readable = row.revision > 0;
    if !readable && what != Mend::Dismiss {
        return Err(Problem::conflict("exchange-unreadable"));
    }
    if what == Mend::Pass && row.fault.as_deref() != Some("gap") {
        return Err(Problem::conflict("exchange-no-gap"));
    }
    let partner = partner(tx, row.partner_id)?;
    let reach = match what {
        Mend::Again => None,
        Mend::Pass => Some(row.revision - 1),
        Mend::Dismiss => readable.then_some(row.revision),
    };
    // a contradicting twin changes nothing of what was carried out
    let twin = row.fault.as_deref() == Some("contradicts");
    if let Some(reach) = reach.filter(|_| !twin)
        && let Some(mut order) = rows::order_by_no(tx, partner.id, &row.order_no)?
        && order.applied < reach
    {
        if what == Mend::Dismiss && order.applied + 1 != reach {
            return Err(Problem::conflict("exchange-gap-first"));
        }
        order.applied = reach;
        tx.save(&order)?;
    }
    row.state = if what == Mend::Dismiss { InState::Dismissed } else { InState::Waiting };
    row.ended_at = (what == Mend::Dismiss).then_some(ctx.now);
    row.received_at = if what == Mend::Dismiss { row.received_at } else { ctx.now };
    tx.save(&row)?;
    row.version += 1;
    let event = Event::new("exchange.mended", row.id)
        .with("number", row.number.as_str())
        .with("order", row.order_no.as_str())
        .with("what", what.code());
    tx.record(ctx, event.text(why))?;
    jobs::wake(tx, partner.id)?;
    Ok(row)
}

pub fn resend(ctx: &Ctx, tx: &mut Tx<'_>, message: &str, what: Resend, why: &str) -> Result<()> {
    policy::require(ctx, Act::Repair)?;
    let row = rows::message(tx, message)?;
    if row.state != OutState::Dead {
        return Err(Problem::conflict("exchange-not-broken"));
    }
    let (why, done) = match what {
        Resend::Again => (why.trim(), rows::send_again(tx, &row)?),
        Resend::Skip => (reason(why)?, rows::skip(tx, &row)?),
    };
    if !done {
        return Err(Problem::stale());
    }
    let event = Event::new("exchange.resent", row.id)
        .with("number", row.message.as_str())
        .with("order", row.order_no.as_str())
        .with("what", what.code());
    tx.record(ctx, event.text(why))?;
    jobs::wake(tx, row.partner_id)
}
