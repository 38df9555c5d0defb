//! Pages and plain answers of this crate itself.

pub(crate) mod health;
pub(crate) mod inbox;
pub(crate) mod plain;
pub(crate) mod prefs;
pub(crate) mod push;
pub(crate) mod saved;
pub(crate) mod styleguide;
pub(crate) mod tasks;
