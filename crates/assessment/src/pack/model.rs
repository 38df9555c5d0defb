//! What stands in the file.

use crate::appeals::model::Correction;
use crate::rounds::matching::plain;
use crate::rounds::model::{Match, Name, NameKind, RowRecord, Verdict};
use crate::rounds::worked::{Worked, corrected};
use crate::scheme::model::{Node, NodeKind, Part, Scheme};
use crate::scheme::tree::Placed;
use ::store::value::Json;
use kernel::id::Id;
use kernel::time::Instant;
use kernel::workflow::Named;
use scoring::{Missing, Veto};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the file says it is.
pub const FORMAT: &str = "chuangcheng-score-pack";
/// Of the file's shape. A program reads packs of its own version only, and says so.
pub const VERSION: u32 = 1;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    pub format: String,
    pub version: u32,
    /// `PK-2026-0001`
    pub number: String,
    /// Six digits of the city.
    pub city: String,
    /// RFC 3339.
    pub made_at: String,
    /// In what order of steps the figures come about, for whoever writes a program of their own.
    pub method: Vec<String>,
    pub scheme: Option<PackScheme>,
    pub rounds: Vec<PackRound>,
    /// Every figure by its name, exact: a decimal or a fraction.
    pub figures: BTreeMap<String, String>,
    pub seal: PackSeal,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackSeal {
    pub hashes: PackHashes,
    /// `ES256`
    pub alg: String,
    /// Name of the key: the SHA-256 of it (RFC 7638).
    pub kid: String,
    /// Coordinates of the public key on P-256, base64url.
    pub x: String,
    pub y: String,
    /// Over the hashes as JSON, base64url.
    pub signature: String,
}

