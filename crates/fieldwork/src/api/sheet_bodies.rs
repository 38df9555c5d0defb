//! What the API takes and answers with of checklists.

use super::bodies::FieldWords;
use crate::model::{Edition, Sheet};
use kernel::time::Instant;
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A checklist of the city.
#[derive(Serialize, ToSchema)]
pub(super) struct ChecklistRow {
    pub code: String,
    pub name: FieldWords,
    /// The version that new records are made by.
    pub in_use: Option<String>,
    /// Codes of the types of point that it is for.
    pub types: Vec<String>,
    pub automatic: bool,
    pub version: i64,
}

impl ChecklistRow {
    pub(super) fn of(sheet: &Sheet, in_use: Option<&Edition>, types: Vec<String>) -> Self {
        Self {
            code: sheet.code.clone(),
            name: FieldWords::of(&checklist::Text::new(&sheet.name_zh, &sheet.name_en)),
            in_use: in_use.map(|e| e.label.clone()),
            types,
            automatic: sheet.automatic,
            version: sheet.version,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct ChecklistRows {
    pub items: Vec<ChecklistRow>,
}

/// A version of a checklist.
#[derive(Serialize, ToSchema)]
pub(super) struct ChecklistVersion {
    pub code: String,
    pub label: String,
    /// `draft`, `published`, `retired`.
    pub state: &'static str,
    pub imported_at: String,
    pub published_at: Option<String>,
    pub version: i64,
    /// The checklist as JSON; only of one version.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub model: Option<Value>,
    /// Standards that it names and the scheme that was published last does not have: what is observed of them counts nowhere. Only of
    /// one version, and for whoever may edit checklists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown_standards: Option<Vec<String>>,
}

impl ChecklistVersion {
    pub(super) fn of(code: &str, edition: &Edition, whole: bool) -> Self {
        Self {
            code: code.to_owned(),
            label: edition.label.clone(),
            state: edition.state.code(),
            imported_at: edition.created_at.rfc3339(),
            published_at: edition.published_at.map(Instant::rfc3339),
            version: edition.version,
            model: whole.then(|| serde_json::to_value(&edition.model.0).unwrap_or_default()),
            unknown_standards: None,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct ChecklistVersions {
    pub items: Vec<ChecklistVersion>,
}

/// A remark about one cell of a workbook.
#[derive(Serialize, ToSchema)]
pub(super) struct CellRemark {
    pub sheet: String,
    /// The header is row 1; 0 for the sheet as a whole.
    pub row: u64,
    pub column: String,
    pub code: String,
    pub message: FieldWords,
}

/// What became of a workbook.
#[derive(Serialize, ToSchema)]
pub(super) struct ChecklistImport {
    /// The version that was taken, or would be.
    pub taken: Option<ChecklistTaken>,
    pub faults: Vec<CellRemark>,
    pub notes: Vec<CellRemark>,
    /// Standards that it names and the scheme that was published last does not have: what is observed of them counts nowhere.
    pub unknown_standards: Vec<String>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct ChecklistTaken {
    pub code: String,
    pub label: String,
}

/// Which version of the row a step was decided on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChecklistStep {
    pub version: i64,
}

/// Whether what is not met becomes a case by itself.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChecklistAutomatic {
    pub version: i64,
    pub automatic: bool,
}

/// Which checklist a type of point is looked at by.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChecklistUse {
    /// Code of a checklist; none: it is looked at by none any more.
    pub checklist: Option<String>,
}
