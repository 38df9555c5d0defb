//! Geometry written down: GeoJSON, WKT (`LINESTRING (98.1 39.7, 98.2 39.7)`), or pairs one after another
//! (`98.1,39.7;98.2,39.7`, also one a line).

use super::{Fault, area, line};
use crate::model::SourceCrs;
use kernel::geometry::{Area, Line};
use serde_json::Value;

/// A line from text in any of the forms.
pub(crate) fn line_from_text(text: &str, crs: SourceCrs) -> Result<Line, Fault> {
    let text = text.trim();
    if text.starts_with('{') {
        let value: Value = serde_json::from_str(text).map_err(|_| Fault::Unreadable)?;
        return line_from_json(&value, crs);
    }
    if let Some(rest) = keyword(text, "LINESTRING") {
        return line(&pairs(rest.trim().trim_start_matches('(').trim_end_matches(')'), ',', ' ')?, crs);
    }
    let normal = text.replace(['\n', '；', '|'], ";").replace(['，', '\t'], ",");
    line(&pairs(&normal, ';', ',')?, crs)
}

/// A line from GeoJSON: a LineString, a MultiLineString whose parts join end to end, or a feature (collection) with one.
pub(crate) fn line_from_json(value: &Value, crs: SourceCrs) -> Result<Line, Fault> {
    let geometry = geometry_of(value)?;
    let coordinates = geometry.get("coordinates").cloned().unwrap_or_default();
    match geometry.get("type").and_then(Value::as_str) {
        Some("LineString") => line(&read::<Vec<[f64; 2]>>(coordinates)?, crs),
        Some("MultiLineString") => line(&joined(read(coordinates)?)?, crs),
        _ => Err(Fault::Unreadable),
    }
}

/// An area from GeoJSON text or WKT (`POLYGON`, `MULTIPOLYGON`).
pub(crate) fn area_from_text(text: &str, crs: SourceCrs) -> Result<Area, Fault> {
    let text = text.trim();
    if text.starts_with('{') {
        let value: Value = serde_json::from_str(text).map_err(|_| Fault::Unreadable)?;
        return area_from_json(&value, crs);
    }
    let (body, depth) = match (keyword(text, "MULTIPOLYGON"), keyword(text, "POLYGON")) {
        (Some(body), _) => (body, 3),
        (None, Some(body)) => (body, 2),
        _ => return Err(Fault::Unreadable),
    };
    // WKT's brackets are JSON's, with blanks inside pairs and none of JSON's inner brackets
    let json: String = body.trim().replace('(', "[").replace(')', "]");
    let wrapped = pairs_as_json(&json).ok_or(Fault::Unreadable)?;
    let value: Value = serde_json::from_str(&wrapped).map_err(|_| Fault::Unreadable)?;
    area(&if depth == 3 { read(value)? } else { vec![read(value)?] }, crs)
}

/// An area from GeoJSON: a Polygon, a MultiPolygon, or a feature (collection) with one.
pub(crate) fn area_from_json(value: &Value, crs: SourceCrs) -> Result<Area, Fault> {
    let geometry = geometry_of(value)?;
    let coordinates = geometry.get("coordinates").cloned().unwrap_or_default();
    match geometry.get("type").and_then(Value::as_str) {
        Some("Polygon") => area(&[read(coordinates)?], crs),
        Some("MultiPolygon") => area(&read::<Vec<Vec<Vec<[f64; 2]>>>>(coordinates)?, crs),
        _ => Err(Fault::Unreadable),
    }
}

fn keyword<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let head = text.get(..word.len())?;
    head.eq_ignore_ascii_case(word).then(|| &text[word.len()..])
}

fn geometry_of(value: &Value) -> Result<&Value, Fault> {
    match value.get("type").and_then(Value::as_str) {
        Some("FeatureCollection") => match value.get("features").and_then(Value::as_array).map(Vec::as_slice)
        {
            Some([feature]) => geometry_of(feature),
            _ => Err(Fault::Unreadable),
        },
        Some("Feature") => value.get("geometry").ok_or(Fault::Unreadable),
        _ => Ok(value),
    }
}

/// Reads coordinates; heights behind longitude and latitude are passed over.
fn read<T: serde::de::DeserializeOwned>(mut coordinates: Value) -> Result<T, Fault> {
    flatten(&mut coordinates);
    serde_json::from_value(coordinates).map_err(|_| Fault::Unreadable)
}

fn flatten(value: &mut Value) {
    if let Value::Array(items) = value {
        if items.first().is_some_and(Value::is_number) {
            items.truncate(2);
        } else {
            items.iter_mut().for_each(flatten);
        }
    }
}

