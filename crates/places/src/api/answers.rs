//! What the API says. Numbers and codes, never internal ids.

use crate::commands::{TypeDraft, working_days};
use crate::forms;
use crate::index::{Node, PlaceIndex};
use crate::model::{Section, Site, SiteType};
use crate::queries::SectionLabel;
use kernel::calendar::WorkingCalendar;
use kernel::id::Id;
use kernel::time::parse_date;
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(super) struct DivisionJson {
    code: String,
    name: String,
    level: String,
    /// Code of the division above.
    parent: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct DivisionList {
    pub(super) items: Vec<DivisionJson>,
}

impl DivisionJson {
    pub(super) fn of(index: &PlaceIndex, node: &Node) -> Self {
        let parent = node.parent.and_then(|id| index.division(id)).map(|p| p.code.to_string());
        Self {
            code: node.code.to_string(),
            name: node.name.to_string(),
            level: node.level.to_string(),
            parent,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct SectionJson {
    number: String,
    code: Option<String>,
    name: String,
    street: String,
    from_crossing: String,
    to_crossing: String,
    class: &'static str,
    length_m: f64,
    /// Code of the division it lies in.
    division: Option<String>,
    valid_from: String,
    valid_until: Option<String>,
    /// Longitude and latitude, CGCS2000.
    line: Vec<[f64; 2]>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct SectionList {
    pub(super) items: Vec<SectionJson>,
    pub(super) next: Option<String>,
}

fn code(index: &PlaceIndex, division: Option<Id<crate::model::Division>>) -> Option<String> {
    Some(index.division(division?)?.code.to_string())
}

impl SectionJson {
    pub(super) fn of(index: &PlaceIndex, s: &Section) -> Self {
        Self {
            number: s.number.clone(),
            code: s.code.clone(),
            name: s.name(),
            street: s.street.clone(),
            from_crossing: s.from_crossing.clone(),
            to_crossing: s.to_crossing.clone(),
            class: s.class.code(),
            length_m: (s.length_m * 10.0).round() / 10.0,
            division: code(index, s.division_id),
            valid_from: s.valid_from.to_string(),
            valid_until: s.valid_until.map(|d| d.to_string()),
            line: s.line.points().iter().map(|p| [p.lng, p.lat]).collect(),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct SiteJson {
    number: String,
    code: Option<String>,
    name: String,
    r#type: String,
    /// CGCS2000.
    lng: f64,
    lat: f64,
    address: Option<String>,
    /// Number of the section it lies on.
    section: Option<String>,
    along_m: Option<f64>,
    division: Option<String>,
    active: bool,
}

#[derive(Serialize, ToSchema)]
pub(super) struct SiteList {
    pub(super) items: Vec<SiteJson>,
    pub(super) next: Option<String>,
}

impl SiteJson {
    pub(super) fn of(index: &PlaceIndex, names: &HashMap<Id<Section>, SectionLabel>, s: &Site) -> Self {
        Self {
            number: s.number.clone(),
            code: s.code.clone(),
            name: s.name.clone(),
            r#type: s.type_code.clone(),
            lng: s.lng,
            lat: s.lat,
            address: s.address.clone(),
            section: s.section_id.and_then(|id| names.get(&id)).map(|label| label.number.clone()),
            along_m: s.along_m.map(|m| (m * 10.0).round() / 10.0),
            division: code(index, s.division_id),
            active: s.active,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct SiteTypeJson {
    code: String,
    name_zh: String,
    name_en: String,
    /// What other people's lists call it, separated by spaces.
    words: String,
    /// False for a type that is offered no more.
    active: bool,
    version: i64,
}

#[derive(Serialize, ToSchema)]
pub(super) struct SiteTypeList {
    pub(super) items: Vec<SiteTypeJson>,
}

impl SiteTypeJson {
    pub(super) fn of(of: &SiteType) -> Self {
        Self {
            code: of.code.clone(),
            name_zh: of.name_zh.clone(),
            name_en: of.name_en.clone(),
            words: of.words.clone(),
            active: of.active,
            version: of.version,
        }
    }
}

/// A type of site as it should be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SiteTypeDraft {
    name_zh: String,
    name_en: String,
    #[serde(default)]
    words: String,
    active: bool,
    /// The version that was read; left out for a new type.
    #[serde(default)]
    version: Option<i64>,
}

impl SiteTypeDraft {
    pub(super) fn draft(self, code: String) -> (TypeDraft, Option<i64>) {
        let Self { name_zh, name_en, words, active, version } = self;
        (TypeDraft { code, name_zh, name_en, words, active }, version)
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct SpecialDay {
    date: String,
    /// `off` or `work`.
    kind: &'static str,
    name: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct CalendarAnswer {
    year: i16,
    /// While this is false, deadlines that touch the year are provisional.
    published: bool,
    working_days: i64,
    days: Vec<SpecialDay>,
    /// Hours of duty from Monday to Sunday, e.g. `08:30-12:00 14:30-18:00`.
    duty: Vec<String>,
}

impl CalendarAnswer {
    pub(super) fn of(calendar: &WorkingCalendar, year: i16) -> Self {
        let data = calendar.data();
        let dates = (1..=12).flat_map(|m| (1..=31).map(move |d| (m, d)));
        let dates = dates.filter_map(|(m, d)| parse_date(&format!("{year:04}-{m:02}-{d:02}")));
        let days = dates.filter_map(|date| {
            let (kind, name) = data.special(date)?;
            Some(SpecialDay { date: date.to_string(), kind: kind.as_str(), name: name.to_owned() })
        });
        Self {
            year,
            published: data.is_published(year),
            working_days: working_days(calendar, year),
            days: days.collect(),
            duty: (0..7).map(|weekday| forms::duty_text(data.duty.of(weekday))).collect(),
        }
    }
}
