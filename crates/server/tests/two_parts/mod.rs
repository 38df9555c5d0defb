//! Parts of the test of two programs.

pub(crate) mod check;
pub(crate) mod load;
pub(crate) mod town;
