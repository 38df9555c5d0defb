//! A workbook that was read is kept.

use super::edit::LONGEST;
use super::{event, rows_of};
use crate::policy::{self, Act};
use crate::rounds::model::{Name, NameKind, Round, RowRecord};
use crate::rounds::summary::Summary;
use crate::rounds::worked::Worked;
use crate::rounds::workflow::State;
use ::store::Tx;
use ::store::value::Json;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::time::Date;

/// A file that was read.
#[derive(Debug)]
pub struct NewRound {
    pub name: String,
    pub file_name: String,
    pub sha256: String,
    pub rows: Vec<RowRecord>,
    /// Kind, number in its table, name; in the tables' order.
    pub names: Vec<(NameKind, String, String)>,
    /// The last day of the inspections; today without one.
    pub held_on: Option<Date>,
    /// Keep it though the same file is here already.
    pub again: bool,
}

/// Keeps a round with all its rows; what they come to is given back with it.
///
/// # Errors
/// `round-known` (409) with the number of the round that was made of the same file; `round_name: required | too-long`;
/// `held_on: future-day`.
pub fn keep(ctx: &Ctx, tx: &mut Tx<'_>, new: NewRound) -> Result<(Round, Worked)> {
    policy::require(ctx, Act::Import)?;
    let name = new.name.trim();
    match name.chars().count() {
        0 => return Err(Problem::field("round_name", "required")),
        n if n > LONGEST => return Err(Problem::field("round_name", "too-long")),
        _ => {}
    }
    if let Some(known) = rows_of::by_file(tx, &new.sha256)?.filter(|_| !new.again) {
        return Err(Problem::new(409, "round-known").arg("number", known.number));
    }
    if new.held_on.is_some_and(|day| day > ctx.now.date()) {
        return Err(Problem::field("held_on", "future-day"));
    }
    let mut round = Round {
        id: tx.new_id(),
        number: format!("AR-{:06}", tx.next_number("AR")?),
        name: name.to_owned(),
        file_name: new.file_name,
        sha256: new.sha256,
        row_count: i64::try_from(new.rows.len()).unwrap_or(i64::MAX),
        state: State::Draft,
        held_on: Some(new.held_on.unwrap_or_else(|| ctx.now.date())),
        weight: "1".to_owned(),
        reason: String::new(),
        summary: Json(None),
        created_by: ctx.person(),
        created_at: ctx.now,
        published_at: None,
        version: 1,
    };
    tx.insert(&round)?;
    let mut names = Vec::with_capacity(new.names.len());
    for (place, (kind, code, name)) in (0..).zip(new.names) {
        let name = Name { id: tx.new_id(), round_id: round.id, kind, place, code, name };
        tx.insert(&name)?;
        names.push(name);
    }
    let mut rows = Vec::with_capacity(new.rows.len());
    for row in new.rows {
        let row = RowRecord { id: tx.new_id(), round_id: round.id, ..row };
        tx.insert(&row)?;
        rows.push(row);
    }
    // nobody has said anything of it yet
    let worked = Worked::of(rows, names, Vec::new(), Vec::new());
    round.summary = Json(Some(Summary::of(&worked)));
    tx.save(&round)?;
    round.version += 1;
    let of = event("assessment.round-kept", &round);
    tx.record(ctx, of.with("file", round.file_name.as_str()).with("rows", round.row_count))?;
    Ok((round, worked))
}
