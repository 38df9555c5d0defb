//! Requests.

use super::filled;
use crate::model::Pointer;
use crate::queries::RequestLine;
use kernel::time::Instant;
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is there already instead of a request.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct EvidencePointer {
    code: String,
    /// `ER-…` or `EV-…`.
    number: String,
}

/// A request to one unit.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct EvidenceRequest {
    number: String,
    unit: String,
    kind: &'static str,
    standards: Vec<String>,
    what: String,
    guidance: String,
    due_on: String,
    /// `open`, `answered`, `stopped`, `withdrawn`.
    state: &'static str,
    /// Why it was not made: `asked`, `there`, `quota`.
    why: Option<&'static str>,
    pointers: Vec<EvidencePointer>,
    reason: Option<String>,
    asked_by: String,
    asked_at: String,
    answered_at: Option<String>,
    version: i64,
}

impl EvidenceRequest {
    pub(in crate::api) fn of(row: &RequestLine) -> Self {
        let of = &row.request;
        let pointer = |p: &Pointer| EvidencePointer { code: p.code.clone(), number: p.number.clone() };
        Self {
            number: of.number.clone(),
            unit: row.unit.clone(),
            kind: of.kind.code(),
            standards: of.codes.0.clone(),
            what: of.what.clone(),
            guidance: of.guidance.clone(),
            due_on: of.due_on.to_string(),
            state: of.state.code(),
            why: of.why.map(Named::code),
            pointers: of.pointers.0.iter().map(pointer).collect(),
            reason: filled(&of.reason),
            asked_by: of.asked_by.clone(),
            asked_at: of.asked_at.rfc3339(),
            answered_at: of.answered_at.map(Instant::rfc3339),
            version: of.version,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(in crate::api) struct EvidenceRequests {
    pub items: Vec<EvidenceRequest>,
    /// For `after` of the next page.
    pub next: Option<String>,
}

/// What became of an asking: one request a unit, made or stopped.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct EvidenceAsked {
    pub items: Vec<EvidenceRequest>,
}

/// What the office asks for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct EvidenceAsking {
    /// Number of an open period.
    pub period: String,
    /// Codes of units, `U-0012`.
    pub units: Vec<String>,
    /// `rule`, `statement`, `picture`, `table`.
    pub kind: String,
    /// Codes of standards.
    pub standards: Vec<String>,
    /// At most 100 characters.
    pub what: String,
    #[serde(default)]
    pub guidance: String,
    pub due_on: String,
}

/// Why a request, or an item, is taken back or sent back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct EvidenceReason {
    pub version: i64,
    /// At most 300 characters.
    pub reason: String,
}

/// With which item a request is answered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct EvidenceReuse {
    pub version: i64,
    /// Number of an item of the same unit and kind that was handed in.
    pub item: String,
}
