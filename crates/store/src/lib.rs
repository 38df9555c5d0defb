//! The city's database: one SQL text for two engines, one writer, one audit chain beside every write.
//!
//! Read in this order: [`db`] (the doors: `write` and `read`), [`tx`] (what can be done inside), [`sql`](mod@sql) (how statements
//! are written down once and checked), [`audit`] (the chain), then what rides on it: [`jobs`], [`files`], [`words`], [`naming`],
//! [`idempotency`], [`backup`], [`sealed`]. Engines are named in `dialect/` and nowhere else.

pub mod audit;
pub mod backup;
mod bell;
pub mod db;
mod dialect;
pub mod files;
pub mod follow;
pub mod idempotency;
pub mod jobs;
pub mod keep;
pub mod migrate;
pub mod naming;
pub mod pictures;
pub mod sealed;
pub mod secrets;
pub mod settings;
pub mod sql;
pub mod tasks;
pub mod tx;
pub mod value;
pub mod words;
mod writer;

pub use audit::Event;
pub use db::{Db, Location, Options};
#[doc(hidden)]
pub use inventory;
pub use migrate::Migration;
pub use sealed::{KeyedHash, Marked, Sealed};
pub use sql::{Query, Record, Sql, Statement, Table};
pub use tx::Tx;
pub use value::{Bind, Column, Row, Value};
