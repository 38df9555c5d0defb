//! An expression as a tree in JSON, for who works it out without reading its text: the inspector's telephone.
//!
//! `{"number":5}`, `{"text":"x"}`, `{"name":"a"}`, `{"this":true}`, `{"position":1}`, `{"negative":…}`,
//! `{"op":"<=","of":[…,…]}`, `{"call":"sum","of":[…]}`: what `ui/src/lib/field/work.ts` knows.

use super::Tree;
use super::print::operator;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Number(number) => map.serialize_entry("number", number)?,
            Self::Text(text) => map.serialize_entry("text", text)?,
            Self::Name(name) => map.serialize_entry("name", name)?,
            Self::This => map.serialize_entry("this", &true)?,
            Self::Position(steps) => map.serialize_entry("position", steps)?,
            Self::Negative(of) => map.serialize_entry("negative", of)?,
            Self::Pair(op, one, other) => {
                map.serialize_entry("op", operator(*op).1)?;
                map.serialize_entry("of", &[one, other])?;
            }
            Self::Call(function, given) => {
                map.serialize_entry("call", function.name())?;
                map.serialize_entry("of", given)?;
            }
        }
        map.end()
    }
}
