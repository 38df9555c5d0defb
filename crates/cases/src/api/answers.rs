//! What the API says. Numbers and codes, never internal ids.

use super::extras::{AnsweredBody, ExtraBody};
use super::forwards::ForwardBody;
use super::recordings::RecordingBody;
use crate::desk::Desk;
use crate::forms::item_code;
use crate::model::{Case, Recording};
use crate::moves::Verb;
use crate::queries::{CaseLine, Full, Side};
use crate::units::{Names, PeopleNames};
use kernel::masking::{Audience, mask_text};
use kernel::time::Instant;
use kernel::workflow::Named;
use serde::Serialize;
use utoipa::ToSchema;

/// The receipt of a report.
#[derive(Serialize, ToSchema)]
pub(crate) struct Receipt {
    /// `CASE-2026-000412`.
    pub number: String,
    /// Opens the report's page and its state; to be kept by whoever reported.
    pub token: String,
    /// Path of the status page.
    pub status_path: String,
}

/// How far a report has come.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReportStatus {
    pub number: String,
    pub state: &'static str,
    pub reported_at: String,
    /// When the unit must have answered.
    pub due_at: Option<String>,
    pub closed_at: Option<String>,
    pub on_time: Option<bool>,
    /// Name of the unit that handles it.
    pub unit: Option<String>,
    /// Number of the case it was merged into.
    pub merged_into: Option<String>,
    /// What the office asks; answer with `POST …/reply`.
    pub question: Option<QuestionBody>,
    /// What was answered to the further questions of the kind, but for what says something of a person.
    pub extras: Vec<AnsweredBody>,
}

/// What the reporter is asked.
#[derive(Serialize, ToSchema)]
pub(crate) struct QuestionBody {
    pub text: String,
    /// Until when it may be answered.
    pub answer_by: Option<String>,
}

/// How many people who know the place say what of the unit's last answer. Not a verdict.
#[derive(Serialize, ToSchema)]
pub(crate) struct VoiceCount {
    pub fixed: usize,
    pub not_fixed: usize,
}

/// A case in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct CaseBody {
    pub number: String,
    pub title: String,
    pub state: &'static str,
    pub source: &'static str,
    /// Code of the catalogue item, e.g. `event-06010`.
    pub kind: Option<String>,
    pub urgent: bool,
    pub address: String,
    pub lng: Option<f64>,
    pub lat: Option<f64>,
    /// Name of the unit that must act.
    pub unit: Option<String>,
    /// Name of whom the unit has given it to.
    pub handler: Option<String>,
    pub reported_at: String,
    pub stage_due_at: Option<String>,
    pub due_at: Option<String>,
    pub closed_at: Option<String>,
    pub on_time: Option<bool>,
}

/// A page of the list.
#[derive(Serialize, ToSchema)]
pub(crate) struct CasePage {
    pub items: Vec<CaseBody>,
    /// Give it as `after` to read on.
    pub next: Option<String>,
}

/// One case with what may be done to it.
#[derive(Serialize, ToSchema)]
pub(crate) struct CaseRecord {
    pub number: String,
    pub title: String,
    pub description: String,
    pub state: &'static str,
    pub source: &'static str,
    pub kind: Option<String>,
    pub urgent: bool,
    pub address: String,
    pub lng: Option<f64>,
    pub lat: Option<f64>,
    pub section: Option<String>,
    pub grid: Option<String>,
    pub unit: Option<String>,
    /// Name of whom the unit has given it to.
    pub handler: Option<String>,
    pub assisting: Vec<String>,
    pub reported_at: String,
    pub dispatched_at: Option<String>,
    pub answered_at: Option<String>,
    pub closed_at: Option<String>,
    pub stage_due_at: Option<String>,
    pub due_at: Option<String>,
    /// Whether the deadline rests on holidays that are not published yet.
    pub due_provisional: bool,
    pub on_time: Option<bool>,
    pub satisfaction: Option<&'static str>,
    pub voices: VoiceCount,
    /// What people outside were asked, and what they said.
    pub forwards: Vec<ForwardBody>,
    /// What the reporter answered to the further questions of the kind.
    pub extras: Vec<AnsweredBody>,
    /// Numbers of the earlier case that this one is again, and of later ones that are this one again.
    pub recurrence_of: Vec<String>,
    pub recurred_as: Vec<String>,
    /// Paths of the pictures that may be shown.
    pub photos: Vec<String>,
    /// What was said instead of writing it.
    pub recordings: Vec<RecordingBody>,
    /// What this key may do now; see `POST …/moves`.
    pub allowed_moves: Vec<&'static str>,
}

