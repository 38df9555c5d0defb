//! A city in one file, written while the city works, restored on either engine.
//!
//! The file is a tar archive compressed with zstd, so that it can be looked into with `tar --zstd -tf` and read without
//! this program. Its entries, in this order:
//!
//! ```text
//! begin.json                       format and city; enough to refuse a file that is not ours
//! tables/<table>/<n>.jsonl         rows: the first line names the columns, each other line is one row, an array of
//!                                  null, whole number, text, {"f": "0.1"} for a double, {"b": "00ff"} for bytes
//! words/<n>.jsonl                  the search index: ["word", id, id, …]
//! files/{sealed,shown,quarantine}/ uploaded files as they lie in the city's folder
//! secret.key                       the city's key: who holds a backup can make its tokens, so guard it like the city
//! manifest.json                    SHA-256 of every entry before it, rows of every table, the audit log's ends
//! ```
//!
//! `data-keys.json` is left out on purpose: personal data in the tables are sealed with the keys in it, so a backup that
//! falls into wrong hands tells nobody who reported what. Its copy is kept apart from the backups.
//!
//! Files that were moved into a bucket are fetched, so that one file is the whole city; the restored city has them in its
//! folder. [`Reach::FolderOnly`] leaves them where they are.
//!
//! All rows come from one snapshot. Files are copied after it: a file that a row speaks of is never removed by the
//! program, so whatever the snapshot refers to is there. Because the manifest comes last, a file that was cut off is
//! recognised, and because rows are written in words that both engines share, moving a city to the other engine is a
//! backup and a restore.

mod inspect;
mod restore;
mod rows;
mod write;

use crate::dialect::{ColumnShape, Engine};
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

pub use inspect::inspect;
pub use restore::restore;
pub use write::{Reach, write, write_reaching};

/// Changes when an older program could not read the file.
const FORMAT: u32 = 1;

/// The first entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begin {
    pub format: u32,
    pub program: String,
    pub city: String,
    pub created_at: Instant,
}

/// A migration that the city had when it was backed up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    pub area: String,
    pub number: i64,
    pub fingerprint: String,
}

/// The end of one lane of the audit log. Kept elsewhere (on paper, with the superior office), it proves later that the
/// log up to here was not rewritten as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEnd {
    pub lane: i64,
    pub seq: i64,
    pub hash: String,
}

/// The last entry: what is in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub begin: Begin,
    pub migrations: Vec<Applied>,
    /// Rows of every table.
    pub tables: BTreeMap<String, u64>,
    /// The last number of every series.
    pub series: BTreeMap<String, i64>,
    pub audit: Vec<AuditEnd>,
    /// Uploaded files, and their bytes together.
    pub files: u64,
    pub file_bytes: u64,
    /// Originals and pictures that stayed in the bucket, because the backup was told not to fetch them.
    #[serde(default)]
    pub files_elsewhere: u64,
    /// Numbers and fingerprints of the keys without which its personal data cannot be read. They are not in it.
    #[serde(default)]
    pub data_keys: BTreeMap<i64, String>,
    /// SHA-256 of every other entry, by name.
    pub entries: BTreeMap<String, String>,
}

/// Tables that are not data: they are made anew.
const NOT_DATA: &[&str] = &["migration"];

/// The tables of a city with their columns, those that are referred to before those that refer to them.
fn tables(engine: &mut dyn Engine) -> Result<Vec<(String, Vec<ColumnShape>)>> {
    let mut columns: BTreeMap<String, Vec<ColumnShape>> = BTreeMap::new();
    for column in engine.columns()? {
        if !NOT_DATA.contains(&column.table.as_str()) {
            columns.entry(column.table.clone()).or_default().push(column);
        }
    }
    let mut references = engine.references()?;
    // within one table the order of ids serves; a table of units refers to itself
    references.retain(|(from, to)| from != to);
    let mut ordered = Vec::new();
    while !columns.is_empty() {
        let free = columns
            .keys()
            .find(|t| !references.iter().any(|(from, to)| from == *t && columns.contains_key(to)));
        let Some(table) = free.cloned() else {
            return Err(Problem::internal("tables refer to each other in a circle"));
        };
        let shapes = columns.remove(&table).unwrap_or_default();
        ordered.push((table, shapes));
    }
    Ok(ordered)
}

fn io(path: &Path) -> impl Fn(std::io::Error) -> Problem + '_ {
    move |e| Problem::internal(format!("{}: {e}", path.display()))
}

fn broken(what: impl std::fmt::Display) -> Problem {
    Problem::new(422, "backup-broken").detail(what)
}
