//! What the API says and reads. Numbers and codes, never internal ids.

use crate::conditions::Conditions;
use crate::language::Fault;
use crate::model::{DryRun, Edition, Rule, RunCase};
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::time::{Date, Instant};
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::ToSchema;

/// Codes of units by id.
pub(super) type Units = HashMap<Id<Unit>, String>;

/// A rule in the edition that holds.
#[derive(Serialize, ToSchema)]
pub(crate) struct RoutingRule {
    pub number: i64,
    /// Place among the rules, from 1. The first that fits decides.
    pub place: i64,
    pub edition: i64,
    pub name: String,
    /// `in-force`, `off`, `not-yet`, `over`.
    pub state: &'static str,
    pub active: bool,
    pub from: Option<String>,
    pub until: Option<String>,
    pub conditions: Conditions,
    /// The further condition that was written by hand; empty for none.
    pub expression: String,
    /// Both together, as they are asked.
    pub whole: String,
    /// Code of the unit that leads, codes of those that assist.
    pub lead: String,
    pub assisting: Vec<String>,
    pub limit_condition: String,
    /// `prepare` or `dispatch`.
    pub mode: &'static str,
    pub why: String,
    pub made_by: String,
    /// RFC 3339.
    pub made_at: String,
    /// Needed for a change.
    pub version: i64,
}

impl RoutingRule {
    pub(super) fn of(rule: &Rule, edition: &Edition, place: i64, units: &Units, today: Date) -> Self {
        let code = |id: Id<Unit>| units.get(&id).cloned().unwrap_or_default();
        Self {
            number: rule.number,
            place,
            edition: edition.number,
            name: edition.name.clone(),
            state: edition.standing(today).code(),
            active: edition.active,
            from: edition.from_day.map(|d| d.to_string()),
            until: edition.until_day.map(|d| d.to_string()),
            conditions: edition.conditions.0.clone(),
            expression: edition.extra.clone(),
            whole: edition.expression(),
            lead: code(edition.lead_unit),
            assisting: edition.assisting_units().into_iter().map(code).collect(),
            limit_condition: edition.limit_condition.clone(),
            mode: edition.mode.code(),
            why: edition.why.clone(),
            made_by: edition.made_by_name.clone(),
            made_at: edition.made_at.rfc3339(),
            version: rule.version,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct RoutingRules {
    pub items: Vec<RoutingRule>,
}

/// A rule with every edition that it has had, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct RoutingRuleRecord {
    pub rule: RoutingRule,
    pub editions: Vec<RoutingRule>,
}

/// Where a rule goes.
#[derive(Deserialize, ToSchema)]
pub(crate) struct RoutingMove {
    /// `up` or `down`, past one other rule.
    pub way: String,
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct RoutingExpression {
    pub expression: String,
}

/// Whether an expression can be asked, and if not, what is wrong and where.
#[derive(Serialize, ToSchema)]
pub(crate) struct RoutingChecked {
    pub sound: bool,
    pub fault: Option<RoutingFault>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct RoutingFault {
    /// `too-long`, `too-much`, `unknown-name`, `unknown-function`, `missing`, `ends-early`, `not-yes-or-no`, `not-understood`.
    pub code: &'static str,
    /// From 1; 0 where the whole is meant.
    pub line: usize,
    pub column: usize,
    pub what: String,
}

impl From<Fault> for RoutingFault {
    fn from(fault: Fault) -> Self {
        Self { code: fault.code, line: fault.line, column: fault.column, what: fault.what }
    }
}

/// What the rules say of a case now. Advice, until it is dispatched.
#[derive(Serialize, ToSchema)]
pub(crate) struct CaseRouting {
    /// `nothing`, `rule`, `stuck`, or `closed` where a person has decided, or it is too late.
    pub state: &'static str,
    /// Number and edition of the rule.
    pub rule: Option<i64>,
    pub edition: Option<i64>,
    pub name: Option<String>,
    /// Code of the unit.
    pub lead: Option<String>,
    pub fault: Option<RoutingFault>,
}

/// What is to be tried.
#[derive(Deserialize, ToSchema)]
pub(crate) struct RoutingTrial {
    /// First and last day of the reports: `2026-03-01`.
    pub from: String,
    pub until: String,
    /// Whether rules that are switched off are tried too.
    #[serde(default)]
    pub with_off: bool,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct RoutingRunCount {
    pub number: i64,
    pub edition: i64,
    pub name: String,
    pub matched: i64,
    /// Of the matched: sent by a person to the same unit, to another, to none yet; dispatched by a rule.
    pub agree: i64,
    pub differ: i64,
    pub waiting: i64,
    pub by_rule: i64,
    /// Fits, but an earlier rule got it.
    pub shadowed: i64,
    pub faults: i64,
    pub unreachable: bool,
}

/// A dry run.
#[derive(Serialize, ToSchema)]
pub(crate) struct RoutingRun {
    pub number: i64,
    pub from: String,
    pub until: String,
    pub with_off: bool,
    pub started_by: String,
    /// RFC 3339.
    pub started_at: String,
    pub finished_at: Option<String>,
    pub cases: i64,
    pub faults: i64,
    pub unmatched: i64,
    /// Of the unmatched: dispatched, and to the unit that the register names.
    pub unmatched_dispatched: i64,
    pub unmatched_register: i64,
    pub rules: Vec<RoutingRunCount>,
}

impl RoutingRun {
    pub(super) fn of(run: DryRun) -> Self {
        let report = run.report.0;
        let rules = report.rules.into_iter().map(|r| RoutingRunCount {
            unreachable: r.is_unreachable(),
            number: r.number,
            edition: r.edition,
            name: r.name,
            matched: r.matched,
            agree: r.agree,
            differ: r.differ,
            waiting: r.waiting,
            by_rule: r.by_rule,
            shadowed: r.shadowed,
            faults: r.faults,
        });
        Self {
            number: run.number,
            from: run.from_day.to_string(),
            until: run.until_day.to_string(),
            with_off: run.with_off,
            started_by: run.started_by,
            started_at: run.started_at.rfc3339(),
            finished_at: run.finished_at.map(Instant::rfc3339),
            cases: report.cases,
            faults: report.faults,
            unmatched: report.unmatched,
            unmatched_dispatched: report.unmatched_dispatched,
            unmatched_register: report.unmatched_register,
            rules: rules.collect(),
        }
    }
}

/// A case of a dry run.
#[derive(Serialize, ToSchema)]
pub(crate) struct RoutingRunCase {
    /// `CASE-2026-000412`.
    pub number: String,
    pub title: String,
    pub rule: Option<i64>,
    /// `agree`, `differ`, `waiting`, `by-rule`, `fault`, `unmatched`.
    pub verdict: &'static str,
    /// Codes of units.
    pub proposed: Option<String>,
    pub actual: Option<String>,
    pub fault: Option<String>,
}

impl RoutingRunCase {
    pub(super) fn of(case: RunCase, units: &Units) -> Self {
        let code = |id: Option<Id<Unit>>| id.and_then(|id| units.get(&id).cloned());
        Self {
            number: case.number,
            title: case.title,
            rule: Some(case.rule).filter(|rule| *rule > 0),
            verdict: case.verdict.code(),
            proposed: code(case.proposed_unit),
            actual: code(case.actual_unit),
            fault: Some(case.fault).filter(|fault| !fault.is_empty()),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct RoutingRunCases {
    pub items: Vec<RoutingRunCase>,
    /// Give it as `after` to read on.
    pub next: Option<String>,
}
