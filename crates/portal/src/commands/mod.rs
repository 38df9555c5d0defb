//! What can be done, one file a verb.

pub(crate) mod answer;
pub(crate) mod suggest;
