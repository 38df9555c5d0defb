//! From the log to messages: what happened to a case that is an order of a partner, in the partner's words.

use crate::change::hash;
use crate::model::{Message, Order, OutState, Partner, ValueKind};
use crate::{compare, stage, store as rows};
use ::store::follow::{self, Place, Seen};
use ::store::{Tx, audit};
use cases::desk::Desk;
use cases::model::Case;
use cases::workflow::State;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::masking::{Audience, mask_text};
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use kernel::workflow::Named;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use web::City;

/// Events looked at in one step.
const STEP: i64 = 200;
/// A place that moved less than this, past nothing of interest, is not worth a write.
const WORTH: i64 = 100;

/// Verb of the log, kind of message, whether the words that were written go along. Opinions among ourselves never do.
const TOLD: &[(&str, &str, bool)] = &[
    ("case.registered", "accepted", false),
    ("case.refused", "returned", true),
    ("case.dropped", "returned", true),
    ("case.dispatched", "dispatched", false),
    ("case.redispatched", "dispatched", false),
    ("case.ruled", "dispatched", false),
    ("case.answered", "handled", true),
    ("case.rework", "rework", false),
    ("case.closed", "closed", true),
    ("case.upheld", "closed", true),
    ("case.reopened", "reopened", true),
    ("case.recalled", "reopened", false),
    ("case.parked", "suspended", true),
    ("case.resumed", "resumed", false),
    ("case.voided", "withdrawn", false),
    ("case.merged", "merged", false),
    ("case.unmerged", "unmerged", false),
];

/// Kinds of messages, for lists and documents.
pub const KINDS: &[&str] = &[
    "accepted",
    "returned",
    "dispatched",
    "handled",
    "rework",
    "closed",
    "reopened",
    "suspended",
    "resumed",
    "withdrawn",
    "merged",
    "unmerged",
    "status",
];

/// What a message tells besides the case as it stands.
struct News<'a> {
    event: i64,
    kind: &'a str,
    at: Instant,
    words: String,
}

/// What the partner is told of an order.
fn body(
    tx: &mut Tx<'_>,
    desk: &Desk,
    partner: &Partner,
    order: &Order,
    case: &Case,
    news: &News<'_>,
    (message, sequence): (&str, i64),
) -> Result<Value> {
    let stage = stage::of(case.state);
    let unit = match case.lead_unit {
        Some(unit) => people::queries::unit(tx, unit)?,
        None => None,
    };
    let unit_word = match &unit {
        Some(unit) => rows::word_for(tx, partner.id, ValueKind::Unit, &unit.code)?,
        None => None,
    };
    let category = cases::open::item_code(&desk.catalogue, case.item_id);
    let category_word = rows::word_for(tx, partner.id, ValueKind::Category, &category)?;
    Ok(json!({
        "id": message,
        "order": order.order_no,
        "sequence": sequence,
        "kind": news.kind,
        "at": news.at.rfc3339(),
        "case": case.number,
        "stage": stage.code(),
        "state": rows::word_for(tx, partner.id, ValueKind::State, stage.code())?,
        "category": category_word,
        "unit": unit_word,
        "unit_code": unit.as_ref().map(|u| u.code.clone()),
        "unit_name": unit.map(|u| u.name),
        "deadline": case.due_at.map(Instant::rfc3339),
        "on_time": case.on_time,
        "words": news.words,
    }))
}

/// Puts a message down as the order's next, unless the event has one. The order is for the caller to save.
fn put(
    tx: &mut Tx<'_>,
    desk: &Desk,
    partner: &Partner,
    order: &mut Order,
    case: &Case,
    news: News<'_>,
) -> Result<()> {
    if rows::message_known(tx, order.id, news.event)? {
        return Ok(());
    }
    order.sent += 1;
    let message =
        format!("xm_{}", &hash(&format!("{}:{}:{}", partner.number, order.order_no, news.event))[..24]);
    let body = body(tx, desk, partner, order, case, &news, (&message, order.sent))?;
    let row = Message {
        id: tx.new_id(),
        partner_id: partner.id,
        order_id: order.id,
        order_no: order.order_no.clone(),
        case_id: case.id,
        case_number: case.number.clone(),
        event_id: news.event,
        message,
        seq: order.sent,
        kind: news.kind.to_owned(),
        at: news.at,
        body: body.to_string().into(),
        state: OutState::Waiting,
        tries: 0,
        first_try_at: None,
        next_at: tx.now(),
        held_until: Instant::ZERO,
        last_status: None,
        last_error: None,
        answer: "".into(),
        ended_at: None,
    };
    tx.insert(&row)
}

