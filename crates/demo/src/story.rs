//! The lives of 3,000 cases over 18 months, as plans.
//!
//! [`write()`] decides who reports what, where and when, and everything that is then done, up to the moment "now". It
//! executes nothing: another module walks through [`CaseStory::steps`] in order of time and calls the real commands.
//! What each verb needs stands beside it in [`Act`].
//!
//! Ids are numbers in the returned list, in order of report. A story refers only to stories before it, except a
//! [`Act::Split`], whose children come later in the list but start at that step's moment.

mod detours;
mod items;
mod life;
mod people;
mod place;
mod plot;
mod stand;
mod tides;
mod types;
mod words;

pub use people::{Person, Roster, roster};
pub use plot::{CASES, DAYS, write};
pub use types::{
    Act, Actor, CaseStory, End, Found, Limit, Place, Reporter, ReporterKind, Severity, Source, Step, TimeUnit,
};
