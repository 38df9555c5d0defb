//! What the API takes and answers with. Times are RFC 3339; ids are texts.

use crate::model::{Edition, Observed, Record};
use crate::queries::{Compared, Full, Stopped};
use checklist::words;
use kernel::time::Instant;
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

fn filled(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// One of one's own visits.
#[derive(Serialize, ToSchema)]
pub(super) struct FieldVisit {
    id: String,
    /// Number of the inspection.
    inspection: String,
    /// Number of the point.
    number: String,
    name: String,
    r#type: String,
    address: Option<String>,
    lng: f64,
    lat: f64,
    /// Place in the day's way, from 1.
    place: i64,
    /// `id` of one of `checklists`; none where there is none for this type of point.
    checklist: Option<String>,
    /// `open`: there is something to write; `handed_in`.
    state: &'static str,
    /// Address of the record's page, once it is handed in.
    record: Option<String>,
    /// Why it was returned.
    returned: Option<String>,
}

impl FieldVisit {
    pub(super) fn of(one: &Stopped) -> Self {
        let point = &one.stop.point;
        let record = one.record.as_ref();
        Self {
            id: one.stop.visit.id.to_string(),
            inspection: one.inspection.clone(),
            number: point.number.clone(),
            name: point.name.clone(),
            r#type: point.kind.clone(),
            address: filled(&one.address),
            lng: point.lng,
            lat: point.lat,
            place: one.stop.visit.day_place,
            checklist: one.edition.as_ref().map(|e| e.id.to_string()),
            state: if one.is_open() { "open" } else { "handed_in" },
            record: record.filter(|r| !r.state.open()).map(Record::href),
            returned: record.and_then(|r| filled(&r.reason)),
        }
    }
}

/// A checklist that is filled in on a device.
#[derive(Serialize, ToSchema)]
pub(super) struct FieldChecklist {
    id: String,
    code: String,
    version: String,
    name: FieldWords,
    /// The checklist as JSON, its expressions as trees.
    #[schema(value_type = Object)]
    model: Value,
}

impl FieldChecklist {
    pub(super) fn of(edition: &Edition) -> Self {
        let model = &edition.model.0;
        Self {
            id: edition.id.to_string(),
            code: model.code.clone(),
            version: model.version.clone(),
            name: FieldWords::of(&model.title),
            model: model.for_a_device(),
        }
    }
}

/// Words in both languages.
#[derive(Serialize, ToSchema)]
pub(super) struct FieldWords {
    zh: String,
    en: String,
}

impl FieldWords {
    pub(super) fn of(text: &checklist::Text) -> Self {
        Self { zh: text.zh.clone(), en: text.en.clone() }
    }
}

/// What is taken along for a day.
#[derive(Serialize, ToSchema)]
pub(super) struct FieldDay {
    pub date: String,
    pub made_at: String,
    /// In the order of the way. Which visit of a point is the second is not told.
    pub visits: Vec<FieldVisit>,
    pub checklists: Vec<FieldChecklist>,
}

/// What was wrong with one answer.
#[derive(Serialize, ToSchema)]
pub(super) struct FieldFault {
    pub path: String,
    pub code: String,
    /// What was found.
    pub what: String,
    pub message: FieldWords,
}

/// A record in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct FieldRecordRow {
    number: String,
    /// Address of its page.
    href: String,
    inspection: String,
    point: String,
    name: String,
    r#type: String,
    division: Option<String>,
    /// `draft`, `handed-in`, `returned`, `accepted`, `rival`, `aside`.
    state: &'static str,
    /// Whether it is the second of two visits.
    second: bool,
    inspector: String,
    started_at: String,
    ended_at: Option<String>,
    handed_in_at: Option<String>,
}

