//! The layer rules of `docs/ARCHITECTURE.md`. Exceptions stand here, each with its reason, and the list is closed.

mod layers;
pub(crate) mod siblings;

use crate::source::{Source, files};

pub(crate) fn check() -> anyhow::Result<Vec<String>> {
    let sources = files(&[".rs"])?;
    let mut faults = layers::check(&sources);
    faults.extend(siblings::check()?);
    faults.extend(lengths(&sources));
    Ok(faults)
}

/// Longest file of the program, in lines.
const LONGEST: usize = 400;

/// Files that may be longer, and why.
const LONGER: &[(&str, &str)] =
    &[("crates/demo/src/story/plot.rs", "one table of plots, read from top to bottom")];

fn lengths(sources: &[Source]) -> Vec<String> {
    let too_long = |s: &&Source| {
        !s.is_test() && s.text.lines().count() > LONGEST && !LONGER.iter().any(|(path, _)| *path == s.path)
    };
    sources
        .iter()
        .filter(too_long)
        .map(|s| format!("{}: {} lines; at most {LONGEST}", s.path, s.text.lines().count()))
        .collect()
}
