//! The tree of a scheme: its order, and what is wrong with it. Pure.

use super::model::{Node, NodeKind, Scheme};
use kernel::id::Id;
use scoring::{Kind, SchemeFault};
use std::collections::HashMap;

/// A node where it is shown: after the one above it, before its next sister.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    pub node: Node,
    /// 0 for those at the top.
    pub depth: usize,
    /// Code of the node above.
    pub parent: Option<String>,
    /// Nodes stand below it.
    pub divided: bool,
}

/// Something that keeps a scheme from being published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// `scheme-fault-<code>` is its text.
    pub code: &'static str,
    /// Code of the node; empty for the whole.
    pub node: String,
}

/// Nodes in the order in which they are read.
pub fn ordered(nodes: &[Node]) -> Vec<Placed> {
    let mut below: HashMap<Option<Id<Node>>, Vec<&Node>> = HashMap::new();
    let known: HashMap<Id<Node>, &Node> = nodes.iter().map(|node| (node.id, node)).collect();
    for node in nodes {
        let parent = node.parent_id.filter(|parent| known.contains_key(parent));
        below.entry(parent).or_default().push(node);
    }
    for sisters in below.values_mut() {
        sisters.sort_by_key(|node| (node.place, node.id.raw()));
    }
    let mut placed = Vec::with_capacity(nodes.len());
    let mut open: Vec<(&Node, usize)> = Vec::new();
    // each node is pushed once: moves make no circles
    for &node in below.get(&None).into_iter().flatten().rev() {
        open.push((node, 0));
    }
    while let Some((node, depth)) = open.pop() {
        let parent = node.parent_id.and_then(|parent| known.get(&parent)).map(|parent| parent.code.clone());
        let divided = below.contains_key(&Some(node.id));
        placed.push(Placed { node: node.clone(), depth, parent, divided });
        for &child in below.get(&Some(node.id)).into_iter().flatten().rev() {
            open.push((child, depth + 1));
        }
    }
    placed
}

/// The tree for adding up, nodes in the order of [`ordered`].
///
/// # Errors
/// Everything that is wrong with it.
pub fn checked(placed: &[Placed]) -> Result<scoring::Scheme, Vec<Fault>> {
    let mut faults = Vec::new();
    if placed.is_empty() {
        faults.push(Fault { code: "empty", node: String::new() });
    }
    let code = |at: usize| placed.get(at).map(|p| p.node.code.clone()).unwrap_or_default();
    for of in placed {
        let node = &of.node;
        let fault = |code: &'static str| Fault { code, node: node.code.clone() };
        if !of.divided && node.parts.0.is_empty() {
            faults.push(fault("no-way"));
        }
        if node.kind == NodeKind::Veto && node.veto.0.is_none() {
            faults.push(fault("no-effect"));
        }
    }
    match scoring::Scheme::new(placed.iter().map(plain).collect()) {
        Ok(scheme) if faults.is_empty() => Ok(scheme),
        Ok(_) => Err(faults),
        Err(found) => {
            faults.extend(found.into_iter().map(|fault| match fault {
                SchemeFault::RepeatedCode { node } => Fault { code: "repeated-code", node: code(node) },
                SchemeFault::NoSuchParent { node } => Fault { code: "no-parent", node: code(node) },
                SchemeFault::Circle { node } => Fault { code: "circle", node: code(node) },
                SchemeFault::JudgedAndDivided { node } => {
                    Fault { code: "judged-and-divided", node: code(node) }
                }
                SchemeFault::NegativePoints { node } => Fault { code: "negative", node: code(node) },
                SchemeFault::RepeatedWay { node } => Fault { code: "repeated-way", node: code(node) },
            }));
            faults.dedup();
            Err(faults)
        }
    }
}

fn plain(of: &Placed) -> scoring::Node {
    let node = &of.node;
    scoring::Node {
        code: node.code.clone(),
        name: node.name.clone(),
        parent: of.parent.clone(),
        kind: match (node.kind, &node.veto.0) {
            (NodeKind::Normal, _) | (NodeKind::Veto, None) => Kind::Normal,
            (NodeKind::Bonus, _) => Kind::Bonus,
            (NodeKind::Veto, Some(effect)) => Kind::Veto(effect.clone()),
        },
        parts: node.parts.0.iter().map(|part| (part.way.clone(), part.points.clone())).collect(),
    }
}

/// Ways that are used, in the order in which they first appear.
pub fn ways(placed: &[Placed], scheme: &Scheme) -> Vec<String> {
    let mut ways: Vec<String> = Vec::new();
    for way in placed.iter().flat_map(|p| &p.node.parts.0).map(|part| &part.way) {
        if !ways.contains(way) {
            ways.push(way.clone());
        }
    }
    if ways.is_empty() {
        ways.push(scheme.observed_way.clone());
    }
    ways
}
