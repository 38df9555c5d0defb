//! One file a command.

pub(crate) mod backup;
pub(crate) mod check_photos;
pub(crate) mod city;
pub(crate) mod demo;
pub(crate) mod files;
pub(crate) mod import;
pub(crate) mod keys;
pub(crate) mod openapi;
pub(crate) mod serve;
pub(crate) mod train;
pub(crate) mod verify;
pub(crate) mod work;

use std::io::Write;

/// A line for the person at the terminal.
fn say(line: impl std::fmt::Display) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}
