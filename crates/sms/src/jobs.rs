//! Handing messages over.

use crate::gateway::{Gateway, Outgo, Reply};
use crate::model::{Message, Sent, State, parts};
use crate::settings::LIMITS;
use crate::store as rows;
use kernel::ctx::Locale;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use store::jobs::{JobHandler, Work};
use web::City;
use web::mail::Mailer;

pub(crate) const SEND: &str = "sms-send";

/// After how many tries a message is let go: the last comes about half an hour after the first.
const TRIES: i64 = 8;

pub(crate) const HANDLERS: &[JobHandler] = &[JobHandler::new(SEND, send)];

fn send(work: &Work<'_>) -> Result<()> {
    let id: Id<Sent> = work.payload()?;
    let found = work.db.read_now(move |tx| Ok((rows::get(tx, id)?, LIMITS.get(tx)?.on)))?;
    let (Some(mut message), on) = found else { return Ok(()) };
    // sent before a restart that the job did not survive
    if message.state != State::Waiting {
        return Ok(());
    }
    let city: &City = work.tools.get()?;
    let Some(gateway) = city.kept::<Gateway>() else {
        return settle(work, message, State::Held, "no-gateway");
    };
    if !on && !message.is_trial() {
        return settle(work, message, State::Held, "off");
    }
    let outgo = outgo(work, city, &message)?;
    message.parts = parts(&outgo.text);
    let reply = gateway.hand_over(&outgo);
    let outcome = match &reply {
        Reply::Taken(_) => "taken",
        Reply::Refused(_) => "refused",
        Reply::Later(_) => "later",
    };
    metrics::counter!("sms_tries_total", "outcome" => outcome).increment(1);
    match reply {
        Reply::Taken(name) => {
            message.gateway_id = name;
            settle(work, message, State::Sent, "")
        }
        Reply::Refused(why) => settle(work, message, State::Refused, &why),
        Reply::Later(why) if work.attempt >= TRIES => {
            tracing::warn!(message = %id, why, "a text message was let go");
            settle(work, message, State::Refused, &why)
        }
        Reply::Later(why) => Err(Problem::internal(format!("text message gateway: {why}"))),
    }
}

fn outgo(work: &Work<'_>, city: &City, message: &Message) -> Result<Outgo> {
    let mailer: &Mailer = work.tools.get()?;
    let locale = Locale::ALL.iter().copied().find(|l| l.code() == message.locale).unwrap_or_default();
    let args: Vec<(String, String)> =
        serde_json::from_str(message.args.as_str()).map_err(Problem::internal)?;
    let name = city.name_in(locale);
    let link = format!("{}{}", mailer.base_url(), message.href.as_str());
    let mut all: Vec<(&str, String)> = args.iter().map(|(n, v)| (n.as_str(), v.clone())).collect();
    all.push(("city", name.clone()));
    all.push(("link", link.clone()));
    Ok(Outgo {
        to: message.phone.as_str().to_owned(),
        text: mailer.texts().get(locale, &format!("sms-{}", message.kind), &all),
        id: format!("{}-{}", work.ctx.city, message.id),
        kind: message.kind.clone(),
        city: name,
        about: message.about.clone(),
        link,
        args,
    })
}

fn settle(work: &Work<'_>, mut message: Message, state: State, why: &str) -> Result<()> {
    let now = work.db.now();
    message.state = state;
    why.clone_into(&mut message.why);
    message.settled_at = Some(now);
    work.db.write_now(&kernel::ctx::Ctx { now, ..work.ctx.clone() }, move |tx| {
        tx.housekeeping();
        rows::settle(tx, &message).map(drop)
    })
}
