//! News to a browser that is not open: Web Push (RFC 8030), encrypted for that browser alone (RFC 8291), signed with the
//! city's own key (RFC 8292).
//!
//! A subscription belongs to a person, whose notices it announces, or to one report, whose reporter asked for it at the
//! status page. What goes out says only that there is something, and where: no names, no words of people. Bursts become one
//! message: a subscription has one job waiting at most, which says at its time what there is. See ADR 17.

pub mod offer;
mod seal;
mod send;
mod store;
mod vapid;

use crate::outgoing::Outgoing;
use crate::outgoing::guard::{Unfit, fit};
use ::store::jobs::{JobHandler, enqueue_outside};
use ::store::keep::{Days, Goes, Keep, Way};
use ::store::{Event, Marked, Tx};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use kernel::ctx::{Ctx, Person};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{DAY, Instant, MINUTE};
use serde::{Deserialize, Serialize};
pub use store::{Subscription, SubscriptionRow, of_owner};
pub use vapid::public_key;

/// Whose news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    Person(Id<Person>),
    /// A report, by the id of its case.
    Report(i64),
}

impl Owner {
    fn kind(self) -> &'static str {
        match self {
            Owner::Person(_) => "person",
            Owner::Report(_) => "report",
        }
    }

    fn id(self) -> i64 {
        match self {
            Owner::Person(person) => person.raw(),
            Owner::Report(case) => case,
        }
    }

    /// Most browsers that may be told.
    fn most(self) -> usize {
        match self {
            Owner::Person(_) => 10,
            Owner::Report(_) => 4,
        }
    }

    /// The text that says what there is: `push-<kind>`.
    fn text(self) -> &'static str {
        match self {
            Owner::Person(_) => "push-notices",
            Owner::Report(_) => "push-report",
        }
    }
}

/// The wording that people agree to; a new one gets a new name. Its text is `push-consent`.
pub const CONSENT: &str = "push-2026-11";

/// What a browser hands over.
#[derive(Clone, Debug, Default)]
pub struct Given {
    pub endpoint: String,
    /// The browser's public key and its secret, in base64url.
    pub p256dh: String,
    pub auth: String,
    /// What the browser calls itself.
    pub agent: String,
    /// Whether it wants to be told between [`NIGHT`] and [`MORNING`] too.
    pub at_night: bool,
}

/// Longest address of a browser at its push service.
const LONGEST: usize = 1000;

/// Takes a browser on. The same browser again changes only what it wants. A browser that another person used is this one's
/// now. Records `push.subscribed` with the wording that was agreed to.
pub fn subscribe(tx: &mut Tx<'_>, ctx: &Ctx, outgoing: &Outgoing, owner: Owner, given: &Given) -> Result<()> {
    let unfit = |code| Problem::field("push_endpoint", code);
    if given.endpoint.len() > LONGEST {
        return Err(unfit("push-wrong"));
    }
    let endpoint = fit(outgoing, &given.endpoint).map_err(|why| match why {
        Unfit::Inside | Unfit::NotHttps => unfit("push-inside"),
        Unfit::Wrong | Unfit::WithPassword => unfit("push-wrong"),
    })?;
    let decoded = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).unwrap_or_default();
    let (key, auth) = (decoded(&given.p256dh), decoded(&given.auth));
    if !seal::is_key(&key) || auth.len() != 16 {
        return Err(unfit("push-wrong"));
    }
    if let Owner::Person(person) = owner {
        store::take_over(tx, &endpoint, person.raw())?;
    }
    let held = of_owner(tx, owner)?;
    let known = held.iter().find(|s| s.endpoint.as_str() == endpoint).map(|s| s.id);
    if held.len() >= owner.most() && known.is_none() {
        return Err(unfit("push-too-many"));
    }
    let row = SubscriptionRow {
        id: tx.new_id(),
        owner_kind: owner.kind().to_owned(),
        owner: owner.id(),
        endpoint: endpoint.into(),
        endpoint_hash: Marked::default(),
        p256dh: BASE64_URL_SAFE_NO_PAD.encode(key).into(),
        auth: BASE64_URL_SAFE_NO_PAD.encode(auth).into(),
        locale: ctx.locale.code().to_owned(),
        agent: given.agent.chars().take(200).collect::<String>().into(),
        at_night: given.at_night,
        consent: CONSENT.to_owned(),
        created_at: ctx.now,
        sent_at: None,
        failing_since: None,
    };
    store::put(tx, &row, known)?;
    let about: Id<()> = Id::new(owner.id());
    tx.record(ctx, Event::new("push.subscribed", about).with("consent", CONSENT))
}

