//! A whole draw as the API takes and answers with it: the members of [`draw::Record`], described.

use draw::record::StratumRecord;
use draw::{Fault, Record, Replacement};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One stratum of a draw, each number in its place.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DrawStratum {
    kind: String,
    division: String,
    drawn: Vec<String>,
    reserves: Vec<String>,
}

/// A point that could not be visited.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DrawReplacement {
    out: String,
    r#in: String,
    reason: String,
    at: String,
}

/// `draw.json`: all of a draw. Hashes have 64 hexadecimal digits; how they are made stands in docs/draw.py.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DrawProof {
    /// `chuangcheng-draw/1`.
    format: String,
    /// Rows of two cells, name and value; of strata four: `stratum`, type, division, how many.
    plan: Vec<Vec<String>>,
    /// Number, type, division, name, longitude, latitude.
    register: Vec<Vec<String>>,
    register_hash: String,
    commitment: String,
    secret: String,
    public_value: String,
    witness: String,
    drawn_at: String,
    seed: String,
    strata: Vec<DrawStratum>,
    /// Points that are visited twice.
    second: Vec<String>,
    result: String,
    replacements: Vec<DrawReplacement>,
    supplement: String,
}

impl DrawProof {
    pub(super) fn of(of: Record) -> Self {
        let stratum = |s: StratumRecord| DrawStratum {
            kind: s.kind,
            division: s.division,
            drawn: s.drawn,
            reserves: s.reserves,
        };
        let swap = |r: Replacement| DrawReplacement { out: r.out, r#in: r.r#in, reason: r.reason, at: r.at };
        Self {
            format: of.format,
            plan: of.plan,
            register: of.register,
            register_hash: of.register_hash,
            commitment: of.commitment,
            secret: of.secret,
            public_value: of.public_value,
            witness: of.witness,
            drawn_at: of.drawn_at,
            seed: of.seed,
            strata: of.strata.into_iter().map(stratum).collect(),
            second: of.second,
            result: of.result,
            replacements: of.replacements.into_iter().map(swap).collect(),
            supplement: of.supplement,
        }
    }

    pub(super) fn record(self) -> Record {
        let stratum = |s: DrawStratum| StratumRecord {
            kind: s.kind,
            division: s.division,
            drawn: s.drawn,
            reserves: s.reserves,
        };
        let swap = |r: DrawReplacement| Replacement { out: r.out, r#in: r.r#in, reason: r.reason, at: r.at };
        Record {
            format: self.format,
            plan: self.plan,
            register: self.register,
            register_hash: self.register_hash,
            commitment: self.commitment,
            secret: self.secret,
            public_value: self.public_value,
            witness: self.witness,
            drawn_at: self.drawn_at,
            seed: self.seed,
            strata: self.strata.into_iter().map(stratum).collect(),
            second: self.second,
            result: self.result,
            replacements: self.replacements.into_iter().map(swap).collect(),
            supplement: self.supplement,
        }
    }
}

/// Where a draw is not as it should be.
#[derive(Serialize, ToSchema)]
pub(super) struct DrawFault {
    part: &'static str,
    expected: String,
    found: String,
}

impl DrawFault {
    pub(super) fn of(fault: Fault) -> Self {
        Self { part: fault.part, expected: fault.expected, found: fault.found }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct DrawCheck {
    pub sound: bool,
    pub faults: Vec<DrawFault>,
}
