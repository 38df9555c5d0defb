//! What the readers of registers share: one row's cells, and why it was refused.

use crate::columns::{ACCURACY, Column, GEOMETRY, LAT, LNG};
use crate::model::{SectionClass, SourceCrs};
use crate::shape::{self, Fault};
use kernel::coords::Point;
use kernel::geometry::{Area, Line};
use kernel::problem::Result;
use sheets::{Remark, Report, Row, Source};
pub(super) use web::import::Causes;

/// What came of one row.
pub(super) type Outcome = std::result::Result<Vec<Remark>, Causes>;

/// Runs `each` over the rows and accounts for them.
pub(super) fn each_row(source: &mut Source, mut each: impl FnMut(&Row) -> Result<Outcome>) -> Result<Report> {
    let mut report = Report::default();
    for row in source.rows().map_err(super::no_table)? {
        let row = row.map_err(super::no_table)?;
        count(&mut report, row.number(), each(&row)?);
    }
    Ok(report)
}

pub(super) fn count(report: &mut Report, row: u64, outcome: Outcome) {
    match outcome {
        Ok(repairs) => report.accept(repairs),
        Err(causes) => report.refuse(row, causes.remarks(row)),
    }
}

/// Takes the value, or notes the fault.
fn take<T>(causes: &mut Causes, field: &str, value: std::result::Result<T, Fault>) -> Option<T> {
    value.map_err(|fault| causes.add(field, fault.reason())).ok()
}

/// A text that has to be there.
pub(super) fn needed(causes: &mut Causes, column: &Column, row: &Row) -> String {
    let text = column.of(row);
    if text.is_empty() {
        causes.add(column.name, "blank");
    }
    text.to_owned()
}

pub(super) fn optional(column: &Column, row: &Row) -> Option<String> {
    Some(column.of(row)).filter(|text| !text.is_empty()).map(str::to_owned)
}

pub(super) fn number(causes: &mut Causes, column: &Column, row: &Row) -> Option<f64> {
    let text = column.of(row);
    if text.is_empty() {
        return None;
    }
    let number = text.replace(',', "").parse::<f64>().ok().filter(|n| n.is_finite());
    if number.is_none() {
        causes.add(column.name, "not_a_number");
    }
    number
}

pub(super) fn accuracy(causes: &mut Causes, row: &Row) -> Option<f64> {
    number(causes, &ACCURACY, row)
}

/// The geometry of a row as GeoJSON, when the file is GeoJSON.
fn feature(row: &Row) -> Option<serde_json::Value> {
    row.geometry().and_then(|g| serde_json::to_value(g).ok())
}

pub(super) fn line(causes: &mut Causes, row: &Row, crs: SourceCrs) -> Option<Line> {
    let read = match feature(row) {
        Some(json) => shape::line_from_json(&json, crs),
        None if GEOMETRY.of(row).is_empty() => {
            causes.add(GEOMETRY.name, "blank");
            return None;
        }
        None => shape::line_from_text(GEOMETRY.of(row), crs),
    };
    take(causes, GEOMETRY.name, read)
}

/// The area of a row; `None` without a cause when it has none.
pub(super) fn area(causes: &mut Causes, row: &Row, crs: SourceCrs) -> Option<Area> {
    let read = match feature(row) {
        Some(json) => shape::area_from_json(&json, crs),
        None if GEOMETRY.of(row).is_empty() => return None,
        None => shape::area_from_text(GEOMETRY.of(row), crs),
    };
    take(causes, GEOMETRY.name, read)
}

/// The position of a row: a Point, or the columns of longitude and latitude.
pub(super) fn point(causes: &mut Causes, row: &Row, crs: SourceCrs) -> Option<Point> {
    if let Some(json) = feature(row) {
        let pair = json.get("coordinates").and_then(|c| Some([c.get(0)?.as_f64()?, c.get(1)?.as_f64()?]));
        let read = pair.ok_or(Fault::Unreadable).and_then(|[lng, lat]| shape::position(lng, lat, crs));
        return take(causes, GEOMETRY.name, read);
    }
    match (number(causes, &LNG, row), number(causes, &LAT, row)) {
        (Some(lng), Some(lat)) => {
            let read = shape::position(lng, lat, crs);
            take(causes, LNG.name, read)
        }
        (None, None) if LNG.of(row).is_empty() && LAT.of(row).is_empty() => {
            causes.add(LNG.name, "blank");
            None
        }
        (lng, lat) => {
            if lng.is_some() || lat.is_some() {
                causes.add(if lng.is_none() { LNG.name } else { LAT.name }, "position_half");
            }
            None
        }
    }
}

/// A class by its code or its name in either language.
pub(super) fn class(text: &str) -> Option<SectionClass> {
    use SectionClass::{BackStreet, Branch, Secondary, Trunk};
    Some(match text.trim().to_ascii_lowercase().as_str() {
        "trunk" | "主干道" | "主干路" | "trunk road" | "main" | "1" => Trunk,
        "secondary" | "次干道" | "次干路" | "secondary road" | "2" => Secondary,
        "branch" | "支路" | "branch road" | "3" => Branch,
        "back_street" | "背街小巷" | "back street" | "lane" | "巷" | "4" => BackStreet,
        _ => return None,
    })
}
