//! What differs between two editions of a scheme, by code.

use super::tree::Placed;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub code: String,
    pub name: String,
    pub what: What,
    /// What changed, as keys of texts, each with the earlier and the later words.
    pub fields: Vec<(&'static str, String, String)>,
}

kernel::named! {
    pub enum What {
        Added = "added",
        Removed = "removed",
        Changed = "changed",
    }
}

/// How the ways of a node are written: one after the other.
pub fn ways(placed: &Placed) -> String {
    let part = |p: &super::model::Part| format!("{} {} {}", p.way, p.points, p.rule);
    placed.node.parts.0.iter().map(part).collect::<Vec<_>>().join("；")
}

/// What a veto takes away, as it is written in a cell.
pub fn effect(placed: &Placed) -> String {
    placed.node.veto.0.as_ref().map(super::sheet::effect).unwrap_or_default()
}

fn fields(of: &Placed) -> Vec<(&'static str, String)> {
    let node = &of.node;
    let list = |names: &[String]| names.join("、");
    vec![
        ("node_parent", of.parent.clone().unwrap_or_default()),
        ("node_name", node.name.clone()),
        ("node_kind", super::sheet::kind(node.kind).to_owned()),
        ("node_veto", effect(of)),
        ("node_ways", ways(of)),
        ("node_lead", node.lead_unit.clone()),
        ("node_units", list(&node.units.0)),
        ("node_point_types", list(&node.point_types.0)),
        ("node_evidence", list(&node.evidence.0)),
        ("node_observed", list(&node.observed.0)),
        ("node_note", node.note.clone()),
    ]
}

/// In the order of the later edition; what is only in the earlier stands behind.
pub fn between(before: &[Placed], after: &[Placed]) -> Vec<Difference> {
    let find = |all: &'_ [Placed], code: &str| all.iter().position(|p| p.node.code == code);
    let whole = |of: &Placed, what: What| Difference {
        code: of.node.code.clone(),
        name: of.node.name.clone(),
        what,
        fields: Vec::new(),
    };
    let mut all = Vec::new();
    for later in after {
        let Some(earlier) = find(before, &later.node.code).and_then(|at| before.get(at)) else {
            all.push(whole(later, What::Added));
            continue;
        };
        let fields: Vec<_> = fields(earlier)
            .into_iter()
            .zip(fields(later))
            .filter(|((_, was), (_, is))| was != is)
            .map(|((key, was), (_, is))| (key, was, is))
            .collect();
        if !fields.is_empty() {
            all.push(Difference { fields, ..whole(later, What::Changed) });
        }
    }
    let gone = before.iter().filter(|earlier| find(after, &earlier.node.code).is_none());
    all.extend(gone.map(|earlier| whole(earlier, What::Removed)));
    all
}
