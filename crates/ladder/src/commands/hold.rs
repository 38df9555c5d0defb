//! The talk: what was said, and what the unit undertakes until when.

use super::{event, load_for, required, save, take};
use crate::model::{Letter, Undertaking};
use crate::policy::Act;
use crate::store;
use crate::workflow::{State, Step};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{Date, Instant};

/// Most undertakings of one talk.
const MOST: usize = 12;

/// What the unit undertakes.
#[derive(Clone, Debug)]
pub struct Undertaken {
    pub text: String,
    pub due: Date,
}

pub fn hold(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    id: Id<Letter>,
    held_at: Instant,
    minutes: &str,
    undertaken: &[Undertaken],
) -> Result<Letter> {
    let mut letter = take(ctx, tx, Act::Close, id, Step::Hold)?;
    let minutes = required("minutes", minutes, 5000)?;
    if held_at > ctx.now || letter.issued_at.is_some_and(|at| held_at < at) {
        return Err(Problem::field("held_at", "not-in-time"));
    }
    if undertaken.len() > MOST {
        return Err(Problem::field("undertakings", "too-many"));
    }
    for one in undertaken {
        let text = required("undertakings", &one.text, 300)?;
        if one.due < held_at.date() {
            return Err(Problem::field("undertakings", "in-the-past"));
        }
        let row = Undertaking {
            id: tx.new_id(),
            letter_id: id,
            text: text.into(),
            due: one.due,
            done_at: None,
            done_by: None,
            version: 1,
        };
        tx.insert(&row)?;
    }
    letter.held_at = Some(held_at);
    letter.minutes = minutes.into();
    save(tx, &mut letter)?;
    tx.record(ctx, event("ladder.held", &letter).with("count", undertaken.len()).text(minutes))?;
    Ok(letter)
}

/// The office notes that an undertaking has been kept.
pub fn keep(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Undertaking>) -> Result<Letter> {
    let mut undertaking = store::undertaking(tx, id)?.ok_or_else(Problem::not_found)?;
    let letter = load_for(ctx, tx, Act::Close, undertaking.letter_id)?;
    if letter.state != State::Held || undertaking.done_at.is_some() {
        return Err(Problem::conflict("already-decided"));
    }
    undertaking.done_at = Some(ctx.now);
    undertaking.done_by = ctx.person();
    tx.save(&undertaking)?;
    tx.record(
        ctx,
        event("ladder.kept", &letter).with("late", undertaking.due < ctx.now.date()).text(&undertaking.text),
    )?;
    Ok(letter)
}
