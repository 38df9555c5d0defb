//! What lists export: the columns of [`crate::columns`], which the imports read again.

use crate::columns::{self, Column};
use crate::index::PlaceIndex;
use crate::model::{Division, Section, Site, SiteType};
use crate::units::Units;
use kernel::ctx::Locale;
use kernel::id::Id;
use kernel::workflow::Named;
use sheets::{Cell, Kind};
use std::collections::HashMap;

/// What cells need besides the row itself.
pub(crate) struct Names<'a> {
    pub(crate) index: &'a PlaceIndex,
    pub(crate) units: &'a Units,
    pub(crate) types: &'a [SiteType],
    pub(crate) sections: HashMap<Id<Section>, String>,
    pub(crate) locale: Locale,
    /// The text for a key.
    pub(crate) text: &'a dyn Fn(&str) -> String,
}

/// The columns with their titles in the reader's language.
pub(crate) fn titles(columns: &[Column], text: &dyn Fn(&str) -> String) -> Vec<sheets::Column> {
    columns.iter().map(|c| sheets::Column::new(text(&format!("label-{}", c.name)), kind(c.name))).collect()
}

fn kind(name: &str) -> Kind {
    match name {
        "section_length" | "place_accuracy" | "place_lng" | "place_lat" => Kind::Real,
        "valid_from" | "valid_until" => Kind::Date,
        _ => Kind::Text,
    }
}

pub(crate) fn section<'a>(s: &'a Section, names: &Names<'_>) -> Vec<Cell<'a>> {
    columns::SECTIONS
        .iter()
        .map(|column| match column.name {
            "place_number" => s.number.as_str().into(),
            "place_code" => s.code.as_deref().into(),
            "street" => s.street.as_str().into(),
            "from_crossing" => s.from_crossing.as_str().into(),
            "to_crossing" => s.to_crossing.as_str().into(),
            "road_class" => (names.text)(&format!("road-class-{}", s.class.code())).into(),
            "section_length" => ((s.length_m * 10.0).round() / 10.0).into(),
            "place_accuracy" => s.accuracy_m.into(),
            "place_division" => names.index.division_name(s.division_id).into(),
            "valid_from" => s.valid_from.into(),
            "valid_until" => s.valid_until.into(),
            _ => s.line.geojson().into(),
        })
        .collect()
}

pub(crate) fn site<'a>(s: &'a Site, names: &Names<'a>) -> Vec<Cell<'a>> {
    let type_name = names.types.iter().find(|t| t.code == s.type_code).map(|t| t.name(names.locale));
    columns::SITES
        .iter()
        .map(|column| match column.name {
            "place_number" => s.number.as_str().into(),
            "place_code" => s.code.as_deref().into(),
            "place_name" => s.name.as_str().into(),
            "place_type" => type_name.unwrap_or(&s.type_code).into(),
            "place_lng" => s.lng.into(),
            "place_lat" => s.lat.into(),
            "place_accuracy" => s.accuracy_m.into(),
            "place_address" => s.address.as_deref().into(),
            "place_section" => s.section_id.and_then(|id| names.sections.get(&id)).cloned().into(),
            "place_division" => names.index.division_name(s.division_id).into(),
            _ => names.units.label(s.unit_id).into(),
        })
        .collect()
}

pub(crate) fn division<'a>(d: &'a Division, index: &PlaceIndex, units: &Units) -> Vec<Cell<'a>> {
    let parent = d.parent_id.and_then(|id| index.division(id)).map(|node| node.code.to_string());
    columns::DIVISIONS
        .iter()
        .map(|column| match column.name {
            "place_code" => d.code.as_str().into(),
            "place_name" => d.name.as_str().into(),
            "place_level" => d.level.as_str().into(),
            "place_parent" => parent.clone().into(),
            "place_unit" => units.label(d.unit_id).into(),
            _ => d.area.as_ref().map(crate::model::AreaText::geojson).into(),
        })
        .collect()
}
