//! What a text of a round means: a person says it, and may take it back.

use super::{before, event, load_open, recount, rows_of, told};
use crate::rounds::change::Change;
use crate::rounds::model::{Match, Name, NameKind, Round};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;

/// Longest text that a row may have, in characters; see `reading`.
const LONGEST: usize = 500;

/// Says which item, street or unit a text of a round means. Said again, the later word holds; both stand in the log.
///
/// # Errors
/// `name: not-a-choice` where the round has no such name; `round-fixed` (409).
pub fn say(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    number: &str,
    kind: NameKind,
    text: &str,
    name: &str,
) -> Result<Change> {
    let round = load_open(ctx, tx, number)?;
    let named = rows_of::names(tx, round.id)?.into_iter().find(|n| n.kind == kind && n.name == name);
    let named = named.ok_or_else(|| Problem::field("name", "not-a-choice"))?;
    let was = before(tx, &round)?;
    keep(ctx, tx, &round, (kind, text), Some(named.id))?;
    let of = event("assessment.round-matched", &round);
    let change = recount(tx, round, &was)?;
    let of = of.with("kind", kind.code()).with("text", text).with("name", name);
    tx.record(ctx, told(of, &change))?;
    Ok(change)
}

/// Says that a text stands for itself: it is scored under its own words, and nobody is asked about it any more.
///
/// # Errors
/// As [`say`].
pub fn leave(ctx: &Ctx, tx: &mut Tx<'_>, number: &str, kind: NameKind, text: &str) -> Result<Change> {
    let round = load_open(ctx, tx, number)?;
    let was = before(tx, &round)?;
    keep(ctx, tx, &round, (kind, text), None)?;
    let of = event("assessment.round-left", &round);
    let change = recount(tx, round, &was)?;
    tx.record(ctx, told(of.with("kind", kind.code()).with("text", text), &change))?;
    Ok(change)
}

/// Takes back what was said of a text: it is open again.
///
/// # Errors
/// 404 where nothing was said of it; `round-fixed` (409).
pub fn take_back(ctx: &Ctx, tx: &mut Tx<'_>, number: &str, kind: NameKind, text: &str) -> Result<Change> {
    let round = load_open(ctx, tx, number)?;
    let said = rows_of::match_of(tx, round.id, kind, text)?.ok_or_else(Problem::not_found)?;
    let was = before(tx, &round)?;
    rows_of::forget_match(tx, said.id)?;
    let of = event("assessment.round-unmatched", &round);
    let change = recount(tx, round, &was)?;
    tx.record(ctx, told(of.with("kind", kind.code()).with("text", text), &change))?;
    Ok(change)
}

fn keep(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    round: &Round,
    (kind, text): (NameKind, &str),
    name: Option<Id<Name>>,
) -> Result<()> {
    match text.chars().count() {
        0 => return Err(Problem::field("text", "required")),
        n if n > LONGEST => return Err(Problem::field("text", "too-long")),
        _ => {}
    }
    let (name_id, own) = (name.unwrap_or(Id::new(0)), name.is_none());
    if let Some(before) = rows_of::match_of(tx, round.id, kind, text)? {
        return tx.save(&Match { name_id, own, decided_by: ctx.person(), decided_at: ctx.now, ..before });
    }
    let said = Match {
        id: tx.new_id(),
        round_id: round.id,
        kind,
        text: text.to_owned(),
        name_id,
        own,
        decided_by: ctx.person(),
        decided_at: ctx.now,
        version: 1,
    };
    tx.insert(&said)
}
