//! `draw.json`: all of a draw in one file, and repeating it.

use crate::canon::{Hash, Row, is_sound, sha256, text};
use crate::plan::Plan;
use crate::sample::{Drawn, Entry, Sample, commitment, register_hash, sample, seed};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// What stands in `format`.
pub const FORMAT: &str = "chuangcheng-draw/1";

/// One stratum of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StratumRecord {
    pub kind: String,
    pub division: String,
    pub drawn: Vec<String>,
    pub reserves: Vec<String>,
}

/// A point that could not be visited, and the next in order, which was visited instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replacement {
    pub out: String,
    pub r#in: String,
    pub reason: String,
    /// RFC 3339.
    pub at: String,
}

/// A whole draw. Hashes are 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    pub format: String,
    pub plan: Vec<Row>,
    pub register: Vec<Row>,
    pub register_hash: String,
    pub commitment: String,
    pub secret: String,
    pub public_value: String,
    pub witness: String,
    /// RFC 3339.
    pub drawn_at: String,
    pub seed: String,
    pub strata: Vec<StratumRecord>,
    pub second: Vec<String>,
    /// Hash of what came of it: public value, witness, time, strata, second visits.
    pub result: String,
    pub replacements: Vec<Replacement>,
    /// Hash of the result and the replacements.
    pub supplement: String,
}

/// Where a record is not what its own secret, plan and register make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The part of the record: `seed`, `register`, `strata`.
    pub part: &'static str,
    /// What the rules make of it.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

fn strata_of(sample: &Sample) -> Vec<StratumRecord> {
    let of = |s: &Drawn| StratumRecord {
        kind: s.stratum.kind.clone(),
        division: s.stratum.division.clone(),
        drawn: s.drawn.clone(),
        reserves: s.reserves.clone(),
    };
    sample.strata.iter().map(of).collect()
}

impl Record {
    /// Draws, and writes all of it down. `None` where plan or register are none.
    pub fn make(
        secret: &Hash,
        (plan, register): (Vec<Row>, Vec<Row>),
        (public_value, witness, drawn_at): (String, String, String),
    ) -> Option<Self> {
        let read = Plan::parse(&plan)?;
        let entries = entries(&register)?;
        let hash = register_hash(&register);
        let bound = commitment(secret, &plan, &hash);
        let seed = seed(secret, &public_value, &bound);
        let sample = sample(&read, &entries, &seed);
        let mut record = Record {
            format: FORMAT.to_owned(),
            plan,
            register,
            register_hash: hex::encode(hash),
            commitment: hex::encode(bound),
            secret: hex::encode(secret),
            public_value,
            witness,
            drawn_at,
            seed: hex::encode(seed),
            strata: strata_of(&sample),
            second: sample.second,
            result: String::new(),
            replacements: Vec::new(),
            supplement: String::new(),
        };
        record.result = hex::encode(record.result_hash());
        record.seal();
        Some(record)
    }

    /// Writes the hash of the replacements anew.
    pub fn seal(&mut self) {
        self.supplement = hex::encode(self.supplement_hash());
    }

    fn result_hash(&self) -> Hash {
        let row = |name: &str, rest: &[&str]| -> Row {
            std::iter::once(name).chain(rest.iter().copied()).map(str::to_owned).collect()
        };
        let mut rows = vec![
            row("public_value", &[&self.public_value]),
            row("witness", &[&self.witness]),
            row("drawn_at", &[&self.drawn_at]),
        ];
        for s in &self.strata {
            for (name, numbers) in [("drawn", &s.drawn), ("reserves", &s.reserves)] {
                let mut cells = row(name, &[&s.kind, &s.division]);
                cells.extend(numbers.iter().cloned());
                rows.push(cells);
            }
        }
        let mut cells = row("second", &[]);
        cells.extend(self.second.iter().cloned());
        rows.push(cells);
        sha256(&[text(&rows).as_bytes()])
    }

