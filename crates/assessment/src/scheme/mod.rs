//! 测评体系: the tree by which a city is judged, its editions, and the years of a cycle.
//!
//! A scheme is a draft, then published and frozen; to change it, a draft is made of a copy. Nodes may stand to any depth. Only those
//! without others below them are judged: in several ways (材料审核, 实地考察, 问卷调查, 网上…), each with points and a rule of its own
//! ([`notation`]). Points need not add up to 100. Ways, weights, point types and kinds of evidence are data, not code.

pub mod commands;
pub mod diff;
pub mod figures;
pub(crate) mod forms;
pub mod model;
pub mod notation;
pub mod queries;
pub mod sample;
pub mod seam;
pub mod sheet;
pub mod standards;
pub(crate) mod store;
pub mod tree;
pub mod years;
