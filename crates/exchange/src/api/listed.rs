//! What the API says of repairs and differences. Numbers and codes, never internal ids.

use crate::model::{Difference, Incoming, Message};
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A change on the repair list.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChangeBody {
    /// `XI-000001`.
    pub number: String,
    pub partner: String,
    pub order: String,
    pub change: String,
    pub revision: i64,
    pub kind: String,
    pub received_at: String,
    pub fault: Option<String>,
    pub detail: String,
    pub version: i64,
}

impl ChangeBody {
    pub(super) fn of(row: Incoming, partner: String) -> Self {
        Self {
            number: row.number,
            partner,
            order: row.order_no,
            change: row.change_id,
            revision: row.revision,
            kind: row.kind,
            received_at: row.received_at.rfc3339(),
            fault: row.fault,
            detail: row.detail.into_string(),
            version: row.version,
        }
    }
}

/// A page of the list.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChangePage {
    pub items: Vec<ChangeBody>,
    pub next: Option<String>,
}

/// What to do with something on the repair list.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MendBody {
    /// For changes `again`, `dismiss`, `pass`; for messages `again`, `skip`.
    pub act: String,
    #[serde(default)]
    pub reason: String,
    /// Of a change, as it was read.
    #[serde(default)]
    pub version: i64,
}

/// A message.
#[derive(Serialize, ToSchema)]
pub(crate) struct OutgoingBody {
    pub id: String,
    pub partner: String,
    pub order: String,
    pub case: String,
    pub sequence: i64,
    pub kind: String,
    pub at: String,
    /// `waiting`, `sent`, `dead` or `skipped`.
    pub state: &'static str,
    pub tries: i64,
    pub last_status: Option<i64>,
    pub last_error: Option<String>,
    pub answer: String,
}

impl OutgoingBody {
    pub(super) fn of(row: Message, partner: String) -> Self {
        Self {
            id: row.message,
            partner,
            order: row.order_no,
            case: row.case_number,
            sequence: row.seq,
            kind: row.kind,
            at: row.at.rfc3339(),
            state: row.state.code(),
            tries: row.tries,
            last_status: row.last_status,
            last_error: row.last_error,
            answer: row.answer.into_string(),
        }
    }
}

/// A page of the list.
#[derive(Serialize, ToSchema)]
pub(crate) struct OutgoingPage {
    pub items: Vec<OutgoingBody>,
    pub next: Option<String>,
}

/// Where the two disagree.
#[derive(Serialize, ToSchema)]
pub(crate) struct DifferenceBody {
    /// `XD-000001`.
    pub number: String,
    pub partner: String,
    pub order: String,
    pub case: Option<String>,
    /// `state`, `deadline`, `unit`, `category`, `text`, `missing-there` or `missing-here`.
    pub aspect: &'static str,
    /// A stage, a time, a code or words.
    pub ours: Option<String>,
    pub theirs: Option<String>,
    pub since: String,
    /// `open`, `settled` or `gone`.
    pub state: &'static str,
    /// `ours` or `theirs`.
    pub how: Option<&'static str>,
    pub reason: Option<String>,
    pub ended_at: Option<String>,
    pub version: i64,
}

impl DifferenceBody {
    pub(super) fn of(row: Difference, partner: String) -> Self {
        let filled = |text: String| Some(text).filter(|t| !t.is_empty());
        Self {
            number: row.number,
            partner,
            order: row.order_no,
            case: filled(row.case_number),
            aspect: row.aspect.code(),
            ours: filled(row.ours.into_string()),
            theirs: filled(row.theirs.into_string()),
            since: row.since.rfc3339(),
            state: row.state.code(),
            how: row.how.map(Named::code),
            reason: filled(row.reason.into_string()),
            ended_at: row.ended_at.map(kernel::time::Instant::rfc3339),
            version: row.version,
        }
    }
}

/// A page of the list.
#[derive(Serialize, ToSchema)]
pub(crate) struct DifferencePage {
    pub items: Vec<DifferenceBody>,
    pub next: Option<String>,
}

/// A decision.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResolveBody {
    /// `theirs`, `ours` or `sent`.
    pub act: String,
    #[serde(default)]
    pub reason: String,
    pub version: i64,
}
