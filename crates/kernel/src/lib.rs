//! The pure heart: ids, time, people's roles, problems, processes and working time. No I/O crate may be named here.
//!
//! Read in this order: [`ctx`] (who asks, when, in which city), [`problem`] (how anything refuses),
//! [`workflow`] and [`policy`] (processes and permissions as tables), [`calendar`] (deadlines in working time).
//! The rest are facts of the country: identifiers, masking, coordinates, geometry.

pub mod calendar;
pub mod coords;
pub mod ctx;
pub mod geometry;
pub mod id;
pub mod identifiers;
pub mod masking;
pub mod policy;
pub mod problem;
pub mod time;
pub mod workflow;
