//! Periods, how far they are, and the ledger.

use crate::model::{Kind, Limit, Period};
use crate::queries::{Coverage, Graded, LedgerLine};
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What is taken of one kind.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct EvidenceLimit {
    /// Most characters of the statement.
    pub characters: i64,
    /// Most pictures for one standard, of one unit.
    pub pictures: i64,
    /// Fewest pixels of a picture's short edge.
    pub short_edge: i64,
    /// Largest file, in megabytes.
    pub megabytes: i64,
}

impl EvidenceLimit {
    pub(in crate::api) fn limit(self) -> Limit {
        Limit {
            characters: self.characters,
            pictures: self.pictures,
            short_edge: self.short_edge,
            megabytes: self.megabytes,
        }
    }
}

/// A period.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct EvidencePeriod {
    number: String,
    name: String,
    scheme: String,
    scheme_name: String,
    /// `2027-08`.
    test_month: String,
    /// First day that evidence may be of.
    from: Option<String>,
    /// Last day that evidence may be of.
    until: Option<String>,
    opens: String,
    closes: String,
    /// `open`, `closed`.
    state: &'static str,
    /// By kind: `rule`, `statement`, `picture`, `table`.
    limits: BTreeMap<String, EvidenceLimit>,
    version: i64,
}

impl EvidencePeriod {
    pub(in crate::api) fn of(of: &Period) -> Self {
        let window = of.window();
        let limit = |kind: &Kind| {
            let l = of.limits.0.of(*kind);
            let body = EvidenceLimit {
                characters: l.characters,
                pictures: l.pictures,
                short_edge: l.short_edge,
                megabytes: l.megabytes,
            };
            (kind.code().to_owned(), body)
        };
        Self {
            number: of.number.clone(),
            name: of.name.clone(),
            scheme: of.scheme_number.clone(),
            scheme_name: of.scheme_name.clone(),
            test_month: of.test_month.clone(),
            from: window.map(|w| w.from.to_string()),
            until: window.map(|w| w.until.to_string()),
            opens: of.opens.to_string(),
            closes: of.closes.to_string(),
            state: of.state.code(),
            limits: Kind::ALL.iter().map(limit).collect(),
            version: of.version,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(in crate::api) struct EvidencePeriods {
    pub items: Vec<EvidencePeriod>,
}

/// A new period.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct EvidencePeriodDraft {
    pub name: String,
    /// Number of a published scheme, `SC-0003`.
    pub scheme: String,
    /// `2027-08`: evidence is of the twelve months before it.
    pub test_month: String,
    pub opens: String,
    pub closes: String,
    /// By kind; those left out are the usual ones.
    #[serde(default)]
    pub limits: BTreeMap<String, EvidenceLimit>,
}

/// What can be changed of a period.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct EvidencePeriodEdit {
    pub version: i64,
    pub name: String,
    pub opens: String,
    pub closes: String,
    /// `open`, `closed`.
    pub state: String,
    #[serde(default)]
    pub limits: BTreeMap<String, EvidenceLimit>,
}

/// A kind of evidence for a standard.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct EvidenceCovered {
    kind: &'static str,
    /// `missing`, `asked`, `review`, `filed`.
    level: &'static str,
    /// Items and requests, the furthest first.
    numbers: Vec<String>,
}

#[derive(Serialize, ToSchema)]
pub(in crate::api) struct EvidenceCoverageLine {
    code: String,
    name: String,
    lead_unit: String,
    kinds: Vec<EvidenceCovered>,
}

/// How far the standards of a period are.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct EvidenceCoverage {
    missing: i64,
    asked: i64,
    review: i64,
    filed: i64,
    standards: Vec<EvidenceCoverageLine>,
}

impl EvidenceCoverage {
    pub(in crate::api) fn of(of: &Coverage) -> Self {
        let [missing, asked, review, filed] = of.counts;
        let standards =
            of.lines.iter().filter(|line| !line.standard.divided).map(|line| EvidenceCoverageLine {
                code: line.standard.code.clone(),
                name: line.standard.name.clone(),
                lead_unit: line.standard.lead_unit.clone(),
                kinds: line
                    .kinds
                    .iter()
                    .map(|covered| EvidenceCovered {
                        kind: covered.kind.code(),
                        level: covered.level.code(),
                        numbers: covered.numbers.clone(),
                    })
                    .collect(),
            });
        Self { missing, asked, review, filed, standards: standards.collect() }
    }
}

#[derive(Serialize, ToSchema)]
pub(in crate::api) struct EvidenceGrade {
    code: String,
    item: String,
    /// `final`, `filed`.
    state: &'static str,
    /// Ten-thousandths of what the standard is worth.
    grade: i64,
}

/// Grades of a period by standard.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct EvidenceGrades {
    items: Vec<EvidenceGrade>,
}

impl EvidenceGrades {
    pub(in crate::api) fn of(all: Vec<Graded>) -> Self {
        let line =
            |g: Graded| EvidenceGrade { code: g.code, item: g.item, state: g.state.code(), grade: g.grade };
        Self { items: all.into_iter().map(line).collect() }
    }
}

/// What a unit had in a month, or a week.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct BurdenLine {
    unit: String,
    /// `2026-11`, or the week's Monday.
    when: String,
    requests: i64,
    standards: i64,
    stopped: i64,
    items: i64,
    files: i64,
    returns: i64,
    answers: i64,
    /// From asking to handing in, of all answers together.
    days: i64,
}

impl BurdenLine {
    pub(in crate::api) fn of(line: LedgerLine) -> Self {
        Self {
            unit: line.unit,
            when: line.when,
            requests: line.requests,
            standards: line.standards,
            stopped: line.stopped,
            items: line.items,
            files: line.files,
            returns: line.returns,
            answers: line.answers,
            days: line.days,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(in crate::api) struct BurdenLedger {
    pub months: Vec<BurdenLine>,
    /// Of streets, towns, communities and villages, the last eight.
    pub weeks: Vec<BurdenLine>,
    /// Requests that a unit may get in a month; 0: as many as there are.
    pub quota: i64,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct BurdenQuota {
    pub quota: i64,
}
