//! PostgreSQL through the synchronous `postgres` crate: one schema per city, one thread per connection.

use super::postgres_row::PostgresRow;
use super::{ColumnShape, Engine, IndexShape, PREFIX_MARK, postgres_shape, storable, translate};
use crate::value::{Bind, Row, Value};
use kernel::problem::{Problem, Result};
use postgres::error::SqlState;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, NoTls, Statement};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::error::Error;

pub(crate) struct Postgres {
    client: Client,
    schema: String,
    statements: HashMap<String, Statement>,
    lane: Option<u8>,
}

pub(crate) const FOUNDATION: &str = "
    create table if not exists word_index (id bigint primary key, words tsvector not null);
    create index if not exists word_index_words on word_index using gin (words);
";

/// Opens a connection with `schema` as the only place where names are looked up.
pub(crate) fn open(url: &str, schema: &str, create: bool) -> Result<Postgres> {
    let mut client = Client::connect(url, NoTls).map_err(|e| Problem::busy(format!("PostgreSQL: {e}")))?;
    if create {
        // two processes may start at once; the lock, held to the end of these statements' transaction, makes one wait
        client
            .batch_execute(&format!(
                "select pg_advisory_xact_lock(820000); create schema if not exists {schema}"
            ))
            .map_err(|e| fault(&e))?;
    }
    client
        .batch_execute(&format!(
            "set search_path to {schema}; set timezone to 'UTC'; set statement_timeout to '120s'; set lock_timeout to '20s';
             set synchronous_commit to on; set client_min_messages to warning"
        ))
        .map_err(|e| fault(&e))?;
    Ok(Postgres { client, schema: schema.to_owned(), statements: HashMap::new(), lane: None })
}

/// Drops a city's schema with all it holds: for tests and for a restore over an old try.
pub(crate) fn drop_schema(url: &str, schema: &str) -> Result<()> {
    let mut client = Client::connect(url, NoTls).map_err(|e| Problem::busy(format!("PostgreSQL: {e}")))?;
    client.batch_execute(&format!("drop schema if exists {schema} cascade")).map_err(|e| fault(&e))
}

fn fault(e: &postgres::Error) -> Problem {
    let text = e
        .as_db_error()
        .map_or_else(|| e.to_string(), |d| format!("{} {}", d.message(), d.detail().unwrap_or("")));
    match e.code() {
        Some(code) if *code == SqlState::UNIQUE_VIOLATION => Problem::conflict("duplicate").detail(text),
        Some(code)
            if [
                SqlState::T_R_SERIALIZATION_FAILURE,
                SqlState::T_R_DEADLOCK_DETECTED,
                SqlState::LOCK_NOT_AVAILABLE,
                SqlState::QUERY_CANCELED,
                SqlState::DISK_FULL,
                SqlState::ADMIN_SHUTDOWN,
            ]
            .contains(code) =>
        {
            Problem::busy(text)
        }
        None if e.is_closed() || e.source().is_some_and(<dyn Error>::is::<std::io::Error>) => {
            Problem::busy(text)
        }
        // a value that fits no column, too few values: our mistakes, not the server's
        None | Some(_) => Problem::internal(text),
    }
}

fn fault_in(e: &postgres::Error, sql: &str) -> Problem {
    let problem = fault(e);
    let detail = format!("{} in {sql}", problem.detail.clone().unwrap_or_default());
    problem.detail(detail)
}

#[derive(Debug)]
struct Param<'a>(Value<'a>);

impl ToSql for Param<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut bytes::BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (&self.0, ty) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Int(i), &Type::INT4) => i32::try_from(*i)?.to_sql(ty, out),
            (Value::Int(i), &Type::INT2) => i16::try_from(*i)?.to_sql(ty, out),
            #[expect(clippy::cast_precision_loss, reason = "a whole number given for a double")]
            (Value::Int(i), &Type::FLOAT8) => (*i as f64).to_sql(ty, out),
            (Value::Int(i), _) => i.to_sql(ty, out),
            (Value::Real(r), _) => r.to_sql(ty, out),
            (Value::Text(t), _) => t.as_ref().to_sql(ty, out),
            (Value::Bytes(b), _) => b.as_ref().to_sql(ty, out),
            (Value::Unsealed, _) => Err("personal data were about to be written unsealed".into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn params<'v>(values: &'v [&dyn Bind]) -> Result<Vec<Param<'v>>> {
    values.iter().map(|v| storable(v.bind()).map(Param)).collect()
}

impl Postgres {
    /// The sequence that counts a series: a hash, because a series' name may be longer than names may be here and hold
    /// any characters. The comment on the sequence keeps the name.
    fn sequence(&self, series: &str) -> String {
        let hash = hex::encode(Sha256::digest(series));
        format!("{}.number_{}", self.schema, &hash[..32])
    }

