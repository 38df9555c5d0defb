//! A rule, its editions, what it did, and dry runs. No I/O.

use crate::conditions::Conditions;
use ::store::value::Json;
use ::store::{coded, record};
use cases::model::Case;
use kernel::ctx::{Person, Unit};
use kernel::id::Id;
use kernel::time::{Date, Instant};
use serde::{Deserialize, Serialize};

kernel::named! {
    /// What a rule does when it matches.
    pub enum Mode {
        /// 预填: the form is filled in, and a person sends it.
        Prepare = "prepare",
        /// 自动派遣: the case is dispatched as soon as it is registered.
        Dispatch = "dispatch",
    }
}

kernel::named! {
    /// How a dry run's answer for a case stands to what happened.
    pub enum Verdict {
        /// A person sent it to the same unit.
        Agree = "agree",
        /// A person sent it to another unit.
        Differ = "differ",
        /// Nobody has dispatched it.
        Waiting = "waiting",
        /// A rule had dispatched it, and nobody has changed that: says nothing about agreement.
        ByRule = "by-rule",
        /// A rule could not be asked; nothing after it was.
        Fault = "fault",
        /// No rule matches: the register's unit stays the default.
        Unmatched = "unmatched",
    }
}

coded!(Mode, Verdict);

impl Verdict {
    pub fn mood(self) -> &'static str {
        match self {
            Verdict::Agree => "done",
            Verdict::Differ => "waiting",
            Verdict::Fault => "late",
            Verdict::Waiting | Verdict::ByRule | Verdict::Unmatched => "",
        }
    }
}

record! {
    /// Its place among the others, and which edition holds.
    #[derive(Clone, Debug)]
    pub struct Rule in "routing_rule" {
        pub id: Id<Rule>,
        /// What people call it: rule 3.
        pub number: i64,
        /// Lowest first.
        pub place: i64,
        pub edition: i64,
        pub created_at: Instant,
        pub version: i64,
    }
}

record! {
    /// A rule as it was worded at a time.
    #[derive(Clone, Debug)]
    pub struct Edition in "routing_edition" {
        pub id: Id<Edition>,
        pub rule_id: Id<Rule>,
        pub number: i64,
        pub name: String,
        pub active: bool,
        pub from_day: Option<Date>,
        /// The last day.
        pub until_day: Option<Date>,
        pub conditions: Json<Conditions>,
        /// A further condition, written by hand.
        pub extra: String,
        pub lead_unit: Id<Unit>,
        pub assisting: Json<Vec<i64>>,
        /// `event-06010/2`: for cases of that item registered without a condition, this one. Empty for none.
        pub limit_condition: String,
        pub mode: Mode,
        /// Why it is so, in words.
        pub why: String,
        pub made_by: Option<Id<Person>>,
        pub made_by_name: String,
        pub made_at: Instant,
    }
}

/// How a rule stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    InForce,
    Off,
    NotYet,
    Over,
}

impl Standing {
    pub fn code(self) -> &'static str {
        match self {
            Standing::InForce => "in-force",
            Standing::Off => "off",
            Standing::NotYet => "not-yet",
            Standing::Over => "over",
        }
    }

    pub fn mood(self) -> &'static str {
        match self {
            Standing::InForce => "active",
            Standing::NotYet => "waiting",
            Standing::Off | Standing::Over => "paused",
        }
    }
}

impl Edition {
    /// The whole condition as the language writes it.
    pub fn expression(&self) -> String {
        self.conditions.0.expression(&self.extra)
    }

    pub fn standing(&self, day: Date) -> Standing {
        if !self.active {
            Standing::Off
        } else if self.from_day.is_some_and(|from| day < from) {
            Standing::NotYet
        } else if self.until_day.is_some_and(|until| until < day) {
            Standing::Over
        } else {
            Standing::InForce
        }
    }

    pub fn assisting_units(&self) -> Vec<Id<Unit>> {
        self.assisting.0.iter().map(|id| Id::new(*id)).collect()
    }

    /// The 立案条件 for a case of this kind (`event-06010`); empty where it names none for it.
    pub fn condition_for(&self, kind: &str) -> &str {
        match self.limit_condition.split_once('/') {
            Some((of, code)) if of == kind => code,
            _ => "",
        }
    }
}

record! {
    /// A case that a rule dispatched by itself.
    #[derive(Clone, Debug)]
    pub struct Action in "routing_action" {
        pub case_id: Id<Case>,
        pub rule_id: Id<Rule>,
        pub edition: i64,
        pub unit_id: Id<Unit>,
        pub at: Instant,
    }
}

/// What a dry run counted of one rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCount {
    pub number: i64,
    pub edition: i64,
    pub name: String,
    /// Cases that it would have got, and how persons had decided those.
    pub matched: i64,
    pub agree: i64,
    pub differ: i64,
    pub waiting: i64,
    pub by_rule: i64,
    /// Cases that fit it and that an earlier rule got.
    pub shadowed: i64,
    /// Cases on which it could not be asked.
    pub faults: i64,
}

impl RuleCount {
    /// It fits cases, and never gets one.
    pub fn is_unreachable(&self) -> bool {
        self.matched == 0 && self.shadowed > 0
    }
}

/// What a dry run found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    pub cases: i64,
    pub rules: Vec<RuleCount>,
    pub faults: i64,
    pub unmatched: i64,
    /// Of those, how many had been dispatched, and to the unit that register or catalogue names.
    pub unmatched_dispatched: i64,
    pub unmatched_register: i64,
}

impl Report {
    pub fn sum(&self, of: fn(&RuleCount) -> i64) -> i64 {
        self.rules.iter().map(of).sum()
    }
}

record! {
    /// A dry run.
    #[derive(Clone, Debug)]
    pub struct DryRun in "routing_run" {
        pub id: Id<DryRun>,
        pub number: i64,
        pub from_day: Date,
        pub until_day: Date,
        /// Whether rules that are switched off were tried too.
        pub with_off: bool,
        pub started_by: String,
        pub started_at: Instant,
        pub finished_at: Option<Instant>,
        pub report: Json<Report>,
        pub version: i64,
    }
}

record! {
    /// A case of a dry run.
    #[derive(Clone, Debug)]
    pub struct RunCase in "routing_run_case" {
        pub id: Id<RunCase>,
        pub run_id: Id<DryRun>,
        pub number: String,
        pub title: String,
        /// 0 for none.
        pub rule: i64,
        pub verdict: Verdict,
        pub proposed_unit: Option<Id<Unit>>,
        pub actual_unit: Option<Id<Unit>>,
        /// Code of what was wrong; empty for nothing.
        pub fault: String,
    }
}
