//! Which things go wrong, how often, whose they are, how long they may take, and how people put it.
//!
//! The table is `data/items.csv`. Its columns: kind and code in the catalogue; share; key of the unit, `@` for the street
//! or town office; limit as a letter pair (`uh` urgent hours, `wh` working hours, `wd` working days, `cd` calendar days)
//! and a number; what the picture shows; where; when; and ways to say it, parted by `|`, in which `{n}` stands for a
//! small number, `{m}` for metres and `{shop}` for a sort of shop.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::types::{Limit, TimeUnit};
use crate::facts::ItemKind;
use crate::pictures::Problem;

/// Where an item is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    /// Along any street in town.
    Street,
    /// Along main and secondary roads.
    Big,
    /// In lanes and branch roads.
    Lane,
    /// At a site of this type.
    Site(&'static str),
}

/// When in the year it is found most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Season {
    /// All year.
    Always,
    /// November to March.
    Winter,
    /// May to September, in the evening.
    SummerNight,
    /// May to September.
    Summer,
    /// September to November.
    Autumn,
    /// March to May, when the wind blows.
    Spring,
}

/// A row of the table.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) kind: ItemKind,
    pub(super) code: &'static str,
    pub(super) weight: f64,
    pub(super) unit: &'static str,
    pub(super) limit: Limit,
    pub(super) problem: Problem,
    pub(super) at: At,
    pub(super) season: Season,
    pub(super) says: Vec<&'static str>,
}

const TABLE: &str = include_str!("../../data/items.csv");

/// The items people report, with their shares. A row that cannot be read is left out; a test sees to it that none is.
pub(super) fn all() -> Vec<Item> {
    TABLE.lines().skip(1).filter_map(item).collect()
}

fn item(line: &'static str) -> Option<Item> {
    let cells: Vec<&'static str> = line.split(',').collect();
    let [kind, code, weight, unit, limit, problem, at, season, says] = cells.as_slice() else { return None };
    Some(Item {
        kind: word(kind)?,
        code,
        weight: weight.parse().ok()?,
        unit,
        limit: parse_limit(limit)?,
        problem: word(problem)?,
        at: match *at {
            "street" => At::Street,
            "big" => At::Big,
            "lane" => At::Lane,
            site => At::Site(site.strip_prefix("site:")?),
        },
        season: word(season)?,
        says: says.split('|').collect(),
    })
}

/// A word of the table as the value that is written so in JSON.
fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::from(text)).ok()
}

fn parse_limit(text: &str) -> Option<Limit> {
    let (unit, value) = text.split_at_checked(2)?;
    let unit = match unit {
        "uh" => TimeUnit::UrgentHour,
        "wh" => TimeUnit::WorkingHour,
        "wd" => TimeUnit::WorkingDay,
        "cd" => TimeUnit::CalendarDay,
        _ => return None,
    };
    Some(Limit { value: value.parse().ok()?, unit })
}

const fn wd(value: u32) -> Limit {
    Limit { value, unit: TimeUnit::WorkingDay }
}

/// For the rest of the catalogue: the unit and the limit of a class.
pub(super) fn of_class(major: &str) -> (&'static str, Limit) {
    match major {
        "01" => ("shizheng", wd(3)),
        "02" => ("jiaotong", wd(5)),
        "03" => ("huanwei", wd(3)),
        "04" => ("yuanlin", wd(5)),
        "05" => ("zhujian", Limit { value: 10, unit: TimeUnit::CalendarDay }),
        "06" | "09" | "10" => ("zhifa", wd(1)),
        "07" => ("zhifa", wd(3)),
        _ => ("zhujian", wd(3)),
    }
}

impl Season {
    /// The share of a month.
    pub(super) fn weight(self, month: i64) -> f64 {
        match (self, month) {
            (Self::Always, _) => 1.0,
            (Self::Winter, 12 | 1 | 2) => 3.0,
            (Self::Winter, 11 | 3) | (Self::Autumn, 9) => 1.2,
            (Self::SummerNight | Self::Summer, 6..=8) => 2.2,
            (Self::SummerNight | Self::Summer, 5 | 9) => 1.3,
            (Self::Autumn, 10 | 11) => 3.5,
            (Self::Spring, 3..=5) => 2.6,
            (Self::Winter, _) => 0.0,
            (Self::Summer | Self::Spring, _) => 0.35,
            (Self::SummerNight | Self::Autumn, _) => 0.2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{TABLE, all};
    use crate::facts;

    #[test]
    fn every_item_is_in_the_catalogue() {
        let rows = facts::catalogue();
        let items = all();
        assert_eq!(items.len() + 1, TABLE.lines().count(), "every row is read");
        for item in items {
            assert!(rows.iter().any(|r| r.kind == item.kind && r.code == item.code), "{}", item.code);
            assert!(!item.says.is_empty());
        }
    }
}
