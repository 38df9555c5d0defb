//! Items, their uses, files and findings.

use super::filled;
use crate::checks::Finding;
use crate::model::Caption;
use crate::queries::{ItemLine, Whole};
use kernel::time::Instant;
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// An item in a list.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct EvidenceItem {
    number: String,
    unit: String,
    kind: &'static str,
    title: String,
    dated: Option<String>,
    /// `draft`, `first`, `second`, `final`, `filed`, `returned`, `withdrawn`.
    state: &'static str,
    standards: Vec<String>,
    submitted_at: Option<String>,
    filed_at: Option<String>,
    version: i64,
}

impl EvidenceItem {
    pub(in crate::api) fn of(row: &ItemLine) -> Self {
        let item = &row.item;
        Self {
            number: item.number.clone(),
            unit: row.unit.clone(),
            kind: item.kind.code(),
            title: item.title.clone(),
            dated: item.dated.map(|day| day.to_string()),
            state: item.state.code(),
            standards: row.codes.clone(),
            submitted_at: item.submitted_at.map(Instant::rfc3339),
            filed_at: item.filed_at.map(Instant::rfc3339),
            version: item.version,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(in crate::api) struct EvidenceItems {
    pub items: Vec<EvidenceItem>,
    /// For `after` of the next page.
    pub next: Option<String>,
}

/// A standard that an item is used for.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct EvidenceUse {
    id: String,
    period: String,
    code: String,
    name: String,
    /// Whether the item's day lies in the period's window.
    fits: bool,
    grade: Option<i64>,
}

/// The six elements of a caption.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
pub(in crate::api) struct EvidenceCaption {
    pub time: String,
    pub place: String,
    pub people: String,
    pub subject: String,
    pub background: String,
    pub cause: String,
}

impl EvidenceCaption {
    fn of(c: Caption) -> Self {
        Self {
            time: c.time,
            place: c.place,
            people: c.people,
            subject: c.subject,
            background: c.background,
            cause: c.cause,
        }
    }

    pub(in crate::api) fn caption(self) -> Caption {
        Caption {
            time: self.time.trim().to_owned(),
            place: self.place.trim().to_owned(),
            people: self.people.trim().to_owned(),
            subject: self.subject.trim().to_owned(),
            background: self.background.trim().to_owned(),
            cause: self.cause.trim().to_owned(),
        }
    }
}

/// A caption, and the version of the item that it is written to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct EvidenceCaptionDraft {
    pub version: i64,
    pub caption: EvidenceCaption,
}

/// A file of an item.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct EvidenceFile {
    id: String,
    name: String,
    /// `quarantined`, `ready`, `refused`.
    state: &'static str,
    fault: Option<String>,
    media_type: Option<String>,
    bytes: i64,
    width: Option<u32>,
    height: Option<u32>,
    caption: EvidenceCaption,
}

/// What a check found.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct EvidenceFinding {
    /// Whether it keeps the item from being handed in.
    hard: bool,
    code: &'static str,
    field: String,
    facts: BTreeMap<String, String>,
}

impl EvidenceFinding {
    fn of(of: &Finding) -> Self {
        Self {
            hard: of.hard,
            code: of.error.code,
            field: of.error.field.to_string(),
            facts: of.error.args.iter().map(|(n, v)| ((*n).to_owned(), v.clone())).collect(),
        }
    }
}

/// An item with all that belongs to it.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct EvidenceWhole {
    #[serde(flatten)]
    item: EvidenceItem,
    statement: String,
    reason: Option<String>,
    uses: Vec<EvidenceUse>,
    files: Vec<EvidenceFile>,
    findings: Vec<EvidenceFinding>,
    /// `submit`, `pass-first`, `pass-second`, `file`, `return`, `withdraw`: what this key's owner may do now.
    allowed_moves: Vec<&'static str>,
}

impl EvidenceWhole {
    pub(in crate::api) fn of(whole: &Whole) -> Self {
        let item = &whole.item;
        let line = ItemLine {
            item: item.clone(),
            unit: whole.unit.clone(),
            codes: whole.uses.iter().map(|(of, _)| of.code.clone()).collect(),
        };
        let uses = whole.uses.iter().map(|(of, period)| EvidenceUse {
            id: of.id.to_string(),
            period: period.number.clone(),
            code: of.code.clone(),
            name: of.name.clone(),
            fits: item.dated.zip(period.window()).is_none_or(|(day, window)| window.holds(day)),
            grade: of.grade,
        });
        let files = whole.files.iter().map(|(row, file)| EvidenceFile {
            id: row.id.to_string(),
            name: file.name.to_string(),
            state: file.state.code(),
            fault: file.fault.clone(),
            media_type: file.media_type.clone(),
            bytes: file.bytes,
            width: file.width,
            height: file.height,
            caption: EvidenceCaption::of(row.caption()),
        });
        Self {
            statement: item.statement.clone(),
            reason: filled(&item.reason),
            uses: uses.collect(),
            files: files.collect(),
            findings: whole.found.iter().map(EvidenceFinding::of).collect(),
            allowed_moves: whole.steps.iter().map(|step| step.code()).collect(),
            item: EvidenceItem::of(&line),
        }
    }
}

/// What an item is used for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct EvidenceUseDraft {
    pub period: String,
    pub code: String,
}

/// A new item.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct EvidenceItemDraft {
    /// Code of the unit; left out where it answers a request.
    #[serde(default)]
    pub unit: String,
    /// `rule`, `statement`, `picture`, `table`; left out where it answers a request.
    #[serde(default)]
    pub kind: String,
    pub title: String,
    #[serde(default)]
    pub statement: String,
    #[serde(default)]
    pub dated: Option<String>,
    /// Number of the request that it answers.
    #[serde(default)]
    pub request: String,
    #[serde(default)]
    pub uses: Vec<EvidenceUseDraft>,
}

/// What can be changed before it is handed in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct EvidenceItemEdit {
    pub version: i64,
    pub title: String,
    pub statement: String,
    #[serde(default)]
    pub dated: Option<String>,
}

/// Which version of an item is meant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct EvidenceMove {
    pub version: i64,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct EvidenceGradeDraft {
    pub version: i64,
    /// 0 to 10,000: ten-thousandths of what the standard is worth.
    pub grade: i64,
}
