//! Making a message due, and what whoever looks after the machine does.

use crate::jobs::SEND;
use crate::model::{Message, State};
use crate::policy::{Act, require};
use crate::settings::{LIMITS, Limits};
use crate::store as rows;
use ::store::jobs::enqueue_outside;
use ::store::{Event, Marked, Sealed, Tx};
use kernel::ctx::{Ctx, Locale};
use kernel::id::Id;
use kernel::identifiers::Phone;
use kernel::problem::{Problem, Result};
use kernel::time::{DAY, Instant};

/// A message to one telephone.
#[derive(Clone, Debug)]
pub struct Notice<'a> {
    /// As it was written down; what is no mobile number of the country gets nothing.
    pub to: &'a str,
    pub locale: Locale,
    /// Names the text `sms-<kind>`.
    pub kind: &'a str,
    /// The number of the record that it tells of.
    pub about: &'a str,
    pub args: &'a [(&'a str, String)],
    /// Path on this site that `{ $link }` leads to.
    pub href: &'a str,
}

/// Makes a message due if this transaction commits: now, or when the night is over. Over a limit it is only written down.
/// Nothing at all happens while the city sends none.
pub fn send(tx: &mut Tx<'_>, notice: &Notice<'_>) -> Result<()> {
    let limits = LIMITS.get(tx)?;
    let Some(phone) = mobile(notice.to).filter(|_| limits.on) else { return Ok(()) };
    let now = tx.now();
    let due = limits.due(now);
    put(tx, notice, &phone, Some(&limits), due).map(drop)
}

fn mobile(text: &str) -> Option<Phone> {
    Phone::parse(text).ok().filter(Phone::is_mobile)
}

/// `limits`: `None` for a trial, which no limit holds up.
fn put(
    tx: &mut Tx<'_>,
    notice: &Notice<'_>,
    phone: &Phone,
    limits: Option<&Limits>,
    due: Instant,
) -> Result<Message> {
    let now = tx.now();
    let why = match limits {
        None => "",
        Some(limits) => {
            let (to_number, of_city) = rows::counts(tx, phone.as_str(), Instant(now.0 - DAY))?;
            if to_number >= limits.per_number {
                "number-limit"
            } else if of_city >= limits.per_city {
                "city-limit"
            } else {
                ""
            }
        }
    };
    let held = !why.is_empty();
    let args = serde_json::to_string(notice.args).map_err(Problem::internal)?;
    let message = Message {
        id: tx.new_id(),
        about: notice.about.to_owned(),
        kind: notice.kind.to_owned(),
        locale: notice.locale.code().to_owned(),
        phone: Sealed::new(phone.as_str()),
        phone_mark: Marked::default(),
        args: Sealed::new(args),
        href: Sealed::new(notice.href),
        state: if held { State::Held } else { State::Waiting },
        why: why.to_owned(),
        gateway_id: String::new(),
        parts: 0,
        made_at: now,
        due_at: due,
        settled_at: held.then_some(now),
    };
    tx.insert(&message)?;
    if !held {
        enqueue_outside(tx, SEND, &message.id, due, None)?;
    }
    Ok(message)
}

/// Switches sending on or off and sets the limits. Messages that wait are held when their time comes and sending is off.
pub fn set_limits(ctx: &Ctx, tx: &mut Tx<'_>, limits: &Limits) -> Result<()> {
    require(ctx, Act::Edit)?;
    limits.check()?;
    tx.housekeeping();
    LIMITS.set(tx, ctx, limits)
}

/// Sends one message to a number, whether or not sending is on: to see whether the gateway works. Records `sms.tried`.
pub fn try_out(ctx: &Ctx, tx: &mut Tx<'_>, to: &str) -> Result<Id<crate::model::Sent>> {
    require(ctx, Act::Try)?;
    let phone = mobile(to).ok_or_else(|| Problem::field("phone", "not-a-mobile"))?;
    let notice = Notice { to, locale: ctx.locale, kind: "trial", about: "", args: &[], href: "/" };
    let message = put(tx, &notice, &phone, None, ctx.now)?;
    tx.record(ctx, Event::new("sms.tried", message.id))?;
    Ok(message.id)
}
