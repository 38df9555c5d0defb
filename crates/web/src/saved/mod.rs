//! Saved filters: a person keeps the filters of a list under a name, and finds them above it.
//!
//! A list page calls [`views`] with its own address and its [`Params`], hands the answer to its template, and writes
//! `{{ c::views(ui, saved) }}` above the filters.

mod store;

use crate::list::Params;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Findings, Problem, Result};
pub use store::SavedRow;

/// Mark for ids of saved filters.
#[derive(Debug)]
pub enum Saved {}

/// The saved filters of a list, and which of them is on.
#[derive(Clone, Debug, Default)]
pub struct Views {
    /// Address of the list.
    pub list: String,
    pub views: Vec<SavedRow>,
    /// The filters that are on now.
    pub current: String,
}

impl Views {
    /// The saved filter that is on now.
    pub fn here(&self) -> Option<&SavedRow> {
        self.views.iter().find(|v| v.query.as_str() == self.current)
    }
}

/// Most filters that one person keeps for one list.
const LIMIT: usize = 20;

/// What this person keeps for the list at `list`; nothing for strangers.
pub fn views(tx: &mut Tx<'_>, ctx: &Ctx, list: &str, params: &Params) -> Result<Views> {
    let views = match ctx.person() {
        Some(person) => store::of(tx, person, list)?,
        None => Vec::new(),
    };
    Ok(Views { list: list.to_owned(), views, current: params.filters() })
}

/// Keeps a filter, replacing the one of the same name.
pub fn keep(tx: &mut Tx<'_>, ctx: &Ctx, list: &str, name: &str, query: &str) -> Result<()> {
    let person = ctx.person().ok_or_else(Problem::sign_in)?;
    let mut findings = Findings::default();
    findings.check(!name.is_empty() && name.chars().count() <= 40, "name", "required");
    findings.check(list.len() <= 200 && query.len() <= 2000, "query", "not-a-choice");
    findings.done()?;
    let have = store::of(tx, person, list)?;
    if have.len() >= LIMIT && have.iter().all(|v| v.name != name) {
        return Err(Problem::conflict("too-many-saved").arg("limit", LIMIT));
    }
    // what is kept is written as the list itself writes it, so that the two can be compared
    let query = Params::parse(query).filters();
    let row = SavedRow {
        id: tx.new_id(),
        person,
        list: list.to_owned(),
        name: name.to_owned(),
        query: query.into(),
    };
    tx.housekeeping();
    store::keep(tx, &row)
}

/// Forgets one, and tells which list it belonged to.
pub fn forget(tx: &mut Tx<'_>, ctx: &Ctx, id: Id<Saved>) -> Result<String> {
    let person = ctx.person().ok_or_else(Problem::sign_in)?;
    tx.housekeeping();
    store::forget(tx, person, id)?.ok_or_else(Problem::not_found)
}