/// SHA-256 of each part as JSON, in hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackHashes {
    pub head: String,
    pub scheme: String,
    pub rounds: Vec<RoundHashes>,
    pub figures: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundHashes {
    pub number: String,
    /// Everything but the rows.
    pub head: String,
    pub rows: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackScheme {
    pub number: String,
    pub name: String,
    pub edition: i64,
    pub observed_way: String,
    /// `left-out` or `lost`: what nobody has looked at.
    pub missing: Missing,
    pub nodes: Vec<PackNode>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackNode {
    pub code: String,
    pub name: String,
    pub parent: Option<String>,
    /// `normal`, `bonus`, `veto`.
    pub kind: String,
    pub veto: Option<Veto>,
    pub parts: Vec<Part>,
    pub observed: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackRound {
    pub number: String,
    pub name: String,
    /// SHA-256 of the file that it came as.
    pub file_sha256: String,
    /// Rounds and months are told apart by these.
    pub occasion: u32,
    pub period: u32,
    pub names: Vec<PackName>,
    pub said: Vec<PackSaid>,
    pub verdicts: Vec<PackVerdict>,
    pub corrections: Vec<PackCorrection>,
    pub rows: Vec<PackRow>,
}

/// What an appeal put right: so much is taken off instead of what the row says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackCorrection {
    pub row: i64,
    pub lost: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackName {
    /// `item`, `street`, `unit`.
    pub kind: String,
    pub code: String,
    pub name: String,
}

/// What a person said a text means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackSaid {
    pub kind: String,
    pub text: String,
    /// The name that it means; none where it stands for itself.
    pub name: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackVerdict {
    pub row: i64,
    pub counts: bool,
    pub reason: String,
}

/// A row as it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackRow {
    pub row: i64,
    pub serial: String,
    pub item: String,
    pub sub_item: String,
    pub point: String,
    pub lost: String,
    pub given: String,
    pub street: String,
    pub units: Vec<String>,
}

impl PackScheme {
    pub(crate) fn of(scheme: &Scheme, placed: &[Placed], missing: Missing) -> Self {
        let node = |of: &Placed| PackNode {
            code: of.node.code.clone(),
            name: of.node.name.clone(),
            parent: of.parent.clone(),
            kind: of.node.kind.code().to_owned(),
            veto: of.node.veto.0.clone(),
            parts: of.node.parts.0.clone(),
            observed: of.node.observed.0.clone(),
        };
        Self {
            number: scheme.number.clone(),
            name: scheme.name.clone(),
            edition: scheme.edition,
            observed_way: scheme.observed_way.clone(),
            missing,
            nodes: placed.iter().map(node).collect(),
        }
    }

    /// Nodes as they are placed in the tree, in the pack's order.
    pub(crate) fn placed(&self) -> Vec<Placed> {
        let above = |code: &str| self.nodes.iter().any(|n| n.parent.as_deref() == Some(code));
        let node = |(at, of): (i64, &PackNode)| Placed {
            node: Node {
                id: Id::new(at),
                scheme_id: Id::new(0),
                parent_id: None,
                place: at,
                code: of.code.clone(),
                name: of.name.clone(),
                kind: NodeKind::parse(&of.kind).unwrap_or(NodeKind::Normal),
                veto: Json(of.veto.clone()),
                parts: Json(of.parts.clone()),
                lead_unit: String::new(),
                units: Json(Vec::new()),
                point_types: Json(Vec::new()),
                evidence: Json(Vec::new()),
                observed: Json(of.observed.clone()),
                note: String::new(),
                version: 0,
            },
            depth: 0,
            parent: of.parent.clone(),
            divided: above(&of.code),
        };
        (1..).zip(&self.nodes).map(node).collect()
    }
}

impl PackRound {
    /// What stands in the pack of a round; number, name, file and times are the caller's.
    pub(crate) fn of(worked: &Worked) -> Self {
        let name = |of: &Name| PackName {
            kind: of.kind.code().to_owned(),
            code: of.code.clone(),
            name: of.name.clone(),
        };
        let said = |of: &Match| PackSaid {
            kind: of.kind.code().to_owned(),
            text: of.text.clone(),
            name: if of.own {
                None
            } else {
                worked.names.iter().find(|n| n.id == of.name_id).map(|n| n.name.clone())
            },
        };
        let verdict =
            |of: &Verdict| PackVerdict { row: of.row_number, counts: of.counts, reason: of.reason.clone() };
        // rows as they were read
        let was = |row: i64| worked.corrections.get(&row);
        let row = |of: &RowRecord| PackRow {
            row: of.row_number,
            serial: of.serial.clone(),
            item: of.item.clone(),
            sub_item: of.sub_item.clone(),
            point: of.point.clone(),
            lost: was(of.row_number).map_or(&of.lost, |c| &c.was_lost).clone(),
            given: was(of.row_number).map_or(&of.given, |c| &c.was_given).clone(),
            street: of.street.clone(),
            units: of.units.0.clone(),
        };
        let correction = |of: &Correction| PackCorrection { row: of.row_number, lost: of.lost.clone() };
        Self {
            number: String::new(),
            name: String::new(),
            file_sha256: String::new(),
            occasion: 0,
            period: 0,
            names: worked.names.iter().map(name).collect(),
            said: worked.said.iter().map(said).collect(),
            verdicts: worked.aside.values().chain(worked.kept.values()).map(verdict).collect(),
            corrections: worked.corrections.values().map(correction).collect(),
            rows: worked.rows.iter().map(row).collect(),
        }
    }

    /// Works the round out from what stands in the pack alone.
    pub(crate) fn worked(&self) -> Worked {
        let kind = |code: &str| NameKind::parse(code).unwrap_or(NameKind::Item);
        let names: Vec<Name> = (1..)
            .zip(&self.names)
            .map(|(at, of)| Name {
                id: Id::new(at),
                round_id: Id::new(0),
                kind: kind(&of.kind),
                place: at,
                code: of.code.clone(),
                name: of.name.clone(),
            })
            .collect();
        let meant = |of: &PackSaid| {
            let wanted = of.name.as_deref().map(plain);
            let of_kind = |n: &&Name| n.kind == kind(&of.kind);
            names.iter().filter(of_kind).find(|n| Some(plain(&n.name)) == wanted).map(|n| n.id)
        };
        let said: Vec<Match> = self
            .said
            .iter()
            .map(|of| Match {
                id: Id::new(0),
                round_id: Id::new(0),
                kind: kind(&of.kind),
                text: of.text.clone(),
                name_id: meant(of).unwrap_or(Id::new(0)),
                own: of.name.is_none(),
                decided_by: None,
                decided_at: Instant(0),
                version: 0,
            })
            .collect();
        let verdicts = self.verdicts.iter().map(|of| Verdict {
            id: Id::new(0),
            round_id: Id::new(0),
            row_number: of.row,
            counts: of.counts,
            reason: of.reason.clone(),
            decided_by: None,
            decided_at: Instant(0),
            version: 0,
        });
        let rows = self.rows.iter().map(|of| RowRecord {
            id: Id::new(of.row),
            round_id: Id::new(0),
            row_number: of.row,
            serial: of.serial.clone(),
            item: of.item.clone(),
            sub_item: of.sub_item.clone(),
            point: of.point.clone(),
            lost: of.lost.clone(),
            given: of.given.clone(),
            street: of.street.clone(),
            units: Json(of.units.clone()),
            rest: Json(Vec::new()),
        });
        let corrections = self.corrections.iter().map(|of| Correction {
            id: Id::new(0),
            round_id: Id::new(0),
            row_number: of.row,
            lost: of.lost.clone(),
            was_lost: String::new(),
            was_given: String::new(),
            appeal_id: Id::new(0),
            made_at: Instant(0),
        });
        let (rows, _) = corrected(rows.collect(), corrections.collect());
        Worked::of(rows, names, said, verdicts.collect())
    }
}
