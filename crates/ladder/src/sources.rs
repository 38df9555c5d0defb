//! Where subjects come from. The areas that have deadlines (cases, tasks) bring a [`Source`] each; this crate knows none
//! of them.

use crate::model::{Letter, Subject};
use kernel::calendar::WorkingCalendar;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use std::sync::Arc;
use store::Tx;
use web::City;
use web::list::Cursor;

/// What happened to a letter, for the history of the thing that it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    Issued,
    Acknowledged,
    Answered,
    Withdrawn,
    Closed,
}

/// An area whose things have deadlines.
pub trait Source: Send + Sync {
    /// Stable code, stored with every letter: `case`.
    fn kind(&self) -> &'static str;

    /// Subjects whose clock runs at a unit, what is due first before others (deadline, then id), from after `after`. Costs
    /// what is asked for, however many there are.
    fn running(&self, tx: &mut Tx<'_>, after: Option<Cursor>, limit: i64) -> Result<Vec<Subject>>;

    /// One subject as it is now.
    fn subject(&self, tx: &mut Tx<'_>, id: i64) -> Result<Option<Subject>>;

    /// The page of a subject.
    fn href(&self, number: &str) -> String;

    /// Writes into the subject's own history, in the same transaction.
    fn told(&self, ctx: &Ctx, tx: &mut Tx<'_>, letter: &Letter, news: News) -> Result<()>;
}

/// All sources of a city.
#[derive(Clone, Default)]
pub struct Sources(Vec<Arc<dyn Source>>);

impl Sources {
    #[must_use]
    pub fn with(mut self, source: Arc<dyn Source>) -> Self {
        self.0.retain(|s| s.kind() != source.kind());
        self.0.push(source);
        self
    }

    pub fn all(&self) -> impl Iterator<Item = &Arc<dyn Source>> {
        self.0.iter()
    }

    pub fn of(&self, kind: &str) -> Result<&dyn Source> {
        let found = self.0.iter().find(|s| s.kind() == kind);
        found
            .map(AsRef::as_ref)
            .ok_or_else(|| Problem::internal(format!("nobody knows subjects of kind {kind}")))
    }
}

/// Brings a source to a city, when it is opened.
pub fn bring(city: &City, source: Arc<dyn Source>) {
    let known = city.kept::<Sources>().map(|s| (*s).clone()).unwrap_or_default();
    city.keep(known.with(source));
}

/// What commands need to know besides the letter.
#[derive(Clone)]
pub struct Desk {
    pub calendar: Arc<WorkingCalendar>,
    pub sources: Sources,
    /// Its name stands at the head of a letter while no other organ is set.
    pub city: City,
    /// Where people reach the program, for the code on a letter; empty where that is not known.
    pub base_url: String,
}

impl Desk {
    pub fn of(city: &City) -> Self {
        Self {
            calendar: city.calendar(),
            sources: city.kept::<Sources>().map(|s| (*s).clone()).unwrap_or_default(),
            city: city.clone(),
            base_url: String::new(),
        }
    }
}
