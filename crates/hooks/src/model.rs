//! What an endpoint and a delivery are. No I/O.

use kernel::ctx::{Person, Unit};
use kernel::id::Id;
use kernel::time::{DAY, Instant};
use store::value::Json;
use store::{Sealed, record, sealed_columns};

sealed_columns! {
    /// What is told to another program: titles, and what a person wrote.
    pub DeliveryBody = "hook_delivery"."body" of "id";
    /// Which may say back what it was told.
    pub TryAnswer = "hook_try"."answer" of "id";
}

kernel::named! {
    /// Whether an endpoint is told.
    pub enum EndpointState {
        Active = "active",
        /// By a person. The log waits for it.
        Paused = "paused",
        /// By the program; see [`StopReason`].
        Stopped = "stopped",
        Removed = "removed",
    }
}

kernel::named! {
    /// Why the program has stopped telling an endpoint.
    pub enum StopReason {
        /// It answered 410.
        Gone = "gone",
        /// It has failed for days.
        Failing = "failing",
        /// Whoever answered for it may not any more.
        Owner = "owner",
    }
}

kernel::named! {
    /// How far a delivery has come.
    pub enum DeliveryState {
        Waiting = "waiting",
        Sent = "sent",
        /// Given up after [`PATIENCE`], or refused for good.
        Dead = "dead",
        /// Never to be sent: its endpoint went on without it, or was removed.
        Skipped = "skipped",
    }
}

store::coded!(EndpointState, StopReason, DeliveryState);

/// How long a secret that was replaced still signs too.
pub const OVERLAP: i64 = DAY;
/// How long a delivery is tried.
pub const PATIENCE: i64 = 3 * DAY;
/// Most endpoints of a city.
pub const MOST_ENDPOINTS: i64 = 50;
/// Longest span of time that is replayed at once.
pub const LONGEST_REPLAY: i64 = 31 * DAY;
/// The kind of a test message; it is no event of the log.
pub const PING: &str = "webhook.ping";

record! {
    /// Somebody else's program that is told of events.
    #[derive(Clone, Debug)]
    pub struct Endpoint in "hook_endpoint" {
        pub id: Id<Endpoint>,
        /// `WH-0001`: what people see.
        pub number: String,
        pub name: String,
        pub url: String,
        /// Who set it up last: it is told what this person may see.
        pub owner_id: Id<Person>,
        /// Kinds of events; empty for all.
        pub kinds: Json<Vec<String>>,
        /// Units whose records it wants, with those below them; empty for all.
        pub units: Json<Vec<Id<Unit>>>,
        /// Divisions, with those below them; empty for all.
        pub divisions: Json<Vec<Id<places::model::Division>>>,
        pub nonce: String,
        pub old_nonce: Option<String>,
        pub old_until: Option<Instant>,
        pub state: EndpointState,
        pub stop_reason: Option<StopReason>,
        pub created_at: Instant,
        pub version: i64,
    }
}

impl Endpoint {
    /// The nonces whose secrets sign at a moment, the present one first.
    pub fn nonces(&self, now: Instant) -> Vec<&str> {
        let old = self.old_nonce.as_deref().filter(|_| self.old_until.is_some_and(|until| now < until));
        std::iter::once(self.nonce.as_str()).chain(old).collect()
    }

    pub fn wants(&self, kind: &str) -> bool {
        self.kinds.0.is_empty() || self.kinds.0.iter().any(|k| k == kind)
    }
}

record! {
    /// How an endpoint does.
    #[derive(Clone, Debug, Default)]
    pub struct Health in "hook_health" {
        pub endpoint_id: i64,
        /// Tries that failed since the last one that did not.
        pub streak: i64,
        pub failing_since: Option<Instant>,
        /// Nothing is sent before this.
        pub rest_until: i64,
        pub last_success: Option<Instant>,
        pub last_failure: Option<Instant>,
    }
}

record! {
    /// An event on its way to an endpoint.
    #[derive(Clone, Debug)]
    pub struct Delivery in "hook_delivery" {
        pub id: Id<Delivery>,
        pub endpoint_id: Id<Endpoint>,
        pub event_id: i64,
        /// `webhook-id`: the same on every try, also after a replay.
        pub message: String,
        pub kind: String,
        pub record: i64,
        /// The record's number, for people.
        pub number: String,
        /// When it happened.
        pub at: Instant,
        pub body: Sealed<DeliveryBody>,
        pub state: DeliveryState,
        pub tries: i64,
        pub first_try_at: Option<Instant>,
        pub next_at: Instant,
        /// Until when somebody is sending it.
        pub held_until: Instant,
        pub last_status: Option<i64>,
        pub last_error: Option<String>,
        pub finished_at: Option<Instant>,
    }
}

impl Delivery {
    /// One that waits and of which nothing is known yet, for `..Delivery::blank(now)`.
    pub fn blank(now: Instant) -> Self {
        Self {
            id: Id::new(0),
            endpoint_id: Id::new(0),
            event_id: 0,
            message: String::new(),
            kind: String::new(),
            record: 0,
            number: String::new(),
            at: now,
            body: Sealed::default(),
            state: DeliveryState::Waiting,
            tries: 0,
            first_try_at: None,
            next_at: now,
            held_until: Instant::ZERO,
            last_status: None,
            last_error: None,
            finished_at: None,
        }
    }
}

record! {
    /// One try and what came back.
    #[derive(Clone, Debug)]
    pub struct Try in "hook_try" {
        pub id: Id<Try>,
        pub delivery_id: Id<Delivery>,
        pub number: i64,
        pub at: Instant,
        pub took_ms: i64,
        /// None when no answer came.
        pub status: Option<i64>,
        /// Why none came, or why the answer did not count; see the texts `hook-error-…`.
        pub error: Option<String>,
        /// The first 500 characters.
        pub answer: Sealed<TryAnswer>,
    }
}
