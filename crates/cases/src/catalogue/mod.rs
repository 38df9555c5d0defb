//! The catalogue (部件和事件): what can be wrong in a city, and how much time each kind is given.
//!
//! Versions are data; exactly one is in force. Limits are looked up from the particular to the general: item and
//! condition, item, whole version. The default limits that a fresh version starts with are `DEFAULTS`; every city edits
//! them (they differ from city to city, and no national figure is certain).

pub mod commands;
pub mod store;

use crate::model::Item;
use crate::workflow::Stage;
use kernel::calendar::{Limit, TimeUnit};
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::Result;
use std::collections::HashMap;

::kernel::named! {
    /// 部件 or 事件.
    pub enum ItemKind { Component = "component", Event = "event" }
}
::kernel::named! {
    pub enum VersionState { Draft = "draft", InForce = "in-force", Retired = "retired" }
}
::store::coded!(ItemKind, VersionState);

/// Where a new version starts, until the city sets its own.
pub const DEFAULTS: &[(Stage, u32, TimeUnit)] = &[
    (Stage::Confirm, 4, TimeUnit::WorkingHour),
    (Stage::Register, 2, TimeUnit::WorkingHour),
    (Stage::Dispatch, 2, TimeUnit::WorkingHour),
    (Stage::Handle, 2, TimeUnit::WorkingDay),
    (Stage::Verify, 8, TimeUnit::WorkingHour),
    (Stage::Close, 4, TimeUnit::WorkingHour),
];

/// An item as pages and commands know it.
#[derive(Clone, Debug)]
pub struct ItemInfo {
    pub id: Id<Item>,
    pub kind: ItemKind,
    pub code: String,
    pub major_code: String,
    pub major_name: String,
    pub name: String,
    /// Offered on the public page.
    pub public: bool,
    pub default_unit: Option<Id<Unit>>,
}

/// The version in force, in memory.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    items: Vec<ItemInfo>,
    places: HashMap<Id<Item>, usize>,
    limits: HashMap<(i64, String, Stage), Limit>,
    conditions: HashMap<Id<Item>, Vec<(String, String)>>,
}

impl Catalogue {
    pub fn new(items: Vec<ItemInfo>, limits: Vec<((i64, String, Stage), Limit, String)>) -> Self {
        let places = items.iter().enumerate().map(|(i, item)| (item.id, i)).collect();
        let mut conditions: HashMap<Id<Item>, Vec<(String, String)>> = HashMap::new();
        for ((item, condition, _), _, text) in &limits {
            if *item != 0 && !condition.is_empty() {
                let list = conditions.entry(Id::new(*item)).or_default();
                if !list.iter().any(|(code, _)| code == condition) {
                    list.push((condition.clone(), text.clone()));
                }
            }
        }
        let limits = limits.into_iter().map(|(key, limit, _)| (key, limit)).collect();
        Self { items, places, limits, conditions }
    }

    pub fn items(&self) -> &[ItemInfo] {
        &self.items
    }

    pub fn item(&self, id: Id<Item>) -> Option<&ItemInfo> {
        self.places.get(&id).and_then(|i| self.items.get(*i))
    }

    pub fn by_code(&self, kind: ItemKind, code: &str) -> Option<&ItemInfo> {
        self.items.iter().find(|i| i.kind == kind && i.code == code)
    }

    pub fn name(&self, id: Option<Id<Item>>) -> &str {
        id.and_then(|id| self.item(id)).map_or("", |i| i.name.as_str())
    }

    /// 立案条件 of an item: code and text.
    pub fn conditions(&self, id: Id<Item>) -> &[(String, String)] {
        self.conditions.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The limit of a stage, from the particular to the general.
    pub fn limit(&self, item: Option<Id<Item>>, condition: &str, stage: Stage) -> Option<Limit> {
        let id = item.map_or(0, Id::raw);
        [(id, condition), (id, ""), (0, "")]
            .into_iter()
            .find_map(|(item, condition)| self.limits.get(&(item, condition.to_owned(), stage)).copied())
    }

    /// Majors in order, each with its items.
    pub fn majors(&self) -> Vec<(&str, Vec<&ItemInfo>)> {
        let mut majors: Vec<(&str, Vec<&ItemInfo>)> = Vec::new();
        for item in &self.items {
            match majors.iter_mut().find(|(name, _)| *name == item.major_name) {
                Some((_, list)) => list.push(item),
                None => majors.push((&item.major_name, vec![item])),
            }
        }
        majors
    }
}

/// Reads the version in force.
pub fn load(tx: &mut ::store::Tx<'_>) -> Result<Catalogue> {
    store::load(tx)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_go_from_the_particular_to_the_general() {
        let hours = |value| Limit { value, unit: TimeUnit::WorkingHour };
        let key = |item: i64, condition: &str| (item, condition.to_owned(), Stage::Handle);
        let catalogue = Catalogue::new(
            Vec::new(),
            vec![
                (key(0, ""), hours(9), String::new()),
                (key(5, ""), hours(4), String::new()),
                (key(5, "demolish"), hours(2), "拆除".into()),
            ],
        );
        let at = |item: Option<i64>, condition| {
            catalogue.limit(item.map(Id::new), condition, Stage::Handle).map(|l| l.value)
        };
        assert_eq!(at(Some(5), "demolish"), Some(2));
        assert_eq!(at(Some(5), "other"), Some(4));
        assert_eq!(at(Some(6), ""), Some(9));
        assert_eq!(at(None, ""), Some(9));
        assert_eq!(catalogue.limit(None, "", Stage::Close), None);
        assert_eq!(catalogue.conditions(Id::new(5)), [("demolish".to_owned(), "拆除".to_owned())]);
    }
}
