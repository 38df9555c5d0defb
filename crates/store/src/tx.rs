//! What can be done inside a transaction.

use crate::audit::{self, Event, Hash, Head};
use crate::dialect::Engine;
use crate::sealed::{self, At, Hashed, KeyedHash, Keys, Private, Ring};
use crate::sql::{Query, Record, Sql, Table};
use crate::value::{Bind, Row, Value};
use kernel::ctx::Ctx;
use kernel::id::{Id, IdMaker};
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use std::sync::Arc;

/// What a writer keeps between transactions.
#[derive(Debug)]
pub(crate) struct Lane {
    pub(crate) number: u8,
    pub(crate) head: Head,
    pub(crate) ids: IdMaker,
    /// With what its next link is hashed.
    pub(crate) wanted: Hash,
}

/// A transaction on either engine. Rolled back unless the closure it was given to returns `Ok`.
pub struct Tx<'c> {
    engine: &'c mut dyn Engine,
    lane: Option<&'c mut Lane>,
    now: Instant,
    keys: &'c Keys,
    /// The keys as this transaction has found them.
    ring: Option<Arc<Ring>>,
    wrote: bool,
    recorded: bool,
    happened: bool,
    wakes: bool,
    /// The greatest id of this lane before the transaction.
    began_after: i64,
    /// The thing whose earlier events have been looked at.
    passed: Option<i64>,
}

impl<'c> Tx<'c> {
    pub(crate) fn new(
        engine: &'c mut dyn Engine,
        lane: Option<&'c mut Lane>,
        now: Instant,
        keys: &'c Keys,
    ) -> Self {
        let began_after = lane.as_ref().map_or(0, |lane| lane.ids.last());
        Self {
            engine,
            lane,
            now,
            keys,
            ring: None,
            wrote: false,
            recorded: false,
            happened: false,
            wakes: false,
            began_after,
            passed: None,
        }
    }

    /// Runs a statement that changes rows; how many it changed.
    pub fn exec(&mut self, sql: Sql<'_>, values: &[&dyn Bind]) -> Result<u64> {
        self.must_write()?;
        self.wrote = true;
        self.engine.exec(sql.text(), values)
    }

    /// [`exec`](Self::exec) for what must not be found on the disk afterwards; how many rows it changed.
    pub fn erase(&mut self, sql: Sql<'_>, values: &[&dyn Bind]) -> Result<i64> {
        self.thoroughly(|tx| tx.exec(sql, values)).map(|n| i64::try_from(n).unwrap_or(i64::MAX))
    }

