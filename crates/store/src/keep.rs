//! How long what is kept is kept: one [`Keep`] for each kind of thing, declared by the crate whose tables hold it, and one
//! [`Held`] for what may not go yet. Who carries them out is the feature `keeping`.
//!
//! Every table of the schema is named by a rule or by a [`Stays`] with its reason; a test of the server sees to it.

use crate::sql::Query;
use crate::tx::Tx;
use kernel::ctx::Ctx;
use kernel::identifiers::Phone;
use kernel::problem::Result;
use kernel::time::{DAY, Instant};

kernel::named! {
    /// What becomes of it.
    pub enum Goes {
        /// The whole row.
        Row = "row",
        /// What tells of a person; what is counted stays.
        Personal = "personal",
        /// Bytes of a file, and what its camera noted.
        File = "file",
    }
}

/// Days that a thing is kept: what holds unless the city says otherwise, and what it may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    pub usual: i64,
    pub least: i64,
    pub most: i64,
}

impl Days {
    pub const fn new(usual: i64, least: i64, most: i64) -> Self {
        Self { usual, least, most }
    }

    /// Nobody may change it.
    pub const fn always(days: i64) -> Self {
        Self::new(days, days, days)
    }

    pub fn allow(self, days: i64) -> bool {
        (self.least..=self.most).contains(&days)
    }
}

/// The shortest time that logs of who did what in the network are kept: six months, counted as the longest six months there
/// are and rounded up to whole half-year days. 网络安全法 (text of 2016) art. 21 (3).
pub const LOG_LEAST: i64 = 184;

/// Texts of the laws that a rule rests on are `keep-law-<code>`.
pub type Law = &'static str;

/// A rule. Its name is the text `keep-<key>`; the attributes are `.starts` (what starts the clock) and `.goes` (what becomes of it).
#[derive(Debug)]
pub struct Keep {
    pub key: &'static str,
    /// The tables that it speaks of.
    pub tables: &'static [&'static str],
    pub days: Days,
    pub goes: Goes,
    pub laws: &'static [Law],
    pub way: Way,
}

/// Who carries a rule out.
#[derive(Debug)]
pub enum Way {
    /// The daily run.
    Daily {
        /// How much of it is due. May read every row that is due: for a person who asks, and once a day.
        count: fn(&mut Tx<'_>, &Due<'_>) -> Result<i64>,
        /// Erases at most so many; how many it were. Nothing is due any more when that is less.
        erase: fn(&Ctx, &mut Tx<'_>, &Due<'_>, i64) -> Result<i64>,
    },
    /// A job of the crate itself, every hour or so, because the thing is of no use afterwards; a hold does not reach it. `days`
    /// is asked where the city sets them on a page of their own.
    Own { job: &'static str, days: Option<fn(&mut Tx<'_>) -> Result<i64>> },
}

/// A table that is not erased from, and why: the text `keep-stays-<why>`.
#[derive(Clone, Copy, Debug)]
pub struct Stays {
    pub table: &'static str,
    pub why: &'static str,
}

/// `&[stays("division", "places"), …]`.
pub const fn stays(table: &'static str, why: &'static str) -> Stays {
    Stays { table, why }
}

/// What must not be erased because somebody said so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    pub cases: Vec<i64>,
    /// Cases that these units lead or govern; units below them are among them.
    pub units: Vec<i64>,
    /// Nothing whose clock started before this.
    pub before: Option<Instant>,
}

/// What a crate holds of whoever has a telephone number: for requests to see or to erase it (个人信息保护法 art. 45, 47, 50). Its name is the
/// text `keep-trace-<key>`.
#[derive(Debug)]
pub struct Trace {
    pub key: &'static str,
    pub find: fn(&mut Tx<'_>, &Phone, &Held) -> Result<Vec<Found>>,
    /// Erases what may be; how many things it were. The caller records it. `None` where nothing may be, which `find` says why.
    pub erase: Option<EraseTraces>,
}

/// See [`Trace::erase`].
pub type EraseTraces = fn(&Ctx, &mut Tx<'_>, &Phone, &Held) -> Result<i64>;

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The number that people call it by.
    pub what: String,
    pub at: Instant,
    /// What is known of the person there; names are texts `keep-fact-<name>`.
    pub facts: Vec<(&'static str, String)>,
    /// Why it may not be erased now: the text `keep-trace-stays-<code>`.
    pub stays: Option<&'static str>,
}

/// What is due: what started its clock before `until` and is not held.
#[derive(Clone, Copy, Debug)]
pub struct Due<'a> {
    pub until: Instant,
    pub held: &'a Held,
}

impl<'a> Due<'a> {
    pub fn new(now: Instant, days: i64, held: &'a Held) -> Self {
        Self { until: now.plus(-days * DAY), held }
    }

    /// From when on: what started before it is held.
    pub fn from(&self) -> Instant {
        self.held.before.unwrap_or(Instant(i64::MIN))
    }

    /// Narrows a query to what is due by the moment in `column`.
    pub fn by_clock<R>(&self, query: &mut Query<R>, column: &str) {
        query.filter(&format!("{column} >= ? and {column} < ?"), &[&self.from(), &self.until]);
    }

    /// Leaves out held cases; `case` names the table or its alias.
    pub fn but_held_cases<R>(&self, query: &mut Query<R>, case: &str) {
        let list = |ids: &[i64]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        if !self.held.cases.is_empty() {
            query.filter(&format!("{case}.id not in ({})", list(&self.held.cases)), &[]);
        }
        if !self.held.units.is_empty() {
            let units = list(&self.held.units);
            let free = |column: &str| format!("coalesce({case}.{column}, 0) not in ({units})");
            query.filter(&format!("{} and {}", free("lead_unit"), free("governing_unit")), &[]);
        }
    }
}

/// What the tables of this crate follow.
pub const OWN: &[&Keep] =
    &[&crate::tasks::KEEP, &crate::jobs::KEEP, &crate::idempotency::KEEP, &crate::files::KEEP_UPLOADS];

pub const OWN_STAYS: &[Stays] = &[
    stays("audit", "audit"),
    stays("audit_head", "audit"),
    stays("data_key", "keys"),
    stays("sealed_column", "keys"),
    stays("file_band", "fingerprints"),
    stays("file_trouble", "state"),
    stays("setting", "settings"),
    stays("name_text", "places"),
    stays("name_key", "places"),
    stays("name_bearer", "places"),
    stays("name_version", "state"),
    stays("migration", "state"),
];