impl FieldRecordRow {
    /// `blind`: to whoever made it, which visit it was is not told.
    pub(super) fn of(record: &Record, blind: bool) -> Self {
        Self {
            number: record.number.clone(),
            href: record.href(),
            inspection: record.inspection.clone(),
            point: record.point_number.clone(),
            name: record.point_name.clone(),
            r#type: record.kind.clone(),
            division: filled(&record.division),
            state: record.state.code(),
            second: record.second && !blind,
            inspector: record.person_name.clone(),
            started_at: record.started_at.rfc3339(),
            ended_at: record.ended_at.map(Instant::rfc3339),
            handed_in_at: record.handed_at.map(Instant::rfc3339),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct FieldRecords {
    pub items: Vec<FieldRecordRow>,
    /// For `after` of the next page.
    pub next: Option<String>,
}

/// What a record says of a standard.
#[derive(Serialize, ToSchema)]
pub(crate) struct ObservationBody {
    standard: String,
    /// Number of the record.
    record: String,
    inspection: String,
    point: String,
    r#type: String,
    division: Option<String>,
    /// Where in the checklist: `lines[2]/stops[5]/clean`.
    path: String,
    /// `met`, `part`, `unmet`, `not-counted`.
    outcome: &'static str,
    /// From 0 to 1, exactly: `0.875`, `7/12`; none where it is not counted.
    share: Option<String>,
    weight: i64,
    good: i64,
    of: i64,
    why: String,
    second: bool,
    at: String,
}

impl ObservationBody {
    pub(crate) fn of(of: &Observed) -> Self {
        Self {
            standard: of.standard.clone(),
            record: of.record_number.clone(),
            inspection: of.inspection.clone(),
            point: of.point_number.clone(),
            r#type: of.kind.clone(),
            division: filled(&of.division),
            path: of.path.clone(),
            outcome: of.outcome.code(),
            share: (of.weight > 0).then(|| of.share.clone()),
            weight: of.weight,
            good: of.good,
            of: of.of_all,
            why: words::reason(&of.why.0).zh,
            second: of.second,
            at: of.at.rfc3339(),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct Observations {
    pub items: Vec<ObservationBody>,
    /// For `after` of the next page.
    pub next: Option<String>,
}

/// A picture or sound of a record.
#[derive(Serialize, ToSchema)]
pub(super) struct FieldFileBody {
    name: String,
    /// `quarantined`, `ready`, `refused`.
    state: &'static str,
    /// Address of the picture as it is shown.
    path: Option<String>,
    taken_at: Option<String>,
    metres_from_point: Option<i64>,
    minutes_outside: Option<i64>,
}

/// What was not met and can become a case.
#[derive(Serialize, ToSchema)]
pub(super) struct FieldFinding {
    path: String,
    label: FieldWords,
    kind: String,
    severity: String,
    /// Number of the case that it became.
    case: Option<String>,
}

/// A record.
#[derive(Serialize, ToSchema)]
pub(super) struct FieldRecordBody {
    #[serde(flatten)]
    row: FieldRecordRow,
    checklist: String,
    checklist_version: String,
    /// Why it was returned or set aside.
    reason: Option<String>,
    /// How many times it was handed in.
    turn: i64,
    #[schema(value_type = Object)]
    answers: Value,
    files: Vec<FieldFileBody>,
    observations: Vec<ObservationBody>,
    findings: Vec<FieldFinding>,
    version: i64,
}

impl FieldRecordBody {
    pub(super) fn of(full: &Full, blind: bool) -> Self {
        let file = |shot: &crate::queries::Shot| {
            let ready = shot.stored.state == ::store::files::FileState::Ready && !shot.stored.is_sound();
            let gap = crate::evidence::of_picture(&full.record, &shot.stored);
            FieldFileBody {
                name: shot.file.name.clone(),
                state: shot.stored.state.code(),
                path: ready.then(|| format!("/api/v1/fieldwork/photos/{}/full", shot.file.id)),
                taken_at: shot.stored.taken_at.clone(),
                metres_from_point: gap.metres,
                minutes_outside: gap.minutes,
            }
        };
        let finding = |n: &crate::commands::NotMet| FieldFinding {
            path: n.path.clone(),
            label: FieldWords::of(&n.label),
            kind: n.kind.clone(),
            severity: n.severity.clone(),
            case: n.made.as_ref().map(|m| m.case_number.clone()),
        };
        Self {
            row: FieldRecordRow::of(&full.record, blind),
            checklist: full.sheet.code.clone(),
            checklist_version: full.edition.label.clone(),
            reason: filled(&full.record.reason),
            turn: full.record.turn,
            answers: serde_json::from_str(full.record.answers.as_str()).unwrap_or_default(),
            files: full.shots.iter().map(file).collect(),
            observations: full.observations.iter().map(ObservationBody::of).collect(),
            findings: full.not_met.iter().map(finding).collect(),
            version: full.record.version,
        }
    }
}

/// Which version a step was decided on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldStep {
    pub version: i64,
    /// At most 300 characters; needed for all but accepting.
    #[serde(default)]
    pub reason: String,
}

/// Which answer becomes a case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldCaseDraft {
    pub path: String,
}

/// The case that was made.
#[derive(Serialize, ToSchema)]
pub(super) struct FieldCase {
    pub case: String,
}

/// How far two visits agree.
#[derive(Serialize, ToSchema)]
pub(super) struct FieldAgreement {
    /// None of all together.
    standard: Option<String>,
    pairs: u64,
    same: u64,
    /// Cohen's kappa with its interval of 95 %; none where nothing can be said.
    kappa: Option<f64>,
    from: Option<f64>,
    until: Option<f64>,
}

/// How one inspector differs; the figures are there from ten pairs on.
#[derive(Serialize, ToSchema)]
pub(super) struct FieldDrift {
    inspector: String,
    pairs: u64,
    differing: Option<u64>,
    /// The mean of their share less the other's, exactly.
    difference: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct FieldComparison {
    inspection: String,
    points: usize,
    all: Option<FieldAgreement>,
    standards: Vec<FieldAgreement>,
    inspectors: Vec<FieldDrift>,
}

impl FieldComparison {
    pub(super) fn of(found: &Compared) -> Self {
        let row = |standard: Option<String>, a: &estimates::Agreement| FieldAgreement {
            standard,
            pairs: a.pairs,
            same: a.same,
            kappa: a.kappa.map(|k| k.value),
            from: a.kappa.map(|k| k.from),
            until: a.kappa.map(|k| k.until),
        };
        let drift = |d: &crate::queries::Drift| FieldDrift {
            inspector: d.name.clone(),
            pairs: d.pairs,
            differing: d.is_said().then_some(d.differing),
            difference: d.difference.as_ref().map(ToString::to_string),
        };
        Self {
            inspection: found.inspection.number.clone(),
            points: found.points,
            all: found.all.as_ref().map(|a| row(None, a)),
            standards: found.standards.iter().map(|(code, a)| row(Some(code.clone()), a)).collect(),
            inspectors: found.drifts.iter().map(drift).collect(),
        }
    }
}
