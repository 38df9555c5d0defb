//! Parts of the test of two programs.

pub mod check;
pub mod load;
pub mod town;
