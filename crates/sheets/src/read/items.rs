//! JSON lines, JSON arrays of objects, and GeoJSON.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};

use geojson::Geometry;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::encoding::Survey;
use super::value::write_number;
use super::{Input, RawRows, delimited};
use crate::error::{Error, Limits};
use crate::report::Reason;
use crate::row::Cells;

/// A JSON file, surveyed.
pub(crate) struct Items {
    pub(crate) shape: Shape,
    pub(crate) crs: Option<Value>,
    /// Every key of every object, in the order they first appear.
    pub(crate) keys: Vec<String>,
    columns: HashMap<String, usize>,
    /// Held in memory, or nothing when they are lines of a file.
    whole: Vec<Box<RawValue>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Lines,
    Array,
    GeoJson,
}

#[derive(Deserialize)]
struct Top {
    #[serde(rename = "type")]
    kind: Option<String>,
    crs: Option<Value>,
    features: Option<Vec<Box<RawValue>>>,
}

pub(crate) fn open(input: &Input, survey: Survey, limits: &Limits) -> Result<Items, Error> {
    let mut first = String::new();
    Lines::open(input, survey, limits.whole)?.next_line(&mut first)?;
    let mut items = if is_line(first.trim()) {
        Items::new(Shape::Lines, None, Vec::new())
    } else {
        read_whole(input, survey, limits)?
    };
    items.gather_keys(input, survey, limits)?;
    Ok(items)
}

/// A whole object on the first line, other than a collection.
fn is_line(line: &str) -> bool {
    line.starts_with('{') && serde_json::from_str::<Top>(line).is_ok_and(|top| top.features.is_none())
        || serde_json::from_str::<Pairs>(line)
            .is_ok_and(|pairs| !pairs.0.iter().any(|(key, _)| key == "features"))
}

fn read_whole(input: &Input, survey: Survey, limits: &Limits) -> Result<Items, Error> {
    if input.size()? > limits.whole {
        return Err(Error::TooLarge { limit: limits.whole });
    }
    let mut text = String::new();
    delimited::text(input, survey)?.read_to_string(&mut text)?;
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with('[') {
        let whole = serde_json::from_str(text).map_err(Error::damaged)?;
        return Ok(Items::new(Shape::Array, None, whole));
    }
    let top: Top = serde_json::from_str(text).map_err(Error::damaged)?;
    match (top.kind.as_deref(), top.features) {
        (Some("FeatureCollection"), Some(features)) => Ok(Items::new(Shape::GeoJson, top.crs, features)),
        (Some("Feature"), None) => {
            let feature = serde_json::from_str(text).map_err(Error::damaged)?;
            Ok(Items::new(Shape::GeoJson, top.crs, vec![feature]))
        }
        (_, None) => {
            let only = serde_json::from_str(text).map_err(Error::damaged)?;
            Ok(Items::new(Shape::Array, None, vec![only]))
        }
        _ => Err(Error::NotATable("JSON of another kind than GeoJSON")),
    }
}

impl Items {
    fn new(shape: Shape, crs: Option<Value>, whole: Vec<Box<RawValue>>) -> Self {
        Self { shape, crs, keys: Vec::new(), columns: HashMap::new(), whole }
    }

    fn gather_keys(&mut self, input: &Input, survey: Survey, limits: &Limits) -> Result<(), Error> {
        let mut number = 0;
        let mut see = |text: &str| {
            number += 1;
            for (key, _) in Item::parse(text).map(|item| item.pairs).unwrap_or_default() {
                if !self.columns.contains_key(&key) {
                    if self.keys.len() >= limits.columns {
                        return Err(Error::TooManyColumns { row: number, limit: limits.columns });
                    }
                    self.columns.insert(key.clone(), self.keys.len());
                    self.keys.push(key);
                }
            }
            Ok(())
        };
        if self.shape == Shape::Lines {
            let mut lines = Lines::open(input, survey, limits.whole)?;
            let mut line = String::new();
            while lines.next_line(&mut line)? {
                see(&line)?;
            }
        }
        self.whole.iter().try_for_each(|item| see(item.get()))
    }

