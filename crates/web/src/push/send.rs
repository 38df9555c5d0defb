//! The job that sends: one message to one browser, by its push service.

use super::store::{self as rows, SubscriptionRow};
use super::{Owner, Ring, seal, vapid};
use crate::City;
use crate::mail::Mailer;
use crate::outgoing::Outgoing;
use crate::outgoing::client::{agent, reason};
use ::store::jobs::Work;
use ::store::secrets::random_bytes;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as B64;
use kernel::ctx::Locale;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{DAY, SECOND};
use p256::SecretKey;
use serde_json::json;
use std::time::Duration;

pub(super) const SEND: &str = "push-send";

/// Longest wait for a whole exchange.
const WHOLE: Duration = Duration::from_secs(15);
/// How long a service keeps a message for a browser that is off, in seconds.
const KEPT: &str = "86400";
/// After how many tries a message is let go; news that old is no news.
const TRIES: i64 = 7;
/// A browser that could not be reached for this long is let go.
const PATIENCE: i64 = 14 * DAY;

/// The city's client, made once.
struct Client(ureq::Agent);

pub(super) fn run(work: &Work<'_>) -> Result<()> {
    let ring: Ring = work.payload()?;
    let id = ring.subscription;
    let found = work.db.read_now(move |tx| {
        let Some(row) = rows::get(tx, id)? else { return Ok(None) };
        let count = match row.owner_kind.as_str() {
            "person" => crate::notices::unread_count(tx, Id::new(row.owner))?,
            _ => 1,
        };
        Ok(Some((row, count)))
    })?;
    // let go meanwhile, or read meanwhile
    let Some((row, count)) = found.filter(|(_, count)| *count > 0) else { return Ok(()) };
    let city: &City = work.tools.get()?;
    let mailer: &Mailer = work.tools.get()?;
    let message = message(city, mailer, &row, count, &ring.href);
    let decode = |text: &str| B64.decode(text).map_err(Problem::internal);
    let (key, auth) = (decode(&row.p256dh)?, decode(&row.auth)?);
    let body = seal::seal(message.as_bytes(), &key, &auth, &ephemeral()?, &random_bytes(), true)?;
    let signed = vapid::authorization(work.db.secrets(), &row.endpoint, mailer.base_url(), work.db.now())?;

    let client = city.kept::<Client>().unwrap_or_else(|| {
        let outgoing = city.kept::<Outgoing>().map(|o| (*o).clone()).unwrap_or_default();
        city.keep(Client(agent(outgoing, WHOLE)))
    });
    let answer = client
        .0
        .post(row.endpoint.as_str())
        .header("content-type", "application/octet-stream")
        .header("content-encoding", "aes128gcm")
        .header("ttl", KEPT)
        .header("urgency", "normal")
        // a browser that was off gets the last one only
        .header("topic", "news")
        .header("authorization", &signed)
        .send(&body[..]);
    let (status, why, wait) = match answer {
        Ok(answer) => {
            let asked =
                answer.headers().get("retry-after").and_then(|h| h.to_str().ok()?.parse::<i64>().ok());
            (answer.status().as_u16(), "status", asked)
        }
        Err(error) => (0, reason(&error), None),
    };
    let outcome = match status {
        200..300 => "sent",
        404 | 410 => "gone",
        _ => "failed",
    };
    metrics::counter!("push_tries_total", "outcome" => outcome).increment(1);
    settle(work, row, status, why, wait)
}

fn settle(work: &Work<'_>, row: SubscriptionRow, status: u16, why: &str, wait: Option<i64>) -> Result<()> {
    let now = work.db.now();
    let ctx = kernel::ctx::Ctx { now, ..work.ctx.clone() };
    let by = ctx.clone();
    match status {
        200..300 => work.db.write_now(&ctx, move |tx| {
            tx.housekeeping();
            rows::sent(tx, row.id)
        }),
        404 | 410 => work.db.write_now(&ctx, move |tx| {
            rows::forget(tx, &row.endpoint)?;
            let about: Id<()> = Id::new(row.owner);
            tx.record(&by, ::store::Event::new("push.ended", about).with("why", "gone"))
        }),
        _ => {
            let failing = row.failing_since.map_or(0, |since| now.0 - since.0);
            let id = row.id;
            work.db.write_now(&ctx, move |tx| {
                tx.housekeeping();
                if failing > PATIENCE { rows::forget(tx, &row.endpoint) } else { rows::failed(tx, id) }
            })?;
            // the message itself is refused: the same one again would be too
            let final_word = (300..500).contains(&status) && status != 429;
            if final_word || failing > PATIENCE || work.attempt >= TRIES {
                tracing::warn!(subscription = %id, status, why, "a push message was let go");
                return Ok(());
            }
            if let Some(wait) = wait.filter(|wait| (1..=3600).contains(wait)) {
                // as long as the service asks for patience, until ours ends
                work.again_at(now.plus(wait * SECOND));
                return Ok(());
            }
            Err(Problem::internal(format!("push service: {status} {why}")))
        }
    }
}

/// What the browser shows: that there is something, and where.
fn message(city: &City, mailer: &Mailer, row: &SubscriptionRow, count: i64, href: &str) -> String {
    let locale = Locale::ALL.iter().copied().find(|l| l.code() == row.locale).unwrap_or_default();
    let owner = match row.owner_kind.as_str() {
        "person" => Owner::Person(Id::new(row.owner)),
        _ => Owner::Report(row.owner),
    };
    let texts = mailer.texts();
    let args = [("city", city.name_in(locale)), ("count", count.to_string())];
    let body = texts.get(locale, owner.text(), &args);
    let title = texts.get(locale, "push-title", &args);
    json!({ "title": title, "body": body, "href": href, "tag": owner.kind() }).to_string()
}

fn ephemeral() -> Result<SecretKey> {
    let found = (0..16).find_map(|_| SecretKey::from_slice(&random_bytes::<32>()).ok());
    found.ok_or_else(|| Problem::internal("no key for a message could be made"))
}