    fn supplement_hash(&self) -> Hash {
        let of = |r: &Replacement| vec![r.out.clone(), r.r#in.clone(), r.reason.clone(), r.at.clone()];
        let rows: Vec<Row> = self.replacements.iter().map(of).collect();
        sha256(&[self.result.as_bytes(), text(&rows).as_bytes()])
    }

    /// The point that stands in for this one: the first of its stratum's order that is not on its way already.
    pub fn next_for(&self, out: &str) -> Option<&str> {
        let used: HashSet<&str> = self.replacements.iter().map(|r| r.r#in.as_str()).collect();
        let stratum = self.strata.iter().find(|s| s.drawn.iter().chain(&s.reserves).any(|n| n == out))?;
        stratum.reserves.iter().map(String::as_str).find(|n| !used.contains(n))
    }
}

/// The points of a register; `None` where a row has another shape.
pub fn entries(register: &[Row]) -> Option<Vec<Entry>> {
    register.iter().map(Entry::parse).collect()
}

fn fault(part: &'static str, expected: impl Into<String>, found: impl Into<String>) -> Fault {
    Fault { part, expected: expected.into(), found: found.into() }
}

/// Repeats a draw. Every part that is not as the rules make it is named; none where all is well.
pub fn faults(record: &Record) -> Vec<Fault> {
    let mut faults = Vec::new();
    if record.format != FORMAT {
        faults.push(fault("format", FORMAT, &record.format));
    }
    let Some(secret) = bytes(&record.secret) else {
        faults.push(fault("secret", "64 × 0-9a-f", &record.secret));
        return faults;
    };
    let (Some(plan), true) = (Plan::parse(&record.plan), is_sound(&record.plan)) else {
        faults.push(fault("plan", "", ""));
        return faults;
    };
    let (Some(entries), true) = (entries(&record.register), is_sound(&record.register)) else {
        faults.push(fault("register", "", ""));
        return faults;
    };
    let mut seen = HashSet::new();
    faults.extend(
        entries.iter().filter(|e| !seen.insert(&e.number)).map(|e| fault("register", "1", e.number.as_str())),
    );
    let hash = register_hash(&record.register);
    let bound = commitment(&secret, &record.plan, &hash);
    let seed = seed(&secret, &record.public_value, &bound);
    let ours = sample(&plan, &entries, &seed);
    for (part, expected, found) in [
        ("register_hash", hash, &record.register_hash),
        ("commitment", bound, &record.commitment),
        ("seed", seed, &record.seed),
        ("result", record.result_hash(), &record.result),
        ("supplement", record.supplement_hash(), &record.supplement),
    ] {
        let expected = hex::encode(expected);
        if *found != expected {
            faults.push(fault(part, expected, found));
        }
    }
    strata_faults(record, &strata_of(&ours), &mut faults);
    if record.second != ours.second {
        faults.push(fault("second", ours.second.join(" "), record.second.join(" ")));
    }
    replacement_faults(record, &mut faults);
    faults
}

fn strata_faults(record: &Record, ours: &[StratumRecord], faults: &mut Vec<Fault>) {
    if ours.len() != record.strata.len() {
        faults.push(fault("strata", ours.len().to_string(), record.strata.len().to_string()));
    }
    let words = |s: &StratumRecord| {
        format!("{}/{}: {} | {}", s.kind, s.division, s.drawn.join(" "), s.reserves.join(" "))
    };
    faults.extend(
        ours.iter()
            .zip(&record.strata)
            .filter(|(ours, theirs)| ours != theirs)
            .map(|(ours, theirs)| fault("strata", words(ours), words(theirs))),
    );
}

fn replacement_faults(record: &Record, faults: &mut Vec<Fault>) {
    let mut so_far = Record { replacements: Vec::new(), ..record.clone() };
    let mut gone: HashSet<&str> = HashSet::new();
    for replacement in &record.replacements {
        let expected = so_far.next_for(&replacement.out).unwrap_or_default().to_owned();
        let on_its_way = record.strata.iter().any(|s| s.drawn.contains(&replacement.out))
            || so_far.replacements.iter().any(|r| r.r#in == replacement.out);
        if expected != replacement.r#in || !gone.insert(&replacement.out) || !on_its_way {
            faults.push(fault("replacements", expected, &replacement.r#in));
        }
        so_far.replacements.push(replacement.clone());
    }
}

/// 32 bytes of 64 small hexadecimal digits.
fn bytes(text: &str) -> Option<Hash> {
    let bytes: Hash = hex::decode(text).ok()?.try_into().ok()?;
    (hex::encode(bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests;