    /// The next number; `None` when the sequence is not there yet.
    fn next_of(&mut self, sequence: &str) -> Result<Option<i64>> {
        let mut number = None;
        self.query("select nextval(to_regclass($1))", &[&sequence], &mut |row| {
            number = row.get(0)?;
            Ok(())
        })?;
        Ok(number)
    }

    /// Makes the sequence. Others that need the same one wait until this transaction ends; it happens once a year.
    fn make_sequence(&mut self, series: &str, sequence: &str) -> Result<()> {
        let name = series.replace('\'', "''");
        self.batch(&format!(
            "select pg_advisory_xact_lock(hashtext('{sequence}'), 1001); create sequence if not exists {sequence};
             comment on sequence {sequence} is '{name}'"
        ))
    }

    fn statement(&mut self, sql: &str) -> Result<Statement> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql).map_err(|e| fault_in(&e, sql))?;
        if self.statements.len() > 1000 {
            self.statements.clear();
        }
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

impl Engine for Postgres {
    fn exec(&mut self, sql: &str, values: &[&dyn Bind]) -> Result<u64> {
        let statement = self.statement(sql)?;
        let params = params(values)?;
        let refs: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as &(dyn ToSql + Sync)).collect();
        self.client.execute(&statement, &refs).map_err(|e| fault_in(&e, sql))
    }

    fn query(
        &mut self,
        sql: &str,
        values: &[&dyn Bind],
        each: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let statement = self.statement(sql)?;
        // row by row: an export must not hold a table in memory
        let mut rows = self.client.query_raw(&statement, params(values)?).map_err(|e| fault_in(&e, sql))?;
        while let Some(row) = rows.next().map_err(|e| fault_in(&e, sql))? {
            each(&Row::new(&PostgresRow(&row)))?;
        }
        Ok(())
    }

    fn batch(&mut self, sql: &str) -> Result<()> {
        self.client.batch_execute(sql).map_err(|e| fault_in(&e, sql))
    }

    fn prepare(&mut self, sql: &str) -> Result<Vec<String>> {
        let statement = self.client.prepare(sql).map_err(|e| fault_in(&e, sql))?;
        Ok(statement.columns().iter().map(|c| c.name().to_owned()).collect())
    }

    fn begin(&mut self, write: bool) -> Result<()> {
        // a read sees one moment, as it does on SQLite
        self.batch(if write { "begin" } else { "begin isolation level repeatable read read only" })
    }

    fn be_patient(&mut self) -> Result<()> {
        self.batch("set statement_timeout to 0; set lock_timeout to 0")
    }

    fn commit(&mut self) -> Result<()> {
        self.batch("commit")
    }

    fn commit_with_head(&mut self, lane: u8, seq: i64, hash: &[u8; 32], last_id: i64) -> Result<()> {
        // one round trip instead of two
        let hash = hex::encode(hash);
        self.batch(&format!(
            "insert into audit_head (lane, seq, hash, last_id) values ({lane}, {seq}, '\\x{hash}', {last_id})
             on conflict (lane) do update set seq = excluded.seq, hash = excluded.hash, last_id = excluded.last_id; commit"
        ))
    }

    fn rollback(&mut self) -> Result<()> {
        self.batch("rollback")
    }

    fn savepoint(&mut self) -> Result<()> {
        self.batch("savepoint one")
    }

    fn release(&mut self) -> Result<()> {
        self.batch("release savepoint one")
    }

    fn retreat(&mut self) -> Result<()> {
        self.batch("rollback to savepoint one; release savepoint one")
    }

    fn ddl(&self, sql: &str) -> String {
        // byte order, so that both engines sort text alike
        translate(
            sql,
            &[
                ("BIGINT", "bigint"),
                ("DOUBLE", "double precision"),
                ("TEXT", "text collate \"C\""),
                ("BYTES", "bytea"),
            ],
        )
    }

    fn next_number(&mut self, series: &str) -> Result<i64> {
        let sequence = self.sequence(series);
        if let Some(number) = self.next_of(&sequence)? {
            return Ok(number);
        }
        self.make_sequence(series, &sequence)?;
        self.next_of(&sequence)?
            .ok_or_else(|| Problem::internal(format!("series {series} cannot be counted")))
    }

    fn series(&mut self) -> Result<Vec<(String, i64)>> {
        let mut found = Vec::new();
        self.query(
            "select obj_description(c.oid, 'pg_class'), coalesce(pg_sequence_last_value(c.oid), 0) from pg_class c
             join pg_namespace s on s.oid = c.relnamespace
             where s.nspname = current_schema() and c.relkind = 'S' and c.relname like 'number\\_%' order by 1",
            &[],
            &mut |row| {
                found.push((row.get(0)?, row.get(1)?));
                Ok(())
            },
        )?;
        Ok(found)
    }

    fn set_series(&mut self, series: &str, last: i64) -> Result<()> {
        let sequence = self.sequence(series);
        self.make_sequence(series, &sequence)?;
        if last == 0 {
            return Ok(());
        }
        self.query("select setval(to_regclass($1), $2)", &[&sequence, &last], &mut |_| Ok(()))
    }

    fn index_words(&mut self, id: i64, words: &str) -> Result<()> {
        // the tokens are taken as they are: the server's own parser would cut numbers and signs its own way
        self.exec(
            "insert into word_index (id, words) values ($1, array_to_tsvector(array_remove(string_to_array($2, ' '), '')))
             on conflict (id) do update set words = excluded.words",
            &[&id, &words],
        )
        .map(drop)
    }

    fn words_condition(&self, column: &str, words: &[String]) -> (String, String) {
        let quoted = |w: &str| format!("'{}'", w.replace(['\'', '\\'], ""));
        let wanted: Vec<String> = words
            .iter()
            .map(|w| match w.strip_suffix(PREFIX_MARK) {
                Some(start) => format!("{}:*", quoted(start)),
                None => quoted(w),
            })
            .collect();
        let condition = format!(
            "{column} in (select id from word_index where words @@ cast(cast(? as text) as tsquery))"
        );
        (condition, wanted.join(" & "))
    }

    fn each_word(&mut self, each: &mut dyn FnMut(&str, i64) -> Result<()>) -> Result<()> {
        self.query("select unnest(tsvector_to_array(words)), id from word_index", &[], &mut |row| {
            each(&row.get::<String>(0)?, row.get(1)?)
        })
    }

    fn fill_words(&mut self) -> Result<()> {
        self.batch("insert into word_index (id, words) select id, array_to_tsvector(array_agg(word)) from word_pair group by id")
    }

    fn foundation(&self) -> &'static str {
        FOUNDATION
    }

    fn columns(&mut self) -> Result<Vec<ColumnShape>> {
        postgres_shape::columns(self)
    }

    fn indexes(&mut self) -> Result<Vec<IndexShape>> {
        postgres_shape::indexes(self)
    }

    fn references(&mut self) -> Result<Vec<(String, String)>> {
        postgres_shape::references(self)
    }

    fn lock_schema(&mut self) -> Result<()> {
        let schema = self.schema.clone();
        self.query("select pg_advisory_lock(hashtext($1), 1000)::text", &[&schema], &mut |_| Ok(()))
    }

    fn unlock_schema(&mut self) -> Result<()> {
        let schema = self.schema.clone();
        self.query("select pg_advisory_unlock(hashtext($1), 1000)::text", &[&schema], &mut |_| Ok(()))
    }

    fn rinse(&mut self) -> Result<bool> {
        // a row that is gone lies in its table until that is vacuumed, which holds up neither readers nor writers
        self.batch("set statement_timeout to 0")?;
        let mut tables: Vec<String> = self.columns()?.into_iter().map(|column| column.table).collect();
        tables.dedup();
        for table in tables.iter().map(String::as_str).chain(["word_index"]) {
            self.batch(&format!("vacuum {table}"))?;
        }
        self.batch("set statement_timeout to '120s'")?;
        Ok(true)
    }

    fn scrub(&mut self, tables: &[&str]) -> Result<()> {
        // a large table takes longer than any statement of the city's daily work may
        self.batch("set statement_timeout to 0")?;
        for table in tables.iter().chain(&["word_index"]) {
            self.batch(&format!("vacuum full {table}"))?;
        }
        self.batch("set statement_timeout to '120s'")
    }

    fn take_lane(&mut self) -> Result<u8> {
        if let Some(lane) = self.lane {
            return Ok(lane);
        }
        let schema = self.schema.clone();
        for lane in 0..64_u8 {
            let mut got = false;
            self.query(
                "select pg_try_advisory_lock(hashtext($1), $2)::int",
                &[&schema, &lane],
                &mut |row| {
                    got = row.get(0)?;
                    Ok(())
                },
            )?;
            if got {
                self.lane = Some(lane);
                return Ok(lane);
            }
        }
        Err(Problem::busy("64 writers are at work in this city already"))
    }

    fn lane_is_private(&self) -> bool {
        self.lane.is_some()
    }

    fn is_lost(&self) -> bool {
        self.client.is_closed()
    }
}
