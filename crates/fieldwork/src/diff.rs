//! What is different in one version of a checklist from the one before: item by item, by their names.

use checklist::{Checklist, Item};
use serde_json::Value;
use std::collections::BTreeMap;

/// A difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Added(String),
    Removed(String),
    /// Name, and what of it: `label`, `rule`, `relevant` …
    Changed(String, Vec<String>),
    /// Items stand in another order.
    Order,
    /// A list of choices.
    List(String),
}

/// An item without what stands inside, as JSON.
fn flat(items: &[Item], inside: &str, all: &mut BTreeMap<String, Value>, order: &mut Vec<String>) {
    for item in items {
        let mut value = serde_json::to_value(item).unwrap_or_default();
        if let Value::Object(map) = &mut value {
            map.remove("items");
            map.insert("inside".to_owned(), inside.into());
        }
        order.push(item.name().to_owned());
        all.insert(item.name().to_owned(), value);
        flat(item.items(), item.name(), all, order);
    }
}

fn parts(before: &Value, after: &Value) -> Vec<String> {
    let empty = serde_json::Map::new();
    let (before, after) = (before.as_object().unwrap_or(&empty), after.as_object().unwrap_or(&empty));
    let mut names: Vec<String> = before
        .keys()
        .chain(after.keys())
        .filter(|name| before.get(*name) != after.get(*name))
        .cloned()
        .collect();
    names.sort();
    names.dedup();
    names
}

/// What is different, in the order of the names.
pub fn between(before: &Checklist, after: &Checklist) -> Vec<Change> {
    let (mut old, mut new) = (BTreeMap::new(), BTreeMap::new());
    let (mut old_order, mut new_order) = (Vec::new(), Vec::new());
    flat(&before.items, "", &mut old, &mut old_order);
    flat(&after.items, "", &mut new, &mut new_order);
    let mut changes = Vec::new();
    for (name, value) in &new {
        match old.get(name) {
            None => changes.push(Change::Added(name.clone())),
            Some(was) if was != value => changes.push(Change::Changed(name.clone(), parts(was, value))),
            Some(_) => {}
        }
    }
    changes.extend(old.keys().filter(|name| !new.contains_key(*name)).cloned().map(Change::Removed));
    for list in &after.lists {
        if before.list(&list.name) != Some(list) {
            changes.push(Change::List(list.name.clone()));
        }
    }
    old_order.retain(|name| new.contains_key(name));
    new_order.retain(|name| old.contains_key(name));
    if old_order != new_order {
        changes.push(Change::Order);
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use checklist::samples;

    #[test]
    fn every_kind_of_difference_is_told() {
        let before = samples::bus();
        assert_eq!(between(&before, &before), []);
        let mut after = before.clone();
        after.items.swap(0, 1);
        let gone = after.items.pop().unwrap().name().to_owned();
        after.lists[0].choices.pop();
        if let Item::Question(question) = &mut after.items[0] {
            question.name = "lines_seen".to_owned();
        }
        if let Item::Note(note) = &mut after.items[1] {
            note.label.zh.push('。');
        }
        let told = between(&before, &after);
        assert!(told.contains(&Change::Added("lines_seen".to_owned())), "{told:?}");
        assert!(told.contains(&Change::Removed("lines_wanted".to_owned())));
        assert!(told.contains(&Change::Removed(gone)));
        assert!(told.contains(&Change::Changed("intro".to_owned(), vec!["label".to_owned()])));
        assert!(told.contains(&Change::List("manner".to_owned())));
    }
}
