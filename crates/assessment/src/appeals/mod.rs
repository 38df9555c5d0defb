//! 申诉: a unit says that something was taken off wrongly, and gets an answer by a day.
//!
//! A unit appeals against a row of a published round that names it, within so many working days of the publication; the office
//! answers within so many more ([`model::Terms`]). An answer that upholds says how the rule was read and how it is read now, and may
//! put right other rows that the same reading touches: every one of them, and every unit whose figure moves, is shown first.
//! Nothing that was read is overwritten: a correction stands beside its row, and a score pack has both.

pub mod commands;
pub mod effects;
pub mod model;
pub mod queries;
mod store;

pub(crate) use store::{corrections, numbers};
