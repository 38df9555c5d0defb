//! Values that both engines understand: whole numbers, doubles, text, bytes. Nothing else is stored, so that one SQL text
//! means the same on both. Instants are microseconds, dates are `YYYY-MM-DD`, truth is 0 or 1, JSON is text.

use crate::sealed::{Kept, Keys};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{Date, Instant};
use std::borrow::Cow;

/// A value on its way into or out of the database.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    Null,
    Int(i64),
    Real(f64),
    Text(Cow<'a, str>),
    Bytes(Cow<'a, [u8]>),
    /// Personal data in the clear, which no engine takes: they can be written only as part of a row, where
    /// [`crate::sealed`] sees to them.
    Unsealed,
}

impl Value<'_> {
    /// What a row whose key this is is called.
    pub(crate) fn key(&self) -> Option<String> {
        match self {
            Value::Int(i) => Some(i.to_string()),
            Value::Text(t) => Some(t.clone().into_owned()),
            _ => None,
        }
    }

    pub fn into_owned(self) -> Value<'static> {
        match self {
            Value::Null => Value::Null,
            Value::Int(i) => Value::Int(i),
            Value::Real(r) => Value::Real(r),
            Value::Text(t) => Value::Text(Cow::Owned(t.into_owned())),
            Value::Bytes(b) => Value::Bytes(Cow::Owned(b.into_owned())),
            Value::Unsealed => Value::Unsealed,
        }
    }
}

/// What can be given to a statement as a parameter.
pub trait Bind {
    fn bind(&self) -> Value<'_>;

    /// What is to be kept sealed.
    fn kept(&self) -> Option<Kept<'_>> {
        None
    }
}

/// What can be read from a column. `None`: the column holds something else.
pub trait Column: Sized {
    fn read(value: Value<'_>) -> Option<Self>;

    /// The column at `index`. A wrong type is our mistake, hence a 500 that names the column.
    fn read_at(row: &Row<'_>, index: usize) -> Result<Self> {
        Self::read(row.value(index)?).ok_or_else(|| {
            let (name, kind) = (row.source.name(index), std::any::type_name::<Self>());
            Problem::internal(format!("column {name} is no {kind}"))
        })
    }
}

/// One row of an answer, on either engine.
pub struct Row<'a> {
    pub(crate) source: &'a dyn RowSource,
    pub(crate) keys: Option<&'a Keys>,
}

pub(crate) trait RowSource {
    fn value(&self, index: usize) -> Option<Value<'_>>;
    fn name(&self, index: usize) -> String;
    fn index_of(&self, name: &str) -> Option<usize>;
}

impl<'a> Row<'a> {
    pub(crate) fn new(source: &'a dyn RowSource) -> Self {
        Self { source, keys: None }
    }

    /// The column at `index`, from 0.
    pub fn get<T: Column>(&self, index: usize) -> Result<T> {
        T::read_at(self, index)
    }

    fn value(&self, index: usize) -> Result<Value<'_>> {
        let value = self.source.value(index);
        value.ok_or_else(|| Problem::internal(format!("column {index} cannot be read")))
    }

    /// The key of a row that stands in a column.
    pub(crate) fn text_of(&self, column: &str) -> Option<String> {
        self.source.value(self.source.index_of(column)?)?.key()
    }

    pub(crate) fn keys(&self) -> Result<&Keys> {
        self.keys.ok_or_else(|| Problem::internal("sealed data are read past the transaction"))
    }
}

impl Bind for Value<'_> {
    fn bind(&self) -> Value<'_> {
        match self {
            Value::Null => Value::Null,
            Value::Int(i) => Value::Int(*i),
            Value::Real(r) => Value::Real(*r),
            Value::Text(t) => Value::Text(Cow::Borrowed(t)),
            Value::Bytes(b) => Value::Bytes(Cow::Borrowed(b)),
            Value::Unsealed => Value::Unsealed,
        }
    }
}

macro_rules! whole_numbers {
    ($($t:ty),+) => {$(
        impl Bind for $t {
            fn bind(&self) -> Value<'_> { Value::Int(i64::from(*self)) }
        }
        impl Column for $t {
            fn read(value: Value<'_>) -> Option<Self> {
                match value { Value::Int(i) => Self::try_from(i).ok(), _ => None }
            }
        }
    )+};
}
whole_numbers!(i64, i32, u32, u16, u8);

