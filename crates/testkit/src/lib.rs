//! What tests share: a fresh city on each engine, a clock that stands still, people with roles.
//!
//! A story is one function over a [`TestDb`]; [`both_engines!`] makes it a test on SQLite and a test on PostgreSQL, so
//! that no story can be forgotten on one of them. Put stories and macro into a `#[cfg(test)] mod`:
//!
//! ```ignore
//! testkit::both_engines!(cases::MIGRATIONS; a_case_is_closed_by_another_unit);
//!
//! fn a_case_is_closed_by_another_unit(t: &TestDb) { … }
//! ```
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test kit fails by panicking: that is how tests fail"
)]

mod at_rest;
pub mod client;
mod db;
#[cfg(feature = "http")]
pub mod http;
pub mod migrations;
mod people;
pub mod receiver;

pub use db::{Engine, START, TestDb, engines};
#[cfg(feature = "http")]
pub use http::{Client, Page, TestApp};
pub use people::{grant, member, whole_city};
pub use receiver::{Received, Receiver, Reply};

/// Makes each story a test on both engines: `both_engines!(migrations; story, another)`. Once a module.
#[macro_export]
macro_rules! both_engines {
    ($migrations:expr; $($story:ident),+ $(,)?) => {
        const STORY_MIGRATIONS: &[::store::Migration] = $migrations;
        $(
            mod $story {
                #[test]
                fn embedded() {
                    super::$story(&$crate::TestDb::open($crate::Engine::Embedded, super::STORY_MIGRATIONS));
                }
                #[test]
                fn server() {
                    super::$story(&$crate::TestDb::open($crate::Engine::Server, super::STORY_MIGRATIONS));
                }
            }
        )+
    };
}
