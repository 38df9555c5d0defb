//! SQLite through `rusqlite`: one file per city, write-ahead log, every commit on disk before anybody is answered.

use super::{ColumnShape, Engine, IndexShape, PREFIX_MARK, sqlite_rinse, sqlite_shape, storable, translate};
use crate::value::{Bind, Row, RowSource, Value};
use kernel::problem::{Problem, Result};
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

pub(crate) struct Sqlite {
    connection: Connection,
    folder: PathBuf,
    /// SQLite numbers `$1` by first appearance; `?1` means the first value wherever it stands.
    rewritten: HashMap<String, String>,
    /// The lane this connection writes in, and the lock that keeps other processes out of it.
    lane: Option<(u8, std::fs::File)>,
    schema_lock: Option<std::fs::File>,
}

pub(crate) const FOUNDATION: &str = "
    create table if not exists number_series (series TEXT primary key, last INTEGER not null) strict;
    create virtual table if not exists word_index using fts5(
        words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0');
";

pub(crate) fn open(file: &Path, write: bool) -> Result<Sqlite> {
    let flags = if write {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
    } else {
        OpenFlags::SQLITE_OPEN_READ_WRITE
    } | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags).map_err(fault)?;
    connection.set_prepared_statement_cache_capacity(512);
    connection.busy_timeout(std::time::Duration::from_secs(20)).map_err(fault)?;
    // FULL: a commit is flushed before it is acknowledged. 8 MB of cache per connection; the rest is the system's.
    connection
        .execute_batch(
            "pragma journal_mode=WAL; pragma synchronous=FULL; pragma foreign_keys=ON; pragma temp_store=MEMORY;
             pragma cache_size=-8000; pragma mmap_size=0; pragma journal_size_limit=67108864; pragma wal_autocheckpoint=4000;
             pragma secure_delete=FAST;",
        )
        .map_err(fault)?;
    // Without this a statement whose plan might depend on a value (that of a limit is enough) is planned anew each time it is
    // given one, which costs more than running it. No statistics are kept that could make a value choose another plan.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(fault)?;
    if !write {
        connection.execute_batch("pragma query_only=ON;").map_err(fault)?;
    }
    let folder = file.parent().unwrap_or(Path::new(".")).to_owned();
    Ok(Sqlite { connection, folder, rewritten: HashMap::new(), lane: None, schema_lock: None })
}

fn fault(e: rusqlite::Error) -> Problem {
    match &e {
        rusqlite::Error::SqliteFailure(f, _) => match (f.code, f.extended_code) {
            (
                ErrorCode::ConstraintViolation,
                rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY,
            ) => Problem::conflict("duplicate").detail(e),
            (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::DiskFull, _) => {
                Problem::busy(e)
            }
            _ => Problem::internal(e),
        },
        _ => Problem::internal(e),
    }
}

struct SqliteRow<'a>(&'a rusqlite::Row<'a>);

impl RowSource for SqliteRow<'_> {
    fn value(&self, index: usize) -> Option<Value<'_>> {
        Some(match self.0.get_ref(index).ok()? {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(i) => Value::Int(i),
            ValueRef::Real(r) => Value::Real(r),
            ValueRef::Text(t) => Value::Text(Cow::Borrowed(std::str::from_utf8(t).ok()?)),
            ValueRef::Blob(b) => Value::Bytes(Cow::Borrowed(b)),
        })
    }

    fn name(&self, index: usize) -> String {
        self.0.as_ref().column_name(index).unwrap_or("?").to_owned()
    }

    fn index_of(&self, name: &str) -> Option<usize> {
        self.0.as_ref().column_index(name).ok()
    }
}

struct Param<'a>(Value<'a>);

impl rusqlite::ToSql for Param<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match &self.0 {
            Value::Null => ValueRef::Null,
            Value::Int(i) => ValueRef::Integer(*i),
            Value::Real(r) => ValueRef::Real(*r),
            Value::Text(t) => ValueRef::Text(t.as_bytes()),
            Value::Bytes(b) => ValueRef::Blob(b),
            Value::Unsealed => return Err(rusqlite::Error::InvalidQuery),
        }))
    }
}

/// `$n` → `?n`, leaving quoted text alone.
fn rewrite(sql: &str) -> String {
    let mut quoted = false;
    sql.chars()
        .map(|c| match c {
            '\'' => {
                quoted = !quoted;
                c
            }
            '$' if !quoted => '?',
            other => other,
        })
        .collect()
}

