//! Columns that hold keyed hashes only: what is recognised when it comes again and never read. The key is among the data
//! keys, which no backup holds: a telephone number or a network address has so few forms that who has the key tries them all.
//!
//! Rows of before the column was declared hold a weaker hash or the text itself; opening the city hashes what stands there, so
//! a value is always looked up by the keyed hash of what was stored before.

use super::keys::{Ring, missing};
use crate::value::{Bind, Column, Value};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::problem::Result;
use std::marker::PhantomData;

/// What every keyed hash begins with.
const START: &str = "h1.";
/// Bytes of a keyed hash: nobody finds a second value with the same one.
const LENGTH: usize = 18;

/// A column of keyed hashes.
#[derive(Clone, Copy, Debug)]
pub struct HashedAt {
    pub table: &'static str,
    pub column: &'static str,
    /// The column that names the row: its key.
    pub row: &'static str,
}

inventory::collect!(HashedAt);

/// Every column of keyed hashes of every crate linked into this program, by name.
pub fn hashed_columns() -> Vec<&'static HashedAt> {
    let mut all: Vec<&'static HashedAt> = inventory::iter::<HashedAt>.into_iter().collect();
    all.sort_by_key(|at| (at.table, at.column));
    all
}

/// A type that stands for a column of keyed hashes.
pub trait Hashed: 'static {
    const AT: HashedAt;
}

/// Declares columns of keyed hashes: `hashed_columns! { pub ConsentPhone = "consent"."phone_hash" of "id"; }`.
#[macro_export]
macro_rules! hashed_columns {
    ($($(#[$meta:meta])* $vis:vis $name:ident = $table:literal . $column:literal of $row:literal;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $vis enum $name {}
        impl $crate::sealed::Hashed for $name {
            const AT: $crate::sealed::HashedAt =
                $crate::sealed::HashedAt { table: $table, column: $column, row: $row };
        }
        $crate::inventory::submit! { <$name as $crate::sealed::Hashed>::AT }
    )+};
}

/// A value of such a column. Made by [`Tx::keyed_hash`](crate::Tx::keyed_hash) only, so that nothing else gets in.
pub struct KeyedHash<P> {
    text: String,
    at: PhantomData<fn() -> P>,
}

impl<P> KeyedHash<P> {
    pub(crate) fn new(text: String) -> Self {
        Self { text, at: PhantomData }
    }
}

impl<P> Clone for KeyedHash<P> {
    fn clone(&self) -> Self {
        Self::new(self.text.clone())
    }
}

impl<P> PartialEq for KeyedHash<P> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<P> std::fmt::Debug for KeyedHash<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyedHash(…)")
    }
}

impl<P> Bind for KeyedHash<P> {
    fn bind(&self) -> Value<'_> {
        Value::Text(self.text.as_str().into())
    }
}

impl<P> Column for KeyedHash<P> {
    fn read(value: Value<'_>) -> Option<Self> {
        String::read(value).map(Self::new)
    }
}

/// Whether this is a keyed hash already.
pub(super) fn is_hashed(text: &str) -> bool {
    text.strip_prefix(START).is_some_and(|body| body.len() == LENGTH * 4 / 3)
}

impl Ring {
    /// The keyed hash of a value in a column. It does not rotate, as marks do not.
    pub(crate) fn keyed_hash(&self, at: &HashedAt, value: &str) -> Result<String> {
        #[cfg(feature = "null-cipher")]
        if super::null::is_on() {
            return Ok(value.to_owned());
        }
        let index = self.index().ok_or_else(|| missing("all"))?;
        let parts = [b"hash".as_slice(), at.table.as_bytes(), at.column.as_bytes(), value.as_bytes()];
        let whole = index.algorithm.derive(&index.key, &parts)?;
        Ok(format!("{START}{}", URL_SAFE_NO_PAD.encode(whole.get(..LENGTH).unwrap_or_default())))
    }
}
