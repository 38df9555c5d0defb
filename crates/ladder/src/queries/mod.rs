//! What pages, the API and other areas read of letters.

mod board;
mod list;

pub use board::{Board, Due, DuePlace, UnitLetters, board, dry_run, unit_letters};
pub use list::{Filter, LetterLine, Show, count, each, list};

use crate::model::{Letter, Undertaking};
use crate::policy::{Act, POLICY};
use crate::store;
use ::store::audit::{self, HistoryLine};
use ::store::files::{self, FileState, StoredFile};
use ::store::{Query, Tx};
use kernel::ctx::Ctx;
use kernel::problem::Result;
use papers::Document;

/// The letters about a subject that this person may see, newest first.
pub fn letters_about(ctx: &Ctx, tx: &mut Tx<'_>, kind: &str, subject: i64) -> Result<Vec<Letter>> {
    let mut letters = store::letters_of(tx, kind, subject)?;
    letters.retain(|l| POLICY.may(ctx, Act::View, &l.standing()));
    letters.reverse();
    Ok(letters)
}

/// Of these ids, the official numbers of letters, or what stands for them before.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut query = Query::<(i64, String)>::new("select id, coalesce(number, code) from ladder_letter");
    query.one_of("id", ids);
    tx.query(&query)
}

/// One letter with all that belongs to it.
#[derive(Clone, Debug)]
pub struct Full {
    pub letter: Letter,
    pub unit: String,
    /// What it says, once issued.
    pub document: Option<Document>,
    pub files: Vec<StoredFile>,
    pub undertakings: Vec<Undertaking>,
    /// Other letters about the same.
    pub others: Vec<Letter>,
    pub history: Vec<HistoryLine>,
}

pub fn full(ctx: &Ctx, tx: &mut Tx<'_>, code: &str) -> Result<Full> {
    let letter = crate::commands::find_for(ctx, tx, Act::View, code)?;
    let mut others = letters_about(ctx, tx, &letter.subject_kind, letter.subject_id)?;
    others.retain(|l| l.id != letter.id);
    let mut came = Vec::new();
    for file in store::files(tx, letter.id)? {
        came.push(files::get(tx, file)?);
    }
    came.retain(|f| f.state != FileState::Refused);
    let mut history = audit::history(tx, letter.id)?;
    if !POLICY.may(ctx, Act::Oversee, &letter.standing()) {
        // how a letter came to be is the office's own matter
        let whole = if letter.issued_at.is_some() { 0 } else { history.len() };
        // one from before the ladder was issued without an event of its own
        let issued = history.iter().position(|l| l.verb == "ladder.issued").unwrap_or(whole);
        history.drain(..issued);
    }
    Ok(Full {
        unit: people::queries::unit_name(tx, letter.unit_id)?,
        document: crate::kept::frozen(tx, letter.id)?,
        files: came,
        undertakings: store::undertakings(tx, letter.id)?,
        others,
        history,
        letter,
    })
}
