//! HTML pages, one resource a file.

pub(crate) mod kept_photos;
pub(crate) mod photos;
pub(crate) mod public;
pub(crate) mod recordings;
pub(crate) mod report_form;
pub(crate) mod routes;
mod sent;
pub(crate) mod shared;
pub(crate) mod shown;
pub(crate) mod staff;
pub(crate) mod uploads;
