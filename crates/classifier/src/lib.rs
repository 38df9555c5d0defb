//! Choosing one of several labels for a few words, learnt from examples: multinomial logistic regression over which words
//! stand in a text. Pure: no I/O, no clock, no chance but the seed.
//!
//! Linear on purpose: for each label every word has one weight, so that the words that spoke for a choice can be shown, and
//! training a city's cases takes seconds and a bounded part of memory. How well it does is measured on examples that are
//! newer than all it learnt from ([`measure`]), beside the answer that is always the commonest label.

mod measure;
mod model;
mod train;
mod vocabulary;

pub use measure::{Figures, measure, measure_on};
pub use model::{Choice, Model};
pub use train::{Plan, train};

/// A text's words, and what it turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Words as people read them, or `name=value` for what is known beside the text. Repetitions count once.
    pub words: Vec<String>,
    pub label: String,
}
