//! How a partner is reached. The rest of the crate knows changes, orders and letters; an adapter knows how they travel. A
//! system that speaks otherwise gets an adapter of its own here and nothing else changes.

mod folder;
mod http;
mod table;

pub use folder::{Folder, folders};
pub use http::Http;

use crate::guard;
use crate::model::{Carrier, Partner};
use kernel::problem::Result;
use serde_json::Value;
use web::City;

/// Why nothing could be fetched: a code of the texts `exchange-error-…`, and what exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub code: &'static str,
    pub detail: String,
}

impl Fault {
    pub(crate) fn new(code: &'static str, detail: impl ToString) -> Self {
        Self { code, detail: detail.to_string().chars().take(300).collect() }
    }
}

/// A page of changes or orders, as they came: what cannot be read is told later, one by one.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    pub items: Vec<Value>,
    /// Where the next page begins.
    pub next: String,
    pub more: bool,
    /// The file that was read.
    pub file: Option<String>,
    /// Why the file as a whole cannot be read.
    pub refused: Option<String>,
}

/// What became of an item of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub change: String,
    /// `taken`, `known` or `refused`.
    pub result: &'static str,
    /// Why it was refused.
    pub why: String,
}

/// A picture that goes with a message.
#[derive(Clone, Debug)]
pub struct Picture {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A message, ready to go.
#[derive(Debug)]
pub struct Letter<'a> {
    /// The same on every try.
    pub id: &'a str,
    /// Its fields, as `docs/exchange.md` lists them, without the pictures.
    pub body: &'a Value,
    pub pictures: &'a [Picture],
}

/// What came back of a letter.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    pub status: Option<u16>,
    pub error: Option<&'static str>,
    pub text: String,
    pub retry_after: Option<String>,
}

impl Sent {
    pub fn is_taken(&self) -> bool {
        self.error.is_none() && self.status.is_none_or(|status| (200..300).contains(&status))
    }

    /// Whether sending the same thing again cannot help.
    pub fn is_refused(&self) -> bool {
        self.status.is_some_and(|status| matches!(status, 400 | 404 | 409 | 410 | 413 | 415 | 422))
    }
}

pub trait Adapter: Send + Sync {
    /// Changes behind a place, in the partner's order.
    fn changes(&self, after: &str) -> std::result::Result<Batch, Fault>;

    /// The changes of a batch lie in the database: the partner may forget them.
    fn stored(&self, _: &Batch, _: &[Receipt]) -> std::result::Result<(), Fault> {
        Ok(())
    }

    /// The orders that are open over there, as they stand.
    fn orders(&self, after: &str) -> std::result::Result<Batch, Fault>;

    /// One order as it stands; none where they do not know it.
    fn order(&self, number: &str) -> std::result::Result<Option<Value>, Fault>;

    fn send(&self, letter: &Letter<'_>) -> Sent;

    /// Whether the partner can be asked about orders.
    fn can_compare(&self) -> bool {
        true
    }
}

/// The adapter of a partner.
pub fn of(city: &City, partner: &Partner) -> Result<Box<dyn Adapter>> {
    Ok(match partner.carrier {
        Carrier::Http => Box::new(Http::new(guard::networks(city), &partner.url, &partner.token)),
        Carrier::Folder => Box::new(Folder::new(city.db().folder(), &partner.number)),
    })
}
