//! Working a pack out again.

use super::figures::figures;
use super::model::{FORMAT, Pack, RoundHashes, VERSION};
use super::seal;
use kernel::problem::Result;
use std::collections::BTreeSet;

/// A figure that does not come out.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Differs {
    /// `AR-000003/item/公益广告/score`
    pub figure: String,
    /// What the pack says; none where it has no such figure.
    pub recorded: Option<String>,
    /// What comes out; none where nothing does.
    pub worked_out: Option<String>,
}

/// What became of a pack.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Report {
    pub number: String,
    pub city: String,
    pub made_at: String,
    /// Name of the key that it says it is signed with.
    pub kid: String,
    /// Whether it is.
    pub signed: bool,
    /// Parts that are not what was signed: `scheme`, `figures`, `AR-000003`, `AR-000003/row/17`.
    pub altered: Vec<String>,
    pub differs: Vec<Differs>,
    pub figures: usize,
    pub rows: usize,
}

impl Report {
    pub fn agrees(&self) -> bool {
        self.signed && self.altered.is_empty() && self.differs.is_empty()
    }
}

/// Why a file is no pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPack {
    /// It cannot be read; line, column and what was found there.
    Unreadable(String),
    /// It is something else.
    Other,
    /// It is of another version of packs.
    Version(u32),
}

impl std::fmt::Display for NoPack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable(what) => write!(f, "the file cannot be read as a score pack: {what}"),
            Self::Other => write!(f, "the file is no score pack"),
            Self::Version(version) => {
                write!(f, "the pack is of version {version}, this program reads version {VERSION}")
            }
        }
    }
}

impl std::error::Error for NoPack {}

/// # Errors
/// Why it is none.
pub fn read(bytes: &[u8]) -> std::result::Result<Pack, NoPack> {
    #[derive(serde::Deserialize)]
    struct Head {
        format: String,
        version: u32,
    }
    let unreadable = |e: serde_json::Error| NoPack::Unreadable(e.to_string());
    let value: serde_json::Value = serde_json::from_slice(bytes).map_err(unreadable)?;
    let head: Head = serde_json::from_value(value).map_err(|_| NoPack::Other)?;
    if head.format != FORMAT {
        return Err(NoPack::Other);
    }
    if head.version != VERSION {
        return Err(NoPack::Version(head.version));
    }
    // from the bytes, so that what is wrong is told with its line
    serde_json::from_slice(bytes).map_err(unreadable)
}

fn altered_rounds(altered: &mut Vec<String>, signed: &[RoundHashes], now: &[RoundHashes]) {
    for of in signed {
        let Some(found) = now.iter().find(|n| n.number == of.number) else {
            altered.push(of.number.clone());
            continue;
        };
        if found.head != of.head || found.rows.len() != of.rows.len() {
            altered.push(of.number.clone());
        }
        for (at, (row, was)) in (1..).zip(found.rows.iter().zip(&of.rows)) {
            if row != was {
                altered.push(format!("{}/row/{at}", of.number));
            }
        }
    }
    let known: BTreeSet<&str> = signed.iter().map(|of| of.number.as_str()).collect();
    altered.extend(now.iter().filter(|n| !known.contains(n.number.as_str())).map(|n| n.number.clone()));
}

/// Works everything out from the pack alone.
///
/// # Errors
/// 500 where it cannot be hashed, which does not happen.
pub fn check(pack: &Pack) -> Result<Report> {
    let now = seal::hashes(pack)?;
    let signed = &pack.seal.hashes;
    let mut altered = Vec::new();
    for (part, now, was) in [
        ("head", &now.head, &signed.head),
        ("scheme", &now.scheme, &signed.scheme),
        ("figures", &now.figures, &signed.figures),
    ] {
        if now != was {
            altered.push(part.to_owned());
        }
    }
    altered_rounds(&mut altered, &signed.rounds, &now.rounds);
    let worked = figures(pack.scheme.as_ref(), &pack.rounds);
    let names: BTreeSet<&String> = worked.keys().chain(pack.figures.keys()).collect();
    let differs = names.into_iter().filter_map(|name| {
        let (recorded, worked_out) = (pack.figures.get(name), worked.get(name));
        (recorded != worked_out).then(|| Differs {
            figure: name.clone(),
            recorded: recorded.cloned(),
            worked_out: worked_out.cloned(),
        })
    });
    Ok(Report {
        number: pack.number.clone(),
        city: pack.city.clone(),
        made_at: pack.made_at.clone(),
        kid: pack.seal.kid.clone(),
        signed: seal::holds(&pack.seal),
        altered,
        differs: differs.collect(),
        figures: pack.figures.len(),
        rows: pack.rounds.iter().map(|of| of.rows.len()).sum(),
    })
}