/// A kind of problem.
#[derive(Serialize, ToSchema)]
pub(crate) struct ItemBody {
    /// `event-06010`.
    pub code: String,
    pub major: String,
    pub name: String,
    /// What whoever reports it is asked beside the usual.
    pub extras: Vec<ExtraBody>,
}

pub(super) fn moment(at: Option<Instant>) -> Option<String> {
    at.map(Instant::rfc3339)
}

pub(super) fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

impl CaseBody {
    pub(super) fn of(desk: &Desk, units: &Names, people: &PeopleNames, line: CaseLine) -> Self {
        Self {
            state: line.state.code(),
            source: line.source.code(),
            kind: filled(&item_code(&desk.catalogue, line.item_id)),
            unit: filled(units.get(line.lead_unit)),
            handler: filled(people.get(line.handler_id)),
            reported_at: line.reported_at.rfc3339(),
            stage_due_at: moment(line.stage_due_at),
            due_at: moment(line.due_at),
            closed_at: moment(line.closed_at),
            number: line.number,
            title: line.title,
            urgent: line.urgent,
            address: line.address,
            lng: line.lng,
            lat: line.lat,
            on_time: line.on_time,
        }
    }
}

impl CaseRecord {
    pub(super) fn of(desk: &Desk, full: &Full, moves: &[Verb], audience: Audience) -> Self {
        let case: &Case = &full.case;
        let description = mask_text(&case.description, audience);
        let related = |side: Side| {
            full.recurrences.iter().filter(|(s, _)| *s == side).map(|(_, r)| r.number.clone()).collect()
        };
        let fixed = full.voices.iter().filter(|v| v.fixed).count();
        let recording = |r: &Recording| RecordingBody::of(r, &case.number, full.hears, audience);
        let ready = full.shots.iter().filter(|s| s.state == ::store::files::FileState::Ready);
        Self {
            voices: VoiceCount { fixed, not_fixed: full.voices.len() - fixed },
            extras: full.answers.iter().map(|a| AnsweredBody::of(a, audience)).collect(),
            forwards: full.forwards.iter().map(ForwardBody::of).collect(),
            recurrence_of: related(Side::Earlier),
            recurred_as: related(Side::Later),
            number: case.number.clone(),
            title: case.title.clone(),
            description,
            state: case.state.code(),
            source: case.source.code(),
            kind: filled(&item_code(&desk.catalogue, case.item_id)),
            urgent: case.urgent,
            address: case.address.clone(),
            lng: case.lng,
            lat: case.lat,
            section: filled(&full.section),
            grid: case.grid.clone(),
            unit: filled(full.units.get(case.lead_unit)),
            handler: filled(&full.handler),
            assisting: full.assisting.iter().map(|u| full.units.get(Some(*u)).to_owned()).collect(),
            reported_at: case.reported_at.rfc3339(),
            dispatched_at: moment(case.dispatched_at),
            answered_at: moment(case.answered_at),
            closed_at: moment(case.closed_at),
            stage_due_at: moment(case.stage_due_at),
            due_at: moment(case.due_at),
            due_provisional: case.due_provisional,
            on_time: case.on_time,
            satisfaction: case.satisfaction.map(Named::code),
            photos: ready.map(|s| format!("/photos/{}/full", s.photo.id)).collect(),
            recordings: full.recordings.iter().map(recording).collect(),
            allowed_moves: moves.iter().map(|v| v.code()).collect(),
        }
    }
}
