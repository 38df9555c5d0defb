//! Values that both engines understand: whole numbers, doubles, text, bytes. Nothing else is stored, so that one SQL text
//! means the same on both. Instants are microseconds, dates are `YYYY-MM-DD`, truth is 0 or 1, JSON is text.

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
}

impl Value<'_> {
    pub fn into_owned(self) -> Value<'static> {
        match self {
            Value::Null => Value::Null,
            Value::Int(i) => Value::Int(i),
            Value::Real(r) => Value::Real(r),
            Value::Text(t) => Value::Text(Cow::Owned(t.into_owned())),
            Value::Bytes(b) => Value::Bytes(Cow::Owned(b.into_owned())),
        }
    }
}

/// What can be given to a statement as a parameter.
pub trait Bind {
    fn bind(&self) -> Value<'_>;
}

/// What can be read from a column. `None`: the column holds something else.
pub trait Column: Sized {
    fn read(value: Value<'_>) -> Option<Self>;
}

/// One row of an answer, on either engine.
pub struct Row<'a>(pub(crate) &'a dyn RowSource);

pub(crate) trait RowSource {
    fn value(&self, index: usize) -> Option<Value<'_>>;
    fn name(&self, index: usize) -> String;
}

impl Row<'_> {
    /// The column at `index`, from 0. A wrong type is our mistake, hence a 500 that names the column.
    pub fn get<T: Column>(&self, index: usize) -> Result<T> {
        let value =
            self.0.value(index).ok_or_else(|| Problem::internal(format!("column {index} cannot be read")))?;
        T::read(value).ok_or_else(|| {
            let (name, kind) = (self.0.name(index), std::any::type_name::<T>());
            Problem::internal(format!("column {name} is no {kind}"))
        })
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
}
impl<T: Column> Column for Option<T> {
    fn read(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            other => T::read(other).map(Some),
        }
    }
}
impl<T: Bind + ?Sized> Bind for &T {
    fn bind(&self) -> Value<'_> {
        (**self).bind()
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
