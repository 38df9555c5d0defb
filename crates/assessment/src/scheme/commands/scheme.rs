//! Schemes: made, filled from a table, copied, published.

use super::node::put;
use super::{event, load_open, rows, touch};
use crate::policy::{self, Act};
use crate::scheme::model::{Cycle, Node, Scheme, State};
use crate::scheme::sheet::Line;
use crate::scheme::tree;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Findings, Problem, Result};
use std::collections::HashMap;

/// Longest name, in characters.
const LONGEST: usize = 100;

#[derive(Clone, Debug)]
pub struct NewScheme {
    pub name: String,
    /// Number of its cycle; empty for none.
    pub cycle: String,
    /// The way that rounds of inspections feed: 实地考察.
    pub observed_way: String,
    pub note: String,
    pub sample: bool,
}

/// Makes a draft without nodes. Of the same name, it is the next edition.
///
/// # Errors
/// `scheme_name`, `observed_way`: `required | too-long`; `scheme_cycle: not-a-choice`.
pub fn make(ctx: &Ctx, tx: &mut Tx<'_>, new: NewScheme) -> Result<Scheme> {
    policy::require(ctx, Act::EditScheme)?;
    let mut findings = Findings::default();
    let (name, way) = (new.name.trim().to_owned(), new.observed_way.trim().to_owned());
    findings.check(!name.is_empty(), "scheme_name", "required");
    findings.check(name.chars().count() <= LONGEST, "scheme_name", "too-long");
    findings.check(!way.is_empty(), "observed_way", "required");
    findings.check(way.chars().count() <= 60, "observed_way", "too-long");
    findings.check(new.note.chars().count() <= 1000, "scheme_note", "too-long");
    let cycle: Option<Id<Cycle>> = match new.cycle.as_str() {
        "" => None,
        number => {
            let found = rows::cycle(tx, number)?.map(|cycle| cycle.id);
            findings.check(found.is_some(), "scheme_cycle", "not-a-choice");
            found
        }
    };
    findings.done()?;
    let scheme = Scheme {
        id: tx.new_id(),
        number: format!("SC-{:04}", tx.next_number("SC")?),
        cycle_id: cycle,
        edition: rows::last_edition(tx, &name)? + 1,
        name,
        state: State::Draft,
        based_on: None,
        sample: new.sample,
        observed_way: way,
        note: new.note.trim().to_owned(),
        created_by: ctx.person(),
        created_at: ctx.now,
        published_at: None,
        version: 1,
    };
    tx.insert(&scheme)?;
    let of = event("assessment.scheme-made", &scheme).with("name", scheme.name.as_str());
    tx.record(ctx, of.with("edition", scheme.edition))?;
    Ok(scheme)
}

/// Replaces all nodes of a draft by those of a table, in its order.
///
/// # Errors
/// 422 where a line's node above does not stand before it; `scheme-frozen` (409).
pub fn fill(ctx: &Ctx, tx: &mut Tx<'_>, number: &str, lines: Vec<Line>) -> Result<()> {
    let scheme = load_open(ctx, tx, number)?;
    rows::forget_nodes(tx, scheme.id)?;
    let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let mut known: HashMap<String, Id<Node>> = HashMap::new();
    for (place, line) in (1..).zip(lines) {
        let parent = match line.parent.as_str() {
            "" => None,
            code => {
                let found = known.get(code).copied();
                Some(found.ok_or_else(|| Problem::field("import_file", "no-such-node"))?)
            }
        };
        line.draft.check()?;
        let code = line.draft.code.clone();
        let node = put(tx, &scheme, parent, place, line.draft)?;
        known.insert(code, node.id);
    }
    tx.record(ctx, event("assessment.scheme-filled", &scheme).with("nodes", count))?;
    touch(tx, scheme)
}

/// Makes a draft of a copy, the next edition.
pub fn copy(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Scheme> {
    policy::require(ctx, Act::EditScheme)?;
    let old = rows::scheme(tx, number)?.ok_or_else(Problem::not_found)?;
    let new = Scheme {
        id: tx.new_id(),
        number: format!("SC-{:04}", tx.next_number("SC")?),
        edition: rows::last_edition(tx, &old.name)? + 1,
        state: State::Draft,
        based_on: Some(old.id),
        created_by: ctx.person(),
        created_at: ctx.now,
        published_at: None,
        version: 1,
        ..old.clone()
    };
    tx.insert(&new)?;
    let mut known: HashMap<Id<Node>, Id<Node>> = HashMap::new();
    for (place, of) in (1..).zip(tree::ordered(&rows::nodes(tx, old.id)?)) {
        let id = tx.new_id();
        known.insert(of.node.id, id);
        let parent_id = of.node.parent_id.and_then(|parent| known.get(&parent).copied());
        tx.insert(&Node { id, scheme_id: new.id, parent_id, place, version: 1, ..of.node })?;
    }
    let of = event("assessment.scheme-copied", &new).with("from", old.number.as_str());
    tx.record(ctx, of.with("edition", new.edition))?;
    Ok(new)
}

/// Publishes a draft: from now on nothing in it changes.
///
/// # Errors
/// `scheme-faulty` (409) with the number of its faults; `stale` (409); `scheme-frozen` (409).
pub fn publish(ctx: &Ctx, tx: &mut Tx<'_>, number: &str, version: Option<i64>) -> Result<Scheme> {
    let scheme = load_open(ctx, tx, number)?;
    if version.is_some_and(|seen| seen != scheme.version) {
        return Err(Problem::stale());
    }
    if let Err(faults) = tree::checked(&tree::ordered(&rows::nodes(tx, scheme.id)?)) {
        return Err(Problem::conflict("scheme-faulty").arg("count", faults.len()));
    }
    let published = Scheme { state: State::Published, published_at: Some(ctx.now), ..scheme };
    tx.save(&published)?;
    let of = event("assessment.scheme-published", &published).with("name", published.name.as_str());
    tx.record(ctx, of.with("edition", published.edition))?;
    Ok(Scheme { version: published.version + 1, ..published })
}
