//! A questionnaire to begin with, in our own words, as a table that a city may change.

/// Sixteen questions for citizens.
pub const CITIZENS: &str = include_str!("../samples/citizens.csv");
