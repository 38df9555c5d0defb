//! What other features ask of schemes: which standards there are, and whom they are about. Whether somebody may know is for them
//! to decide: a unit that is asked for evidence must be told for which standard.

use super::model::State;
use super::{store as rows, tree};
use ::store::Tx;
use kernel::problem::Result;

/// A line of the tree of a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standard {
    pub code: String,
    pub name: String,
    /// 0 for those at the top.
    pub depth: usize,
    /// It is no standard itself: nodes stand below it.
    pub divided: bool,
    /// 牵头单位, as it is called in the scheme; empty for none.
    pub lead_unit: String,
    /// 责任单位
    pub units: Vec<String>,
    /// Kinds of evidence, in the scheme's words.
    pub evidence: Vec<String>,
}

/// An edition of a scheme with its lines, in the order in which they are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standards {
    pub number: String,
    pub name: String,
    pub edition: i64,
    pub published: bool,
    pub lines: Vec<Standard>,
}

impl Standards {
    /// The standard with this code; none for a group.
    pub fn get(&self, code: &str) -> Option<&Standard> {
        self.lines.iter().find(|line| !line.divided && line.code == code)
    }
}

/// The standards of a scheme; none for a number that is no scheme's. Reads its whole tree.
pub fn standards(tx: &mut Tx<'_>, number: &str) -> Result<Option<Standards>> {
    let Some(scheme) = rows::scheme(tx, number)? else { return Ok(None) };
    let placed = tree::ordered(&rows::nodes(tx, scheme.id)?);
    let line = |of: tree::Placed| Standard {
        code: of.node.code,
        name: of.node.name,
        depth: of.depth,
        divided: of.divided,
        lead_unit: of.node.lead_unit,
        units: of.node.units.0,
        evidence: of.node.evidence.0,
    };
    Ok(Some(Standards {
        number: scheme.number,
        name: scheme.name,
        edition: scheme.edition,
        published: scheme.state == State::Published,
        lines: placed.into_iter().map(line).collect(),
    }))
}

/// Published editions, the newest first: number, name, edition.
pub fn published(tx: &mut Tx<'_>) -> Result<Vec<(String, String, i64)>> {
    let all = rows::schemes(tx)?.into_iter().filter(|scheme| scheme.state == State::Published);
    Ok(all.map(|scheme| (scheme.number, scheme.name, scheme.edition)).collect())
}