    pub(crate) fn rows(&self, input: &Input, survey: Survey, limits: &Limits) -> Result<ItemRows<'_>, Error> {
        let lines = match self.shape {
            Shape::Lines => Some(Lines::open(input, survey, limits.whole)?),
            _ => None,
        };
        Ok(ItemRows { items: self, lines, line: String::new(), number: 0, slots: Vec::new() })
    }
}

/// Lines of text, none longer than the limit.
struct Lines {
    reader: BufReader<Box<dyn Read>>,
    limit: u64,
}

impl Lines {
    fn open(input: &Input, survey: Survey, limit: u64) -> Result<Self, Error> {
        Ok(Self { reader: BufReader::with_capacity(64 << 10, delimited::text(input, survey)?), limit })
    }

    fn next_line(&mut self, line: &mut String) -> Result<bool, Error> {
        line.clear();
        let got = (&mut self.reader).take(self.limit).read_line(line)?;
        if got as u64 == self.limit {
            return Err(Error::TooLarge { limit: self.limit });
        }
        Ok(got > 0)
    }
}

pub(crate) struct ItemRows<'a> {
    items: &'a Items,
    lines: Option<Lines>,
    line: String,
    number: u64,
    slots: Vec<String>,
}

impl RawRows for ItemRows<'_> {
    fn next_into(&mut self, cells: &mut Cells) -> Result<Option<u64>, Error> {
        let text = if let Some(lines) = &mut self.lines {
            if !lines.next_line(&mut self.line)? {
                return Ok(None);
            }
            self.line.as_str()
        } else {
            match usize::try_from(self.number).ok().and_then(|at| self.items.whole.get(at)) {
                Some(item) => item.get(),
                None => return Ok(None),
            }
        };
        self.number += 1;
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if text.is_empty() {
            return Ok(Some(self.number));
        }
        self.slots.iter_mut().for_each(String::clear);
        self.slots.resize(self.items.keys.len(), String::new());
        let Some(item) = Item::parse(text) else {
            // what could not be read stays visible, to the right of the last column
            cells.pad(self.items.keys.len());
            cells.push(text);
            cells.note = Some(Reason::NotAnObject);
            return Ok(Some(self.number));
        };
        for (key, value) in &item.pairs {
            if let Some(slot) = self.items.columns.get(key).and_then(|column| self.slots.get_mut(*column)) {
                slot.clear();
                write_value(slot, value);
            }
        }
        self.slots.iter().for_each(|slot| cells.push(slot));
        cells.note = item.bad_geometry.then_some(Reason::BadGeometry);
        cells.geometry = item.geometry.map(Box::new);
        Ok(Some(self.number))
    }
}

/// An object's members in the file's order.
struct Pairs(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Pairs;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

/// One object, a feature's properties taken out of it.
struct Item {
    pairs: Vec<(String, Value)>,
    geometry: Option<Geometry>,
    bad_geometry: bool,
}

#[derive(Deserialize)]
struct Feature {
    #[serde(rename = "type")]
    kind: String,
    id: Option<Value>,
    properties: Option<Pairs>,
    geometry: Option<Value>,
}

impl Item {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if let Ok(feature) = serde_json::from_str::<Feature>(text)
            && feature.kind == "Feature"
        {
            let mut pairs = feature.properties.map(|pairs| pairs.0).unwrap_or_default();
            if let Some(id) = feature.id
                && !pairs.iter().any(|(key, _)| key == "id")
            {
                pairs.insert(0, ("id".to_owned(), id));
            }
            let geometry = feature.geometry.map(serde_json::from_value);
            let bad_geometry = matches!(geometry, Some(Err(_)));
            return Some(Self { pairs, geometry: geometry.and_then(Result::ok), bad_geometry });
        }
        let pairs = serde_json::from_str::<Pairs>(text).ok()?.0;
        Some(Self { pairs, geometry: None, bad_geometry: false })
    }
}

fn write_value(out: &mut String, value: &Value) {
    match value {
        Value::Null => {}
        Value::String(text) => out.push_str(text),
        Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            Some(float) => write_number(out, float),
            None => out.push_str(&number.to_string()),
        },
        other => out.push_str(&other.to_string()),
    }
}
