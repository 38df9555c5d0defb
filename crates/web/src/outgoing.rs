//! What other programs may be told: which events of the log are public, and what of them goes out.
//!
//! A feature names its public events in a table ([`crate::Feature::events`]); the crate that sends them knows no feature.
//! The log stays the only record of what happened: an event goes out because it stands there, and as it stands there.

pub mod client;
pub mod guard;

use crate::app::City;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use serde_json::{Map, Value};
use store::Tx;

/// A kind of event that programs can subscribe to.
#[derive(Clone, Copy, Debug)]
pub struct PublicEvent {
    /// What subscribers choose and what stands in the message: `case.dispatched`. Its name is the text
    /// `public-event-case-dispatched`. Never changed once given out.
    pub kind: &'static str,
    /// Which verbs of the log are this.
    pub verbs: &'static [&'static str],
    pub tell: Tell,
    /// What stands in `data`, name and meaning, for the catalogue. A test holds it to what is sent.
    pub fields: &'static [(&'static str, &'static str)],
}

/// Makes what goes out. `ctx` is that of whoever answers for the endpoint: `None` where they may not see the record, so
/// that a message never holds more than their own key could read. Who acted, who reported and free words of people stay
/// inside.
pub type Tell = fn(&City, &Ctx, &mut Tx<'_>, &Happened) -> Result<Option<Told>>;

/// An event of the log, without who did it and without what they wrote.
#[derive(Clone, Debug)]
pub struct Happened {
    pub kind: &'static str,
    pub verb: String,
    pub at: Instant,
    /// The id of what it happened to.
    pub entity: i64,
    /// The small facts recorded with it.
    pub facts: Map<String, Value>,
}

impl Happened {
    /// A fact as text; empty when there is none.
    pub fn fact(&self, name: &str) -> &str {
        self.facts.get(name).and_then(Value::as_str).unwrap_or_default()
    }
}

/// What goes out of an event.
#[derive(Clone, Debug)]
pub struct Told {
    /// The number people use: `CASE-2026-000412`.
    pub record: String,
    /// Units it concerns, for endpoints that want only theirs.
    pub units: Vec<Id<Unit>>,
    /// The id of the division it lies in, for endpoints that want only some.
    pub division: Option<i64>,
    pub data: Map<String, Value>,
}

/// All public events of the program, kept in each city's memory.
#[derive(Clone, Debug, Default)]
pub struct Catalogue(Vec<PublicEvent>);

impl Catalogue {
    pub fn of<'a>(features: impl IntoIterator<Item = &'a crate::Feature>) -> Self {
        Self(features.into_iter().flat_map(|f| f.events.iter().copied()).collect())
    }

    pub fn all(&self) -> &[PublicEvent] {
        &self.0
    }

    pub fn kind(&self, kind: &str) -> Option<&PublicEvent> {
        self.0.iter().find(|e| e.kind == kind)
    }

    /// The public event that a verb of the log is, if it is one.
    pub fn of_verb(&self, verb: &str) -> Option<&PublicEvent> {
        self.0.iter().find(|e| e.verbs.contains(&verb))
    }
}

/// Which addresses inside the operator's own network the program may send to, and whose certificates it believes. Nothing
/// said: no address inside, only `https`, and the public authorities.
#[derive(Clone, Debug, Default)]
pub struct Outgoing {
    /// Networks as address and length of prefix: `10.0.0.0/8`.
    pub networks: Vec<(std::net::IpAddr, u8)>,
    /// Certificates (DER) of authorities that are believed beside the public ones; see [`client::authorities`].
    pub authorities: std::sync::Arc<[Vec<u8>]>,
}

/// Networks of the operator's own in which partner systems stand that cases are exchanged with. Apart from [`Outgoing`],
/// because whoever may set up a webhook must not reach them; in them plain `http` is allowed, which partners' systems often
/// speak inside a closed network.
#[derive(Clone, Debug, Default)]
pub struct PartnerNetworks(pub Outgoing);