/// Parts of which each begins where the one before ends, as one.
fn joined(parts: Vec<Vec<[f64; 2]>>) -> Result<Vec<[f64; 2]>, Fault> {
    let mut whole: Vec<[f64; 2]> = Vec::new();
    for part in parts {
        let gap =
            whole.last().zip(part.first()).is_some_and(|(a, b)| (a[0] - b[0]).hypot(a[1] - b[1]) > 1e-6);
        if gap {
            return Err(Fault::Unreadable);
        }
        whole.extend(part);
    }
    Ok(whole)
}

fn pairs(text: &str, between: char, within: char) -> Result<Vec<[f64; 2]>, Fault> {
    text.split(between)
        .map(str::trim)
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let mut numbers =
                pair.split(|c: char| c == within || c.is_whitespace()).filter(|n| !n.is_empty());
            let mut next = || numbers.next()?.parse().ok();
            Some([next()?, next()?])
        })
        .collect::<Option<Vec<_>>>()
        .ok_or(Fault::Unreadable)
}

/// `[98 39, 99 39]` with each pair in brackets of its own.
fn pairs_as_json(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len() * 2);
    for piece in text.split_inclusive(['[', ']', ',']) {
        let end = piece.len() - piece.chars().last().filter(|c| "[],".contains(*c)).map_or(0, char::len_utf8);
        let (body, mark) = piece.split_at(end);
        let numbers: Vec<&str> = body.split_whitespace().collect();
        match numbers[..] {
            [] => {}
            [lng, lat, ..] => out.extend(["[", lng, ",", lat, "]"]),
            [_] => return None,
        }
        out.push_str(mark);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CRS: SourceCrs = SourceCrs::Cgcs2000;

    #[test]
    fn lines_are_read_in_every_form() {
        let forms = [
            r#"{"type":"LineString","coordinates":[[98.28,39.77,1480],[98.29,39.77]]}"#,
            r#"{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[98.28,39.77],[98.29,39.77]]}}"#,
            "LINESTRING (98.28 39.77, 98.29 39.77)",
            "98.28,39.77;98.29,39.77",
            "98.28,39.77\n98.29,39.77\n",
            "98.28 39.77；98.29 39.77",
        ];
        for form in forms {
            let line = line_from_text(form, CRS).unwrap_or_else(|f| panic!("{form}: {f:?}"));
            assert!((line.length_m() - 856.0).abs() < 2.0, "{form}: {}", line.length_m());
        }
    }

    #[test]
    fn areas_are_read_in_every_form() {
        let forms = [
            r#"{"type":"Polygon","coordinates":[[[98.0,39.0],[98.1,39.0],[98.1,39.1],[98.0,39.0]]]}"#,
            r#"{"type":"MultiPolygon","coordinates":[[[[98.0,39.0],[98.1,39.0],[98.1,39.1],[98.0,39.0]]]]}"#,
            "POLYGON ((98.0 39.0, 98.1 39.0, 98.1 39.1, 98.0 39.0))",
            "MULTIPOLYGON(((98.0 39.0,98.1 39.0,98.1 39.1,98.0 39.0)))",
        ];
        for form in forms {
            assert!(area_from_text(form, CRS).is_ok(), "{form}: {:?}", area_from_text(form, CRS));
        }
    }

    #[test]
    fn faults_are_named() {
        let cases = [
            ("", Fault::TooFewPoints),
            ("nonsense", Fault::Unreadable),
            (r#"{"type":"Point","coordinates":[98,39]}"#, Fault::Unreadable),
            ("0,0;98.29,39.77", Fault::NoFix),
            ("39.77,98.28;39.77,98.29", Fault::OffGlobe),
            ("98.28,39.77", Fault::TooFewPoints),
            ("98.28,39.77;98.28001,39.77", Fault::TooShort),
            ("98.0,39.0;98.2,39.2;98.2,39.0;98.0,39.2", Fault::CrossesItself),
        ];
        for (text, fault) in cases {
            assert_eq!(line_from_text(text, CRS).unwrap_err(), fault, "{text}");
        }
    }

    #[test]
    fn moved_systems_are_moved_back() {
        let line =
            line_from_text("98.27788092055259,39.78731938786133;98.29,39.79", SourceCrs::Gcj02).unwrap();
        let first = line.points()[0];
        assert!((first.lng - 98.2773).abs() < 1e-6 && (first.lat - 39.7865).abs() < 1e-6, "{first:?}");
    }
}