impl Sqlite {
    fn lock_file(&self, name: &str) -> Result<std::fs::File> {
        let path = self.folder.join(name);
        let opened = std::fs::OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        opened.map_err(|e| Problem::internal(format!("{}: {e}", path.display())))
    }

    fn statement<'a>(
        connection: &'a Connection,
        rewritten: &mut HashMap<String, String>,
        sql: &str,
    ) -> Result<rusqlite::CachedStatement<'a>> {
        if let Some(text) = rewritten.get(sql) {
            return connection.prepare_cached(text).map_err(|e| fault_in(e, sql));
        }
        let text = rewrite(sql);
        let statement = connection.prepare_cached(&text).map_err(|e| fault_in(e, sql))?;
        // run-time statements with many different texts must not fill the memory
        if rewritten.len() > 4000 {
            rewritten.clear();
        }
        rewritten.insert(sql.to_owned(), text);
        Ok(statement)
    }
}

fn fault_in(e: rusqlite::Error, sql: &str) -> Problem {
    let problem = fault(e);
    let detail = format!("{} in {sql}", problem.detail.clone().unwrap_or_default());
    problem.detail(detail)
}

fn bind(statement: &mut rusqlite::CachedStatement<'_>, values: &[&dyn Bind], sql: &str) -> Result<()> {
    for (i, value) in values.iter().enumerate() {
        statement.raw_bind_parameter(i + 1, Param(storable(value.bind())?)).map_err(|e| fault_in(e, sql))?;
    }
    Ok(())
}

impl Engine for Sqlite {
    fn exec(&mut self, sql: &str, values: &[&dyn Bind]) -> Result<u64> {
        let mut statement = Self::statement(&self.connection, &mut self.rewritten, sql)?;
        bind(&mut statement, values, sql)?;
        statement.raw_execute().map(|n| n as u64).map_err(|e| fault_in(e, sql))
    }

    fn query(
        &mut self,
        sql: &str,
        values: &[&dyn Bind],
        each: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let mut statement = Self::statement(&self.connection, &mut self.rewritten, sql)?;
        bind(&mut statement, values, sql)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(|e| fault_in(e, sql))? {
            each(&Row::new(&SqliteRow(row)))?;
        }
        Ok(())
    }

    fn batch(&mut self, sql: &str) -> Result<()> {
        self.connection.execute_batch(sql).map_err(|e| fault_in(e, sql))
    }

    fn prepare(&mut self, sql: &str) -> Result<Vec<String>> {
        let statement = self.connection.prepare(&rewrite(sql)).map_err(|e| fault_in(e, sql))?;
        Ok(statement.column_names().map(str::to_owned).collect())
    }

    fn begin(&mut self, write: bool) -> Result<()> {
        self.exec(if write { "begin immediate" } else { "begin" }, &[]).map(drop)
    }

    fn be_patient(&mut self) -> Result<()> {
        // sorting the search index of a large city must not happen in memory
        self.batch("pragma temp_store=FILE")
    }

    fn commit(&mut self) -> Result<()> {
        self.exec("commit", &[]).map(drop)
    }

    fn rollback(&mut self) -> Result<()> {
        // some failures have rolled back already
        if self.connection.is_autocommit() { Ok(()) } else { self.exec("rollback", &[]).map(drop) }
    }

    fn savepoint(&mut self) -> Result<()> {
        self.exec("savepoint one", &[]).map(drop)
    }

    fn release(&mut self) -> Result<()> {
        self.exec("release one", &[]).map(drop)
    }

    fn retreat(&mut self) -> Result<()> {
        self.exec("rollback to one", &[])?;
        self.exec("release one", &[]).map(drop)
    }

    fn ddl(&self, sql: &str) -> String {
        let words = [("BIGINT", "INTEGER"), ("DOUBLE", "REAL"), ("BYTES", "BLOB")];
        translate(sql, &words)
            .split(';')
            .filter(|s| !s.trim().is_empty())
            .map(|s| {
                if s.trim_start().starts_with("create table") {
                    format!("{s} strict;")
                } else {
                    format!("{s};")
                }
            })
            .collect()
    }

    fn next_number(&mut self, series: &str) -> Result<i64> {
        let mut number = 0;
        self.query(
            "insert into number_series (series, last) values ($1, 1)
             on conflict (series) do update set last = last + 1 returning last",
            &[&series],
            &mut |row| {
                number = row.get(0)?;
                Ok(())
            },
        )?;
        Ok(number)
    }

    fn index_words(&mut self, id: i64, words: &str) -> Result<()> {
        self.exec("delete from word_index where rowid = $1", &[&id])?;
        self.exec("insert into word_index (rowid, words) values ($1, $2)", &[&id, &words]).map(drop)
    }