impl Bind for bool {
    fn bind(&self) -> Value<'_> {
        Value::Int(i64::from(*self))
    }
}
impl Column for bool {
    fn read(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Int(0) => Some(false),
            Value::Int(1) => Some(true),
            _ => None,
        }
    }
}
impl Bind for f64 {
    fn bind(&self) -> Value<'_> {
        Value::Real(*self)
    }
}
impl Column for f64 {
    fn read(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Real(r) => Some(r),
            #[expect(clippy::cast_precision_loss, reason = "counts and metres stay far below 2^53")]
            Value::Int(i) => Some(i as f64),
            _ => None,
        }
    }
}
impl Bind for str {
    fn bind(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}
impl Bind for String {
    fn bind(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}
impl Column for String {
    fn read(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Text(t) => Some(t.into_owned()),
            _ => None,
        }
    }
}
impl Bind for Vec<u8> {
    fn bind(&self) -> Value<'_> {
        Value::Bytes(Cow::Borrowed(self))
    }
}
impl Column for Vec<u8> {
    fn read(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Bytes(b) => Some(b.into_owned()),
            _ => None,
        }
    }
}
impl<T> Bind for Id<T> {
    fn bind(&self) -> Value<'_> {
        Value::Int(self.raw())
    }
}
impl<T> Column for Id<T> {
    fn read(value: Value<'_>) -> Option<Self> {
        i64::read(value).map(Id::new)
    }
}
impl Bind for Instant {
    fn bind(&self) -> Value<'_> {
        Value::Int(self.0)
    }
}
impl Column for Instant {
    fn read(value: Value<'_>) -> Option<Self> {
        i64::read(value).map(Instant)
    }
}
impl Bind for Date {
    fn bind(&self) -> Value<'_> {
        Value::Text(Cow::Owned(self.to_string()))
    }
}
impl Column for Date {
    fn read(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Text(t) => t.parse().ok(),
            _ => None,
        }
    }
}
impl<T: Bind> Bind for Option<T> {
    fn bind(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, Bind::bind)
    }

    fn kept(&self) -> Option<Kept<'_>> {
        self.as_ref().and_then(Bind::kept)
    }
}
impl<T: Column> Column for Option<T> {
    fn read(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            other => T::read(other).map(Some),
        }
    }

    fn read_at(row: &Row<'_>, index: usize) -> Result<Self> {
        match row.value(index)? {
            Value::Null => Ok(None),
            _ => T::read_at(row, index).map(Some),
        }
    }
}
impl<T: Bind + ?Sized> Bind for &T {
    fn bind(&self) -> Value<'_> {
        (**self).bind()
    }

    fn kept(&self) -> Option<Kept<'_>> {
        (**self).kept()
    }
}

/// Anything serde knows, as JSON text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Json<T>(pub T);

impl<T: serde::Serialize> Bind for Json<T> {
    fn bind(&self) -> Value<'_> {
        serde_json::to_string(&self.0).map_or(Value::Null, |t| Value::Text(Cow::Owned(t)))
    }
}
impl<T: serde::de::DeserializeOwned> Column for Json<T> {
    fn read(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Text(t) => serde_json::from_str(&t).ok().map(Json),
            _ => None,
        }
    }
}

/// Lets [`kernel::named!`] enums be stored by their codes: `store::coded!(State, Source);`
#[macro_export]
macro_rules! coded {
    ($($t:ty),+ $(,)?) => {$(
        impl $crate::Bind for $t {
            fn bind(&self) -> $crate::Value<'_> {
                $crate::Value::Text(::std::borrow::Cow::Borrowed(::kernel::workflow::Named::code(*self)))
            }
        }
        impl $crate::Column for $t {
            fn read(value: $crate::Value<'_>) -> ::std::option::Option<Self> {
                match value {
                    $crate::Value::Text(t) => <$t as ::kernel::workflow::Named>::parse(&t),
                    _ => None,
                }
            }
        }
    )+};
}
