//! What the city says of how long things are kept, and what was done about it.

use ::store::value::Json;
use ::store::{coded, record};
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::time::{Date, Instant};
use std::collections::BTreeMap;

record! {
    /// Days that somebody has set for a rule.
    #[derive(Clone, Debug)]
    pub struct Set in "keeping_days" {
        pub id: Id<Set>,
        pub rule: String,
        pub days: i64,
        pub reason: String,
        pub set_by: String,
        pub set_at: Instant,
        pub version: i64,
    }
}

kernel::named! {
    /// What a hold is put on.
    pub enum HoldKind {
        Case = "case",
        /// Cases that a unit, or one below it, leads or governs.
        Unit = "unit",
        /// Everything whose clock started before a day.
        Before = "before",
    }
}
coded!(HoldKind);

record! {
    /// 保全.
    #[derive(Clone, Debug)]
    pub struct Hold in "keeping_hold" {
        pub id: Id<Hold>,
        /// `HOLD-2026-0003`.
        pub number: String,
        pub kind: HoldKind,
        pub case_id: Option<Id<cases::model::Case>>,
        pub unit_id: Option<Id<Unit>>,
        pub before_day: Option<Date>,
        /// The case's number, the unit's name, the day.
        pub what: String,
        pub reason: String,
        pub held_by: String,
        pub held_at: Instant,
        pub lifted_by: String,
        pub lifted_at: Option<Instant>,
        pub lift_reason: String,
        pub version: i64,
    }
}

impl Hold {
    pub fn holds(&self) -> bool {
        self.lifted_at.is_none()
    }
}

record! {
    /// One time that what was due was erased.
    #[derive(Clone, Debug)]
    pub struct Run in "keeping_run" {
        pub id: Id<Run>,
        pub number: i64,
        /// Somebody asked for it; else it was the night's.
        pub by_hand: bool,
        pub started_by: String,
        /// What is due is due by this moment, however long it takes.
        pub started_at: Instant,
        pub finished_at: Option<Instant>,
        /// How much went, by the keys of rules.
        pub counts: Json<BTreeMap<String, i64>>,
        pub version: i64,
    }
}

impl Run {
    pub fn total(&self) -> i64 {
        self.counts.0.values().sum()
    }
}
