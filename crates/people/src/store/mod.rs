//! All SQL that changes or loads single things of this area, one file a table. Lists are in [`crate::queries`].

pub(crate) mod accounts;
pub(crate) mod authenticators;
pub(crate) mod consents;
pub(crate) mod grants;
pub(crate) mod keep;
pub(crate) mod provider;
pub(crate) mod sessions;
pub(crate) mod traces;
pub(crate) mod units;
