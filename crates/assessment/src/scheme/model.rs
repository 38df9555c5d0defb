//! Cycles, schemes, nodes.

use super::notation::Rule;
use ::store::value::Json;
use ::store::{coded, record};
use kernel::ctx::Person;
use kernel::id::Id;
use kernel::time::Instant;
use scoring::{Exact, Veto};
use serde::{Deserialize, Serialize};

kernel::named! {
    pub enum State {
        /// 草稿
        Draft = "draft",
        /// 已发布, and frozen.
        Published = "published",
    }
}

kernel::named! {
    pub enum NodeKind {
        /// 普通
        Normal = "normal",
        /// 加分: adds to the points and not to what could be reached.
        Bonus = "bonus",
        /// 否决: takes away from the whole when it is not met.
        Veto = "veto",
    }
}
coded!(State, NodeKind);

/// A year of a cycle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Year {
    pub year: i64,
    /// How much it counts in the cycle's mean.
    pub weight: Exact,
    /// A score from outside, from 0 to 1; it holds instead of what the city's own rounds come to.
    pub given: Option<Exact>,
}

record! {
    /// 创建周期
    #[derive(Clone, Debug, PartialEq)]
    pub struct Cycle in "assessment_cycle" {
        pub id: Id<Cycle>,
        /// `CY-01`
        pub number: String,
        pub name: String,
        pub first_year: i64,
        pub last_year: i64,
        pub years: Json<Vec<Year>>,
        pub created_at: Instant,
        pub version: i64,
    }
}

record! {
    /// 测评体系, one edition.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Scheme in "assessment_scheme" {
        pub id: Id<Scheme>,
        /// `SC-0003`
        pub number: String,
        pub cycle_id: Option<Id<Cycle>>,
        pub name: String,
        pub edition: i64,
        pub state: State,
        pub based_on: Option<Id<Scheme>>,
        /// 样例: nobody is judged by it.
        pub sample: bool,
        /// The way that rounds of inspections feed.
        pub observed_way: String,
        pub note: String,
        pub created_by: Option<Id<Person>>,
        pub created_at: Instant,
        pub published_at: Option<Instant>,
        pub version: i64,
    }
}

impl Scheme {
    pub fn is_open(&self) -> bool {
        self.state == State::Draft
    }
}

/// One way of judging a standard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    pub way: String,
    pub points: Exact,
    pub rule: Rule,
}

record! {
    #[derive(Clone, Debug, PartialEq)]
    pub struct Node in "assessment_node" {
        pub id: Id<Node>,
        pub scheme_id: Id<Scheme>,
        pub parent_id: Option<Id<Node>>,
        /// Among its sisters.
        pub place: i64,
        pub code: String,
        pub name: String,
        pub kind: NodeKind,
        /// Of a veto node: what it takes away.
        pub veto: Json<Option<Veto>>,
        pub parts: Json<Vec<Part>>,
        /// 牵头单位
        pub lead_unit: String,
        /// 责任单位
        pub units: Json<Vec<String>>,
        pub point_types: Json<Vec<String>>,
        /// Kinds of evidence.
        pub evidence: Json<Vec<String>>,
        /// Items of rounds whose points are its observations; none: the item of its own name.
        pub observed: Json<Vec<String>>,
        pub note: String,
        pub version: i64,
    }
}