/// Lets a browser go that its owner does not want to be told any more. Records `push.ended`.
pub fn end(tx: &mut Tx<'_>, ctx: &Ctx, owner: Owner, id: Id<Subscription>) -> Result<()> {
    if !store::remove(tx, owner, id)? {
        return Err(Problem::not_found());
    }
    let about: Id<()> = Id::new(owner.id());
    tx.record(ctx, Event::new("push.ended", about).with("why", "withdrawn"))
}

/// What the job is given. The owner decides the rest.
#[derive(Debug, Serialize, Deserialize)]
struct Ring {
    subscription: Id<Subscription>,
    href: String,
}

/// Says to the browsers of this owner, if there are any, that there is news at `href`; an owner's is always the same one.
/// Told when it may be told: at once, a minute after the last, or in the morning.
pub fn ring(tx: &mut Tx<'_>, owner: Owner, href: &str) -> Result<()> {
    for subscription in of_owner(tx, owner)? {
        let at = due(tx.now(), subscription.sent_at, subscription.at_night);
        let ring = Ring { subscription: subscription.id, href: href.to_owned() };
        enqueue_outside(tx, send::SEND, &ring, at, Some(&format!("push-{}", subscription.id)))?;
    }
    Ok(())
}

/// Between these hours, Chinese time, only those are told who asked for it.
pub const NIGHT: i8 = 22;
pub const MORNING: i8 = 7;
/// The shortest time between two messages to one browser.
const BETWEEN: i64 = MINUTE;

fn due(now: Instant, last: Option<Instant>, at_night: bool) -> Instant {
    let at = last.map_or(now, |last| Instant(last.plus(BETWEEN).0.max(now.0)));
    let civil = at.to_civil();
    let morning = |date| Instant(Instant::start_of(date).0 + i64::from(MORNING) * kernel::time::HOUR);
    match civil.hour() {
        _ if at_night => at,
        hour if hour >= NIGHT => morning(at.plus(DAY).date()),
        hour if hour < MORNING => morning(at.date()),
        _ => at,
    }
}

pub(crate) const JOB: JobHandler = JobHandler::new(send::SEND, send::run);
/// Tells nobody any more of a person who has left, or of a report whose reporter was forgotten. Housekeeping of whoever calls.
pub fn forget(tx: &mut Tx<'_>, owner: Owner) -> Result<i64> {
    store::forget_owner(tx, owner)
}

/// Browsers that are told of a report: reports come to an end.
pub(crate) const KEEP: Keep = Keep {
    key: "push",
    tables: &["push_subscription"],
    days: Days::new(365, 30, 1095),
    goes: Goes::Row,
    laws: &["pipl-19"],
    way: Way::Daily { count: store::due, erase: store::forget_old },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nights_are_quiet_for_those_who_did_not_ask() {
        let at = |text: &str| Instant::parse_rfc3339(text).unwrap();
        let noon = at("2026-03-05T12:00:00+08:00");
        assert_eq!(due(noon, None, false), noon);
        assert_eq!(due(noon, Some(noon.plus(-10 * MINUTE)), false), noon);
        assert_eq!(due(noon, Some(noon.plus(-MINUTE / 2)), false), noon.plus(MINUTE / 2));
        let morning = at("2026-03-06T07:00:00+08:00");
        for (now, wanted) in [
            ("2026-03-05T21:59:59+08:00", at("2026-03-05T21:59:59+08:00")),
            ("2026-03-05T22:00:00+08:00", morning),
            ("2026-03-05T23:59:59+08:00", morning),
            ("2026-03-06T00:00:00+08:00", morning),
            ("2026-03-06T06:59:59+08:00", morning),
            ("2026-03-06T07:00:00+08:00", morning),
        ] {
            assert_eq!(due(at(now), None, false), wanted, "{now}");
            assert_eq!(due(at(now), None, true), at(now), "{now}");
        }
    }
}
