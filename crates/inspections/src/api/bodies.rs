//! What the API takes and answers with. Numbers and codes, never internal ids; times are RFC 3339.

use crate::model::{Draft, Drawn, Method};
use crate::queries::{Bound, Line, Whole};
use draw::Stratum;
use kernel::problem::{Findings, Problem, Result};
use kernel::time::{Instant, parse_date};
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

fn filled(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// An inspection in the list.
#[derive(Serialize, ToSchema)]
pub(super) struct InspectionRow {
    number: String,
    name: String,
    /// `planned`, `committed`, `drawn`, `underway`, `ended`, `cancelled`.
    state: &'static str,
    from: String,
    until: String,
    points: i64,
    replaced: i64,
}

impl InspectionRow {
    pub(super) fn of(line: &Line) -> Self {
        Self {
            number: line.number.clone(),
            name: line.name.clone(),
            state: line.state.code(),
            from: line.from_date.to_string(),
            until: line.until_date.to_string(),
            points: line.points,
            replaced: line.replaced,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct InspectionRows {
    pub items: Vec<InspectionRow>,
    /// For `after` of the next page.
    pub next: Option<String>,
}

/// What to plan.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InspectionDraft {
    /// At most 60 characters.
    name: String,
    /// `2026-03-09`.
    from: String,
    /// The last day, at most 92 days in all.
    until: String,
    /// `fixed`: the number of a type in each division; `per-type`: the number of a type, divided over its divisions; `total`: one
    /// number for all, divided over all strata.
    method: String,
    /// Codes of types with the number asked for, 1 to 2000; of `total` the numbers do not matter.
    types: BTreeMap<String, i64>,
    /// For `total`.
    #[serde(default)]
    total: i64,
    /// Whether streets and towns are strata, or the city as a whole is.
    by_division: bool,
    /// Points drawn in the last so many months are left out, 0 to 36.
    #[serde(default)]
    exclude_months: i64,
    /// Of a hundred points, how many are visited twice.
    #[serde(default)]
    second_percent: i64,
    /// The value from outside that will be mixed in, at most 200 characters.
    public_source: String,
    /// For changes: the version that was read.
    #[serde(default)]
    pub version: Option<i64>,
}

impl InspectionDraft {
    /// # Errors
    /// 422 for days and methods that are none.
    pub(super) fn draft(self) -> Result<Draft> {
        let mut findings = Findings::default();
        let (from, until) = (parse_date(&self.from), parse_date(&self.until));
        findings.check(from.is_some(), "inspection_from", "not-a-date");
        findings.check(until.is_some(), "inspection_until", "not-a-date");
        let method = <Method as Named>::parse(&self.method);
        findings.check(method.is_some(), "inspection_method", "not-a-choice");
        findings.done()?;
        let lacks = || Problem::internal("a body without faults lacks a field");
        Ok(Draft {
            name: self.name,
            from_date: from.ok_or_else(lacks)?,
            until_date: until.ok_or_else(lacks)?,
            method: method.ok_or_else(lacks)?,
            amounts: self.types,
            total: self.total,
            by_division: self.by_division,
            exclude_months: self.exclude_months,
            second_percent: self.second_percent,
            public_source: self.public_source,
        })
    }
}

/// Which version a step was decided on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InspectionStep {
    pub version: i64,
}

/// What is said when it is drawn.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DrawDraft {
    pub version: i64,
    /// The value from outside, as it was published; at most 200 characters.
    pub public_value: String,
    /// Who saw it; at most 60 characters.
    pub witness: String,
}

/// Why an inspection is given up.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CancelDraft {
    pub version: i64,
    /// At most 200 characters; it is published.
    pub reason: String,
}

/// Which point cannot be visited, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReplaceDraft {
    pub version: i64,
    /// Number of the point.
    pub point: String,
    /// At most 200 characters.
    pub reason: String,
}

/// Points of one type in one division.
#[derive(Serialize, ToSchema)]
pub(super) struct StratumBody {
    r#type: String,
    /// Code of the division; none for the whole city.
    division: Option<String>,
    size: usize,
    take: usize,
}

