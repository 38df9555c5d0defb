//! The audit log: what happened, by whom, in a chain of hashes that shows any later touch.
//!
//! Every write transaction records at least one [`Event`]. Events are linked in chains, one per *lane* (one per writer
//! connection: SQLite has one, PostgreSQL several), so that writers do not wait for each other. A link is
//! `hash = H(previous hash, lane, seq, everything the event says, H(its free text))`, H being SHA-256 or SM3 (see `hash`); `audit_head` holds
//! the last link of each lane, so that cutting off the end shows as well. Free text stands in `audit_text`, because it
//! may hold personal data that the law lets people have erased: the chain keeps its hash, and an erased text is legal
//! only where an `audit.text-erased` event names it.

mod hash;
mod proof;

use hash::CHANGED;
pub(crate) use hash::WANTED;
pub use hash::{Hash, hash_with};
pub use proof::{Verdict, verify};

use crate::sql::{Query, Record};
use crate::tx::Tx;
use crate::{Sealed, record, sealed_columns, sql};
use kernel::ctx::{Actor, Ctx};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use serde_json::{Map, Value as JsonValue};

sealed_columns! {
    /// What a person wrote.
    pub EventText = "audit_text"."text" of "event_id";
}

/// One thing that happened. `verb` is `area.what-happened`; the sentence people read is `event-<area>-<what>`.
#[derive(Clone, Debug)]
pub struct Event {
    verb: &'static str,
    entity: i64,
    detail: Map<String, JsonValue>,
    text: Option<String>,
}

impl Event {
    pub fn new<T>(verb: &'static str, entity: Id<T>) -> Self {
        Self { verb, entity: entity.raw(), detail: Map::new(), text: None }
    }

    /// An event of the city as a whole.
    pub fn city(verb: &'static str) -> Self {
        Self { verb, entity: 0, detail: Map::new(), text: None }
    }

    /// A small fact: a code, a number, a name of a unit. Never what a person wrote: that is [`text`](Self::text).
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<JsonValue>) -> Self {
        self.detail.insert(name.to_owned(), value.into());
        self
    }

    /// What a person wrote: an opinion, a reason. May be erased later; the chain keeps only its hash.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        if !text.is_empty() {
            self.text = Some(text.to_owned());
        }
        self
    }
}

record! {
    /// A stored event, as the chain holds it.
    #[derive(Clone, Debug)]
    pub struct Link in "audit" {
        pub id: i64,
        pub lane: i64,
        pub seq: i64,
        pub at: Instant,
        pub actor: String,
        pub actor_name: String,
        pub request_id: String,
        pub verb: String,
        pub entity: i64,
        pub detail: String,
        pub text_hash: Option<Vec<u8>>,
        pub hash: Vec<u8>,
        /// With what it and its text are hashed.
        pub algorithm: Hash,
    }
}

/// The end of a lane's chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) seq: i64,
    pub(crate) hash: [u8; 32],
    /// With what the last link was hashed.
    pub(crate) algorithm: Hash,
}

impl Head {
    pub(crate) const START: Head = Head { seq: 0, hash: [0; 32], algorithm: Hash::Sha256 };
}

impl Link {
    fn digest(&self, previous: &[u8]) -> [u8; 32] {
        self.algorithm.of_all(|take| {
            take(previous);
            for number in [self.id, self.lane, self.seq, self.at.0, self.entity] {
                take(&number.to_be_bytes());
            }
            // lengths are hashed too, so that no text can slide from one field into the next
            for text in [&self.actor, &self.actor_name, &self.request_id, &self.verb, &self.detail] {
                take(&(text.len() as u64).to_be_bytes());
                take(text.as_bytes());
            }
            take(&[u8::from(self.text_hash.is_some())]);
            take(self.text_hash.as_deref().unwrap_or(&[]));
        })
    }
}

/// Writes the event as the next link of this transaction's lane. Where the lane is to be hashed differently from now on,
/// that is an event of its own before it.
pub(crate) fn append(tx: &mut Tx<'_>, ctx: &Ctx, event: Event) -> Result<()> {
    let (head, wanted) = (tx.head(), tx.wanted_hash());
    if head.seq > 0 && head.algorithm != wanted {
        let program = Ctx { actor: Actor::System("audit-hash"), ..ctx.clone() };
        let change = Event::city(CHANGED).with("before", head.algorithm.code()).with("after", wanted.code());
        link(tx, &program, change, wanted)?;
    }
    link(tx, ctx, event, wanted)
}

