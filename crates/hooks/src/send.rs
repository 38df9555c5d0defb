//! From deliveries to the other program: take one for a try, send it, write down what came back.
//!
//! Taking and settling are writes of their own. What dies between them leaves a delivery that is held until its hold ends,
//! and is then tried again with the same `webhook-id`: at least once, never silently not at all.

use crate::client::{Answer, Client};
use crate::model::{Delivery, DeliveryState, Endpoint, PATIENCE, StopReason, Try};
use crate::store::{self as rows, End};
use crate::{commands, schedule, settings, sign};
use ::store::{Db, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::{DAY, Instant, MINUTE};
use web::City;

/// How long a try may take until somebody else may begin the next: longer than the client's patience.
pub const HOLD: i64 = 2 * MINUTE;

/// Takes what may be sent now, at most `most` deliveries. Nobody else takes them until they are settled or their hold ends.
pub fn take(db: &Db, ctx: &Ctx, endpoint: Id<Endpoint>, most: i64) -> Result<Vec<Delivery>> {
    db.write_now(ctx, move |tx| {
        tx.housekeeping();
        let until = tx.now().plus(HOLD);
        let mut taken = Vec::new();
        for mut delivery in rows::sendable(tx, endpoint, most)? {
            if rows::hold(tx, &delivery, until)? {
                let now = tx.now();
                delivery.tries += 1;
                delivery.first_try_at = delivery.first_try_at.or(Some(now));
                taken.push(delivery);
            }
        }
        Ok(taken)
    })
}

/// Sends one that was taken.
pub fn send(city: &City, client: &Client, endpoint: &Endpoint, delivery: &Delivery) -> Result<Answer> {
    let now = city.db().now();
    let (timestamp, body) = (sign::timestamp(now).to_string(), delivery.body.as_str());
    let signature = sign::signatures(city.db().secrets(), endpoint, &delivery.message, now, body)?;
    let answer = client.post(
        &endpoint.url,
        &[
            ("webhook-id", &delivery.message),
            ("webhook-timestamp", &timestamp),
            ("webhook-signature", &signature),
        ],
        body,
    );
    let outcome = if is_success(&answer) { "sent" } else { "failed" };
    metrics::counter!("webhook_tries_total", "outcome" => outcome).increment(1);
    Ok(answer)
}

fn is_success(answer: &Answer) -> bool {
    answer.status.is_some_and(|status| (200..300).contains(&status))
}

/// Writes down what came back, decides what follows for this delivery, and for its endpoint.
pub fn settle(db: &Db, ctx: &Ctx, endpoint: &Endpoint, delivery: &Delivery, answer: Answer) -> Result<()> {
    let (ctx_in, endpoint, delivery) = (ctx.clone(), endpoint.clone(), delivery.clone());
    db.write_now(ctx, move |tx| settle_in(&ctx_in, tx, &endpoint, &delivery, &answer))
}

fn settle_in(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    endpoint: &Endpoint,
    delivery: &Delivery,
    answer: &Answer,
) -> Result<()> {
    tx.housekeeping();
    let now = tx.now();
    let status = answer.status.map(i64::from);
    let error = error_of(answer);
    let row = Try {
        id: tx.new_id(),
        delivery_id: delivery.id,
        number: delivery.tries,
        at: now,
        took_ms: answer.took_ms,
        status,
        error: error.map(str::to_owned),
        answer: answer.text.as_str().into(),
    };
    rows::note_try(tx, &row)?;
    let done = |state| End { state, next_at: now, status, error, finished_at: Some(now) };
    if is_success(answer) {
        if rows::settle(tx, delivery, &done(DeliveryState::Sent))? {
            let was = rows::health(tx, endpoint.id)?;
            rows::succeeded(tx, endpoint.id, now)?;
            if was.streak >= schedule::TIRED {
                rows::pull(tx, endpoint.id)?;
            }
        }
        return Ok(());
    }
    let asked = answer.retry_after.as_deref().and_then(|text| schedule::retry_after(text, now));
    let wait = schedule::wait(delivery.id.raw(), delivery.tries).max(asked.unwrap_or(0));
    let gone = answer.status == Some(410);
    let began = delivery.first_try_at.unwrap_or(now);
    let end = if gone || now.plus(wait).0 > began.plus(PATIENCE).0 {
        done(DeliveryState::Dead)
    } else {
        End {
            state: DeliveryState::Waiting,
            next_at: now.plus(wait),
            finished_at: None,
            ..done(DeliveryState::Dead)
        }
    };
    if !rows::settle(tx, delivery, &end)? {
        return Ok(());
    }
    let health = rows::failed(tx, endpoint.id, now)?;
    let rest = schedule::rest(endpoint.id.raw(), health.streak).max(asked.unwrap_or(0));
    if rest > 0 {
        rows::rest(tx, endpoint.id, now.plus(rest))?;
    }
    if gone {
        return commands::stop(ctx, tx, endpoint, StopReason::Gone);
    }
    let days = settings::DAYS_UNTIL_STOPPED.get(tx)?.max(1);
    if failing_too_long(health.failing_since, now, days) {
        return commands::stop(ctx, tx, endpoint, StopReason::Failing);
    }
    Ok(())
}

fn failing_too_long(since: Option<Instant>, now: Instant, days: i64) -> bool {
    since.is_some_and(|since| now.0 - since.0 >= days * DAY)
}

/// Why an answer does not count, as a code of the texts `hook-error-…`.
fn error_of(answer: &Answer) -> Option<&'static str> {
    match (answer.error, answer.status) {
        (Some(error), _) => Some(error),
        (None, Some(200..300)) => None,
        (None, Some(300..400)) => Some("redirect"),
        (None, Some(410)) => Some("gone"),
        (None, _) => Some("status"),
    }
}
