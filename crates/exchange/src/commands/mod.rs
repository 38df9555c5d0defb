//! What can be done with partners, differences and repairs, one verb a file.

mod add;
mod change;
mod mapping;
mod repair;
mod resolve;
mod turns;

pub use add::add;
pub use change::{change, renew_key};
pub use mapping::{forget_value, map_value, set_wins};
pub use repair::{Mend, Resend, mend, resend};
pub use resolve::{resolve, send_ours};
pub use turns::{compare_now, pause, pull_now, remove, resume};

use crate::model::{Carrier, Partner, PartnerKind};
use crate::policy::{self, Act};
use crate::store as rows;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::problem::{FieldError, Problem, Result};
use kernel::workflow::Named;

/// What a person says of a partner. The address has been read by [`crate::guard::address`].
#[derive(Clone, Debug)]
pub struct Draft {
    pub name: String,
    pub kind: PartnerKind,
    pub carrier: Carrier,
    pub url: String,
    /// A new credential of theirs; none to keep the one there is.
    pub token: Option<String>,
    pub pulls: bool,
    pub takes: bool,
    pub sends: bool,
    pub every_minutes: i64,
    pub crs: String,
}

/// The only door to a partner.
fn load_for(ctx: &Ctx, tx: &mut Tx<'_>, act: Act, number: &str) -> Result<Partner> {
    policy::require(ctx, act)?;
    rows::by_number(tx, number)
}

/// [`load_for`] for a change that rests on what somebody saw.
fn open_for(ctx: &Ctx, tx: &mut Tx<'_>, act: Act, (number, version): (&str, i64)) -> Result<Partner> {
    let partner = load_for(ctx, tx, act, number)?;
    if partner.version == version { Ok(partner) } else { Err(Problem::stale()) }
}

fn event(verb: &'static str, partner: &Partner) -> Event {
    Event::new(verb, partner.id).with("number", partner.number.as_str()).with("name", partner.name.as_str())
}

/// What the log keeps of a partner's set-up. Never the credential.
fn told(event: Event, partner: &Partner) -> Event {
    let host = url::Url::parse(&partner.url).ok().and_then(|u| u.host_str().map(str::to_owned));
    event
        .with("carrier", partner.carrier.code())
        .with("host", host)
        .with("pulls", partner.pulls)
        .with("takes", partner.takes)
        .with("sends", partner.sends)
        .with("credential", !partner.token.is_empty())
}

/// A reason that somebody must give, in words.
fn reason(text: &str) -> Result<&str> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Problem::field("xd_reason", "required")),
        1..=500 => Ok(text),
        _ => Err(Problem::invalid(vec![FieldError::new("xd_reason", "too-long").arg("max", 500)])),
    }
}