fn link(tx: &mut Tx<'_>, ctx: &Ctx, event: Event, algorithm: Hash) -> Result<()> {
    let (actor, actor_name) = match &ctx.actor {
        Actor::Public => ("public".to_owned(), String::new()),
        Actor::System(name) => (format!("system:{name}"), String::new()),
        Actor::Member(m) => (format!("person:{}", m.id), m.name.clone()),
    };
    let text_hash = event.text.as_ref().map(|t| algorithm.of(t).to_vec());
    tx.pass_past_of(event.entity)?;
    let head = tx.head();
    let mut link = Link {
        id: tx.new_raw_id(),
        lane: tx.lane(),
        seq: head.seq + 1,
        at: ctx.now,
        actor,
        actor_name,
        request_id: ctx.request_id.to_string(),
        verb: event.verb.to_owned(),
        entity: event.entity,
        detail: if event.detail.is_empty() {
            "{}".to_owned()
        } else {
            JsonValue::Object(event.detail).to_string()
        },
        text_hash,
        hash: Vec::new(),
        algorithm,
    };
    let hash = link.digest(&head.hash);
    link.hash = hash.to_vec();
    tx.insert(&link)?;
    if let Some(text) = &event.text {
        let text = tx.seal::<EventText>(link.id, text)?;
        tx.exec(sql!("insert into audit_text (event_id, text) values ($1, $2)"), &[&link.id, &text])?;
    }
    tx.set_head(Head { seq: link.seq, hash, algorithm });
    Ok(())
}

/// How many of a thing's latest events are looked at for the greatest id: more than programs whose clocks differ write
/// about one thing within that difference.
const LATEST: i64 = 16;

