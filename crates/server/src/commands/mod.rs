//! One file a command.

pub(crate) mod backup;
pub(crate) mod check_photos;
pub(crate) mod city;
pub(crate) mod demo;
pub(crate) mod files;
pub(crate) mod import;
pub(crate) mod keeping;
pub(crate) mod keys;
pub(crate) mod openapi;
pub(crate) mod recompute;
pub(crate) mod score;
pub(crate) mod serve;
pub(crate) mod train;
pub(crate) mod verify;
pub(crate) mod work;

use kernel::ctx::Locale;
use kernel::problem::Problem;
use std::io::Write;

/// A line for the person at the terminal.
fn say(line: impl std::fmt::Display) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

/// A problem in words, for the person at the terminal: a code alone does not say which column is missing.
fn in_words(app: &web::App, problem: &Problem) -> anyhow::Error {
    let said = |key: String, args: &[(&'static str, String)]| app.texts().find(Locale::En, &key, args);
    let mut words: Vec<String> = problem
        .fields
        .iter()
        .filter_map(|f| Some(format!("{}: {}", f.field, said(format!("field-{}", f.code), &f.args)?)))
        .collect();
    if words.is_empty() {
        words.extend(said(format!("problem-{}", problem.code), &problem.args));
        words.extend(said(format!("problem-{}.todo", problem.code), &problem.args));
    }
    words.push(format!("({problem})"));
    anyhow::anyhow!("{}", words.join(" "))
}
