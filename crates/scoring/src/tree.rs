//! A scheme's tree: what its standards come to together.
//!
//! Weights are the scheme's own and need not add up to 100. A standard may be judged in several ways (papers, places,
//! questions), each with points of its own. What nobody has looked at yet is said, never guessed.

use crate::exact::Exact;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What is taken away, or undone, when a veto item is not met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Veto {
    /// So many points of the whole.
    Minus(Exact),
    /// The whole is not above this any more.
    AtMost(Exact),
    /// The whole comes to nothing.
    Nothing,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Normal,
    /// Adds to the points and not to what could be reached.
    Bonus,
    Veto(Veto),
}

/// A node of a scheme: an item, a group, a standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    pub code: String,
    pub name: String,
    /// Code of the node above; none for those at the top.
    pub parent: Option<String>,
    pub kind: Kind,
    /// Points of each way of judging it, by the way's name: only standards have any.
    pub parts: Vec<(String, Exact)>,
}

/// What one way of judging came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    pub way: String,
    pub points: Exact,
    /// None: nobody has looked.
    pub share: Option<Exact>,
}

/// What to do with what nobody has looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// It counts neither for nor against: a rate of what was seen.
    LeftOut,
    /// It counts as lost.
    Lost,
}

/// What a node came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figure {
    pub points: Exact,
    /// What could be reached with what was looked at.
    pub reachable: Exact,
    /// What could be reached in all.
    pub full: Exact,
    /// Of a standard: what it was made of.
    pub parts: Vec<Part>,
    /// Standards below that nobody has looked at, itself included.
    pub unseen: usize,
}

impl Figure {
    /// Points of what could be reached (得分率); none while nothing could.
    pub fn rate(&self) -> Option<Exact> {
        self.points.over(&self.reachable)
    }

    fn add(&mut self, other: &Figure) {
        self.points += &other.points;
        self.reachable += &other.reachable;
        self.full += &other.full;
        self.unseen += other.unseen;
    }
}

/// What the whole came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sums {
    /// In the order of the scheme's nodes.
    pub nodes: Vec<Figure>,
    /// Before vetoes.
    pub before: Figure,
    pub total: Figure,
    /// Codes of the veto items that were not met.
    pub vetoes: Vec<String>,
}

/// What is wrong with a tree. `node` is the place in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeFault {
    RepeatedCode {
        node: usize,
    },
    NoSuchParent {
        node: usize,
    },
    /// The node is, in the end, above itself.
    Circle {
        node: usize,
    },
    /// A standard that is judged cannot have others below it.
    JudgedAndDivided {
        node: usize,
    },
    NegativePoints {
        node: usize,
    },
    RepeatedWay {
        node: usize,
    },
}

/// A tree that was found in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    nodes: Vec<Node>,
    parents: Vec<Option<usize>>,
    /// Every node after all that are below it.
    upwards: Vec<usize>,
}

