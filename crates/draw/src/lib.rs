//! 抽样: a draw that nobody can steer and anybody can repeat. Pure arithmetic: no clock, no chance, no I/O.
//!
//! Before the draw the office is bound to a secret, a plan and a register by a [`commitment`] that is published. On the day a
//! value from outside, which was named beforehand and which nobody in the office chooses, makes the [`seed`]. In each stratum
//! the points are put into the [`order`] of a hash, and the first ones are drawn. A [`Record`] holds all of it; [`faults`] repeats it.
//!
//! Tables are hashed as text: the cells of a row with tabs between them, each row ended by a line feed ([`text`]). A cell holds
//! neither ([`cell`]), so that no two tables have the same text.
//!
//! Read in this order: [`canon`], [`plan`], [`sample`], [`record`]; [`shares`] says how a number is divided over strata,
//! [`assign`] and [`route`] who goes where. The rules of the draw in Python: `docs/draw.py`.

pub mod assign;
pub mod canon;
pub mod plan;
pub mod record;
pub mod route;
pub mod sample;
pub mod shares;

pub use canon::{Hash, Row, cell, sha256, text};
pub use plan::{Plan, Stratum};
pub use record::{FORMAT, Fault, Record, Replacement, faults};
pub use sample::{Drawn, Entry, Sample, commitment, order, register_hash, sample, second_count, seed};
pub use shares::shares;
