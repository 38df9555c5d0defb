//! Personal data at rest: columns that the database holds only sealed.
//!
//! A column is declared once, with [`sealed_columns!`](crate::sealed_columns!). A record's field of type [`Sealed`] is then sealed by
//! [`Tx`](crate::Tx) on its way into the table and opened on its way out; no command or query can forget it, and a value that
//! would reach the engine unsealed is refused. The text is bound to its table, column and row: moved elsewhere it does not
//! open. A field of type [`Marked`] beside it holds what the value is looked up by when the whole of it is known. Columns that
//! are only ever compared hold a keyed hash; see `hashed`.
//!
//! Read in this order: this file, `form` (how a sealed text is written), `cipher`, `file` and `keys`, then `upgrade` (rows
//! of before) and `rotate` (new keys while the city works). See `docs/adr/0012-sealed-fields.md`; every text column of the
//! database has its line in `docs/text-columns.md`.

mod cipher;
mod file;
mod form;
mod hashed;
mod keys;
mod ledger;
#[cfg(feature = "null-cipher")]
pub mod null;
mod rotate;
mod upgrade;

pub use cipher::Algorithm;
pub use file::{KEY_FILE, bring};
pub use form::Form;
use form::start;
pub use hashed::{Hashed, HashedAt, KeyedHash, hashed_columns};
pub(crate) use keys::Ring;
pub use keys::{KeyCard, Keys};
pub(crate) use ledger::{agree, prints};
pub(crate) use rotate::{JOBS, PERIODIC};
pub use rotate::{KeyUse, rotate, uses};
pub use upgrade::is_private_word;
pub(crate) use upgrade::upgrade;

use crate::secrets::Secrets;
use crate::value::{Bind, Column, Row, Value};
use kernel::identifiers::Phone;
use kernel::problem::{Problem, Result};
use std::marker::PhantomData;

/// A sealed column.
#[derive(Clone, Copy, Debug)]
pub struct At {
    pub table: &'static str,
    pub column: &'static str,
    /// The column that names the row: its key.
    pub row: &'static str,
    pub mark: Option<Mark>,
    /// How its texts were sealed before there were data keys; most were not.
    pub before: Option<Before>,
}

/// How texts were sealed with the city's `secret.key`, which stands in every backup.
#[derive(Clone, Copy, Debug)]
pub struct Before {
    /// The column whose number the text was sealed for.
    pub beside: &'static str,
    /// Opens one; `None` for what was not sealed so.
    pub open: fn(&Secrets, i64, &str) -> Option<String>,
}

/// What a sealed column is looked up by.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// The column that holds it.
    pub column: &'static str,
    /// The one way to write what is looked up; `None` for what never is.
    pub normal: fn(&str) -> Option<String>,
}

impl Mark {
    /// Telephone numbers, however they are written.
    pub const fn phone(column: &'static str) -> Self {
        Self { column, normal: |text| Phone::parse(text).ok().map(|p| p.as_str().to_owned()) }
    }

    /// Texts as they are.
    pub const fn exact(column: &'static str) -> Self {
        Self { column, normal: |text| Some(text.to_owned()).filter(|t| !t.is_empty()) }
    }
}

impl At {
    /// Whether rows are named by texts, not numbers.
    pub(crate) fn text_row(&self) -> bool {
        self.row == "key"
    }

    /// What a text is bound to; no name holds a NUL.
    fn bound_to(&self, row: &str) -> Vec<u8> {
        [self.table, "\0", self.column, "\0", row].concat().into_bytes()
    }
}

inventory::collect!(At);

/// Every sealed column of every crate linked into this program, by name.
pub fn columns() -> Vec<&'static At> {
    let mut all: Vec<&'static At> = inventory::iter::<At>.into_iter().collect();
    all.sort_by_key(|at| (at.table, at.column));
    all
}

/// A type that stands for a sealed column.
pub trait Private: 'static {
    const AT: At;
}

/// Declares sealed columns, each with a type that stands for it:
/// `sealed_columns! { pub AccountPhone = "account"."phone" of "id", mark phone "phone_mark"; … }`. Texts that were sealed with
/// `secret.key` before add `, before "partner_id" by open_of_then`.
#[macro_export]
macro_rules! sealed_columns {
    ($($(#[$meta:meta])* $vis:vis $name:ident = $table:literal . $column:literal of $row:literal
        $(, mark $kind:ident $mark:literal)? $(, before $beside:literal by $open:path)?;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $vis enum $name {}
        impl $crate::sealed::Private for $name {
            const AT: $crate::sealed::At = $crate::sealed::At {
                table: $table,
                column: $column,
                row: $row,
                mark: $crate::sealed_columns!(@mark $($kind $mark)?),
                before: $crate::sealed_columns!(@before $($beside $open)?),
            };
        }
        $crate::inventory::submit! { <$name as $crate::sealed::Private>::AT }
    )+};
    (@mark) => { ::std::option::Option::None };
    (@mark $kind:ident $mark:literal) => {
        ::std::option::Option::Some($crate::sealed::Mark::$kind($mark))
    };
    (@before) => { ::std::option::Option::None };
    (@before $beside:literal $open:path) => {
        ::std::option::Option::Some($crate::sealed::Before { beside: $beside, open: $open })
    };
}

/// A text of a sealed column, in the clear: it is sealed and opened at the table's door.
pub struct Sealed<P> {
    text: String,
    at: PhantomData<fn() -> P>,
}

impl<P> Sealed<P> {
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), at: PhantomData }
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn into_string(self) -> String {
        self.text
    }
}