impl Scheme {
    /// # Errors
    /// Everything that is wrong with it.
    pub fn new(nodes: Vec<Node>) -> Result<Self, Vec<SchemeFault>> {
        let mut faults = Vec::new();
        let mut places = HashMap::new();
        for (node, found) in nodes.iter().enumerate() {
            if places.insert(found.code.as_str(), node).is_some() {
                faults.push(SchemeFault::RepeatedCode { node });
            }
            if found.parts.iter().any(|(_, points)| points.is_negative()) {
                faults.push(SchemeFault::NegativePoints { node });
            }
            let repeated = |n: usize, way: &str| found.parts.iter().skip(n + 1).any(|(w, _)| w == way);
            if found.parts.iter().enumerate().any(|(n, (way, _))| repeated(n, way)) {
                faults.push(SchemeFault::RepeatedWay { node });
            }
        }
        let mut parents = vec![None; nodes.len()];
        for (node, found) in nodes.iter().enumerate() {
            let Some(code) = &found.parent else { continue };
            match (places.get(code.as_str()), parents.get_mut(node)) {
                (Some(parent), Some(slot)) => {
                    *slot = Some(*parent);
                    if nodes.get(*parent).is_some_and(|n| !n.parts.is_empty()) {
                        faults.push(SchemeFault::JudgedAndDivided { node: *parent });
                    }
                }
                _ => faults.push(SchemeFault::NoSuchParent { node }),
            }
        }
        let depths: Vec<Option<usize>> = (0..nodes.len()).map(|node| depth(&parents, node)).collect();
        faults.extend(
            (0..).zip(&depths).filter(|(_, d)| d.is_none()).map(|(node, _)| SchemeFault::Circle { node }),
        );
        faults.dedup();
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut upwards: Vec<usize> = (0..nodes.len()).collect();
        upwards.sort_by_key(|node| std::cmp::Reverse(depths.get(*node).copied().flatten()));
        drop(places);
        Ok(Self { nodes, parents, upwards })
    }

    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// What everything comes to. `shares`: what each way of judging a standard came to, by code and way.
    pub fn sums(&self, shares: &HashMap<(&str, &str), Exact>, missing: Missing) -> Sums {
        let mut figures: Vec<Figure> =
            self.nodes.iter().map(|node| standard(node, shares, missing)).collect();
        let mut before = Figure::default();
        let mut vetoes = Vec::new();
        for node in &self.upwards {
            let (Some(of), Some(figure)) = (self.nodes.get(*node), figures.get(*node).cloned()) else {
                continue;
            };
            if matches!(of.kind, Kind::Veto(_)) {
                // it is looked at by itself, and counts nowhere else
                if figure.parts.iter().any(|part| part.share.as_ref().is_some_and(|s| *s < Exact::one())) {
                    vetoes.push(*node);
                }
                continue;
            }
            let handed = match of.kind {
                Kind::Bonus => Figure { points: figure.points, ..Figure::default() },
                _ => Figure { parts: Vec::new(), ..figure },
            };
            match self.parents.get(*node).copied().flatten().and_then(|parent| figures.get_mut(parent)) {
                Some(parent) => parent.add(&handed),
                None => before.add(&handed),
            }
        }
        vetoes.sort_unstable();
        let mut total = before.clone();
        for veto in vetoes.iter().filter_map(|node| self.nodes.get(*node)) {
            if let Kind::Veto(effect) = &veto.kind {
                total.points = match effect {
                    Veto::Minus(points) => (total.points - points.clone()).max(Exact::zero()),
                    Veto::AtMost(points) => total.points.min(points.clone()),
                    Veto::Nothing => Exact::zero(),
                };
            }
        }
        let vetoes = vetoes.into_iter().filter_map(|n| Some(self.nodes.get(n)?.code.clone())).collect();
        Sums { nodes: figures, before, total, vetoes }
    }
}

/// Steps up to the top; none where there is no top.
fn depth(parents: &[Option<usize>], mut node: usize) -> Option<usize> {
    for steps in 0..=parents.len() {
        match parents.get(node).copied().flatten() {
            None => return Some(steps),
            Some(parent) => node = parent,
        }
    }
    None
}

fn standard(node: &Node, shares: &HashMap<(&str, &str), Exact>, missing: Missing) -> Figure {
    let mut figure = Figure::default();
    for (way, points) in &node.parts {
        let share = shares.get(&(node.code.as_str(), way.as_str())).cloned();
        figure.full += points;
        match &share {
            Some(share) => {
                figure.points += &(points * share);
                figure.reachable += points;
            }
            None if missing == Missing::Lost => figure.reachable += points,
            None => {}
        }
        figure.parts.push(Part { way: way.clone(), points: points.clone(), share });
    }
    let looked_at = figure.parts.iter().any(|part| part.share.is_some());
    figure.unseen = usize::from(!node.parts.is_empty() && !looked_at);
    figure
}

#[cfg(test)]
#[path = "tree_tests.rs"]
mod tests;
