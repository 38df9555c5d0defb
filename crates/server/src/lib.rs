//! The one program: puts the features together and serves cities, or does one thing to a city's data and ends.
//!
//! Read in this order: [`settings`] (everything an operator can say), [`features`] (what the program consists of),
//! [`cities`] (where data lie), then `commands/`, one file each.

pub mod bucket;
pub mod cities;
mod commands;
pub mod features;
pub mod observe;
pub mod settings;
pub mod wiring;

use settings::{Cli, Command};
use std::process::ExitCode;

/// Does what the command line says. Errors are for people at a terminal: the caller prints them and ends with 2.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        Command::Serve(args) => commands::serve::run(&args),
        Command::Work(args) => commands::work::run(&args),
        Command::Demo(args) => commands::demo::run(&args),
        Command::City { command } => commands::city::run(&command),
        Command::Import(args) => commands::import::run(&args),
        Command::Openapi => commands::openapi::run(),
        Command::CheckPhotos(args) => commands::check_photos::run(&args),
        Command::Score(args) => commands::score::run(&args),
        Command::Recompute(args) => commands::recompute::run(&args),
        Command::Train(args) => commands::train::run(&args),
        Command::AuditHash { hash, city } => commands::verify::hash_with(hash, &city),
        Command::Verify(args) => commands::verify::run(&args),
        Command::Backup(args) => commands::backup::backup(&args),
        Command::Restore(args) => commands::backup::restore(&args),
        Command::Keeping(args) => commands::keeping::run(&args),
        Command::Keys { command } => commands::keys::run(&command),
        Command::Files { command } => commands::files::run(&command),
    }
}