impl<P> Clone for Sealed<P> {
    fn clone(&self) -> Self {
        Self::new(self.text.clone())
    }
}

impl<P> Default for Sealed<P> {
    fn default() -> Self {
        Self::new("")
    }
}

impl<P> PartialEq for Sealed<P> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<P> Eq for Sealed<P> {}

/// Never the text: what is printed for programmers ends up in logs.
impl<P> std::fmt::Debug for Sealed<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.text.is_empty() { "Sealed()" } else { "Sealed(…)" })
    }
}

impl<P> std::ops::Deref for Sealed<P> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.text
    }
}

/// For whoever may read it: pages, letters.
impl<P> std::fmt::Display for Sealed<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl<P> PartialEq<Sealed<P>> for String {
    fn eq(&self, other: &Sealed<P>) -> bool {
        *self == other.text
    }
}

impl<P> PartialEq<String> for Sealed<P> {
    fn eq(&self, other: &String) -> bool {
        self.text == *other
    }
}

impl<P> From<String> for Sealed<P> {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl<P> AsRef<str> for Sealed<P> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl<P> From<&str> for Sealed<P> {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

/// What [`Bind`] tells [`Tx`](crate::Tx) of a value that must be sealed or worked out before it is written.
#[derive(Clone, Copy)]
pub enum Kept<'a> {
    Text(At, &'a str),
    /// The mark of the text beside it.
    Mark(At),
}

impl<P: Private> Bind for Sealed<P> {
    fn bind(&self) -> Value<'_> {
        Value::Unsealed
    }

    fn kept(&self) -> Option<Kept<'_>> {
        Some(Kept::Text(P::AT, &self.text))
    }
}

impl<P: Private> Column for Sealed<P> {
    fn read(_: Value<'_>) -> Option<Self> {
        None
    }

    fn read_at(row: &Row<'_>, index: usize) -> Result<Self> {
        let stored: String = row.get(index)?;
        if stored.is_empty() {
            return Ok(Self::default());
        }
        let key = row.text_of(P::AT.row).or_else(|| row.text_of("id")).ok_or_else(|| {
            Problem::internal(format!("{}.{} is read without its row's key", P::AT.table, P::AT.column))
        })?;
        row.keys()?.open(&P::AT, &key, &stored).map(Self::new)
    }
}

/// The mark of the [`Sealed`] field of the same column: worked out when the row is written, of no use when it is read.
pub struct Marked<P>(PhantomData<fn() -> P>);

impl<P> Clone for Marked<P> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl<P> Default for Marked<P> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<P> PartialEq for Marked<P> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<P> std::fmt::Debug for Marked<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Marked")
    }
}

impl<P: Private> Bind for Marked<P> {
    fn bind(&self) -> Value<'_> {
        Value::Unsealed
    }

    fn kept(&self) -> Option<Kept<'_>> {
        Some(Kept::Mark(P::AT))
    }
}

impl<P: Private> Column for Marked<P> {
    fn read(_: Value<'_>) -> Option<Self> {
        Some(Self::default())
    }
}

/// The values of a row, what must be kept sealed in it being sealed. `None`: there is nothing of the kind.
pub(crate) fn seal_row(
    ring: impl FnOnce() -> std::sync::Arc<Ring>,
    fields: &[&str],
    values: &[&dyn Bind],
) -> Result<Option<Vec<Value<'static>>>> {
    if values.iter().all(|v| v.kept().is_none()) {
        return Ok(None);
    }
    let ring = ring();
    let text_of = |wanted: &At| {
        values.iter().find_map(|v| match v.kept() {
            Some(Kept::Text(at, text)) if (at.table, at.column) == (wanted.table, wanted.column) => {
                Some(text)
            }
            _ => None,
        })
    };
    let mut out = Vec::with_capacity(values.len());
    for value in values {
        out.push(match value.kept() {
            None => value.bind().into_owned(),
            Some(Kept::Text(at, text)) => {
                let row = fields.iter().zip(values).find(|(f, _)| **f == at.row).map(|(_, v)| v.bind());
                let row = row.as_ref().and_then(Value::key).ok_or_else(|| {
                    Problem::internal(format!("{}.{} is written without its row's key", at.table, at.column))
                })?;
                Value::Text(ring.seal(&at, &row, text)?.into())
            }
            Some(Kept::Mark(at)) => {
                match text_of(&at).map(|text| ring.mark(&at, text)).transpose()?.flatten() {
                    Some(mark) => Value::Text(mark.into()),
                    None => Value::Null,
                }
            }
        });
    }
    Ok(Some(out))
}
