//! What can be done inside a transaction.

use crate::audit::{self, Event, Head};
use crate::dialect::Engine;
use crate::sql::{Query, Record, Sql, Table};
use crate::value::Bind;
use kernel::ctx::Ctx;
use kernel::id::{Id, IdMaker};
use kernel::problem::{Problem, Result};
use kernel::time::Instant;

/// What a writer keeps between transactions.
#[derive(Debug)]
pub(crate) struct Lane {
    pub(crate) number: u8,
    pub(crate) head: Head,
    pub(crate) ids: IdMaker,
}

/// A transaction on either engine. Rolled back unless the closure it was given to returns `Ok`.
pub struct Tx<'c> {
    engine: &'c mut dyn Engine,
    lane: Option<&'c mut Lane>,
    now: Instant,
    wrote: bool,
    recorded: bool,
    happened: bool,
    ring: bool,
    /// The greatest id of this lane before the transaction.
    began_after: i64,
    /// The thing whose earlier events have been looked at.
    passed: Option<i64>,
}

impl<'c> Tx<'c> {
    pub(crate) fn new(engine: &'c mut dyn Engine, lane: Option<&'c mut Lane>, now: Instant) -> Self {
        let began_after = lane.as_ref().map_or(0, |lane| lane.ids.last());
        Self {
            engine,
            lane,
            now,
            wrote: false,
            recorded: false,
            happened: false,
            ring: false,
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
        self.engine.query(&text, &values, &mut |row| each(R::read(row)?))
    }

    fn rows<R: Record>(&mut self, text: &str, values: &[&dyn Bind]) -> Result<Vec<R>> {
        let mut rows = Vec::new();
        self.engine.query(text, values, &mut |row| {
            rows.push(R::read(row)?);
            Ok(())
        })?;
        Ok(rows)
    }

    pub fn insert<T: Table>(&mut self, row: &T) -> Result<()> {
        self.must_write()?;
        self.wrote = true;
        self.engine.exec(T::insert_text(), &row.values()).map(drop)
    }

    /// Saves a row that nobody else has saved since it was read; else 409 `stale`.
    pub fn save<T: Table>(&mut self, row: &T) -> Result<()> {
        self.must_write()?;
        self.wrote = true;
        match self.engine.exec(T::save_text(), &row.values())? {
            0 => Err(Problem::stale()),
            _ => Ok(()),
        }
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

    /// Puts words (see [`crate::words`]) into the search index under `id`, replacing what was there.
    pub fn index_words<T>(&mut self, id: Id<T>, words: &str) -> Result<()> {
        self.must_write()?;
        self.engine.index_words(id.raw(), words)
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
        self.ring = true;
    }

    pub(crate) fn rings(&self) -> bool {
        self.ring
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
