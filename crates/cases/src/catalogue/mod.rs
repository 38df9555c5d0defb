//! The catalogue (部件和事件): what can be wrong in a city, and how much time each kind is given.
//!
//! Versions are data; exactly one is in force. An item that goes on from one version to the next stays the same item. Limits
//! are looked up from the particular to the general: item and condition, item, whole version. They differ from city to
//! city, and no national figure is certain: what a city begins with is marked as to be confirmed, and shown so, until
//! somebody of the city has looked at it.
//!
//! Read in this order: this file, [`publish`] (a new version), [`commands`] (limits, names of other systems), [`file`] (what
//! is exported and read again), [`founding`] (what a new city begins with). What items ask of whoever reports: [`extras`],
//! [`edit_extras`].

pub mod commands;
pub mod edit_extras;
pub mod extras;
pub mod file;
pub mod founding;
pub mod import;
pub mod publish;
pub mod store;

use crate::model::Item;
use crate::workflow::Stage;
use extras::Extra;
use kernel::calendar::{Limit, TimeUnit};
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::Result;
use std::collections::{HashMap, HashSet};

::kernel::named! {
    /// 部件 or 事件.
    pub enum ItemKind { Component = "component", Event = "event" }
}
::kernel::named! {
    pub enum VersionState { Draft = "draft", InForce = "in-force", Retired = "retired" }
}
::store::coded!(ItemKind, VersionState);

/// The stages' limits where neither a file nor the version before has one. Ours, to be confirmed by each city.
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

/// What a limit is for: an item (0: everything), the code of its 立案条件 (empty: its usual one), a stage.
pub type LimitKey = (i64, String, Stage);

/// A limit as pages and commands know it.
#[derive(Clone, Debug)]
pub struct LimitInfo {
    pub key: LimitKey,
    pub limit: Limit,
    pub condition_text: String,
    /// Whether somebody of the city has set it or said that it holds.
    pub confirmed: bool,
}

/// The version in force, in memory.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    items: Vec<ItemInfo>,
    places: HashMap<Id<Item>, usize>,
    /// Items of older versions, whose names old cases still have.
    former: HashMap<Id<Item>, ItemInfo>,
    limits: HashMap<LimitKey, Limit>,
    unconfirmed: HashSet<LimitKey>,
    conditions: HashMap<Id<Item>, Vec<(String, String)>>,
    extras: HashMap<Id<Item>, Vec<Extra>>,
}

impl Catalogue {
    pub fn new(items: Vec<ItemInfo>, former: Vec<ItemInfo>, limits: Vec<LimitInfo>) -> Self {
        let mut catalogue = Self {
            places: items.iter().enumerate().map(|(i, item)| (item.id, i)).collect(),
            former: former.into_iter().map(|item| (item.id, item)).collect(),
            items,
            ..Self::default()
        };
        for info in limits {
            let (item, condition, _) = &info.key;
            if *item != 0 && !condition.is_empty() {
                let list = catalogue.conditions.entry(Id::new(*item)).or_default();
                if !list.iter().any(|(code, _)| code == condition) {
                    list.push((condition.clone(), info.condition_text));
                }
            }
            if !info.confirmed {
                catalogue.unconfirmed.insert(info.key.clone());
            }
            catalogue.limits.insert(info.key, info.limit);
        }
        catalogue
    }

    /// With the questions in force, in their order.
    #[must_use]
    pub fn with_extras(mut self, extras: Vec<Extra>) -> Self {
        for extra in extras {
            self.extras.entry(extra.item).or_default().push(extra);
        }
        self
    }

    /// 附加问题: what whoever reports an item is asked beside the usual.
    pub fn extras(&self, item: Option<Id<Item>>) -> &[Extra] {
        item.and_then(|item| self.extras.get(&item)).map_or(&[], Vec::as_slice)
    }

    /// The items in force.
    pub fn items(&self) -> &[ItemInfo] {
        &self.items
    }

    /// An item in force, or one of an older version.
    pub fn item(&self, id: Id<Item>) -> Option<&ItemInfo> {
        let in_force = self.places.get(&id).and_then(|i| self.items.get(*i));
        in_force.or_else(|| self.former.get(&id))
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
        self.found(item, condition, stage).map(|(_, limit)| limit)
    }

    /// Whether nobody of the city has confirmed the limit that [`limit`](Self::limit) finds.
    pub fn is_to_confirm(&self, item: Option<Id<Item>>, condition: &str, stage: Stage) -> bool {
        self.found(item, condition, stage).is_some_and(|(key, _)| self.unconfirmed.contains(&key))
    }

    /// How many limits are to be confirmed: of everything, and of particular items.
    pub fn to_confirm(&self) -> (usize, usize) {
        let usual = self.unconfirmed.iter().filter(|(item, ..)| *item == 0).count();
        (usual, self.unconfirmed.len() - usual)
    }

    /// Whether an item has a limit of its own that is to be confirmed.
    pub fn has_to_confirm(&self, item: Id<Item>) -> bool {
        self.unconfirmed.iter().any(|(of, ..)| *of == item.raw())
    }

    fn found(&self, item: Option<Id<Item>>, condition: &str, stage: Stage) -> Option<(LimitKey, Limit)> {
        let id = item.map_or(0, Id::raw);
        [(id, condition), (id, ""), (0, "")].into_iter().find_map(|(item, condition)| {
            let key = (item, condition.to_owned(), stage);
            self.limits.get(&key).copied().map(|limit| (key, limit))
        })
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

    fn hours(item: i64, condition: &str, value: u32, confirmed: bool) -> LimitInfo {
        LimitInfo {
            key: (item, condition.to_owned(), Stage::Handle),
            limit: Limit { value, unit: TimeUnit::WorkingHour },
            condition_text: if condition.is_empty() { String::new() } else { "拆除".to_owned() },
            confirmed,
        }
    }

    #[test]
    fn limits_go_from_the_particular_to_the_general() {
        let limits = vec![hours(0, "", 9, true), hours(5, "", 4, false), hours(5, "demolish", 2, true)];
        let catalogue = Catalogue::new(Vec::new(), Vec::new(), limits);
        let at = |item: Option<i64>, condition| {
            let limit = catalogue.limit(item.map(Id::new), condition, Stage::Handle).map(|l| l.value);
            (limit, catalogue.is_to_confirm(item.map(Id::new), condition, Stage::Handle))
        };
        assert_eq!(at(Some(5), "demolish"), (Some(2), false));
        assert_eq!(at(Some(5), "other"), (Some(4), true));
        assert_eq!(at(Some(6), ""), (Some(9), false));
        assert_eq!(at(None, ""), (Some(9), false));
        assert_eq!(catalogue.limit(None, "", Stage::Close), None);
        assert_eq!(catalogue.conditions(Id::new(5)), [("demolish".to_owned(), "拆除".to_owned())]);
        assert_eq!(catalogue.to_confirm(), (0, 1));
        assert!(catalogue.has_to_confirm(Id::new(5)) && !catalogue.has_to_confirm(Id::new(6)));
    }
}
