//! How values come out of PostgreSQL.

use crate::value::{RowSource, Value};
use postgres::types::Type;
use std::borrow::Cow;

pub(super) struct PostgresRow<'a>(pub(super) &'a postgres::Row);

impl RowSource for PostgresRow<'_> {
    fn value(&self, index: usize) -> Option<Value<'_>> {
        fn or_null<'v, T>(value: Option<T>, make: impl FnOnce(T) -> Value<'v>) -> Value<'v> {
            value.map_or(Value::Null, make)
        }
        let row = self.0;
        let kind = row.columns().get(index)?.type_();
        Some(match *kind {
            Type::INT8 => or_null(row.try_get(index).ok()?, Value::Int),
            Type::INT4 => or_null(row.try_get(index).ok()?, |i: i32| Value::Int(i.into())),
            Type::INT2 => or_null(row.try_get(index).ok()?, |i: i16| Value::Int(i.into())),
            Type::BOOL => or_null(row.try_get(index).ok()?, |b: bool| Value::Int(b.into())),
            Type::FLOAT8 => or_null(row.try_get(index).ok()?, Value::Real),
            Type::BYTEA => or_null(row.try_get(index).ok()?, |b: &[u8]| Value::Bytes(Cow::Borrowed(b))),
            _ => or_null(row.try_get(index).ok()?, |t: &str| Value::Text(Cow::Borrowed(t))),
        })
    }

    fn index_of(&self, name: &str) -> Option<usize> {
        self.0.columns().iter().position(|c| c.name() == name)
    }

    fn name(&self, index: usize) -> String {
        self.0.columns().get(index).map_or("?", postgres::Column::name).to_owned()
    }
}