    /// What `work` frees is written over at once. See [`Db::rinse`](crate::Db::rinse) for what else holds copies.
    pub fn thoroughly<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.must_write()?;
        self.engine.write_over(true)?;
        let done = work(self);
        self.engine.write_over(false)?;
        done
    }

    /// Every row of an answer. Only for answers whose size is bounded by what is asked.
    pub fn all<R: Record>(&mut self, sql: Sql<'_, R>, values: &[&dyn Bind]) -> Result<Vec<R>> {
        self.rows(sql.text(), values)
    }

    /// The first row of an answer.
    pub fn one<R: Record>(&mut self, sql: Sql<'_, R>, values: &[&dyn Bind]) -> Result<Option<R>> {
        Ok(self.rows(sql.text(), values)?.into_iter().next())
    }

    /// The single value of a statement that always answers one, such as `select count(*)`.
    pub fn value<T: crate::Column>(&mut self, sql: Sql<'_, (T,)>, values: &[&dyn Bind]) -> Result<T> {
        self.one(sql, values)?.map(|(v,)| v).ok_or_else(|| Problem::internal("a statement answered no row"))
    }

    /// Runs a statement that changes rows and answers with them (`returning`).
    pub fn change<R: Record>(&mut self, sql: Sql<'_, R>, values: &[&dyn Bind]) -> Result<Vec<R>> {
        self.must_write()?;
        self.wrote = true;
        self.rows(sql.text(), values)
    }

    /// Rows of a statement put together at run time.
    pub fn query<R: Record>(&mut self, query: &Query<R>) -> Result<Vec<R>> {
        let (text, values) = query.parts();
        let text = text.to_owned();
        self.rows(&text, &values)
    }

    /// Calls `each` for every row without holding them all: for exports and recounts.
    pub fn each<R: Record>(&mut self, query: &Query<R>, each: &mut dyn FnMut(R) -> Result<()>) -> Result<()> {
        let (text, values) = query.parts();
        let text = text.to_owned();
        let keys = self.keys;
        self.engine
            .query(&text, &values, &mut |row| each(R::read(&Row { source: row.source, keys: Some(keys) })?))
    }

    fn rows<R: Record>(&mut self, text: &str, values: &[&dyn Bind]) -> Result<Vec<R>> {
        let (mut rows, keys) = (Vec::new(), self.keys);
        self.engine.query(text, values, &mut |row| {
            rows.push(R::read(&Row { source: row.source, keys: Some(keys) })?);
            Ok(())
        })?;
        Ok(rows)
    }

    pub fn insert<T: Table>(&mut self, row: &T) -> Result<()> {
        self.put::<T>(T::insert_text(), row).map(drop)
    }

    /// Saves a row that nobody else has saved since it was read; else 409 `stale`.
    pub fn save<T: Table>(&mut self, row: &T) -> Result<()> {
        match self.put::<T>(T::save_text(), row)? {
            0 => Err(Problem::stale()),
            _ => Ok(()),
        }
    }

    fn put<T: Table>(&mut self, text: &str, row: &T) -> Result<u64> {
        self.must_write()?;
        self.wrote = true;
        let values = row.values();
        let (ring, keys) = (&mut self.ring, self.keys);
        let ring = || Arc::clone(ring.get_or_insert_with(|| keys.fresh()));
        match sealed::seal_row(ring, T::FIELDS, &values)? {
            None => self.engine.exec(text, &values),
            Some(sealed) => {
                let values: Vec<&dyn Bind> = sealed.iter().map(|v| v as &dyn Bind).collect();
                self.engine.exec(text, &values)
            }
        }
    }

    fn ring(&mut self) -> Arc<Ring> {
        let keys = self.keys;
        Arc::clone(self.ring.get_or_insert_with(|| keys.fresh()))
    }

    /// Seals a text for a statement that is no record's: for the row whose key is `row`.
    pub fn seal<P: Private>(&mut self, row: impl ToString, text: &str) -> Result<String> {
        self.ring().seal(&P::AT, &row.to_string(), text)
    }

    /// Opens what [`seal`](Self::seal) sealed for the same row.
    pub fn unseal<P: Private>(&self, row: impl ToString, stored: &str) -> Result<String> {
        self.keys.open(&P::AT, &row.to_string(), stored)
    }

    /// What a whole value is looked up by in a sealed column; `None` when it is none that can be: no telephone number, say.
    pub fn mark<P: Private>(&self, value: &str) -> Result<Option<String>> {
        self.keys.ring().mark(&P::AT, value)
    }

    /// What a value is recognised by in a column of keyed hashes.
    pub fn keyed_hash<P: Hashed>(&self, value: &str) -> Result<KeyedHash<P>> {
        self.keys.ring().keyed_hash(&P::AT, value).map(KeyedHash::new)
    }

    /// Seals a stored text with the current key, unless somebody has written another one meanwhile.
    pub(crate) fn reseal(&mut self, at: &At, key: &Value<'static>, stored: &str) -> Result<u64> {
        let row = key.key().unwrap_or_default();
        let text = self.keys.open(at, &row, stored)?;
        let sealed = self.ring().seal(at, &row, &text)?;
        self.must_write()?;
        self.wrote = true;
        let (table, column, row) = (at.table, at.column, at.row);
        let text = format!("update {table} set {column} = $1 where {row} = $2 and {column} = $3");
        self.engine.exec(&text, &[&sealed, key, &stored])
    }

    /// A new id, greater than every id this lane made before.
    pub fn new_id<T>(&mut self) -> Id<T> {
        Id::new(self.new_raw_id())
    }

    pub(crate) fn new_raw_id(&mut self) -> i64 {
        let millis = self.now.0 / 1000;
        self.lane.as_mut().map_or(0, |lane| lane.ids.make(millis))
    }

    /// Makes the next id greater than those of what happened to a thing before, so that the log's order is the order of
    /// cause and effect for each thing, whatever lanes and clocks the two were written by. What this transaction has made
    /// itself has no past.
    pub(crate) fn pass_past_of(&mut self, entity: i64) -> Result<()> {
        let new = |lane: &&mut Lane| lane.ids.made_since(entity, self.began_after);
        if entity == 0 || self.passed == Some(entity) || self.lane.as_ref().is_some_and(new) {
            return Ok(());
        }
        let last = audit::latest_of(self, entity)?;
        if let Some(lane) = self.lane.as_mut() {
            lane.ids.pass(last);
        }
        self.passed = Some(entity);
        Ok(())
    }

    /// The next number of a series, from 1: `CASE-2026`. Without gaps on SQLite; on PostgreSQL a refused transaction
    /// leaves a gap, because counting without gaps would make all writers wait for each other.
    pub fn next_number(&mut self, series: &str) -> Result<i64> {
        self.must_write()?;
        self.engine.next_number(series)
    }

    /// Records what happened, as the next link of the chain.
    pub fn record(&mut self, ctx: &Ctx, event: Event) -> Result<()> {
        audit::append(self, ctx, event)?;
        self.recorded = true;
        self.happened = true;
        Ok(())
    }

    /// Says that this transaction changes nothing a person did or decided (a lease, a session's last use, a search
    /// index), so that no event is owed.
    pub fn housekeeping(&mut self) {
        self.recorded = true;
    }

    /// Puts words (see [`crate::words`]) into the search index under `id`, replacing what was there. Telephone and identity
    /// numbers among them are left out: the index is not sealed.
    pub fn index_words<T>(&mut self, id: Id<T>, words: &str) -> Result<()> {
        self.must_write()?;
        if !words.split(' ').any(sealed::is_private_word) {
            return self.engine.index_words(id.raw(), words);
        }
        let kept: Vec<&str> = words.split(' ').filter(|w| !sealed::is_private_word(w)).collect();
        self.engine.index_words(id.raw(), &kept.join(" "))
    }

    /// A condition for [`Query::filter`] that holds for rows whose `column` was indexed with all of the words.
    pub fn words_condition(&self, column: &str, query: &str) -> Option<(String, String)> {
        let words = crate::words::query_tokens(query);
        (!words.is_empty()).then(|| self.engine.words_condition(column, &words))
    }

    pub fn now(&self) -> Instant {
        self.now
    }

    pub(crate) fn head(&self) -> Head {
        self.lane.as_ref().map_or(Head::START, |l| l.head)
    }

    pub(crate) fn wanted_hash(&self) -> Hash {
        self.lane.as_ref().map_or(Hash::Sha256, |l| l.wanted)
    }

    pub(crate) fn set_head(&mut self, head: Head) {
        if let Some(lane) = self.lane.as_mut() {
            lane.head = head;
        }
    }

    pub(crate) fn lane(&self) -> i64 {
        self.lane.as_ref().map_or(-1, |l| i64::from(l.number))
    }

    /// Wakes this process's workers once this transaction has committed.
    pub(crate) fn ring_after_commit(&mut self) {
        self.wakes = true;
    }

    pub(crate) fn rings(&self) -> bool {
        self.wakes
    }

    /// Whether an event was recorded: housekeeping changes nothing that people are shown.
    pub(crate) fn happened(&self) -> bool {
        self.happened
    }

    fn must_write(&self) -> Result<()> {
        if self.lane.is_some() { Ok(()) } else { Err(Problem::internal("a read transaction cannot write")) }
    }

    /// Refuses silence: who writes must have recorded why.
    pub(crate) fn finish(&self) -> Result<()> {
        if self.wrote && !self.recorded {
            return Err(Problem::internal("a write transaction recorded no event; nothing was saved"));
        }
        Ok(())
    }
}
