//! What a sample of people says of a city, and how sure that is. Pure: no I/O, no clock, no chance.
//!
//! Answers come from segments (strata) and within them from neighbouring households (clusters), with weights. A [`mean`] knows
//! its design: neighbours resemble each other, so a thousand answers of ten courtyards tell less than a thousand of a
//! thousand. [`rake`] fits weights to what is known of the population, [`plan`] says how many have to be asked, and [`hide`]
//! keeps small cells of a table hidden, also against subtraction.
//!
//! The words: 抽样框 frame, 层 stratum, 群 cluster, 权数 weight, 设计效应 design effect,
//! 置信区间 confidence interval.

mod flow;
mod hide;
mod kappa;
mod mean;
pub mod plan;
mod rake;

pub use hide::{Cell, Shown, hide};
pub use kappa::{Agreement, Kappa, agreement};
pub use mean::{Answer, Estimate, Kind, mean};
pub use rake::{Margin, Raked, rake};

/// Why nothing can be said.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// Nobody answered.
    Nobody,
    /// A weight is no positive number; the answer's place.
    Weight(usize),
    /// A value is no number, or a share outside 0 to 1; the answer's place.
    Value(usize),
    /// All answers stand in one cluster: how they differ cannot be told from how clusters differ.
    OneCluster,
    /// A cluster stands in two strata; its number.
    TwoStrata(u64),
    /// The level of an interval is not between 0 and 1.
    Level,
    /// A margin wants people of a category of which nobody answered; margin and category.
    Empty { margin: usize, category: u32 },
    /// A margin's target is no positive number, or its categories are not one for each answer; the margin.
    Margin(usize),
    /// The weights do not settle: the margins contradict each other. How far off the worst category still is, as a share.
    Unsettled(f64),
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Nobody => write!(f, "nobody answered"),
            Self::Weight(at) => write!(f, "answer {at}: the weight is no positive number"),
            Self::Value(at) => write!(f, "answer {at}: the value does not fit"),
            Self::OneCluster => write!(f, "all answers stand in one cluster"),
            Self::TwoStrata(cluster) => write!(f, "cluster {cluster} stands in two strata"),
            Self::Level => write!(f, "the level is not between 0 and 1"),
            Self::Empty { margin, category } => write!(f, "margin {margin}: nobody of category {category}"),
            Self::Margin(margin) => write!(f, "margin {margin} does not fit the answers"),
            Self::Unsettled(off) => write!(f, "the margins contradict each other, {off} off"),
        }
    }
}

impl std::error::Error for Fault {}
