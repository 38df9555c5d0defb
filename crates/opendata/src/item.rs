//! One thing of a collection.

use crate::shape::{Axes, Shape};
use kernel::time::Instant;
use serde_json::{Map, Value, json};

#[derive(Clone, Debug)]
pub struct Item {
    /// What people call it: a number or a code.
    pub id: String,
    pub shape: Option<Shape>,
    pub facts: Vec<(&'static str, Value)>,
    /// The time it belongs to; open at either end.
    pub from: Option<Instant>,
    pub until: Option<Instant>,
}

impl Item {
    pub fn fact(&self, name: &str) -> Option<&Value> {
        self.facts.iter().find(|(n, _)| *n == name).map(|(_, v)| v)
    }

    /// A fact as a filter compares it.
    pub fn is(&self, name: &str, wanted: &str) -> bool {
        match self.fact(name) {
            Some(Value::String(text)) => text == wanted,
            Some(other) => format!("{other}") == wanted,
            None => false,
        }
    }

    /// Whether its time has something in common with another.
    pub fn meets(&self, from: Option<Instant>, until: Option<Instant>) -> bool {
        let begins = self.from.zip(until).is_none_or(|(begins, until)| begins <= until);
        let ends = self.until.zip(from).is_none_or(|(ends, from)| ends >= from);
        begins && ends
    }

    pub fn geojson(&self, axes: Axes) -> Value {
        let facts: Map<String, Value> =
            self.facts.iter().map(|(n, v)| ((*n).to_owned(), v.clone())).collect();
        json!({
            "type": "Feature",
            "id": self.id,
            "geometry": self.shape.as_ref().map(|s| s.geojson(axes)),
            "properties": facts,
        })
    }
}
