//! What pages, the API and other crates read of the register, for any day in the past or the future.

mod changes;
mod coverage;
mod handover;
mod outcomes;
mod present;
mod problems;
mod register;

pub use changes::{Change, Holders, changes};
pub use coverage::{Report, SectionState, StreetState, Totals, coverage_on};
pub use handover::{HandCase, former_units, handover};
pub use outcomes::{Outcome, Outcomes, outcomes};
pub use present::{carry, is_gone, present};
pub use problems::{Problems, problems};
pub(crate) use register::numbers;
pub use register::{
    Filter, Names, by_number, count, find, first_day, list, names, of_section, patrols, register_on,
    standards,
};
