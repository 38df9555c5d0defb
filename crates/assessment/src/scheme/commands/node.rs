//! Nodes of a draft: added, changed, moved, taken out.

use super::{NodeDraft, event, load_open, rows, touch};
use crate::scheme::model::{Node, NodeKind, Scheme};
use ::store::Tx;
use ::store::value::Json;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;

kernel::named! {
    /// Where a node goes.
    pub enum Shift {
        /// Before its sister.
        Up = "up",
        Down = "down",
        /// Below the sister before it.
        In = "in",
        /// Beside the one above it.
        Out = "out",
    }
}

fn made(tx: &mut Tx<'_>, scheme: &Scheme, parent: Option<Id<Node>>, place: i64, draft: NodeDraft) -> Node {
    Node {
        id: tx.new_id(),
        scheme_id: scheme.id,
        parent_id: parent,
        place,
        code: draft.code,
        name: draft.name,
        kind: draft.kind,
        veto: Json(if draft.kind == NodeKind::Veto { draft.veto } else { None }),
        parts: Json(draft.parts),
        lead_unit: draft.lead_unit,
        units: Json(draft.units),
        point_types: Json(draft.point_types),
        evidence: Json(draft.evidence),
        observed: Json(draft.observed),
        note: draft.note,
        version: 1,
    }
}

/// Writes a node that was checked before.
pub(super) fn put(
    tx: &mut Tx<'_>,
    scheme: &Scheme,
    parent: Option<Id<Node>>,
    place: i64,
    draft: NodeDraft,
) -> Result<Node> {
    let node = made(tx, scheme, parent, place, draft);
    tx.insert(&node)?;
    Ok(node)
}

/// Adds a node below another, or at the top.
///
/// # Errors
/// What [`NodeDraft::check`] finds; `node_code: used-already`; 404 without the node above; `scheme-frozen` (409).
pub fn add(ctx: &Ctx, tx: &mut Tx<'_>, number: &str, above: Option<&str>, draft: NodeDraft) -> Result<Node> {
    let scheme = load_open(ctx, tx, number)?;
    draft.check()?;
    let nodes = rows::nodes(tx, scheme.id)?;
    if nodes.iter().any(|node| node.code == draft.code) {
        return Err(Problem::field("node_code", "used-already"));
    }
    let parent = match above {
        None => None,
        Some(code) => {
            let found = nodes.iter().find(|node| node.code == code).ok_or_else(Problem::not_found)?;
            Some(found.id)
        }
    };
    let place = nodes.iter().filter(|n| n.parent_id == parent).map(|n| n.place).max().unwrap_or(0) + 1;
    let node = put(tx, &scheme, parent, place, draft)?;
    let of = event("assessment.node-added", &scheme).with("code", node.code.as_str());
    tx.record(ctx, of.with("name", node.name.as_str()))?;
    touch(tx, scheme)?;
    Ok(node)
}

/// Changes a node. `version`: as it was seen.
///
/// # Errors
/// As [`add`]; `stale` (409).
pub fn edit(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    number: &str,
    code: &str,
    draft: NodeDraft,
    version: Option<i64>,
) -> Result<Node> {
    let scheme = load_open(ctx, tx, number)?;
    let before = rows::node(tx, scheme.id, code)?.ok_or_else(Problem::not_found)?;
    if version.is_some_and(|seen| seen != before.version) {
        return Err(Problem::stale());
    }
    draft.check()?;
    if draft.code != code && rows::node(tx, scheme.id, &draft.code)?.is_some() {
        return Err(Problem::field("node_code", "used-already"));
    }
    let of = event("assessment.node-edited", &scheme).with("code", draft.code.as_str()).with("was", code);
    let of = of.with("name", draft.name.as_str());
    let fresh = made(tx, &scheme, before.parent_id, before.place, draft);
    let node = Node { id: before.id, version: before.version, ..fresh };
    tx.save(&node)?;
    tx.record(ctx, of)?;
    touch(tx, scheme)?;
    Ok(Node { version: node.version + 1, ..node })
}

/// Moves a node with all that is below it.
///
/// # Errors
/// `node-cannot-move` (409) where there is no place in that direction; 404; `scheme-frozen` (409).
pub fn shift(ctx: &Ctx, tx: &mut Tx<'_>, number: &str, code: &str, to: Shift) -> Result<()> {
    let scheme = load_open(ctx, tx, number)?;
    let nodes = rows::nodes(tx, scheme.id)?;
    let node = nodes.iter().find(|node| node.code == code).ok_or_else(Problem::not_found)?.clone();
    let sisters: Vec<&Node> = nodes.iter().filter(|n| n.parent_id == node.parent_id).collect();
    let at = sisters.iter().position(|n| n.id == node.id).unwrap_or_default();
    let nowhere = || Problem::conflict("node-cannot-move").arg("code", code);
    let before = at.checked_sub(1).and_then(|at| sisters.get(at)).copied();
    match to {
        Shift::Up | Shift::Down => {
            let other = if to == Shift::Up { before } else { sisters.get(at + 1).copied() };
            let mut order: Vec<Id<Node>> = sisters.iter().map(|n| n.id).collect();
            let to = order.iter().position(|id| Some(*id) == other.map(|o| o.id)).ok_or_else(nowhere)?;
            order.swap(at, to);
            // sisters may share a place after a copy: all are numbered anew
            for (place, id) in (1..).zip(order) {
                if let Some(sister) = sisters.iter().find(|n| n.id == id).filter(|n| n.place != place) {
                    tx.save(&Node { place, ..(*sister).clone() })?;
                }
            }
        }
        Shift::In => {
            let above = before.ok_or_else(nowhere)?.id;
            let last = nodes.iter().filter(|n| n.parent_id == Some(above)).map(|n| n.place).max();
            tx.save(&Node { parent_id: Some(above), place: last.unwrap_or(0) + 1, ..node.clone() })?;
        }
        Shift::Out => {
            let above =
                node.parent_id.and_then(|id| nodes.iter().find(|n| n.id == id)).ok_or_else(nowhere)?;
            for later in nodes.iter().filter(|n| n.parent_id == above.parent_id && n.place > above.place) {
                tx.save(&Node { place: later.place + 1, ..later.clone() })?;
            }
            tx.save(&Node { parent_id: above.parent_id, place: above.place + 1, ..node.clone() })?;
        }
    }
    tx.record(ctx, event("assessment.node-moved", &scheme).with("code", code).with("to", to.code()))?;
    touch(tx, scheme)
}

/// Takes a node out that has none below it.
///
/// # Errors
/// `node-has-nodes` (409); 404; `scheme-frozen` (409).
pub fn remove(ctx: &Ctx, tx: &mut Tx<'_>, number: &str, code: &str) -> Result<()> {
    let scheme = load_open(ctx, tx, number)?;
    let nodes = rows::nodes(tx, scheme.id)?;
    let node = nodes.iter().find(|node| node.code == code).ok_or_else(Problem::not_found)?;
    if nodes.iter().any(|n| n.parent_id == Some(node.id)) {
        return Err(Problem::conflict("node-has-nodes").arg("code", code));
    }
    rows::forget_node(tx, node.id)?;
    let of = event("assessment.node-removed", &scheme).with("code", code);
    tx.record(ctx, of.with("name", node.name.as_str()))?;
    touch(tx, scheme)
}
