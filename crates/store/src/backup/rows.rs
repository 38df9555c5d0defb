//! One row as one line of JSON, without a value that either engine could read differently.

use super::broken;
use crate::value::{Column, Row, Value};
use kernel::problem::Result;
use serde_json::Value as Json;
use std::fmt::Write;

/// Any value at all.
pub(super) struct Any(pub(super) Value<'static>);

impl Column for Any {
    fn read(value: Value<'_>) -> Option<Self> {
        Some(Self(value.into_owned()))
    }
}

/// Appends a row's line.
pub(super) fn write_row(out: &mut String, row: &Row<'_>, columns: usize) -> Result<()> {
    for index in 0..columns {
        out.push(if index == 0 { '[' } else { ',' });
        write_value(out, &row.get::<Any>(index)?.0);
    }
    out.push_str("]\n");
    Ok(())
}

fn write_value(out: &mut String, value: &Value<'_>) {
    // writing into a String cannot fail
    let _ = match value {
        // the second is never read from a database
        Value::Null | Value::Unsealed => out.write_str("null"),
        Value::Int(i) => write!(out, "{i}"),
        // the shortest text that reads back as the same double
        Value::Real(r) => write!(out, "{{\"f\":\"{r:?}\"}}"),
        Value::Text(t) => write!(out, "{}", Json::from(t.as_ref())),
        Value::Bytes(b) => write!(out, "{{\"b\":\"{}\"}}", hex::encode(b)),
    };
}

pub(super) fn read_row(line: &str) -> Result<Vec<Value<'static>>> {
    let row: Vec<Json> = serde_json::from_str(line).map_err(broken)?;
    row.into_iter().map(read_value).collect()
}

fn read_value(json: Json) -> Result<Value<'static>> {
    let value = match json {
        Json::Null => Some(Value::Null),
        Json::Number(n) => n.as_i64().map(Value::Int),
        Json::String(t) => Some(Value::Text(t.into())),
        Json::Object(map) => match (map.get("f").and_then(Json::as_str), map.get("b").and_then(Json::as_str))
        {
            (Some(real), _) => real.parse().ok().map(Value::Real),
            (_, Some(bytes)) => hex::decode(bytes).ok().map(|b| Value::Bytes(b.into())),
            _ => None,
        },
        _ => None,
    };
    value.ok_or_else(|| broken("a value of no known kind"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_value() -> impl Strategy<Value = Value<'static>> {
        prop_oneof![
            Just(Value::Null),
            any::<i64>().prop_map(Value::Int),
            any::<f64>().prop_filter("a number", |f| !f.is_nan()).prop_map(Value::Real),
            any::<String>().prop_map(|t| Value::Text(t.into())),
            any::<Vec<u8>>().prop_map(|b| Value::Bytes(b.into())),
        ]
    }

    proptest! {
        #[test]
        fn every_value_comes_back(values in prop::collection::vec(any_value(), 1..8)) {
            let mut line = String::from("[");
            for (n, value) in values.iter().enumerate() {
                if n > 0 {
                    line.push(',');
                }
                write_value(&mut line, value);
            }
            line.push(']');
            prop_assert!(!line.contains('\n'));
            prop_assert_eq!(read_row(&line).unwrap(), values);
        }
    }
}
