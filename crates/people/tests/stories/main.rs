//! What people do with units, accounts and roles, from beginning to end, on both engines.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and tells what it measured"
)]

mod common;
mod lending;
mod log;
mod passwords;
mod roles;
mod setup;
mod sign_in;
mod statements;
mod tree;
mod units;
mod visible;
