//! Rounds of inspections as cities keep them: one row a point, with what was taken off, whose it is, and a column or two that
//! nobody expected.
//!
//! Every row is kept as it was read. [`matching`] says what its texts mean, from the tables that came with it and from what
//! people have said; where a text means nothing certain, the row is kept and scored under its own words, is named in the
//! report, and the nearest names are proposed to a person. The arithmetic is [`scoring::round`].

pub mod account;
pub mod change;
pub mod commands;
pub mod import;
pub mod matching;
pub mod model;
pub mod queries;
pub(crate) mod reading;
pub(crate) mod store;
pub mod summary;
pub mod worked;
pub mod workflow;
