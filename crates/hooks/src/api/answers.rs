//! What the API says and reads. Numbers and codes, never internal ids.

use crate::forms::Typed;
use crate::model::{Delivery, Try};
use crate::queries::{DeliveryLine, Line, Named};
use kernel::time::Instant;
use kernel::workflow::Named as _;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an endpoint is to be.
#[derive(Deserialize, ToSchema)]
pub(crate) struct EndpointDraft {
    pub name: String,
    /// `https`; no address of a private network unless the operator has opened it.
    pub url: String,
    /// Kinds of events; none for all.
    #[serde(default)]
    pub event_types: Vec<String>,
    /// Codes of units, with those below them; none for all.
    #[serde(default)]
    pub units: Vec<String>,
    /// Codes of divisions, with those below them; none for all.
    #[serde(default)]
    pub divisions: Vec<String>,
    /// As it was read; needed for a change.
    pub version: Option<i64>,
}

impl EndpointDraft {
    pub(super) fn typed(self) -> Typed {
        let Self { name, url, event_types, units, divisions, .. } = self;
        let trim = |text: String| text.trim().to_owned();
        Typed { name: trim(name), url: trim(url), kinds: event_types, units, divisions }
    }
}

/// An endpoint and how it does.
#[derive(Serialize, ToSchema)]
pub(crate) struct EndpointBody {
    /// `WH-0001`.
    pub number: String,
    pub name: String,
    /// Only for those who may read what is sent.
    pub url: Option<String>,
    /// `active`, `paused` or `stopped`.
    pub state: &'static str,
    /// `gone`, `failing` or `owner`, when it was stopped.
    pub stop_reason: Option<&'static str>,
    pub owner: String,
    pub event_types: Vec<String>,
    pub units: Vec<String>,
    pub divisions: Vec<String>,
    pub last_success: Option<String>,
    pub last_failure: Option<String>,
    pub failing_since: Option<String>,
    /// Deliveries that wait, counted up to 1000.
    pub waiting: i64,
    /// Deliveries that were given up, counted up to 1000.
    pub dead: i64,
    /// Until when the secret before the present one signs too.
    pub old_secret_until: Option<String>,
    pub version: i64,
}

impl EndpointBody {
    pub(super) fn of(line: Line, (units, divisions): (Named, Named), may_read: bool) -> Self {
        let codes = |list: Named| list.into_iter().map(|(code, _)| code).collect();
        let endpoint = line.endpoint;
        Self {
            number: endpoint.number,
            name: endpoint.name,
            url: may_read.then_some(endpoint.url),
            state: endpoint.state.code(),
            stop_reason: endpoint.stop_reason.map(kernel::workflow::Named::code),
            owner: line.owner,
            event_types: endpoint.kinds.0,
            units: codes(units),
            divisions: codes(divisions),
            last_success: moment(line.health.last_success),
            last_failure: moment(line.health.last_failure),
            failing_since: moment(line.health.failing_since),
            waiting: line.waiting,
            dead: line.dead,
            old_secret_until: moment(endpoint.old_until),
            version: endpoint.version,
        }
    }
}

/// All endpoints.
#[derive(Serialize, ToSchema)]
pub(crate) struct EndpointList {
    pub items: Vec<EndpointBody>,
}

/// A secret, told once.
#[derive(Serialize, ToSchema)]
pub(crate) struct SecretBody {
    pub number: String,
    /// `whsec_…`
    pub secret: String,
    pub version: i64,
}

/// The version that a change rests on.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Seen {
    pub version: i64,
}

/// Setting an endpoint going again.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Resume {
    pub version: i64,
    /// Whether what happened meanwhile is passed over.
    #[serde(default)]
    pub from_now: bool,
}

/// A span of time, RFC 3339; at most 31 days.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SpanBody {
    pub from: String,
    pub until: String,
}

/// The message that something is about.
#[derive(Serialize, ToSchema)]
pub(crate) struct MessageBody {
    /// `webhook-id`.
    pub message: String,
}

/// A kind of event.
#[derive(Serialize, ToSchema)]
pub(crate) struct EventType {
    /// `case.dispatched`
    pub event_type: &'static str,
    pub name: String,
    /// What stands in `data`.
    pub fields: Vec<FieldBody>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct FieldBody {
    pub name: &'static str,
    pub meaning: &'static str,
}

/// A delivery in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeliveryBody {
    /// `webhook-id`.
    pub message: String,
    pub event_type: String,
    /// Number of the record.
    pub record: String,
    /// When it happened.
    pub happened_at: String,
    /// `waiting`, `sent`, `dead` or `skipped`.
    pub state: &'static str,
    pub tries: i64,
    pub next_try_at: Option<String>,
    pub finished_at: Option<String>,
    pub last_status: Option<i64>,
    pub last_error: Option<String>,
}

impl DeliveryBody {
    pub(super) fn of(line: DeliveryLine) -> Self {
        let waits = line.state == crate::model::DeliveryState::Waiting;
        Self {
            message: line.message,
            event_type: line.kind,
            record: line.number,
            happened_at: line.at.rfc3339(),
            state: line.state.code(),
            tries: line.tries,
            next_try_at: waits.then(|| line.next_at.rfc3339()),
            finished_at: moment(line.finished_at),
            last_status: line.last_status,
            last_error: line.last_error,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct DeliveryPage {
    pub items: Vec<DeliveryBody>,
    /// Give it as `after` to read on.
    pub next: Option<String>,
}

/// One delivery with its tries.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeliveryRecord {
    pub message: String,
    pub event_type: String,
    pub record: String,
    pub happened_at: String,
    pub state: &'static str,
    pub next_try_at: Option<String>,
    /// What was sent, byte for byte; only for those who may read it.
    pub body: Option<String>,
    pub tries: Vec<TryBody>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct TryBody {
    pub number: i64,
    pub at: String,
    pub took_ms: i64,
    pub status: Option<i64>,
    pub error: Option<String>,
    /// The first 500 characters; only for those who may read it.
    pub answer: Option<String>,
}

impl DeliveryRecord {
    pub(super) fn of(delivery: Delivery, tries: Vec<Try>, may_read: bool) -> Self {
        let waits = delivery.state == crate::model::DeliveryState::Waiting;
        let tried = |t: Try| TryBody {
            number: t.number,
            at: t.at.rfc3339(),
            took_ms: t.took_ms,
            status: t.status,
            error: t.error,
            answer: may_read.then(|| t.answer.into_string()),
        };
        Self {
            message: delivery.message,
            event_type: delivery.kind,
            record: delivery.number,
            happened_at: delivery.at.rfc3339(),
            state: delivery.state.code(),
            next_try_at: waits.then(|| delivery.next_at.rfc3339()),
            body: may_read.then(|| delivery.body.into_string()),
            tries: tries.into_iter().map(tried).collect(),
        }
    }
}

fn moment(at: Option<Instant>) -> Option<String> {
    at.map(Instant::rfc3339)
}