/// The order as it stands here, told once more. The order is for the caller to save.
pub(crate) fn tell_again(tx: &mut Tx<'_>, desk: &Desk, partner: &Partner, order: &mut Order) -> Result<()> {
    let Some(id) = order.follows_id else { return Ok(()) };
    let case = cases::store::case(tx, id)?.ok_or_else(Problem::not_found)?;
    // below every event's id, and another each time
    let fresh: Id<Message> = tx.new_id();
    let news = News { event: -fresh.raw(), kind: "status", at: tx.now(), words: String::new() };
    put(tx, desk, partner, order, &case, news)
}

/// One step along the log for a partner: reads on a snapshot; where something is of interest, writes messages, differences
/// and the place together, so that no event is passed over and none counted twice. Whether there is more to read.
pub fn step(city: &City, ctx: &Ctx, partner: &Partner) -> Result<bool> {
    let id = partner.id;
    let (place, seen, ours) = city.db().read_now(move |tx| {
        let place = rows::place(tx, id)?;
        let seen = follow::after(tx, &place, STEP)?;
        let mut ours = false;
        for event in seen.iter().filter(|e| e.verb.starts_with("case.")) {
            ours = ours || !rows::orders_of(tx, id, Id::new(event.entity))?.is_empty();
        }
        Ok((place, seen, ours))
    })?;
    let looked = i64::try_from(seen.len()).unwrap_or(i64::MAX);
    if !ours && looked < WORTH {
        return Ok(false);
    }
    let desk = Desk::of_now(city)?;
    let (partner, ctx_in) = (partner.clone(), ctx.clone());
    let moved = city.db().write_now(ctx, move |tx| {
        tx.housekeeping();
        let (mut reached, mut touched) = (Place::new(), BTreeSet::new());
        for event in &seen {
            reached.insert(event.lane, event.seq);
            if event.verb.starts_with("case.") {
                touched.extend(tell(tx, &desk, &partner, event)?);
            }
        }
        // a case may be further than the event that is looked at: only what it has come to is compared
        for id in touched {
            let Some(mut order) = rows::order(tx, Id::new(id))? else { continue };
            compare::refresh(&ctx_in, tx, &desk, &partner, &mut order)?;
            tx.save(&order)?;
        }
        for (lane, seq) in reached {
            rows::advance(tx, partner.id, lane, place.get(&lane).copied().unwrap_or(0), seq)?;
        }
        Ok(())
    });
    match moved {
        // somebody else has come along here
        Err(problem) if problem.code == "stale" => Ok(true),
        moved => moved.map(|()| looked == STEP),
    }
}

/// Puts down what an event tells; the orders that it concerns.
fn tell(tx: &mut Tx<'_>, desk: &Desk, partner: &Partner, event: &Seen) -> Result<Vec<i64>> {
    let case_id: Id<Case> = Id::new(event.entity);
    let told = TOLD.iter().find(|(verb, ..)| *verb == event.verb);
    let mut orders = rows::orders_of(tx, partner.id, case_id)?;
    if event.verb == "case.unmerged" {
        // its orders went along with the other case; they come back
        for mut order in rows::orders_made(tx, case_id)?.into_iter().filter(|o| o.partner_id == partner.id) {
            if order.follows_id != Some(case_id) {
                order.follows_id = Some(case_id);
                tx.save(&order)?;
                order.version += 1;
                orders.push(order);
            }
        }
    }
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    let case = cases::store::case(tx, case_id)?.ok_or_else(Problem::not_found)?;
    let mut touched = Vec::with_capacity(orders.len());
    for mut order in orders {
        if let Some((_, kind, with_words)) = told.filter(|_| partner.sends) {
            let words = if *with_words { words(tx, case_id, event.id)? } else { String::new() };
            put(tx, desk, partner, &mut order, &case, News { event: event.id, kind, at: event.at, words })?;
        }
        if event.verb == "case.merged" && case.state == State::Merged {
            order.follows_id = case.merged_into.or(order.follows_id);
        }
        tx.save(&order)?;
        touched.push(order.id.raw());
    }
    Ok(touched)
}

/// What was written with an event, without telephone numbers and the like.
fn words(tx: &mut Tx<'_>, case: Id<Case>, event: i64) -> Result<String> {
    let line = audit::history(tx, case)?.into_iter().find(|line| line.id == event);
    let text = line.and_then(|line| line.text).unwrap_or_default();
    Ok(mask_text(&text, Audience::Unit))
}