impl StratumBody {
    pub(super) fn of(stratum: &Stratum, size: usize) -> Self {
        let (r#type, division) = (stratum.kind.clone(), filled(&stratum.division));
        Self { r#type, division, size, take: stratum.take }
    }
}

/// An inspection.
#[derive(Serialize, ToSchema)]
pub(super) struct InspectionBody {
    number: String,
    name: String,
    state: &'static str,
    from: String,
    until: String,
    method: &'static str,
    types: BTreeMap<String, i64>,
    total: i64,
    by_division: bool,
    exclude_months: i64,
    second_percent: i64,
    public_source: String,
    /// While it is planned: as they would be frozen now.
    strata: Vec<StratumBody>,
    /// Once it is committed.
    commitment: Option<String>,
    register_hash: Option<String>,
    committed_at: Option<String>,
    public_value: Option<String>,
    witness: Option<String>,
    drawn_at: Option<String>,
    /// Why it was cancelled.
    reason: Option<String>,
    version: i64,
}

impl InspectionBody {
    pub(super) fn of(whole: &Whole, strata: Vec<StratumBody>) -> Self {
        let (of, bound) = (&whole.inspection, whole.draw.as_ref());
        Self {
            number: of.number.clone(),
            name: of.name.clone(),
            state: of.state.code(),
            from: of.from_date.to_string(),
            until: of.until_date.to_string(),
            method: of.method.code(),
            types: of.amounts.0.clone(),
            total: of.total,
            by_division: of.by_division,
            exclude_months: of.exclude_months,
            second_percent: of.second_percent,
            public_source: of.public_source.clone(),
            strata,
            commitment: bound.map(|d| d.commitment.clone()),
            register_hash: bound.map(|d| d.register_hash.clone()),
            committed_at: bound.map(|d| d.committed_at.rfc3339()),
            public_value: bound.and_then(|d| filled(&d.public_value)),
            witness: bound.and_then(|d| filled(&d.witness)),
            drawn_at: bound.and_then(|d| d.drawn_at).map(Instant::rfc3339),
            reason: filled(&of.reason),
            version: of.version,
        }
    }
}

/// A point of an inspection.
#[derive(Serialize, ToSchema)]
pub(super) struct DrawnPoint {
    number: String,
    name: String,
    r#type: String,
    division: Option<String>,
    lng: f64,
    lat: f64,
    /// Place in the order of its stratum, from 1.
    place: i64,
    /// Whether it is visited twice.
    second: bool,
    /// The point for which it stands in.
    stands_for: Option<String>,
    /// The point that stands in for it; it is not visited then.
    replaced_by: Option<String>,
    reason: Option<String>,
}

impl DrawnPoint {
    pub(super) fn of(point: &Drawn) -> Self {
        Self {
            number: point.number.clone(),
            name: point.name.clone(),
            r#type: point.kind.clone(),
            division: filled(&point.division),
            lng: point.lng,
            lat: point.lat,
            place: point.place,
            second: point.second,
            stands_for: filled(&point.stands_for),
            replaced_by: filled(&point.out_in),
            reason: filled(&point.out_reason),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct InspectionPoints {
    pub items: Vec<DrawnPoint>,
}

/// What binds a draw.
#[derive(Serialize, ToSchema)]
pub(super) struct CommitmentBody {
    number: String,
    state: &'static str,
    /// SHA-256 of secret, plan and hash of the register; 64 hexadecimal digits.
    commitment: String,
    register_hash: String,
    /// The value from outside that will be, or was, mixed in.
    public_source: String,
    committed_at: String,
    drawn_at: Option<String>,
    /// Why it was cancelled.
    reason: Option<String>,
}

impl CommitmentBody {
    pub(super) fn of_line(line: &Bound) -> Self {
        Self {
            number: line.number.clone(),
            state: line.state.code(),
            commitment: line.commitment.clone(),
            register_hash: line.register_hash.clone(),
            public_source: line.public_source.clone(),
            committed_at: line.committed_at.rfc3339(),
            drawn_at: line.drawn_at.map(Instant::rfc3339),
            reason: filled(&line.reason),
        }
    }

    pub(super) fn of(whole: &Whole) -> Option<Self> {
        let bound = whole.draw.as_ref()?;
        Some(Self {
            number: whole.inspection.number.clone(),
            state: whole.inspection.state.code(),
            commitment: bound.commitment.clone(),
            register_hash: bound.register_hash.clone(),
            public_source: whole.inspection.public_source.clone(),
            committed_at: bound.committed_at.rfc3339(),
            drawn_at: bound.drawn_at.map(Instant::rfc3339),
            reason: filled(&whole.inspection.reason),
        })
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct CommitmentList {
    pub items: Vec<CommitmentBody>,
    /// For `after` of the next page.
    pub next: Option<String>,
}
