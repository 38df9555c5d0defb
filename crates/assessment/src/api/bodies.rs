//! What goes over the wire.

use crate::rounds::change::{Change, Moved};
use crate::rounds::matching::Warning;
use crate::rounds::model::Round;
use crate::rounds::queries::{RowSeen, Sight};
use crate::rounds::summary::{Line, Summary};
use crate::rounds::workflow::ROUND;
use crate::show;
use kernel::workflow::Named;
use scoring::Exact;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A round of inspections.
#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentRound {
    /// `AR-000003`.
    number: String,
    name: String,
    /// `draft`, `checked`, `published`, `withdrawn`.
    state: &'static str,
    /// The last day of the inspections, `2026-03-05`.
    held_on: String,
    /// How much it counts in its year, beside the year's other rounds.
    weight: String,
    file: String,
    sha256: String,
    rows: i64,
    /// Why it was withdrawn.
    reason: String,
    /// Steps that the state allows.
    allowed_steps: Vec<&'static str>,
    /// For `version` of a step or an edit.
    version: i64,
    /// What it comes to; for whoever may see all of it.
    result: Option<AssessmentResult>,
    /// What it says of the key's own units; for whoever may see those only.
    own_units: Vec<AssessmentLine>,
}

impl AssessmentRound {
    pub(super) fn of(round: &Round, summary: &Summary, sight: &Sight) -> Self {
        let whole = sight.is_whole();
        Self {
            number: round.number.clone(),
            name: round.name.clone(),
            state: round.state.code(),
            held_on: round.day().to_string(),
            weight: round.weight.clone(),
            file: round.file_name.clone(),
            sha256: round.sha256.clone(),
            rows: round.row_count,
            reason: round.reason.clone(),
            allowed_steps: if whole {
                ROUND.from(round.state).map(|m| m.name.code()).collect()
            } else {
                Vec::new()
            },
            version: round.version,
            result: whole.then(|| AssessmentResult::of(summary)),
            own_units: summary
                .units
                .iter()
                .filter(|u| sight.is_own(&u.name))
                .map(AssessmentLine::of)
                .collect(),
        }
    }
}

/// What a round comes to. Figures are exact: `"7/8"` or `"0.875"`.
#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentResult {
    score: String,
    /// What could be reached: the number of parts of items.
    quota: i64,
    /// `score` of `quota`.
    rate: String,
    /// Rows that count.
    points: i64,
    /// Of these, with something taken off.
    faults: i64,
    /// Rows that were set aside.
    aside: i64,
    /// Texts that mean nothing certain.
    open: i64,
    warnings: i64,
    /// Points for which no unit is named.
    without_unit: i64,
    without_street: i64,
    items: Vec<AssessmentLine>,
    streets: Vec<AssessmentLine>,
    units: Vec<AssessmentLine>,
}

impl AssessmentResult {
    fn of(of: &Summary) -> Self {
        let lines = |all: &[Line]| all.iter().map(AssessmentLine::of).collect();
        // by name: an order of rates would be a ranking
        let mut units = of.units.clone();
        units.sort_by(|a, b| a.name.cmp(&b.name));
        Self {
            score: of.score.to_string(),
            quota: of.quota,
            rate: of.rate.to_string(),
            points: of.points,
            faults: of.faults,
            aside: of.aside,
            open: of.open,
            warnings: of.warnings,
            without_unit: of.without_unit,
            without_street: of.without_street,
            items: lines(&of.items),
            streets: lines(&of.streets),
            units: lines(&units),
        }
    }
}

/// An item, a street or a unit of a round.
#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentLine {
    name: String,
    points: i64,
    faults: i64,
    /// From 0 to 1, exact.
    rate: String,
    /// Items only.
    score: Option<String>,
    /// Items only.
    quota: Option<i64>,
    /// Streets and units only: what its points take away from the city.
    costs: Option<String>,
}

