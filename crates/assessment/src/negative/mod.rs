//! 负面清单 (动态管理措施): what costs a city points, its candidacy or its title.
//!
//! An **entry** says what kind of event counts, for how many months, and with which of four effects for a city that applies, is
//! nominated, or holds the title. An **event** (`NE-2026-0001`) is one that happened: reported, confirmed, dismissed, or lifted
//! after an appeal. What counts on a day is worked out from days and the city's status ([`standing`]), never typed. Only the
//! office and the leaders know of it: [`crate::policy`].

pub mod commands;
pub(crate) mod forms;
pub mod model;
pub mod queries;
pub mod standing;
mod store;

pub(crate) use store::numbers;
