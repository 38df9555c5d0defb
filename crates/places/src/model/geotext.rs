//! Geometry as GeoJSON text, which is how the database keeps it and what other tools understand.

use kernel::geometry::{Area, Line};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Deref;
use store::{Bind, Column, Value};

/// A line, stored as a GeoJSON LineString.
#[derive(Clone, Debug, PartialEq)]
pub struct LineText(pub Line);

/// An area, stored as a GeoJSON MultiPolygon.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaText(pub Area);

#[derive(Serialize, Deserialize)]
struct Geometry<T> {
    r#type: String,
    coordinates: T,
}

fn write<T: Serialize>(kind: &str, coordinates: T) -> String {
    serde_json::to_string(&Geometry { r#type: kind.to_owned(), coordinates }).unwrap_or_default()
}

impl LineText {
    pub fn geojson(&self) -> String {
        write("LineString", &self.0)
    }
}

impl AreaText {
    pub fn geojson(&self) -> String {
        write("MultiPolygon", &self.0)
    }
}

impl Deref for LineText {
    type Target = Line;
    fn deref(&self) -> &Line {
        &self.0
    }
}

impl Deref for AreaText {
    type Target = Area;
    fn deref(&self) -> &Area {
        &self.0
    }
}

impl Bind for LineText {
    fn bind(&self) -> Value<'_> {
        Value::Text(Cow::Owned(self.geojson()))
    }
}

impl Bind for AreaText {
    fn bind(&self) -> Value<'_> {
        Value::Text(Cow::Owned(self.geojson()))
    }
}

impl Column for LineText {
    fn read(value: Value<'_>) -> Option<Self> {
        let Value::Text(text) = value else { return None };
        serde_json::from_str::<Geometry<Line>>(&text).ok().map(|g| Self(g.coordinates))
    }
}

impl Column for AreaText {
    fn read(value: Value<'_>) -> Option<Self> {
        let Value::Text(text) = value else { return None };
        serde_json::from_str::<Geometry<Area>>(&text).ok().map(|g| Self(g.coordinates))
    }
}