impl AssessmentLine {
    fn of(line: &Line) -> Self {
        Self {
            name: line.name.clone(),
            points: line.points,
            faults: line.faults,
            rate: line.rate.to_string(),
            score: line.score.as_ref().map(ToString::to_string),
            quota: line.quota,
            costs: line.costs.as_ref().map(ToString::to_string),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentRoundPage {
    pub(super) items: Vec<AssessmentRound>,
    /// For `after` of the next page.
    pub(super) next: Option<String>,
    pub(super) count: i64,
}

/// A row of the workbook, as it was read and what it means.
#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentRow {
    /// As a person counts in the file; the header is row 1.
    row: i64,
    serial: String,
    /// As it was read.
    read_item: String,
    item: String,
    /// Number of the part of the item; empty where it has none.
    part: String,
    point: String,
    /// What was taken off, from 0 to 1.
    lost: String,
    street: Option<String>,
    units: Vec<String>,
    /// False: it was set aside.
    counts: bool,
    /// Why it was set aside.
    reason: String,
    warnings: Vec<AssessmentWarning>,
    /// Number of the case that was made of it.
    case: Option<String>,
}

impl AssessmentRow {
    pub(super) fn of(seen: &RowSeen) -> Self {
        Self {
            row: seen.row.row_number,
            serial: seen.row.serial.clone(),
            read_item: seen.row.item.clone(),
            item: seen.point.item.clone(),
            part: seen.point.sub_item.clone(),
            point: seen.row.point.clone(),
            lost: show::lost(seen.point.lost),
            street: seen.point.street.clone(),
            units: seen.point.units.clone(),
            counts: seen.aside.is_none(),
            reason: seen.aside.clone().unwrap_or_default(),
            warnings: seen.warnings.iter().map(AssessmentWarning::of).collect(),
            case: seen.case.clone(),
        }
    }
}

/// Something in a row that a person should look at. The row is scored all the same.
#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentWarning {
    /// `serial`, `item`, `point`, `lost`, `given`, `street`, `unit`.
    field: &'static str,
    /// `repeated_serial`, `blank`, `unknown_name`, `not_a_number`, `out_of_range`, `rounded`, `disagrees`, `no_unit`,
    /// `repeated_unit`.
    code: &'static str,
    text: String,
    nearest: Vec<String>,
}

impl AssessmentWarning {
    fn of(warning: &Warning) -> Self {
        Self {
            field: warning.field,
            code: warning.code.code(),
            text: warning.text.clone(),
            nearest: warning.nearest.clone(),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentRowPage {
    pub(super) items: Vec<AssessmentRow>,
    pub(super) next: Option<String>,
    pub(super) count: usize,
}

/// What rose and what fell.
#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentChange {
    score_before: String,
    score_after: String,
    quota_before: i64,
    quota_after: i64,
    rate_before: String,
    rate_after: String,
    items: Vec<AssessmentMoved>,
    streets: Vec<AssessmentMoved>,
    units: Vec<AssessmentMoved>,
}

impl AssessmentChange {
    pub(super) fn of(change: &Change) -> Self {
        let lines = |all: &[Moved]| all.iter().map(AssessmentMoved::of).collect();
        Self {
            score_before: change.before.score.to_string(),
            score_after: change.after.score.to_string(),
            quota_before: change.before.quota,
            quota_after: change.after.quota,
            rate_before: change.before.rate.to_string(),
            rate_after: change.after.rate.to_string(),
            items: lines(&change.items),
            streets: lines(&change.streets),
            units: lines(&change.units),
        }
    }
}

/// An item, a street or a unit before and after.
#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentMoved {
    name: String,
    /// Its rate; none where it is not in there.
    before: Option<String>,
    after: Option<String>,
    /// None where it is in one only.
    rise: Option<String>,
}

impl AssessmentMoved {
    fn of(moved: &Moved) -> Self {
        let rate = |line: &Option<Line>| line.as_ref().map(|l| l.rate.to_string());
        Self {
            name: moved.name.clone(),
            before: rate(&moved.before),
            after: rate(&moved.after),
            rise: moved.rise().map(|rise: Exact| rise.to_string()),
        }
    }
}

/// A table that becomes a round.
#[derive(Deserialize, ToSchema)]
pub(super) struct AssessmentNewRound {
    pub(super) name: String,
    /// The table as CSV, its columns as in a workbook: 序号, 项目, 考察点位, 扣分, 得分, 区域, 责任单位2, 责任单位3.
    pub(super) csv: String,
    #[serde(default)]
    pub(super) file_name: String,
    /// The last day of the inspections; today without one.
    pub(super) held_on: Option<String>,
    /// Names that rows may use. Without any, streets and units are those of the city's registers.
    #[serde(default)]
    pub(super) names: Vec<AssessmentName>,
    /// Keep it though the same table is here already.
    #[serde(default)]
    pub(super) again: bool,
    /// Do everything, then take it back: the report is true, and no round is kept.
    #[serde(default)]
    pub(super) dry: bool,
}

#[derive(Deserialize, ToSchema)]
pub(super) struct AssessmentName {
    /// `item`, `street`, `unit`.
    pub(super) kind: String,
    #[serde(default)]
    pub(super) code: String,
    pub(super) name: String,
}

/// What became of the rows.
#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentReport {
    /// Of the round that was kept.
    pub(super) number: Option<String>,
    pub(super) read: u64,
    pub(super) accepted: u64,
    pub(super) refused: u64,
    pub(super) remarks: Vec<AssessmentRemark>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct AssessmentRemark {
    row: u64,
    field: String,
    code: String,
    nearest: Vec<String>,
}

impl AssessmentReport {
    pub(super) fn of(number: Option<String>, report: &sheets::Report) -> Self {
        let lists = [&report.refused, &report.repaired, &report.noted];
        let remark = |r: &sheets::Remark| AssessmentRemark {
            row: r.row,
            field: r.field.clone(),
            code: r.reason.clone(),
            nearest: r.nearest.clone(),
        };
        Self {
            number,
            read: report.read,
            accepted: report.accepted,
            refused: report.refused_rows(),
            remarks: lists.into_iter().flatten().map(remark).collect(),
        }
    }
}

#[derive(Deserialize, ToSchema)]
pub(super) struct AssessmentEdit {
    pub(super) name: Option<String>,
    /// `2026-03-05`.
    pub(super) held_on: Option<String>,
    /// Above 0, at most 1,000.
    pub(super) weight: Option<String>,
    pub(super) version: Option<i64>,
}

#[derive(Deserialize, ToSchema)]
pub(super) struct AssessmentStep {
    /// `check`, `reopen`, `publish`, `withdraw`, `restore`.
    pub(super) step: String,
    /// Wanted where a published round is withdrawn.
    #[serde(default)]
    pub(super) reason: String,
    pub(super) version: Option<i64>,
}