    fn words_condition(&self, column: &str, words: &[String]) -> (String, String) {
        let wanted: Vec<String> = words
            .iter()
            .map(|w| match w.strip_suffix(PREFIX_MARK) {
                Some(start) => format!("\"{}\" *", start.replace('"', "")),
                None => format!("\"{}\"", w.replace('"', "")),
            })
            .collect();
        (format!("{column} in (select rowid from word_index where word_index match ?)"), wanted.join(" AND "))
    }

    fn each_word(&mut self, each: &mut dyn FnMut(&str, i64) -> Result<()>) -> Result<()> {
        self.batch("create virtual table if not exists temp.word_vocabulary using fts5vocab('main', 'word_index', 'instance')")?;
        self.query("select term, doc from temp.word_vocabulary", &[], &mut |row| {
            each(&row.get::<String>(0)?, row.get(1)?)
        })
    }

    fn fill_words(&mut self) -> Result<()> {
        self.batch("insert into word_index (rowid, words) select id, group_concat(word, ' ') from word_pair group by id")
    }

    fn series(&mut self) -> Result<Vec<(String, i64)>> {
        let mut found = Vec::new();
        self.query("select series, last from number_series order by series", &[], &mut |row| {
            found.push((row.get(0)?, row.get(1)?));
            Ok(())
        })?;
        Ok(found)
    }

    fn set_series(&mut self, series: &str, last: i64) -> Result<()> {
        let sql = "insert into number_series (series, last) values ($1, $2)
                   on conflict (series) do update set last = excluded.last";
        self.exec(sql, &[&series, &last]).map(drop)
    }

    fn foundation(&self) -> &'static str {
        FOUNDATION
    }

    fn columns(&mut self) -> Result<Vec<ColumnShape>> {
        sqlite_shape::columns(self)
    }

    fn indexes(&mut self) -> Result<Vec<IndexShape>> {
        sqlite_shape::indexes(self)
    }

    fn references(&mut self) -> Result<Vec<(String, String)>> {
        sqlite_shape::references(self)
    }

    fn lock_schema(&mut self) -> Result<()> {
        let file = self.lock_file("schema.lock")?;
        file.lock().map_err(|e| Problem::busy(format!("schema.lock: {e}")))?;
        self.schema_lock = Some(file);
        Ok(())
    }

    fn unlock_schema(&mut self) -> Result<()> {
        self.schema_lock = None;
        Ok(())
    }

    fn write_over(&mut self, on: bool) -> Result<()> {
        self.batch(if on { "pragma secure_delete=ON" } else { "pragma secure_delete=FAST" })
    }

    fn rinse(&mut self) -> Result<bool> {
        sqlite_rinse::rinse(self)
    }

    fn scrub(&mut self, _: &[&str]) -> Result<()> {
        self.batch("insert into word_index (word_index) values ('optimize'); vacuum; pragma wal_checkpoint(truncate);")
    }

    fn take_lane(&mut self) -> Result<u8> {
        if let Some((lane, _)) = &self.lane {
            return Ok(*lane);
        }
        for lane in 0..64_u8 {
            let file = self.lock_file(&format!("lane-{lane:02}.lock"))?;
            if file.try_lock().is_ok() {
                self.lane = Some((lane, file));
                return Ok(lane);
            }
        }
        Err(Problem::busy("64 programs are writing to this city already"))
    }

    fn lane_is_private(&self) -> bool {
        self.lane.is_some()
    }

    fn is_lost(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_in_quotes_are_text() {
        assert_eq!(rewrite("a = $1 and b = '$2' and c = $12"), "a = ?1 and b = '$2' and c = ?12");
    }

    #[test]
    fn the_writer_plans_a_statement_once() {
        let folder = tempfile::tempdir().unwrap();
        let sqlite = open(&folder.path().join("a.db"), true).unwrap();
        let made = "create table k (id integer primary key, hash text not null unique, owner integer not null, gone integer);
            create table a (id integer primary key, name text not null);
            insert into a values (1, 'x'); insert into k values (1, 'h', 1, null);";
        sqlite.connection.execute_batch(made).unwrap();
        let text = "select a.name from k join a on a.id = k.owner where k.hash = ?1 and k.gone is null";
        for _ in 0..5 {
            let mut statement = sqlite.connection.prepare_cached(text).unwrap();
            statement.raw_bind_parameter(1, "h").unwrap();
            assert!(statement.raw_query().next().unwrap().is_some());
            assert_eq!(statement.get_status(rusqlite::StatementStatus::RePrepare), 0);
        }
    }
}
