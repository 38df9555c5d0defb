//! The public facts that the demonstration rests on: divisions and outline are its own (`data/README.md`), holidays and
//! catalogue are those that every city begins with.

use serde::{Deserialize, Serialize};

use crate::when::Day;

const DIVISIONS: &str = include_str!("../data/divisions.csv");
const CATALOGUE: &str = cases::catalogue::founding::ITEMS;
const HOLIDAYS: &str = places::setup::HOLIDAYS;

/// Jiayuguan's outline as GeoJSON, CGCS2000.
pub const OUTLINE: &str = include_str!("../data/outline.geojson");

/// A row of `divisions.csv`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DivisionRow {
    /// Statistical code: 6, 9 or 12 digits.
    pub code: String,
    /// Name, without 村民委员会.
    pub name: String,
    /// One of city, county, street, town, community, village.
    pub level: String,
    /// Code of the division above; none for the city.
    pub parent: Option<String>,
}

/// Component or event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// 管理部件
    Component,
    /// 管理事项
    Event,
}

/// A row of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueRow {
    /// Component or event.
    pub kind: ItemKind,
    /// Five digits, unique within the kind.
    pub code: String,
    /// The first two of them.
    pub major_code: String,
    /// Name of the class.
    pub major_name: String,
    /// Name of the item.
    pub name: String,
}

/// A row of the holidays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolidayRow {
    /// Year of the schedule that names the day.
    pub schedule_year: i64,
    /// The day.
    pub date: Day,
    /// 春节, 国庆节 and so on.
    pub name: String,
    /// True for a make-up working day, false for a day off.
    pub works: bool,
}

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().skip(1).filter(|l| !l.is_empty()).map(|l| l.split(',').collect())
}

/// All 55 divisions, parents before children.
pub fn divisions() -> Vec<DivisionRow> {
    rows(DIVISIONS)
        .filter_map(|r| match r.as_slice() {
            [code, name, level, parent] => Some(DivisionRow {
                code: (*code).to_owned(),
                name: (*name).to_owned(),
                level: (*level).to_owned(),
                parent: (!parent.is_empty()).then(|| (*parent).to_owned()),
            }),
            _ => None,
        })
        .collect()
}

/// All 403 items of the catalogue.
pub fn catalogue() -> Vec<CatalogueRow> {
    rows(CATALOGUE)
        .filter_map(|r| match r.as_slice() {
            [kind, code, major_code, major_name, name] => Some(CatalogueRow {
                kind: if *kind == "event" { ItemKind::Event } else { ItemKind::Component },
                code: (*code).to_owned(),
                major_code: (*major_code).to_owned(),
                major_name: (*major_name).to_owned(),
                name: (*name).to_owned(),
            }),
            _ => None,
        })
        .collect()
}

/// All published days off and make-up days, 2016-2026.
pub fn holidays() -> Vec<HolidayRow> {
    rows(HOLIDAYS)
        .filter_map(|r| match r.as_slice() {
            [year, date, name, kind] => Some(HolidayRow {
                schedule_year: year.parse().ok()?,
                date: Day::parse(date)?,
                name: (*name).to_owned(),
                works: *kind == "work",
            }),
            _ => None,
        })
        .collect()
}

/// The outer ring of the outline as longitude and latitude, closed.
pub fn outline_ring() -> Vec<[f64; 2]> {
    #[derive(Deserialize)]
    struct Collection {
        features: Vec<Feature>,
    }
    #[derive(Deserialize)]
    struct Feature {
        geometry: Geometry,
    }
    #[derive(Deserialize)]
    struct Geometry {
        coordinates: Vec<Vec<[f64; 2]>>,
    }
    let read: Option<Collection> = serde_json::from_str(OUTLINE).ok();
    read.and_then(|c| c.features.into_iter().next())
        .and_then(|f| f.geometry.coordinates.into_iter().next())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{ItemKind, catalogue, divisions, holidays, outline_ring};

    #[test]
    fn nothing_is_lost_in_reading() {
        let d = divisions();
        let at = |level: &str| d.iter().filter(|r| r.level == level).count();
        assert_eq!((d.len(), at("street"), at("town"), at("community"), at("village")), (55, 2, 3, 31, 17));
        assert!(d.iter().all(|r| r.parent.iter().all(|p| d.iter().any(|x| x.code == *p))));
        let c = catalogue();
        let components = c.iter().filter(|r| r.kind == ItemKind::Component).count();
        assert_eq!((c.len(), components), (403, 153));
        assert_eq!(holidays().len(), 374);
        let ring = outline_ring();
        assert_eq!(ring.len(), 61);
        assert_eq!(ring.first(), ring.last());
    }
}
