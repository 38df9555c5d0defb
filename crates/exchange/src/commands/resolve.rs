//! A person decides about a difference: theirs holds, ours holds, or ours is sent once more. Taking theirs over is the same
//! move that the person could make on the case's page, with the same permission; where there is none, they are told so.

use super::reason;
use crate::model::{Aspect, Difference, DifferenceState, How, Order, Partner};
use crate::policy::{self, Act};
use crate::stage::{self, Follow, Stage};
use crate::{compare, incoming, jobs, outgoing, store as rows};
use ::store::{Event, Tx};
use cases::commands::{self as deeds, Dispatch, Heard};
use cases::desk::Desk;
use cases::model::Case;
use cases::workflow::State;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;

fn load(ctx: &Ctx, tx: &mut Tx<'_>, (number, version): (&str, i64)) -> Result<(Difference, Partner)> {
    policy::require(ctx, Act::Resolve)?;
    let row = rows::difference(tx, number)?;
    if row.version != version {
        return Err(Problem::stale());
    }
    if row.state != DifferenceState::Open {
        return Err(Problem::conflict("exchange-not-open"));
    }
    let partner = rows::partner(tx, row.partner_id)?.ok_or_else(Problem::not_found)?;
    Ok((row, partner))
}

pub fn resolve(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    seen: (&str, i64),
    how: How,
    why: &str,
) -> Result<Difference> {
    if how == How::Sent {
        return send_ours(ctx, tx, desk, seen, why);
    }
    let (mut row, partner) = load(ctx, tx, seen)?;
    let why = reason(why)?;
    let mut order = match row.order_id {
        Some(id) => rows::order(tx, id)?,
        None => None,
    };
    match (how, &mut order) {
        (How::Theirs, Some(order)) => {
            take(ctx, tx, desk, &row, order, why)?;
        }
        (How::Theirs, None) => {
            // an order that has never come: it is asked for
            let wanted = jobs::Wanted { partner: partner.id, order: row.order_no.clone() };
            jobs::enqueue_fetch(tx, &wanted)?;
        }
        (_, Some(order)) if row.aspect == Aspect::Text => order.taken_words.clone_from(&order.words),
        _ => {}
    }
    if let Some(order) = &order {
        tx.save(order)?;
    }
    row.state = DifferenceState::Settled;
    row.how = Some(how);
    row.reason = why.into();
    row.ended_by = ctx.person();
    row.ended_at = Some(ctx.now);
    row.open_key = None;
    tx.save(&row)?;
    row.version += 1;
    tx.record(ctx, told("exchange.settled", &row, how).text(why))?;
    jobs::wake(tx, partner.id)?;
    Ok(row)
}

fn told(verb: &'static str, row: &Difference, how: How) -> Event {
    Event::new(verb, row.id)
        .with("number", row.number.as_str())
        .with("order", row.order_no.as_str())
        .with("aspect", row.aspect.code())
        .with("how", how.code())
}

/// Ours is told once more; the difference stays open until the two agree.
pub fn send_ours(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    seen: (&str, i64),
    why: &str,
) -> Result<Difference> {
    let (mut row, partner) = load(ctx, tx, seen)?;
    let order = match row.order_id {
        Some(id) => rows::order(tx, id)?,
        None => None,
    };
    let Some(mut order) = order.filter(|_| partner.sends) else {
        return Err(Problem::conflict("exchange-nothing-to-send"));
    };
    outgoing::tell_again(tx, desk, &partner, &mut order)?;
    tx.save(&order)?;
    row.sent_at = Some(ctx.now);
    tx.save(&row)?;
    row.version += 1;
    tx.record(ctx, told("exchange.settled", &row, How::Sent).text(why.trim()))?;
    jobs::wake(tx, partner.id)?;
    Ok(row)
}

fn take(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    row: &Difference,
    order: &mut Order,
    why: &str,
) -> Result<()> {
    let id = order.follows_id.ok_or_else(Problem::not_found)?;
    let case = deeds::load_for(ctx, tx, cases::policy::Act::View, id)?;
    let cannot = || Problem::conflict("exchange-on-the-case").arg("case", case.number.clone());
    match row.aspect {
        Aspect::State => {
            let stage = Stage::parse(&row.theirs).ok_or_else(cannot)?;
            let follow = stage::take_over(case.state, stage).ok_or_else(cannot)?;
            step(ctx, tx, desk, &case, follow, why)
        }
        Aspect::Deadline => {
            let theirs = compare::deadline(&row.theirs).ok_or_else(cannot)?;
            order.agreed_deadline = Some(theirs);
            let said = (order.order_no.as_str(), Some(theirs));
            deeds::hear(ctx, tx, id, Heard::Deadline, said, why).map(drop)
        }
        Aspect::Unit => {
            let unit = people::queries::unit_by_code(tx, &row.theirs)?.ok_or_else(cannot)?;
            let to = Dispatch { lead: unit.id, assisting: Vec::new(), note: why.to_owned() };
            match case.state {
                State::Registered => deeds::dispatch(ctx, tx, desk, id, &to).map(drop),
                State::Dispatched | State::Handling => deeds::redispatch(ctx, tx, desk, id, &to).map(drop),
                _ => Err(cannot()),
            }
        }
        Aspect::Category => {
            let item = incoming::item(desk, &row.theirs).ok_or_else(cannot)?;
            compare::correct(ctx, tx, desk, &case, item)
        }
        Aspect::Text => {
            order.taken_words.clone_from(&order.words);
            deeds::hear(ctx, tx, id, Heard::Changed, (&order.order_no, None), &row.theirs).map(drop)
        }
        // they do not have it: what is not an order any more is no case
        Aspect::MissingThere => {
            let follow = stage::take_over(case.state, Stage::Withdrawn).ok_or_else(cannot)?;
            step(ctx, tx, desk, &case, follow, why)
        }
        Aspect::MissingHere => Ok(()),
    }
}

fn step(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, case: &Case, follow: Follow, why: &str) -> Result<()> {
    let id = case.id;
    match follow {
        Follow::Void => deeds::void(ctx, tx, desk, id, why).map(drop),
        Follow::PassAndClose => {
            deeds::pass(ctx, tx, desk, id, why, &[])?;
            deeds::close(ctx, tx, desk, id, why).map(drop)
        }
        Follow::Close => deeds::close(ctx, tx, desk, id, why).map(drop),
        Follow::Contest => deeds::contest(ctx, tx, desk, id, why).map(drop),
        Follow::Rework => deeds::rework(ctx, tx, desk, id, why, &[]).map(drop),
        Follow::Note | Follow::Nothing | Follow::Reply | Follow::Differ => Ok(()),
    }
}