/// The greatest id of what happened to a thing; 0 for nothing.
pub(crate) fn latest_of(tx: &mut Tx<'_>, entity: i64) -> Result<i64> {
    tx.value(
        sql!((i64,): "select coalesce(max(id), 0) from
             (select id from audit where entity = $1 order by at desc, id desc limit $2) as latest"),
        &[&entity, &LATEST],
    )
}

/// The verb of the event that makes a missing text legal.
const ERASED: &str = "audit.text-erased";

/// Erases what a person wrote from the event with this id, as the law lets people demand, and records that it was done.
/// The chain keeps the text's hash and stays whole. 404 when the event has no text (any more).
pub fn erase_text(tx: &mut Tx<'_>, ctx: &Ctx, event: i64) -> Result<()> {
    if tx.exec(sql!("delete from audit_text where event_id = $1"), &[&event])? == 0 {
        return Err(Problem::not_found());
    }
    tx.record(ctx, Event::new(ERASED, Id::<Link>::new(event)))
}

/// The verb of the event that makes every missing text of its thing legal, as far as it was written before.
const ERASED_ALL: &str = "audit.texts-erased";

/// [`erase_text`] for everything that people wrote about one thing; how many texts there were. Records one event when there were
/// any.
pub fn erase_texts<T>(tx: &mut Tx<'_>, ctx: &Ctx, entity: Id<T>) -> Result<i64> {
    let texts = tx.erase(
        sql!("delete from audit_text where event_id in (select id from audit where entity = $1)"),
        &[&entity],
    )?;
    if texts > 0 {
        tx.record(ctx, Event::new(ERASED_ALL, entity).with("count", texts))?;
    }
    Ok(texts)
}

record! {
    /// An event as people read it in a history.
    #[derive(Clone, Debug)]
    pub struct HistoryLine {
        pub id: i64,
        pub at: Instant,
        pub actor: String,
        pub actor_name: String,
        pub verb: String,
        /// Id of what it is about; 0: the city.
        pub entity: i64,
        pub detail: String,
        pub text: Option<Sealed<EventText>>,
    }
}

impl HistoryLine {
    /// What the person wrote, where they wrote something that was not erased.
    pub fn words(&self) -> Option<String> {
        self.text.clone().map(Sealed::into_string)
    }

    /// A fact of the event's detail as text, empty when there is none.
    pub fn fact(&self, name: &str) -> String {
        match serde_json::from_str::<JsonValue>(&self.detail).ok().and_then(|d| d.get(name).cloned()) {
            Some(JsonValue::String(s)) => s,
            Some(other) => other.to_string(),
            None => String::new(),
        }
    }

    pub fn facts(&self) -> Map<String, JsonValue> {
        serde_json::from_str(&self.detail).unwrap_or_default()
    }

    /// `event-case-dispatched` for the verb `case.dispatched`.
    pub fn sentence_key(&self) -> String {
        format!("event-{}", self.verb.replace('.', "-"))
    }
}

/// Everything that happened to one thing, oldest first.
pub fn history<T>(tx: &mut Tx<'_>, entity: Id<T>) -> Result<Vec<HistoryLine>> {
    tx.all(
        sql!(HistoryLine: "select a.id, a.at, a.actor, a.actor_name, a.verb, a.entity, a.detail, t.text
             from audit a left join audit_text t on t.event_id = a.id where a.entity = $1 order by a.at, a.id"),
        &[&entity],
    )
}

/// These events with their words, in the order of the log.
pub fn lines(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<HistoryLine>> {
    let mut lines = Vec::new();
    for some in ids.chunks(500) {
        let mut query = Query::<HistoryLine>::new(
            "select a.id, a.at, a.actor, a.actor_name, a.verb, a.entity, a.detail, t.text
             from audit a left join audit_text t on t.event_id = a.id",
        );
        query.one_of("a.id", some).tail("order by a.id", &[]);
        lines.extend(tx.query(&query)?);
    }
    lines.sort_by_key(|line| line.id);
    Ok(lines)
}

/// The log itself, newest first, for the auditor: events before `before` (an event id), optionally of one verb's area.
pub fn recent(tx: &mut Tx<'_>, before: Option<i64>, limit: i64) -> Result<Vec<HistoryLine>> {
    let before = before.unwrap_or(i64::MAX);
    tx.all(
        sql!(HistoryLine: "select a.id, a.at, a.actor, a.actor_name, a.verb, a.entity, a.detail, t.text
             from audit a left join audit_text t on t.event_id = a.id where a.id < $1 order by a.id desc limit $2"),
        &[&before, &limit],
    )
}

/// What a reader of the log looks for; what is empty lets everything through.
#[derive(Clone, Debug, Default)]
pub struct LogFilter {
    /// Only events before this one.
    pub before: Option<i64>,
    /// A verb, or the area before its dot: `case.closed` or `case`.
    pub verb: String,
    /// As events hold it: `person:7`, `public`, `system:…`.
    pub actor: String,
}

/// A part of the log, newest first. With a filter it may hold few lines, or none, and still go on at `next`.
#[derive(Clone, Debug)]
pub struct LogPage {
    pub lines: Vec<HistoryLine>,
    pub next: Option<i64>,
}

/// How many events one page looks through: the log has no index by verb or actor, which every write would pay for.
const LOOKED_THROUGH: i64 = 20_000;

/// The log, narrowed. No page reads more than [`LOOKED_THROUGH`] events, however long the log is.
pub fn search(tx: &mut Tx<'_>, filter: &LogFilter, limit: usize) -> Result<LogPage> {
    let before = filter.before.unwrap_or(i64::MAX);
    let reach = tx.one(
        sql!((Option<i64>, i64): "select min(id), count(*) from
             (select id from audit where id < $1 order by id desc limit $2) as newest"),
        &[&before, &LOOKED_THROUGH],
    )?;
    let Some((Some(floor), looked)) = reach else { return Ok(LogPage { lines: Vec::new(), next: None }) };
    let mut query = Query::<HistoryLine>::new(
        "select a.id, a.at, a.actor, a.actor_name, a.verb, a.entity, a.detail, t.text
         from audit a left join audit_text t on t.event_id = a.id",
    );
    query.filter("a.id < ? and a.id >= ?", &[&before, &floor]);
    if !filter.verb.is_empty() {
        // `/` comes right after `.`
        let (from, to) = (format!("{}.", filter.verb), format!("{}/", filter.verb));
        query.filter("a.verb = ? or (a.verb >= ? and a.verb < ?)", &[&filter.verb, &from, &to]);
    }
    if !filter.actor.is_empty() {
        query.filter("a.actor = ?", &[&filter.actor]);
    }
    let wanted = i64::try_from(limit).unwrap_or(i64::MAX - 1) + 1;
    query.tail("order by a.id desc limit ?", &[&wanted]);
    let mut lines = tx.query(&query)?;
    let more = lines.len() > limit;
    lines.truncate(limit);
    let next = if more { lines.last().map(|l| l.id) } else { (looked == LOOKED_THROUGH).then_some(floor) };
    Ok(LogPage { lines, next })
}

/// Names of the columns of a link, for the test that alters each of them.
pub fn link_columns() -> &'static [&'static str] {
    Link::FIELDS
}
