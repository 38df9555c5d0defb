//! How a city's score comes about: observations become shares of standards, standards become points of a scheme's tree, and
//! every figure says what it was made of. Pure: no I/O, no clock, no chance.
//!
//! All arithmetic is in fractions ([`Exact`]), so that nothing is rounded before it is shown, two ways of adding agree to
//! the last digit, and somebody else's program, in another language, comes to the same figure.

mod exact;
pub mod formula;
mod method;
pub mod round;
mod tree;
mod without;

pub use exact::Exact;
pub use formula::Formula;
pub use method::{Across, By, Facts, Fold, Method, Observation, Outcome, Share, Value, fold, fold_changed};
pub use tree::{Figure, Kind, Missing, Node, Part, Scheme, SchemeFault, Sums, Veto};
pub use without::fold_without;
