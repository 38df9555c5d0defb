//! What a plan and a day are.

use ::store::record;
use ::store::value::Json;
use assessment::scheme::model::Scheme;
use kernel::id::Id;
use kernel::time::{Date, Instant};
use scoring::Exact;
use serde::{Deserialize, Serialize};

kernel::named! {
    /// Where what is known of a way of judging comes from.
    pub enum Origin {
        /// Rounds that came as workbooks.
        Rounds = "rounds",
        /// What inspectors found at points that were drawn.
        Inspections = "inspections",
        /// Grades of papers.
        Papers = "papers",
        /// What people said.
        Survey = "survey",
        /// Nothing is known of it here.
        None = "none",
    }
}

/// A way of judging and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub way: String,
    /// Code of an [`Origin`].
    pub origin: String,
    /// Numbers of rounds, inspections, a period, a survey.
    pub from: Vec<String>,
}

impl Source {
    pub fn origin(&self) -> Origin {
        <Origin as kernel::workflow::Named>::parse(&self.origin).unwrap_or(Origin::None)
    }
}

/// What putting one thing right takes, in the city's own measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effort {
    pub code: String,
    pub way: String,
    pub effort: Exact,
}

record! {
    #[derive(Clone, Debug, PartialEq)]
    pub struct Plan in "shadow_plan" {
        pub id: Id<Plan>,
        pub scheme_id: Id<Scheme>,
        /// From 0 to 1, exact; empty for none.
        pub target: String,
        pub sources: Json<Vec<Source>>,
        pub efforts: Json<Vec<Effort>>,
        pub changed_by: String,
        pub changed_at: Instant,
        pub version: i64,
    }
}

impl Plan {
    pub fn target(&self) -> Option<Exact> {
        Exact::parse(&self.target)
    }

    pub fn source(&self, way: &str) -> Option<&Source> {
        self.sources.0.iter().find(|source| source.way == way)
    }
}

record! {
    /// What a scheme came to on a day.
    #[derive(Clone, Debug, PartialEq)]
    pub struct ShadowDay in "shadow_day" {
        pub id: Id<ShadowDay>,
        pub scheme_id: Id<Scheme>,
        pub day: Date,
        /// From 0 to 1, to six places.
        pub rate: String,
        pub low: String,
        pub high: String,
        pub points: String,
        pub unseen: i64,
        pub observations: i64,
        pub version: i64,
    }
}
