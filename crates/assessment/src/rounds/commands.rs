//! What people do with rounds: keep one, and say what its texts mean.

use super::model::{Match, Name, NameKind, Round, RowRecord};
use super::store as rows;
use crate::policy::{Act, POLICY};
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::policy::Standing;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;

/// Longest name of a round, in characters.
const LONGEST: usize = 100;

/// A file that was read.
#[derive(Debug)]
pub struct NewRound {
    pub name: String,
    pub file_name: String,
    pub sha256: String,
    pub rows: Vec<RowRecord>,
    /// Kind, number in its table, name; in the tables' order.
    pub names: Vec<(NameKind, String, String)>,
    /// Keep it though the same file is here already.
    pub again: bool,
}

/// Keeps a round with all its rows.
///
/// # Errors
/// `round-known` (409) with the number of the round that was made of the same file; `name: required | too-long`.
pub fn keep(ctx: &Ctx, tx: &mut Tx<'_>, new: NewRound) -> Result<Round> {
    POLICY.require(ctx, Act::Import, &Standing::city(), true)?;
    let name = new.name.trim();
    match name.chars().count() {
        0 => return Err(Problem::field("name", "required")),
        n if n > LONGEST => return Err(Problem::field("name", "too-long")),
        _ => {}
    }
    if let Some(known) = rows::by_file(tx, &new.sha256)?.filter(|_| !new.again) {
        return Err(Problem::new(409, "round-known").arg("number", known.number));
    }
    let round = Round {
        id: tx.new_id(),
        number: format!("AR-{:06}", tx.next_number("AR")?),
        name: name.to_owned(),
        file_name: new.file_name,
        sha256: new.sha256,
        row_count: i64::try_from(new.rows.len()).unwrap_or(i64::MAX),
        created_by: ctx.person(),
        created_at: ctx.now,
        version: 1,
    };
    tx.insert(&round)?;
    for (place, (kind, code, name)) in (0..).zip(new.names) {
        let id = tx.new_id();
        tx.insert(&Name { id, round_id: round.id, kind, place, code, name })?;
    }
    for row in new.rows {
        let id = tx.new_id();
        tx.insert(&RowRecord { id, round_id: round.id, ..row })?;
    }
    let event = Event::new("assessment.round-kept", round.id).with("number", round.number.as_str());
    tx.record(ctx, event.with("file", round.file_name.as_str()).with("rows", round.row_count))?;
    Ok(round)
}

/// Says which item, street or unit a text of a round means. Said again, the later word holds; both stand in the log.
///
/// # Errors
/// `name: not-a-choice` where the round has no such name.
pub fn say(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    number: &str,
    kind: NameKind,
    text: &str,
    name: &str,
) -> Result<Match> {
    POLICY.require(ctx, Act::Match, &Standing::city(), true)?;
    let round = rows::by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    let named = rows::names(tx, round.id)?.into_iter().find(|n| n.kind == kind && n.name == name);
    let named = named.ok_or_else(|| Problem::field("name", "not-a-choice"))?;
    let said = match rows::match_of(tx, round.id, kind, text)? {
        Some(before) => {
            let said = Match { name_id: named.id, decided_by: ctx.person(), decided_at: ctx.now, ..before };
            tx.save(&said)?;
            Match { version: said.version + 1, ..said }
        }
        None => {
            let said = Match {
                id: tx.new_id(),
                round_id: round.id,
                kind,
                text: text.to_owned(),
                name_id: named.id,
                decided_by: ctx.person(),
                decided_at: ctx.now,
                version: 1,
            };
            tx.insert(&said)?;
            said
        }
    };
    let event = Event::new("assessment.round-matched", round.id).with("number", round.number.as_str());
    let event = event.with("kind", kind.code()).with("text", text).with("name", name);
    tx.record(ctx, event)?;
    Ok(said)
}
