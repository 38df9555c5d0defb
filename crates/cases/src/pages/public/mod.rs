//! Pages for everybody: reporting, following a report, what the city has done.

pub(crate) mod case;
pub(crate) mod done;
pub(crate) mod forward;
pub(crate) mod geo;
pub(crate) mod home;
pub(crate) mod list;
pub(crate) mod map;
pub(crate) mod nearby;
pub(crate) mod offline;
pub(crate) mod report;
pub(crate) mod status;
pub(crate) mod track;
mod voices;
