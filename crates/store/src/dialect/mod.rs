//! The only folder that may name an engine. Everything that differs between the two is a method of [`Engine`].

pub(crate) mod postgres;
mod postgres_row;
mod postgres_shape;
pub(crate) mod sqlite;
mod sqlite_rinse;
mod sqlite_shape;

use crate::value::{Bind, Row, Value};
pub(crate) use crate::words::PREFIX_MARK;
use kernel::problem::{Problem, Result};

/// A column as both engines describe it, for the test that their schemas are equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ColumnShape {
    pub table: String,
    pub column: String,
    /// `BIGINT`, `DOUBLE`, `TEXT` or `BYTES`: the words migrations are written in.
    pub kind: String,
    pub required: bool,
}

/// An index as both engines describe it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IndexShape {
    pub table: String,
    pub unique: bool,
    pub columns: Vec<String>,
}

/// One connection to one city's database.
pub(crate) trait Engine: Send {
    fn exec(&mut self, sql: &str, values: &[&dyn Bind]) -> Result<u64>;
    fn query(
        &mut self,
        sql: &str,
        values: &[&dyn Bind],
        each: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()>;
    /// Several statements without values: migrations.
    fn batch(&mut self, sql: &str) -> Result<()>;
    /// Prepares without running; the names of the answer's columns.
    fn prepare(&mut self, sql: &str) -> Result<Vec<String>>;

    fn begin(&mut self, write: bool) -> Result<()>;
    /// Prepares this connection for one long transaction, a backup or a restore: no time limits, little memory.
    fn be_patient(&mut self) -> Result<()>;
    fn commit(&mut self) -> Result<()>;
    /// Commits, with a lane's new head.
    fn commit_with_head(&mut self, lane: u8, seq: i64, hash: &[u8; 32], last_id: i64) -> Result<()> {
        let hash = hash.to_vec();
        let values: [&dyn Bind; 4] = [&lane, &seq, &hash, &last_id];
        self.exec(
            "insert into audit_head (lane, seq, hash, last_id) values ($1, $2, $3, $4)
             on conflict (lane) do update set seq = excluded.seq, hash = excluded.hash, last_id = excluded.last_id",
            &values,
        )?;
        self.commit()
    }
    fn rollback(&mut self) -> Result<()>;
    fn savepoint(&mut self) -> Result<()>;
    fn release(&mut self) -> Result<()>;
    /// Back to the savepoint, which is gone then.
    fn retreat(&mut self) -> Result<()>;

    /// Turns a migration's type words into this engine's.
    fn ddl(&self, sql: &str) -> String;
    fn next_number(&mut self, series: &str) -> Result<i64>;
    /// Every number series with the last number it gave out, and back: for backups.
    fn series(&mut self) -> Result<Vec<(String, i64)>>;
    fn set_series(&mut self, series: &str, last: i64) -> Result<()>;

    /// `words`: tokens of letters and digits, separated by spaces.
    fn index_words(&mut self, id: i64, words: &str) -> Result<()>;
    /// A condition with one `?`, and the value for it. A word ending with [`PREFIX_MARK`] matches what begins with it.
    fn words_condition(&self, column: &str, words: &[String]) -> (String, String);
    /// The search index as pairs of a word and what it was found in, in any order.
    fn each_word(&mut self, each: &mut dyn FnMut(&str, i64) -> Result<()>) -> Result<()>;
    /// Fills the empty search index from the temporary table `word_pair (id, word)`.
    fn fill_words(&mut self) -> Result<()>;
    /// Statements that every city's database begins with and that differ: search, number series.
    fn foundation(&self) -> &'static str;

    fn columns(&mut self) -> Result<Vec<ColumnShape>>;
    fn indexes(&mut self) -> Result<Vec<IndexShape>>;
    /// Foreign keys, as pairs of the table that refers and the table referred to.
    fn references(&mut self) -> Result<Vec<(String, String)>>;
    /// Makes other processes that would change the schema wait, until `unlock_schema` or the connection's end.
    fn lock_schema(&mut self) -> Result<()>;
    fn unlock_schema(&mut self) -> Result<()>;
    /// Writes tables and search index anew, so that nothing stays of what rows held before.
    fn scrub(&mut self, tables: &[&str]) -> Result<()>;
    /// Whether what statements free is written over at once.
    fn write_over(&mut self, _on: bool) -> Result<()> {
        Ok(())
    }
    /// Takes what was erased out of the copies that the engine keeps for its own purposes, in steps that hold up nobody for
    /// long. False: somebody was in the way, and it is left for the next time.
    fn rinse(&mut self) -> Result<bool>;

    /// Takes a writer's lane that no other process holds, among `0..64`, or the one it holds already.
    fn take_lane(&mut self) -> Result<u8>;
    /// Whether the audit head that a writer remembers may be trusted at the next transaction, because nobody else can
    /// have moved it.
    fn lane_is_private(&self) -> bool;
    /// Whether a connection that failed should be opened again.
    fn is_lost(&self) -> bool;
}

/// Refuses the one character that PostgreSQL cannot store in text; otherwise a text could be saved on one engine only.
fn storable(value: Value<'_>) -> Result<Value<'_>> {
    match value {
        Value::Text(text) if text.contains('\0') => Err(Problem::new(422, "text-unreadable")),
        Value::Unsealed => Err(Problem::internal("personal data were about to be written unsealed")),
        other => Ok(other),
    }
}

/// Translates the type words of a migration, which are written in capitals.
fn translate(sql: &str, words: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(sql.len());
    for line in sql.lines().filter(|l| !l.trim_start().starts_with("--")) {
        let mut rest = line;
        while let Some(start) = rest.find(|c: char| c.is_ascii_alphanumeric() || c == '_') {
            let (before, from) = rest.split_at(start);
            let end = from.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(from.len());
            let (word, after) = from.split_at(end);
            out.push_str(before);
            out.push_str(words.iter().find(|(w, _)| *w == word).map_or(word, |(_, t)| t));
            rest = after;
        }
        out.push_str(rest);
        out.push('\n');
    }
    out
}
