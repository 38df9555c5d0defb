//! The tree of divisions with everything that is asked often worked out beforehand.

use super::Located;
use crate::model::Division;
use kernel::ctx::Unit;
use kernel::id::Id;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A division in the tree.
#[derive(Clone, Debug)]
pub struct Node {
    pub id: Id<Division>,
    pub code: Arc<str>,
    pub name: Arc<str>,
    pub level: Arc<str>,
    pub parent: Option<Id<Division>>,
    /// Its own unit.
    pub unit: Option<Id<Unit>>,
    /// From the root down to itself.
    pub path: Vec<Id<Division>>,
    /// Its own unit, or that of the nearest division above that has one.
    pub governing: Option<Id<Unit>>,
    pub has_area: bool,
}

impl Node {
    /// 0 for the city.
    pub fn depth(&self) -> usize {
        self.path.len() - 1
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    places: HashMap<Id<Division>, usize>,
}

impl Tree {
    /// In the order of codes, each behind its parent. A parent that is missing, or a circle, makes a root.
    pub(super) fn new(mut divisions: Vec<Division>) -> Self {
        divisions.sort_by(|a, b| a.code.cmp(&b.code));
        let mut below: HashMap<Option<Id<Division>>, Vec<&Division>> = HashMap::new();
        let known: HashSet<Id<Division>> = divisions.iter().map(|d| d.id).collect();
        for division in &divisions {
            let parent = division.parent_id.filter(|p| known.contains(p) && *p != division.id);
            below.entry(parent).or_default().push(division);
        }
        let mut tree = Self::default();
        tree.add_all(&below, None);
        for division in &divisions {
            if !tree.places.contains_key(&division.id) {
                tree.add(&below, division, None);
            }
        }
        tree
    }

    fn add_all(&mut self, below: &HashMap<Option<Id<Division>>, Vec<&Division>>, parent: Option<usize>) {
        let id = parent.map(|at| self.nodes[at].id);
        for division in below.get(&id).into_iter().flatten() {
            if !self.places.contains_key(&division.id) {
                self.add(below, division, parent);
            }
        }
    }

    fn add(
        &mut self,
        below: &HashMap<Option<Id<Division>>, Vec<&Division>>,
        d: &Division,
        parent: Option<usize>,
    ) {
        let above = parent.map(|at| &self.nodes[at]);
        let mut path = above.map(|node| node.path.clone()).unwrap_or_default();
        path.push(d.id);
        let node = Node {
            id: d.id,
            code: d.code.as_str().into(),
            name: d.name.as_str().into(),
            level: d.level.as_str().into(),
            parent: above.map(|node| node.id),
            unit: d.unit_id,
            path,
            governing: d.unit_id.or_else(|| above.and_then(|node| node.governing)),
            has_area: d.area.is_some(),
        };
        let at = self.nodes.len();
        self.places.insert(d.id, at);
        self.nodes.push(node);
        self.add_all(below, Some(at));
    }

    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    pub(super) fn position(&self, id: Id<Division>) -> Option<usize> {
        self.places.get(&id).copied()
    }

    pub(super) fn get(&self, id: Id<Division>) -> Option<&Node> {
        self.position(id).map(|at| &self.nodes[at])
    }

    pub(super) fn located(&self, at: usize) -> Located {
        let node = &self.nodes[at];
        Located {
            division_path: node.path.clone(),
            division: Some(node.id),
            governing_unit: node.governing,
            ..Located::default()
        }
    }

    /// Names from the street downwards. The city and a placeholder county of its own name say nothing new.
    pub(super) fn path_name(&self, id: Id<Division>) -> String {
        let Some(node) = self.get(id) else { return String::new() };
        let root = self.nodes.first().map(|root| Arc::clone(&root.name));
        let names: Vec<&str> = node
            .path
            .iter()
            .filter_map(|id| self.get(*id))
            .filter(|n| Some(&n.name) != root.as_ref())
            .map(|n| &*n.name)
            .collect();
        if names.is_empty() { node.name.to_string() } else { names.join(" ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn division(id: i64, code: &str, parent: Option<i64>, unit: Option<i64>) -> Division {
        Division {
            id: Id::new(id),
            code: code.to_owned(),
            name: format!("n{code}"),
            level: "x".to_owned(),
            parent_id: parent.map(Id::new),
            unit_id: unit.map(Id::new),
            area: None,
            version: 1,
        }
    }

    #[test]
    fn the_nearest_unit_above_governs_and_circles_end() {
        let tree = Tree::new(vec![
            division(3, "c", Some(2), None),
            division(2, "b", Some(1), Some(20)),
            division(1, "a", None, Some(10)),
            division(4, "d", Some(5), None),
            division(5, "e", Some(4), None),
            division(6, "f", Some(99), None),
        ]);
        let node = tree.get(Id::new(3)).unwrap();
        assert_eq!(node.path, [Id::new(1), Id::new(2), Id::new(3)]);
        assert_eq!(node.governing, Some(Id::new(20)));
        assert_eq!(tree.path_name(node.id), "nb nc");
        assert_eq!(tree.nodes().len(), 6, "nothing is lost to a circle or a missing parent");
    }
}
