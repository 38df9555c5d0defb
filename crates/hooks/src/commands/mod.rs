//! What can be done with endpoints and deliveries, one verb a file.

mod add;
mod change;
mod pause;
mod ping;
mod remove;
mod renew_secret;
mod replay;
mod resume;
mod stop;

pub use add::add;
pub use change::change;
pub use pause::pause;
pub use ping::ping;
pub use remove::remove;
pub use renew_secret::renew_secret;
pub use replay::{replay, replay_span};
pub use resume::resume;
pub(crate) use stop::stop;

use crate::guard;
use crate::model::{Endpoint, EndpointState};
use crate::policy::{self, Act};
use crate::store as rows;
use ::store::{Event, Tx};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use places::model::Division;

/// What a person says of an endpoint. The address has been read by [`crate::guard::address`].
#[derive(Clone, Debug)]
pub struct Draft {
    pub name: String,
    pub url: String,
    pub kinds: Vec<String>,
    pub units: Vec<Id<Unit>>,
    pub divisions: Vec<Id<Division>>,
}

/// The only door to an endpoint.
fn load_for(ctx: &Ctx, tx: &mut Tx<'_>, act: Act, number: &str) -> Result<Endpoint> {
    policy::require(ctx, act)?;
    rows::by_number(tx, number)
}

/// [`load_for`] for a change that rests on what somebody saw.
fn open_for(ctx: &Ctx, tx: &mut Tx<'_>, act: Act, (number, version): (&str, i64)) -> Result<Endpoint> {
    let endpoint = load_for(ctx, tx, act, number)?;
    if endpoint.version == version { Ok(endpoint) } else { Err(Problem::stale()) }
}

/// What can be done to an active endpoint only.
fn must_be_active(endpoint: &Endpoint) -> Result<()> {
    if endpoint.state == EndpointState::Active { Ok(()) } else { Err(Problem::conflict("hook-not-active")) }
}

fn event(verb: &'static str, endpoint: &Endpoint) -> Event {
    Event::new(verb, endpoint.id)
        .with("number", endpoint.number.as_str())
        .with("name", endpoint.name.as_str())
}

/// What the log keeps of an endpoint's set-up: enough to know afterwards what went to whom.
fn told(event: Event, endpoint: &Endpoint) -> Event {
    event
        .with("host", guard::host(&endpoint.url))
        .with("kinds", endpoint.kinds.0.join(" "))
        .with("unit-count", endpoint.units.0.len())
        .with("division-count", endpoint.divisions.0.len())
}

/// A person answers for an endpoint: whoever sets it up must be one.
fn owner(ctx: &Ctx) -> Result<Id<kernel::ctx::Person>> {
    ctx.person().ok_or_else(Problem::sign_in)
}
